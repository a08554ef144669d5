"""Saved questions: sentences with blanks, and the query that terms are put into."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import BASE, Quartier
from graph import changes, query, saved
from graph.errors import BadBlank, NotFound, QueryError
from graph.questions import questions as ready
from graph.saved import Blank, Draft
from graph.saved.sentence import words
from ontology.terms import XSD

if TYPE_CHECKING:
    from graph.questions import Question
    from graph.store import Store

SENTENCE = "Welche Träger arbeiten zu [Handlungsfeld] am [Ort] ohne Projekt seit [Jahr]?"
TEXT = """PREFIX pn: <https://w3id.org/pankenetz/ns#>
PREFIX org: <http://www.w3.org/ns/org#>
SELECT DISTINCT ?traeger
WHERE {
  ?i pn:actor ?traeger ; pn:in ?projekt .
  ?projekt pn:handlungsfeld ?Handlungsfeld .
  ?traeger org:siteAddress|pn:place ?ort .
  MINUS { ?j pn:actor ?traeger ; pn:in ?anderes . ?anderes pn:latest ?ende FILTER (YEAR(?ende) >= ?jahr) }
}"""
YEAR = ox.Literal("2022", datatype=ox.NamedNode(XSD.integer))


def test_what_stands_in_brackets_is_a_blank_and_its_name_says_what_fills_it() -> None:
    blanks = Draft(SENTENCE, TEXT).blanks
    assert [(one.name, one.kind, one.key) for one in blanks] == [
        ("Handlungsfeld", "handlungsfeld", "handlungsfeld"),
        ("Ort", "place", "ort"),
        ("Jahr", "year", "jahr"),
    ]


def test_a_word_behind_a_colon_says_what_fills_a_blank_and_a_name_that_comes_again_is_the_same_blank() -> None:
    pieces = saved.parts("Von [Beginn: Jahr] bis [Ende: year], seit [Beginn]: [Bereich]")
    assert [one.kind for one in pieces if isinstance(one, Blank)] == ["year", "year", "year", "list:sector"]
    assert len(Draft("[Träger] und [träger]", "").blanks) == 1


@pytest.mark.parametrize(
    ("sentence", "what"), [("Was ist [Foo]?", "kind"), ("Was ist []?", "name"), ("Was ist [2: Jahr]?", "name")]
)
def test_a_blank_nobody_can_fill_is_refused(sentence: str, what: str) -> None:
    with pytest.raises(BadBlank) as refused:
        saved.parts(sentence)
    assert refused.value.what == what


def test_a_term_takes_the_place_of_its_variable_everywhere() -> None:
    text = "SELECT ?ort (COUNT(?x) AS ?n) { ?x ?p ?ort MINUS { ?x ?q $Ort } } GROUP BY ?ort ORDER BY ?ort"
    assert saved.filled(text, {"ort": ox.NamedNode("a:b")}) == (
        "SELECT (<a:b> AS ?ort) (COUNT(?x) AS ?n) { ?x ?p <a:b> MINUS { ?x ?q <a:b> } } "
        "GROUP BY (<a:b>) ORDER BY (<a:b>)"
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SELECT * { BIND(1 AS ?ort) }", "assigned"),
        ("SELECT (1 AS ?ort) {}", "assigned"),
        ("SELECT * { VALUES ?ort { 1 } }", "assigned"),
        ("SELECT * { VALUES (?x ?ort) { (1 2) } }", "assigned"),
        ("SELECT * { ?s ?p '?ort' } # ?ort", "missing"),
    ],
)
def test_a_query_that_has_no_place_for_a_term_is_refused(text: str, what: str) -> None:
    with pytest.raises(BadBlank) as refused:
        saved.filled(text, {"ort": ox.NamedNode("a:b")})
    assert refused.value.what == what


@pytest.mark.parametrize(
    "pattern",
    [
        "?jahr ?p ?o",
        "?s ?p ?o . ?jahr ?q ?s",
        "?s a pn:Actor. ?jahr ?q ?s",
        "OPTIONAL { ?s ?p ?o } ?jahr ?q ?s",
        "?s ?p ?o FILTER(?o > 1) ?jahr ?q ?s",
        "?s ?p ?o FILTER pn:f(?o) ?jahr ?q ?s",
        "?s ?p ?o BIND(STR(?o) AS ?x) ?jahr ?q ?s",
        "?s ?p ?o FILTER NOT EXISTS { ?jahr ?q ?s }",
    ],
)
def test_nothing_can_be_said_of_a_year(pattern: str) -> None:
    with pytest.raises(BadBlank) as refused:
        saved.filled(f"SELECT * {{ {pattern} }}", {"jahr": YEAR})
    assert (refused.value.what, refused.value.where) == ("subject", "?jahr")
    assert "<a:b> ?" in saved.filled(f"SELECT * {{ {pattern} }}", {"jahr": ox.NamedNode("a:b")})


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ?p ?jahr",
        "?s a ?t ; ?p 1 , ?jahr",
        "?s (<a:b>|<a:c>) ?jahr",
        "?s <a:b>/(^<a:c>) ?jahr",
        "?s <a:b> ?o FILTER(?jahr < ?o && (?o) < ?jahr)",
        "FILTER(STR(?x) = STR(?jahr))",
        "[ <a:b> ?jahr ] ?p ?o",
        "?s <a:b> (?jahr 1)",
        "?s a/(<a:c>) ?jahr",
    ],
)
def test_a_year_stands_behind_or_in_a_filter(pattern: str) -> None:
    asked = saved.filled(f"SELECT * {{ {pattern} }}", {"jahr": YEAR})
    assert str(YEAR) in asked
    ox.Store().query(asked)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_whatever_is_typed_reaches_the_query_as_one_term(text: str) -> None:
    asked = saved.filled("SELECT (?text AS ?x) { FILTER(?text = ?text) }", {"text": ox.Literal(text)})
    (row,) = ox.Store().query(asked)
    assert row["x"] == ox.Literal(text)


@pytest.mark.parametrize("one", ready(), ids=lambda one: one.name)
def test_a_ready_question_can_ask_for_any_of_its_variables_but_those_it_makes(one: Question) -> None:
    made = {name.casefold() for name in re.findall(r"(?:AS|VALUES) \?(\w+)", one.text)}
    for name in {name.casefold() for name in one.returns} - made:
        ox.Store().query(saved.filled(one.text, {name: ox.NamedNode("a:b")}))


@pytest.fixture
def store() -> Store:
    quartier = Quartier()
    quartier.actor("Kita Sonne")
    quartier.actor("Kita Sonne Zwei", alt="Kita Sonne")
    quartier.actor("Schule")
    return quartier.store()


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("year", " 2022 ", YEAR),
        ("number", "1,5", ox.Literal("1.5", datatype=ox.NamedNode(XSD.decimal))),
        ("number", "1.500", ox.Literal("1500", datatype=ox.NamedNode(XSD.integer))),
        ("day", "17.5.2024", ox.Literal("2024-05-17", datatype=ox.NamedNode(XSD.date))),
        ("text", 'so"', ox.Literal('so"')),
        ("actor", "schule", ox.NamedNode(f"{BASE}actor/schule")),
        ("list:sector", "Kultur", ox.NamedNode("https://w3id.org/pankenetz/scheme/sector/kultur")),
    ],
)
def test_what_people_write_becomes_the_term_they_mean(
    store: Store, kind: str, text: str, term: ox.NamedNode | ox.Literal
) -> None:
    assert saved.value(store, Blank("Lücke", kind), text) == term


@pytest.mark.parametrize(
    ("kind", "text", "what"),
    [
        ("year", "22", "year"),
        ("day", "Mai 2024", "day"),
        ("day", "31.2.2024", "day"),
        ("number", "viel", "number"),
        ("text", " ", "empty"),
        ("actor", "Kita Sonne", "several"),
        ("actor", "Schuhle", "unknown"),
        ("list:sector", "Quatsch", "choice"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_may_be(store: Store, kind: str, text: str, what: str) -> None:
    with pytest.raises(BadBlank) as refused:
        saved.value(store, Blank("Lücke", kind), text)
    assert refused.value.what == what
    assert bool(refused.value.allowed) == (what in ("several", "unknown", "choice"))


@pytest.mark.parametrize(("mark", "truth"), [("", True), ("!", False)])
def test_what_is_filled_in_counts_as_bound(mark: str, truth: bool) -> None:
    text = saved.filled(f"ASK {{ FILTER({mark}BOUND(?jahr) || ?jahr < 3) }}", {"jahr": YEAR})
    assert bool(ox.Store().query(text)) is truth


def test_each_kind_of_blank_has_a_sample_the_question_can_be_tried_with() -> None:
    for kind in words().values():
        assert saved.sample(Blank("x", kind))


def test_a_question_is_kept_changed_found_and_taken_back(store: Store) -> None:
    draft = Draft(SENTENCE, TEXT, "Lies so.")
    slug = saved.keep(store, draft, author="Ada").slug
    found = saved.question(store, slug)
    assert (found.sentence, found.text, found.says) == (SENTENCE, TEXT, "Lies so.")
    changed = saved.keep(store, Draft("Kürzer [Ort]?", TEXT), slug, author="Bo").change
    assert [one.sentence for one in saved.questions(store)] == ["Kürzer [Ort]?"]
    changes.undo(store, changed.id, "Bo")
    assert saved.question(store, slug).sentence == SENTENCE
    with pytest.raises(NotFound):
        saved.question(store, "keine")


@pytest.mark.parametrize(
    ("draft", "error"), [(Draft("Was?", "nichts"), QueryError), (Draft("Am [Ort]?", "ASK {}"), BadBlank)]
)
def test_a_question_that_could_not_be_asked_is_not_kept(store: Store, draft: Draft, error: type[Exception]) -> None:
    with pytest.raises(error):
        saved.keep(store, draft, author="Ada")
    assert saved.questions(store) == ()


def test_a_sentence_from_elsewhere_that_cannot_be_read_is_shown_as_it_is(store: Store) -> None:
    assert Draft("Was ist [Foo]?", "ASK {}").parts == ("Was ist [Foo]?",)
    assert query.select(store, "saved-questions") == []
