"""What each cell of a list was taken for: the entries it names, the values it gives."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from graph.importing.facts import Spot
from graph.importing.plan import iri
from graph.importing.rows import uses
from ontology.concepts import concepts
from ontology.schema import entity_types

if TYPE_CHECKING:
    from graph.importing.desk.differences import Differences, Words
    from graph.importing.entities import Cast, Entity
    from graph.importing.facts import Claim, Row, Value
    from graph.importing.plan import Plan

_AS_WRITTEN: Final = frozenset({"period_text", "status_text"})
"""Fields that keep what was written, which is shown anyway."""
_MEMBERS: Final = {"mitglied": {"de": "Mitglied", "en": "Member"}}


class Cells:
    """The cells of a plan.

    Args:
        plan: what would be done.
        differences: what it comes to.
    """

    def __init__(self, plan: Plan, differences: Differences) -> None:
        self._plan, self._differences = plan, differences
        self._read: dict[Spot, list[dict[str, Any]]] = defaultdict(list)
        self._about: dict[Row, list[Entity]] = defaultdict(list)
        self._values: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        self._subjects = _subjects(plan)
        if plan.cast:
            self._collect(plan.cast)

    def read(self, spot: Spot) -> list[dict[str, Any]]:
        """What a cell was taken for: each "label" (of the field or role), "text" and, of entries, "state"."""
        return self._read.get(spot, [])

    def about(self, row: Row) -> list[Entity]:
        """The entries a row is about; mostly one."""
        return self._about.get(row, [])

    def _collect(self, cast: Cast) -> None:
        facts = self._plan.facts
        for statement in facts.statements:
            entity = cast.entity(statement.about)
            self._name(statement.about.spot, entity)
            for value in statement.values:
                self._take(cast, entity, value)
        for claim in (*facts.claims, *(claim for claim in facts.hosts if cast.hosts(claim.start.text))):
            self._take_link(cast, claim)

    def _name(self, spot: Spot, entity: Entity, label: Words = "") -> None:
        """Note an entry that a cell names, as what the row is about or in some role."""
        is_subject = spot in self._subjects
        self._note(spot, {"label": "" if is_subject else label, "text": entity.label, "state": self._state(entity)})
        if is_subject and entity not in self._about[spot.row]:
            self._about[spot.row].append(entity)

    def _note(self, spot: Spot, read: dict[str, Any]) -> None:
        if read not in self._read[spot]:
            self._read[spot].append(read)

    def _state(self, entity: Entity) -> str:
        if entity.action == "unsure":
            return "unsure"
        return "add" if iri(self._plan, entity) in self._differences.new else "same"

    def _take(self, cast: Cast, entity: Entity, value: Value) -> None:
        label = _labels(entity.type_name).get(value.field)
        if value.mention and label:
            if value.mention.group != "place" or not cast.hosts(value.text):  # who hosts is told as a link
                self._name(value.spot, cast.entity(value.mention), label)
            return
        for read in self._filled(entity.type_name, value):
            self._note(value.spot, read)

    def _take_link(self, cast: Cast, claim: Claim) -> None:
        for mention in (claim.start, claim.end):
            self._name(mention.spot, cast.entity(mention), role_words(claim.role))
        for value in claim.values:
            for read in self._filled(claim.kind, value):
                self._note(value.spot, read)

    def _filled(self, type_name: str, value: Value) -> list[dict[str, Any]]:
        """What a value fills; long lists say the same things again and again."""
        key = (type_name, value.field, f"{value.heading}\n{value.text}")
        if key not in self._values and self._plan.filler:
            self._values[key] = [
                {"label": _labels(type_name)[name], "text": self._shown(type_name, name, text), "state": ""}
                for name, found in self._plan.filler.link(type_name, (value,)).texts.items()
                if name not in _AS_WRITTEN
                for text in found
            ]
        return self._values.get(key, [])

    def _shown(self, type_name: str, field_name: str, text: str) -> Words:
        """The text of a field as people read it; of a link, what it leads to."""
        targets = entity_types()[type_name].field(field_name).links_to
        if targets and "://" not in text:
            return self._differences.label(f"{self._plan.base_iri}{entity_types()[targets[0]].segment}/{text}")
        return worded(type_name, field_name, text)


def worded(type_name: str, field_name: str, text: str) -> Words:
    """The text of a field as people read it: what is chosen by its label."""
    field = entity_types()[type_name].field(field_name)
    return next((choice.label for choice in field.choices if text in (choice.slug, choice.iri)), text)


@cache
def role_words(slug: str) -> Words:
    """What a role or a kind of tie is called."""
    choices = (choice for scheme in ("role", "tie-kind") for choice in concepts(scheme))
    return next((choice.label for choice in choices if choice.slug == slug), _MEMBERS.get(slug, slug))


@cache
def _labels(type_name: str) -> dict[str, dict[str, str]]:
    """What the fields of an entity type are called."""
    return {field.name: field.label for field in entity_types()[type_name].fields}


def _subjects(plan: Plan) -> set[Spot]:
    """The cells that say what their rows are about."""
    return {
        Spot(table.table.file, table.table.sheet, cell.ref)
        for table in plan.tables
        for at in [next((at for at, use in enumerate(uses(table)) if use.what == "subject"), None)]
        if at is not None
        for cell in (row.cells[at] for row in table.table.rows)
    }
