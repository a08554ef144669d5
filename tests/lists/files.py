"""Writes the files of a test list as the programs of an office would: workbooks, OpenDocument, text in old encodings.

python tests/lists/files.py FOLDER    writes all of them, with the true answers beside
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import notation
from openpyxl import Workbook
from openpyxl.styles import Font

HERE = Path(__file__).parent
OFFICES = tuple(sorted(path.parent.name for path in HERE.glob("*/list.txt")))
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def write_office(office: str, folder: Path) -> tuple[list[Path], dict[str, list[dict[str, object]]]]:
    """Write the files of one office into a folder; returns their paths and the true answers."""
    files = notation.read(HERE / office / "list.txt")
    for file in files:
        write_file(file, folder)
    return [folder / file.name for file in files], notation.truth(files)


def write_file(file: notation.File, folder: Path) -> None:
    """Write one file into a folder, as its name says."""
    _WRITERS[Path(file.name).suffix.lower()](file, folder / file.name)


def _write_text(file: notation.File, path: Path) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=file.separator, lineterminator="\r\n")
    writer.writerows([[_text(cell) for cell in row] for row in file.sheets[0].rows])
    path.write_bytes(text.getvalue().encode(file.encoding))


def _text(cell: str) -> str:
    value = notation.value(cell)
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _write_xlsx(file: notation.File, path: Path) -> None:
    book = Workbook()
    book.remove(book.active)
    for sheet in file.sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.is_hidden else "visible"
        for y, row in enumerate(sheet.rows, start=1):
            for x, cell in enumerate(row, start=1):
                if (value := notation.value(cell)) is not None:
                    page.cell(y, x, value).font = Font(bold=not notation.MARK.search("".join(row)))
        for top, left, height, width in _merged(sheet):
            page.merge_cells(start_row=top, start_column=left, end_row=top + height - 1, end_column=left + width - 1)
    book.save(path)


def _merged(sheet: notation.Sheet) -> list[tuple[int, int, int, int]]:
    """Merged ranges: row and column from 1, rows, columns."""
    found = []
    for y, row in enumerate(sheet.rows):
        for x, cell in enumerate(row):
            if cell not in ("^", "<"):
                below = [more[x] if x < len(more) else "" for more in sheet.rows[y + 1 :]]
                height, width = 1 + _run(below, "^"), 1 + _run(row[x + 1 :], "<")
                if height * width > 1:
                    found.append((y + 1, x + 1, height, width))
    return found


def _run(cells: list[str], sign: str) -> int:
    return next((i for i, cell in enumerate(cells) if cell != sign), len(cells))


def _write_ods(file: notation.File, path: Path) -> None:
    tables = "".join(_ods_table(sheet) for sheet in file.sheets)
    names = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content {names}>{body}</office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"/>')


def _ods_table(sheet: notation.Sheet) -> str:
    spans = {(top, left): (height, width) for top, left, height, width in _merged(sheet)}
    rows = (
        "".join(_ods_cell(cell, *spans.get((y, x), (1, 1))) for x, cell in enumerate(row, start=1))
        for y, row in enumerate(sheet.rows, start=1)
    )
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f"<table:table table:name={quoteattr(sheet.name)}>{lines}</table:table>"


def _ods_cell(cell: str, height: int, width: int) -> str:
    if cell in ("^", "<"):
        return "<table:covered-table-cell/>"
    value = notation.value(cell)
    span = f' table:number-rows-spanned="{height}" table:number-columns-spanned="{width}"' if height * width > 1 else ""
    if value is None:
        return f"<table:table-cell{span}/>"
    kind = (
        f' office:value-type="float" office:value="{value}"'
        if isinstance(value, int | float)
        else ' office:value-type="string"'
    )
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell{span}{kind}>{lines}</table:table-cell>"


_WRITERS = {".xlsx": _write_xlsx, ".ods": _write_ods, ".csv": _write_text, ".tsv": _write_text}


if __name__ == "__main__":
    for name in OFFICES:
        target = Path(sys.argv[1]) / name
        target.mkdir(parents=True, exist_ok=True)
        _, answers = write_office(name, target)
        (target / "truth.json").write_text(json.dumps(answers, ensure_ascii=False, indent=1), encoding="utf-8")
