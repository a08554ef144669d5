"""What hangs on one actor or one tie: components, cut actors ("Nadelöhre") and cut ties ("Einzelfäden")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class CutTie:
    """A tie on which a whole side hangs; `loses` is the number of actors on its smaller side, ≥ 1."""

    one: Any
    other: Any
    loses: int


def components(network: nx.Graph[Any]) -> list[list[Any]]:
    """Actors that reach each other, biggest component first, then by their least member; members sorted."""
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
    cuts = {}
    for walk in _walks(network):
        for actor, pieces in walk.pieces.items():
            rest = walk.size - 1 - sum(pieces)
            if loses := walk.size - 1 - max(*pieces, rest):
                cuts[actor] = loses
    return dict(sorted(cuts.items(), key=lambda item: (-item[1], item[0])))


def cut_ties(network: nx.Graph[Any]) -> list[CutTie]:
    """Ties whose absence splits their component (bridges), with how many actors hang on them.

    Returns:
        Those that cut off most first, then in order of their ends.

    Source: R. E. Tarjan: A note on finding the bridges of a graph. Information Processing Letters 2 (1974) 160–161.
    """
    ties = [
        CutTie(min(parent, child), max(parent, child), min(size, walk.size - size))
        for walk in _walks(network)
        for (parent, child), size in walk.bridges.items()
    ]
    return sorted(ties, key=lambda tie: (-tie.loses, tie.one, tie.other))


@dataclass
class _Walk:
    """What one depth-first walk through a component finds.

    Attributes:
        size: actors in the component.
        pieces: for each actor, sizes of the parts below it that nothing else joins to what is above it.
        bridges: (parent, child) of each cut tie with the number of actors at and below the child.
    """

    size: int
    pieces: dict[Any, list[int]] = field(default_factory=dict)
    bridges: dict[tuple[Any, Any], int] = field(default_factory=dict)


def _walks(network: nx.Graph[Any]) -> Iterator[_Walk]:
    return (_walk(network, members) for members in components(network))


def _walk(network: nx.Graph[Any], members: list[Any]) -> _Walk:
    """Tarjan's walk without recursion, which Python would end at a chain of a thousand actors."""
    walk = _Walk(len(members))
    root = members[0]
    order = {root: 0}
    lowest = {root: 0}
    below = dict.fromkeys(members, 1)
    path = [(root, None, iter(network[root]))]
    while path:
        actor, parent, others = path[-1]
        for other in others:
            if other not in order:
                order[other] = lowest[other] = len(order)
                path.append((other, actor, iter(network[other])))
                break
            if other != parent:
                lowest[actor] = min(lowest[actor], order[other])
        else:
            path.pop()
            if parent is not None:
                _go_back(walk, (parent, actor), order, lowest, below)
    return walk


def _go_back(
    walk: _Walk, step: tuple[Any, Any], order: dict[Any, int], lowest: dict[Any, int], below: dict[Any, int]
) -> None:
    """Carry what was found below `child` up to `parent`."""
    parent, child = step
    below[parent] += below[child]
    lowest[parent] = min(lowest[parent], lowest[child])
    if lowest[child] >= order[parent]:
        walk.pieces.setdefault(parent, []).append(below[child])
    if lowest[child] > order[parent]:
        walk.bridges[parent, child] = below[child]
