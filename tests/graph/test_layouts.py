"""A data directory that an earlier version left opens, and nothing in it is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import graph
from graph import changes
from graph.errors import StoreForeign

if TYPE_CHECKING:
    from pathlib import Path

SINCE = ("version", "digests.json", "backups.json", "accounts.sqlite", "replaced", "restoring")
"""What came into the first layout later, and may be missing."""


def test_the_first_layout_opens_without_what_came_later(tmp_path: Path) -> None:
    name = ox.NamedNode("http://x/name")
    with graph.open(tmp_path) as store:
        quad = ox.Quad(name, name, ox.Literal("x"), store.graphs.data("x"))
        changes.commit(store, added=[quad], author="Bo", reason="x", check=False)
    for one in SINCE:
        (tmp_path / one).unlink(missing_ok=True)
    with graph.open(tmp_path) as store:
        assert quad in store
        assert store.version == 1


def test_a_layout_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    graph.open(tmp_path).close()
    settings = json.loads((tmp_path / "pankenetz.json").read_text())
    (tmp_path / "pankenetz.json").write_text(json.dumps(settings | {"format": 99}))
    with pytest.raises(StoreForeign):
        graph.open(tmp_path)
