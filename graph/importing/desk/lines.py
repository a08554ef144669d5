"""A plan row by row and cell by cell: what was written, what was understood, what it would change, what is wrong."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from graph.importing import report
from graph.importing.facts import Spot
from graph.importing.plan import iri
from graph.importing.rows import uses
from ontology.concepts import concepts
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.importing.columns import TablePlan
    from graph.importing.desk.differences import Differences, Words
    from graph.importing.entities import Entity
    from graph.importing.facts import Claim, Problem, Row, Value
    from graph.importing.plan import Plan
    from graph.importing.regions import RawRow

    Line = dict[str, Any]

_SILENT: Final = frozenset({"ignore", "personal"})
"""Columns whose cells are not shown: nothing is done with them, or they are about people."""
_AS_WRITTEN: Final = frozenset({"period_text", "status_text"})
"""Fields that keep what was written, which is shown anyway."""
_MEMBERS: Final = {"mitglied": {"de": "Mitglied", "en": "Member"}}


class Lines:
    """The rows of a plan.

    Args:
        plan: what would be done; made without the refused rows.
        differences: what it comes to.
        refused: what is wrong with the rows that were left out, by row.
    """

    def __init__(self, plan: Plan, differences: Differences, refused: Mapping[Row, Sequence[Problem]]) -> None:
        self._plan, self._differences, self._refused = plan, differences, refused
        self._read: dict[Spot, list[dict[str, Any]]] = defaultdict(list)
        self._links: dict[Row, list[str]] = defaultdict(list)
        self._about: dict[Row, list[Entity]] = defaultdict(list)
        self._first: dict[Row, list[Entity]] = defaultdict(list)
        self._problems: dict[Row, list[Problem]] = defaultdict(list)
        self._told: set[str] = set()
        self._texts: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        self._collect()

    def all(self) -> Iterator[Line]:
        """Every row in the order of the files, then what files say in our own terms."""
        for number, table in enumerate(self._plan.tables):
            for row in table.table.rows:
                yield self._line(number, table, row)
        yield from self._given()

    # what the cells were taken for

    def _collect(self) -> None:
        plan = self._plan
        for problem in plan.problems:
            self._problems[problem.spot.row].append(problem)
        for link in plan.links:
            self._links[link.spot.row].append(link.iri)
        for entity in plan.entities:
            self._first[entity.spot.row].append(entity)
        if plan.cast is None:
            return
        for statement in plan.facts.statements:
            entity = plan.cast.entity(statement.about)
            self._name(statement.about.spot, entity)
            for value in statement.values:
                self._take(entity, value)
        hosts = (claim for claim in plan.facts.hosts if plan.cast.hosts(claim.start.text))
        for claim in (*plan.facts.claims, *hosts):
            self._take_link(claim)

    def _name(self, spot: Spot, entity: Entity, label: Words = "") -> None:
        """An entry that a cell names."""
        known = self._read[spot]
        read = {"label": label, "text": entity.label, "state": self._state(entity)}
        if not any(one["text"] == entity.label and one["label"] in (label, "") for one in known):
            known.append(read)
        if not label and entity not in self._about[spot.row]:
            self._about[spot.row].append(entity)

    def _state(self, entity: Entity) -> str:
        if entity.action == "unsure":
            return "unsure"
        return "add" if iri(self._plan, entity) in self._differences.new else "same"

    def _take(self, entity: Entity, value: Value) -> None:
        labels = _labels(entity.type_name)
        if value.mention and value.field in labels and self._plan.cast:
            if value.mention.group == "place" and self._plan.cast.hosts(value.text):
                return  # told as a link
            self._name(value.spot, self._plan.cast.entity(value.mention), labels[value.field])
            return
        for read in self._values(entity.type_name, value):
            if read not in self._read[value.spot]:
                self._read[value.spot].append(read)

    def _values(self, type_name: str, value: Value) -> list[dict[str, Any]]:
        key = (type_name, value.field, f"{value.heading}\n{value.text}")
        if key not in self._texts and self._plan.filler:
            texts = self._plan.filler.link(type_name, (value,)).texts
            self._texts[key] = [
                {"label": _labels(type_name)[name], "text": self._shown(type_name, name, text), "state": ""}
                for name, found in texts.items()
                if name not in _AS_WRITTEN
                for text in found
            ]
        return self._texts.get(key, [])

    def _shown(self, type_name: str, field_name: str, text: str) -> Words:
        """The text of a field as people read it; of a link, what it leads to."""
        targets = entity_types()[type_name].field(field_name).links_to
        if targets and "://" not in text:
            return self._differences.label(f"{self._plan.base_iri}{entity_types()[targets[0]].segment}/{text}")
        return worded(type_name, field_name, text)

    def _take_link(self, claim: Claim) -> None:
        """The two ends of a link: what the row is about, and whom another of its cells names."""
        cast = self._plan.cast
        assert cast is not None  # there are claims only where there is a cast
        for mention, is_other in ((claim.start, claim.end.spot), (claim.end, claim.start.spot)):
            if mention.spot == is_other:
                continue
            is_subject = mention.group != "body" or mention.hint == "network" or claim.kind == "tie"
            label: Words = "" if is_subject and mention is claim.end else role_words(claim.role)
            self._name(mention.spot, cast.entity(mention), label)
        for value in claim.values:
            for read in self._values(claim.kind, value):
                if read not in self._read[value.spot]:
                    self._read[value.spot].append(read)

    # rows

    def _line(self, number: int, table: TablePlan, row: RawRow) -> Line:
        key = (table.table.file, table.table.sheet, row.number)
        refused, problems = self._refused.get(key, ()), self._problems.get(key, ())
        changes = self._changes(key)
        return {
            "table": number,
            "row": row.number,
            "outcome": self._outcome(key, changes),
            "about": next((entity.label for entity in self._about.get(key, ())), self._subject(table, row)),
            "cells": list(self._cells(table, row)),
            "changes": changes,
            "problems": [problem_words(problem) for problem in (*refused, *problems)],
        }

    @staticmethod
    def _subject(table: TablePlan, row: RawRow) -> str:
        """What stands where the row says what it is about."""
        return next((cell.text for cell, use in zip(row.cells, uses(table), strict=False) if use.what == "subject"), "")

    def _cells(self, table: TablePlan, row: RawRow) -> Iterator[dict[str, Any]]:
        for cell, use, column in zip(row.cells, uses(table), table.columns, strict=False):
            if cell.text and use.what not in _SILENT:
                spot = Spot(table.table.file, table.table.sheet, cell.ref)
                heading = column.heading.text or column.heading.group
                yield {"ref": cell.ref, "heading": heading, "written": cell.text, "read": self._read.get(spot, [])}

    def _outcome(self, key: Row, changes: list[dict[str, Any]]) -> str:
        if key in self._refused or any(one.what == "row without subject" for one in self._problems.get(key, ())):
            return "refused"
        if any(one.severity == "error" for one in self._problems.get(key, ())):
            return "refused"
        if any(one.what == "unsure" for one in self._problems.get(key, ())):
            return "unsure"
        about = [iri(self._plan, entity) for entity in self._about.get(key, ())]
        if changes and not any(one in self._differences.new for one in about):
            return "change"
        return "add" if any(one in self._differences.new for one in (*about, *self._links.get(key, ()))) else "same"

    def _changes(self, key: Row) -> list[dict[str, Any]]:
        """The fields that change, of entries and links this row is the first to speak of."""
        found = []
        named = (*self._about.get(key, ()), *self._first.get(key, ()))
        for one in (*(iri(self._plan, entity) for entity in named), *self._links.get(key, ())):
            if one not in self._differences.new and one not in self._told:
                self._told.add(one)
                found += [{"of": self._differences.label(one), **change} for change in self._differences.of(one)]
        return found

    def _given(self) -> Iterator[Line]:
        """Entries of files in our own terms; they have no cells."""
        labels = {entity["iri"]: entity["label"] for entity in self._plan.given.entities}
        for entity in self._plan.given.entities:
            changes = self._differences.of(entity["iri"]) if entity["action"] == "change" else []
            yield {"outcome": entity["action"], "about": entity["label"], "cells": [], "changes": changes}
        for link in self._plan.given.links:
            ends = [labels.get(link[end]) or self._differences.label(link[end]) for end in ("from", "to")]
            about = f"{ends[0]} → {ends[1]}"
            yield {"outcome": "add", "about": about, "role": role_words(link["role"]), "cells": [], "changes": []}


def problem_words(problem: Problem) -> dict[str, Any]:
    """A problem as JSON, its sentence in both languages."""
    words = {language: report.message(problem, language) for language in report.LANGUAGES}
    return {"severity": problem.severity, "what": problem.what, "cell": problem.spot.cell, "words": words}


@cache
def _labels(type_name: str) -> dict[str, dict[str, str]]:
    """What the fields of an entity type are called."""
    return {field.name: field.label for field in entity_types()[type_name].fields}


def worded(type_name: str, field_name: str, text: str) -> Words:
    """The text of a field as people read it: what is chosen by its label."""
    field = entity_types()[type_name].field(field_name)
    chosen = next((choice.label for choice in field.choices if text in (choice.slug, choice.iri)), None)
    return chosen or text


@cache
def role_words(slug: str) -> Words:
    """What a role or a kind of tie is called."""
    for scheme in ("role", "tie-kind"):
        for choice in concepts(scheme):
            if choice.slug == slug:
                return choice.label
    return _MEMBERS.get(slug, slug)
