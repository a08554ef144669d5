"""Who works in a Handlungsfeld on a day, where, for whom: what is known of it, and what is not said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph.gaps.records import PARTNERSHIP_ROLES

if TYPE_CHECKING:
    from graph.gaps.records import Actor, Involvement, Project
    from graph.gaps.statements import Statements

FRESH = 3.0
"""Years after its end for which a project still counts as work in its field."""


@dataclass(frozen=True)
class Work:
    """What is done in one Handlungsfeld and the fields of other rounds matched with it.

    Attributes:
        field: IRI of the field.
        now: projects that run on the day or ended in the last `FRESH` years.
        past: projects that ended earlier.
        undated: projects of which neither is known: they count as unknown, not as now.
        people: actor → its involvement in a project of `now`, None for one that states the field itself.
        former: actor → its latest involvement in a project of `past`.
    """

    field: str
    now: tuple[Project, ...]
    past: tuple[Project, ...]
    undated: tuple[Project, ...]
    people: dict[str, Involvement | None]
    former: dict[str, Involvement]


class Working:
    """The work in every field, each looked up once."""

    def __init__(self, say: Statements) -> None:
        self.say = say
        self._found: dict[str, Work] = {}

    def in_field(self, field: str) -> Work:
        """The work in a field, given by its IRI."""
        if field not in self._found:
            self._found[field] = self._work(field)
        return self._found[field]

    @cached_property
    def _teams(self) -> dict[str, list[Involvement]]:
        """Project → involvements of its partners."""
        teams: dict[str, list[Involvement]] = {}
        for item in self.say.evidence.partnerships:
            teams.setdefault(item.subject, []).append(item)
        return teams

    @cached_property
    def _by_field(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for trait in self.say.evidence.records.traits:
            if trait.kind == "field":
                found.setdefault(trait.value, []).append(trait.entry)
        return found

    def _work(self, field: str) -> Work:
        fields = {field, *self.say.of(field, "match")}
        entries = sorted({entry for one in fields for entry in self._by_field.get(one, ())})
        parts: dict[str, list[Project]] = {"now": [], "past": [], "undated": []}
        for entry in entries:
            if entry in self.say.projects:
                parts[self.when(self.say.projects[entry])].append(self.say.projects[entry])
        stated = {entry for entry in self._by_field.get(field, ()) if entry in self.say.actors}
        people: dict[str, Involvement | None] = dict.fromkeys(sorted(stated))
        for project in parts["now"]:
            people |= {item.actor: item for item in self._teams.get(project.iri, ())}
        former: dict[str, Involvement] = {}
        for project in parts["past"]:
            for item in self._teams.get(project.iri, ()):
                if item.actor not in former or self._later(item, former[item.actor]):
                    former[item.actor] = item
        return Work(
            field=field,
            now=tuple(parts["now"]),
            past=tuple(parts["past"]),
            undated=tuple(parts["undated"]),
            people={actor: item for actor, item in people.items() if self._is_here(self.say.actors[actor])},
            former={actor: item for actor, item in former.items() if actor not in people},
        )

    def _is_here(self, actor: Actor) -> bool:
        return self.say.evidence.horizon.active(actor)

    def _later(self, one: Involvement, other: Involvement) -> bool:
        ages = self.say.evidence.ages
        return (ages[one.iri], one.iri) < (ages[other.iri], other.iri)

    def when(self, project: Project) -> str:
        """now, past or undated."""
        horizon = self.say.evidence.horizon
        if horizon.running(project):
            return "now"
        dated = [project.start, project.end, *(item.start for item in self._teams.get(project.iri, ()))]
        known = [day for day in dated if day is not None]
        if not known:
            return "undated"
        return "now" if horizon.years_since(max(known), None) < FRESH else "past"

    def places(self, project: Project) -> frozenset[str]:
        """Where a project is: the places it names and the addresses of those in it with the role Ort."""
        hosts = (item.actor for item in self._teams.get(project.iri, ()) if item.role == "ort")
        sites = {self.say.actors[host].place for host in hosts} - {""}
        return self.say.of(project.iri, "place") | sites

    def team(self, project: Project) -> tuple[Actor, ...]:
        """Its partners, each once."""
        actors = dict.fromkeys(x.actor for x in self._teams.get(project.iri, ()) if x.role in PARTNERSHIP_ROLES)
        return tuple(self.say.actors[actor] for actor in actors)
