"""When an entry did what: its projects, events and bodies along the years, with the planning rounds behind them."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.directory.names import Ref, alphabetical
from graph.directory.parts import Activity
from graph.directory.values import Row, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from graph.directory.parts import Entry
    from graph.store import Store

LONGEST: Final = 40
"""Years an axis has at most: one school of 1890 must not press all else into a corner."""

COVERED: Final = {
    "place": (("project", "places"), ("event", "place"), ("actor", "place")),
    "handlungsfeld": (("project", "handlungsfelder"),),
    "round": (("project", "round"),),
}
"""Neighbours of an entry, as (type, field), that its timeline shows."""

_DATE = re.compile(r"([12]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_LEAST = 3
"""Years an axis has at least, so that a single day is no full width."""


@dataclass(frozen=True)
class Bar:
    """One thing on the axis; shares are percent of it, from the left.

    Attributes:
        what: the thing, with its period in the words of the data.
        start, end: where the bar begins and ends.
        start_known, end_known: whether the data say so; an `Activity.ongoing` one ends today and goes on.
        drawn: whether there is a bar at all: a date that can be read, on this axis.
    """

    what: Activity
    start: float = 0.0
    end: float = 0.0
    start_known: bool = False
    end_known: bool = False
    drawn: bool = False


@dataclass(frozen=True)
class Band:
    """A planning round behind the bars, in percent of the axis."""

    round: Ref
    label: str
    start: float
    end: float


@dataclass(frozen=True)
class Strand:
    """Bars that belong together, newest first, undated ones last.

    `key` is "project", "event", "body", "actor", "self", "involved", or the slug of `round`.
    """

    key: str
    round: Ref | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Timeline:
    """All strands over one axis.

    Attributes:
        first, last: the years of the axis, both included. today: where today is, in percent.
        ticks: years to be written, with their places in percent. bands: planning rounds, oldest first.
        strands: none is empty. covered: neighbours of the entry that are among them.
    """

    first: int
    last: int
    today: float
    ticks: tuple[tuple[int, float], ...]
    bands: tuple[Band, ...]
    strands: tuple[Strand, ...]
    covered: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_drawn(self) -> bool:
        """Whether there is a single bar."""
        return any(bar.drawn for strand in self.strands for bar in strand.bars)


def timeline(store: Store, found: Entry, *, today: date, language: str = "de") -> Timeline:
    """What an entry's page shows along the years.

    Actors: what they take part in. Places: what and who is there. Handlungsfelder: projects by planning round, those of
    the fields that match it too. Rounds: their projects. Projects and events: themselves, those who took part for a
    time of their own, and money. Programmes: what they pay for.
    """
    strands = _strands(store, found, language)
    axis = _Axis([one for _, _, activities in strands for one in activities], today)
    drawn = tuple(
        Strand(key, round_, tuple(axis.bar(one) for one in _sorted(activities)))
        for key, round_, activities in strands
        if activities
    )
    return Timeline(
        first=axis.first,
        last=axis.last,
        today=axis.share(axis.now),
        ticks=axis.ticks(),
        bands=_bands(store, axis, language),
        strands=drawn,
        covered=frozenset(COVERED.get(found.row.kind.name, ())),
    )


_Strands = list[tuple[str, Ref | None, "Sequence[Activity]"]]


def _strands(store: Store, found: Entry, language: str) -> _Strands:
    kind = found.row.kind.name
    if kind == "handlungsfeld":
        return _by_round(store, found, language)
    if kind in COVERED:
        return [(type_, None, _neighbours(store, found, type_, field, language)) for type_, field in COVERED[kind]]
    by_type: dict[str, list[Activity]] = defaultdict(list)
    for one in found.activities:
        by_type[one.other.type if one.other.type in {"project", "event"} else "body"].append(one)
    strands: _Strands = [(key, None, by_type[key]) for key in ("project", "event", "body")]
    if kind == "programme":
        strands.append(("project", None, found.fundings))
    if kind in {"project", "event"}:
        own = _activity(found.row)
        timed = [one for one in (*found.participants, *found.fundings) if _own_time(one, own)]
        strands += [("self", None, [own] if own.start or own.end else []), ("involved", None, timed)]
    return strands


def _own_time(one: Activity, own: Activity) -> bool:
    """Whether a link has a period that is not just the one of its project."""
    return bool(one.start or one.end) and (one.start, one.end) != (own.start, own.end)


def _activity(row: Row, roles: tuple[str, ...] = ()) -> Activity:
    return Activity(
        other=row.ref,
        roles=roles,
        start=row.text("start"),
        end=row.text("end"),
        period_text=row.text("period_text"),
        ongoing=row.text("ongoing") == "true",
    )


def _neighbours(store: Store, found: Entry, type_: str, field: str, language: str) -> list[Activity]:
    rows = table(store, type_, language)
    return [_activity(rows[ref.slug]) for ref in found.neighbours.get((type_, field), ()) if ref.slug in rows]


def _by_round(store: Store, found: Entry, language: str) -> _Strands:
    """Projects of a Handlungsfeld and of those that match it, by the round of the field they are in, newest first."""
    matches = ("exact_match", "close_match", "broad_match", "narrow_match")
    alike = {ref for name in matches for ref in found.row.refs(name)}
    alike |= {ref for (type_, field), refs in found.neighbours.items() if type_ == "handlungsfeld" and field in matches
              for ref in refs}  # fmt: skip
    fields, rounds = table(store, "handlungsfeld", language), table(store, "round", language)
    own = found.row.ref
    by_round: dict[Ref, dict[str, Activity]] = defaultdict(dict)
    for row in table(store, "project", language).values():
        for ref in row.refs("handlungsfelder"):
            if (ref == own or ref in alike) and ref.slug in fields:
                for round_ in fields[ref.slug].refs("round"):
                    roles = () if ref == own else (ref.label,)
                    by_round[round_].setdefault(row.ref.slug, _activity(row, roles))
    begun = {slug: row.text("start") for slug, row in rounds.items()}
    newest_first = sorted(by_round, key=lambda ref: (begun.get(ref.slug, ""), ref.label), reverse=True)
    return [(ref.slug, ref, list(by_round[ref].values())) for ref in newest_first]


def _sorted(activities: Iterable[Activity]) -> list[Activity]:
    """Newest first, undated last; within one day by name."""
    by_name = sorted(activities, key=lambda one: alphabetical(one.other.label))
    return sorted(by_name, key=lambda one: one.start or one.end, reverse=True)


def _bands(store: Store, axis: _Axis, language: str) -> tuple[Band, ...]:
    """The rounds with a beginning that do not lie within another; without an end until the next one, or today."""
    rows = [row for row in table(store, "round", language).values() if _point(row.text("start")) is not None]
    rows.sort(key=lambda row: (row.text("start"), row.ref.label))
    begins = [_point(row.text("start")) or 0.0 for row in rows]
    ends = [
        _point(row.text("end"), is_end=True) or next((later for later in begins if later > begin), axis.now)
        for row, begin in zip(rows, begins, strict=True)
    ]
    spans = list(zip(rows, begins, ends, strict=True))
    found = []
    for row, begin, end in spans:
        inside = any(b <= begin and end <= e and (b, e) != (begin, end) for other, b, e in spans if other is not row)
        start, stop = axis.share(begin), axis.share(end)
        if not inside and start < stop:
            found.append(Band(row.ref, row.text("short_name") or row.ref.label, start, stop))
    return tuple(found)


class _Axis:
    """The years that a timeline covers, and where on it something lies."""

    def __init__(self, activities: Iterable[Activity], today: date) -> None:
        self.now = _point(today.isoformat()) or 0.0
        spans = [(_point(one.start), _point(one.end, is_end=True)) for one in activities]
        points = [point for span in spans for point in span if point is not None]
        self.last = max([int(point - 0.001) for point in points] + [today.year]) if points else today.year
        self.last = min(self.last, today.year + LONGEST // 4)
        earliest = int(min(points, default=self.now))
        self.first = max(min(earliest, self.last - _LEAST + 1), self.last - LONGEST + 1)

    def share(self, point: float) -> float:
        """Percent of the axis that lie before; within 0 and 100."""
        return round(min(max((point - self.first) / (self.last + 1 - self.first), 0.0), 1.0) * 100, 2)

    def bar(self, one: Activity) -> Bar:
        start, end = _point(one.start), _point(one.end, is_end=True)
        known = [point for point in (start, end) if point is not None]
        if not known or max(known) < self.first or min(known) > self.last + 1:
            return Bar(one)
        start_at = max(known[0] - 1.0, self.first) if start is None else start
        goes_on = max(self.now, start_at) if one.ongoing else _point(one.start, is_end=True) or start_at
        at, until = sorted((self.share(start_at), self.share(goes_on if end is None else end)))
        return Bar(one, at, until, start_known=start is not None, end_known=end is not None, drawn=True)

    def ticks(self) -> tuple[tuple[int, float], ...]:
        """Every year of a short axis, every second, fifth or tenth of a longer one."""
        years = self.last + 1 - self.first
        step = next((step for step, longest in ((1, 6), (2, 12), (5, 30)) if years <= longest), 10)
        wanted = [year for year in range(self.first, self.last + 1) if year % step == 0]
        return tuple((year, self.share(year)) for year in wanted)


def _point(text: str, *, is_end: bool = False) -> float | None:
    """A date as a year with its part gone: 2014 → 2014.0, as an end 2015.0; None for what is no date."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    if match[3]:
        gone = (month - 1 + (day - 1 + is_end) / calendar.monthrange(year, month)[1]) / 12
    elif match[2]:
        gone = (month - 1 + is_end) / 12
    else:
        gone = float(is_end)
    return year + gone
