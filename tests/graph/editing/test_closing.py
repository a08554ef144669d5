"""Ending, withdrawing, confirming."""

from __future__ import annotations

import datetime as dt

import pytest
from pyoxigraph import NamedNode

from builders import BASE, Quartier
from graph import changes, editing
from graph.errors import BadFields, BadInput, Conflict, Invalid, NotFound
from ontology.terms import PN


def test_what_ends_stays_with_its_end() -> None:
    quartier = Quartier()
    quartier.project("Hoffest", start="2023")
    store = quartier.store()
    editing.end(store, "project", "hoffest", "Mai 2024", author="Ada")
    assert editing.form(store, "project", "hoffest").texts["end"] == ("5/2024",)


def test_a_tie_that_ends_is_in_the_state_ended() -> None:
    quartier = Quartier()
    quartier.tie(quartier.actor("Schule"), quartier.actor("Kita"))
    store = quartier.store()
    editing.end(store, "tie", "1", dt.date(2024, 5, 17), author="Ada")
    texts = editing.form(store, "tie", "1").texts
    assert (texts["end"], texts["state"]) == (("17.5.2024",), ("Beendet",))


@pytest.mark.parametrize(("day", "error"), [("nie", BadFields), ("2020", Invalid)])
def test_an_end_must_be_a_date_not_before_the_beginning(day: str, error: type[Exception]) -> None:
    quartier = Quartier()
    quartier.project("Hoffest", start="2023")
    with pytest.raises(error):
        editing.end(quartier.store(), "project", "hoffest", day, author="Ada")


def test_places_do_not_end() -> None:
    quartier = Quartier()
    quartier.place("Hof")
    with pytest.raises(BadInput):
        editing.end(quartier.store(), "place", "hof", "2024", author="Ada")


def test_only_what_nothing_links_to_is_withdrawn() -> None:
    quartier = Quartier()
    quartier.project("Hoffest", traeger=[quartier.actor("Schule")])
    store = quartier.store()
    with pytest.raises(Conflict) as refused:
        editing.withdraw(store, "project", "hoffest", author="Ada")
    assert refused.value.reasons == (f"{BASE}involvement/1",)
    editing.withdraw(store, "involvement", "1", author="Ada")
    editing.withdraw(store, "project", "hoffest", author="Ada")
    with pytest.raises(NotFound):
        editing.form(store, "project", "hoffest")


def test_a_place_is_withdrawn_with_its_position_and_comes_back_whole() -> None:
    quartier = Quartier()
    quartier.place("Hof", at=(13.3, 52.5))
    store = quartier.store()
    before = set(store.quads(graph=store.graphs.data("test")))
    change = editing.withdraw(store, "place", "hof", author="Ada")
    assert not list(store.quads(NamedNode(f"{BASE}place/hof/geometry")))
    changes.undo(store, change.id, "Ada")
    assert set(store.quads(graph=store.graphs.data("test"))) == before


def test_confirming_sets_one_day_for_all_in_one_change() -> None:
    quartier = Quartier()
    quartier.actor("Schule")
    quartier.actor("Kita")
    store = quartier.store()
    pairs = [("actor", "schule"), ("actor", "kita")]
    editing.confirm(store, pairs, author="Ada", day=dt.date(2024, 5, 17))
    change = editing.confirm(store, pairs, author="Ada", day=dt.date(2024, 6, 1))
    assert (change.added, change.removed) == (2, 2)
    days = {quad.object.value for quad in store.quads(None, NamedNode(PN.lastConfirmed))}
    assert days == {"2024-06-01"}


def test_nothing_is_confirmed_if_one_of_the_entries_is_not_there() -> None:
    quartier = Quartier()
    quartier.actor("Schule")
    store = quartier.store()
    with pytest.raises(NotFound):
        editing.confirm(store, [("actor", "schule"), ("actor", "kita")], author="Ada")
    assert not list(store.quads(None, NamedNode(PN.lastConfirmed)))
