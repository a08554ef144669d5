"""Named queries: each says what it is, and does that."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

import graph
from builders import Quartier
from graph import query
from graph.errors import NotFound

ROOT = Path(__file__).parents[2]
CATALOGUE = {named.name: named for named in query.catalogue()}
HEADER = "# Says something.\n# Binds: {binds}\n# Returns: {returns}\n"


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Ask a query made up on the spot."""
    monkeypatch.setattr(query, "FOLDER", tmp_path)

    def rows(text, row, binds="nothing", returns="?x", bindings=None):
        query._find.cache_clear()
        (tmp_path / "made-up.rq").write_text(HEADER.format(binds=binds, returns=returns) + text)
        quartier = Quartier()
        quartier.actor("Schule")
        with quartier.store() as store:
            return query.rows(store, "made-up", row, **(bindings or {}))

    yield rows
    query._find.cache_clear()


def a_value(note):
    return NamedNode("https://example.org/nothing") if "text" not in note else query.term("nichts")


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_query_returns_what_its_header_says(name):
    named = CATALOGUE[name]
    bindings = {variable: a_value(note) for variable, note in named.binds.items()}
    with graph.open(None) as store:
        results = store.query(named.text, bindings)
    if isinstance(results, QuerySolutions):
        assert tuple(variable.value for variable in results.variables) == named.returns
        assert named.binds.keys() <= set(named.returns)
    else:
        assert isinstance(results, QueryTriples | QueryBoolean)


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_query_opens_with_one_sentence(name):
    assert re.fullmatch(r"[A-Z].{15,}[.…]", CATALOGUE[name].sentence)


def test_each_query_is_used_by_somebody():
    sources = "".join(path.read_text("utf-8") for room in ("graph", "webapp") for path in (ROOT / room).rglob("*.py"))
    assert [name for name in CATALOGUE if f'"{name}"' not in sources] == []


def test_rows_are_converted_to_the_types_of_their_fields(ask):
    @dataclass
    class Row:
        text: str
        iri: query.Iri
        number: int
        share: float
        money: Decimal
        yes: bool
        day: dt.date
        none: str | None
        parts: tuple[str, ...]

    row = ask(
        'SELECT * { VALUES (?text ?number ?share ?money ?yes ?parts) { ("a"@de 7 1 2.50 true "b\\u001Fc") }\n'
        'BIND(<http://a/> AS ?iri) BIND("2019-02-03"^^<http://www.w3.org/2001/XMLSchema#date> AS ?day)\n'
        "OPTIONAL { ?none a <http://nobody/> } }",
        Row,
        returns="?text ?iri ?number ?share ?money ?yes ?day ?none ?parts",
    )
    assert row == [
        Row(
            text="a",
            iri=query.Iri("http://a/"),
            number=7,
            share=1.0,
            money=Decimal("2.50"),
            yes=True,
            day=dt.date(2019, 2, 3),
            none=None,
            parts=("b", "c"),
        )
    ]


def test_a_value_that_does_not_fit_its_field_names_the_query(ask):
    @dataclass
    class Row:
        x: int

    with pytest.raises(TypeError, match="made-up"):
        ask('SELECT ?x { BIND("sieben" AS ?x) }', Row)
    with pytest.raises(TypeError, match="unbound"):
        ask("SELECT ?x { OPTIONAL { ?x a <http://nobody/> } }", Row)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_bound_text_is_only_ever_a_text(text):
    assert query.value(query.term(text)) == text


def test_a_bound_value_cannot_leave_its_place(ask):
    @dataclass
    class Row:
        x: str

    hostile = '"} . ?s ?p ?o } #'
    found = ask(
        "SELECT ?x { VALUES ?y { 1 } FILTER(STRLEN(?x) > 3) }", Row, binds="?x (any text)", bindings={"x": hostile}
    )
    assert found == [Row(hostile)]


def test_missing_and_unknown_bindings_are_refused(ask):
    @dataclass
    class Row:
        x: str

    for bindings in ({}, {"x": "a", "y": "b"}, {"x": None}):
        with pytest.raises(TypeError, match="bindings"):
            ask("SELECT ?x {}", Row, binds="?x (any)", bindings=bindings)


def test_an_optional_binding_may_be_left_out(ask):
    @dataclass
    class Row:
        x: str

    text = "SELECT ?x { VALUES ?x { 'a' 'b' } }"
    assert len(ask(text, Row, binds="?x (optional: only that)")) == 2
    assert ask(text, Row, binds="?x (optional: only that)", bindings={"x": "b"}) == [Row("b")]


def test_an_unknown_query_is_not_found():
    with graph.open(None) as store, pytest.raises(NotFound):
        query.select(store, "no-such-query")


def test_select_gives_python_values(example):
    (first, *_) = query.select(example, "changes")
    assert isinstance(first["version"], int)
    assert isinstance(first["time"], dt.datetime)
    assert isinstance(first["iri"], query.Iri)
    assert first["undoes"] is None
