"""SPARQL's JSON as a table, and names for IRIs."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from builders import BASE, Quartier
from graph import labels
from graph.answers import Cell, short, table
from graph.errors import NotFound


def _table(query: str) -> object:
    answer = ox.Store().query(query)
    return table(answer.serialize(format=ox.QueryResultsFormat.JSON))


def test_a_row_keeps_unbound_cells_languages_and_datatypes() -> None:
    found = _table("SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ('x'@de 5 UNDEF) } }")
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert found.rows == ((Cell("x", "literal", "", "de"), Cell("5", "literal", integer), Cell()),)


def test_ask_is_a_truth_without_rows() -> None:
    assert (_table("ASK {}").truth, _table("ASK {}").rows) == (True, ())


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (f"{BASE}actor/schule", "actor/schule"),
        ("https://w3id.org/pankenetz/ns#Actor", "pn:Actor"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_iris_are_shortened_as_people_write_them(iri: str, expected: str) -> None:
    assert short(iri, BASE) == expected


def test_an_entry_is_called_by_its_name_and_a_term_in_the_language_asked_for() -> None:
    quartier = Quartier()
    schule = quartier.actor("Schule an der Panke")
    names = labels.labels(quartier.store(), "en")
    assert names[schule] == "Schule an der Panke"
    assert names["https://w3id.org/pankenetz/scheme/role/partner"] == "Partner"


def test_a_misspelt_slug_finds_its_neighbours() -> None:
    quartier = Quartier()
    quartier.actor("Schule an der Panke")
    quartier.actor("Moschee")
    store = quartier.store()
    assert labels.nearest(store, "actor", "schule-an-der-pnke") == ["schule-an-der-panke"]
    with pytest.raises(NotFound):
        labels.require(store, "actor", "schule")


def test_only_entries_of_ours_have_a_type_and_a_slug() -> None:
    store = Quartier().store()
    assert labels.entry_of(store, f"{BASE}actor/schule") == ("actor", "schule")
    for iri in (f"{BASE}nothing/x", f"{BASE}actor/x/y", f"{BASE}actor/", "https://example.org/actor/x"):
        assert labels.entry_of(store, iri) is None
