"""The surroundings of one node, step by step: what the explorer shows first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from graph.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    import networkx as nx

Network = TypeVar("Network", bound="nx.Graph[Any]")


def neighbourhood(network: Network, node: Hashable, steps: int = 1, *, through_hubs: bool = False) -> Network:
    """Everything within `steps` links of `node`, and the links between that.

    Hubs are shown but not walked through, unless the walk begins at one: two actors that share nothing but the QM
    or a fund are not near each other.

    Args:
        network: a two-mode or one-mode network.
        node: where the walk begins.
        steps: how many links far, from 0 (the node alone).
        through_hubs: walk on from hubs too.

    Returns:
        A new network of the same kind in the same order, its nodes with `distance` (links from `node`) and `hidden`
        (how many of their neighbours are not shown).

    Raises:
        NotFound: the node is not in the network.
    """
    if node not in network:
        raise NotFound("node", str(node))
    distances = _distances(network, node, steps, through_hubs=through_hubs)
    around: Network = network.__class__(**network.graph)
    for iri, attributes in network.nodes(data=True):
        if iri in distances:
            hidden = sum(other not in distances for other in network[iri])
            around.add_node(iri, **{**attributes, "distance": distances[iri], "hidden": hidden})
    # Not network.subgraph(): its order follows a set, and with it PYTHONHASHSEED.
    around.add_edges_from(edge for edge in _edges(network) if edge[0] in distances and edge[1] in distances)
    return around


def _edges(network: nx.Graph[Any]) -> Iterable[tuple[Any, ...]]:
    if network.is_multigraph():
        return cast("nx.MultiGraph[Any]", network).edges(keys=True, data=True)
    return network.edges(data=True)


def _distances(network: nx.Graph[Any], node: Hashable, steps: int, *, through_hubs: bool) -> dict[Any, int]:
    distances: dict[Any, int] = {node: 0}
    edge_of_walk = [node]
    for distance in range(1, steps + 1):
        reached = []
        for here in edge_of_walk:
            if here != node and not through_hubs and network.nodes[here].get("hub"):
                continue
            for other in network[here]:
                if other not in distances:
                    distances[other] = distance
                    reached.append(other)
        edge_of_walk = reached
    return distances
