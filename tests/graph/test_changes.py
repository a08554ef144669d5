"""Changes: checked, whole, kept, and taken back unless something was built on them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

import graph
from builders import Quartier
from graph import changes
from graph.errors import BadInput, Conflict, Invalid, NotFound
from ontology.terms import GEO, PN, RDF, SKOS

NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=4, unique=True)


def actors(names):
    quartier = Quartier()
    for name in names:
        quartier.actor(name, sector="bildung")
    return quartier.quads


@pytest.fixture
def store():
    with graph.open(None) as opened:
        changes.commit(opened, added=actors(["Schule"]), author="Ada", reason="Anfang")
        yield opened


def named(store, name, predicate=SKOS.altLabel, where=None):
    subject = NamedNode(f"{store.base_iri}actor/schule")
    return Quad(subject, NamedNode(predicate), Literal(name, language="de"), where or store.graphs.data("test"))


def data(store):
    return {quad for quad in store.quads() if quad.graph_name != store.graphs.history}


def test_a_change_tells_who_why_when_and_how_much(store):
    change = changes.commit(store, added=[named(store, "A"), named(store, "B")], author=" Bo ", reason=" Namen ")
    assert (change.id, change.author, change.reason, change.added, change.removed) == ("2", "Bo", "Namen", 2, 0)
    assert changes.history(store)[0] == changes.find_change(store, "2") == change


def test_history_is_newest_first_and_limited(store):
    for name in "abc":
        changes.commit(store, added=[named(store, name)], author="Bo", reason=name)
    assert [change.reason for change in changes.history(store, 2)] == ["c", "b"]
    assert len(changes.history(store, None)) == 4


def test_the_history_survives_closing(tmp_path):
    with graph.open(tmp_path) as store:
        change = changes.commit(store, added=actors(["Schule"]), author="Ada", reason="Anfang")
    with graph.open(tmp_path) as store:
        assert changes.history(store) == [change]
        changes.undo(store, change.id, "Bo")
        assert changes.history(store)[0].undoes == change.id


def test_what_changes_nothing_is_not_kept(store):
    change = changes.commit(store, added=actors(["Schule"]), removed=[named(store, "nie da")], author="Bo", reason="x")
    assert (change.id, change.added, change.removed, store.version) == ("", 0, 0, 1)


def test_a_quad_on_both_sides_stays(store):
    quad = named(store, "A")
    changes.commit(store, added=[quad], author="Bo", reason="x")
    changes.commit(store, added=[quad, named(store, "B")], removed=[quad], author="Bo", reason="y")
    assert quad in store


@given(NAMES, NAMES)
@settings(max_examples=30, deadline=None)
def test_undo_takes_back_exactly_the_change(first, second):
    with graph.open(None) as store:
        changes.commit(store, added=[named(store, name) for name in first], author="A", reason="x", check=False)
        before = data(store)
        change = changes.commit(
            store,
            added=[named(store, name) for name in second],
            removed=[named(store, name) for name in first],
            author="A",
            reason="y",
            check=False,
        )
        if change.id:
            changes.undo(store, change.id, "B")
        assert data(store) == before


def test_an_undo_can_be_undone(store):
    changes.commit(store, added=[named(store, "A")], author="Bo", reason="x")
    after = data(store)
    undone = changes.undo(store, "2", "Cy")
    again = changes.undo(store, undone.id, "Cy")
    assert (data(store), again.undoes, again.reason) == (after, "3", "x")


def test_undo_is_refused_with_what_stands_against_it(store):
    changes.commit(
        store,
        added=[named(store, "A")],
        removed=[named(store, "Schule", SKOS.prefLabel)],
        author="Bo",
        reason="x",
        check=False,
    )
    changes.commit(
        store, added=[named(store, "Schule", SKOS.prefLabel)], removed=[named(store, "A")], author="Bo", reason="y"
    )
    before = data(store)
    with pytest.raises(Conflict) as caught:
        changes.undo(store, "2", "Bo")
    assert [reason[0] for reason in caught.value.reasons] == ["-", "+"]
    assert data(store) == before


def test_undo_is_refused_when_others_link_to_what_would_go(store):
    quartier = Quartier()
    quartier.project("Hoffest", traeger=[f"{store.base_iri}actor/schule"])
    changes.commit(store, added=quartier.quads, author="Bo", reason="x")
    with pytest.raises(Invalid):
        changes.undo(store, "1", "Bo")


@pytest.mark.parametrize("name", ["99", "0", "", "x", "1 ", "../1", "¹"])
def test_an_unknown_change_is_not_found(store, name):
    with pytest.raises(NotFound):
        changes.undo(store, name, "Bo")


def test_a_change_against_the_shapes_changes_nothing(store):
    before = set(store.quads())
    with pytest.raises(Invalid) as caught:
        changes.commit(store, added=[named(store, "Zweiter Name", SKOS.prefLabel)], author="Bo", reason="x")
    assert caught.value.findings[0].field == "name"
    assert set(store.quads()) == before


@pytest.mark.parametrize(("author", "reason"), [("", "x"), ("Bo", " \n")])
def test_a_change_needs_author_and_reason(store, author, reason):
    with pytest.raises(BadInput):
        changes.commit(store, added=[named(store, "A")], author=author, reason=reason)
    assert store.version == 1


def test_contacts_leave_no_trace_in_the_history_others_read(store):
    person = named(store, "Erika Mustermann", where=store.graphs.contacts)
    change = changes.commit(store, added=[person], author="Bo", reason="x", check=False)
    assert not any("Mustermann" in str(quad) for quad in store.quads(graph=store.graphs.history))
    assert (change.added, changes.find_change(store, "2").added) == (1, 1)
    assert changes.quads(store, "2") == (frozenset(), frozenset())
    changes.undo(store, "2", "Bo")
    assert person not in store


def test_blank_nodes_become_one_iri_each(store):
    node, geometry = BlankNode(), NamedNode(GEO.hasGeometry)
    place, where = NamedNode(f"{store.base_iri}place/p"), store.graphs.data("test")
    quads = [Quad(place, geometry, node, where), Quad(node, NamedNode(GEO.asWKT), Literal("POINT(13 52)"), where)]
    changes.commit(store, added=quads, author="Bo", reason="x", check=False)
    (link,) = store.quads(place, geometry)
    assert len(list(store.quads(link.object))) == 1
    changes.undo(store, "2", "Bo")


def test_a_change_is_an_entry_of_the_history_graph(store):
    change = NamedNode(changes.history(store)[0].iri)
    assert Quad(change, NamedNode(RDF.type), NamedNode(PN.Change), store.graphs.history) in store


@pytest.mark.parametrize(
    ("old", "new", "datatype"),
    [("2.5", "2.50", "decimal"), ("2026-01-01T10:00:00Z", "2026-01-01T10:00:00+00:00", "dateTime")],
)
def test_a_value_removed_and_written_again_in_another_spelling_stays(store, old, new, datatype):
    """Oxigraph keeps one spelling of a number or time: what is wanted in another must not be lost."""
    texts = [Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")) for text in (old, new)]
    node, where = NamedNode("http://x.example/a"), store.graphs.data("t")
    quads = [Quad(node, NamedNode(PN.amount), text, where) for text in texts]
    changes.commit(store, added=quads[:1], author="Ada", reason="Anfang", check=False)
    changes.commit(store, added=quads[1:], removed=quads[:1], author="Ada", reason="Wieder", check=False)
    assert quads[0] in store


def test_a_clock_that_goes_back_changes_no_order_and_no_number(store, monkeypatch):
    """An hour back between two changes, as at the end of summer time or on a machine that is set right."""
    begin = dt.datetime.now(dt.UTC).replace(microsecond=0)
    for number, hours in enumerate((0, 1, -1, -24, 2), start=2):
        moment = begin + dt.timedelta(hours=hours)
        clock = SimpleNamespace(datetime=SimpleNamespace(now=lambda _zone, moment=moment: moment), UTC=dt.UTC)
        with monkeypatch.context() as set_to:
            set_to.setattr("graph.changes.dt", clock)
            done = changes.commit(store, added=[named(store, f"N{number}")], author="Ada", reason="x")
        assert (done.id, done.time) == (str(number), moment)
    assert [one.version for one in changes.history(store)] == [6, 5, 4, 3, 2, 1]
    changes.undo(store, "5", "Ada")
    assert named(store, "N5") not in store
    assert store.version == 7
