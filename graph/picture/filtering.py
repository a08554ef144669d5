"""The part of the network a way of looking asks for, before anything is placed or counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from graph.measures import renewal
from graph.network import HUB_GROUPS, Scope, facts, two_mode
from graph.picture.looks import UNCOUNTED
from graph.picture.projections import of_sector, projected

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from graph.picture.state import ViewState
    from graph.store import Store

    Network = nx.MultiGraph[str]


def filtered(store: Store, state: ViewState) -> Network:
    """The projected network of the filters, before focus and legend; nothing in it without a connection.

    Edges have their ``look``: the state of the tie or, with ``compare``, what became of it since that round.
    """
    now = _projected(store, state, scope(state))
    if state.compare:
        asked = scope(state.but(round=present_round(store, state)))
        now = _compared(_projected(store, state, asked), _projected(store, state, scope(_then(state))))
    return linked(now)


def scope(state: ViewState) -> Scope:
    """The part of the graph a state asks for."""
    return Scope(
        since=date(state.since, 1, 1) if state.since else None,
        as_of=date(state.until, 12, 31) if state.until else None,
        rounds=frozenset({state.round} - {""}),
        handlungsfelder=frozenset({state.handlungsfeld} - {""}),
        without=frozenset() if state.hubs else frozenset(HUB_GROUPS),
    )


def latest_round(store: Store) -> date | None:
    """First day of the planning round that began last, as far as it has begun by the record; None without rounds."""
    starts = [period.start for period in facts(store).rounds.values() if period.start]
    return max(starts, default=None)


def part(network: Network, kept: set[str], hidden: frozenset[str] = frozenset()) -> Network:
    """The network between `kept` without the looks in `hidden`, its nodes and edges in the same order."""
    import networkx as nx

    found: Network = nx.MultiGraph(**network.graph)
    found.add_nodes_from((node, attributes) for node, attributes in network.nodes(data=True) if node in kept)
    for one, other, key, attributes in network.edges(keys=True, data=True):
        if one in kept and other in kept and attributes["look"] not in hidden:
            found.add_edge(one, other, key, **attributes)
    return found


def linked(network: Network, keep: str = "") -> Network:
    """The network without nodes that nothing connects, `keep` excepted."""
    return part(network, {node for node in network if node == keep or len(network[node])})


def kind_of(node: Mapping[str, Any]) -> str:
    """The kind of `KINDS` a node of the network is drawn as."""
    return "agency" if node["klass"] == "Agency" else str(node["type"])


def everything(store: Store, projection: str) -> Network:
    """The projected network of all there is, kept until the data change: frozen, as pictures and places share it."""
    import networkx as nx

    found: Network = store.cached(
        ("projected", projection), lambda: nx.freeze(_looking(projected(two_mode(store), projection)))
    )
    return found


def _projected(store: Store, state: ViewState, asked: Scope) -> Network:
    if asked == Scope() and not state.sector:
        return everything(store, state.projection)
    network = two_mode(store, asked)
    if state.sector:
        network = of_sector(network, state.sector)
    return _looking(projected(network, state.projection))


def _looking(network: Network) -> Network:
    for *_, edge in network.edges(data=True):
        edge["look"] = edge["state"]
    return network


def present_round(store: Store, state: ViewState) -> str:
    """Slug of the round that is compared: the one filtered by, else that which began last; "" for other times."""
    if state.round or state.since or state.until:
        return state.round
    begun = {slug: period.start for slug, period in facts(store).rounds.items() if period.start}
    return max(begun, key=lambda slug: (begun[slug], slug), default="")


def _then(state: ViewState) -> ViewState:
    return state.but(round=state.compare, since=None, until=None)


def _compared(now: Network, then: Network) -> Network:
    """Both networks in one: what is new, what stayed, and what is no longer there. Wishes do not count."""
    import networkx as nx

    found = renewal(_counted(then), _counted(now))
    changes = {frozenset(tie): name for name in ("new", "kept", "lost") for tie in getattr(found, name)}
    both: Network = nx.MultiGraph()
    for network in (now, then):
        both.add_nodes_from((n, {**node, "change": _came(n, now, then)}) for n, node in network.nodes(data=True))
    for network, names in ((now, {"new", "kept"}), (then, {"lost"})):
        for one, other, edge in network.edges(data=True):
            change = changes.get(frozenset((one, other)))
            if change in names and edge["state"] not in UNCOUNTED:
                both.add_edge(one, other, **{**edge, "look": change})
    return both


def _counted(network: Network) -> nx.Graph[str]:
    """Each pair once, without what is only wished for or failed."""
    import networkx as nx

    pairs: nx.Graph[str] = nx.Graph()
    pairs.add_edges_from((o, t) for o, t, edge in network.edges(data=True) if edge["state"] not in UNCOUNTED)
    return pairs


def _came(node: str, now: Network, then: Network) -> str:
    """Whether a node is connected only now, only then, or at both times ("")."""
    here, there = (node in network and len(network[node]) > 0 for network in (now, then))
    return "" if here == there else "new" if here else "lost"
