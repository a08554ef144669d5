"""Groups of actors who work more with each other than with the rest, with a name that says who and about what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph import measures
from graph.directory import names
from graph.network import edges_of, one_mode, two_mode
from graph.picture.filtering import scope
from graph.picture.view import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

    from graph.picture.state import ViewState
    from graph.store import Store

    Point = tuple[float, float]


def clusters(store: Store, state: ViewState, places: Mapping[str, Point], language: str) -> tuple[Cluster, ...]:
    """The stable groups among what is shown, the biggest first.

    Args:
        store: the open graph.
        state: whose filters decide which network is grouped.
        places: IRI of each node shown to its place; groups of fewer than three of these are left out.
        language: of the names.
    """
    asked = scope(state)
    network = two_mode(store, asked)
    found = store.cached(("groups", asked), lambda: measures.groups(one_mode(network)))
    shown = [(group.core, [iri for iri in group.members if iri in places]) for group in found]
    called = names(store, language)
    return tuple(
        Cluster(
            called.label(core),
            called.label(field) if (field := _commonest_field(network, members)) else "",
            tuple(_key(store, iri) for iri in members),
            tuple((_key(store, one), _key(store, other)) for one, other in _links(members, places)),
        )
        for core, members in shown
        if len(members) >= measures.SMALLEST_GROUP
    )


def _key(store: Store, iri: str) -> str:
    return iri.removeprefix(store.base_iri)


def _commonest_field(network: nx.MultiGraph[str], members: Iterable[str]) -> str:
    """The Handlungsfeld most of them work in, by own statement or through a project; "" if none."""
    counts: Counter[str] = Counter()
    for member in members:
        fields = set(_fields(network, member))
        for activity, edge in edges_of(network, member):
            if edge["kind"] == "involvement":
                fields |= _fields(network, activity)
        counts.update(fields)
    return min(counts, key=lambda field: (-counts[field], field), default="")


def _fields(network: nx.MultiGraph[str], node: str) -> set[str]:
    return {other for other, edge in edges_of(network, node) if edge["kind"] == "field"}


def _links(members: Sequence[str], places: Mapping[str, Point]) -> list[tuple[str, str]]:
    """The shortest lines that hold all together: each from one that is held already to the next; n - 1 of them.

    Source: R. C. Prim: Shortest connection networks and some generalizations. Bell System Technical Journal 36
    (1957) 1389-1401. Every step looks at all that are left: n² in all, without a matrix.
    """
    import numpy as np

    points = np.array([places[iri] for iri in members])
    distance = np.full(len(members), np.inf)
    nearest = np.zeros(len(members), dtype=int)
    left = np.ones(len(members), dtype=bool)
    links, last = [], 0
    for _step in members[1:]:
        left[last] = False
        reach = np.hypot(*(points - points[last]).T)
        closer = left & (reach < distance)
        distance[closer], nearest[closer] = reach[closer], last
        last = int(np.argmin(np.where(left, distance, np.inf)))
        links.append((members[nearest[last]], members[last]))
    return links
