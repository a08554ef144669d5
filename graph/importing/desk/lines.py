"""A plan row by row: what was written and understood, what it would change, what is wrong."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from graph.importing import report
from graph.importing.desk.cells import Cells, role_words
from graph.importing.facts import Spot
from graph.importing.plan import iri
from graph.importing.rows import uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.importing.columns import TablePlan
    from graph.importing.desk.differences import Differences
    from graph.importing.facts import Problem, Row
    from graph.importing.meanings import Use
    from graph.importing.plan import Plan
    from graph.importing.regions import RawRow

    Line = dict[str, Any]

_SILENT: Final = frozenset({"ignore", "personal"})
"""Columns whose cells are not shown: nothing is done with them, or they are about people."""


class Lines:
    """The rows of a plan.

    Args:
        plan: what would be done; made without the refused rows.
        differences: what it comes to.
        refused: what is wrong with the rows that were left out, by row.
    """

    def __init__(self, plan: Plan, differences: Differences, refused: Mapping[Row, Sequence[Problem]]) -> None:
        self._plan, self._differences, self._refused = plan, differences, refused
        self._cells = Cells(plan, differences)
        self._links: dict[Row, list[str]] = defaultdict(list)
        self._first: dict[Row, list[str]] = defaultdict(list)
        self._problems: dict[Row, list[Problem]] = defaultdict(list)
        self._told: set[str] = set()
        for problem in plan.problems:
            self._problems[problem.spot.row].append(problem)
        for link in plan.links:
            self._links[link.spot.row].append(link.iri)
        for entity in plan.entities:
            self._first[entity.spot.row].append(iri(plan, entity))

    def all(self) -> Iterator[Line]:
        """Every row in the order of the files, then what files say in our own terms."""
        for number, table in enumerate(self._plan.tables):
            what = uses(table)
            for row in table.table.rows:
                yield self._line(number, table, what, row)
        yield from self._given()

    def _line(self, number: int, table: TablePlan, what: list[Use], row: RawRow) -> Line:
        key = (table.table.file, table.table.sheet, row.number)
        changes = self._changes(key)
        written = (cell.text for cell, use in zip(row.cells, what, strict=False) if use.what == "subject")
        about = next((entity.label for entity in self._cells.about(key)), next(written, ""))
        return {
            "table": number,
            "row": row.number,
            "outcome": self._outcome(key, changes),
            "about": about,
            "cells": list(self._row(table, what, row)),
            "changes": changes,
            "problems": [problem_words(one) for one in (*self._refused.get(key, ()), *self._problems.get(key, ()))],
        }

    def _row(self, table: TablePlan, what: list[Use], row: RawRow) -> Iterator[dict[str, Any]]:
        for cell, use, column in zip(row.cells, what, table.columns, strict=False):
            if cell.text and use.what not in _SILENT:
                read = self._cells.read(Spot(table.table.file, table.table.sheet, cell.ref))
                heading = column.heading.text or column.heading.group
                yield {"ref": cell.ref, "heading": heading, "written": cell.text, "read": read}

    def _outcome(self, key: Row, changes: list[dict[str, Any]]) -> str:
        problems = self._problems.get(key, ())
        if key in self._refused or any(one.what == "row without subject" for one in problems):
            return "refused"
        if any(one.what == "unsure" for one in problems):
            return "unsure"
        about = [iri(self._plan, entity) for entity in self._cells.about(key)]
        if changes and not any(one in self._differences.new for one in about):
            return "change"
        return "add" if any(one in self._differences.new for one in (*about, *self._links.get(key, ()))) else "same"

    def _changes(self, key: Row) -> list[dict[str, Any]]:
        """The fields that change, of entries and links this row is the first to speak of."""
        found = []
        about = (iri(self._plan, entity) for entity in self._cells.about(key))
        for one in (*about, *self._first.get(key, ()), *self._links.get(key, ())):
            if one not in self._differences.new and one not in self._told:
                self._told.add(one)
                found += [{"of": self._differences.label(one), **change} for change in self._differences.of(one)]
        return found

    def _given(self) -> Iterator[Line]:
        """Entries and links of files in our own terms; they have no cells."""
        given = self._plan.given
        for entity in given.entities:
            changes = self._differences.of(entity["iri"]) if entity["action"] == "change" else []
            yield {"outcome": entity["action"], "about": entity["label"], "cells": [], "changes": changes}
        joined = self._differences.newly_joined() if given.links else set()
        for link in given.links:
            ends = (link["from"], link["to"])
            about = " → ".join(map(self._differences.label, ends))
            outcome = "add" if ends in joined else "same"
            yield {"outcome": outcome, "about": about, "role": role_words(link["role"]), "cells": [], "changes": []}


def problem_words(problem: Problem) -> dict[str, Any]:
    """A problem as JSON, its sentence in both languages."""
    words = {language: report.message(problem, language) for language in report.LANGUAGES}
    return {"severity": problem.severity, "what": problem.what, "cell": problem.spot.cell, "words": words}
