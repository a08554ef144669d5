"""The rings round a focus by Handlungsfeld: what belongs to one stands side by side, in a sector under its name.

Fields of several rounds that were matched with each other share a sector: else each round would cut the circle anew.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from graph.directory import names
from graph.network import edges_of, facts, field_matches, two_mode
from graph.picture.filtering import kind_of, scope
from graph.picture.kinds import KINDS
from graph.picture.rings import rings
from graph.picture.view import Sector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import networkx as nx

    from graph.picture.rings import Rings
    from graph.picture.state import ViewState
    from graph.store import Store

    Network = nx.MultiGraph[str]
    Point = tuple[float, float]

_LAST = "~"
"""After every IRI: what has no Handlungsfeld closes the circle."""


def sectored(
    store: Store, state: ViewState, network: Network, found: Mapping[str, int], language: str
) -> tuple[dict[str, Point], tuple[Sector, ...]]:
    """Where each node of `found` stands, and the sectors they form; none where all belong to one Handlungsfeld.

    Args:
        store: the open graph.
        state: whose filters decide who belongs to which Handlungsfeld.
        network: holds all nodes of `found`.
        found: distance of each node from the focus, the focus first and no node before a nearer one.
        language: of the names.
    """
    fields = _fields_of(store, two_mode(store, scope(state)), found)
    placed = rings(network, found, _side_by_side(network, fields))
    return placed.places, _sectors(placed, fields, found, names(store, language).label)


def _fields_of(store: Store, network: Network, found: Mapping[str, int]) -> dict[str, str]:
    """The Handlungsfeld of each node that has any but the focus.

    Of several, and of those matched with them that others have, that of the latest round, then the one that most have.
    """
    focus, matches = next(iter(found)), field_matches(store)
    own = {node: _candidates(network, node) - {focus} for node in found if node in network and node != focus}
    known = set[str]().union(*own.values())
    has = {
        node: fields.union(*(matches.get(field, frozenset()) & known for field in fields))
        for node, fields in own.items()
    }
    counts = Counter(field for fields in has.values() for field in fields)
    order = {field: (-_begin(store, field), -counts[field], field) for field in counts}
    return {node: min(fields, key=order.__getitem__) for node, fields in has.items() if fields}


def _begin(store: Store, field: str) -> int:
    """The day the round of a Handlungsfeld began, as a number; 0 where it is not known."""
    known = facts(store)
    begins = [known.rounds[slug].start for slug in known.nodes[field].rounds if slug in known.rounds]
    return max((day.toordinal() for day in begins if day), default=0)


def _candidates(network: Network, node: str) -> set[str]:
    """A Handlungsfeld itself; else those a node says it works in; else those of the projects it has to do with."""
    if network.nodes[node]["type"] == "handlungsfeld":
        return {node}
    if own := _own(network, node):
        return own
    projects = [other for other, _edge in edges_of(network, node) if network.nodes[other]["type"] == "project"]
    return {field for project in projects for field in _own(network, project)}


def _own(network: Network, node: str) -> set[str]:
    return {other for other, edge in edges_of(network, node) if edge["kind"] == "field"}


def _side_by_side(network: Network, fields: Mapping[str, str]) -> Callable[[str], tuple[Any, ...]]:
    """Order on a ring: by Handlungsfeld, then by kind, then by sector, then by name."""
    order = {kind: index for index, kind in enumerate(KINDS)}

    def key(iri: str) -> tuple[Any, ...]:
        node = network.nodes[iri]
        return fields.get(iri, _LAST), order[kind_of(node)], node["sector"], node["label"].casefold(), iri

    return key


def _sectors(
    placed: Rings, fields: Mapping[str, str], found: Mapping[str, int], name: Callable[[str], str]
) -> tuple[Sector, ...]:
    """From share to share of the first ring, as far as neighbours there are of one Handlungsfeld."""
    first = sorted((node for node, distance in found.items() if distance == 1), key=lambda node: placed.shares[node])
    runs: Iterable[tuple[str, list[str]]] = [
        (field, list(nodes)) for field, nodes in groupby(first, lambda node: fields.get(node, ""))
    ]
    shares = [(field, placed.shares[nodes[0]][0], placed.shares[nodes[-1]][1]) for field, nodes in runs if field]
    if len(shares) < 2:
        return ()
    inner, outer = placed.radii[1], max(placed.radii.values())
    return tuple(Sector(name(field), low, high, inner, outer) for field, low, high in shares)
