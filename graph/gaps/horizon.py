"""What was known on a day: the records cut to that day, so that nothing later can leak into a ranking.

A dated fact is known from its first day on. A fact without a date is known today, and on no earlier day:
its date counts as unknown, never as now. What an actor is (its kind, place, target groups) has no date and always
counts; a Handlungsfeld is as old as its round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.gaps.records import Actor, Project, Records

YEAR = 365.25
"""Days in a year."""

UNKNOWN_AGE = 10.0
"""Years an undated fact is taken to be old when its weight must be a number: old, but not forgotten."""


@dataclass(frozen=True)
class Horizon:
    """A day, and whether facts without a date may be used (only when the day is today).

    Attributes:
        day: the last day whose facts are used.
        undated: True when undated facts count as known.
    """

    day: date
    undated: bool

    @classmethod
    def of(cls, as_of: date | None) -> Horizon:
        """The horizon of a day; without a day, of today."""
        today = date.today()  # noqa: DTZ011 - a calendar day of the office, not an instant
        return cls(as_of or today, undated=as_of is None or as_of >= today)

    def knows(self, start: date | None) -> bool:
        """Whether a fact that starts on `start` was known."""
        return self.undated if start is None else start <= self.day

    def years_since(self, start: date | None, end: date | None) -> float:
        """Years from the last day a fact held to the horizon, 0 while it holds; undated: `UNKNOWN_AGE`."""
        last = end if end is not None else start
        if last is None:
            return UNKNOWN_AGE
        return max((self.day - last).days, 0) / YEAR

    def years_back(self, years: float) -> date:
        """The day `years` before the horizon."""
        return self.day - timedelta(days=round(years * YEAR))

    def active(self, actor: Actor) -> bool:
        """Whether an actor existed on the day, as far as is known."""
        begun = actor.start is None or actor.start <= self.day
        return begun and (actor.end is None or actor.end >= self.day)

    def running(self, project: Project) -> bool:
        """Whether a project ran on the day: begun, and its end not reached (or said to have none)."""
        if project.start is not None and project.start > self.day:
            return False
        return project.end >= self.day if project.end is not None else project.ongoing


def known(records: Records, horizon: Horizon) -> Records:
    """The records that were known on the day of `horizon`."""
    involvements = [item for item in records.involvements if horizon.knows(item.start)]
    begun = {item.subject for item in involvements}
    kept = tuple(p for p in records.projects if p.iri in begun or horizon.knows(p.start))
    events = tuple(event for event in records.events if horizon.knows(event.start))
    fields = {f.iri for f in records.fields if horizon.knows(f.start)}
    entries = {x.iri for x in records.actors} | {x.iri for x in kept} | {x.iri for x in events} | fields
    return replace(
        records,
        projects=kept,
        events=events,
        demands=tuple(demand for demand in records.demands if horizon.knows(demand.start)),
        involvements=tuple(item for item in involvements if item.subject in entries),
        memberships=tuple(item for item in records.memberships if horizon.knows(item.start)),
        ties=tuple(item for item in records.ties if horizon.knows(item.start)),
        fundings=tuple(item for item in records.fundings if item.project in entries),
        traits=tuple(x for x in records.traits if x.entry in entries and (x.kind != "field" or x.value in fields)),
    )
