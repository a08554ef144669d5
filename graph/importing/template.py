"""An empty workbook with our columns: choices to pick from, help as notes. Filled in, `import` reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.entries import KEY, importable

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from openpyxl.worksheet.worksheet import Worksheet

    from ontology.schema import EntityType, Field

_LISTS: Final = "Auswahl"
_ROWS: Final = 1000
"""So many rows below the headings offer the choices."""
_KEY_HELP: Final = "Kurzname ohne Leerzeichen, z. B. buergerhaus-sued; darf leer bleiben."


def write(target: Path | BinaryIO) -> None:
    """Write the workbook to a path, where it replaces what is there, or into an open file.

    Raises:
        OSError: the place cannot be written to.
    """
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    ranges: dict[tuple[str, ...], str] = {}
    for kind in importable().values():
        if kind.graph == "data":
            _fill(book.create_sheet(kind.plural_label["de"]), kind, lists, ranges)
    book.remove(first)
    book.move_sheet(lists, len(book.sheetnames))
    book.active = 0
    book.save(target)


def _fill(page: Worksheet, kind: EntityType, lists: Worksheet, ranges: dict[tuple[str, ...], str]) -> None:
    _head(page, 1, KEY, _KEY_HELP, is_required=False)
    for column, field in enumerate(kind.fields, start=2):
        _head(page, column, field.label["de"], field.help["de"], is_required=field.required)
        if field.choices:
            _offer(page, column, field, lists, ranges)
    page.freeze_panes = "C2"


def _head(page: Worksheet, column: int, text: str, help_: str, *, is_required: bool) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    cell = page.cell(1, column, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="FFE699" if is_required else "E7E6E6")
    cell.comment = Comment(help_ + (" (Pflicht)" if is_required else ""), "Pankenetz", width=280, height=90)
    page.column_dimensions[get_column_letter(column)].width = max(14, len(text) + 4)


def _offer(page: Worksheet, column: int, field: Field, lists: Worksheet, ranges: dict[tuple[str, ...], str]) -> None:
    """Choices as a drop-down; where several may be chosen, other texts are let through."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    labels = tuple(choice.label["de"] for choice in field.choices)
    if labels not in ranges:
        at = len(ranges) + 1
        for row, label in enumerate(labels, start=1):
            lists.cell(row, at, label)
        letter = get_column_letter(at)
        ranges[labels] = f"'{_LISTS}'!${letter}$1:${letter}${len(labels)}"
    rule = DataValidation(type="list", formula1=ranges[labels], allow_blank=True, showErrorMessage=not field.many)
    rule.add(f"{get_column_letter(column)}2:{get_column_letter(column)}{_ROWS}")
    page.add_data_validation(rule)
