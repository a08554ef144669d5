"""The fewest actors that together reach everybody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Cover:
    """A small set that reaches everybody who can be reached.

    Attributes:
        chosen: the pinned ones in their order, then those who reach most first.
        unreached: whom nobody reaches, sorted.
        at_least: no set can be smaller than this; equal to the length of `chosen`: this one is the smallest.
    """

    chosen: tuple[Any, ...]
    unreached: tuple[Any, ...]
    at_least: int


def cover(reach: Mapping[Any, Collection[Any]], targets: Iterable[Any], *, pinned: Iterable[Any] = ()) -> Cover:
    """A small set of `reach`'s keys that together reach all targets any of them reaches.

    With each actor reaching itself and its partners this is a small dominating set. Greedy: next comes who reaches
    most who are not reached yet, the least of equals; at most H(n) ≤ ln n + 1 times as many as the fewest possible,
    where n is the most one reaches. Then, as long as it helps: who is needed no longer is dropped, and one comes in
    for two or more. The bound `at_least` counts targets of whom no two are reached by the same one.

    Args:
        reach: who may be chosen, with whom each reaches.
        targets: who must be reached.
        pinned: who is chosen in any case; must be keys of `reach`.

    Source: V. Chvátal: A greedy heuristic for the set-covering problem. Mathematics of Operations Research 4 (1979)
    233–235. D. S. Johnson: Approximation algorithms for combinatorial problems. Journal of Computer and System
    Sciences 9 (1974) 256–278.
    """
    wanted = set(targets)
    useful = {one: wanted.intersection(others) for one, others in reach.items()}
    fixed = tuple(dict.fromkeys(pinned))
    everybody = set().union(*useful.values())
    reached: set[Any] = set().union(*(useful[one] for one in fixed))
    search = _Search(useful, fixed, _greedy(useful, everybody - reached))
    search.improve()
    free = sorted(search.chosen - set(fixed), key=lambda one: (-len(useful[one]), one))
    bound = len(fixed) + _packing(useful, everybody - reached)
    return Cover((*fixed, *free), tuple(sorted(wanted - everybody)), bound)


def _greedy(useful: Mapping[Any, set[Any]], missing: set[Any]) -> list[Any]:
    """Who reaches most of those still missing, again and again; gains only shrink, so that a heap may be late."""
    heap = [(-len(others & missing), one) for one, others in useful.items() if others & missing]
    heapify(heap)
    left, chosen = set(missing), []
    while left:
        gain, one = heap[0]
        now = -len(useful[one] & left)
        if now == gain:
            heappop(heap)
            chosen.append(one)
            left -= useful[one]
        else:
            heapreplace(heap, (now, one))
    return chosen


class _Search:
    """A set that reaches everybody, made smaller step by step."""

    def __init__(self, useful: Mapping[Any, set[Any]], fixed: Iterable[Any], greedy: Iterable[Any]) -> None:
        self.useful, self.fixed = useful, frozenset(fixed)
        self.chosen = set(self.fixed) | set(greedy)
        self.times = Counter(target for one in self.chosen for target in useful[one])
        self.reachers: dict[Any, list[Any]] = {}
        for one in sorted(useful):
            for target in useful[one]:
                self.reachers.setdefault(target, []).append(one)

    def improve(self) -> None:
        """Drop, and let one come in for several, until neither helps."""
        self._drop(sorted(self.chosen - self.fixed, key=lambda one: (len(self.useful[one]), one)))
        again = set(self.useful)
        while again:
            waiting, again = sorted(again - self.chosen), set()
            for one in waiting:
                again |= self._come_in(one)

    def _come_in(self, one: Any) -> set[Any]:
        """Put `one` in if at least two others may then go; who should be tried again, empty if it did not help."""
        hits = Counter(self._only(target) for target in self.useful[one] if self.times[target] == 1)
        spare = [other for other, count in hits.items() if other not in self.fixed and count == self._own(other)]
        if len(spare) < 2:
            return set()
        self._put(one, 1)
        if self._drop(sorted(spare)) >= 2:
            return {near for other in (one, *spare) for target in self.useful[other] for near in self.reachers[target]}
        # Two that only together reach somebody cannot both go. One for one is no gain, and might go round in circles.
        self._undo(one, spare)
        return set()

    def _only(self, target: Any) -> Any:
        return next(one for one in self.reachers[target] if one in self.chosen)

    def _own(self, one: Any) -> int:
        """How many only this one reaches."""
        return sum(self.times[target] == 1 for target in self.useful[one])

    def _drop(self, ones: Iterable[Any]) -> int:
        """Take out of `ones` whom nobody needs; how many."""
        gone = 0
        for one in ones:
            if one in self.chosen and not self._own(one):
                self._put(one, -1)
                gone += 1
        return gone

    def _undo(self, one: Any, dropped: Iterable[Any]) -> None:
        for other in dropped:
            if other not in self.chosen:
                self._put(other, 1)
        self._put(one, -1)

    def _put(self, one: Any, step: int) -> None:
        (self.chosen.add if step > 0 else self.chosen.discard)(one)
        for target in self.useful[one]:
            self.times[target] += step


def _packing(useful: Mapping[Any, set[Any]], missing: set[Any]) -> int:
    """How many of `missing` can be found of whom no two are reached by the same one: each needs one of its own."""
    reachers: dict[Any, list[Any]] = {target: [] for target in missing}
    for one, others in useful.items():
        for target in others & missing:
            reachers[target].append(one)
    taken: set[Any] = set()
    count = 0
    for target in sorted(missing, key=lambda target: (len(reachers[target]), target)):
        if taken.isdisjoint(reachers[target]):
            taken.update(reachers[target])
            count += 1
    return count
