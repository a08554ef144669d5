"""Grids as tables: where a table begins and ends, what its headings are, which rows speak of the rows below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Final, Literal

from graph.importing import factsheets, headrows, legend, rowkinds
from graph.importing.grids import BLANK, Cell, Sheet
from graph.importing.headings import familiar, key_headings, tight
from graph.importing.values import NETWORK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from graph.importing.rowkinds import Line

__all__ = ["Heading", "Layout", "RawRow", "RawTable", "legends", "tables"]

_LONGEST_NAME: Final = 80
"""Characters of a name."""

_KNOWN: Final = 0.85
_LIKE_ONE: Final = 0.7
"""How sure one must be of a heading to take a text for one, and not for a name."""

Layout = Literal["rows", "fact sheet", "legend"]


@dataclass(frozen=True)
class Heading:
    """The heading of a column.

    Attributes:
        text: as written; "" if the column has none.
        group: the heading above it that it shares with its neighbours, or "".
        ref: its cell; of a column without heading, the topmost cell.
    """

    text: str
    group: str = ""
    ref: str = ""


@dataclass(frozen=True)
class RawRow:
    """One row of a table.

    Attributes:
        number: its line, as spreadsheet programs count; of a fact sheet, the line it begins in.
        cells: as many as there are headings.
        section: what the section row above says, e.g. "Handlungsfeld 2: Bildung"; several lines if there are several.
        section_ref: the cell of the (last) section row; "" if there is none.
        continues: number of the row above that this one only adds to; 0 if it stands for itself.
    """

    number: int
    cells: tuple[Cell, ...]
    section: str = ""
    section_ref: str = ""
    continues: int = 0


@dataclass(frozen=True)
class RawTable:
    """One table.

    Attributes:
        file, sheet: where it stands; `sheet` is "" for text tables. hidden: on a hidden sheet.
        headings: one per column.
        rows: without headings, repeated headings, sections, sums and blank rows.
        title: what stands above the headings; " – " between lines.
        left_over: cells that belong to no row: sums, footers, remarks below; none is ever lost.
        layout: "rows"; "fact sheet" if its headings stand beside the values; "legend" if it explains abbreviations.
    """

    file: str
    sheet: str
    headings: tuple[Heading, ...]
    rows: tuple[RawRow, ...]
    title: str = ""
    left_over: tuple[Cell, ...] = ()
    layout: Layout = "rows"
    hidden: bool = False


def lines_of(row: RawRow, table: RawTable) -> frozenset[int]:
    """The lines of the sheet a row stands in: its own, or of a record of a fact sheet all that its cells stand in."""
    if table.layout != "fact sheet":
        return frozenset((row.number,))
    found = (re.search(r"[0-9]+$", cell.ref) for cell in row.cells)
    return frozenset((row.number, *(int(line[0]) for line in found if line)))


def tables(sheet: Sheet) -> list[RawTable]:
    """The tables of a sheet, from left to right, then from top to bottom."""
    return [table for lines in _bands(sheet) for table in _tables(sheet, lines)]


def legends(sheets: Iterable[Sheet], tables_of: Callable[[Sheet], list[RawTable]] = tables) -> dict[str, str]:
    """What abbreviations mean, by abbreviation as written, from legends and from remarks outside the rows of tables.

    In a row, "A = B" is said of that row alone: it must not make one body of two in all the others.

    Args:
        sheets: of the workbook.
        tables_of: the tables of a sheet, where they have been found already.
    """
    sheets = list(sheets)
    found: dict[str, str] = {}
    for sheet in sheets:
        present = tables_of(sheet)
        told = {cell.ref for table in present if table.layout != "legend" for row in table.rows for cell in row.cells}
        for row in sheet.rows:
            for cell in row:
                if cell.ref not in told:
                    found |= legend.pairs(cell.text)
        for table in present:
            if table.layout == "legend":
                found |= {
                    row.cells[0].text: row.cells[1].text
                    for row in table.rows
                    if all(cell.text for cell in row.cells[:2])
                }
            found |= legend.beside(table.left_over)
    return found


def _bands(sheet: Sheet) -> list[list[Line]]:
    """The lines of tables that stand side by side, apart by a blank column."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    filled = [any(row[column].text for row in sheet.rows) for column in range(width)]
    groups: list[list[int]] = []
    for column in range(width):
        if filled[column]:
            if groups and filled[column - 1]:
                groups[-1].append(column)
            else:
                groups.append([column])
    bands: list[list[Line]] = []
    taken: list[int] = []
    for columns in groups:
        lines = rowkinds.lines(sheet, columns)
        if bands and not _stands_alone(lines, bands[-1]):
            taken = [*taken, *columns]
            bands[-1] = rowkinds.lines(sheet, taken)
        else:
            taken = columns
            bands.append(lines)
    return bands


def _stands_alone(right: list[Line], left: list[Line]) -> bool:
    """Whether what stands right of a blank column is a table of its own, not more columns of the one left of it."""
    if _is_roster_beside(right) or _has_the_same_labels(right, left):
        return True
    own = next((line for line in right if headrows.is_heading(line)), None)
    other = next((line for line in left if headrows.is_heading(line)), None)
    if own is None or other is None or len(own.filled) < 2:
        return False
    if own.index != other.index or {tight(cell.text) for cell in own.filled} & {
        tight(cell.text) for cell in other.filled
    }:
        return True
    occupied = {line.index for line in left if line.filled}
    beyond = [line for line in right if line.filled and line.index not in occupied]
    is_key = any(
        tight(own.filled[0].text) in key_headings(kind)
        for kind in ("project", "actor", "network", "event", "programme", "membership")
    )
    as_long = sum(bool(line.filled) for line in right) == sum(bool(line.filled) for line in left)
    return len(beyond) > 1 or (is_key and not as_long)


def _has_the_same_labels(right: list[Line], left: list[Line]) -> bool:
    """Whether two fact sheets stand side by side: labels and values, the labels the same."""
    one, other = ({tight(line.cells[0].text) for line in lines if line.cells[0].text} for lines in (right, left))
    known = [text for text in one & other if familiar(text) > _KNOWN]
    return all(len(line.cells) == 2 for line in (*right[:1], *left[:1])) and len(known) >= _LABELS


_LABELS: Final = 3


def _is_roster_beside(right: list[Line]) -> bool:
    """Whether a column right of a table is called like one network, whose members stand below, perhaps with more."""
    texts = [line.cells[0].text for line in right if line.filled]
    beside = next(([cell.text for cell in line.filled[1:]] for line in right if line.filled), [])
    return (
        all(familiar(text) >= _LIKE_ONE for text in beside)
        and len(texts) > 2
        and bool(NETWORK.search(texts[0]))
        and len(texts[0]) < _LONGEST_NAME
        and familiar(texts[0]) < _KNOWN
    )


def _tables(sheet: Sheet, lines: list[Line]) -> Iterator[RawTable]:
    """The tables of one band, one below the other."""
    if facts := factsheets.records(lines):
        yield _fact_sheet(sheet, facts)
        return
    rest = lines
    found = False
    while rest:
        start = headrows.find_heading(rest)
        if start is None:
            break
        found = True
        top, height = start
        end = headrows.find_end(rest, top + height)
        yield _table(sheet, rest[:top], rest[top : top + height], rest[top + height : end])
        rest = rest[end:]
    if not found and any(line.filled for line in lines):
        yield _without_headings(sheet, lines)


def _table(sheet: Sheet, above: list[Line], top: list[Line], below: list[Line]) -> RawTable:
    groups = headrows.groups(top)
    texts = [
        next((line.cells[column] for line in reversed(top) if line.cells[column].text), BLANK)
        for column in range(len(top[0].cells))
    ]
    texts = [headrows.spread(top[-1], column) if not cell.text else cell for column, cell in enumerate(texts)]
    title = _title(above)
    rows, left_over = _rows(
        below, top, [cell.text for cell in texts], _title_section(above, is_first_of_many=_is_first_of_many(top, below))
    )
    kept = [
        column
        for column, cell in enumerate(texts)
        if cell.text or any(row.cells[column].text or row.cells[column].note for row in rows)
    ]
    headings = tuple(
        Heading(
            texts[column].text,
            groups[column] if tight(groups[column]) != tight(texts[column].text) else "",
            _ref(texts[column], column, rows),
        )
        for column in kept
    )
    rows = [replace(row, cells=tuple(row.cells[column] for column in kept)) for row in rows]
    table = RawTable(sheet.file, sheet.name, headings, tuple(rows), title, tuple(left_over), hidden=sheet.hidden)
    return (
        replace(table, layout="legend")
        if legend.is_legend([heading.text for heading in headings], sheet.name, title)
        else table
    )


def _ref(cell: Cell, column: int, rows: Sequence[RawRow]) -> str:
    return cell.ref or next((row.cells[column].ref for row in rows if row.cells[column].ref), "")


def _title(lines: list[Line]) -> str:
    texts = [cell.text for line in lines for cell in line.filled]
    return " – ".join(dict.fromkeys(re.sub(r"\s+", " ", text) for text in texts))


def _title_section(lines: list[Line], *, is_first_of_many: bool = False) -> Cell:
    """A title that is a section: "Handlungsfeld 3" above the table of its projects, or the first of several titles."""
    last = next((line for line in reversed(lines) if line.filled), None)
    if last and (rowkinds.is_labelled(last) or (is_first_of_many and len(last.filled) == 1)):
        return rowkinds.title_cell(last)
    singles = [line.filled[0] for line in lines if len(line.filled) == 1]
    return next((cell for cell in reversed(singles) if rowkinds.names_section(cell.text)), BLANK)


def _is_first_of_many(top: list[Line], below: list[Line]) -> bool:
    """Whether the headings come again below, each time under a title of their own."""
    repeated = [{tight(cell.text) for cell in line.filled} for line in top]
    return any(_titles(below, at, repeated) for at in range(len(below)))


def _is_title(line: Line) -> bool:
    return len(line.filled) == 1 or (bool(line.filled) and rowkinds.is_labelled(line))


def _titles(below: list[Line], at: int, repeated: list[set[str]]) -> bool:
    """Whether a line is a single cell over headings that come again."""
    if not _is_title(below[at]):
        return False
    after = next((below[more] for more in range(at + 1, len(below)) if below[more].filled), None)
    return after is not None and _repeats(after, repeated)


def _rows(below: list[Line], top: list[Line], headings: list[str], first: Cell) -> tuple[list[RawRow], list[Cell]]:
    """The rows below headings, and the cells that are none of theirs."""
    repeated = [{tight(cell.text) for cell in line.filled} for line in top]
    typical = median([len(line.filled) for line in below if len(line.filled) > 1] or [1])
    shape = rowkinds.Shape(
        headings,
        typical,
        rowkinds.starts_with_section(below, repeated),
        rowkinds.parents(below),
        rowkinds.begins_with_values(below),
        rowkinds.has_labelled_sections(below),
    )
    rows: list[RawRow] = []
    left_over: list[Cell] = []
    sections: list[Cell] = [first] if first.text else []
    pending: list[Cell] = []
    in_footer = False
    for at, line in enumerate(below):
        if not line.filled or _repeats(line, repeated) or (at == 0 and headrows.is_translated(line, headings)):
            continue
        is_title = _titles(below, at, repeated)
        in_footer = not is_title and (rowkinds.is_footer(line) or (in_footer and len(line.filled) <= 2))
        if in_footer or rowkinds.is_sum(line) or rowkinds.is_count(line, below):
            left_over += line.filled
        elif is_title or rowkinds.is_section(line, shape, blank_above=at > 0 and not below[at - 1].filled):
            pending.append(rowkinds.title_cell(line))
        else:
            sections, pending = pending or sections, []
            text = "\n".join(cell.text for cell in sections)
            rows.append(RawRow(line.index + 1, line.cells, text, sections[-1].ref if sections else ""))
    return rows, left_over + pending


def _repeats(line: Line, repeated: list[set[str]]) -> bool:
    texts = {tight(cell.text) for cell in line.filled}
    return any(len(texts & known) >= 0.8 * len(texts) and len(texts) > 1 for known in repeated)


def _fact_sheet(sheet: Sheet, facts: factsheets.Records) -> RawTable:
    headings = tuple(Heading(label.text, "", label.ref) for label in facts.labels)
    rows = tuple(RawRow(number, cells) for number, cells in facts.rows)
    return RawTable(sheet.file, sheet.name, headings, rows, facts.title, facts.left_over, "fact sheet", sheet.hidden)


def _is_above(lines: list[Line]) -> bool:
    """Whether the first line, of one cell, is a title: most others have more, or a blank line sets it apart."""
    is_apart = lines[1].index > lines[0].index + 1 and len(lines[1].filled) > 1
    return is_apart or median(len(line.filled) for line in lines) > 1


def _without_headings(sheet: Sheet, lines: list[Line]) -> RawTable:
    """A table that begins with its first row."""
    filled = [line for line in lines if line.filled]
    while len(filled) > 1 and len(filled[0].filled) == 1 and len(filled[0].cells) > 1 and _is_above(filled):
        filled = filled[1:]
    above = [line for line in lines if line.filled and line.index < filled[0].index]
    rows, left_over = _rows(filled, [], [""] * len(filled[0].cells), _title_section(above))
    headings = tuple(Heading("", "", _ref(BLANK, column, rows)) for column in range(len(filled[0].cells)))
    if len(headings) == 1 and rows and familiar(rows[0].cells[0].text) > 0.9:
        headings, rows = (Heading(rows[0].cells[0].text, "", rows[0].cells[0].ref),), rows[1:]
    title = _title(above)
    layout: Layout = "legend" if legend.is_legend([], sheet.name, title) and len(headings) == 2 else "rows"
    return RawTable(sheet.file, sheet.name, headings, tuple(rows), title, tuple(left_over), layout, sheet.hidden)
