"""From a `ViewState` to a `View`: filter, project, walk from the focus, count, place."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.directory import names
from graph.errors import NotFound
from graph.layout import stored_positions
from graph.network import Scope, facts, neighbourhood, two_mode
from graph.picture.kinds import KINDS
from graph.picture.projections import of_sector, projected
from graph.picture.rings import rings
from graph.picture.view import Edge, Node, View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.picture.state import ViewState
    from graph.store import Store

    Network = nx.MultiGraph[str]

DRAWN_UNASKED = 300
"""A picture of more nodes is drawn only on demand: it shows that there is much, and little else."""

LONG_NAME, TELLING_NAME = 24, 6
"""A node with a name of more characters than the first is written by its short name, if that has as many as the second
("QM Pankstraße", not "AFJ"); pointing at it shows the whole."""

HUBS = frozenset({"qm", "senat", "bezirk", "bund", "programme", "funder"})


def explorer_view(store: Store, state: ViewState, language: str = "de") -> View:
    """What there is to see for `state`; kept until the data change.

    Raises:
        NotFound: the focus, the round or the Handlungsfeld does not exist.
    """
    return store.cached(("explorer", state, language), lambda: _Explorer(store, state, language).view())


class _Explorer:
    """One view while it is being worked out."""

    def __init__(self, store: Store, state: ViewState, language: str) -> None:
        self.store, self.state, self.language = store, state, language

    def view(self) -> View:
        state = self.state
        whole = _linked(self._filtered())
        focus = self._focus()
        if focus and focus not in whole:
            return View(state, total=len(whole), missing_focus=True, focus_label=self._called(focus))
        around = neighbourhood(whole, focus, state.steps) if focus else whole
        counts = Counter(_kind(node) for _, node in around.nodes(data=True))
        shown = self._not_hidden(around, focus)
        if len(shown) > DRAWN_UNASKED and not state.everything:
            return View(state, total=len(whole), crowded=len(shown), focus_label=self._called(focus))
        nodes = self._nodes(shown, focus)
        return View(
            state,
            nodes=nodes,
            edges=tuple(self._edge(*edge) for edge in shown.edges(data=True)),
            focus=next((node for node in nodes if focus and node.id == state.focus), None),
            focus_label=self._called(focus),
            counts={kind: counts[kind] for kind in KINDS if counts[kind]},
            total=len(whole),
            unlinked=0 if focus else self._unlinked(whole),
        )

    def _filtered(self) -> Network:
        """The projected network of the filters, before focus and legend."""
        network = two_mode(self.store, scope(self.state))
        if self.state.sector:
            network = of_sector(network, self.state.sector)
        return projected(network, self.state.projection)

    def _focus(self) -> str:
        """IRI of the focus, "" without one."""
        if not self.state.focus:
            return ""
        iri = self.store.base_iri + self.state.focus
        if iri not in facts(self.store).nodes:
            kind, _, slug = self.state.focus.partition("/")
            raise NotFound(kind, slug)
        return iri

    def _called(self, iri: str) -> str:
        """Name of an entry, a Handlungsfeld with its round; "" for none."""
        return names(self.store, self.language).label(iri) if iri else ""

    def _not_hidden(self, network: Network, focus: str) -> Network:
        """Without the kinds switched off in the legend, and without what is linked to nothing then."""
        if not self.state.hide:
            return network
        kept = {n for n, node in network.nodes(data=True) if n == focus or _kind(node) not in self.state.hide}
        return _linked(_part(network, kept), keep=focus)

    def _unlinked(self, whole: Network) -> int:
        """Actors that the filters leave, but that nothing connects in this view."""
        everybody = facts(self.store).nodes.values()
        wanted = [node for node in everybody if node.type in {"actor", "network"} and self._wanted(node)]
        return sum(node.iri not in whole for node in wanted)

    def _wanted(self, node: Any) -> bool:
        period = scope(self.state).window
        return (
            (not self.state.sector or node.sector == self.state.sector)
            and (self.state.hubs or not node.hub)
            and node.period.meets(period)
        )

    def _nodes(self, network: Network, focus: str) -> tuple[Node, ...]:
        places = self._places(network, focus)
        lit = self._lit(network)
        return tuple(self._node(iri, node, network, places[iri], iri in lit) for iri, node in network.nodes(data=True))

    def _node(self, iri: str, node: Mapping[str, Any], network: Network, place: tuple[float, float], lit: bool) -> Node:
        distance = node.get("distance", 0)
        label = self._called(iri)
        return Node(
            id=self._id(iri),
            label=label,
            short=node["short"] if len(label) > LONG_NAME and len(node["short"]) >= TELLING_NAME else "",
            kind=_kind(node),
            sector=node["sector"],
            degree=len(network[iri]),
            more=node.get("hidden", 0) if distance else 0,
            distance=distance,
            lit=lit,
            side=("right" if place[0] < 0 else "left") if distance else "",
            x=place[0],
            y=place[1],
        )

    def _places(self, network: Network, focus: str) -> Mapping[str, tuple[float, float]]:
        if not focus:
            return self._kept_places()
        found = {iri: node.get("distance", 0) for iri, node in network.nodes(data=True)}
        nearest = dict(sorted(found.items(), key=lambda item: item[1]))
        return rings(network, nearest, _side_by_side(network))

    def _kept_places(self) -> Mapping[str, tuple[float, float]]:
        """Places of the whole network of this view: whatever is filtered, everything stays where it was."""
        projection = self.state.projection

        def build() -> Mapping[str, tuple[float, float]]:
            return stored_positions(self.store, _linked(projected(two_mode(self.store), projection)), projection)

        return self.store.cached(("places", projection), build)

    def _lit(self, network: Network) -> set[str]:
        """What a lens or a highlight picks out; empty if neither is on."""
        lit = {iri for one in self.state.highlight if (iri := self.store.base_iri + one) in network}
        if self.state.lens == "new":
            begun = [edge for edge in network.edges(data=True) if self._is_new(edge[2])]
            lit |= {end for edge in begun for end in edge[:2]}
        elif self.state.lens == "old":
            lit |= {iri for iri in network if all(self._is_old(edge) for *_, edge in network.edges(iri, data=True))}
        return lit

    def _is_new(self, edge: Mapping[str, Any]) -> bool:
        limit = latest_round(self.store)
        return bool(limit and edge["start"] and edge["start"] >= limit)

    def _is_old(self, edge: Mapping[str, Any]) -> bool:
        limit, last = latest_round(self.store), edge["end"] or edge["start"]
        return bool(limit and last and last < limit)

    def _edge(self, one: str, other: str, edge: Mapping[str, Any]) -> Edge:
        subject = edge["subject"] or min(one, other)
        target = other if subject == one else one
        return Edge(
            source=self._id(subject),
            target=self._id(target),
            kind=edge["kind"],
            role=edge["role"],
            via=edge["via"],
            since=edge["start"].year if edge["start"] else None,
            until=edge["end"].year if edge["end"] else None,
            weight=edge["weight"],
            directed=bool(edge["subject"]),
            lit=(self.state.lens == "new" and self._is_new(edge)) or (self.state.lens == "old" and self._is_old(edge)),
        )

    def _id(self, iri: str) -> str:
        return iri.removeprefix(self.store.base_iri)


def scope(state: ViewState) -> Scope:
    """The part of the graph a state asks for."""
    return Scope(
        since=date(state.since, 1, 1) if state.since else None,
        as_of=date(state.until, 12, 31) if state.until else None,
        rounds=frozenset({state.round} - {""}),
        handlungsfelder=frozenset({state.handlungsfeld} - {""}),
        without=frozenset() if state.hubs else HUBS,
    )


def latest_round(store: Store) -> date | None:
    """First day of the planning round that began last, as far as it has begun by the record; None without rounds."""
    starts = [period.start for period in facts(store).rounds.values() if period.start]
    return max(starts, default=None)


def _part(network: Network, kept: set[str]) -> Network:
    """The network between `kept`, its nodes and edges in the same order."""
    part: Network = nx.MultiGraph(**network.graph)
    part.add_nodes_from((node, attributes) for node, attributes in network.nodes(data=True) if node in kept)
    for one, other, key, attributes in network.edges(keys=True, data=True):
        if one in kept and other in kept:
            part.add_edge(one, other, key, **attributes)
    return part


def _linked(network: Network, keep: str = "") -> Network:
    """The network without nodes that nothing connects, `keep` excepted."""
    return _part(network, {node for node in network if node == keep or len(network[node])})


def _kind(node: Mapping[str, Any]) -> str:
    return "agency" if node["klass"] == "Agency" else str(node["type"])


def _side_by_side(network: Network) -> Callable[[str], tuple[Any, ...]]:
    """Order on a ring: by kind, then by what they have in common (first Handlungsfeld, sector), then by name."""
    order = {kind: index for index, kind in enumerate(KINDS)}

    def key(iri: str) -> tuple[Any, ...]:
        node = network.nodes[iri]
        fields = sorted(other for other in network[iri] if network.nodes[other]["type"] == "handlungsfeld")
        return order[_kind(node)], fields[:1], node["sector"], node["label"].casefold(), iri

    return key
