"""Netz ohne QM: what ends when the Quartiersmanagement or anybody else goes, and the fewest new ties that hold it.

The new ties come from the pairs the list `introduce` looks at, and nowhere else. They are a spanning forest over the
parts into which the network falls (`graph.measures.joining`): no smaller set of such pairs joins as many of the parts
that hung together before. The most obvious pairs are taken first, nobody more than twice as long as others can.
What they cannot join stays apart and is named; ways round over actors who did not belong to it are not looked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

from graph import measures
from graph.gaps.handover_fields import FieldLoss, Stake, field_losses, stakes
from graph.gaps.kinds import gap_list
from graph.gaps.moment import Moment, before, moment, without
from graph.gaps.parting import ENDING
from graph.gaps.rules import PER_ACTOR
from graph.gaps.structure import Structure, by_name, situation_of, structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import networkx as nx
    from numpy.typing import NDArray

    from graph.gaps.gap import Gap, Ref
    from graph.gaps.kinds import Situation
    from graph.gaps.pair_list import PairList
    from graph.store import Store


@dataclass(frozen=True)
class Loss:
    """What one actor loses.

    Attributes:
        actor: who.
        lost: its partners that go, by name.
        before, after: its partners.
        part: how many hang together where it stands afterwards, itself included; 1: it is alone.
        off: it loses the connection to the biggest part of those it reached before.
    """

    actor: Ref
    lost: tuple[Ref, ...]
    before: int
    after: int
    part: int
    off: bool


@dataclass(frozen=True)
class NewTie:
    """A tie that would hold something: the suggestion of `introduce`, and the smaller side it brings back, by name."""

    gap: Gap
    back: tuple[Ref, ...]


@dataclass(frozen=True)
class Handover:
    """What happens when some go.

    Attributes:
        leaving: who goes, by name.
        losses: who loses a partner: those left alone first, then those who lose the connection, then the rest.
        fields: the Handlungsfelder of the latest round, worst off first.
        stakes: what those who go do in projects that are not known to be over.
        before, after, mended: the rest of the network with those who go, without them, and with the new ties. Those
            who go are never counted.
        ties: the smallest set of new ties, in the order in which they were chosen.
        apart: groups that plausible ties do not bring back to the biggest part of what they belonged to.
    """

    leaving: tuple[Ref, ...]
    losses: tuple[Loss, ...]
    fields: tuple[FieldLoss, ...]
    stakes: tuple[Stake, ...]
    before: Moment
    after: Moment
    mended: Moment
    ties: tuple[NewTie, ...]
    apart: tuple[tuple[Ref, ...], ...]

    @property
    def alone(self) -> tuple[Loss, ...]:
        """Who has no partner any more."""
        return tuple(loss for loss in self.losses if not loss.after)


def handover(
    store: Store, *, groups: Iterable[str] = ENDING, actors: Iterable[str] = (), as_of: date | None = None
) -> Handover:
    """What happens when some go.

    Args:
        store: whose records.
        groups: of `graph.gaps.parting.GROUPS`, who goes with all its members.
        actors: slugs of others who go.
        as_of: the day; without it today.

    Raises:
        BadInput: no such group.
        NotFound: no such actor.
    """
    situation = situation_of(store, as_of)
    found = structure(situation)
    return handover_of(situation, found.leaving(groups, actors))


def handover_of(situation: Situation, leaving: frozenset[str]) -> Handover:
    """The same for actors by IRI, made once per data version and day."""
    key = ("gaps-handover", situation.evidence.horizon, leaving)
    return situation.store.cached(key, lambda: _leaving(situation, leaving).handover())


def new_ties(situation: Situation, leaving: frozenset[str]) -> tuple[NewTie, ...]:
    """The ties of a handover alone: counting circles before and after takes many times as long."""
    return _leaving(situation, leaving).ties


def _leaving(situation: Situation, leaving: frozenset[str]) -> _Leaving:
    key = ("gaps-leaving", situation.evidence.horizon, leaving)
    return situation.store.cached(key, lambda: _Leaving(situation, leaving))


class _Leaving:
    """One handover while it is worked out."""

    def __init__(self, situation: Situation, leaving: frozenset[str]) -> None:
        self.situation = situation
        self.structure: Structure = structure(situation)
        self.pairs = cast("PairList", gap_list(situation, "introduce"))
        self.leaving = leaving & set(self.structure.network)
        self.rest = without(self.structure.network, self.leaving)
        self.parts = measures.components(self.rest)
        self.part_of = {iri: number for number, part in enumerate(self.parts) for iri in part}

    def handover(self) -> Handover:
        """All of it."""
        found, works = self.structure, self.structure.works_in
        after = moment(found, self.rest, works)
        return Handover(
            leaving=found.refs(self.leaving),
            losses=self._losses(self._wholes),
            fields=field_losses(found, self.leaving),
            stakes=stakes(found, self.leaving),
            before=before(self.situation, found, self.leaving),
            after=after,
            mended=moment(found, self._mended(self.ties), works) if self.ties else after,
            ties=self.ties,
            apart=self._apart(self._joined),
        )

    @cached_property
    def _twice(self) -> NDArray[np.int64]:
        """The candidates, best first, and once more for when nobody new is left."""
        numbers = self._candidates()
        return np.concatenate([numbers, numbers])

    @cached_property
    def _joined(self) -> measures.Joined:
        first, second = self._sides()
        parts = np.stack([first[self._twice], second[self._twice]], axis=1)
        return measures.joining(self._wholes, parts, _Spread(self.pairs, self._twice))

    @cached_property
    def ties(self) -> tuple[NewTie, ...]:
        """The smallest set of new ties, in the order in which they were chosen."""
        return self._ties([int(self._twice[at]) for at in self._joined.ties])

    def _mended(self, ties: Iterable[NewTie]) -> nx.Graph[str]:
        """What is left, with new ties."""
        mended: nx.Graph[str] = self.rest.copy()
        mended.add_edges_from(((tie.gap.actors[0].iri, tie.gap.actors[1].iri) for tie in ties), weight=1.0)
        return mended

    @cached_property
    def _wholes(self) -> list[int]:
        """For each part the number of the component it fell out of."""
        found = self.structure.component_of
        number_of: dict[frozenset[str], int] = {}
        return [number_of.setdefault(found[part[0]], len(number_of)) for part in self.parts]

    def _candidates(self) -> NDArray[np.int64]:
        """The numbers of the pairs that tie two parts of one whole and may be suggested, best first."""
        first, second = self._sides()
        whole = np.array([*self._wholes, -1], dtype=np.int64)  # −1 stands for who goes, and is in no part
        across = np.flatnonzero((first >= 0) & (second >= 0) & (first != second) & (whole[first] == whole[second]))
        return self.pairs.fit(across)

    def _sides(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The number of the part of either side of each pair; -1 for who goes or is no more."""
        at = self.structure.evidence.actor_at
        part = np.full(len(at), -1, dtype=np.int64)
        part[[at[iri] for iri in self.part_of]] = list(self.part_of.values())
        one, other = self.pairs.scores.pairs
        return part[one], part[other]

    def _ties(self, numbers: Sequence[int]) -> tuple[NewTie, ...]:
        """The chosen pairs as lines, each with the smaller side it brings back when they are made in this order."""
        sides: dict[int, _Side] = {}
        found = []
        for number in numbers:
            gap = self.pairs.gap(number)
            parts = [self.part_of[ref.iri] for ref in gap.actors]
            both = [sides.get(part) or _Side([part], list(self.parts[part])) for part in parts]
            small, big = sorted(both, key=lambda side: (len(side.actors), side.actors[0]))
            found.append(NewTie(gap, self.structure.refs(small.actors)))
            big.parts += small.parts
            big.actors += small.actors
            sides.update(dict.fromkeys(small.parts, big))
        return tuple(found)

    def _losses(self, wholes: Sequence[int]) -> tuple[Loss, ...]:
        main = self._main_parts(wholes)
        whole, rest = self.structure.network, self.rest
        found = []
        for iri in rest:
            lost = self.leaving.intersection(whole[iri])
            part = self.part_of[iri]
            off = part != main[wholes[part]]
            if lost or off:
                size = len(self.parts[part])
                found.append(
                    Loss(self.structure.ref(iri), self.structure.refs(lost), len(whole[iri]), len(rest[iri]), size, off)
                )
        return tuple(
            sorted(found, key=lambda one: (bool(one.after), one.after and not one.off, one.part, by_name(one.actor)))
        )

    def _main_parts(self, wholes: Sequence[int]) -> Mapping[int, int]:
        """Whole to its biggest part; components come biggest first."""
        main: dict[int, int] = {}
        for part, whole in enumerate(wholes):
            main.setdefault(whole, part)
        return main

    def _apart(self, joined: measures.Joined) -> tuple[tuple[Ref, ...], ...]:
        """All groups but the biggest of each whole, bigger ones first."""
        found = []
        for groups in joined.apart:
            members = [[iri for part in group for iri in self.parts[part]] for group in groups]
            found += sorted(members, key=lambda some: (-len(some), min(some)))[1:]
        return tuple(map(self.structure.refs, sorted(found, key=lambda some: (-len(some), min(some)))))


@dataclass
class _Side:
    """Parts that new ties have joined, with all their actors."""

    parts: list[int]
    actors: list[str]


def _by_need(loss: Loss) -> tuple[bool, bool, int, tuple[str, str]]:
    """Who is alone first, by name; then who is cut off, smaller parts first; then the rest."""
    return bool(loss.after), bool(loss.after) and not loss.off, loss.part, by_name(loss.actor)


class _Spread:
    """Whether a pair may be chosen: something speaks for it, and on the first of two rounds nobody is overloaded."""

    def __init__(self, pairs: PairList, numbers: NDArray[np.int64]) -> None:
        self.pairs, self.numbers = pairs, numbers
        self.uses: Counter[int] = Counter()

    def __call__(self, at: int) -> bool:
        number = int(self.numbers[at])
        sides = [int(side[number]) for side in self.pairs.scores.pairs]
        is_first_round = at < len(self.numbers) // 2
        if is_first_round and max(self.uses[side] for side in sides) >= PER_ACTOR:
            return False
        if not self.pairs.reasons(number):
            return False
        self.uses.update(sides)
        return True
