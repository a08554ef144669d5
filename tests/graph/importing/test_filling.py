"""What the eye fills in stands in each row: repeated values, sections, marks of a matrix, a title's network."""

from __future__ import annotations

import pytest
from drawn import meanings, plan, texts


def test_rows_without_a_name_go_on_with_the_row_above() -> None:
    found = plan("""
        Projekt | Träger | Partner | von
        Sommerfest | Bürgerverein | Kita Sonne | 2020
         | | Schule Nord |
         | | Seniorenclub |
        Stadtradeln | ADFC | Radladen | 2022
    """)
    assert [(row.cells[0].text, row.cells[2].text, row.continues) for row in found.table.rows] == [
        ("Sommerfest", "Kita Sonne", 0),
        ("Sommerfest", "Schule Nord", 2),
        ("Sommerfest", "Seniorenclub", 2),
        ("Stadtradeln", "Radladen", 0),
    ]


@pytest.mark.parametrize("blank", ["", "dto.", '"', "s.o."])
def test_what_is_written_once_for_several_rows_holds_for_each(blank) -> None:
    found = plan(f"""
        Träger | Maßnahme | Jahr
        Caritas | Frühstück | 2021
        {blank} | Sprachkurs | 2022
        AWO | Ferienfahrt | 2021
        {blank} | Spieletag | 2022
    """)
    assert [row[0] for row in texts(found)] == ["Caritas", "Caritas", "AWO", "AWO"]


def test_a_blank_beside_repeated_values_stays_blank() -> None:
    """Where an office repeats itself, a gap means that nothing is known."""
    found = plan("Träger | Maßnahme\nCaritas | A\nCaritas | B\nCaritas | C\n | D\nAWO | E")
    assert [row[0] for row in texts(found)] == ["Caritas", "Caritas", "Caritas", "", "AWO"]


@pytest.mark.parametrize(
    ("section", "meaning"),
    [
        ("Handlungsfeld 2: Bildung", "project.handlungsfelder"),
        ("2021", "project.period"),
        ("Verfügungsfonds", "project.fund"),
        ("Ortsteil Nord", "note"),
    ],
)
def test_sections_become_a_column(section, meaning) -> None:
    found = plan(f"Projekt | Träger | Kosten\n{section} | < | <\nChor | Kirche | 10\nKino | Filmclub | 20")
    assert meanings(found)[-1] == meaning
    assert [row[-1] for row in texts(found)] == [section, section]
    assert found.table.rows[0].cells[-1].ref == "A2"


def test_a_matrix_of_marks_says_the_headings() -> None:
    found = plan("""
        Einrichtung | Handlungsfelder | < | <
        ^ | Bildung | Umwelt | Kultur
        Kita Sonne | x | | x
        Bürgerhaus | | ✓ |
    """)
    assert (found.kind, meanings(found)) == ("actor", ["actor.name"] + ["actor.handlungsfelder"] * 3)
    assert texts(found) == [["Kita Sonne", "Bildung", "", "Kultur"], ["Bürgerhaus", "", "Umwelt", ""]]


def test_a_matrix_of_bodies_and_networks_without_a_corner_is_a_list_of_members() -> None:
    found = plan("""
         | Quartiersrat | AK Kinder | Runder Tisch Verkehr
        Kita Sonne | | x |
        Bürgerhaus | x | x |
        Polizeiverein | | | x
    """)
    assert (found.kind, meanings(found)) == ("actor", ["actor.name"] + ["link:mitglied_von"] * 3)


def test_letters_in_a_matrix_are_roles() -> None:
    found = plan("""
        Projekt | Kita Sonne | Bürgerhaus e.V. | SV Ost
        Lesezelt | P | T |
        Boxclub | | P | T
    """)
    assert texts(found) == [
        ["Lesezelt", "Kita Sonne (Partner)", "Bürgerhaus e.V. (Träger)", ""],
        ["Boxclub", "", "Bürgerhaus e.V. (Partner)", "SV Ost (Träger)"],
    ]


@pytest.mark.parametrize(
    "title", ["Quartiersrat – Mitglieder", "Mitglieder des Quartiersrats", "Mitgliederliste Quartiersrat"]
)
def test_a_list_of_members_belongs_to_the_network_in_its_title(title) -> None:
    found = plan(f"{title}\nEinrichtung | Bereich\nKita Sonne | Bildung\nSV Ost | Sport")
    assert meanings(found)[-1] == "link:mitglied_von"
    assert {row[-1] for row in texts(found)} == {"Quartiersrat"}


def test_name_and_address_in_one_cell_are_parted() -> None:
    found = plan(
        "Name, Anschrift | Website\nKita Sonne, Weg 1, 12345 Stadt | www.a.example\nHaus Abend⏎Weg 2 | www.b.example"
    )
    assert [(row[0], row[-1]) for row in texts(found)] == [
        ("Kita Sonne", "Weg 1, 12345 Stadt"),
        ("Haus Abend", "Weg 2"),
    ]


def test_of_amounts_year_by_year_the_sum_is_the_amount() -> None:
    found = plan("Projekt | Träger | 2021 | 2022 | Gesamt\nChor | Kirche | 1.000 € | 2.000 € | 3.000 €")
    assert meanings(found)[2:] == ["note", "note", "project.amount"]


def test_known_names_tell_what_a_column_holds() -> None:
    drawing = "Einrichtung | Dabei?\nKita Sonne | Traumfänger\nBürgerhaus | Windspiel"
    assert plan(drawing).columns[1].understood is False
    found = plan(drawing, vocabulary={"project": frozenset({"Traumfänger", "Windspiel"})})
    assert meanings(found)[1] == "link:in"
