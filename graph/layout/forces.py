"""Places from ties alone: a start by pivot MDS, springs against repulsion, then no two nodes on top of each other.

All lengths here are in units of one spacing, the distance two tied nodes like to have; `arrangement` makes pixels
of them. Nodes are numbers 0 … n − 1; ties an (m, 2) array without loops and doubles.

Source: U. Brandes, C. Pich: Eigensolver methods for progressive multidimensional scaling. Graph Drawing 2006;
A. Noack: Energy models for graph clustering. Journal of Graph Algorithms and Applications 11 (2007) 453–480.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Places = NDArray[np.float64]
    Ties = NDArray[np.int64]

PIVOTS = 60
SAMPLES = 10
"""Others that each node is pushed by per round; their push counts for all, so a round is linear in n."""

CLEARANCE = 0.9
"""Least distance of two nodes after the overlaps are removed."""

_NEAR = 1.1
_NO_DIRECTION = 1e-9


@dataclass(frozen=True, slots=True)
class Cooling:
    """How many rounds, and how far a node may move in the first; from there it falls to nearly nothing."""

    rounds: int
    first: float


FRESH = Cooling(rounds=220, first=2.5)
RESTART = Cooling(rounds=40, first=0.25)


def pivot_mds(count: int, ties: Ties, seed: int) -> Places:
    """Start places of a connected network of at least three nodes: distances to a few far-apart pivots, flattened."""
    from scipy.sparse.csgraph import dijkstra

    matrix = _matrix(count, ties)
    random = np.random.default_rng(seed)
    degrees = np.diff(matrix.indptr)
    pivot = int(np.argmax(degrees))
    nearest = np.full(count, np.inf)
    columns = []
    for _ in range(min(PIVOTS, count)):
        distances = dijkstra(matrix, unweighted=True, indices=pivot)  # type: ignore[call-overload]  # stubs lack it
        columns.append(distances)
        nearest = np.minimum(nearest, distances)
        pivot = int(np.argmax(nearest + random.random(count) * 1e-6))
    squares = np.array(columns).T ** 2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean())
    _, vectors = np.linalg.eigh(centred.T @ centred)
    places = centred @ vectors[:, -2:]
    places /= np.abs(places).max() + _NO_DIRECTION
    strongest = np.argmax(np.abs(places), axis=0)
    places *= np.sign(places[strongest, [0, 1]]) + (places[strongest, [0, 1]] == 0)  # an axis has no sign: fix it
    spread: Places = (places + random.normal(0, 0.01, places.shape)) * np.sqrt(count) * 0.6
    return spread


def relaxed(places: Places, ties: Ties, *, cooling: Cooling, mobility: Places | None = None, seed: int) -> Places:
    """Places after the forces have worked: tied nodes attract, all repel, the middle holds.

    Args:
        places: (n, 2) start.
        ties: (m, 2) node numbers.
        cooling: how long and how far.
        mobility: (n,) 0 (stays) to 1 (free); all free if None.
        seed: of the sampled repulsion.

    Returns:
        (n, 2) places; the given ones are left alone.
    """
    count = len(places)
    random = np.random.default_rng(seed)
    ends = ties[:, 0], ties[:, 1]
    degrees = np.maximum(1, np.bincount(ties.ravel(), minlength=count)).astype(float)
    stiffness = 1 / np.sqrt(np.minimum(degrees[ends[0]], degrees[ends[1]]))
    masses = np.sqrt(degrees)
    free = np.ones(count) if mobility is None else mobility
    now = places.copy()
    for turn in range(cooling.rounds):
        force = _attraction(now, ends, stiffness) + _repulsion(now, masses, random) - now * 0.02
        if turn % 4 == 3:
            force += _push_apart(now, _NEAR, 1.2)
        length = np.hypot(force[:, 0], force[:, 1]) + _NO_DIRECTION
        limit = cooling.first * (1 - turn / cooling.rounds) + 0.01
        now += force * (np.minimum(length, limit) / length * free)[:, None]
    return now


def without_overlaps(places: Places, clearance: float = CLEARANCE, *, seed: int = 0) -> Places:
    """Places moved apart until no two nodes are nearer than about `clearance` (a last few may be in dense cores)."""
    random = np.random.default_rng(seed)
    now = places + random.normal(0, 1e-4, places.shape)  # two nodes on one spot have no direction to part in
    now *= _room(now, clearance)
    for _ in range(40):
        moves = _push_apart(now, clearance, 0.5)
        if not moves.any():
            break
        now += moves * 0.7
    return now


def _room(places: Places, clearance: float) -> float:
    """How much wider a picture must be so that its nodes have room without being torn from each other, ≥ 1.

    A disc of evenly spread nodes has the area 4 π σ_x σ_y; nodes that keep their distance need about 1.6 squares each.
    """
    area = 4 * np.pi * float(np.prod(places.std(axis=0)))
    needed = 1.6 * len(places) * clearance**2
    return float(np.clip((needed / max(area, _NO_DIRECTION)) ** 0.5, 1, 4))


def _matrix(count: int, ties: Ties) -> csr_array[np.float64]:
    from scipy.sparse import csr_array

    both = np.concatenate([ties, ties[:, ::-1]])
    return csr_array((np.ones(len(both), dtype=float), (both[:, 0], both[:, 1])), shape=(count, count))


def _attraction(places: Places, ends: tuple[Ties, Ties], stiffness: Places) -> Places:
    """Springs whose pull grows with the logarithm of their length, so that far ends keep clusters apart."""
    one, other = ends
    across = places[other] - places[one]
    length = np.hypot(across[:, 0], across[:, 1]) + _NO_DIRECTION
    return _summed(across * (np.log1p(length) / length * stiffness)[:, None], one, other, len(places))


def _repulsion(places: Places, masses: Places, random: np.random.Generator) -> Places:
    """The push of a few others drawn by lot, each standing for its share of all."""
    count = len(places)
    drawn = random.integers(0, count, (count, min(SAMPLES, count)))
    away = places[:, None, :] - places[drawn]
    squares = (away**2).sum(axis=2) + 0.05
    push = masses[:, None] * masses[drawn] * (0.056 * np.sqrt(count) / drawn.shape[1]) / squares
    total: Places = (push[:, :, None] * away).sum(axis=1)
    return total


def _push_apart(places: Places, distance: float, strength: float) -> Places:
    """What parts all pairs nearer than `distance`: more the nearer, up to `strength` for two on one spot."""
    from scipy.spatial import cKDTree

    pairs = cKDTree(places).query_pairs(distance, output_type="ndarray")
    one, other = pairs[:, 0], pairs[:, 1]
    across = places[one] - places[other]
    length = np.hypot(across[:, 0], across[:, 1]) + 1e-6
    return _summed(across * ((distance - length) / length * strength)[:, None], one, other, len(places))


def _summed(forces: Places, one: Ties, other: Ties, count: int) -> Places:
    """Per node, the forces at its first ends less those at its second ends."""
    axes = [np.bincount(one, forces[:, axis], count) - np.bincount(other, forces[:, axis], count) for axis in (0, 1)]
    return np.column_stack(axes)
