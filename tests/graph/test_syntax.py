"""What kind of SPARQL a text is, and what its mistakes are called."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError, QueryRefused
from graph.syntax import asked_form, clarified, query_form, tokens


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("PREFIX select: <http://x/SELECT#> # SELECT\nBASE <http://x/>\nask { ?s select:p 'SELECT' }", "ASK"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("# a comment only", ""),
        ("PREFIX a: <b> insert data { }", "UPDATE"),
        ("SELEC ?s { }", ""),
    ],
)
def test_the_form_is_the_first_keyword_after_the_prologue(text: str, form: str) -> None:
    assert query_form(text) == form


def test_an_update_is_refused_and_nonsense_has_its_place() -> None:
    with pytest.raises(QueryRefused) as refused:
        asked_form("DELETE WHERE { ?s ?p ?o }")
    assert refused.value.message == "UPDATE"
    with pytest.raises(QueryError) as wrong:
        asked_form("PREFIX a: <b>\n  SELEC ?s { }")
    assert (wrong.value.line, wrong.value.column) == (2, 3)


@given(st.text(max_size=200))
def test_any_text_falls_into_tokens_that_lose_nothing_but_space_and_comments(text: str) -> None:
    found = list(tokens(text))
    assert all(token[0] == text[token.start() : token.end()] for token in found)
    assert query_form(text) in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "UPDATE", ""}


@pytest.mark.parametrize("piece", ["a.", "a-", '\\"', '"\\"', "'''\\", "<a", "@a-", "_:"])
def test_broken_texts_of_any_length_are_read_in_one_go(piece: str) -> None:
    text = "SELECT * { " + piece * 100_000
    start = time.perf_counter()
    assert "".join(token[0] for token in tokens(text)) == text.replace(" ", "")
    assert time.perf_counter() - start < 5  # it took minutes when each token looked at all that followed


def _clarified(text: str) -> QueryError:
    with pytest.raises(SyntaxError) as error:
        ox.Store().query(text)
    place, _, message = str(error.value).removeprefix("error at ").partition(": ")
    line, column = map(int, place.split(":"))
    return clarified(text, QueryError(message, line, column), {"pn": "https://w3id.org/pankenetz/ns#"})


def test_a_prefix_nobody_declared_is_named_where_it_is_used_first() -> None:
    error = _clarified("SELECT * WHERE {\n  ?s pn:actor ?o }")
    assert (error.message, error.line, error.column) == ("PREFIX pn: <https://w3id.org/pankenetz/ns#>", 2, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b }", "GROUP BY"),
        ("SELECT ?s WHER { ?s ?p ?o }", "WHERE"),
        ("SELECT ?s { ?s ?p ?o", "}"),
        ("SELECT * { ?s ?p 'x }", "'"),
    ],
)
def test_what_is_expected_is_said_in_signs_not_in_english(text: str, expected: str) -> None:
    assert expected in _clarified(text).message
    assert "expected" not in _clarified(text).message
