"""Who stands between others: betweenness, Burt's constraint and effective size."""

from __future__ import annotations

import math
import random
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

IGRAPH_FROM = 300
"""Number of actors from which igraph, once loaded, is worth its 0.2 s; the values are the same."""


def betweenness(network: nx.Graph[Any]) -> dict[Any, float]:
    """Share of all pairs of others whose shortest ways lead through an actor.

    Σ σ(s, t | v) / σ(s, t) over all pairs s, t of others, divided by their number (n − 1)(n − 2) / 2; ways counted in
    steps, not in weights; pairs that do not reach each other count as 0. From 0 to 1 (the middle of a star).
    0 for everybody in a network of fewer than three.

    Source: L. C. Freeman: A set of measures of centrality based on betweenness. Sociometry 40 (1977) 35–41.
    """
    if len(network) < IGRAPH_FROM:
        import networkx as nx

        return {actor: float(value) for actor, value in nx.betweenness_centrality(network).items()}
    import igraph

    place = {actor: index for index, actor in enumerate(network)}
    fast = igraph.Graph(n=len(place), edges=[(place[one], place[other]) for one, other in network.edges])
    pairs = (len(place) - 1) * (len(place) - 2) / 2
    return {actor: value / pairs for actor, value in zip(place, fast.betweenness(directed=False), strict=True)}


def betweenness_ranks(
    network: nx.Graph[Any], *, runs: int = 40, share: float = 0.1, sources: int = 300, seed: int = 1
) -> dict[Any, tuple[int, int]]:
    """Between which ranks of betweenness an actor stays if a share of the ties had not been recorded.

    In each run a random `share` of the ties is left out, and actors are ranked anew (1 is the greatest; equals share
    the better rank). An order of actors is worth telling only as far as these ranges do not overlap.

    Args:
        network: of actors, undirected.
        runs: number of runs, ≥ 1.
        share: of the ties, 0 to 1.
        sources: of a network of more actors than these, each run counts the ways from as many, drawn anew. Ranges only
            get wider by it, and forty runs take seconds instead of minutes.
        seed: of the lots; the same seed gives the same answer.

    Returns:
        Actor to (best rank, worst rank) over all runs, in the network's order; empty for an empty network.

    Source: S. P. Borgatti, K. M. Carley, D. Krackhardt: On the robustness of centrality measures under conditions of
    imperfect data. Social Networks 28 (2006) 124–136. Drawn sources: U. Brandes, C. Pich: Centrality estimation in
    large networks. International Journal of Bifurcation and Chaos 17 (2007) 2303–2318.
    """
    ties = tuple(sorted((min(tie), max(tie)) for tie in network.edges))
    found, alone = _ranks(ties, runs, share, sources, seed)
    return {actor: found.get(actor, alone) for actor in network}


@lru_cache(maxsize=8)  # most changes of the data leave the ties as they are, and this takes a tenth of a second
def _ranks(
    ties: tuple[tuple[Any, Any], ...], runs: int, share: float, sources: int, seed: int
) -> tuple[dict[Any, tuple[int, int]], tuple[int, int]]:
    """The ranges of ranks of actors with ties, and that of those without: between nobody, behind all who are."""
    import igraph

    place = {actor: index for index, actor in enumerate(sorted({end for tie in ties for end in tie}))}
    ends = [(place[one], place[other]) for one, other in ties]
    lots = random.Random(seed)  # noqa: S311  # lots, not secrets
    ranks, alone = [], []
    for _ in range(runs):
        left = lots.sample(ends, len(ends) - round(len(ends) * share))
        drawn = lots.sample(range(len(place)), sources) if len(place) > sources else None
        counted = igraph.Graph(n=len(place), edges=left).betweenness(directed=False, sources=drawn)
        values = [round(value, 9) for value in counted]
        first: dict[float, int] = {}
        for rank, value in enumerate(sorted([*values, 0.0], reverse=True), 1):
            first.setdefault(value, rank)
        ranks.append([first[value] for value in values])
        alone.append(first[0.0])
    by_actor = zip(place, zip(*ranks, strict=True), strict=True)
    return {actor: (min(found), max(found)) for actor, found in by_actor}, (min(alone), max(alone))


def constraint(network: nx.Graph[Any], weight: str | None = "weight") -> dict[Any, float | None]:
    """Burt's constraint: how far an actor's partners lead back to each other; small values leave room to broker.

    c_i = Σ_j (p_ij + Σ_q p_iq p_qj)² over the partners j of i, where p_ij is the share of i's tie weight that goes
    to j. Above 0, 1 for an actor with one partner who has others, at most 1.125 (a closed triangle of equals).
    Undefined (None) for an actor without partners.

    Args:
        network: of actors, undirected.
        weight: edge attribute with positive weights; a missing one counts 1. None: every tie counts 1.

    Source: R. S. Burt: Structural Holes. Harvard University Press, 1992, chapter 2.
    """
    import networkx as nx

    return _defined(nx.constraint(network, weight=weight)) if network else {}


def effective_size(network: nx.Graph[Any]) -> dict[Any, float | None]:
    """Number of partners less what they are already tied among themselves.

    n − 2 t / n for an actor with n partners who have t ties with each other: from 1 (all know each other) to n (none
    do). Undefined (None) for an actor without partners.

    Source: S. P. Borgatti: Structural holes: unpacking Burt's redundancy measures. Connections 20 (1997) 35–38.
    """
    import networkx as nx

    return _defined(nx.effective_size(network)) if network else {}


def _defined(values: Mapping[Any, float]) -> dict[Any, float | None]:
    """Networkx says NaN where nothing is defined, which no JSON reader takes."""
    return {actor: None if math.isnan(value) else float(value) for actor, value in values.items()}
