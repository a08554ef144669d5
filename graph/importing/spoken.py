"""Lists in one column, as one would write them in a letter: "1. Lesezelt – Träger: AWO; Partner: Kita Nord (2020)"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing.grids import BLANK, Cell
from graph.importing.passages import role_passages
from graph.importing.regions import Heading
from graph.importing.values import PERIOD

if TYPE_CHECKING:
    from graph.importing.regions import RawRow, RawTable

_NUMBER: Final = re.compile(r"^\s*(?:\d{1,3}[.)]|[•·▪–—*-])\s+")
_WHEN: Final = re.compile(r"\s*[(\[,]\s*([^()\[\],]+)[)\]]?\s*\.?$")
_MOST: Final = 0.6
"""Share of lines that must name bodies with their part for a column to be such a list."""


def spoken(table: RawTable) -> RawTable:
    """A list in one column as a table of projects, who takes part in them, and when; any other table as it is."""
    if len(table.headings) != 1 or len(table.rows) < 2:
        return table
    parted = [_parted(row.cells[0]) for row in table.rows]
    if sum(bool(people.text) for _, people, _ in parted) < _MOST * len(parted):
        return table
    ref = table.headings[0].ref
    headings = tuple(Heading(text, "", ref) for text in ("Projekt", "Beteiligte", "Zeitraum"))
    rows = tuple(replace(row, cells=cells) for row, cells in zip(table.rows, parted, strict=True))
    return _without_title(replace(table, headings=headings, rows=rows))


def _without_title(table: RawTable) -> RawTable:
    """The table without a first line that only says what the list is."""
    first: RawRow = table.rows[0]
    if first.cells[1].text or first.cells[2].text:
        return table
    title = " – ".join(filter(None, (table.title, first.cells[0].text)))
    return replace(table, title=title, rows=table.rows[1:])


def _parted(cell: Cell) -> tuple[Cell, Cell, Cell]:
    """Title, bodies with their parts, and time of one line; blank where it says none."""
    text = " ".join(_NUMBER.sub("", cell.text).split())
    when = _WHEN.search(text)
    if when and PERIOD.fullmatch(when[1]):
        text = text[: when.start()]
    passages = role_passages(text, lambda _: False)
    starts = [passage.start for passage in passages if passage.role]
    if not starts or starts[0] == 0:
        return replace(cell, text=text), BLANK, BLANK
    label = _label_start(text, starts[0])
    people = text[label:].strip(" ;,.")
    title = text[:label].strip(" –—-:;,.(")
    time = replace(cell, text=when[1], value=None) if when and PERIOD.fullmatch(when[1]) else BLANK
    return replace(cell, text=title, value=None), replace(cell, text=people, value=None), time


def _label_start(text: str, end: int) -> int:
    """Where the label begins that ends before a place: at the last dash, comma, semicolon or full stop before it."""
    joints = [found.end() for found in re.finditer(r"\s[–—-]\s|[;,.]\s|\s(?=in |gemeinsam|zusammen)", text[:end])]
    return joints[-1] if joints else text[:end].rstrip(": ").rfind(" ") + 1
