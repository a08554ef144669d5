"""Columns are understood by what offices write over and under them: other towns, other words, other orders."""

from __future__ import annotations

import pytest
from drawn import meanings, plan
from drawn_offices import OFFICES
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.importing.headings import familiar, normal, parts, unit


@pytest.mark.parametrize("town", OFFICES)
def test_the_tables_of_an_office_are_understood(town) -> None:
    kind, drawing = OFFICES[town]
    first, *rest = drawing.strip("\n").split("\n")
    told = [heading.split(" > ") for heading in first.split(" | ")]
    found = plan("\n".join([" | ".join(heading.strip() for heading, _ in told), *(line.strip() for line in rest)]))
    assert found.kind == kind
    assert [column.meaning.removeprefix(f"{kind}.").removeprefix("project.") for column in found.columns] == [
        meaning for _, meaning in told
    ]


@pytest.mark.parametrize("town", OFFICES)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_the_order_of_the_columns_does_not_matter(town, data) -> None:
    kind, drawing = OFFICES[town]
    lines = [[cell.strip().split(" > ")[0] for cell in line.split("|")] for line in drawing.strip("\n ").split("\n")]
    order = data.draw(st.permutations(range(len(lines[0]))))
    usual = plan("\n".join(" | ".join(line) for line in lines))
    other = plan("\n".join(" | ".join(line[at] for at in order) for line in lines))
    assert other.kind == kind
    if town not in ("Rostock", "Emden"):  # where columns of one meaning, or ends of a tie, change places
        assert sorted(meanings(other)) == sorted(meanings(usual))


@pytest.mark.parametrize(
    ("heading", "meaning", "rest"),
    [
        ("Träger / Kooperationspartner", "link:traeger", "link:partner"),
        ("Durchführung / Beteiligte", "link:traeger", "link:partner"),
        ("Laufzeit (von – bis)", "project.period", ""),
        ("Beginn/Ende", "project.period", ""),
        ("Start – Abschluss", "project.period", ""),
        ("Förder-\nsumme", "project.amount", ""),
        ("Träger/innen", "link:traeger", ""),
        ("TRÄGER", "link:traeger", ""),
        ("Kooperations-partner", "link:partner", ""),
        ("Projekttträger", "link:traeger", ""),
        ("Name des Trägers", "link:traeger", ""),
        ("Kontakt / Telefon", "contact.name", ""),
    ],
)
def test_headings_are_understood_in_many_spellings(heading, meaning, rest) -> None:
    found = plan(
        f"Projekt | {heading} | Handlungsfeld\nChor |  | 1\nKino | | 2".replace("\n", "⏎", heading.count("\n"))
    )
    assert (found.columns[1].meaning, found.columns[1].rest) == (meaning, rest)


@pytest.mark.parametrize(
    ("heading", "said"),
    [("Fördersumme in T€", "T€"), ("Mittel (EUR)", "EUR"), ("Kosten [Mio. €]", "Mio. €"), ("Akteur", "")],
)
def test_the_unit_of_an_amount_stands_in_its_heading(heading, said) -> None:
    assert unit(heading) == said


@pytest.mark.parametrize("heading", ["Beitrag in CHF", "Kosten (Fr.)", "Fördersumme in $"])
def test_numbers_under_a_foreign_currency_are_no_euro_and_stay_as_written(heading) -> None:
    found = plan(f"Projekt | Träger | {heading}\nP1 | AWO | 12000\nP2 | VHS | 4500")
    assert (found.columns[2].meaning, found.columns[2].understood) == ("note", True)


@pytest.mark.parametrize(
    ("cells", "meaning"),
    [
        (["5.000 €", "12.500,00 €"], "project.amount"),
        (["ESF", "Verfügungsfonds"], "project.fund"),
    ],
)
def test_one_word_for_fund_and_amount_is_told_by_the_cells(cells, meaning) -> None:
    found = plan("Projekt | Träger | Förderung\n" + "\n".join(f"P{at} | AWO | {cell}" for at, cell in enumerate(cells)))
    assert meanings(found)[2] == meaning


@pytest.mark.parametrize(
    ("cells", "meaning"),
    [
        (["https://a.example", "www.b.example"], "actor.website"),
        (["a@b.example", "c@d.example"], "contact.email"),
        (["030 1234567", "+49 30 765432"], "contact.telephone"),
        (["Frau Dr. Muster", "Herr Probe"], "contact.name"),
        (["13347", "13353"], "actor.postcode"),
        (["Weg 1, 13347 Berlin", "Große Str. 5a"], "actor.address"),
    ],
)
def test_cells_say_what_a_heading_does_not(cells, meaning) -> None:
    found = plan("Einrichtung | Zeug\n" + "\n".join(f"Kita {at} | {cell}" for at, cell in enumerate(cells)))
    assert meanings(found) == ["actor.name", meaning]
    assert found.columns[1].why.kind == "values"


def test_people_are_flagged_whatever_the_heading_above_them() -> None:
    found = plan("""
        Projekt | Leitung | Kontakt | < | Träger
        ^ | ^ | Name | Mail | ^
        Chor | Frau Muster | A. Probe | a@b.example | Kirche
    """)
    assert [meaning.partition(".")[0] for meaning in meanings(found)] == [
        "project",
        "contact",
        "contact",
        "contact",
        "link:traeger",
    ]


def test_a_heading_of_people_over_bodies_names_bodies() -> None:
    found = plan(
        "Projekt | Vertretung | Verantwortlich"
        "\nChor | Frau Muster | Kirchengemeinde Ost\nKino | Herr Probe | Filmverein e.V."
    )
    assert meanings(found)[1:] == ["contact.name", "link:traeger"]


def test_what_nobody_understands_is_a_note_and_listed() -> None:
    found = plan("Projekt | Träger | Xyzzy\nChor | Kirche | blau")
    assert [(column.meaning, column.understood) for column in found.columns][2] == ("note", False)


def test_a_table_about_nothing_known_has_no_kind() -> None:
    found = plan("Rezept | Zutat | Menge in g\nKuchen | Mehl | 500\nSuppe | Salz | 5")
    assert found.kind == ""
    assert not any(column.understood for column in found.columns)


def test_headings_lose_gender_endings_brackets_and_units_but_no_words() -> None:
    assert {
        normal(heading) for heading in ("Träger*innen", "Träger:in", "Träger/-in", "TrägerInnen", "Träger (alle)")
    } == {"traeger"}
    assert normal("Förder-\nsumme in Euro") == "foerdersumme"
    assert parts("PLZ, Ort") == ["PLZ", "Ort"]
    assert familiar("Kooperationspartner:innen") > 0.9
    assert familiar("Hofgarten am Wasserturm") < 0.5


def test_shortened_words_in_headings_are_understood() -> None:
    found = plan(
        "Proj.-Nr. | Proj.-Titel | Proj.-Träger | Koop.-Partner | Zeitr. | Bem."
        "\n1 | Chor | Kirche | Schule | 2020 | neu"
    )
    assert meanings(found) == [
        "ignore",
        "project.name",
        "link:traeger",
        "link:partner",
        "project.period",
        "project.note",
    ]


@pytest.mark.parametrize(
    ("heading", "role"), [("Einrichtung", "traeger"), ("Akteure", "partner"), ("beteiligte Einrichtung", "partner")]
)
def test_bodies_without_a_role_carry_the_project_unless_there_are_many(heading, role) -> None:
    found = plan(f"Projekt | {heading}\nChor | Kirche\nKino | Filmclub")
    assert meanings(found) == ["project.name", f"link:{role}"]


def test_a_heading_says_the_role_of_bodies_whose_names_are_made_of_such_words() -> None:
    found = plan("Projekt | Partner\nHofgarten | Büro A und Partner\nRadio | Jugendhaus Anker")
    assert meanings(found) == ["project.name", "link:partner"]


@pytest.mark.parametrize(("second", "kind"), [("Radio", "project"), ("Hofgarten", "funding")])
def test_money_makes_a_table_of_grants_only_where_a_project_comes_again(second, kind) -> None:
    found = plan(f"Projekt | Mittelgeber | Summe\nHofgarten | Aktion Mensch | 4.000 €\n{second} | Stadt Halle | 800 €")
    assert found.kind == kind
