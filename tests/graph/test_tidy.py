"""SPARQL, written tidily, asks what it asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query import catalogue
from graph.questions import questions
from graph.syntax import tokens
from graph.tidy import tidied

TEXTS = [one.text for one in (*questions(), *catalogue())]
CROWDED = (
    "prefix a: <b:c> select ?x (count(*) as ?n) where {?x a a:Y ; a:z 1.5, [ a:q 2 ] . optional {?x a:w ?v} "
    "filter(not exists {?x a:u ?t}) {?x a ?k} union {?x a ?l} values ?k { 1 2 } } group by ?x limit 3 # Ende"
)
TIDY = """PREFIX a: <b:c>
SELECT ?x (COUNT(*) AS ?n)
WHERE {
  ?x a a:Y ;
    a:z 1.5, [ a:q 2 ] .
  OPTIONAL {
    ?x a:w ?v
  }
  FILTER(NOT EXISTS {
    ?x a:u ?t
  })
  {
    ?x a ?k
  } UNION {
    ?x a ?l
  }
  VALUES ?k { 1 2 }
}
GROUP BY ?x
LIMIT 3  # Ende
"""


def words(text: str) -> list[str]:
    return [token[0].upper() if token["word"] else token[0] for token in tokens(text)]


def test_what_stands_in_one_line_comes_in_many() -> None:
    assert tidied(CROWDED) == TIDY


@pytest.mark.parametrize("text", [*TEXTS, CROWDED])
def test_no_token_changes_but_the_case_of_keywords_and_twice_is_once(text: str) -> None:
    tidy = tidied(text)
    assert words(tidy) == words(text)
    assert tidied(tidy) == tidy


def test_comments_stay_where_they_belong() -> None:
    text = "# Oben\nSELECT * {  # hier\n  ?s ?p ?o . # dort\n  # unten\n}"
    assert tidied(text) == "# Oben\nSELECT * {  # hier\n  ?s ?p ?o .  # dort\n  # unten\n}\n"


@given(st.text(alphabet="{}()[].;,?x<a:b>\"'# \nSELECT1=|^", max_size=60))
def test_a_broken_text_keeps_its_tokens(text: str) -> None:
    assert words(tidied(text)) == words(text)
