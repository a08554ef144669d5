"""Amounts are read by their pattern, and never made up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.importing.amounts import amount, heading_factor


@pytest.mark.parametrize(
    ("text", "euro"),
    [
        ("12.500,00", "12500"),
        ("12,500.00", "12500"),
        ("25000", "25000"),
        ("12 500,50 €", "12500.50"),
        ("8.000,- €", "8000"),
        ("1,15 Mio. €", "1150000"),
        ("5 TEUR", "5000"),
        ("40 Tsd. Euro", "40000"),
        ("EUR 1.200", "1200"),
        ("7,5 T€", "7500"),
        ("10.000 + 5.000", "15000"),
        ("10.000 € (2019) + 5.000 € (2020)", "15000"),
        ("2019: 10.000 €; 2020: 5.000 €", "15000"),
        ("10.000 + 5.000 = 15.000", "15000"),
        ("15.000 Euro, davon 5.000 Euro Eigenmittel", "15000"),
        ("2 x 3.000 €", "6000"),
        ("450,-", "450"),
        ("0 €", "0"),
        ("12,50", "12.5"),
    ],
)
def test_an_amount_is_read(text: str, euro: str) -> None:
    read = amount(text)
    assert (read.euro, read.qualifier, read.text) == (Decimal(euro), "exact", text)


@pytest.mark.parametrize(
    ("text", "euro", "qualifier"),
    [
        ("ca. 40 T€", 40000, "about"),
        ("rd. 320 T€", 320000, "about"),
        ("max. 8.000 Euro", 8000, "at most"),
        ("bis zu 25.000", 25000, "at most"),
        ("über 8 Mio. Euro", 8000000, "at least"),
        ("mind. 500 €", 500, "at least"),
        ("10–15 T€", 15000, "at most"),
        ("10.000 bis 15.000 €", 15000, "at most"),
    ],
)
def test_how_sure_the_source_is_is_kept(text: str, euro: int, qualifier: str) -> None:
    read = amount(text)
    assert (read.euro, read.qualifier) == (euro, qualifier)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("$ 3,000", "currency"),
        ("500 CHF", "currency"),
        ("je 3.000 €", "rate"),
        ("30.000 p.a.", "rate"),
        ("50 %", "percent"),
        ("-500", "negative"),
        ("ehrenamtlich", "unreadable"),
        ("k. A.", ""),
        ("", ""),
    ],
)
def test_what_is_no_sum_in_euro_is_none_and_says_why(text: str, problem: str) -> None:
    read = amount(text)
    assert (read.euro, read.problem, read.text) == (None, problem, text)


def test_the_number_in_the_file_wins_over_how_it_is_shown() -> None:
    assert amount("12.500", 12.5).euro == Decimal("12.5")


def test_the_unit_of_the_heading_holds_for_bare_numbers_only() -> None:
    factor = heading_factor("Fördersumme in T€")
    assert [amount(text, factor=factor).euro for text in ("40", "40.000 €", "2 Mio. €")] == [40000, 40000, 2000000]


@pytest.mark.parametrize("heading", ["Summe", "Betrag in Euro", "Titel", "Kontakt"])
def test_a_heading_without_unit_changes_nothing(heading: str) -> None:
    assert heading_factor(heading) == 1


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_written_the_german_way_comes_back(value: Decimal) -> None:
    german = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    assert amount(f"{german} €").euro == value


@given(st.text(max_size=40))
def test_any_text_is_kept_and_no_amount_is_negative(text: str) -> None:
    read = amount(text)
    assert read.text == " ".join(text.split())
    assert read.euro is None or read.euro >= 0
