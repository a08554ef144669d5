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
            tuple(iri.removeprefix(store.base_iri) for iri in members),
            tuple(iri.removeprefix(store.base_iri) for iri in _hull(members, places)),
        )
        for core, members in shown
        if len(members) >= measures.SMALLEST_GROUP
    )


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


def _hull(members: Sequence[str], places: Mapping[str, Point]) -> list[str]:
    """Those that stand at the outside of all, in order round them.

    Source: A. M. Andrew: Another efficient algorithm for convex hulls in two dimensions. Information Processing
    Letters 9 (1979) 216–219.
    """
    ordered = sorted(members, key=lambda iri: (places[iri], iri))
    return _chain(ordered, places)[:-1] + _chain(ordered[::-1], places)[:-1]


def _chain(ordered: Sequence[str], places: Mapping[str, Point]) -> list[str]:
    chain: list[str] = []
    for node in ordered:
        while len(chain) > 1 and _turn(*(places[one] for one in (*chain[-2:], node))) <= 0:
            chain.pop()
        chain.append(node)
    return chain


def _turn(first: Point, second: Point, third: Point) -> float:
    """Above 0 if the way over three points turns left."""
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])
