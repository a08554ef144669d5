"""Addresses are read in any usual order, and nothing of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.importing.addresses import Address, address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gerberstr. 4, 04105 Leipzig", Address("Gerberstraße", "4", "04105", "Leipzig")),
        ("13347 Berlin, Adolfstr. 12", Address("Adolfstraße", "12", "13347", "Berlin")),
        ("Adolfstr. 12 13347 Berlin", Address("Adolfstraße", "12", "13347", "Berlin")),
        ("Mühlenbogen 20\n21107 Hamburg", Address("Mühlenbogen", "20", "21107", "Hamburg")),
        ("Uferstraße 6-11", Address("Uferstraße", "6-11")),
        ("Am Siel 8 a", Address("Am Siel", "8a")),
        ("Lange Reihe 7", Address("Lange Reihe", "7")),
        ("Otto-Braun-Str. 5, 10178 Berlin-Mitte", Address("Otto-Braun-Straße", "5", "10178", "Berlin-Mitte")),
        ("Straße des 17. Juni 135", Address("Straße des 17. Juni", "135")),
        ("Leopoldplatz", Address("Leopoldplatz")),
        ("06108 Halle (Saale)", Address(postcode="06108", town="Halle (Saale)")),
        ("60311 Frankfurt am Main, Zeil 12", Address("Zeil", "12", "60311", "Frankfurt am Main")),
        ("Adolfstraße 12 / Ecke Gerichtstraße", Address("Adolfstraße", "12", rest="Ecke Gerichtstraße")),
        ("c/o Verein X, Hofweg 3", Address("Hofweg", "3", rest="c/o Verein X")),
        ("Haus 3, Am Siel 8, 28239 Bremen", Address("Am Siel", "8", "28239", "Bremen", "Haus 3")),
        ("Kurze Straße 5, Hinterhaus, 2. OG", Address("Kurze Straße", "5", rest="Hinterhaus, 2. OG")),
        ("irgendwo", Address(rest="irgendwo")),
        ("k. A.", Address()),
    ],
)
def test_an_address_is_read(text: str, expected: Address) -> None:
    assert address(text) == expected


@given(st.text(alphabet="Aa Bb1 2,;/-.ß()\n", max_size=40))
def test_any_text_is_read_without_loss_of_digits(text: str) -> None:
    read = address(text)
    found = f"{read.street} {read.number} {read.postcode} {read.town} {read.rest}"
    assert sorted(filter(str.isdigit, found)) == sorted(filter(str.isdigit, text))
