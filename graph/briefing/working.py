"""The Handlungsfelder a chapter tells of, with their projects, statements and actors, each read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.network import facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.briefing.occasion import Occasion
    from graph.directory import Ref, Row

ROLES: Final = ("traeger", "partner", "ort")
"""Roles that make somebody a part of a project."""

_KINDS: Final = ("need", "goal", "focus", "measure")


@dataclass(frozen=True)
class Involved:
    """Who does what in a project: actors by the slug of their role, each once, by name."""

    by_role: dict[str, list[Ref]]
    sources: tuple[str, ...]

    def named(self, *roles: str) -> tuple[str, ...]:
        """Their names."""
        return tuple(dict.fromkeys(ref.label for role in roles for ref in self.by_role.get(role, ())))

    @property
    def actors(self) -> dict[Ref, set[str]]:
        """Each with its roles."""
        found: defaultdict[Ref, set[str]] = defaultdict(set)
        for role in ROLES:
            for ref in self.by_role.get(role, ()):
                found[ref].add(role)
        return found


class Fields:
    """The Handlungsfelder of a round with their projects and statements, each read once.

    Attributes:
        round: slug of the round whose fields they are: the chapter's own, or, where that has none, the last one before
            that has some; "" if there is none.
    """

    def __init__(self, occasion: Occasion) -> None:
        self.occasion = occasion
        nodes = facts(occasion.store).nodes
        self.round = _with_fields(occasion)
        rows = [row for row in occasion.table("handlungsfeld").values() if self.round in _slugs(row, "round")]
        self.fields = sorted(rows, key=lambda row: (len(row.text("number")), row.text("number"), row.ref.slug))
        own = {row.ref.slug for row in self.fields}
        said = occasion.table("statement").values()
        mine = [row for row in said if occasion.slug in _slugs(row, "round") or own & _slugs(row, "handlungsfeld")]
        self.statements = _by(mine, "handlungsfeld")
        known = [
            row
            for row in occasion.table("project").values()
            if row.ref.iri in nodes and occasion.known(nodes[row.ref.iri].period.start)
        ]
        self.projects = _by(known, "handlungsfelder")
        self.involved = _involved(occasion)

    @property
    def round_label(self) -> str:
        """What that round is called."""
        return self.occasion.table("round")[self.round].ref.label

    def projects_of(self, field: Row) -> list[Row]:
        """The projects assigned to a field, by name."""
        return self.projects.get(field.ref.slug, [])

    def unmet(self, statement: Row, field: Row) -> bool:
        """Whether no project of the field is there; for the whole Quartier or an area of it, whether there is none."""
        places = self.occasion.table("place")
        wanted = {one for one in _slugs(statement, "place") if "POLYGON" not in places[one].text("position").upper()}
        return not any(not wanted or wanted & _slugs(project, "places") for project in self.projects_of(field))


def _with_fields(occasion: Occasion) -> str:
    having = {slug for row in occasion.table("handlungsfeld").values() for slug in _slugs(row, "round")}
    if occasion.slug in having:
        return occasion.slug
    periods = facts(occasion.store).rounds
    begun = [(periods[slug].start, slug) for slug in having if slug in periods]
    return max(((start, slug) for start, slug in begun if start and start <= occasion.day), default=(None, ""))[1]


def _involved(occasion: Occasion) -> defaultdict[str, Involved]:
    by_project: defaultdict[str, Involved] = defaultdict(lambda: Involved({}, ()))
    collected: defaultdict[str, list[Row]] = defaultdict(list)
    for row in occasion.table("involvement").values():
        for ref in row.refs("project_or_event"):
            collected[ref.slug].append(row)
    for slug, rows in collected.items():
        roles: defaultdict[str, list[Ref]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.text("actor").casefold()):
            for role in row.values("role"):
                roles[role.key] += row.refs("actor")
        partners = [row for row in rows if any(role.key in ROLES for role in row.values("role"))]
        by_project[slug] = Involved(dict(roles), tuple(ref.iri for row in partners for ref in row.refs("source")))
    return by_project


def _by(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    """Rows by the slugs of what they link to, "" for those that link to nothing; needs come before measures."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for slug in _slugs(row, name) or {""}:
            found[slug].append(row)
    for listed in found.values():
        listed.sort(key=lambda row: _KINDS.index(kind(row)) if kind(row) in _KINDS else len(_KINDS))
    return found


def kind(row: Row) -> str:
    """need, goal, focus or measure; "" if it is not said."""
    kinds = row.values("type")
    return kinds[0].key if kinds else ""


def _slugs(row: Row, name: str) -> set[str]:
    return {ref.slug for ref in row.refs(name)}
