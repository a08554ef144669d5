"""The chapter as a workbook: its text on the first sheet, then one sheet per table; no text ever acts as a formula."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from graph.briefing.document import Bullets, Heading, Paragraph, Picture

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from graph.briefing.document import Block, Document, Table

_LONGEST_NAME: Final = 31
"""Characters of a sheet's name that Excel allows."""

_LONGEST_CELL: Final = 32_767
_WIDTH: Final = 150
"""Of all columns of a sheet together, in characters."""

_TEXT: Final = "Text"
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")


def xlsx(document: Document) -> bytes:
    """The file, the same bytes for the same document."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        made = datetime(document.day.year, document.day.month, document.day.day)  # noqa: DTZ001  # workbooks hold no zone
        book.set_properties(
            {"title": document.title, "subject": document.subtitle, "author": document.author, "created": made}
        )
        formats = _formats(book)
        _write_text(book.add_worksheet(_TEXT), document, formats)
        taken = {_TEXT.casefold()}
        for table in document.tables:
            _write_table(book.add_worksheet(_name(table.name, taken)), table, formats)
    return target.getvalue()


def _formats(book: Workbook) -> dict[str, Any]:
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 18}),
        "1": book.add_format({"bold": True, "font_size": 15, **wrapped}),
        "2": book.add_format({"bold": True, "font_size": 13, **wrapped}),
        "3": book.add_format({"bold": True, **wrapped}),
        "text": book.add_format(wrapped),
        "note": book.add_format({"font_color": "#3F5358", **wrapped}),
        "head": book.add_format({"bold": True, "bg_color": "#E2EEF0", "bottom": 1, **wrapped}),
        "number": book.add_format({"valign": "top"}),
    }


def _write_text(sheet: Worksheet, document: Document, formats: dict[str, Any]) -> None:
    """Headings and paragraphs in one column; where a table stands, its caption."""
    sheet.set_column(0, 0, 110)
    _say(sheet, 0, 0, document.title, formats["title"])
    _say(sheet, 1, 0, document.subtitle, formats["note"])
    at = 3
    for block in document.blocks:
        for text, look in _lines(block):
            _say(sheet, at, 0, text, formats[look])
            at += 1
    _set_up(sheet)


def _lines(block: Block) -> list[tuple[str, str]]:
    if isinstance(block, Heading):
        return [(block.text, str(block.level))]
    if isinstance(block, Paragraph):
        return [(block.text, "note" if block.style == "note" else "text")]
    if isinstance(block, Bullets):
        return [(f"• {item}", "text") for item in block.items]
    if isinstance(block, Picture):
        return [(block.alt, "note")]
    return [(f"Tabelle: {block.caption}", "note")]


def _write_table(sheet: Worksheet, table: Table, formats: dict[str, Any]) -> None:
    for column, (heading, share) in enumerate(zip(table.headings, table.shares, strict=True)):
        sheet.set_column(column, column, max(8, round(share * _WIDTH)))
        _say(sheet, 0, column, heading, formats["head"])
    for line, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell, formats["number"])
            else:
                _say(sheet, line, column, str(cell), formats["text"])
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)
    _set_up(sheet)


def _say(sheet: Worksheet, line: int, column: int, text: str, look: Any) -> None:
    """A text as a text, whatever it begins with; what is longer than a cell holds is cut, and the cut is shown."""
    sheet.write_string(line, column, text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…", look)


def _set_up(sheet: Worksheet) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows and no other sheet has."""
    plain = _FORBIDDEN.sub(" ", wanted).strip() or "Tabelle"
    for number in range(1, len(taken) + 2):
        end = f" ({number})" if number > 1 else ""
        name = _cut(plain, _LONGEST_NAME - len(end)).strip() + end
        if name.casefold() not in taken and name.casefold() != "history":  # a name Excel keeps for itself
            break
    taken.add(name.casefold())
    return name


def _cut(text: str, longest: int) -> str:
    """The beginning of a text that takes at most that many units of UTF-16, by which Excel counts."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")
