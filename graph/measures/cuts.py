"""What hangs on one actor or one tie: components, cut actors ("Nadelöhre") and cut ties ("Einzelfäden")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx

    Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CutTie:
    """A tie on which a whole side hangs; `loses` is the number of actors on its smaller side, ≥ 1."""

    one: Any
    other: Any
    loses: int
    _walk: Sequence[Any] = field(default=(), compare=False, repr=False)
    _below: Interval = field(default=(0, 0), compare=False, repr=False)

    def side(self) -> list[Any]:
        """The actors on the smaller side, sorted; of two equal sides the one with the least actor."""
        start, end = self._below
        below, rest = end - start, len(self._walk) - end + start
        if below < rest:
            return sorted(self._walk[start:end])
        others = sorted([*self._walk[:start], *self._walk[end:]])
        return others if rest < below else min(sorted(self._walk[start:end]), others)


@dataclass(frozen=True, slots=True)
class CutActor:
    """An actor whose absence splits its component; `loses` is the number of others outside the biggest piece, ≥ 1."""

    actor: Any
    loses: int
    _walk: Sequence[Any] = field(default=(), compare=False, repr=False)
    _below: tuple[Interval, ...] = field(default=(), compare=False, repr=False)

    def pieces(self) -> list[list[Any]]:
        """The pieces that lose their connection to the biggest, bigger ones first; members sorted.

        Of several biggest pieces the one with the least actor is the one the others lose.
        """
        found = [sorted(self._walk[start:end]) for start, end in self._below]
        rest = len(self._walk) - 1 - sum(map(len, found))
        if rest > max(map(len, found)):  # the usual case, in which the others need not be listed
            return sorted(found, key=lambda piece: (-len(piece), piece[0]))
        inside = {self.actor, *(actor for piece in found for actor in piece)}
        others = sorted(actor for actor in self._walk if actor not in inside)
        return sorted(filter(None, [*found, others]), key=lambda piece: (-len(piece), piece[0]))[1:]


def components(network: nx.Graph[Any]) -> list[list[Any]]:
    """Actors that reach each other, biggest component first, then by their least member; members sorted."""
    import networkx as nx

    found = [sorted(members) for members in nx.connected_components(network)]
    return sorted(found, key=lambda members: (-len(members), members[0]))


def cut_actors(network: nx.Graph[Any]) -> dict[Any, int]:
    """Actors whose absence splits their component, with how many others would lose the connection.

    Without actor v its component falls into pieces; those outside the biggest piece lose the connection to it.
    An actor whose absence splits nothing is missing from the answer; all that are in it lose ≥ 1.

    Returns:
        Actor to number of others, most first, then in order of the actors.

    Source: J. Hopcroft, R. Tarjan: Efficient algorithms for graph manipulation. Communications of the ACM 16
    (1973) 372–378.
    """
    return {cut.actor: cut.loses for cut in cuts(network)}


def cuts(network: nx.Graph[Any]) -> list[CutActor]:
    """The same as `cut_actors`, each with the pieces that it holds; in the same order.

    One walk finds all; the pieces are intervals of it and are listed only when somebody asks.
    """
    found = []
    for walk in _walks(network):
        for actor, below in walk.pieces.items():
            sizes = [end - start for start, end in below]
            if loses := len(walk.order) - 1 - max(*sizes, len(walk.order) - 1 - sum(sizes)):
                found.append(CutActor(actor, loses, walk.order, tuple(below)))
    return sorted(found, key=lambda cut: (-cut.loses, cut.actor))


def cut_ties(network: nx.Graph[Any]) -> list[CutTie]:
    """Ties whose absence splits their component (bridges), with how many actors hang on them.

    Returns:
        Those that cut off most first, then in order of their ends.

    Source: R. E. Tarjan: A note on finding the bridges of a graph. Information Processing Letters 2 (1974) 160–161.
    """
    ties = [
        CutTie(min(tie), max(tie), min(end - start, len(walk.order) - end + start), walk.order, (start, end))
        for walk in _walks(network)
        for tie, (start, end) in walk.bridges.items()
    ]
    return sorted(ties, key=lambda tie: (-tie.loses, tie.one, tie.other))


@dataclass
class _Walk:
    """What one depth-first walk through a component finds.

    Attributes:
        order: its actors as they were met; all below an actor follow it without a gap.
        pieces: for each actor, the parts of `order` below it that nothing else joins to what is above it.
        bridges: (parent, child) of each cut tie with the part of `order` at and below the child.
    """

    order: list[Any] = field(default_factory=list)
    pieces: dict[Any, list[Interval]] = field(default_factory=dict)
    bridges: dict[tuple[Any, Any], Interval] = field(default_factory=dict)


def _walks(network: nx.Graph[Any]) -> Iterator[_Walk]:
    """A walk through each component; one of a single actor holds nothing."""
    return (_walk(network, members[0]) for members in components(network) if len(members) > 1)


def _walk(network: nx.Graph[Any], root: Any) -> _Walk:
    """Tarjan's walk without recursion, which Python would end at a chain of a thousand actors."""
    walk = _Walk([root])
    met, lowest = {root: 0}, {root: 0}
    path = [(root, None, iter(network[root]))]
    while path:
        actor, parent, others = path[-1]
        for other in others:
            if other not in met:
                met[other] = lowest[other] = len(met)
                walk.order.append(other)
                path.append((other, actor, iter(network[other])))
                break
            if other != parent:
                lowest[actor] = min(lowest[actor], met[other])
        else:
            path.pop()
            if parent is not None:
                _go_back(walk, (parent, actor), met, lowest)
    return walk


def _go_back(walk: _Walk, step: tuple[Any, Any], met: dict[Any, int], lowest: dict[Any, int]) -> None:
    """Carry what was found below `child` up to `parent`."""
    parent, child = step
    lowest[parent] = min(lowest[parent], lowest[child])
    below = met[child], len(walk.order)
    if lowest[child] >= met[parent]:
        walk.pieces.setdefault(parent, []).append(below)
    if lowest[child] > met[parent]:
        walk.bridges[parent, child] = below
