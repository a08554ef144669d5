"""The rows of an answer as a workbook: names as people read them, and behind them the addresses they stand for."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import xlsxwriter

    from webapp.results import Shown, Value

_LONGEST: Final = 32_767
"""Characters a cell may hold (Excel's limit)."""
_WIDEST: Final = 60
_SAMPLE: Final = 200


def workbook(table: Shown) -> bytes:
    """The table as .xlsx: numbers as numbers, texts as texts whatever they begin with, a column of IRIs at the end."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        named = [place for place in range(len(table.columns)) if any(row[place].iri for row in table.rows)]
        headings = [*table.columns, *(f"{table.columns[place]} (IRI)" for place in named)]
        if table.truth is not None:
            sheet.write_boolean(0, 0, table.truth)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for line, row in enumerate(table.rows, 1):
            for column, value in enumerate(row):
                _write(sheet, line, column, value)
            for column, place in enumerate(named, len(row)):
                sheet.write_string(line, column, row[place].iri[:_LONGEST])
        for column in range(len(table.columns)):
            sheet.set_column(column, column, _width(table, column))
        if headings:
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(headings) - 1)
    return target.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, value: Value) -> None:
    if value.is_number:
        sheet.write_number(line, column, value.number)
    else:
        sheet.write_string(line, column, value.text[:_LONGEST])


def _width(table: Shown, column: int) -> int:
    longest = max((len(row[column].text) for row in table.rows[:_SAMPLE]), default=0)
    return min(max(longest, len(table.columns[column])) + 2, _WIDEST)
