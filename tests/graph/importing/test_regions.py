"""Tables are found as offices draw them: titles, groups, sections, footers, fact sheets, several in one sheet."""

from __future__ import annotations

import pytest
from drawn import sheet

from graph.importing.regions import RawTable, legends, tables


def only(drawing: str, name: str = "") -> RawTable:
    (table,) = tables(sheet(drawing, name))
    return table


def texts(table: RawTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def headings(table: RawTable) -> list[str]:
    return [f"{heading.group}/{heading.text}" if heading.group else heading.text for heading in table.headings]


def test_title_rows_are_the_title_and_sums_and_remarks_are_left_over_not_lost() -> None:
    table = only("""
        Projektliste Soziale Stadt Gotha
        Stand 1.2.2023
         |
        Projekt   | Träger   | Summe
        Hofgarten | Mieterverein | 1200
        Lesezelt  | Bücherei | 300
        Gesamt    |          | 1500
         |
        * ohne Eigenmittel
        Erstellt vom Stadtteilbüro
    """)
    assert table.title == "Projektliste Soziale Stadt Gotha – Stand 1.2.2023"
    assert texts(table) == [["Hofgarten", "Mieterverein", "1200"], ["Lesezelt", "Bücherei", "300"]]
    assert [row.number for row in table.rows] == [5, 6]
    assert [cell.text for cell in table.left_over] == [
        "Gesamt",
        "1500",
        "* ohne Eigenmittel",
        "Erstellt vom Stadtteilbüro",
    ]


@pytest.mark.parametrize(
    "drawing",
    [
        """
        Projekt | < | Laufzeit | < | Geld
        Nr. | Titel | von | bis | ^
        1 | Hofgarten | 2020 | 2021 | 900
        """,
        """
        Projekt |       | Laufzeit |      | Geld
        Nr.     | Titel | von      | bis  |
        1       | Hofgarten | 2020 | 2021 | 900
        """,
    ],
)
def test_groups_stand_over_their_headings_merged_or_not(drawing) -> None:
    table = only(drawing)
    assert headings(table) == ["Projekt/Nr.", "Projekt/Titel", "Laufzeit/von", "Laufzeit/bis", "Geld"]
    assert texts(table) == [["1", "Hofgarten", "2020", "2021", "900"]]


def test_a_row_of_values_under_a_merged_heading_is_no_second_row_of_headings() -> None:
    table = only("""
        Projekt | Kontakt | < | Träger
        Lesezelt | Bücherei | Raum 3 | Stadt
        Hofgarten | Keller | Haus 2 | Mieterverein
    """)
    assert len(table.rows) == 2


def test_repeated_headings_are_skipped_and_sections_reach_to_the_next() -> None:
    table = only("""
        Nr. | Vorhaben | Träger | Jahr
        Ortsteil Nord | < | < | <
        1 | Hofgarten | Mieterverein | 2020
        Nr. | Vorhaben | Träger | Jahr
        2 | Lesezelt | Bücherei | 2021
        Ortsteil Süd | < | < | <
        3 | Kino im Hof | Filmclub | 2022
    """)
    assert [(row.cells[1].text, row.section, row.section_ref) for row in table.rows] == [
        ("Hofgarten", "Ortsteil Nord", "A2"),
        ("Lesezelt", "Ortsteil Nord", "A2"),
        ("Kino im Hof", "Ortsteil Süd", "A6"),
    ]


@pytest.mark.parametrize(
    "mark", ["2021", "Handlungsfeld 2: Bildung", "Förderjahr 2021", "*Kultur*", "Schulen:", "II. Wohnen"]
)
def test_a_single_cell_is_a_section_by_its_words_or_its_looks(mark) -> None:
    table = only(f"""
        Projekt | Träger | Jahr | Geld
        Chor | Kirche | 2020 | 10
        {mark}
        Hofgarten | Mieterverein | 2020 | 20
    """)
    assert [row.section for row in table.rows] == ["", mark.strip("*")]


@pytest.mark.parametrize("name", ["Moscheeverein Süd", "Theater am Eck", "Kita Sonne"])
def test_a_body_of_which_only_the_name_is_known_is_no_section(name) -> None:
    table = only(f"""
        Einrichtung | Straße | PLZ | Telefon
        AWO | Weg 1 | 04155 | 0341 55555
        {name}
        Caritas | Weg 2 | 04155 | 0341 66666
    """)
    assert [row.cells[0].text for row in table.rows] == ["AWO", name, "Caritas"]


def test_sections_that_are_plain_words_are_known_by_the_first_row_being_one() -> None:
    table = only("""
        Name | Adresse | Angebote | Website
        Kitas
        Sonnenschein | Weg 1 | Betreuung | www.a.example
        Beratung
        Offene Tür | Weg 2 | Schulden | www.b.example
    """)
    assert [(row.cells[0].text, row.section) for row in table.rows] == [
        ("Sonnenschein", "Kitas"),
        ("Offene Tür", "Beratung"),
    ]


def test_blank_rows_and_columns_within_a_table_do_not_part_it() -> None:
    table = only("""
         | |         |        | |          |
         | | Projekt | Träger | | Laufzeit | Status
         | | Chor    | Kirche | | 2020     | beendet
         | |
         | | Kino    | Filmclub | | 2021   | läuft
    """)
    assert headings(table) == ["Projekt", "Träger", "Laufzeit", "Status"]
    assert texts(table) == [["Chor", "Kirche", "2020", "beendet"], ["Kino", "Filmclub", "2021", "läuft"]]
    assert table.rows[0].cells[0].ref == "C3"


def test_tables_one_below_the_other_each_have_their_title() -> None:
    first, second, third = tables(sheet("""
        Projekte 2021
        Projekt | Träger | Summe
        Chor | Kirche | 10
         |
        Projekte 2022
        Projekt | Träger | Partner | Summe
        Kino | Filmclub | Kita | 20
         |
        Netzwerke
        Netzwerk | Mitglieder
        AK Jugend | Filmclub; Kirche
    """))  # fmt: skip
    assert [table.title for table in (first, second, third)] == ["Projekte 2021", "Projekte 2022", "Netzwerke"]
    assert [texts(table) for table in (first, second, third)] == [
        [["Chor", "Kirche", "10"]], [["Kino", "Filmclub", "Kita", "20"]], [["AK Jugend", "Filmclub; Kirche"]],
    ]  # fmt: skip


def test_tables_side_by_side_are_two() -> None:
    left, right = tables(sheet("""
        Projekt | Träger | Jahr | | Gremium | Mitglieder
        Chor | Kirche | 2020 | | Beirat | Kirche, Filmclub
        Kino | Filmclub | 2021
    """))  # fmt: skip
    assert (len(left.rows), len(right.rows)) == (2, 1)
    assert headings(right) == ["Gremium", "Mitglieder"]


def test_a_fact_sheet_is_one_row_and_a_value_without_label_goes_on() -> None:
    table = only("""
        Projektsteckbrief
        Projektname: | Kunst im Hof
        Projektträger: | Kulturlabor e.V.
        Kooperationspartner: | Schule Ost
         | Kita Regenbogen
        Laufzeit: | 2021 – 2022
    """)
    assert table.layout == "fact sheet"
    assert table.title == "Projektsteckbrief"
    assert headings(table) == ["Projektname", "Projektträger", "Kooperationspartner", "Laufzeit"]
    assert texts(table) == [["Kunst im Hof", "Kulturlabor e.V.", "Schule Ost\nKita Regenbogen", "2021 – 2022"]]


@pytest.mark.parametrize(
    "drawing",
    [
        """
        Projekt | Chor | Kino
        Träger | Kirche | Filmclub
        Zeitraum | 2020 | 2021
        """,
        """
        Projekt | Chor
        Träger | Kirche
        Zeitraum | 2020
         |
        Projekt | Kino
        Träger | Filmclub
        Zeitraum | 2021
        """,
        """
        Projekt: Chor
        Träger: Kirche
        Zeitraum: 2020
        Projekt: Kino
        Träger: Filmclub
        Zeitraum: 2021
        """,
    ],
)
def test_fact_sheets_beside_and_below_each_other_are_a_row_each(drawing) -> None:
    assert texts(only(drawing)) == [["Chor", "Kirche", "2020"], ["Kino", "Filmclub", "2021"]]


def test_columns_of_marks_make_a_heading_of_unknown_words() -> None:
    table = only("""
         | Quartiersrat | AK Kinder | Runder Tisch
        Kita Sonne | x | x |
        Bürgerhaus | | | x
    """)
    assert headings(table) == ["", "Quartiersrat", "AK Kinder", "Runder Tisch"]
    assert len(table.rows) == 2


def test_a_list_without_headings_begins_with_its_first_row() -> None:
    table = only("""
        Chor | Kirche e.V. | 2020 | 100 €
        Kino | Filmclub e.V. | 2021 | 200 €
    """)
    assert headings(table) == ["", "", "", ""]
    assert len(table.rows) == 2


@pytest.mark.parametrize(
    ("drawing", "name"),
    [
        ("Abkürzung | Bedeutung\nHdJ | Haus der Jugend\nGS | Grundschule", "Tabelle2"),
        ("HdJ | Haus der Jugend\nGS | Grundschule", "Legende"),
        ("Projekt | Träger\nChor | HdJ\nHdJ = Haus der Jugend; GS = Grundschule", ""),
        ("Projekt | Träger\nChor | HdJ\nAbkürzungen: HdJ: Haus der Jugend, GS: Grundschule", ""),
        ("Projekt | Träger | Jahr\nChor | HdJ | 2020\n |\nLegende\nHdJ | Haus der Jugend\nGS | Grundschule", ""),
    ],
)
def test_legends_are_found_wherever_they_stand(drawing, name) -> None:
    drawn = sheet(drawing, name)
    assert legends([drawn]) == {"HdJ": "Haus der Jugend", "GS": "Grundschule"}
    assert not any(
        cell.text == "GS"
        for table in tables(drawn)
        if table.layout == "rows"
        for row in table.rows
        for cell in row.cells
    )


def test_no_cell_of_a_sheet_is_lost() -> None:
    """Each text is in a row, a heading, a section, the title or left over."""
    drawn = sheet("""
        Maßnahmen Erfurt-Nord | | | Stand 2022
         |
        Maßnahme | Träger | Kosten | Hinweis
        2021
        Chor | Kirche | 10 | klein
         | | | Nachtrag
        Kino | Filmclub | 20 |
        Summe | | 30 |
        Quelle: Amt
    """)
    (table,) = tables(drawn)
    kept = (
        [heading.text for heading in table.headings]
        + [cell.text for cell in table.left_over]
        + table.title.split(" – ")
    )
    kept += [text for row in table.rows for text in (row.section, *(cell.text for cell in row.cells))]
    assert {cell.text for row in drawn.rows for cell in row} <= set(kept)


def test_hidden_sheets_say_so() -> None:
    (table,) = tables(sheet("Projekt | Träger\nChor | Kirche", "alt", hidden=True))
    assert table.hidden


def test_rows_that_number_the_rows_below_are_sections() -> None:
    table = only("""
        Nr. | Maßnahme | Akteure | Zeitraum
        1. | Wohnumfeld | |
        1.1 | Hofgarten | Mieterbund | 2020
        2. | Bildung | |
        2.1 | Chor | Kirche | 2020
    """)
    assert [(row.cells[1].text, row.section) for row in table.rows] == [
        ("Hofgarten", "Wohnumfeld"),
        ("Chor", "Bildung"),
    ]
