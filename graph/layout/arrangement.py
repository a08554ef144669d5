"""Places for a whole network: each component by its forces, the components packed, old places kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from graph.layout.forces import CLEARANCE, FRESH, RESTART, pivot_mds, relaxed, without_overlaps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.layout.forces import Places, Ties

    Point = tuple[float, float]

STIFFNESS = 0.15
"""How far a node that has a place may follow the forces when others join; 0 would freeze it, 1 set it free."""

SCREEN = 2.0
"""Width to height above which a picture has room beneath rather than beside: screens are wide."""

_AIRY, _DENSE, _MANY = 100.0, 70.0, 3000


def positions(
    network: nx.Graph[Any], *, start: Mapping[Any, Sequence[float]] | None = None, seed: int = 1
) -> dict[Any, Point]:
    """Where each node is drawn, in pixels with y downwards.

    The same network gives the same places whatever the order of its nodes and ties; parallel ties and loops do not
    count. The biggest component comes first, the smaller ones and single nodes in columns beside it, or in rows
    beneath it where it is wide already. Two nodes are about 60 to 100 pixels from each other at the nearest.

    Args:
        network: any NetworkX network; its nodes must be sortable.
        start: places to keep; nodes with one follow the forces only a little, new ones appear beside their
            neighbours, or beside all others if they have none. Places of nodes that are not in the network are ignored.
        seed: another seed, another picture.

    Returns:
        Every node to finite (x, y), in order of the nodes; empty for an empty network.
    """
    nodes = sorted(network)
    place_of = {node: number for number, node in enumerate(nodes)}
    ties = _ties(network, place_of)
    spacing = _spacing(len(nodes))
    old = np.full((len(nodes), 2), np.nan)
    for node, point in (start or {}).items():
        if node in place_of and np.isfinite(point).all():
            old[place_of[node]] = point
    places = _arranged(old / spacing, _components(len(nodes), ties), ties, seed) * spacing
    return {node: (round(float(x), 2), round(float(y), 2)) for node, (x, y) in zip(nodes, places, strict=True)}


def _ties(network: nx.Graph[Any], place_of: Mapping[Any, int]) -> Ties:
    """Each tied pair once, in order."""
    simple: nx.Graph[Any] = nx.Graph(network)
    pairs = [(place_of[one], place_of[other]) for one, other in simple.edges if one != other]
    return np.array(sorted((min(pair), max(pair)) for pair in pairs), dtype=np.int64).reshape(-1, 2)


def _spacing(count: int) -> float:
    """Pixels that two tied nodes like to have between them: airier when there are few."""
    return float(np.clip(_DENSE * (_MANY / max(count, 1)) ** 0.3, _DENSE, _AIRY))


def _components(count: int, ties: Ties) -> list[Ties]:
    """Node numbers of each component, the biggest first, then by their first node."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    if not count:
        return []
    matrix = csr_array((np.ones(len(ties)), (ties[:, 0], ties[:, 1])), shape=(count, count))
    found, labels = connected_components(matrix, directed=False)
    members = np.split(np.argsort(labels, kind="stable"), np.cumsum(np.bincount(labels, minlength=found))[:-1])
    return sorted(members, key=lambda numbers: (-len(numbers), numbers[0]))


def _arranged(old: Places, components: Sequence[Ties], ties: Ties, seed: int) -> Places:
    """Components that have a place stay there; the others are laid out for themselves and packed at the side."""
    places = old.copy()
    settled = [numbers for numbers in components if np.isfinite(old[numbers, 0]).any()]
    if settled:
        numbers = np.sort(np.concatenate(settled))
        places[numbers] = _restarted(old[numbers], _inner_ties(numbers, ties, len(old)), seed)
    loose = [numbers for numbers in components if not np.isfinite(old[numbers, 0]).any()]
    blocks = [_fresh(len(numbers), _inner_ties(numbers, ties, len(old)), seed) for numbers in loose]
    for numbers, block in zip(loose, _packed(blocks, places[np.isfinite(places[:, 0])]), strict=True):
        places[numbers] = block
    return places


def _inner_ties(numbers: Ties, ties: Ties, count: int) -> Ties:
    """Ties within a component, counted by the places of its nodes in it."""
    inside = np.full(count, -1)
    inside[numbers] = np.arange(len(numbers))
    return inside[ties[inside[ties[:, 0]] >= 0]]


def _fresh(count: int, ties: Ties, seed: int) -> Places:
    """A connected component laid out from nothing, round its middle."""
    if count <= 2:
        return np.array([[-0.5, 0.0], [0.5, 0.0]]) * 1.5 if count == 2 else np.zeros((1, 2))
    places = without_overlaps(relaxed(pivot_mds(count, ties, seed), ties, cooling=FRESH, seed=seed), seed=seed)
    return _wide(places - places.mean(axis=0))


def _wide(places: Places) -> Places:
    """Turned so that the longer side lies across, because screens do."""
    _, axes = np.linalg.eigh(places.T @ places)
    axes = axes[:, ::-1] * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]][::-1])
    turned: Places = places @ axes
    return turned


def _restarted(old: Places, ties: Ties, seed: int) -> Places:
    """Old places with new nodes among them."""
    known = np.isfinite(old[:, 0])
    places = _beside_neighbours(old, ties, seed)
    mobility = np.where(known, STIFFNESS, 1.0)
    moved = relaxed(places, ties, cooling=RESTART, mobility=mobility, seed=seed)
    return without_overlaps(moved, seed=seed)


def _beside_neighbours(old: Places, ties: Ties, seed: int) -> Places:
    """New nodes at the middle of their placed neighbours, a little aside; outward from these, step by step."""
    random = np.random.default_rng(seed)
    aside = random.normal(0, 0.3, old.shape)
    places = old.copy()
    both = np.concatenate([ties, ties[:, ::-1]])
    while (missing := np.isnan(places[:, 0])).any():
        toward = both[missing[both[:, 0]] & ~missing[both[:, 1]]]
        counts = np.bincount(toward[:, 0], minlength=len(old))
        sums = np.column_stack([np.bincount(toward[:, 0], places[toward[:, 1], axis], len(old)) for axis in (0, 1)])
        reached = counts > 0
        places[reached] = sums[reached] / counts[reached, None] + aside[reached]
    return places


def _packed(blocks: Sequence[Places], taken: Places) -> list[Places]:
    """Blocks beside what is there, or beneath it if it is wide already; the first block is the middle if nothing is."""
    if not blocks:
        return []
    if not len(taken):
        return [blocks[0], *_packed(blocks[1:], blocks[0])]
    wide, high = np.ptp(taken, axis=0)
    if wide >= SCREEN * high:
        return _in_rows(blocks, taken)
    return [block[:, ::-1] for block in _in_rows([block[:, ::-1] for block in blocks], taken[:, ::-1])]


def _in_rows(blocks: Sequence[Places], taken: Places) -> list[Places]:
    """Blocks in rows beneath what is there."""
    area = sum(float(np.prod(_extent(block))) for block in blocks)
    width = max(float(np.ptp(taken[:, 0])), 1.4 * area**0.5)
    left = float(taken[:, 0].min() + taken[:, 0].max() - width) / 2
    x, top, height = left, float(taken[:, 1].max()) + 2 * CLEARANCE, 0.0
    packed = []
    for block in blocks:
        wide, high = _extent(block)
        if x > left and x + wide > left + width + CLEARANCE:
            x, top, height = left, top + height, 0.0
        packed.append(block - block.min(axis=0) + (x + CLEARANCE / 2, top + CLEARANCE / 2))
        x, height = x + wide, max(height, high)
    return packed


def _extent(block: Places) -> tuple[float, float]:
    """Width and height of a block with the free space round it."""
    wide, high = np.ptp(block, axis=0) + 1.25 * CLEARANCE
    return float(wide), float(high)
