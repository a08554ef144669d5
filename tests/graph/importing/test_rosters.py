"""One column per network, members below: each member is a row; other tables stay as they are."""

from __future__ import annotations

from drawn import sheet

from graph.importing.regions import tables
from graph.importing.rosters import names_network, unrolled


def rolled_out(text: str) -> list[list[str]]:
    (table,) = tables(sheet(text))
    return [[cell.text for cell in row.cells] for row in unrolled(table).rows]


def test_each_member_below_a_network_is_a_row() -> None:
    rows = rolled_out("Stadtteilrunde Nord | AK Jugend\nKita Sonne | SV Ost\nBürgerhaus |")
    assert sorted(rows) == [
        ["AK Jugend", "SV Ost"],
        ["Stadtteilrunde Nord", "Bürgerhaus"],
        ["Stadtteilrunde Nord", "Kita Sonne"],
    ]


def test_a_table_of_projects_is_no_roster() -> None:
    assert rolled_out("Projekt | Netzwerk\nChor | AK Kultur\nBoxen | AK Sport") == [
        ["Chor", "AK Kultur"],
        ["Boxen", "AK Sport"],
    ]


def test_a_word_for_any_network_names_none() -> None:
    assert [names_network(text) for text in ("AK Jugend", "Netzwerk", "Gremien", "Netzwerkliste")] == [
        True,
        False,
        False,
        False,
    ]
