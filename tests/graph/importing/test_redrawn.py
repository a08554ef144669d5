"""The same truth in another layout gives the same links: rows, crosses, rosters, fact sheets, keys, sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import redrawn
import score

from graph.importing.plan import as_json, plan

if TYPE_CHECKING:
    from pathlib import Path

LISTS = ("halle", "essen", "hamburg")


@pytest.mark.parametrize("layout", redrawn.LAYOUTS)
def test_a_list_says_the_same_in_every_layout(layout: str, empty, tmp_path: Path) -> None:
    """`python tests/lists/redrawn.py` draws all lists as often as one likes."""
    right = wrong = missed = 0
    for name in LISTS:
        paths, truth = redrawn.draw(layout, name, 1, tmp_path)
        if paths:
            result = score.score(as_json(plan(empty, paths, source="liste")), truth)
            assert result.merged == []
            right, wrong, missed = right + result.right, wrong + len(result.wrong), missed + len(result.missed)
    assert right >= 0.95 * (right + missed)
    assert right >= 0.95 * (right + wrong)
