"""Where the concept document states a need and nobody works: rules, no prediction, each with its evidence.

A cell is a Handlungsfeld crossed with an authority, a place, a sector or a target group. It is looked at only if a
statement of the IHEK names it: the field it belongs to, the place it is about, the people or the sector its text
speaks of; authorities also if their name speaks of it or they worked in the field before. Of each cell is told
whether it is known that nobody works there ("niemand") or nobody wrote it down ("keine Angabe").
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps.candidates import eligible
from graph.gaps.former import years_unseen
from graph.gaps.gap import SEPARATOR
from graph.gaps.work import Working
from ontology.concepts import Choice, concepts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from graph.gaps.records import Actor, Demand, Involvement, Project
    from graph.gaps.statements import Statements
    from graph.gaps.work import Work

Values = frozenset[str]

WEIGHTS = {"Need": 1.0, "Measure": 0.8, "Focus": 0.7, "Goal": 0.5}
"""What a statement of each kind counts when lines are put in order."""

NO_THEME = frozenset({"verwaltung", "netzwerk"})
"""Sectors that are no theme: authorities are looked at by themselves."""

NO_PEOPLE = frozenset({"einrichtungen", "einrichtungen-und-engagierte"})
"""Target groups that are bodies: nearly every statement speaks of them."""

GONE = 15.0
"""Years without a record after which nobody is called missing and nobody is asked to help."""

STEM = 5
"""Letters in which a word of an authority's name agrees with a theme or target group."""


@dataclass(frozen=True)
class Cell:
    """One crossing that a statement names and where nobody is known to work.

    Attributes:
        field: IRI of the Handlungsfeld; "" for a place without one.
        dimension: field (nobody at all), agency, place, sector or target.
        value: IRI of the authority, place or concept; "" for `field` and for no authority at all.
        demands: the statements, at least one.
        looked: projects in which it was looked for.
        silent: how many of these do not say (or have no dates).
        known: False if none of them says.
        former: who was there before, by the latest involvement.
    """

    field: str
    dimension: str
    value: str
    demands: tuple[Demand, ...]
    looked: tuple[Project, ...] = ()
    silent: int = 0
    known: bool = True
    former: Involvement | None = None

    @property
    def weight(self) -> float:
        """How loudly it was asked for; half where nothing is known."""
        asked = min(sum(WEIGHTS[demand.kind] for demand in self.demands), 2.0)
        return (asked + 0.2 * (self.former is not None)) * (1.0 if self.known else 0.5)

    def id(self, slug: Callable[[str], str]) -> str:
        """Its id as a gap."""
        return SEPARATOR.join(("coverage", slug(self.field) or "-", self.dimension, slug(self.value) or "-"))


class Coverage:
    """All open cells of one day."""

    def __init__(self, say: Statements) -> None:
        self.say = say
        self.working = Working(say)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells, most asked for first."""
        demands = self.say.evidence.records.demands
        fields = sorted({demand.field for demand in demands if demand.field in self.say.fields})
        found = [cell for field in fields for cell in self._of_field(field)]
        found += self._of_places([demand for demand in demands if not demand.field])
        return tuple(sorted(found, key=lambda cell: (-cell.weight, cell.field, cell.dimension, cell.value)))

    def _of_field(self, field: str) -> Iterator[Cell]:
        demands = tuple(d for d in self.say.evidence.records.demands if d.field == field)
        work = self.working.in_field(field)
        if not work.now and not work.people:
            known = not work.undated
            latest = min(work.former.values(), key=lambda x: (self.say.evidence.ages[x.iri], x.iri), default=None)
            yield Cell(field, "field", "", demands, work.undated, len(work.undated), known, latest)
            return
        yield from self._places(work, demands)
        yield from self._targets(work, demands)
        yield from self._sectors(work, demands)
        yield from self._agencies(work, demands)

    def _places(self, work: Work, demands: Iterable[Demand]) -> Iterator[Cell]:
        for place, asked in _grouped((demand.place, demand) for demand in demands):
            at_home = any(self.say.actors[actor].place == place for actor in work.people)
            if place in self.say.places and not self.say.places[place].is_area and not at_home:
                cell = Cell(work.field, "place", place, asked)
                yield from self._cell(work, cell, frozenset({place}), self.working.places)

    def _targets(self, work: Work, demands: Iterable[Demand]) -> Iterator[Cell]:
        groups = [group for group in concepts("target-group") if group.slug not in NO_PEOPLE]
        named = ((group.iri, demand) for demand in demands for group in groups if group.is_spoken_of(demand.text))
        for group, asked in _grouped(named):
            served = _alike(group, groups)
            if all(served.isdisjoint(self.say.of(actor, "target")) for actor in work.people):
                yield from self._cell(work, Cell(work.field, "target", group, asked), served, self._target_groups)

    def _sectors(self, work: Work, demands: Iterable[Demand]) -> Iterator[Cell]:
        sectors = [sector for sector in concepts("sector") if sector.slug not in NO_THEME]
        named = ((sector.iri, demand) for demand in demands for sector in sectors if sector.is_spoken_of(demand.text))
        slugs = {sector.iri: sector.slug for sector in sectors}
        for sector, asked in _grouped(named):
            wanted = frozenset({slugs[sector]})
            if all(self.say.actors[actor].sector not in wanted for actor in work.people):
                yield from self._cell(work, Cell(work.field, "sector", sector, asked), wanted, self._team_sectors)

    def _target_groups(self, project: Project) -> Values:
        return self.say.of(project.iri, "target")

    def _team_sectors(self, project: Project) -> Values:
        return frozenset(actor.sector for actor in self.working.team(project)) - {""}

    def _cell(self, work: Work, cell: Cell, wanted: Values, says: Callable[[Project], Values]) -> Iterator[Cell]:
        """The cell, unless one of the projects in the field says one of the `wanted` values."""
        told = {project.iri: says(project) for project in (*work.now, *work.undated)}
        if any(not wanted.isdisjoint(told[project.iri]) for project in work.now):
            return
        may_be = sum(not wanted.isdisjoint(told[project.iri]) for project in work.undated)
        silent = may_be + sum(not values for values in told.values())
        known = not may_be and (not told or silent < len(told))
        before = [x for project in work.past if not wanted.isdisjoint(says(project)) for x in self._team(project)]
        former = min(before, key=lambda x: (self.say.evidence.ages[x.iri], x.role != "traeger", x.iri), default=None)
        looked = (*work.now, *work.undated)
        yield replace(cell, looked=looked, silent=silent, known=known, former=former)

    def _team(self, project: Project) -> list[Involvement]:
        return [item for item in self.say.evidence.partnerships if item.subject == project.iri]

    def _agencies(self, work: Work, demands: tuple[Demand, ...]) -> Iterator[Cell]:
        """Authorities that were there before or whose name speaks of the field, and are not there now."""
        there = {iri for iri in work.people if self.say.actors[iri].klass == "Agency"}
        missing = False
        for agency in self.agencies:
            former = work.former.get(agency.iri)
            spoken = self._speak_of(agency, work.field, demands)
            if agency.iri not in there and (former is not None or spoken):
                missing = True
                asked = spoken or demands
                yield Cell(work.field, "agency", agency.iri, asked, work.now, 0, known=True, former=former)
        if not there and not missing:
            silent = sum(not self.working.team(project) for project in work.now)
            known = silent < len(work.now) or not work.now
            yield Cell(work.field, "agency", "", demands, work.now, silent, known)

    def _speak_of(self, agency: Actor, field: str, demands: tuple[Demand, ...]) -> tuple[Demand, ...]:
        """The statements that name a theme the authority's name has in it; all if the field's name does."""
        beginnings = stems(agency.label)
        themes = [theme for stem, theme in _themes() if stem in beginnings]
        if any(theme.is_spoken_of(self.say.fields[field].label) for theme in themes):
            return demands
        return tuple(demand for demand in demands if any(theme.is_spoken_of(demand.text) for theme in themes))

    @cached_property
    def agencies(self) -> tuple[Actor, ...]:
        """Authorities that can be spoken to, and are not long gone."""
        evidence = self.say.evidence
        fit = eligible(evidence) & evidence.agency & ~self.gone
        return tuple(actor for at, actor in enumerate(evidence.records.actors) if fit[at])

    @cached_property
    def unseen(self) -> NDArray[np.float64]:
        """Years since each actor was last on record; NaN where no record of it has a date."""
        return years_unseen(self.say.evidence)

    @property
    def gone(self) -> NDArray[np.bool_]:
        """Actors not on record for `GONE` years: nobody can say that they are still there. Unknown is not gone."""
        return np.asarray(np.nan_to_num(self.unseen, nan=0.0) >= GONE)

    def _of_places(self, demands: Iterable[Demand]) -> Iterator[Cell]:
        """Places a round names without a field, where no project is."""
        projects = self.say.evidence.records.projects
        for place, asked in _grouped((demand.place, demand) for demand in demands):
            if place not in self.say.places or self.say.places[place].is_area:
                continue
            here = [project for project in projects if place in self.working.places(project)]
            when = Counter(self.working.when(project) for project in here)
            at_home = any(actor.place == place for actor in self.say.evidence.records.actors)
            if not when["now"] and not at_home:
                before = [x for project in here for x in self._team(project)]
                ages = self.say.evidence.ages
                former = min(before, key=lambda x: (ages[x.iri], x.iri), default=None)
                undated = tuple(project for project in here if self.working.when(project) == "undated")
                yield Cell("", "place", place, asked, undated, when["undated"], not undated, former)


def _grouped(named: Iterable[tuple[str, Demand]]) -> list[tuple[str, tuple[Demand, ...]]]:
    """Values with the statements that name them, the strongest first; "" names nothing."""
    found: dict[str, list[Demand]] = {}
    for value, demand in named:
        if value:
            found.setdefault(value, []).append(demand)
    return [
        (value, tuple(sorted(asked, key=lambda demand: (-WEIGHTS[demand.kind], demand.iri))))
        for value, asked in sorted(found.items())
    ]


@cache
def _themes() -> tuple[tuple[str, Choice], ...]:
    """Beginnings of the names of sectors and target groups, with what they name."""
    themes = [sector for sector in concepts("sector") if sector.slug not in NO_THEME]
    themes += [group for group in concepts("target-group") if group.slug not in NO_PEOPLE]
    return tuple((stem, theme) for theme in themes for stem in stems(theme.label["de"]))


def _alike(group: str, groups: Iterable[Choice]) -> frozenset[str]:
    """The group itself, narrower and broader ones, and those whose name has its name in it."""
    by_iri = {choice.iri: choice for choice in groups}
    own = by_iri[group]
    name = re.compile(rf"\b{re.escape(own.label['de'])}\b", re.IGNORECASE)
    related = (
        one.iri
        for one in by_iri.values()
        if own.slug in one.broader or one.slug in own.broader or name.search(one.label["de"])
    )
    return frozenset({group, *related})


def stems(text: str) -> frozenset[str]:
    """The first `STEM` letters of each word in lower case; shorter words are left out."""
    return frozenset(word[:STEM] for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) >= STEM)
