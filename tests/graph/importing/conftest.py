"""Lists to import: those of the offices, and small ones written on the spot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import graph

sys.path.insert(0, str(Path(__file__).parents[2] / "lists"))


@pytest.fixture
def empty():
    with graph.open(None) as store:
        yield store


@pytest.fixture
def listed(tmp_path: Path):
    """Write a list as CSV: listed("Projekt;Träger", "Fest;Verein A") → its path."""

    def written(*lines: str, name: str = "liste.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return written
