"""Rows that were left out, as a workbook to mend and to import again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.importing import report
from graph.importing.regions import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.importing.columns import TablePlan
    from graph.importing.facts import Problem
    from graph.importing.plan import Plan

WRONG: Final = {"de": "Zu berichtigen", "en": "To be corrected"}
"""The heading of the column that says what is wrong; when the rows come back it is for nobody."""


def write(path: Path, plan: Plan, language: str = "de") -> None:
    """Write the rows of a plan that have errors: their headings, what stands in them, and what is wrong.

    Args:
        path: of the workbook (.xlsx); a file there is replaced.
        plan: with errors.
        language: of the sentences, "de" or "en".

    Raises:
        OSError: the place cannot be written to.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(plan.tables, start=1):
        rows = list(_bad_rows(table, plan, language))
        if rows:
            page = book.create_sheet(_title(table, number))
            page.append([*(heading.text for heading in table.table.headings), WRONG[language]])
            for row in rows:
                page.append(row)
                for cell in page[page.max_row]:
                    if cell.data_type == "f":  # a text that begins like a formula stays a text
                        cell.data_type = "s"
    book.save(path)


def _bad_rows(table: TablePlan, plan: Plan, language: str) -> Iterator[list[object]]:
    by_row: dict[int, list[Problem]] = {}
    for problem in plan.errors:
        file, sheet, line = problem.spot.row
        if (file, sheet) == (table.table.file, table.table.sheet):
            by_row.setdefault(line, []).append(problem)
    for row in table.table.rows:
        if problems := [one for line in sorted(lines_of(row, table.table)) for one in by_row.get(line, ())]:
            wrong = " ".join(report.message(problem, language) for problem in problems)
            yield [*(cell.text for cell in row.cells), wrong]


def _title(table: TablePlan, number: int) -> str:
    """A name a sheet may have."""
    plain = "".join(sign for sign in table.table.sheet or table.table.file if sign not in r"[]:*?/\\'")
    return f"{number} {plain}"[:31]
