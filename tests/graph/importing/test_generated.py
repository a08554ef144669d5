"""Offices drawn by chance, with layouts, headings and names nobody wrote a rule for, are read as they were drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import generated
import pytest
import score

from graph.importing.plan import as_json, plan

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 0.95
SOME = range(24)
"""A slice of what `python tests/lists/generated.py --count 300` tries."""


@pytest.mark.parametrize("seed", SOME)
def test_a_drawn_office_is_read_as_it_was_drawn(seed: int, empty, tmp_path: Path):
    _, paths, truth = generated.write(seed, tmp_path)
    result = score.score(as_json(plan(empty, paths, source="office")), truth)
    assert (result.merged, result.lost) == ([], [])
    assert min(result.recall, result.precision) >= LEAST, (result.missed, result.wrong)


def test_the_same_seed_draws_the_same_office():
    assert generated.shown(generated.draw(7)[1]) == generated.shown(generated.draw(7)[1])
