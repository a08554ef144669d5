"""The surroundings of one node as rings: who is one step away stands on the first ring, who is two on the second.

A radial tree: every node gets a share of the circle that grows with what lies behind it, and stands in the middle of
the share; what belongs together by `order` stands side by side. The rings are ellipses, because names are wider than
high. Deterministic; no force, no chance.

Source: G. J. Wills, "NicheWorks – interactive visualization of very large graphs", J. Comput. Graph. Stat. 8 (1999).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import networkx as nx

GAP = 165.0
"""Least distance between two rings, in pixels at scale 1."""

ROOM = 30.0
"""Least length of the ring for one node, in pixels at scale 1."""

WIDER = 1.35
"""How much wider than high a ring is."""


@dataclass(frozen=True)
class Rings:
    """Where everything stands.

    ``places`` are pixels at scale 1, the focus at the origin; ``shares`` the part of the circle each node has with what
    lies behind it, from and to in radians, clockwise from the top (-π/2); ``radii`` those of the rings by distance.
    """

    places: dict[str, tuple[float, float]]
    shares: dict[str, tuple[float, float]]
    radii: dict[int, float]


def rings(network: nx.Graph[str], found: Mapping[str, int], order: Callable[[str], Any]) -> Rings:
    """Where each node of `found` stands, the focus at the origin.

    Args:
        network: holds all nodes of `found`.
        found: distance of each node from the focus, the focus first and no node before a nearer one.
        order: what belongs together gets keys side by side; the circle is filled in this order, clockwise from the top.

    Returns:
        The rings. On one of them neighbours stand at least `ROOM` apart along the circle.
    """
    children = _tree(network, found, order)
    leaves = _leaves(children, found)
    focus = next(iter(found))
    shares = {focus: (-math.pi / 2, 3 * math.pi / 2)}
    for node in found:  # nearest first, so a parent has its share before its children
        low, high = shares[node]
        at = low
        for child in children[node]:
            width = (high - low) * leaves[child] / leaves[node]
            shares[child] = (at, at + width)
            at += width
    middle = {node: (low + high) / 2 for node, (low, high) in shares.items()}
    radii = _radii(found, middle)
    places = {node: on_ring(radii[distance], middle[node]) for node, distance in found.items()}
    return Rings(places, shares, radii)


def on_ring(radius: float, angle: float) -> tuple[float, float]:
    """The point at an angle of a ring with that radius, in pixels at scale 1."""
    return round(WIDER * radius * math.cos(angle), 1), round(radius * math.sin(angle), 1)


def _tree(network: nx.Graph[str], found: Mapping[str, int], order: Callable[[str], Any]) -> dict[str, list[str]]:
    """Children of each node: every node hangs on the first of its neighbours one step nearer, else on the focus."""
    children: dict[str, list[str]] = {node: [] for node in found}
    focus = next(iter(found))
    place = {node: index for index, node in enumerate(sorted(found, key=order))}
    for node, distance in found.items():
        if distance:
            nearer = [other for other in network[node] if found.get(other) == distance - 1]
            children[min(nearer, key=place.__getitem__, default=focus)].append(node)
    for siblings in children.values():
        siblings.sort(key=place.__getitem__)
    return children


def _leaves(children: Mapping[str, list[str]], found: Mapping[str, int]) -> dict[str, int]:
    leaves: dict[str, int] = {}
    for node in reversed(list(found)):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    return leaves


def _radii(found: Mapping[str, int], middle: Mapping[str, float]) -> dict[int, float]:
    """Radius of each ring: far enough from the last one, and long enough for its two nearest nodes."""
    radii = {0: 0.0}
    for ring in range(1, max(found.values(), default=0) + 1):
        on_ring = sorted(middle[node] for node, distance in found.items() if distance == ring)
        closest = min((right - left for left, right in pairwise(on_ring)), default=math.pi)
        radii[ring] = max(radii[ring - 1] + GAP, ROOM / max(closest, 1e-6))
    return radii
