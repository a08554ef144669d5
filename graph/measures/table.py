"""All measures side by side: one line per actor, one summary for the whole."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from graph.measures.brokerage import betweenness, constraint, effective_size
from graph.measures.cuts import components, cut_actors, cut_ties
from graph.measures.groups import groups
from graph.measures.partners import Openness, actor_openness, isolates, openness, partners, weighted_partners

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class ActorMeasures:
    """One actor's figures; what each says stands in `MEASURES`, how it is computed in the function of its name.

    Attributes:
        iri, label, slug, type, sector: who it is.
        loses: how many others lose their connection without it, 0 and up (`cut_actors`).
        constraint, effective_size, openness: None where undefined.
        group: name of its stable group's core, "" if it is in none.
        component: how many actors reach each other where it stands, itself included; 1 for an isolate.
    """

    iri: str
    label: str
    slug: str
    type: str
    sector: str
    partners: int
    weighted_partners: float
    loses: int
    betweenness: float
    constraint: float | None
    effective_size: float | None
    openness: float | None
    group: str
    component: int

    def row(self) -> dict[str, Any]:
        """The line for CSV and JSON; floats rounded to four places."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class NetworkSummary:
    """The whole network in figures.

    Attributes:
        actors, ties, isolates, components: counts; an isolate is a component.
        largest: actors in the biggest component, 0 if there is none.
        mean_partners: partners per actor, None without actors.
        centralisation: 0 (all have equally many partners) to 1 (a star); None for fewer than three actors.
        cut_actors, cut_ties: how many actors or ties hold something alone.
        groups: number of stable groups.
        openness: of the sectors, beside chance; None without ties of known sectors.
        with_sector: share of actors whose sector is known, None without actors.
        dated_ties: share of ties with a first day known, None without ties.
    """

    actors: int
    ties: int
    isolates: int
    components: int
    largest: int
    mean_partners: float | None
    centralisation: float | None
    cut_actors: int
    cut_ties: int
    groups: int
    openness: Openness | None
    with_sector: float | None
    dated_ties: float | None


def measure_table(network: nx.Graph[Any]) -> list[ActorMeasures]:
    """Every actor's measures in a one-mode network, in order of its name, then of its IRI.

    Args:
        network: of actors with `label`, `slug`, `type`, `sector`, and ties with `weight`; what is missing is "" or 1.
    """
    columns: dict[str, dict[Any, Any]] = {
        "partners": partners(network),
        "weighted_partners": weighted_partners(network),
        "betweenness": betweenness(network),
        "constraint": constraint(network),
        "effective_size": effective_size(network),
        "openness": actor_openness(network),
        "component": {actor: len(members) for members in components(network) for actor in members},
    }
    cuts = cut_actors(network)
    cores = {actor: group.core for group in groups(network) for actor in group.members}
    lines = [
        ActorMeasures(
            iri=actor,
            **{name: attributes.get(name, "") for name in ("label", "slug", "type", "sector")},
            **{name: values[actor] for name, values in columns.items()},
            loses=cuts.get(actor, 0),
            group=network.nodes[cores[actor]].get("label", str(cores[actor])) if actor in cores else "",
        )
        for actor, attributes in network.nodes(data=True)
    ]
    return sorted(lines, key=lambda line: (line.label.casefold(), line.iri))


def summary(network: nx.Graph[Any]) -> NetworkSummary:
    """The whole of a one-mode network in figures."""
    counts = list(partners(network).values())
    parts = components(network)
    firsts = [tie.get("first") for _, _, tie in network.edges(data=True)]
    sectors = [sector for _, sector in network.nodes(data="sector")]
    return NetworkSummary(
        actors=len(network),
        ties=network.number_of_edges(),
        isolates=len(isolates(network)),
        components=len(parts),
        largest=len(parts[0]) if parts else 0,
        mean_partners=_share(sum(counts), len(counts)),
        centralisation=centralisation(network),
        cut_actors=len(cut_actors(network)),
        cut_ties=len(cut_ties(network)),
        groups=len(groups(network)),
        openness=openness(network),
        with_sector=_share(sum(map(bool, sectors)), len(sectors)),
        dated_ties=_share(sum(map(bool, firsts)), len(firsts)),
    )


def centralisation(network: nx.Graph[Any]) -> float | None:
    """How far the network gathers round its best-tied actor: Σ (max − d_i) / ((n − 1)(n − 2)), 0 to 1.

    Undefined (None) for fewer than three actors.

    Source: L. C. Freeman: Centrality in social networks. Social Networks 1 (1978) 215–239.
    """
    counts = list(partners(network).values())
    n = len(counts)
    if n < 3:
        return None
    return sum(max(counts) - count for count in counts) / ((n - 1) * (n - 2))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
