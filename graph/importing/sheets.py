"""Files as grids of cells: workbooks (.xlsx, .xlsm, .ods) and text tables (.csv, .tsv, .txt), told apart by content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.errors import BadFile
from graph.importing import delimited, opendocument, workbooks
from graph.importing.archives import BIGGEST, Archive
from graph.importing.facts import Problem, Spot
from graph.importing.grids import BLANK, Cell, Sheet, Span, position, reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["BLANK", "Cell", "Sheet", "Span", "position", "read", "reference"]

_OLD: Final = b"\xd0\xcf\x11\xe0"
_OTHERS: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"<!DOCT",
    b"<html",
)


def read(path: Path) -> list[Sheet]:
    """The sheets of a file in their order, hidden ones included; macros are never looked at, formulas are their values.

    Args:
        path: the file; its content decides what it is, its ending does not.

    Raises:
        BadFile: see there.
    """
    sheets = _sheets(path)
    if not any(sheet.rows for sheet in sheets):
        raise BadFile(path.name, "empty")
    return sheets


def formulas(pages: Iterable[Sheet]) -> Iterator[Problem]:
    """What formulas leave blank, once for each sheet people see, with the first of the cells."""
    for page in pages:
        blank = [cell for row in page.rows for cell in row if cell.note and not cell.text and not page.hidden]
        for what, sign in (("no value stored", "="), ("formula gone wrong", "#")):
            if found := [cell for cell in blank if cell.note.startswith(sign)]:
                facts = {"count": len(found), "text": found[0].note}
                yield Problem(Spot(page.file, page.name, found[0].ref), "warning", what, facts)


def _sheets(path: Path) -> list[Sheet]:
    content = _content(path)
    if content.startswith(_OLD):
        raise BadFile(path.name, "password" if "EncryptedPackage".encode("utf-16-le") in content else "old format")
    if content.startswith(_OTHERS):
        raise BadFile(path.name, "type")
    if not content.startswith(b"PK"):
        return delimited.sheets(path.name, content)
    archive = Archive(path.name, content)
    if "xl/workbook.xml" in archive.names:
        return workbooks.sheets(archive)
    if "xl/workbook.bin" in archive.names:
        raise BadFile(path.name, "old format")
    if opendocument.is_spreadsheet(archive):
        return opendocument.sheets(archive)
    raise BadFile(path.name, "broken" if path.suffix.lower() in (".xlsx", ".xlsm", ".ods") else "type")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > BIGGEST:
            raise BadFile(path.name, "too big", "packed")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadFile(path.name, "missing") from error
    except OSError as error:
        raise BadFile(path.name, "unreadable", str(error)) from error
    if not content:
        raise BadFile(path.name, "empty")
    return content
