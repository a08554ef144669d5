"""One entry becomes two: what a person chose goes to the new one, that they are two is kept, undo brings all back."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import BASE, Quartier
from graph import changes, checks, matching
from graph.errors import BadInput, NotFound
from graph.merging import doubles, parts, split
from ontology.terms import PN, PROV, SKOS

OLD = f"{BASE}actor/uferhallen"


def values(store, iri: str, path: str) -> set[str]:
    return {quad.object.value for quad in store.quads(ox.NamedNode(iri), ox.NamedNode(str(path)))}


def uferhallen():
    quartier = Quartier()
    hall = quartier.actor("Uferhallen", alt="Uferhallen e.V.", start="2007", kind="kulturort")
    partner = quartier.actor("Piano Salon")
    quartier.project("Atelierförderung", traeger=[hall])
    quartier.project("Sommerbühne", traeger=[hall])
    quartier.tie(hall, partner)
    return quartier.store()


def key(store, text: str) -> str:
    return next(part.key for part in parts(store, "actor", "uferhallen") if text in part.text)


def test_everything_that_can_go_is_offered_by_name():
    offered = [(part.group, part.text) for part in parts(uferhallen(), "actor", "uferhallen")]
    assert offered == [
        ("name", "Uferhallen e.V."),
        ("link", "Atelierförderung, Träger"),
        ("link", "Sommerbühne, Träger"),
        ("link", "Piano Salon, Kooperiert mit, Besteht"),
        ("fact", "2007"),
    ]


def test_what_is_chosen_goes_to_the_new_entry_and_the_rest_stays():
    store = uferhallen()
    chosen = [key(store, "Uferhallen e.V."), key(store, "Atelier"), key(store, "2007")]
    done = split(store, "actor", "uferhallen", "Uferhallen e.V.", "Ada", chosen=chosen)
    new = f"{BASE}actor/{done.slug}"
    assert {quad.subject.value for quad in store.quads(None, ox.NamedNode(PN.actor), ox.NamedNode(new))} != set()
    assert len(list(store.quads(None, ox.NamedNode(PN.actor), ox.NamedNode(OLD)))) == 1
    assert values(store, new, SKOS.prefLabel) == {"Uferhallen e.V."}
    assert values(store, OLD, SKOS.altLabel) == values(store, new, SKOS.altLabel) == set()
    assert values(store, new, PN.kind) == values(store, OLD, PN.kind)
    assert values(store, new, PROV.wasDerivedFrom) == values(store, OLD, PROV.wasDerivedFrom)
    assert [one for one in checks.findings(store) if one.severity == "violation"] == []


def test_the_two_are_never_offered_as_doubles_again():
    store = uferhallen()
    done = split(store, "actor", "uferhallen", "Uferhallen e.V.", "Ada")
    (judgement,) = matching.judgements(store)
    assert ({judgement.name, judgement.key}, judgement.same) == ({OLD, f"{BASE}actor/{done.slug}"}, False)
    assert doubles(store) == []


@pytest.mark.parametrize(
    ("slug", "name", "chosen", "error"),
    [
        ("uferhallen", " ", [], BadInput),
        ("uferhallen", "UFERHALLEN", [], BadInput),
        ("uferhallen", "Neu", ["unbekannt"], BadInput),
        ("unbekannt", "Neu", [], NotFound),
    ],
)
def test_a_split_that_makes_no_sense_is_refused_and_nothing_written(slug, name, chosen, error):
    store = uferhallen()
    with pytest.raises(error):
        split(store, "actor", slug, name, "Ada", chosen=chosen)
    assert store.version == 1


@settings(max_examples=12, deadline=None)
@given(st.sets(st.integers(0, 4)), st.sampled_from(["Uferhallen e.V.", "Ganz neu"]))
def test_a_split_taken_back_leaves_everything_as_it_was(numbers, name):
    store = uferhallen()
    before = {quad for quad in store.quads() if quad.graph_name != store.graphs.history}
    keys = [parts(store, "actor", "uferhallen")[number].key for number in numbers]
    changes.undo(store, split(store, "actor", "uferhallen", name, "Ada", chosen=keys).change.id, "Ada")
    assert {quad for quad in store.quads() if quad.graph_name != store.graphs.history} == before
