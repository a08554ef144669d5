"""The rules of a list: nobody in more than two lines, and lines kept for newcomers and for bridges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence  # noqa: TC003 - a NamedTuple looks at its types
from dataclasses import dataclass
from typing import NamedTuple

PER_ACTOR = 2
"""Lines in which one actor may stand."""

RESERVED = 4
"""Every fourth line is kept for newcomers, every fourth for bridges."""


@dataclass(frozen=True)
class Line:
    """One possible line.

    Attributes:
        key: what it is about; breaks ties of the score.
        parts: IRIs that may stand in `PER_ACTOR` lines only.
        score: larger is more obvious.
        cold: order among newcomers' lines.
        newcomer: a side has at most one project.
        bridge: the sides are of different sectors.
    """

    key: tuple[str, ...]
    parts: tuple[str, ...]
    score: float
    cold: float = 0.0
    newcomer: bool = False
    bridge: bool = False


class Ranks(NamedTuple):
    """Lines in three orders: all by score, newcomers' by `cold`, bridges by score; ties by key.

    `fields` are the lines of each Handlungsfeld with a stated need, by score, and whether a line is one of them: each
    field gets one line, if it has any.
    """

    every: Iterable[Line]
    newcomers: Iterable[Line]
    bridges: Iterable[Line]
    fields: Sequence[tuple[Callable[[Line], bool], Iterable[Line]]] = ()


def chosen(lines: Iterable[Line], limit: int, usable: Callable[[Line], bool], *, free: frozenset[str]) -> list[Line]:
    """At most `limit` lines by the rules, best score first.

    Args:
        lines: all candidates, in any order.
        limit: how many lines are wanted.
        usable: asked late, only for lines about to be taken: whether there is a reason to show.
        free: IRIs that may stand in any number of lines (whom the list is about).
    """
    every = sorted(lines, key=lambda line: (-line.score, line.key))
    newcomers = sorted((line for line in every if line.newcomer), key=lambda line: (-line.cold, line.key))
    return taken(Ranks(every, newcomers, (line for line in every if line.bridge)), limit, usable, free=free)


def taken(ranks: Ranks, limit: int, usable: Callable[[Line], bool], *, free: frozenset[str]) -> list[Line]:
    """The same, from lines that are in order already and walked only as far as needed."""
    table = _Table(limit, usable, free)
    quota = limit // RESERVED
    table.take(ranks.newcomers, quota)
    table.take(ranks.bridges, quota - sum(line.bridge for line in table.taken))
    for belongs, lines in ranks.fields:
        table.take(lines, 0 if any(map(belongs, table.taken)) else 1)
    table.take(ranks.every, limit)
    return sorted(table.taken, key=lambda line: (-line.score, line.key))


class _Table:
    """Lines taken so far, and how often each actor stands in them."""

    def __init__(self, limit: int, usable: Callable[[Line], bool], free: frozenset[str]) -> None:
        self.taken: list[Line] = []
        self._limit = limit
        self._usable = usable
        self._free = free
        self._uses: Counter[str] = Counter()

    def take(self, lines: Iterable[Line], most: int) -> None:
        """Take up to `most` of `lines`, in their order, as long as the rules and the limit allow."""
        for line in lines:
            if most <= 0 or len(self.taken) >= self._limit:
                return
            if line not in self.taken and self._room(line) and self._usable(line):
                self.taken.append(line)
                self._uses.update(line.parts)
                most -= 1

    def _room(self, line: Line) -> bool:
        return all(part in self._free or self._uses[part] < PER_ACTOR for part in line.parts)
