"""Excel workbooks (.xlsx, .xlsm) as grids: values as people see them, merged cells, comments, links, hidden sheets.

Read part by part from the archive rather than with openpyxl: that drops merged cells and comments when it streams, and
makes a cell of every blank one when it does not, which a formatted but empty column turns into a million.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph.importing.archives import attribute, local
from graph.importing.grids import Cell, Sheet, Span, cell_text, grid, position, reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from graph.importing.archives import Archive

_LITERAL: Final = re.compile(r'"([^"]*)"|\[\$([^\]-]*)(?:-[^\]]*)?\]|\\(.)|([€$£])')
_MONEY: Final = re.compile(
    r"(?i)\s*(?:T ?€|TEUR|Tsd\.? ?(?:€|EUR|Euro)|Mio\.? ?(?:€|EUR|Euro)|€|EUR|Euro|\$|USD|£|CHF)"
)


@dataclass(frozen=True)
class _Style:
    """How a cell shows its number, and whether in bold."""

    number_format: str
    is_date: bool
    bold: bool


@dataclass(frozen=True)
class _Book:
    archive: Archive
    strings: tuple[str, ...]
    styles: tuple[_Style, ...]
    epoch: dt.datetime


def sheets(archive: Archive) -> list[Sheet]:
    """The sheets of a workbook in their order, hidden ones included; chart sheets are none.

    Raises:
        BadFile: a part is missing or damaged.
    """
    try:
        return list(_sheets(archive))
    except (ValueError, KeyError, IndexError, OverflowError) as error:
        raise archive.broken(f"{type(error).__name__}: {error}") from error


def _sheets(archive: Archive) -> Iterator[Sheet]:
    targets = _relations(archive, "xl/workbook.xml")
    strings = _strings(archive, targets)
    listed, old_epoch = [], False
    for element in archive.elements("xl/workbook.xml", "sheet", "workbookPr"):
        if local(element.tag) == "workbookPr":
            old_epoch = attribute(element, "date1904") in ("1", "true")
        else:
            listed.append((attribute(element, "name"), attribute(element, "state"), attribute(element, "id")))
    epoch = dt.datetime(1904, 1, 1) if old_epoch else dt.datetime(1899, 12, 30)  # noqa: DTZ001  # spreadsheets know no zones
    book = _Book(archive, strings, _styles(archive, targets), epoch)
    for name, state, relation in listed:
        part = targets.get(relation, ("", ""))[1]
        if "worksheets" in part:
            yield _sheet(book, part, name, hidden=state in ("hidden", "veryHidden"))


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of what a part refers to, by relation id."""
    folder, name = posixpath.split(part)
    listing = f"{folder}/_rels/{name}.rels"
    if listing not in archive.names:
        return {}
    return {
        attribute(element, "Id"): (
            attribute(element, "Type").rpartition("/")[2],
            _target(folder, attribute(element, "Target"), attribute(element, "TargetMode")),
        )
        for element in archive.elements(listing, "Relationship")
    }


def _target(folder: str, target: str, mode: str) -> str:
    return target if mode == "External" else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _strings(archive: Archive, targets: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    part = next((target for kind, target in targets.values() if kind == "sharedStrings"), "")
    if part not in archive.names:
        return ()
    return tuple(_inline(element) for element in archive.elements(part, "si"))


def _inline(element: Element) -> str:
    """The text of a string, its differently formatted runs joined, without reading aids (`rPh`)."""
    runs = [
        run
        for child in element
        for run in ([child] if local(child.tag) == "t" else child if local(child.tag) == "r" else [])
    ]
    return cell_text("".join(run.text or "" for run in runs if local(run.tag) == "t").replace("_x000D_", ""))


def _styles(archive: Archive, targets: dict[str, tuple[str, str]]) -> tuple[_Style, ...]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    part = next((target for kind, target in targets.values() if kind == "styles"), "")
    if part not in archive.names:
        return ()
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    bold: list[bool] = []
    styles: list[_Style] = []
    for element in archive.elements(part, "numFmt", "fonts", "cellXfs"):
        if local(element.tag) == "numFmt":
            formats[int(attribute(element, "numFmtId"))] = attribute(element, "formatCode")
        elif local(element.tag) == "fonts":
            bold = [
                any(local(mark.tag) == "b" and attribute(mark, "val", "1") != "0" for mark in font) for font in element
            ]
        else:
            for style in element:
                number_format = formats.get(int(attribute(style, "numFmtId", "0")), "General")
                font = int(attribute(style, "fontId", "0"))
                styles.append(
                    _Style(number_format, bool(is_date_format(number_format)), font < len(bold) and bold[font])
                )
    return tuple(styles)


def _sheet(book: _Book, part: str, name: str, *, hidden: bool) -> Sheet:
    relations = _relations(book.archive, part)
    cells: dict[tuple[int, int], Cell] = {}
    spans: list[Span] = []
    links: dict[tuple[int, int], str] = {}
    next_row = 0
    for element in book.archive.elements(part, "row", "mergeCell", "hyperlink"):
        match local(element.tag):
            case "row":
                next_row = int(attribute(element, "r") or next_row + 1)
                cells.update(_row(book, element, next_row - 1))
            case "mergeCell":
                spans.append(_span(attribute(element, "ref")))
            case _:
                links[position(attribute(element, "ref").partition(":")[0])] = relations.get(
                    attribute(element, "id"), ("", "")
                )[1]
    for place, note in (_comments(book.archive, relations) | links).items():
        known = cells.get(place)
        if known and note and note not in known.text and not note.startswith("mailto:"):
            cells[place] = replace(known, note="\n".join(filter(None, (known.note, note))))
    rows, merged = grid(cells, spans, book.archive.file)
    return Sheet(book.archive.file, name, hidden, rows, merged)


def _row(book: _Book, row: Element, number: int) -> Iterator[tuple[tuple[int, int], Cell]]:
    """The filled cells of a row; addresses may be left out in the file, and go on from the cell before."""
    column = -1
    for element in row:
        ref = attribute(element, "r")
        column = position(ref)[1] if ref else column + 1
        cell = _cell(book, element, reference(number, column))
        if cell.text or cell.note:
            yield (number, column), cell


def _cell(book: _Book, element: Element, ref: str) -> Cell:
    parts = {local(child.tag): child for child in element}
    kind = attribute(element, "t", "n")
    number = int(attribute(element, "s", "0"))
    style = book.styles[number] if number < len(book.styles) else _Style("General", is_date=False, bold=False)
    raw = parts["v"].text or "" if "v" in parts else ""
    if raw and kind == "n":
        return _numeric(float(raw), style, ref, book.epoch)
    if raw and kind == "d":
        return _dated(dt.datetime.fromisoformat(raw), "yyyy-mm-dd", ref, bold=style.bold)
    if kind == "e" or (kind == "n" and "f" in parts):  # a formula gone wrong, or one whose value nobody stored
        return Cell("", ref, note=raw or f"={parts['f'].text or ''}")
    return Cell(_written(book, kind, raw, parts.get("is")), ref, bold=style.bold)


def _written(book: _Book, kind: str, raw: str, inline: Element | None) -> str:
    """The text of a cell that holds no number."""
    if inline is not None:
        return _inline(inline)
    if kind == "s" and raw:
        return book.strings[int(raw)]
    if kind == "b":
        return "ja" if raw == "1" else "nein"
    return cell_text(raw)


def _numeric(number: float, style: _Style, ref: str, epoch: dt.datetime) -> Cell:
    if style.is_date and 0 <= number < 2_958_466:  # the last day Excel knows is 31.12.9999
        return _dated(_moment(number, epoch), style.number_format, ref, bold=style.bold)
    value = int(number) if number.is_integer() and abs(number) < 1e15 else number
    return Cell(_number_text(value, style.number_format), ref, value, bold=style.bold)


def _moment(serial: float, epoch: dt.datetime) -> dt.datetime:
    """The moment of a day number; before March 1900 Excel counts a leap day that was none."""
    days = serial + 1 if epoch.year < 1900 and serial < 60 else serial
    return epoch + dt.timedelta(seconds=round(days * 86_400))


def _dated(moment: dt.datetime, number_format: str, ref: str, *, bold: bool) -> Cell:
    """A date as exact as it is shown: "mm.yyyy" hides a day that nobody wrote."""
    shown = re.sub(_LITERAL, "", number_format.lower())
    day, year = "d" in shown, "y" in shown
    time = f"{moment:%H:%M}" if "h" in shown and moment.time() != dt.time() else ""
    if day or not (year or time):
        value: dt.date = moment if time else moment.date()
        return Cell(f"{moment:%d.%m.%Y} {time}".strip(), ref, value, bold=bold)
    if not year:
        return Cell(time, ref, bold=bold)
    return Cell(f"{moment:%m.%Y}" if "m" in shown else f"{moment:%Y}", ref, bold=bold)


def _number_text(value: float, number_format: str) -> str:
    """A number as shown: leading zeros of postcodes, percent, and the currency that stands in the format only."""
    shown = number_format.partition(";")[0]
    if re.fullmatch("0{2,}", shown) and isinstance(value, int) and value >= 0:
        return str(value).zfill(len(shown))
    if "%" in re.sub(_LITERAL, "", shown):
        return f"{value * 100:.15g} %".replace(".", ",")
    literals = "".join("".join(filter(None, found.groups())) for found in _LITERAL.finditer(shown))
    currency = _MONEY.search(literals)
    digits = f"{value:.15g}" if isinstance(value, float) else str(value)
    return digits.replace(".", ",") + (f" {currency[0].strip()}" if currency else "")


def _span(ref: str) -> Span:
    first, _, last = ref.partition(":")
    top, left = position(first)
    bottom, right = position(last or first)
    return Span(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _comments(archive: Archive, relations: dict[str, tuple[str, str]]) -> dict[tuple[int, int], str]:
    parts = [target for kind, target in relations.values() if kind == "comments" and target in archive.names]
    return {
        position(attribute(element, "ref")): cell_text("".join(element.itertext()))
        for part in parts
        for element in archive.elements(part, "comment")
    }
