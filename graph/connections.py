"""How do I get to …? Ways from one actor to another over people's partners, and what several actors share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from typing import TYPE_CHECKING, Final, cast

from graph.directory import Ref, names
from graph.errors import BadInput
from graph.network import HUB_GROUPS, Scope, edges_of, one_mode, two_mode
from graph.picture import Edge, Node, View, ViewState

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from graph.directory.names import Names
    from graph.store import Store

FEWEST, MOST = 2, 5
"""How many actors can be asked about at once."""

_SEARCHED: Final = 40
"""Shortest ways that are looked at before the strongest are chosen."""

_TOO_FAR: Final = 5
"""Steps beyond which nobody introduces anybody."""

_SHARED: Final = {"involvement": "activity", "membership": "network", "site": "place", "field": "handlungsfeld"}
"""What two actors can have in common, by the kind of link: where both link to the same."""


@dataclass(frozen=True)
class Step:
    """From one actor to the next.

    Attributes:
        start, end: the two.
        via: what they do together, by name; empty if they only say that they work together.
    """

    start: Ref
    end: Ref
    via: tuple[Ref, ...]


@dataclass(frozen=True)
class Way:
    """A way in steps; `strength` is that of its weakest step: joint undertakings, above 0."""

    steps: tuple[Step, ...]
    strength: float

    @property
    def actors(self) -> tuple[Ref, ...]:
        """All on the way, both ends included."""
        return (self.steps[0].start, *(step.end for step in self.steps))


@dataclass(frozen=True)
class Shared:
    """What at least two of the chosen have in common: the thing, what it is, and who of them."""

    ref: Ref
    kind: str
    who: tuple[Ref, ...]


@dataclass(frozen=True)
class Connections:
    """The answer.

    Attributes:
        actors: those asked about, in the order asked.
        ways: between the first and the last, shortest first, then the strongest.
        over_hubs: no way avoids Quartiersmanagement, authorities and funders; these go over them.
        shared: what most of them share first, then by kind and name.
        partners: actors who work with at least two of them, with whom; most first.
    """

    actors: tuple[Ref, ...]
    ways: tuple[Way, ...] = ()
    over_hubs: bool = False
    shared: tuple[Shared, ...] = ()
    partners: tuple[Shared, ...] = ()


def connections(
    store: Store, actors: Sequence[str], *, hubs: bool = False, ways: int = 4, language: str = "de"
) -> Connections:
    """What connects some actors.

    Args:
        store: the open graph.
        actors: IRIs of two to five actors, without repetition.
        hubs: let ways go over Quartiersmanagement, authorities and funders even where others exist.
        ways: how many at most.
        language: of the names.

    Raises:
        BadInput: fewer than two or more than five, or something that is no actor.
    """
    chosen = list(dict.fromkeys(actors))
    if not FEWEST <= len(chosen) <= MOST:
        raise BadInput("actors", str(len(chosen)), (str(FEWEST), "…", str(MOST)))
    called = names(store, language)
    refs = tuple(ref for iri in chosen if (ref := called.ref(iri)) and ref.type == "actor")
    if len(refs) < len(chosen):
        raise BadInput("actors", next(iri for iri in chosen if iri not in {ref.iri for ref in refs}))
    network = one_mode(two_mode(store), via=("project", "event"))
    kept = set(network) if hubs else _without_hubs(store, network, chosen)
    found = _ways(network.subgraph(kept), called, chosen)
    over_hubs = not found and len(kept) < len(network)
    if over_hubs:
        found = _ways(network, called, chosen)
    return Connections(
        refs,
        found[:ways],
        over_hubs and bool(found),
        _shared(store, called, chosen),
        _partners(network, called, chosen),
    )


def picture_of(found: Connections) -> View:
    """The ways as a small picture: each a row from left to right; what they have in common stands once."""
    place: dict[str, tuple[float, float]] = {}
    for row, way in enumerate(found.ways):
        for column, ref in enumerate(way.actors):
            place.setdefault(ref.iri, (900.0 * column / len(way.steps), row * 80.0))
    if found.ways:
        middle = 40.0 * (len(found.ways) - 1)
        for end in (found.ways[0].actors[0], found.ways[0].actors[-1]):
            place[end.iri] = (place[end.iri][0], middle)
    refs = {ref.iri: ref for way in found.ways for ref in way.actors}
    pairs = {(step.start.iri, step.end.iri) for way in found.ways for step in way.steps}
    nodes = tuple(Node(f"{ref.type}/{ref.slug}", ref.label, "actor", "", 4, x=place[iri][0], y=place[iri][1])
                  for iri, ref in refs.items())  # fmt: skip
    key = {iri: f"{ref.type}/{ref.slug}" for iri, ref in refs.items()}
    edges = tuple(Edge(key[one], key[other], "shared") for one, other in sorted(pairs))
    return View(ViewState(), nodes=nodes, edges=edges)


def _without_hubs(store: Store, network: nx.Graph[str], chosen: list[str]) -> set[str]:
    """Everybody but the hubs; those asked about stay."""
    avoided = two_mode(store, Scope(without=frozenset(HUB_GROUPS)))
    return {iri for iri in network if iri in avoided or iri in chosen}


def _ways(network: nx.Graph[str], called: Names, chosen: list[str]) -> tuple[Way, ...]:
    found = [_way(network, called, path) for path in _paths(network, chosen[0], chosen[-1])]
    return tuple(sorted(found, key=lambda way: (len(way.steps), -way.strength, [ref.label for ref in way.actors])))


def _paths(network: nx.Graph[str], one: str, other: str) -> list[list[str]]:
    import networkx as nx

    if one not in network or other not in network or not nx.has_path(network, one, other):
        return []
    paths = islice(nx.shortest_simple_paths(network, one, other), _SEARCHED)
    found: list[list[str]] = []
    for path in paths:
        # A way round that is two steps longer than the shortest is no help.
        if len(path) - 1 > _TOO_FAR or (found and len(path) > len(found[0]) + 1):
            break
        found.append(path)
    return found


def _way(network: nx.Graph[str], called: Names, path: list[str]) -> Way:
    steps = tuple(_step(network, called, one, other) for one, other in pairwise(path))
    return Way(steps, min(network.edges[pair]["weight"] for pair in pairwise(path)))


def _step(network: nx.Graph[str], called: Names, one: str, other: str) -> Step:
    via = sorted(network.edges[one, other]["via"], key=lambda iri: (called.label(iri).casefold(), iri))
    return Step(_ref(called, one), _ref(called, other), tuple(_ref(called, iri) for iri in via))


def _ref(called: Names, iri: str) -> Ref:
    """The entry of a node: nodes of a network are entries."""
    return cast("Ref", called.ref(iri))


def _shared(store: Store, called: Names, chosen: list[str]) -> tuple[Shared, ...]:
    network = two_mode(store, Scope(roles=frozenset()))
    who: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for actor in chosen:
        for other, edge in edges_of(network, actor) if actor in network else ():
            if edge["kind"] in _SHARED and edge["subject"] == actor:
                who[other, _SHARED[edge["kind"]]].add(actor)
    return _listed(called, chosen, {key: found for key, found in who.items() if len(found) >= FEWEST})


def _partners(network: nx.Graph[str], called: Names, chosen: list[str]) -> tuple[Shared, ...]:
    who: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other in combinations(chosen, 2):
        for actor in set(network[one]) & set(network[other]) - set(chosen):
            who[actor, "actor"] |= {one, other}
    return _listed(called, chosen, who)


def _listed(called: Names, chosen: list[str], who: dict[tuple[str, str], set[str]]) -> tuple[Shared, ...]:
    found = [
        Shared(ref, kind, tuple(one for iri in chosen if iri in actors and (one := called.ref(iri))))
        for (thing, kind), actors in who.items()
        if (ref := called.ref(thing))
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.who), one.kind, one.ref.label.casefold(), one.ref.iri)))
