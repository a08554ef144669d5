"""Days, amounts and positions as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import entries
from graph.editing.texts import read, shown
from graph.errors import BadInput
from ontology.schema import entity_types

START = entity_types()["project"].field("start")
CONFIRMED = entity_types()["project"].field("last_confirmed")
AMOUNT = entity_types()["funding"].field("amount")
WEBSITE = entity_types()["actor"].field("website")


@pytest.mark.parametrize(
    ("written", "stored", "again"),
    [
        ("2024", "2024", "2024"),
        ("5/2024", "2024-05", "5/2024"),
        ("05.2024", "2024-05", "5/2024"),
        ("Mai 2024", "2024-05", "5/2024"),
        ("17.5.2024", "2024-05-17", "17.5.2024"),
        ("17. Mai 2024", "2024-05-17", "17.5.2024"),
        ("17.5.24", "2024-05-17", "17.5.2024"),
        ("2024-05-17", "2024-05-17", "17.5.2024"),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(written: str, stored: str, again: str) -> None:
    term = read(START, written)
    assert (term.value, shown(START, term)) == (stored, again)


@pytest.mark.parametrize("written", ["Sommer 2024", "2023–2024", "irgendwann", "31.2.2024", "Mai", "2024 oder so"])
def test_what_is_no_single_date_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        read(START, written)


def test_heute_is_today_where_a_day_is_wanted() -> None:
    assert read(CONFIRMED, "Heute").value == dt.datetime.now().astimezone().date().isoformat()


@pytest.mark.parametrize(
    ("written", "stored", "again"),
    [
        ("12.500", "12500", "12.500"),
        ("1250,5 €", "1250.5", "1.250,50"),
        ("12 T€", "12000", "12.000"),
        ("1,15 Mio. €", "1150000", "1.150.000"),
    ],
)
def test_an_amount_is_read_and_written_as_in_germany(written: str, stored: str, again: str) -> None:
    term = read(AMOUNT, written)
    assert (term.value, shown(AMOUNT, term)) == (stored, again)


@pytest.mark.parametrize("written", ["ca. 500", "100 $", "viel", "10 je Monat"])
def test_an_amount_that_is_not_exact_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        read(AMOUNT, written)


def test_an_address_may_lack_its_beginning() -> None:
    assert read(WEBSITE, "www.beispiel.de/seite").value == "https://www.beispiel.de/seite"


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_amount_is_read_as_it_is_shown(number: object) -> None:
    term = entries.term(AMOUNT, str(number).replace(".", ","))
    assert read(AMOUNT, shown(AMOUNT, term)) == term


@given(st.dates(min_value=dt.date(1, 1, 1)))
def test_every_day_is_read_as_it_is_shown(day: dt.date) -> None:
    term = entries.term(CONFIRMED, day.isoformat())
    assert read(CONFIRMED, shown(CONFIRMED, term)) == term
