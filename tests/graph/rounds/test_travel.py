"""Suggestions and verdicts survive the way out and in again, as RDF and as tables, sentence for sentence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

import graph
from graph import changes, gaps, rounds
from graph.export import export
from graph.importing.plan import plan
from graph.rounds import Said
from tests.builders import Quartier

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    """A round with every kind of verdict, an agenda of several lines, and a line carried over."""
    quartier = Quartier()
    quartier.round("2022", start="2022")
    quartier.round("2025", start="2025")
    field = quartier.handlungsfeld("2025", "1", "Bildung")
    one, other, middle = (quartier.actor(name, fields=[field]) for name in ("Schule", "Verein", "Bibliothek"))
    quartier.project("Lesefest", traeger=[one], partner=[middle], start="2024", fields=[field])
    quartier.project("Hoffest", traeger=[other], partner=[middle], start="2024", fields=[field])
    store = quartier.store()
    rounds.set_up(
        store, "2022", as_of=dt.date(2026, 9, 1), agenda="Ankommen\nVorschläge; Fragen\n= Schluss", author="Ada"
    )
    gap = gaps.gaps(store, "introduce")[0]
    going = {"next_step": "Anrufen; dann schreiben", "responsible": "QM-Team", "due": "1.2.2027", "rung": "vorstellen"}
    for said in (Said("ansprechen", reason="=1+1 \n zwei", **going), Said("vorgestellt", day="5/2026")):
        rounds.decide(store, "2022", gap, said, author="Ada", position=1)
    rounds.decide(store, "2022", gap, Said("wurde-projekt", new_project="Vorlesegarten"), author="Bo")
    line = rounds.add_line(store, "2022", [one, other, middle], "Alle drei", author="Ada").suggestion
    rounds.begin(store, "2022", rounds.NextRound(slug="2025"), {}, [line], author="Ada")
    return store


@pytest.mark.parametrize("extension", [".trig", ".nq", ".jsonld", ".xlsx", ".zip"])
def test_what_a_team_said_comes_back_whole(store: Store, tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"out{extension}"
    export(store, path)
    with graph.open(None) as empty:
        found = plan(empty, [path])
        assert not found.errors
        changes.commit(empty, added=found.weighed.added, author="Test", reason="Probe", check=True)
        for slug in ("2022", "2025"):
            assert rounds.workspace(empty, slug) == rounds.workspace(store, slug)
