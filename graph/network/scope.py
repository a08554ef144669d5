"""Which part of the graph a network shows: as of which day, which rounds and fields, with or without the hubs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

PARTNERSHIP_ROLES: Final = frozenset({"traeger", "partner", "ort"})
"""Roles that make two actors of one project partners; who only pays or commissions sits everywhere."""

ALL_ROLES: Final[frozenset[str]] = frozenset()
"""No restriction of roles."""

HUB_GROUPS: Final = ("qm", "senat", "bezirk", "bund", "agency", "programme", "funder")
"""The groups of bodies that sit in nearly everything and can be left out of a network; ``agency``: of any other level,
or of one that nobody stated."""


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another; a missing day is unknown or open, never "none"."""

    start: date | None = None
    end: date | None = None

    def meets(self, other: Period) -> bool:
        """Whether both may have had a day in common; what is unknown may."""
        return not (_ends_before(self, other) or _ends_before(other, self))


def _ends_before(one: Period, other: Period) -> bool:
    return one.end is not None and other.start is not None and one.end < other.start


@dataclass(frozen=True, slots=True)
class Scope:
    """What a network is asked for. Everything empty: all that is known.

    Attributes:
        as_of: last day that counts; links and bodies that began later are left out.
        since: first day that counts; links and bodies that ended earlier are left out. With `as_of` equal to
            `since` the network is that of one day.
        dated: leave out links whose first day is unknown, and take an involvement whose last day is unknown and
            that is not marked as ongoing for over after its first day. Otherwise what is unknown stays.
        rounds: slugs of planning rounds; projects and fields of these, and links of their years. Actors stay.
        handlungsfelder: slugs of fields (`2022-4`); these, what works in them and what that is linked to.
        matches: with `handlungsfelder`, also the fields of other rounds matched with them (one step).
        without: groups of `HUB_GROUPS` to leave out.
        roles: roles of involvements in projects that count; those in events always do. Empty: all.
    """

    as_of: date | None = None
    since: date | None = None
    dated: bool = False
    rounds: frozenset[str] = frozenset()
    handlungsfelder: frozenset[str] = frozenset()
    matches: bool = False
    without: frozenset[str] = frozenset()
    roles: frozenset[str] = PARTNERSHIP_ROLES

    @property
    def window(self) -> Period:
        """The days that count."""
        return Period(self.since, self.as_of)
