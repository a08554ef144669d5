"""From a `ViewState` to a `View`: filter, project, walk from the focus, count, place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graph import layout
from graph.directory import names
from graph.errors import BadInput, NotFound
from graph.layout import pinned, stored_positions
from graph.network import facts
from graph.picture.clusters import clusters
from graph.picture.filtering import everything, filtered, kind_of, latest_round, linked, part, present_round, scope
from graph.picture.kinds import KINDS
from graph.picture.looks import LOOKS, UNCOUNTED
from graph.picture.sectors import sectored
from graph.picture.unfolding import fanned, surroundings
from graph.picture.view import Edge, Node, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from graph.picture.state import ViewState
    from graph.picture.view import Sector
    from graph.store import Store

    Network = nx.MultiGraph[str]
    Point = tuple[float, float]

DRAWN_UNASKED = 300
"""A picture of more nodes is drawn only on demand: it shows that there is much, and little else."""

FARTHEST = 1e6
"""Pixels from the middle within which a node may be put by hand."""

LONG_NAME, TELLING_NAME = 24, 6
"""A node with a name of more characters than the first is written by its short name, if that has as many as the second
("QM Pankstraße", not "AFJ"); pointing at it shows the whole."""


def explorer_view(store: Store, state: ViewState, language: str = "de") -> View:
    """What there is to see for `state`; kept until the data change. What was put somewhere by hand stands there.

    Raises:
        NotFound: the focus, a round or the Handlungsfeld does not exist.
    """
    view = store.trailing(("explorer", state, language), lambda: _Explorer(store, state, language).view())
    places = pinned(store, _picture_of(state))
    if not places or not view.nodes:
        return view
    nodes = tuple(
        replace(node, x=places[node.id][0], y=places[node.id][1], side="") if node.id in places else node
        for node in view.nodes
    )
    return replace(view, nodes=nodes, pinned=True)


def pin(store: Store, state: ViewState, places: Mapping[str, Point]) -> None:
    """Keep where somebody put nodes (by id) of the picture of `state`; without places, take all of it back.

    Raises:
        BadInput: a place is not finite, or too far away to be meant.
    """
    for x, y in places.values():
        if not (abs(x) <= FARTHEST and abs(y) <= FARTHEST):
            raise BadInput("places", f"{x}, {y}", (f"±{FARTHEST}",))
    layout.pin(store, places, _picture_of(state))


def _picture_of(state: ViewState) -> str:
    """Pictures with the same name share what was put by hand: filters move nothing."""
    return f"{state.projection} {state.focus} {state.steps}" if state.focus else state.projection


class _Explorer:
    """One view while it is being worked out."""

    def __init__(self, store: Store, state: ViewState, language: str) -> None:
        self.store, self.state, self.language = store, state, language

    def view(self) -> View:
        state = self.state
        whole = filtered(self.store, state)
        focus = self._focus()
        if focus and focus not in whole:
            return View(state, total=len(whole), missing_focus=True, focus_label=self._called(focus))
        opened = [self.store.base_iri + one for one in state.open]
        around = surroundings(whole, focus, state.steps, opened) if focus else whole
        shown = self._not_hidden(around, focus)
        if len(shown) > DRAWN_UNASKED and not state.everything:
            return View(state, total=len(whole), crowded=len(shown), focus_label=self._called(focus))
        places, sectors = self._places(shown, focus)
        nodes = self._nodes(shown, places)
        grouped = state.groups and state.projection == "actors"
        return View(
            state,
            nodes=nodes,
            edges=tuple(self._edge(shown, *edge) for edge in shown.edges(data=True)),
            focus=next((node for node in nodes if focus and node.id == state.focus), None),
            focus_label=self._called(focus),
            compared_label=self._round(state.compare),
            present_label=self._round(present_round(self.store, state)) if state.compare else "",
            counts=_counted(KINDS, (kind_of(node) for _, node in around.nodes(data=True))),
            looks=_counted(LOOKS, (edge["look"] for *_, edge in around.edges(data=True))),
            clusters=clusters(self.store, state, places, self.language) if grouped else (),
            sectors=sectors,
            total=len(whole),
            unlinked=0 if focus else self._unlinked(whole),
        )

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

    def _round(self, slug: str) -> str:
        """Name of a planning round; "" for none."""
        return self._called(f"{self.store.base_iri}round/{slug}") if slug else ""

    def _not_hidden(self, network: Network, focus: str) -> Network:
        """Without what is switched off in the legend, and without what is linked to nothing then."""
        hidden = frozenset(self.state.hide)
        if not hidden:
            return network
        kept = {n for n, node in network.nodes(data=True) if n == focus or kind_of(node) not in hidden}
        return linked(part(network, kept, hidden), keep=focus)

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

    def _nodes(self, network: Network, places: Mapping[str, Point]) -> tuple[Node, ...]:
        lit = self._lit(network)
        return tuple(self._node(iri, node, network, places[iri], iri in lit) for iri, node in network.nodes(data=True))

    def _node(self, iri: str, node: Mapping[str, Any], network: Network, place: Point, lit: bool) -> Node:
        distance = node.get("distance", 0)
        label = self._called(iri)
        return Node(
            id=self._id(iri),
            label=label,
            short=node["short"] if len(label) > LONG_NAME and len(node["short"]) >= TELLING_NAME else "",
            kind=kind_of(node),
            sector=node["sector"],
            degree=_degree(network, iri),
            more=node.get("hidden", 0) if distance else 0,
            folded=node.get("folded", ""),
            opened=node.get("opened", False),
            change=node.get("change", ""),
            distance=distance,
            lit=lit,
            side=("right" if place[0] < 0 else "left") if distance else "",
            x=place[0],
            y=place[1],
        )

    def _places(self, network: Network, focus: str) -> tuple[Mapping[str, Point], tuple[Sector, ...]]:
        if not focus:
            return self._kept_places(network), ()
        closed = {iri: node["distance"] for iri, node in network.nodes(data=True) if not node["opener"]}
        nearest = dict(sorted(closed.items(), key=lambda item: item[1]))
        places, sectors = sectored(self.store, self.state, network, nearest, self.language)
        return fanned(network, places), sectors

    def _kept_places(self, network: Network) -> Mapping[str, Point]:
        """Places of the whole network of this view: whatever is filtered, everything stays where it was."""
        projection = self.state.projection

        def build() -> Mapping[str, Point]:
            return stored_positions(self.store, linked(everything(self.store, projection)), projection)

        places = self.store.cached(("places", projection), build)
        return {iri: places[iri] for iri in network}

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

    def _edge(self, network: Network, one: str, other: str, edge: Mapping[str, Any]) -> Edge:
        subject = edge["subject"] or min(one, other)
        target = other if subject == one else one
        distances = [network.nodes[end].get("distance", 0) for end in (one, other)]
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
            look=edge["look"],
            lit=(self.state.lens == "new" and self._is_new(edge)) or (self.state.lens == "old" and self._is_old(edge)),
            aside=distances[0] == distances[1] > 0,
        )

    def _id(self, iri: str) -> str:
        return iri.removeprefix(self.store.base_iri)


def _counted(order: Mapping[str, object], names: Iterable[str]) -> dict[str, int]:
    """How often each name stands in `names`, in the order of a legend."""
    counts = Counter(names)
    return {name: counts[name] for name in order if counts[name]}


def _degree(network: Network, node: str) -> int:
    """With how many others something connects a node that is more than a wish, and not over."""
    return sum(any(edge["look"] not in UNCOUNTED for edge in edges.values()) for edges in network[node].values())
