"""What people type finds what they mean: a hundred queries, half of which the search was never tuned on."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graph
from builders import Quartier
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


def test_names_come_before_other_names_and_these_before_texts() -> None:
    quartier = Quartier()
    quartier.actor("Gartenfreunde", description="Sie pflegen die Panke")
    quartier.actor("Ufertreff", alt="Verein an der Panke")
    quartier.actor("Treff an der Panke im Kiez")
    quartier.actor("Panke Haus")
    quartier.actor("Panke")
    quartier.actor("Panne")
    with quartier.store() as store:
        found = [hit.ref.label for hit in directory.search(store, "panke")]
    assert found == ["Panke", "Panke Haus", "Treff an der Panke im Kiez", "Ufertreff", "Gartenfreunde"]


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_searched_for(lindenau: Store, text: str) -> None:
    hits = directory.search(lindenau, text, 20)
    assert all(0 < hit.score <= 100 for hit in hits)
    assert len({hit.ref for hit in hits}) == len(hits)


def test_each_entry_is_found_by_each_of_its_names(example: Store) -> None:
    """Its own name brings it, or one of the same name, first."""
    refs = [
        ref for ref in directory.names(example, "de").all_refs().values() if ref.type in {"actor", "project", "place"}
    ]
    for ref in refs:
        assert directory.search(example, ref.label, 1)[0].ref.label == ref.label
