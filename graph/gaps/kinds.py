"""Which lists there are: of each kind what makes it and what its ids name. A new list needs a line here, no more.

The lists of a kind are built for one `Situation` (a store and what was known on a day) and asked many times.
Ids are `kind~…`; what follows the kind is the list's own affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from graph.errors import BadInput
from graph.gaps.gap import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.gaps.evidence import Evidence
    from graph.gaps.filters import Filters
    from graph.gaps.gap import Gap
    from graph.gaps.weights import Weights
    from graph.store import Store


@dataclass(frozen=True)
class Situation:
    """What a list is made from.

    Attributes:
        store: whose records.
        evidence: what was known of them on the day.
    """

    store: Store
    evidence: Evidence

    @property
    def weights(self) -> Weights:
        """How much each voice counts, as the team set it."""
        from graph.gaps.weights import weights

        return weights(self.store)


class GapList(Protocol):
    """All suggestions of one kind in one situation."""

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines that pass the filters, best first; `wanted.order` says in which order."""

    def find(self, rest: str) -> Gap | None:
        """The suggestion whose id is the kind, the separator and `rest`; None if nothing speaks for it (any more)."""


@dataclass(frozen=True)
class Kind:
    """One kind of list.

    Attributes:
        name: as it stands in addresses and ids.
        build: makes the list; imports what it needs when it is called.
        parts: entry types of the slugs in an id, in their order, so that entries that were merged are followed; "" for
            a word that is no slug; one tuple for each number of slugs an id may have, () where it names no entries.
    """

    name: str
    build: Callable[[Situation], GapList]
    parts: tuple[tuple[str, ...], ...] = ()


def cuts(rest: str) -> Iterator[tuple[str, str]]:
    """Every way to cut the rest of an id in two: a slug may contain the separator itself."""
    parts = rest.split(SEPARATOR)
    for cut in range(1, len(parts)):
        yield SEPARATOR.join(parts[:cut]), SEPARATOR.join(parts[cut:])


def _table(situation: Situation) -> GapList:
    from graph.gaps.reading import records
    from graph.gaps.seat_list import SeatList

    return SeatList(situation.evidence, records(situation.store), situation.weights)


def _introduce(situation: Situation) -> GapList:
    from graph.gaps.pair_list import PairList

    return PairList(situation.evidence, situation.weights)


def _thread(situation: Situation) -> GapList:
    from graph.gaps.threads import ThreadList

    return ThreadList(situation)


def _handover(situation: Situation) -> GapList:
    from graph.gaps.handover_list import HandoverList

    return HandoverList(situation)


def _coverage(situation: Situation) -> GapList:
    from graph.gaps.coverage_list import coverage_list

    return coverage_list(situation.evidence)


def _renew(situation: Situation) -> GapList:
    from graph.gaps.renew import RenewList

    return RenewList(situation.evidence)


def _double(situation: Situation) -> GapList:
    from graph.gaps.double import DoubleList

    return DoubleList(situation.evidence)


LISTS = {
    kind.name: kind
    for kind in (
        Kind("table", _table, (("project", "actor"), ("", "", "actor"))),
        Kind("coverage", _coverage),
        Kind("introduce", _introduce, (("actor", "actor"),)),
        Kind("renew", _renew, (("actor", "actor"),)),
        Kind("thread", _thread),
        Kind("handover", _handover, (("actor", "actor"),)),
        Kind("double", _double, (("actor", "actor"),)),
    )
}
"""The lists by name, in the order in which they are offered."""

KINDS = tuple(LISTS)
"""Names of the lists that can be asked for."""

USUAL = "introduce"
"""The list that is shown when none is named."""


def gap_list(situation: Situation, kind: str) -> GapList:
    """The list of that kind, made once per data version and day."""
    key = ("gaps-list", kind, situation.evidence.horizon)
    return situation.store.cached(key, lambda: LISTS[kind].build(situation))


def checked_kind(kind: str) -> Kind:
    """The kind of that name.

    Raises:
        BadInput: there is none; names those there are.
    """
    if kind not in LISTS:
        raise BadInput("kind", kind, KINDS)
    return LISTS[kind]
