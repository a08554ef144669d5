"""Former partners: who once had a project or a cooperation together, and how long ago their last joint record ended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps.evidence import PARTNER_TIES, REAL_STATES, TEAM_CAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from graph.gaps.evidence import Evidence
    from graph.gaps.records import Involvement, Tie

Pair = tuple[str, str]

REST = 4.0
"""Years without a joint record after which two partners are called former ones."""


@dataclass(frozen=True)
class Former:
    """What two actors once had in common, the latest first.

    Attributes:
        projects: the involvements of the one and of the other in each joint project with dates.
        ties: declared cooperations with dates.
        age: years since the latest of these ended.
        undated: how many joint records have no dates, so that they may be younger.
    """

    projects: tuple[tuple[Involvement, Involvement], ...]
    ties: tuple[Tie, ...]
    age: float
    undated: int


def former_partners(evidence: Evidence) -> dict[Pair, Former]:
    """Pairs of IRIs (smaller first) whose last joint record with dates ended `REST` years ago or more.

    A joint record is a project of any role, a gathering, a common body, a declared tie: whoever met two years ago at
    a meeting is in touch. Pairs whose joint records all lack dates are left out: nothing says that they are former.
    """
    shared = _shared_projects(evidence)
    ties = _cooperations(evidence)
    fresh = _Touch(evidence)
    found = {}
    for pair in sorted(shared.keys() | ties.keys()):
        projects, declared = shared.get(pair, []), ties.get(pair, [])
        dated = [both for both in projects if all(item.start or item.end for item in both)]
        told = [tie for tie in declared if tie.start or tie.end]
        ages = [*(_age(evidence, both) for both in dated), *(_tie_age(evidence, tie) for tie in told)]
        if ages and min(ages) >= REST and not fresh.lately(*pair):
            dated.sort(key=lambda both: (_age(evidence, both), both[0].iri))
            told.sort(key=lambda tie: (_tie_age(evidence, tie), tie.iri))
            undated = len(projects) - len(dated) + len(declared) - len(told)
            found[pair] = Former(tuple(dated), tuple(told), min(ages), undated)
    return found


def _age(evidence: Evidence, both: tuple[Involvement, Involvement]) -> float:
    """Years since the first of two left the project."""
    return max(evidence.ages[both[0].iri], evidence.ages[both[1].iri])


def _tie_age(evidence: Evidence, tie: Tie) -> float:
    if evidence.lasting(tie):
        return 0.0
    return evidence.horizon.years_since(tie.start, tie.end)


def _shared_projects(evidence: Evidence) -> dict[Pair, list[tuple[Involvement, Involvement]]]:
    teams: defaultdict[str, dict[str, Involvement]] = defaultdict(dict)
    for item in sorted(evidence.partnerships, key=lambda x: (evidence.ages[x.iri], x.iri)):
        teams[item.subject].setdefault(item.actor, item)
    found: defaultdict[Pair, list[tuple[Involvement, Involvement]]] = defaultdict(list)
    for team in (team for team in teams.values() if len(team) <= TEAM_CAP):
        for one, other in combinations(sorted(team), 2):
            found[one, other].append((team[one], team[other]))
    return found


def _cooperations(evidence: Evidence) -> dict[Pair, list[Tie]]:
    found: defaultdict[Pair, list[Tie]] = defaultdict(list)
    for tie in evidence.records.ties:
        if tie.kind in PARTNER_TIES and tie.state in REAL_STATES and tie.first != tie.second:
            found[min(tie.first, tie.second), max(tie.first, tie.second)].append(tie)
    return found


class _Touch:
    """Who was in touch with whom within `REST` years, in whatever way."""

    def __init__(self, evidence: Evidence) -> None:
        self._groups: defaultdict[str, set[str]] = defaultdict(set)
        for actor, group in _late_groups(evidence):
            self._groups[actor].add(group)
        ties = (tie for tie in evidence.records.ties if tie.state in REAL_STATES)
        self._ties = {frozenset((tie.first, tie.second)) for tie in ties if _tie_age(evidence, tie) < REST}

    def lately(self, one: str, other: str) -> bool:
        """Whether both were in one project, gathering or body, or one in the other, or a tie of them holds."""
        mine, theirs = self._groups[one], self._groups[other]
        return not mine.isdisjoint(theirs) or other in mine or one in theirs or frozenset((one, other)) in self._ties


def _late_groups(evidence: Evidence) -> Iterator[tuple[str, str]]:
    for item in evidence.records.involvements:
        age = evidence.ages.get(item.iri)
        since = evidence.horizon.years_since(item.start, item.end) if age is None else age
        if (item.start or item.end) and since < REST:
            yield item.actor, item.subject
    for member in evidence.records.memberships:
        if member.end is None or evidence.horizon.years_since(member.start, member.end) < REST:
            yield member.member, member.network


def years_unseen(evidence: Evidence) -> NDArray[np.float64]:
    """Years since the last day of a dated record (project, gathering, membership, tie), per actor; NaN without one."""
    least: dict[str, float] = {}  # one number after the other is compared many times quicker here than in an array
    for actor, age in _seen(evidence):
        if age < least.get(actor, np.inf):
            least[actor] = age
    return np.array([least.get(actor, np.nan) for actor in evidence.actor_at], dtype=float)


def _seen(evidence: Evidence) -> Iterator[tuple[str, float]]:
    """Each actor of each dated record, with the years since its last day."""
    years = evidence.horizon.years_since
    for item in evidence.records.involvements:
        if item.start or item.end:
            age = evidence.ages.get(item.iri)
            yield item.actor, years(item.start, item.end) if age is None else age
    for member in evidence.records.memberships:
        if member.start or member.end:
            yield member.member, 0.0 if member.end is None else years(member.start, member.end)
    for tie in evidence.records.ties:
        if tie.state in REAL_STATES and (tie.start or tie.end):
            age = _tie_age(evidence, tie)
            yield from ((tie.first, age), (tie.second, age))


def lately_active(evidence: Evidence) -> frozenset[str]:
    """IRIs of actors that existed on the day and have a record with dates from the last `REST` years."""
    here = {actor.iri for at, actor in enumerate(evidence.records.actors) if evidence.active[at]}
    ages: Iterable[tuple[str, float]] = (
        (item.actor, evidence.ages.get(item.iri, evidence.horizon.years_since(item.start, item.end)))
        for item in evidence.records.involvements
        if item.start or item.end
    )
    busy = {actor for actor, age in ages if age < REST}
    for tie in evidence.records.ties:
        if tie.state in REAL_STATES and (tie.start or tie.end) and _tie_age(evidence, tie) < REST:
            busy |= {tie.first, tie.second}
    return frozenset(here & busy)
