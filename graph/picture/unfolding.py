"""The surroundings of one node with what somebody unfolded, and with many leaves folded into a number."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from graph.network import neighbourhood
from graph.picture.filtering import kind_of, part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import networkx as nx

    Network = nx.MultiGraph[str]
    Point = tuple[float, float]

LEAVES = 7
"""From this many on the leaves of one node are folded: "+12 Akteure" says as much as twelve dots."""

_APART = 62.0
"""Pixels between what is unfolded, and between its rows."""

_WIDEST = math.radians(150)


def surroundings(whole: Network, focus: str, steps: int, opened: Collection[str] = ()) -> Network:
    """What lies around `focus`, with the neighbours of the `opened` nodes among it.

    Returns:
        The part of `whole`. Its nodes have ``distance`` (steps from the focus), ``hidden`` (neighbours that are not
        shown), ``folded`` (the kind these have in common, or ""), ``opened``, and ``opener`` (on whose account a node
        is shown that would not be otherwise, or "").
    """
    distance: dict[str, int] = {
        n: facts["distance"] for n, facts in neighbourhood(whole, focus, steps).nodes(data=True)
    }
    opener = dict.fromkeys(_closed(whole, focus, distance), "")
    waiting = [node for node in opened if node != focus]
    while here := next((node for node in waiting if node in opener), None):
        waiting.remove(here)
        for other in whole[here]:
            if other not in opener:
                opener[other] = here
                distance[other] = distance.get(here, 0) + 1
    shown = part(whole, set(opener))
    for node, facts in shown.nodes(data=True):
        hidden = [kind_of(whole.nodes[other]) for other in whole[node] if other not in opener]
        facts |= {
            "distance": distance[node], "opener": opener[node], "opened": node in opened, "hidden": len(hidden),
            "folded": hidden[0] if len(set(hidden)) == 1 else "",
        }  # fmt: skip
    return shown


def _closed(whole: Network, focus: str, distance: Mapping[str, int]) -> list[str]:
    """The surroundings before anything is unfolded: without leaves where there are many on one node."""
    leaves: defaultdict[str, list[str]] = defaultdict(list)
    for node, steps in distance.items():
        near = [other for other in whole[node] if other in distance]
        if steps > 1 and len(near) == 1 and near[0] != focus:
            leaves[near[0]].append(node)
    folded = {node for found in leaves.values() if len(found) >= LEAVES for node in found}
    return [node for node in distance if node not in folded]


def fanned(network: Network, places: Mapping[str, Point]) -> dict[str, Point]:
    """Places for all of `network`: those given, and the unfolded ones in rows outward from who unfolded them.

    Args:
        network: from `surroundings`.
        places: of all nodes without an ``opener``; they stay.
    """
    found = dict(places)
    waiting = [(node, facts["opener"]) for node, facts in network.nodes(data=True) if facts["opener"]]
    by_opener: defaultdict[str, list[str]] = defaultdict(list)
    for node, opener in waiting:
        by_opener[opener].append(node)
    while ready := [opener for opener in by_opener if opener in found]:
        for opener in ready:
            slots = _slots(found, opener)
            for node in sorted(by_opener.pop(opener), key=lambda node: _order(network.nodes[node])):
                found[node] = next(slots)
    return found


def _order(node: Mapping[str, Any]) -> tuple[str, str]:
    return kind_of(node), node["label"].casefold()


def _slots(taken: dict[str, Point], opener: str) -> Iterator[Point]:
    """Free places round a node, on arcs away from the middle of the picture, the nearest first."""
    x, y = taken[opener]
    outward = math.atan2(y, x) if (x, y) != (0, 0) else -math.pi / 2
    row = 1
    while True:
        row += 1
        radius = row * _APART
        count = max(2, int(radius * _WIDEST / _APART))
        for index in sorted(range(count), key=lambda index: abs(2 * index - count + 1)):
            angle = outward + _WIDEST * (index / (count - 1) - 0.5)
            slot = round(x + 1.25 * radius * math.cos(angle), 1), round(y + radius * math.sin(angle), 1)
            if all(math.dist(slot, other) > _APART * 0.7 for other in taken.values()):
                yield slot
