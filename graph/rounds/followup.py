"""What came of the lines of a round: looked up in the records, independent of what anybody decided; and why not."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph import network
from graph.directory import names
from graph.rounds.model import KNOWN, PROJECT, UNFIT
from graph.rounds.reading import workspace

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from graph.directory import Ref
    from graph.network import Link
    from graph.rounds.model import Part, Suggestion, Workspace
    from graph.store import Store

RESULTS: Final = ("project", "tie", "met", "entered", "known", "way", "open", "unfit")
"""What can have come of a line: a project; a tie or body; an event both were at; something in common without a date;
known before; on its way; nothing yet; found unfit."""


@dataclass(frozen=True)
class Found:
    """Something in common that the records hold today.

    Attributes:
        kind: "project", "event", "body" or "tie".
        what: the project, event or body; None for a tie.
        start: its first day for all of them; None if unknown.
        since: it began after the day of the round. Without a date nobody can tell: False.
    """

    kind: str
    what: Ref | None
    start: dt.date | None
    since: bool


@dataclass(frozen=True)
class Outcome:
    """A line and what came of it.

    Attributes:
        line: the line.
        result: one of `RESULTS`.
        found: what the records hold, newest first. confirmed: what somebody decided is also found in the records.
        why: why nothing came of it, in the words of those who decided.
    """

    line: Suggestion
    result: str
    found: tuple[Found, ...]
    confirmed: bool
    why: tuple[str, ...]


@dataclass(frozen=True)
class FollowUp:
    """What came of a round.

    Attributes:
        space: its workspace. outcomes: one per line, in the order of `RESULTS`.
        counts: result → number of lines, in that order.
        fields: Handlungsfeld (None for none) → the same of its lines; a line counts in each of its fields.
    """

    space: Workspace
    outcomes: tuple[Outcome, ...]
    counts: Mapping[str, int]
    fields: tuple[tuple[Ref | None, Mapping[str, int]], ...]


def follow_up(store: Store, round_slug: str, language: str = "de") -> FollowUp:
    """What came of the lines of a round.

    Two actors have something in common if both take part in a project (as Träger, partner or place) or event, belong to
    one body, or are named as cooperating; an actor and a project, if the actor takes part in it. What begins after the
    day of the round came of it or at least after it; a line of a list had nothing in common then, so what bears no
    date was entered since.

    Raises:
        NotFound: no such round.
    """
    space = workspace(store, round_slug, language)
    common = _Common(store, language)
    outcomes = [_outcome(space, line, common) for line in space.suggestions]
    outcomes.sort(key=lambda one: RESULTS.index(one.result))
    results = {one.line.slug: one.result for one in outcomes}
    return FollowUp(
        space=space,
        outcomes=tuple(outcomes),
        counts=_counts(results.values()),
        fields=tuple((part.field, _of_part(part, results)) for part in space.parts if part.suggestions),
    )


def _of_part(part: Part, results: Mapping[str, str]) -> Mapping[str, int]:
    return _counts(results[line.slug] for line in part.suggestions)


def _counts(results: Iterable[str]) -> Mapping[str, int]:
    counted = Counter(results)
    return {result: counted[result] for result in RESULTS}


def _outcome(space: Workspace, line: Suggestion, common: _Common) -> Outcome:
    day = space.as_of or (line.taken_up.date() if line.taken_up else None)
    found = common.of(line, day)
    new = [one for one in found if one.since]
    verdicts = [one.verdict for one in line.current]
    result = _result(verdicts, new, found, disputed=line.disputed)
    decided = next((one for one in line.current if one.verdict == PROJECT), None)
    seen = {one.what.iri for one in found if one.what}
    return Outcome(
        line=line,
        result=result,
        found=found,
        confirmed=bool(new) or bool(decided and decided.project and decided.project.iri in seen),
        why=tuple(one.reason for one in line.current if one.verdict == UNFIT and one.reason),
    )


def _result(verdicts: list[str], new: list[Found], found: tuple[Found, ...], *, disputed: bool) -> str:
    """The first that holds: what began since comes before what the team said, and that before what bears no date."""
    holds = {
        "project": PROJECT in verdicts or any(one.kind == "project" for one in new),
        "tie": any(one.kind in ("tie", "body") for one in new),
        "known": KNOWN in verdicts and not disputed,
        "unfit": UNFIT in verdicts and not disputed,
        "met": bool(new),
        "entered": any(one.start is None and one.kind != "event" for one in found),
        "way": bool(verdicts),
    }
    return next((result for result, is_so in holds.items() if is_so), "open")


class _Common:
    """What actors have in common, of one data version."""

    def __init__(self, store: Store, language: str) -> None:
        self._called = names(store, language)
        known = network.facts(store)
        self._nodes = known.nodes
        self._takes_part: dict[str, dict[str, Link]] = defaultdict(dict)
        self._ties: dict[frozenset[str], list[Link]] = defaultdict(list)
        for link in known.links:
            if self._counts(link):
                self._takes_part[link.subject].setdefault(link.object, link)
            elif _is_partnership(link):
                self._ties[frozenset((link.subject, link.object))].append(link)

    def of(self, line: Suggestion, day: dt.date | None) -> tuple[Found, ...]:
        """What those of a line have in common, newest first; undated last."""
        actors = [ref.iri for ref in line.actors]
        doings = [ref.iri for ref in line.others if ref.type in ("project", "event")]
        if not actors or (len(actors) < 2 and not doings):
            return ()
        places = [set(self._takes_part[iri]) for iri in actors]
        came_of = {one.project.iri for one in line.verdicts if one.project}
        shared = set.intersection(*places) & ({*doings, *came_of} if doings else set().union(*places))
        found = [self._found(iri, actors, day) for iri in sorted(shared)]
        if len(actors) == 2 and not doings:
            found += [_tie(link, day) for link in self._ties[frozenset(actors)]]
        return tuple(sorted(found, key=lambda one: (one.start is not None, one.start or day), reverse=True))

    def _counts(self, link: Link) -> bool:
        if link.relation == "membership":
            return True
        node = self._nodes[link.object]
        is_project = node.type == "project" and link.role in network.PARTNERSHIP_ROLES
        return link.relation == "involvement" and (is_project or node.type == "event")

    def _found(self, iri: str, actors: list[str], day: dt.date | None) -> Found:
        starts = [self._takes_part[actor][iri].period.start for actor in actors]
        known = [start for start in starts if start]
        start = max(known) if len(known) == len(starts) else None
        kind = {"project": "project", "event": "event"}.get(self._nodes[iri].type, "body")
        return Found(kind, self._called.ref(iri), start, _is_since(start, day))


def _is_partnership(link: Link) -> bool:
    kind = link.relation == "tie" and link.role in network.PARTNERSHIP_TIES
    return kind and link.state in network.COUNTED_STATES


def _tie(link: Link, day: dt.date | None) -> Found:
    return Found("tie", None, link.period.start, _is_since(link.period.start, day))


def _is_since(start: dt.date | None, day: dt.date | None) -> bool:
    return start is not None and day is not None and start > day
