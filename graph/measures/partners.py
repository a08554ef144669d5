"""How many partners an actor has, who has none, who is new, and how open the sectors are to each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Openness:
    """The E–I index of a network beside what chance would make of it.

    Attributes:
        value: (external − internal) / (external + internal); −1 only within, +1 only between sectors.
        by_chance: mean of `value` if the sectors were dealt out anew among the same actors, exactly.
        ties: ties between two actors of known sector, ≥ 1.
    """

    value: float
    by_chance: float
    ties: int


def partners(network: nx.Graph[Any]) -> dict[Any, int]:
    """Number of different partners of each actor, 0 and up; in the network's order."""
    return {actor: len(network[actor]) for actor in network}


def weighted_partners(network: nx.Graph[Any]) -> dict[Any, float]:
    """Sum of the weights of an actor's ties, 0 and up: with Newman's weights the number of joint undertakings.

    Summed exactly, so that the order of ties does not count.

    Source: M. E. J. Newman: Scientific collaboration networks II. Physical Review E 64 (2001) 016132.
    """
    return {actor: fsum(tie.get("weight", 1) for tie in network[actor].values()) for actor in network}


def isolates(network: nx.Graph[Any]) -> list[Any]:
    """Actors without any partner, in the network's order."""
    return [actor for actor in network if not network[actor]]


def newcomers(two_mode: nx.Graph[Any], projects: int = 1) -> list[Any]:
    """Actors that take part in at most `projects` projects of a two-mode network, in its order."""
    kinds = two_mode.nodes(data=True)
    return [
        actor
        for actor, attributes in kinds
        if attributes["type"] == "actor"
        and sum(two_mode.nodes[other].get("type") == "project" for other in two_mode[actor]) <= projects
    ]


def openness(network: nx.Graph[Any], attribute: str = "sector") -> Openness | None:
    """E–I index: do ties run between sectors or within them?

    The bare figure looks open wherever there are many small sectors, so it never stands alone: `by_chance` is its
    mean over all ways to deal the same sectors out among the same actors, 1 − 2 Σ n_s (n_s − 1) / (n (n − 1))
    for n actors, n_s of them in sector s. Counted are ties whose both ends have a sector, and actors with such a tie.

    Returns:
        None if there is no such tie.

    Source: D. Krackhardt, R. N. Stern: Informal networks and organizational crises. Social Psychology Quarterly
    51 (1988) 123–140.
    """
    sectors = {actor: sector for actor, sector in network.nodes(data=attribute) if sector}
    ties = [(one, other) for one, other in network.edges if one in sectors and other in sectors]
    if not ties:
        return None
    external = sum(sectors[one] != sectors[other] for one, other in ties)
    tied = {actor for tie in ties for actor in tie}
    sizes = Counter(sectors[actor] for actor in tied)
    same = sum(size * (size - 1) for size in sizes.values()) / (len(tied) * (len(tied) - 1))
    return Openness(2 * external / len(ties) - 1, 1 - 2 * same, len(ties))


def actor_openness(network: nx.Graph[Any], attribute: str = "sector") -> dict[Any, float | None]:
    """E–I index of each actor's own ties, −1 to +1; None without a sector or a partner with one.

    Source: as `openness`.
    """
    return {actor: _own_openness(network, actor, attribute) for actor in network}


def _own_openness(network: nx.Graph[Any], actor: Any, attribute: str) -> float | None:
    own = network.nodes[actor].get(attribute)
    others = [network.nodes[other].get(attribute) for other in network[actor]]
    known = [sector for sector in others if sector]
    if not own or not known:
        return None
    external = sum(1 for sector in known if sector != own)
    return 2 * external / len(known) - 1
