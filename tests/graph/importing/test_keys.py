"""Numbers and codes of one sheet are the names of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drawn import sheet

from graph.importing.understanding import understand

if TYPE_CHECKING:
    from graph.importing.columns import TablePlan

PROJECTS = "Nr. | Projekt | Jahr\n1 | Chor | 2020\n2 | Boxen | 2021\n3 | Garten | 2022"
BODIES = "ID | Name\nA1 | Kita Sonne\nA2 | SV Ost e.V.\nA3 | AWO"


def read(*drawn: str) -> list[TablePlan]:
    return understand([sheet(text, f"Blatt {at}") for at, text in enumerate(drawn)]).tables


def rows(plan: TablePlan) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in plan.table.rows]


def test_keys_are_replaced_by_the_names_they_stand_for() -> None:
    *_, links = read(
        PROJECTS, BODIES, "Projekt-Nr. | Akteur-ID | Rolle\n2 | A2 | Träger\n2 | A1 | Partner\n1 | A3 | Träger"
    )
    assert links.kind == "involvement"
    assert rows(links)[:2] == [["Boxen", "SV Ost e.V.", "Träger"], ["Boxen", "Kita Sonne", "Partner"]]


def test_running_numbers_of_two_sheets_have_nothing_to_do_with_each_other() -> None:
    _, other = read(PROJECTS, "Nr. | Einrichtung | PLZ\n1 | Kita Sonne | 12345\n2 | SV Ost | 12345\n3 | AWO | 12345")
    assert [row[0] for row in rows(other)] == ["1", "2", "3"]


def test_codes_are_read_by_the_sheet_that_explains_them() -> None:
    codes = (
        "Was | Wert | Bedeutung\nArt | T | Träger\nArt | F | Förderer\nStand | A | abgeschlossen\nStand | L | laufend"
    )
    (found,) = read(
        "Projekt | Einrichtung | Art | Stand\nChor | AWO | T | A\nChor | Stadt | F | A\nBoxen | SV | T | L", codes
    )
    assert [row[2:] for row in rows(found)] == [
        ["Träger", "abgeschlossen"],
        ["Förderer", "abgeschlossen"],
        ["Träger", "laufend"],
    ]


def test_members_beside_a_matrix_of_the_same_bodies_are_no_codes() -> None:
    matrix = "Projekt | AWO | SV Ost | Kita Sonne\nChor | x | | x\nBoxen | | x | \nGarten | x | x | "
    members = (
        "Mitglied | seit | Netzwerk\nAWO | 2019 | Runde Ost\nSV Ost | 2018 | Runde Ost\nKita Sonne | 2019 | Runde Ost\n"
        "AWO | 2017 | Runde West\nSV Ost | 2016 | Runde West\nKita Sonne | 2015 | Runde West"
    )
    assert [plan.kind for plan in read(matrix, members)] == ["project", "membership"]
