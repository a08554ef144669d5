"""The two-mode network: actors, what they do, where, in which field and with whose money, as links of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.errors import BadInput, NotFound
from graph.network.facts import facts
from graph.network.scope import HUB_GROUPS, Period, Scope

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    import networkx as nx

    from graph.network.facts import Facts, Link, Node
    from graph.store import Store

_ENDED_STATES = frozenset({"ended"})
_DATED_RELATIONS = frozenset({"involvement", "membership", "tie"})


def two_mode(store: Store, scope: Scope | None = None) -> nx.MultiGraph[str]:
    """The network of all that is linked within `scope`, at first hand; nothing is projected.

    Nodes are IRIs with `type` ("actor", "network", "programme", "project", "event", "place", "handlungsfeld"),
    `label`, `label_en`, `short`, `slug`, `klass`, `kind`, `sector`, `level`, `hub` (group of hubs or ""), `place` (IRI
    of an actor's seat), `notation` and `rounds` (sorted tuple of slugs), `start`, `end` (date or None), `ongoing`.
    Concepts are slugs; what is unknown is "".

    Edges have `kind` ("involvement", "membership", "tie", "funding", "site", "field", "parent"), `role` (of a tie its
    kind, of a funding "programme", "payer" or "provider"), `state` (of ties), `subject` and `object` (their
    direction), `start`, `end` (date or None; an involvement takes unknown days from its project or event), `dated`
    (whether the first day is known), `iri` (the entry that says so) and `source` (tuple of IRIs).

    Args:
        store: the open graph.
        scope: which part; everything if None.

    Returns:
        A frozen network, the same object for the same scope until the data change. Nodes stand in order of their
        IRIs, edges in order of their ends, role and entry.

    Raises:
        NotFound: a round or Handlungsfeld that does not exist.
        BadInput: a group in `without` that is none of `HUB_GROUPS`.
    """
    asked = scope or Scope()

    def build() -> tuple[Facts, nx.MultiGraph[str]]:
        known = facts(store)
        return known, _build(known, asked)

    def renew(old: tuple[Facts, nx.MultiGraph[str]], _: object) -> tuple[Facts, nx.MultiGraph[str]]:
        return old if old[0] is facts(store) else build()

    return store.followed(("two-mode", asked), build, renew)[1]


def _build(known: Facts, scope: Scope) -> nx.MultiGraph[str]:
    import networkx as nx

    inside, links = within(known, scope)
    network: nx.MultiGraph[str] = nx.MultiGraph(scope=scope)
    network.add_nodes_from((iri, node_attributes(known.nodes[iri])) for iri in sorted(inside))
    for link in links:
        network.add_edge(link.subject, link.object, key=f"{link.iri} {link.role}".rstrip(), **edge_attributes(link))
    if scope.handlungsfelder:
        network = _part(network, _at_fields(network, _chosen_fields(known, scope)))
    frozen: nx.MultiGraph[str] = nx.freeze(network)
    return frozen


def within(known: Facts, scope: Scope, relations: Collection[str] = ()) -> tuple[set[str], list[Link]]:
    """The nodes of a scope and the links between them, but for its Handlungsfelder: those are cut out of the network.

    Args:
        known: what the store holds.
        scope: which part.
        relations: of which the links are wanted; all of them if empty.

    Raises:
        NotFound, BadInput: as in `two_mode`.
    """
    _check(known, scope)
    window = scope.window
    inside = {iri for iri, node in known.nodes.items() if _node_counts(node, scope, window)}
    links = [link for link in known.links if link.subject in inside and link.object in inside]
    if scope.rounds:
        inside -= _outside_rounds(known, links, scope)
        links = [link for link in links if link.subject in inside and link.object in inside]
    days = (window, _days_of_rounds(known, scope))
    if relations:
        links = [link for link in links if link.relation in relations]
    return inside, [link for link in links if _link_counts(link, known.nodes, scope, *days)]


def _check(known: Facts, scope: Scope) -> None:
    for group in sorted(scope.without - set(HUB_GROUPS)):
        raise BadInput("without", group, HUB_GROUPS)
    for round_slug in sorted(scope.rounds - known.rounds.keys()):
        raise NotFound("round", round_slug)
    fields = {node.slug for node in known.nodes.values() if node.type == "handlungsfeld"}
    for field_slug in sorted(scope.handlungsfelder - fields):
        raise NotFound("handlungsfeld", field_slug)


def _node_counts(node: Node, scope: Scope, window: Period) -> bool:
    return node.hub not in scope.without and node.period.meets(window)


def _link_counts(link: Link, nodes: Mapping[str, Node], scope: Scope, window: Period, days: tuple[Period, ...]) -> bool:
    """Whether a link belongs to the roles and days that were asked for."""
    target = nodes[link.object]
    if link.relation == "involvement" and target.type == "project" and scope.roles and link.role not in scope.roles:
        return False
    if scope.dated and link.relation in _DATED_RELATIONS and link.period.start is None:
        return False
    if scope.since and link.state in _ENDED_STATES and link.period.end is None:
        return False  # over, nobody knows since when
    last = _last_day(link, target, scope)
    period = link.period if last == link.period.end else Period(link.period.start, last)
    return period.meets(window) and (not days or any(period.meets(round_days) for round_days in days))


def _last_day(link: Link, target: Node, scope: Scope) -> date | None:
    """Last day of a link; of an involvement that must be dated its first, if no other is known."""
    if link.period.end is None and scope.dated and link.relation == "involvement" and not target.ongoing:
        return link.period.start
    return link.period.end


def _outside_rounds(known: Facts, links: Iterable[Link], scope: Scope) -> set[str]:
    """Projects and fields that belong to other rounds than those asked for."""
    rounds_of = {iri: set(node.rounds) for iri, node in known.nodes.items()}
    for link in links:
        if link.relation == "field" and known.nodes[link.subject].type == "project":
            rounds_of[link.subject] |= known.nodes[link.object].rounds
    days = [period for period in _days_of_rounds(known, scope) if period != Period()]
    outside = set()
    for iri, node in known.nodes.items():
        if node.type == "handlungsfeld" or (node.type == "project" and rounds_of[iri]):
            belongs = bool(rounds_of[iri] & scope.rounds)
        elif node.type in {"project", "event"}:
            belongs = node.period.start is not None and any(node.period.meets(round_days) for round_days in days)
        else:
            belongs = True
        if not belongs:
            outside.add(iri)
    return outside


def _days_of_rounds(known: Facts, scope: Scope) -> tuple[Period, ...]:
    return tuple(known.rounds[round_slug] for round_slug in sorted(scope.rounds))


def _chosen_fields(known: Facts, scope: Scope) -> set[str]:
    chosen = {
        iri for iri, node in known.nodes.items() if node.type == "handlungsfeld" and node.slug in scope.handlungsfelder
    }
    if scope.matches:
        chosen |= {match for iri in sorted(chosen) for match in known.matches.get(iri, ())}
    return chosen


def _at_fields(network: nx.MultiGraph[str], fields: set[str]) -> set[str]:
    """The fields, what works in them, what that is linked to, and the seats of its actors."""
    here = {iri for iri in fields if iri in network}
    working = here | {other for iri in here for other in network[iri]}
    around = {
        other
        for iri in working - here
        for other in network[iri]
        if network.nodes[iri]["type"] == "project" and network.nodes[other]["type"] not in {"handlungsfeld", "project"}
    }
    actors = {iri for iri in working | around if network.nodes[iri]["type"] == "actor"}
    seats = {other for iri in actors for other in network[iri] if network.nodes[other]["type"] == "place"}
    return working | around | seats


def _part(network: nx.MultiGraph[str], nodes: set[str]) -> nx.MultiGraph[str]:
    """A copy of the network between `nodes`, in the same order."""
    import networkx as nx

    part: nx.MultiGraph[str] = nx.MultiGraph(**network.graph)
    part.add_nodes_from((iri, attributes) for iri, attributes in network.nodes(data=True) if iri in nodes)
    for one, other, key, attributes in network.edges(keys=True, data=True):
        if one in nodes and other in nodes:
            part.add_edge(one, other, key=key, **attributes)
    return part


def node_attributes(node: Node) -> dict[str, Any]:
    """What a node of a network has; see `two_mode`."""
    return {
        "type": node.type,
        "label": node.label,
        "label_en": node.label_en,
        "short": node.short,
        "slug": node.slug,
        "klass": node.klass,
        "kind": node.kind,
        "sector": node.sector,
        "level": node.level,
        "hub": node.hub,
        "place": node.place,
        "notation": node.notation,
        "rounds": tuple(sorted(node.rounds)),
        "start": node.period.start,
        "end": node.period.end,
        "ongoing": node.ongoing,
    }


def edge_attributes(link: Link) -> dict[str, Any]:
    """What an edge has; see `two_mode`."""
    return {
        "kind": link.relation,
        "role": link.role,
        "state": link.state,
        "subject": link.subject,
        "object": link.object,
        "start": link.period.start,
        "end": link.period.end,
        "dated": link.period.start is not None,
        "iri": link.iri,
        "source": link.sources,
    }


def edges_of(network: nx.MultiGraph[str], node: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every edge at a node as (neighbour, attributes), neighbours and edges in the network's order."""
    for neighbour, parallel in network[node].items():
        for attributes in parallel.values():
            yield neighbour, attributes
