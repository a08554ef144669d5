"""The surroundings of one node as rings: the nearer, the further in; the same picture every time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Point = tuple[float, float]

GAP = 170.0
"""Pixels from one ring to the next: room for a label."""

SPACING = 90.0
"""Least pixels between neighbours on a ring; where there are too many for one circle the ring becomes several."""

_TYPES = ("actor", "network", "project", "event", "handlungsfeld", "place", "programme")


def rings(network: nx.Graph[Any], focus: Any) -> dict[Any, Point]:
    """Places round `focus`, in pixels with y downwards: it at (0, 0), what is n links away on ring n.

    On the first ring alike stands beside alike: by type, then Handlungsfeld, then sector, then label, clockwise from
    the top. On the others each node stands as near as may be to the one it is reached by. What `focus` does not
    reach stands on one more ring, outermost.

    Args:
        network: a two-mode or one-mode network with `type`, `sector`, `label`; missing ones count as "".
        focus: a node of it.

    Returns:
        Every node to (x, y), in order of the nodes; the same for every order of nodes and ties.

    Raises:
        NotFound: `focus` is not in the network.
    """
    if focus not in network:
        raise NotFound("node", str(focus))
    distances: Mapping[Any, int] = nx.single_source_shortest_path_length(network, focus)
    farthest = max(distances.values()) + 1
    places: dict[Any, Point] = {focus: (0.0, 0.0)}
    angles = {focus: -math.pi / 2}
    radius = 0.0
    for distance in range(1, farthest + 1):
        ring = [node for node in network if distances.get(node, farthest) == distance]
        if ring:
            ordered = _ordered(network, ring, angles, first=distance == 1)
            angles |= _turned(network, ordered, angles)
            radius = _place_ring(places, ordered, angles, radius)
    return {node: places[node] for node in sorted(network)}


def _ordered(network: nx.Graph[Any], ring: Sequence[Any], angles: Mapping[Any, float], *, first: bool) -> list[Any]:
    """A ring's nodes clockwise."""
    if first:
        return sorted(ring, key=lambda node: _likeness(network, node))
    return sorted(ring, key=lambda node: (_wanted(network, node, angles), _likeness(network, node)))


def _likeness(network: nx.Graph[Any], node: Any) -> tuple[Any, ...]:
    attributes = network.nodes[node]
    kind = attributes.get("type", "")
    fields = [other for other in network[node] if network.nodes[other].get("type") == "handlungsfeld"]
    rank = _TYPES.index(kind) if kind in _TYPES else len(_TYPES)
    return (
        rank,
        min(map(str, fields), default="~"),
        attributes.get("sector", ""),
        attributes.get("label", ""),
        str(node),
    )


def _wanted(network: nx.Graph[Any], node: Any, angles: Mapping[Any, float]) -> float:
    """The angle of the first of its neighbours further in, from the top clockwise; of one without, the last."""
    known = [angles[other] for other in network[node] if other in angles]
    return min(known, default=math.inf)


def _turned(network: nx.Graph[Any], ordered: Sequence[Any], angles: Mapping[Any, float]) -> dict[Any, float]:
    """Evenly spread angles, turned together so that nodes stand near those they are reached by."""
    step = 2 * math.pi / len(ordered)
    even = [-math.pi / 2 + step * number for number in range(len(ordered))]
    wanted = [_wanted(network, node, angles) for node in ordered]
    off = [want - angle for want, angle in zip(wanted, even, strict=True) if math.isfinite(want)]
    turn = math.atan2(math.fsum(map(math.sin, off)), math.fsum(map(math.cos, off))) if len(angles) > 1 and off else 0.0
    return {node: angle + turn for node, angle in zip(ordered, even, strict=True)}


def _place_ring(places: dict[Any, Point], ordered: Sequence[Any], angles: Mapping[Any, float], inner: float) -> float:
    """Put a ring's nodes on as many circles as keep them apart; the radius of the outermost."""
    circles = 1
    while 2 * math.pi * (inner + GAP) * circles / len(ordered) < SPACING:
        circles += 1
    for number, node in enumerate(ordered):
        radius = inner + GAP + (number % circles) * SPACING
        places[node] = round(radius * math.cos(angles[node]), 2), round(radius * math.sin(angles[node]), 2)
    return inner + GAP + (circles - 1) * SPACING
