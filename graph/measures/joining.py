"""The fewest new ties that hold separate parts together again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

PORTION = 1000
"""Candidates that are sifted at first; each portion is twice as large as the one before."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What new ties achieve.

    Attributes:
        ties: numbers of the chosen candidates, in the order in which they were chosen.
        apart: for each whole that could not be put together again, the groups of parts that stay apart from each
            other; groups of numbers of parts, biggest group first, at least two.
    """

    ties: tuple[int, ...]
    apart: tuple[tuple[tuple[int, ...], ...], ...]


def joining(
    wholes: Sequence[int],
    candidates: Sequence[tuple[int, int]] | NDArray[np.int64],
    usable: Callable[[int], bool] = lambda _number: True,
) -> Joined:
    """The smallest set of candidate ties that joins the parts of each whole as far as candidates can.

    A spanning forest by Kruskal: a candidate is chosen if it joins two parts of one whole that are still apart. The
    answer is exact: no other set of usable candidates between parts of the same whole joins as much with fewer ties,
    and among the sets of that size none has a better sum of scores, if candidates come best first and all are usable
    (forests of a graph are a matroid).

    Args:
        wholes: for each part, by its number, the whole it fell out of.
        candidates: pairs of numbers of parts, best first; pairs within a part or across wholes are passed over.
        usable: asked late, only for a candidate about to be chosen, by its number; True means that it is.

    Source: J. B. Kruskal: On the shortest spanning subtree of a graph and the traveling salesman problem.
    Proceedings of the American Mathematical Society 7 (1956) 48–50.
    """
    leader = list(range(len(wholes)))
    missing = len(wholes) - len(set(wholes))
    chosen = []
    for number, one, other in _open(wholes, candidates, leader):
        if not missing:
            break
        first, second = _leader(leader, one), _leader(leader, other)
        if first != second and usable(number):
            leader[second] = first
            chosen.append(number)
            missing -= 1
    return Joined(tuple(chosen), _apart(wholes, leader))


def _open(
    wholes: Sequence[int], candidates: Sequence[tuple[int, int]] | NDArray[np.int64], leader: list[int]
) -> Iterator[tuple[int, int, int]]:
    """Number and parts of candidates of one whole that may still join something, in their order.

    Of millions most join what is joined already. They are sifted out in growing portions, each by what is joined when
    it comes up.
    """
    import numpy as np

    pairs, of = np.asarray(candidates, dtype=np.int64).reshape(-1, 2), np.asarray(wholes, dtype=np.int64)
    start, size = 0, PORTION
    while start < len(pairs):
        first, second = pairs[start : start + size].T
        now = np.array([_leader(leader, part) for part in range(len(leader))], dtype=np.int64)
        apart = np.flatnonzero((now[first] != now[second]) & (of[first] == of[second]))
        yield from zip((apart + start).tolist(), first[apart].tolist(), second[apart].tolist(), strict=True)
        start, size = start + size, 2 * size


def _leader(leader: list[int], part: int) -> int:
    """The part that stands for all that are joined with `part`; the way there is halved for the next time."""
    while leader[part] != part:
        leader[part] = leader[leader[part]]
        part = leader[part]
    return part


def _apart(wholes: Sequence[int], leader: list[int]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    groups: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for part, whole in enumerate(wholes):
        groups[whole][_leader(leader, part)].append(part)
    return tuple(
        tuple(sorted(map(tuple, found.values()), key=lambda group: (-len(group), group)))
        for _, found in sorted(groups.items())
        if len(found) > 1
    )
