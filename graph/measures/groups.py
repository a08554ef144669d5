"""Groups of actors that work more with each other than with the rest, as far as they are stable."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

SMALLEST = 3
"""Two actors are a partnership; a group begins at three."""

ROUNDS = 10
"""Rounds of improvement per run; after these the modularity grows by less than a hundredth."""

_dice = threading.Lock()  # igraph has one source of lots for the whole process


@dataclass(frozen=True, slots=True)
class Group:
    """Actors that nearly every run puts together.

    Attributes:
        core: its best-tied member (most tie weight within the group), after whom it is named.
        members: sorted, at least three, the core included.
        stability: share of runs in which two tied members fall into one group, mean over their ties, 0.9 to 1.
    """

    core: Any
    members: tuple[Any, ...]
    stability: float


def groups(network: nx.Graph[Any], *, runs: int = 50, stable: float = 0.9) -> list[Group]:
    """Leiden groups that do not hang on the seed.

    Leiden finds groups of greatest modularity (weights of ties counted); another seed may find others. So it runs
    `runs` times with the seeds 0, 1, 2 …; a tie holds if both its ends fall into one group in at least a share
    `stable` of the runs; a group is what is connected by ties that hold. Who is in no such group is in none.

    Args:
        network: of actors, undirected; edge attribute `weight` (1 where it is missing).
        runs: number of seeds, ≥ 1.
        stable: share of runs, 0 to 1.

    Returns:
        Biggest first, then by members.

    Source: V. A. Traag, L. Waltman, N. J. van Eck: From Louvain to Leiden. Scientific Reports 9 (2019) 5233.
    """
    ties = tuple(sorted((min(tie), max(tie)) for tie in network.edges))
    if not ties:
        return []
    weights = tuple(network.edges[tie].get("weight", 1) for tie in ties)
    import networkx as nx

    holding: nx.Graph[Any] = nx.Graph()
    for tie, weight, together in zip(ties, weights, _together(ties, weights, runs), strict=True):
        if together >= stable * runs:
            holding.add_edge(*tie, weight=weight, share=together / runs)
    found = [_group(holding, members) for members in nx.connected_components(holding) if len(members) >= SMALLEST]
    return sorted(found, key=lambda group: (-len(group.members), group.members))


@lru_cache(maxsize=8)  # most changes of the data leave the ties as they are, and this takes a fifth of a second
def _together(ties: tuple[tuple[Any, Any], ...], weights: tuple[float, ...], runs: int) -> tuple[int, ...]:
    """In how many runs the two ends of each tie fall into one group."""
    import igraph

    place = {actor: index for index, actor in enumerate(sorted({end for tie in ties for end in tie}))}
    ends = [(place[one], place[other]) for one, other in ties]
    network = igraph.Graph(n=len(place), edges=ends)
    together = [0] * len(ties)
    with _dice:
        for seed in range(runs):
            igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  # lots, not secrets
            part = network.community_leiden("modularity", weights=list(weights), n_iterations=ROUNDS).membership
            together = [count + (part[one] == part[other]) for count, (one, other) in zip(together, ends, strict=True)]
        igraph.set_random_number_generator(random)
    return tuple(together)


def _group(holding: nx.Graph[Any], members: set[Any]) -> Group:
    ordered = sorted(members)
    strength = {actor: fsum(tie["weight"] for tie in holding[actor].values()) for actor in ordered}
    shares = [tie["share"] for _, _, tie in holding.subgraph(members).edges(data=True)]
    core = max(ordered, key=lambda actor: strength[actor])
    return Group(core, tuple(ordered), fsum(shares) / len(shares))
