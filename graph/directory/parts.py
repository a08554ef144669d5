"""What an entry's page is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from graph.directory.names import Ref
    from graph.directory.values import Row


@dataclass(frozen=True)
class Activity:
    """Something an entry takes part in, or someone who takes part in it.

    Attributes:
        other: the entry at the other end.
        roles: what the actor is in it ("Träger"), at least one, or the kind of a tie ("Kooperiert mit").
        start, end: ISO dates as exact as known, "" if unknown; of the link itself, else of the project or event.
        period_text: what the source wrote. ongoing: it runs without a fixed end.
        about: occasion of a tie or membership. state: of a tie, only when it no longer or not yet holds.
        amount: of a funding, in euros.
        key: slug of a tie's kind. incoming: the tie was declared from the other side ("sitzt bei" read backwards).
        sources: where it stands. links: the involvements, memberships, fundings or ties that say it.
    """

    other: Ref
    roles: tuple[str, ...]
    start: str = ""
    end: str = ""
    period_text: str = ""
    ongoing: bool = False
    about: str = ""
    state: str = ""
    amount: Decimal | None = None
    key: str = ""
    incoming: bool = False
    sources: tuple[Row, ...] = ()
    links: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Partner:
    """Another actor: declared ties with it, and the projects both do (computed, never stored)."""

    other: Ref
    ties: tuple[Activity, ...]
    projects: tuple[Ref, ...]


@dataclass(frozen=True)
class Active:
    """An actor in a Handlungsfeld: declared, or through these projects."""

    other: Ref
    declared: bool
    projects: tuple[Ref, ...]


@dataclass(frozen=True)
class Statement:
    """What an IHEK says: a need, goal, focus or measure."""

    row: Row
    sources: tuple[Row, ...]


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        row: its own facts. sources: where they stand. notes: remarks and contradictions.
        activities: projects and events it takes part in, bodies it belongs to, newest first.
        participants: who takes part in it, or belongs to it.
        partners: other actors, closest first.
        fundings: money for it, or from it; `total`: their sum in euros, None without a known amount.
        statements: what rounds say about it.
        active: actors active in it, if it is a Handlungsfeld.
        themes: Handlungsfelder of its projects with their number, most first.
        neighbours: other entries that point to it, by (entry type, field).
    """

    row: Row
    sources: tuple[Row, ...]
    notes: tuple[Statement, ...]
    activities: tuple[Activity, ...]
    participants: tuple[Activity, ...]
    partners: tuple[Partner, ...]
    fundings: tuple[Activity, ...]
    total: Decimal | None
    statements: tuple[Statement, ...]
    active: tuple[Active, ...]
    themes: tuple[tuple[Ref, int], ...]
    neighbours: Mapping[tuple[str, str], tuple[Ref, ...]]
