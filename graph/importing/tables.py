"""Tables as files hold them: a folder or a zip of CSV files, or a workbook, read into rows of texts, one per entry."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.entries import KEY, from_csv, importable
from graph.errors import BadCell
from graph.importing import further

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pyoxigraph as ox

    from ontology.schema import EntityType

_FURTHER: Final = (further.NAME, further.TITLE)


@dataclass(frozen=True)
class Row:
    """One entry as a table writes it.

    Attributes:
        file: name of the file (or sheet) it stands in.
        number: its line, as spreadsheet programs count; the headings are line 1.
        entry_type: what it is an entry of.
        slug: its `Kennung`.
        cells: text by name of the field, blank cells left out.
    """

    file: str
    number: int
    entry_type: EntityType
    slug: str
    cells: Mapping[str, str]

    def bad(self, what: str, heading: str, value: str, allowed: tuple[str, ...] = ()) -> BadCell:
        """The error for what stands under a heading in this row."""
        return bad_cell(what, self.file, self.number, heading, value, allowed)


def bad_cell(  # noqa: PLR0913, PLR0917  # a place in a table is that many facts
    what: str, file: str, row: int = 0, heading: str = "", value: str = "", allowed: tuple[str, ...] = ()
) -> BadCell:
    """The error for a place in a table, with its place in one text for those who show no more than that."""
    place = ":".join([file, *([str(row)] if row else [])])
    where = " ".join(part for part in (place, f"[{heading}]" if heading else "", value[:200]) if part)
    return BadCell(what, where, allowed, file=file, row=row, column=heading, value=value)


def rows(path: Path) -> list[Row]:
    """The rows of all tables at a path, in the order of the entry types.

    Args:
        path: a folder with `actors.csv` … in it, a `.zip` of such files, or a workbook (`.xlsx`) with a sheet each.

    Raises:
        BadCell: no table there, a table or column nobody knows, a row too long, a missing or repeated `Kennung`,
            or a file that cannot be opened.
    """
    kinds = importable()
    found: dict[str, list[Row]] = {}
    is_further = False
    for file, name, grid in _grids(path):
        if name in _FURTHER:
            is_further = True
            continue
        kind = kinds.get(name) or next((kind for kind in kinds.values() if kind.plural_label["de"] == name), None)
        if kind is None:
            raise bad_cell("table", file, allowed=tuple(kinds))
        found.setdefault(kind.plural, []).extend(_rows(file, kind, grid))
    if not found and not is_further:
        raise bad_cell("table", path.name, allowed=tuple(f"{name}.csv" for name in kinds))
    return [row for name in kinds for row in _unrepeated(found.get(name, []))]


def statements(path: Path) -> list[ox.Triple]:
    """What the table of further statements says at such a path; [] where there is none.

    Raises:
        BadCell: as `rows`, or a row that is no statement.
    """
    tables = ((file, grid) for file, name, grid in _grids(path) if name in _FURTHER)
    return [triple for file, grid in tables for triple in further.triples(file, grid)]


def _grids(path: Path) -> Iterator[tuple[str, str, Iterable[list[str]]]]:
    """File or sheet, table name and lines of each table."""
    if path.suffix.lower() == ".xlsx":
        yield from _sheets(path)
    elif path.suffix.lower() == ".zip":
        yield from _archived(path)
    else:
        for file in sorted(path.glob("*.csv")):
            yield file.name, file.stem, _lines(file.name, file.read_bytes())


def _archived(path: Path) -> Iterator[tuple[str, str, Iterable[list[str]]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".csv")}
    except (zipfile.BadZipFile, OSError) as error:
        raise bad_cell("file", path.name, value=str(error)) from error
    for name, content in files.items():
        yield name, name.rpartition("/")[2].removesuffix(".csv"), _lines(name, content)


def _lines(file: str, content: bytes) -> list[list[str]]:
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise bad_cell("encoding", file, allowed=("UTF-8",)) from error
    except csv.Error as error:
        raise bad_cell("csv", file, value=str(error)) from error
    return [[from_csv(cell) for cell in line] for line in lines]


def _sheets(path: Path) -> Iterator[tuple[str, str, Iterable[list[str]]]]:
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(path, read_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:  # what openpyxl meets in a file that is none
        raise bad_cell("file", path.name, value=str(error)) from error
    try:
        for sheet in workbook.worksheets:
            lines = sheet.iter_rows(values_only=True)
            yield f"{path.name}/{sheet.title}", sheet.title, ([_cell_text(value) for value in line] for line in lines)
    finally:
        workbook.close()


def _cell_text(value: object) -> str:
    """A workbook's cell as people see it."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    return "" if value is None else str(value)


def _rows(file: str, kind: EntityType, grid: Iterable[list[str]]) -> Iterator[Row]:
    lines = iter(grid)
    headings = [heading.strip() for heading in next(lines, [])]
    fields = {field.label["de"]: field for field in kind.fields}
    allowed = (KEY, *fields)
    for heading in headings:
        if heading not in allowed or headings.count(heading) > 1:
            raise bad_cell("column", file, 1, heading, allowed=allowed)
    if KEY not in headings:
        raise bad_cell("column", file, 1, KEY, allowed=allowed)
    for number, line in enumerate(lines, start=2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if any(cells[len(headings) :]):
            raise bad_cell("row too long", file, number, value=cells[len(headings)])
        by_heading = dict(zip(headings, cells, strict=False))
        slug = by_heading.pop(KEY, "")
        texts = {fields[heading].name: cell for heading, cell in by_heading.items() if cell}
        yield Row(file, number, kind, slug, texts)


def _unrepeated(rows: list[Row]) -> Iterator[Row]:
    seen: dict[str, Row] = {}
    for row in rows:
        if not row.slug:
            raise row.bad("missing", KEY, "")
        if row.slug in seen:
            raise row.bad("repeated", KEY, row.slug)
        seen[row.slug] = row
        yield row
