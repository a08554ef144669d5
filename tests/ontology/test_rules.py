"""The rules of the derived graph turn periods of any precision into days."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

import ontology
from ontology.terms import PN, SCHEMA, XSD

ENTRY = NamedNode("https://example.org/entry")
PRECISION = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def derived(**dates: str | Literal) -> dict[str, str]:
    """What the rules say about an entry with these dates, each in a graph of its own."""
    store = Store()
    for number, (name, value) in enumerate(dates.items()):
        day = Literal(value, datatype=NamedNode(PRECISION[len(value)])) if isinstance(value, str) else value
        predicate = NamedNode(SCHEMA[name.rstrip("_")])
        store.add(Quad(ENTRY, predicate, day, NamedNode(f"https://example.org/{number}")))
    triples = [triple for _, rule in ontology.rules() for triple in store.query(rule, use_default_graph_as_union=True)]
    assert all(triple.object.datatype.value == XSD.date for triple in triples)
    return {triple.predicate.value.removeprefix(str(PN)): triple.object.value for triple in triples}


@pytest.mark.parametrize(
    ("known", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2025-11", "2025-11-01", "2025-11-30"),
        ("2025-10-18", "2025-10-18", "2025-10-18"),
    ],
)
def test_a_date_stands_for_its_first_day_as_start_and_its_last_day_as_end(known: str, first: str, last: str) -> None:
    assert derived(startDate=known, endDate=known) == {"earliest": first, "latest": last}


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_the_last_day_of_a_month_is_the_one_of_the_calendar(day: date) -> None:
    _, days = calendar.monthrange(day.year, day.month)
    assert derived(endDate=f"{day:%Y-%m}") == {"latest": f"{day:%Y-%m}-{days}"}


def test_of_several_starts_the_earliest_counts_and_of_several_ends_the_latest() -> None:
    dates = derived(startDate="2021", startDate_="2020-06", endDate="2022-05", endDate_="2022")
    assert dates == {"earliest": "2020-06-01", "latest": "2022-12-31"}


def test_without_an_end_nothing_is_said_about_the_end() -> None:
    assert derived(startDate="2021") == {"earliest": "2021-01-01"}


def test_a_date_that_is_none_is_left_out() -> None:
    assert derived(startDate=Literal("bald"), endDate=Literal("irgendwann")) == {}


def test_every_rule_opens_with_a_sentence_and_says_what_it_binds_and_returns() -> None:
    assert [name for name, _ in ontology.rules()] == ["earliest", "latest"]
    for _, text in ontology.rules():
        sentence, binds, returns = text.splitlines()[:3]
        assert sentence.startswith("# ")
        assert sentence.endswith(".")
        assert binds == "# Binds: nothing"
        assert returns.startswith("# Returns: ?entry pn:")
