"""Sheets drawn as text, for tests of what tables look like.

    sheet('''
    Projekt | Träger | Laufzeit
    Hoffest | Kita   | 2021
    ''')

`|` parts cells, `<` goes on with the merged cell to the left, `^` with the one above, `⏎` is a line break, `*…*` is
bold.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from graph.importing import contexts, rosters
from graph.importing.columns import understand
from graph.importing.grids import Cell, Sheet, Span, grid, reference
from graph.importing.regions import tables

if TYPE_CHECKING:
    from graph.importing.columnplans import TablePlan


def sheet(text: str, name: str = "", *, hidden: bool = False, file: str = "liste.xlsx") -> Sheet:
    """The sheet that a text draws."""
    lines = textwrap.dedent(text).strip("\n").split("\n")
    drawn = [[part.strip() for part in line.split("|")] for line in lines]
    width = max(map(len, drawn))
    drawn = [[*row, *[""] * (width - len(row))] for row in drawn]
    cells = {
        (row, column): _cell(text, reference(row, column))
        for row, line in enumerate(drawn)
        for column, text in enumerate(line)
        if text and text not in "<^"
    }
    spans = [span for row, column in cells if (span := _span(drawn, row, column)) != Span(row, column, row, column)]
    rows, merged = grid(cells, spans, file)
    return Sheet(file, name, hidden, rows, merged)


def _cell(text: str, ref: str) -> Cell:
    bold = len(text) > 2 and text.startswith("*") and text.endswith("*")
    return Cell((text[1:-1] if bold else text).replace("⏎", "\n"), ref, bold=bold)


def _span(drawn: list[list[str]], row: int, column: int) -> Span:
    right, bottom = column, row
    while right + 1 < len(drawn[row]) and drawn[row][right + 1] == "<":
        right += 1
    while bottom + 1 < len(drawn) and drawn[bottom + 1][column] == "^":
        bottom += 1
    return Span(row, column, bottom, right)


def plan(text: str, name: str = "", **more: Any) -> TablePlan:
    """What the one table of a drawn sheet is taken for."""
    (table,) = tables(sheet(text, name))
    return understand(contexts.told(rosters.unrolled(table)), **more)


def meanings(found: TablePlan) -> list[str]:
    """What its columns mean."""
    return [column.meaning for column in found.columns]


def texts(found: TablePlan) -> list[list[str]]:
    """The texts of its rows, made plain."""
    return [[cell.text for cell in row.cells] for row in found.table.rows]
