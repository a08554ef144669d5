"""What people type finds what they mean: a hundred queries, half of which the search was never tuned on."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import graph
from graph import directory
from graph.importing import load_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

FOLDER = Path(__file__).parent / "search"


@dataclass(frozen=True)
class Asked:
    """One line of queries.txt."""

    half: str
    data: str
    text: str
    place: int
    entries: frozenset[str]


def queries() -> Iterator[Asked]:
    for line in (FOLDER / "queries.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            half, data, text, place, entries = (part.strip() for part in line.split("|"))
            yield Asked(half, data, text, int(place), frozenset(entries.split()))


def is_found(store: Store, asked: Asked) -> bool:
    hits = directory.search(store, asked.text, asked.place)
    return any(f"{hit.ref.type}/{hit.ref.slug}" in asked.entries for hit in hits)


@pytest.fixture(scope="module")
def lindenau() -> Iterator[Store]:
    """An invented Quartier."""
    with graph.open(None) as store:
        load_tables(store, FOLDER / "lindenau", source="lindenau", author="Test", reason="Test")
        yield store


def test_what_people_type_leads_to_what_they_mean(example: Store, lindenau: Store) -> None:
    stores = {"example": example, "lindenau": lindenau}
    asked, found = Counter[str](), Counter[str]()
    for one in queries():
        right = is_found(stores[one.data], one)
        asked[one.half] += 1
        found[one.half] += right
        if not right and one.half == "tune":
            sys.stdout.write(f"not found: {one.text}\n")
    sys.stdout.write(f"tune {found['tune']} of {asked['tune']}, held {found['held']} of {asked['held']}\n")
    assert min(asked.values()) >= 30
    assert found["tune"] / asked["tune"] >= 0.95
    assert found["held"] / asked["held"] >= 0.9
