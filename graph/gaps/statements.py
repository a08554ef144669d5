"""The statements behind the numbers: which record says that an actor was in a project, at an event, in a body."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from graph.gaps.evidence import PARTNER_TIES, REAL_STATES
from graph.gaps.gap import Ref
from graph.gaps.geometry import metres, points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.gaps.evidence import Evidence
    from graph.gaps.records import Actor, Involvement, Membership, Project, Tie


class Statements:
    """Records of one day, found by actor; everything in an order of its own."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        records = evidence.records
        self.actors = {actor.iri: actor for actor in records.actors}
        self.projects = {project.iri: project for project in records.projects}
        self.events = {event.iri: event for event in records.events}
        self.places = {place.iri: place for place in records.places}
        self.fields = {field.iri: field for field in records.fields}
        self.partnerships: defaultdict[str, list[Involvement]] = defaultdict(list)
        for item in sorted(evidence.partnerships, key=lambda x: (evidence.ages[x.iri], x.iri)):
            self.partnerships[item.actor].append(item)

    @cached_property
    def visits(self) -> dict[str, dict[str, Involvement]]:
        """Actor → event → how it took part."""
        found: defaultdict[str, dict[str, Involvement]] = defaultdict(dict)
        for item in self.evidence.records.involvements:
            if item.subject in self.events:
                found[item.actor].setdefault(item.subject, item)
        return found

    @cached_property
    def members(self) -> dict[str, dict[str, Membership]]:
        """Actor → body → its membership."""
        found: defaultdict[str, dict[str, Membership]] = defaultdict(dict)
        for item in self.evidence.records.memberships:
            found[item.member].setdefault(item.network, item)
        return found

    @cached_property
    def declared(self) -> dict[frozenset[str], Tie]:
        """Pair of actors → the cooperation somebody declared."""
        ties = (tie for tie in self.evidence.records.ties if tie.kind in PARTNER_TIES and tie.state in REAL_STATES)
        return {frozenset((tie.first, tie.second)): tie for tie in ties}

    @cached_property
    def traits(self) -> dict[tuple[str, str], frozenset[str]]:
        """(Entry, kind of attribute) → what it has."""
        found: dict[tuple[str, str], frozenset[str]] = {}
        # Most have one of a kind, and many the same: they share it, and only those with several make sets of their own.
        alone = {trait.value: frozenset((trait.value,)) for trait in self.evidence.records.traits}
        for trait in self.evidence.records.traits:
            key, value = (trait.entry, trait.kind), alone[trait.value]
            found[key] = found[key] | value if key in found else value
        return found

    def of(self, entry: str, kind: str) -> frozenset[str]:
        """What an entry has of one kind of attribute; matched fields of other rounds are not among them."""
        return self.traits.get((entry, kind), frozenset())

    def holders(self, actor: str, kind: str) -> dict[str, Involvement | None]:
        """What an actor has of a kind → the latest involvement it has it through, None if it says so itself."""
        found: dict[str, Involvement | None] = dict.fromkeys(self.of(actor, kind))
        if kind == "place" and self.actors[actor].place:
            found[self.actors[actor].place] = None
        for item in self.partnerships[actor]:
            for value in self.of(item.subject, kind):
                found.setdefault(value, item)
        return found

    def shared_project(self, one: str, other: str) -> tuple[Involvement, Involvement] | None:
        """The latest project in which both were partners, as the involvement of each."""
        theirs = {item.subject: item for item in self.partnerships[other]}
        mine = (item for item in self.partnerships[one] if item.subject in theirs)
        return next(((item, theirs[item.subject]) for item in mine), None)

    def partners_of(self, actor: str) -> list[str]:
        """Partners of an actor who are no QM and no agency, closest first."""
        near = self._near(actor)
        return sorted(near, key=lambda iri: (-near[iri], iri))

    def common_partners(self, one: str, other: str) -> list[str]:
        """Partners of both who are no QM and no agency, strongest weaker tie first."""
        near = self._near(one), self._near(other)
        shared = near[0].keys() & near[1].keys()
        return sorted(shared, key=lambda iri: (-min(near[0][iri], near[1][iri]), iri))

    def common_bodies(self, one: str, other: str) -> list[str]:
        """Networks and bodies both are members of."""
        return sorted(self.members.get(one, {}).keys() & self.members.get(other, {}).keys())

    def _near(self, actor: str) -> dict[str, float]:
        # The arrays behind the matrix: picking a row of it takes a hundred times as long.
        middles, at = self.evidence.middles, self.evidence.actor_at[actor]
        part = slice(middles.indptr[at], middles.indptr[at + 1])
        named = zip(middles.indices[part].tolist(), middles.data[part].tolist(), strict=True)
        return {self.evidence.records.actors[at].iri: weight for at, weight in named}

    def sourced(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Those of `iris` that carry a source, each once."""
        sources = self.evidence.records.sources
        return tuple(iri for iri in dict.fromkeys(iris) if iri in sources)

    def distance(self, one: str, other: str) -> float | None:
        """Metres between the own addresses of two actors; None where one is unknown."""
        spots, at = self._spots, self.evidence.actor_at
        return metres(spots[at[one]], spots[at[other]]) if {at[one], at[other]} <= spots.keys() else None

    @cached_property
    def _spots(self) -> dict[int, tuple[float, float]]:
        return points(self.evidence)

    def years(self, item: Involvement | Tie) -> str:
        """The years of a record, in brackets with a space before, "(2015–)" if it goes on; "" if it has none."""
        first = str(item.start.year) if item.start else ""
        last = str(item.end.year) if item.end else ""
        project = self.projects.get(getattr(item, "subject", ""))
        if first and not last and project and project.ongoing:
            return f" ({first}–)"
        named = "–".join(dict.fromkeys(year for year in (first, last) if year))
        return f" ({named})" if named else ""


def statements(evidence: Evidence) -> Statements:
    """The records of that day, found by actor; shared by all lists, so nobody changes them."""
    return evidence.once("statements", lambda: Statements(evidence))


def actor_ref(actor: Actor) -> Ref:
    """An actor as it is named in a gap."""
    return Ref(actor.iri, actor.label, actor.slug, "actor")


def project_ref(project: Project) -> Ref:
    """A project as it is named in a gap."""
    return Ref(project.iri, project.label, project.slug, "project")
