"""A change is told in words: which entries came, went and changed, by their names then and now."""

from __future__ import annotations

import pytest
from changed import HOFFEST, SCHULE, TRAEGER, change, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

import graph
from builders import BASE, Quartier
from graph import changes
from graph.errors import NotFound
from graph.history import counts_text, item_text, plain, story, summary
from ontology.terms import DCTERMS, GEO, PN, RDF, SKOS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def told(store, change_id, language="de"):
    return [item_text(item, language) for item in story(store, change_id, language=language).items]


def test_what_is_new_is_named_and_links_are_sentences(past):
    assert told(past, "2") == [
        "Hoffest – neu angelegt",
        "Grundschule ist Träger von Hoffest seit 2021 – neu angelegt",
    ]


def test_what_changed_says_from_what_to_what(past):
    assert told(past, "3") == ["Grundschule – geändert: Name: Schule → Grundschule"]
    assert told(past, "4") == ["Grundschule ist Träger von Hoffest seit 2020 – geändert: Beginn: 2021 → 2020"]


def test_it_is_told_in_english_too(past):
    assert told(past, "4", language="en") == [
        "Grundschule is responsible for Hoffest since 2020 – changed: Start: 2021 → 2020"
    ]


def test_what_is_gone_keeps_its_last_name(past):
    for number in ("4", "3", "2", "1"):
        changes.undo(past, number, "Cy")
    assert told(past, "7") == ["Hoffest – entfernt", "Schule ist Träger von Hoffest seit 2021 – entfernt"]
    assert told(past, "4") == ["Schule ist Träger von Hoffest seit 2020 – geändert: Beginn: 2021 → 2020"]
    assert [item.exists for item in story(past, "2").items] == [False, False]


def test_a_sentence_says_what_held_then_whatever_came_later(past):
    years = [
        Quad(NamedNode(TRAEGER), quad.predicate, value, quad.graph_name)
        for quad in changes.quads(past, "4")[0]
        for value in (quad.object, Literal("2015", datatype=quad.object.datatype))
    ]
    change(past, years[1:], years[:1])
    assert told(past, "4")[0].startswith("Grundschule ist Träger von Hoffest seit 2020 –")


def test_all_kinds_of_links_are_sentences():
    quartier = Quartier()
    kita, amt = quartier.actor("Kita"), quartier.actor("Amt")
    fest = quartier.project("Fest")
    quartier.membership(kita, amt, start="2019")
    quartier.tie(kita, amt, state="wished")
    quartier.funding(fest, payer=amt, amount="12500.5", start="2020", end="2021")
    quartier.funding(fest, programme=quartier.programme("Fonds"), payer=amt)
    with graph.open(None) as store:
        change(store, quartier.quads)
        said = {plain(item.sentence) for item in story(store, "1").items} - {""}
    assert said == {
        "Kita ist Mitglied in Amt seit 2019",
        "Kita kooperiert mit Amt (gewünscht)",
        "Amt fördert Fest mit 12.500,50 € 2020–2021",
        "Amt fördert Fest aus Fonds",
    }


def test_counts_come_before_details_and_sources_after_all_else(past):
    assert counts_text(story(past, "1").counts) == "1 Akteur, 1 Quelle neu angelegt"
    assert [item.ref.label for item in story(past, "1").items] == ["Grundschule"]
    assert [item.ref.label for item in story(past, "1", kind="source").items] == ["Test"]


def test_details_come_by_pages_and_can_be_narrowed(past):
    assert [story(past, "2", page=page, length=1).items[0].ref.iri for page in (1, 2)] == [HOFFEST, TRAEGER]
    assert [item.ref.iri for item in story(past, "2", entry=SCHULE).items] == [TRAEGER]
    with pytest.raises(NotFound):
        story(past, "2", page=3, length=1)


def test_an_unknown_change_is_not_found(past):
    with pytest.raises(NotFound):
        story(past, "99")


def test_parts_of_an_entry_belong_to_it():
    quartier = Quartier()
    place = quartier.place("Platz", at=(13.37, 52.55))
    with graph.open(None) as store:
        change(store, quartier.quads)
        (item,) = story(store, "1").items
    assert (item.ref.iri, item.action) == (place, "added")
    assert {line.name: line.after[0].text for line in item.lines}["position"] == "POINT(13.37 52.55)"


def test_foreign_vocabulary_is_told_too(past):
    date = Quad(NamedNode(SCHULE), NamedNode("http://foreign.example/motto"), Literal("Los!"), past.graphs.data("x"))
    thing = Quad(
        NamedNode("http://foreign.example/thing"), NamedNode(DCTERMS.title), Literal("Ding"), past.graphs.data("x")
    )
    done = change(past, [date, thing, statement(SCHULE, SKOS.prefLabel, "Okul", language="tr")])
    school, other = story(past, done.id).items
    assert {(line.label, line.after[0].text) for line in school.lines} == {("motto", "Los!"), ("Name", "Okul")}
    assert (other.ref.label, other.ref.type) == ("Ding", "")


def test_what_only_moved_to_another_source_is_no_new_value(past):
    (name,) = (quad for quad in past.quads(NamedNode(SCHULE), NamedNode(SKOS.prefLabel)))
    done = change(past, [Quad(*name.triple, past.graphs.data("office"))], [name])
    assert [(item.action, item.lines) for item in story(past, done.id).items] == [("changed", ())]


@settings(max_examples=25, deadline=None)
@given(name=TEXTS, phone=TEXTS)
def test_contacts_are_never_told(name, phone):
    with graph.open(None) as store:
        person, where = NamedNode(f"{BASE}contact/1"), store.graphs.contacts
        secrets = [f"secret-{name}", f"secret-{phone}"]
        quads = [Quad(person, NamedNode(RDF.type), NamedNode(PN.Contact), where)]
        quads += [Quad(person, NamedNode(SKOS.prefLabel), Literal(text), where) for text in secrets]
        quads.append(Quad(NamedNode(SCHULE), NamedNode(PN.shortName), Literal(secrets[0]), where))
        done = changes.commit(store, added=quads, author="A", reason="x", check=False)
        undone = changes.undo(store, done.id, "A")
        for one in (done, undone):
            whole = story(store, one.id)
            assert (whole.items, whole.counts, whole.personal) == ((), (), len(set(quads)))
            assert "secret" not in repr(whole) + summary(store, one.id)


@settings(max_examples=40, deadline=None)
@given(old=TEXTS, new=TEXTS)
def test_any_text_is_told_as_it_is(old, new):
    with graph.open(None) as store:
        quads = [statement(SCHULE, SKOS.altLabel, text) for text in (old, new)]
        changes.commit(store, added=quads[:1], author="A", reason="x", check=False)
        done = changes.commit(store, added=quads[1:], removed=quads[:1], author="A", reason="x", check=False)
        lines = [line for item in story(store, done.id).items for line in item.lines] if done.id else []
        assert [(line.before[0].text, line.after[0].text) for line in lines] == ([(old, new)] if old != new else [])


def test_the_geometry_of_what_is_gone_is_found_in_the_history():
    quartier = Quartier()
    quartier.place("Platz", at=(13.37, 52.55))
    node = NamedNode(f"{BASE}node/1")
    quads = [
        Quad(node if "geometry" in str(quad.subject) else quad.subject, quad.predicate,
             node if "geometry" in str(quad.object) else quad.object, quad.graph_name)
        for quad in quartier.quads
    ]  # fmt: skip
    with graph.open(None) as store:
        change(store, quads)
        changes.undo(store, "1", "A")
        (item,) = story(store, "2").items
    assert any(quad.predicate == NamedNode(GEO.asWKT) for quad in quads)
    assert {line.name for line in item.lines} >= {"name", "position"}
