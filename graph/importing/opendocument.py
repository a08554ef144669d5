"""OpenDocument spreadsheets (.ods) as grids, read from their `content.xml`.

The standard library is enough for that; odfpy, the usual library, builds a tree of the whole document, many times
as big.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.errors import BadFile
from graph.importing.archives import attribute, local
from graph.importing.grids import MOST_CELLS, Cell, Sheet, Span, cell_text, grid, reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from graph.importing.archives import Archive

_CELLS: Final = ("table-cell", "covered-table-cell")
_MOST_ALIKE: Final = 1000
"""Rows in a run that say the same; beyond that they say no more, and a list has a million of them by mistake."""
_DAY_SHOWN: Final = re.compile(r"\d{1,2}\D+\d{1,2}\D+\d{2}|\d{1,2}\. ?[A-Za-zä]{3,}|[A-Za-z]{3,} \d{1,2},")


def is_spreadsheet(archive: Archive) -> bool:
    """Whether an archive is an OpenDocument spreadsheet.

    Raises:
        BadFile: its type cannot be read, or it is locked.
    """
    if "content.xml" not in archive.names:
        return False
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and b"encryption-data" in archive.read(manifest):
        raise BadFile(archive.file, "password")
    return "mimetype" not in archive.names or b"spreadsheet" in archive.read("mimetype")


def sheets(archive: Archive) -> list[Sheet]:
    """The sheets of a document in their order, hidden ones included.

    Raises:
        BadFile: a part is missing or damaged, or a sheet is too big.
    """
    hidden_styles: set[str] = set()
    found: list[Sheet] = []
    reading = _Reading()
    try:
        for element in archive.elements("content.xml", "style", "table-row", "table"):
            match local(element.tag):
                case "style":
                    if any(attribute(part, "display") == "false" for part in element):
                        hidden_styles.add(attribute(element, "name"))
                case "table-row":
                    reading.add(element)
                case _:
                    rows, merged = grid(reading.cells, reading.spans, archive.file)
                    hidden = attribute(element, "style-name") in hidden_styles
                    found.append(Sheet(archive.file, attribute(element, "name"), hidden, rows, merged))
                    reading = _Reading()
    except (ValueError, OverflowError) as error:
        raise archive.broken(str(error)) from error
    return found


class _Reading:
    """The cells of one sheet, row by row."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.spans: list[Span] = []
        self._row = 0

    def add(self, row: Element) -> None:
        """Take in a row as often as it is repeated; blank ones are only counted.

        Raises:
            OverflowError: more cells than a sheet may have.
        """
        times = int(attribute(row, "number-rows-repeated", "1"))
        drawn = [(column, _cell(element)) for column, element in self._filled(row)]
        filled = [(column, cell) for column, cell in drawn if cell.text or cell.note]
        again = min(times, _MOST_ALIKE)
        if len(self.cells) + len(filled) * again > MOST_CELLS:
            raise OverflowError("cells")
        for number in range(self._row, self._row + again) if filled else ():
            for column, cell in filled:
                self.cells[number, column] = replace(cell, ref=reference(number, column))
        self._row += times

    def _filled(self, row: Element) -> Iterator[tuple[int, Element]]:
        column = 0
        for element in row:
            if local(element.tag) not in _CELLS:
                continue
            times = int(attribute(element, "number-columns-repeated", "1"))
            self._note_span(element, column)
            if len(element) and local(element.tag) == "table-cell":
                if times > MOST_CELLS:
                    raise OverflowError("cells")
                yield from ((column + more, element) for more in range(times))
            column += times

    def _note_span(self, element: Element, column: int) -> None:
        down = int(attribute(element, "number-rows-spanned", "1"))
        across = int(attribute(element, "number-columns-spanned", "1"))
        if down > 1 or across > 1:
            self.spans.append(Span(self._row, column, self._row + down - 1, column + across - 1))


def _cell(element: Element) -> Cell:
    """What is shown is the text; the value beside it only if it says no more than that."""
    shown = cell_text("\n".join(_text(part) for part in element if local(part.tag) == "p"))
    notes = [
        cell_text("\n".join(_text(line) for line in part if local(line.tag) == "p"))
        for part in element
        if local(part.tag) == "annotation"
    ]
    links = [attribute(part, "href") for part in element.iter() if local(part.tag) == "a"]
    notes += [link for link in links if link not in shown and not link.startswith("mailto:")]
    return Cell(shown, "", _value(element, shown), "\n".join(notes))


def _value(element: Element, shown: str) -> object:
    kind = attribute(element, "value-type")
    if kind in ("float", "currency", "percentage"):
        number = float(attribute(element, "value", "nan"))
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if kind == "date" and _DAY_SHOWN.search(shown):
        moment = dt.datetime.fromisoformat(attribute(element, "date-value"))
        return moment if moment.time() != dt.time() else moment.date()
    return None


def _text(element: Element) -> str:
    """The text of a paragraph; spaces, tabs and line breaks are elements there."""
    parts = [element.text or ""]
    for child in element:
        match local(child.tag):
            case "s":
                parts.append(" " * min(int(attribute(child, "c", "1")), 1000))
            case "tab":
                parts.append(" ")
            case "line-break":
                parts.append("\n")
            case "annotation":
                pass
            case _:
                parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
