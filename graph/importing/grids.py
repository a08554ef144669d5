"""Grids of cells, whatever file they come from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph.entries import text as plain
from graph.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_CELLS: Final = 4_000_000
"""Cells of a sheet, blank ones between filled ones included."""

MOST_COLUMNS: Final = 1000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what a person sees in it, without space around it; numbers with a decimal comma; "" for a blank cell.
        ref: its address, e.g. "B7"; "" for blank cells.
        value: number (int, float), `datetime.date` or `datetime.datetime` if the file holds one; a date that is shown
            without its day ("05.2021", "2021") is text only: what is not shown was not meant.
        note: comment, link behind the text, or error of a formula.
        bold: written in bold letters (as far as the file format tells).
    """

    text: str
    ref: str = ""
    value: object = None
    note: str = ""
    bold: bool = False


BLANK: Final = Cell("")


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells: first and last row and column, counted from 0, both included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One grid.

    Attributes:
        file: name of the file, without folders.
        name: name of the sheet; "" for a text table.
        hidden: people do not see it when they open the file.
        rows: from the sheet's first row on, all of the same length, blank rows and columns included; a value merged
            over several rows stands in each of them, one merged over columns in the leftmost only.
        merged: the merged cells.
    """

    file: str
    name: str
    hidden: bool
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Span, ...] = ()


def grid(
    cells: Mapping[tuple[int, int], Cell], merged: Iterable[Span], file: str
) -> tuple[tuple[tuple[Cell, ...], ...], tuple[Span, ...]]:
    """Rows from filled cells by (row, column), counted from 0; merged values brought down to each row they hold for.

    Raises:
        BadFile: the sheet is too big.
    """
    filled = dict(cells)
    last = max((row for row, _ in cells), default=-1)  # some merge down to the end of the sheet
    spans = tuple(replace(span, bottom=min(span.bottom, last)) for span in merged if (span.top, span.left) in cells)
    for span in spans:
        if len(filled) > MOST_CELLS:
            raise BadFile(file, "too big", "merged")
        for row in range(span.top + 1, span.bottom + 1):
            filled[row, span.left] = replace(cells[span.top, span.left], ref=reference(row, span.left))
    height = last + 1
    width = max((column for _, column in filled), default=-1) + 1
    if height * width > MOST_CELLS or width > MOST_COLUMNS:
        raise BadFile(file, "too big", "cells")
    blank_row = (BLANK,) * width
    occupied = {row for row, _ in filled}
    rows = (
        tuple(filled.get((row, column), BLANK) for column in range(width)) if row in occupied else blank_row
        for row in range(height)
    )
    return tuple(rows), spans


def reference(row: int, column: int) -> str:
    """The address of a cell, both counted from 0: (6, 1) is "B7"."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def position(ref: str) -> tuple[int, int]:
    """Row and column of an address, counted from 0.

    Raises:
        ValueError: it is no address.
    """
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", ref)
    if not match:
        raise ValueError(ref)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def cell_text(value: str) -> str:
    """A text as cells hold it: invisible characters gone, hard spaces plain, no space at the ends of its lines."""
    lines = re.sub(r"[\u00a0\u2007\u202f\t ]+", " ", plain(value).replace("\u00ad", "").replace("\u200b", "")).split(
        "\n"
    )
    return "\n".join(line.strip() for line in lines).strip("\n")
