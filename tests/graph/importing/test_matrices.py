"""Tables that say by marks, letters and amounts who is linked: their own legend rules, and their headings are names."""

from __future__ import annotations

import pytest
from drawn import meanings, plan, texts

GIVERS = """
    Projekt | Träger | Finanzierung | < | < | <
    ^ | ^ | Sozialreferat | Stiftung Nachbarn | Eigenmittel | Summe
    Lotsen | Familienzentrum e.V. | 12000 | 3000 | 500 | 15500
    Lesenacht | Bücherei | | 2000 | | 2000
"""
LETTERS = """
    Projekt | KH | MJA | VF
    Sommer | T | P | G
    Winter | P | | T
    Frühling | G | T | P
"""


def test_money_by_giver_links_each_giver_with_its_own_amount() -> None:
    found = plan(GIVERS)
    assert meanings(found)[2:] == ["link:foerderer", "link:foerderer", "note", "project.amount"]
    assert texts(found)[0][2:4] == ["Sozialreferat (12000 €)", "Stiftung Nachbarn (3000 €)"]


@pytest.mark.parametrize(
    "heading", ["Personalkosten", "beantragt", "2021", "Rest", "Eigenanteil", "davon Fördermittel"]
)
def test_amounts_that_nobody_in_the_heading_gives_are_no_links(heading) -> None:
    found = plan(f"Projekt | Träger | {heading} | Summe\nA | Verein | 1200 | 3000\nB | Schule | 1300 | 4000")
    assert meanings(found)[2] != "link:foerderer"


def test_a_letter_stands_for_what_the_legend_of_its_table_says() -> None:
    found = plan(LETTERS, legend={"T": "Träger", "P": "Partner", "G": "Geldgeber"})
    assert texts(found)[0] == ["Sommer", "KH (Träger)", "MJA (Partner)", "VF (Förderer)"]


def test_a_sign_that_the_legend_calls_absence_says_nothing() -> None:
    found = plan(
        "Einrichtung | AK Nord | AK Süd\nA | x | g\nB | g | x\nC | x | o", legend={"g": "beratend", "o": "nicht dabei"}
    )
    assert texts(found) == [
        ["A", "AK Nord", "AK Süd (beratend)"],
        ["B", "AK Nord (beratend)", "AK Süd"],
        ["C", "AK Nord", ""],
    ]


def test_short_names_of_bodies_in_a_legend_are_no_marks() -> None:
    legend = {"BW": "Bildungswerk Nord", "HJ": "Haus der Jugend"}
    found = plan("Projekt | Träger | Partner\nA | BW | HJ\nB | HJ | BW", legend=legend)
    assert texts(found)[0] == ["A", "BW", "HJ"]


def test_who_was_excused_is_no_partner() -> None:
    found = plan("Veranstaltung | Datum | Teilnehmende | entschuldigt\nRunde | 1.2.2022 | Schule | Kita Nord")
    assert meanings(found) == ["event.name", "event.start", "link:teilnahme", "note"]


def test_what_a_carrier_is_listed_with_it_carries() -> None:
    found = plan(
        "Träger | Anschrift | Projekte\nVerein e.V. | Weg 1 | A (2020), B (2021)\nSchule Nord | Weg 2 | C (2022)"
    )
    assert meanings(found) == ["actor.name", "actor.street", "link:traeger_von"]


def test_who_supports_beside_who_takes_part_pays() -> None:
    found = plan(
        "Projekt | Träger | Beteiligte | Unterstützt durch\nA | Verein | Kita | Stiftung\nB | Verein | Chor | Amt"
    )
    assert meanings(found)[2:] == ["link:partner", "link:foerderer"]


def test_parts_in_words_stand_for_projects_across_the_top() -> None:
    found = plan("""
        Akteur / Projekt | Nachmittag | Repair-Café
        Jugendtreff | Partner | Partner
        Freizeitheim | Träger | Herausgeber
        Seniorenring e.V. | | Träger
    """)
    assert meanings(found) == ["actor.name", "link:in", "link:in"]
    assert texts(found)[1] == ["Freizeitheim", "Nachmittag (Träger)", "Repair-Café (Herausgeber)"]


def test_how_many_came_is_no_money() -> None:
    found = plan("Anlass | Veranstalter | Besuchende\nFest | Verein | 500\nChor | Schule | 250")
    assert meanings(found)[2] == "note"


def test_crosses_below_months_link_nobody() -> None:
    found = plan("Aktion | Träger | Jan | Apr\nLauf | Verein | x |\nChor | Schule | x | x")
    assert meanings(found)[2:] == ["note", "note"]
