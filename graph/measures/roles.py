"""Between whom an actor mediates: Gould and Fernandez' roles of brokers between sectors."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How many pairs of its partners who do not know each other an actor stands between, by role; each 0 and up.

    Attributes:
        coordinator: both are of its own sector.
        gatekeeper: one is of its own sector, the other of another (gatekeeper and representative are one where ties
            have no direction).
        itinerant: both are of one other sector.
        liaison: all three are of different sectors.
    """

    coordinator: int = 0
    gatekeeper: int = 0
    itinerant: int = 0
    liaison: int = 0

    @property
    def between_sectors(self) -> int:
        """Pairs it brings together across a border of sectors."""
        return self.gatekeeper + self.liaison


def brokerage_roles(network: nx.Graph[Any], attribute: str = "sector") -> dict[Any, Brokerage]:
    """The roles of every actor of known sector; partners of unknown sector do not count; in the network's order.

    Source: R. V. Gould, R. M. Fernandez: Structures of mediation. Sociological Methodology 19 (1989) 89–126.
    """
    sectors = {actor: str(sector) for actor, sector in network.nodes(data=attribute) if sector}
    return {actor: _roles(network, actor, sectors) for actor in sectors}


def _roles(network: nx.Graph[Any], actor: Any, sectors: dict[Any, str]) -> Brokerage:
    counts = dict.fromkeys(Brokerage.__dataclass_fields__, 0)
    for one, other in combinations([partner for partner in network[actor] if partner in sectors], 2):
        if not network.has_edge(one, other):
            counts[_role(sectors[actor], sectors[one], sectors[other])] += 1
    return Brokerage(**counts)


def _role(own: str, one: str, other: str) -> str:
    if one == other:
        return "coordinator" if own == one else "itinerant"
    return "gatekeeper" if own in (one, other) else "liaison"
