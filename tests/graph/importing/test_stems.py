"""Headings are understood by the stems of their words, so that no list of words has to hold each of them."""

from __future__ import annotations

import pytest
from drawn import meanings, plan
from hypothesis import given
from hypothesis import strategies as st

from graph.importing.passages import role_of
from graph.importing.stems import Said, said

ROLES = {
    "traeger": """Antragstellende Einrichtung; Ausführende Stelle; Zuwendungsempfänger*in; Gesuchstellende;
        Umsetzungsverantwortung; durchgeführt von; eingebracht von; Begünstigter; Name des Trägers; Mitträgerschaft""",
    "partner": """Projektpartnerschaften; Kooperiert mit; Mitwirkende Organisationen; weitere Akteur*innen;
        Kooperierende Träger; in Kooperation mit; Netzwerkpartnerin; Zusammenarbeit; andere Träger;
        Partnerschaften 2""",
    "foerderer": """Fördermittelgeberin; Beitragsgebende; Mittelherkunft; Finanziell getragen von;
        Kostenträger; bezuschusst durch; Förderpartner; Finanzierende Stellen""",
    "auftraggeber": "Auftraggeberin; Auftraggebende Stelle; beauftragt durch",
}
CASES = [(role, text.strip()) for role, texts in ROLES.items() for text in texts.split(";")]


@pytest.mark.parametrize(("role", "text"), CASES)
def test_who_does_what_is_told_by_stems(role, text) -> None:
    assert said(text) == Said(role)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Förderzeitraum", "period"),
        ("genehmigte Summe", "amount"),
        ("Durchführungsort", "places"),
        ("Funktion im Vorhaben", "role"),
        ("Bezeichnung des Vorhabens", "name"),
        ("Name der Organisation", "bodies"),
        ("finanziert über", "fund"),
    ],
)
def test_the_last_part_says_what_stands_below(text, field) -> None:
    assert said(text) == Said(field=field)


@pytest.mark.parametrize(
    "text",
    [
        "Kooperationsverbund Nord", "Förderverein", "Bildungswerk", "Stiftung", "Verein", "Anträge", "Beiträge",
        "in Umsetzung", "beantragt", "Ansprechpartnerin", "Beschreibung der Zusammenarbeit", "Trägerwechsel",
    ],
)  # fmt: skip
def test_names_values_and_people_are_no_roles(text) -> None:
    found = said(text)
    assert found is None or not found.role


@given(st.text(max_size=60))
def test_any_text_is_understood_or_not(text) -> None:
    assert said(text) is None or isinstance(said(text), Said)


def test_words_for_roles_in_cells_are_read_by_stems_too() -> None:
    assert [role_of(text) for text in ("Projektträgerschaft", "Fördermittelgeberin", "Mitorganisation Nord")] == [
        "traeger",
        "foerderer",
        None,
    ]


def test_the_first_of_several_carries_where_the_heading_says_so() -> None:
    found = plan(
        "Projekt | Beteiligte Stellen (Federführung zuerst genannt)\nChor | AWO, Kita Nord\nKino | VHS, Schule Ost"
    )
    assert (found.columns[1].meaning, found.columns[1].rest) == ("link:traeger", "link:partner")


def test_cells_that_begin_with_who_did_it_name_bodies_under_any_heading() -> None:
    found = plan(
        "Projekt | Beschreibung\nChor | Getragen von AWO Nord in Kooperation mit Kita Ost\n"
        "Kino | Durchgeführt von Filmverein e.V., gefördert durch Stadt Celle"
    )
    assert meanings(found)[1] == "link:traeger"


def test_days_of_the_week_are_nobody() -> None:
    found = plan(
        "Projekt | Träger | Tag\nChor | AWO Nord | Di\nKino | Kita Ost | Mi und Do\nTanz | VHS | jeden 2. Freitag"
    )
    assert not found.columns[2].meaning.startswith("link:")


def test_a_list_whose_headings_say_nothing_is_told_by_its_cells() -> None:
    found = plan(
        "Ding | Kopf | Hände | Portemonnaie"
        "\nPicknick | Stadtteilbüro Nord | Kita Spatz, Grundschule Ost | Verfügungsfonds"
        "\nLichterfest | Kirchgemeinde West | Stadtteilbüro Nord | Verfügungsfonds"
    )
    assert meanings(found) == ["project.name", "link:traeger", "link:partner", "project.fund"]
