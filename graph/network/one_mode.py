"""The one-mode network: who works with whom, what lies between folded into a tie that still names it."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from graph.errors import BadInput
from graph.network.facts import facts
from graph.network.two_mode import edge_attributes, edges_of, node_attributes, two_mode, within

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from collections.abc import Set as AbstractSet
    from datetime import date

    import networkx as nx

    from graph.network.facts import Facts, Link
    from graph.network.scope import Scope
    from graph.store import Store

    _Team = dict[str, tuple[date | None, date | None]]
MIDDLES: Final = ("project", "event", "network", "handlungsfeld", "place")
"""What two actors can have between them."""

PARTNERSHIP_TIES: Final = frozenset({"kooperiert-mit", "vernetzt-mit"})
"""Kinds of declared ties that make partners; paying, commissioning and belonging do not."""

COUNTED_STATES: Final = frozenset({"", "asserted", "ended"})
"""States of declared ties that stand for something that is or was; a wish or a failed attempt does not."""

CAP: Final = 40
"""Size of the biggest team whose members are taken for partners of each other."""

_BODIES: Final = frozenset({"actor", "network"})

_OF_PARTNERS: Final = frozenset({"involvement", "membership", "tie"})
"""Relations of which partnerships are made."""

_DIRECT_EDGES: Final = {"project": "involvement", "event": "involvement", "network": "membership"}


def one_mode(
    network: nx.MultiGraph[str],
    *,
    via: Iterable[str] = ("project",),
    cap: int = CAP,
    declared: Collection[str] = ("tie", "membership"),
    tie_kinds: Collection[str] = PARTNERSHIP_TIES,
) -> nx.Graph[str]:
    """Fold what lies between two actors into one tie of them.

    A middle (project, event …) of k actors gives each of its pairs the weight 1/(k − 1), so that an actor gets
    weight 1 from every middle, however big. A declared tie or membership weighs 1, like a project of two. Teams of
    more than `cap` actors are left out (their pairs need not have met); `network.graph["left_out"]` of the answer
    names them.

    Nodes keep the attributes of the two-mode network: its actors, and its networks unless they are folded away.
    Edges have `weight` (> 0), `via` (tuple of IRIs of the folded middles), `ties` (tuple of IRIs of declared ties
    and memberships), `kinds` (tuple of "project", "event", "network", "handlungsfeld", "place", "tie",
    "membership"), `first` and `last` (date or None: the first and last day known of anything in it).

    Args:
        network: a two-mode network.
        via: what to fold away, of `MIDDLES`. Actors stand in a Handlungsfeld or at a place by their own statement,
            or through a project they take part in.
        cap: size of the biggest team that is projected.
        declared: which statements of two actors themselves count: "tie", "membership".
        tie_kinds: kinds of declared ties that count.

    Returns:
        A network of actors in order of their IRIs, edges in order of their ends.

    Raises:
        BadInput: a middle that is none of `MIDDLES`.

    Source: M. E. J. Newman: Scientific collaboration networks II. Physical Review E 64 (2001) 016132.
    """
    middles = tuple(dict.fromkeys(via))
    for middle in middles:
        if middle not in MIDDLES:
            raise BadInput("via", middle, MIDDLES)
    bodies = {"actor"} if "network" in middles else _BODIES
    folded = _Folded()
    left_out = []
    for middle, kind in _middles(network, middles):
        team = _team(network, middle, kind, bodies)
        if len(team) > cap:
            left_out.append(middle)
        else:
            folded.add_team(middle, kind, team)
    for edge in _declared(network, bodies, declared, tie_kinds):
        folded.add_tie(edge)
    nodes = ((iri, dict(node)) for iri, node in network.nodes(data=True) if node["type"] in bodies)
    return folded.network(nodes, **network.graph, left_out=tuple(left_out))


def partnerships(store: Store, scope: Scope) -> nx.Graph[str]:
    """`one_mode(two_mode(store, scope))` straight from the facts: a fifth of the time, where no more is needed."""
    if scope.handlungsfelder:
        return one_mode(two_mode(store, scope))
    known = facts(store)
    inside, links = within(known, scope, _OF_PARTNERS)
    bodies = {iri for iri in inside if known.nodes[iri].type in _BODIES}
    folded = _Folded()
    left_out = []
    for project, team in sorted(_teams(known, links, bodies).items()):
        if len(team) > CAP:
            left_out.append(project)
        else:
            folded.add_team(project, "project", team)
    for link in links:
        if link.subject in bodies and link.object in bodies and _makes_partners(link):
            folded.add_tie(edge_attributes(link))
    nodes = ((iri, node_attributes(known.nodes[iri])) for iri in sorted(bodies))
    return folded.network(nodes, scope=scope, left_out=tuple(left_out))


def _teams(known: Facts, links: Iterable[Link], bodies: set[str]) -> dict[str, _Team]:
    """Project to who takes part."""
    found: defaultdict[str, _Team] = defaultdict(dict)
    for link in links:
        if link.relation == "involvement":
            for actor, project in ((link.subject, link.object), (link.object, link.subject)):
                if actor in bodies and known.nodes[project].type == "project":
                    days = link.period.start, link.period.end
                    found[project][actor] = _spanned(found[project].get(actor), days)
    return found


def _makes_partners(link: Link) -> bool:
    return link.relation == "membership" or (
        link.relation == "tie" and link.role in PARTNERSHIP_TIES and link.state in COUNTED_STATES
    )


def connect_by(network: nx.MultiGraph[str], via: str, *, cap: int = CAP) -> nx.Graph[str]:
    """Actors connected by one thing only: `via` of `MIDDLES`, or "actor" for what they say of each other themselves.

    Edges as in `one_mode`; with "actor" every kind of declared tie counts, and memberships and parent bodies too.

    Raises:
        BadInput: `via` is neither "actor" nor one of `MIDDLES`.
    """
    if via == "actor":
        kinds = {edge["role"] for _, _, edge in network.edges(data=True) if edge["kind"] == "tie"}
        return one_mode(network, via=(), declared=("tie", "membership", "parent"), tie_kinds=kinds)
    if via not in MIDDLES:
        raise BadInput("via", via, ("actor", *MIDDLES))
    return one_mode(network, via=(via,), cap=cap, declared=())


class _Tie:
    """What ties one pair of actors, while it is being collected."""

    __slots__ = ("days", "kinds", "ties", "via", "weight")

    def __init__(self) -> None:
        self.weight = 0.0
        self.via: list[str] = []
        self.ties: list[str] = []
        self.kinds: set[str] = set()
        self.days: list[tuple[date | None, date | None]] = []

    def edge(self) -> dict[str, Any]:
        """The attributes of its edge; see `one_mode`."""
        starts = [start for start, _ in self.days if start]
        ends = [day for start, end in self.days if (day := end or start)]
        return {
            "weight": self.weight,
            "via": tuple(sorted(set(self.via))),
            "ties": tuple(sorted(set(self.ties))),
            "kinds": tuple(sorted(self.kinds)),
            "first": min(starts, default=None),
            "last": max(ends, default=None),
        }


class _Folded:
    """Ties of pairs of actors while they are being collected."""

    def __init__(self) -> None:
        self._pairs: defaultdict[tuple[str, str], _Tie] = defaultdict(_Tie)

    def add_team(self, middle: str, kind: str, team: dict[str, tuple[date | None, date | None]]) -> None:
        """All pairs of a team of k actors with 1/(k − 1) each."""
        for one, other in combinations(sorted(team), 2):
            tie = self._pairs[one, other]
            tie.weight += 1 / (len(team) - 1)
            tie.via.append(middle)
            tie.kinds.add(kind)
            tie.days.append(_joint_days(team[one], team[other]))

    def add_tie(self, edge: dict[str, Any]) -> None:
        """A statement of two actors about each other; the second of the same pair adds no weight."""
        tie = self._pairs[min(edge["subject"], edge["object"]), max(edge["subject"], edge["object"])]
        if not tie.ties:
            tie.weight += 1
        tie.ties.append(edge["iri"])
        tie.kinds.add(edge["kind"])
        tie.days.append((edge["start"], edge["end"]))

    def network(self, nodes: Iterable[tuple[str, dict[str, Any]]], **attributes: Any) -> nx.Graph[str]:
        """What was collected, over all of these actors."""
        import networkx as nx

        folded: nx.Graph[str] = nx.Graph(**attributes)
        folded.add_nodes_from(nodes)
        for one, other in sorted(self._pairs):
            folded.add_edge(one, other, **self._pairs[one, other].edge())
        return folded


def _middles(network: nx.MultiGraph[str], kinds: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    return [(iri, node["type"]) for iri, node in network.nodes(data=True) if node["type"] in kinds]


def _team(network: nx.MultiGraph[str], middle: str, kind: str, bodies: AbstractSet[str]) -> _Team:
    """The actors at a middle with the first and last day each was there."""
    team: _Team = {}
    for neighbour, edge in edges_of(network, middle):
        if network.nodes[neighbour]["type"] in bodies:
            if edge["kind"] == _DIRECT_EDGES.get(kind, edge["kind"]):
                team[neighbour] = _spanned(team.get(neighbour), (edge["start"], edge["end"]))
        elif network.nodes[neighbour]["type"] == "project" and kind in {"handlungsfeld", "place"}:
            for actor, days in _team(network, neighbour, "project", bodies).items():
                team[actor] = _spanned(team.get(actor), days)
    return team


def _spanned(
    days: tuple[date | None, date | None] | None, more: tuple[date | None, date | None]
) -> tuple[date | None, date | None]:
    """The days of someone who is at a middle in two roles."""
    if days is None:
        return more
    starts = [day for day in (days[0], more[0]) if day]
    ends = [day for day in (days[1], more[1]) if day]
    return min(starts, default=None), max(ends, default=None)


def _joint_days(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None]
) -> tuple[date | None, date | None]:
    """From when the later came to when the first went; None where neither day is known.

    Where one had gone before the other came, the day the later came stands for both.
    """
    starts = [day for day in (one[0], other[0]) if day]
    ends = [day for day in (one[1], other[1]) if day]
    start = max(starts, default=None)
    end = min(ends, default=None)
    return (start, start) if start and end and end < start else (start, end)


def _declared(
    network: nx.MultiGraph[str], bodies: AbstractSet[str], declared: Collection[str], tie_kinds: Collection[str]
) -> Iterable[dict[str, Any]]:
    for one, other, edge in network.edges(data=True):
        if edge["kind"] not in declared or not {network.nodes[one]["type"], network.nodes[other]["type"]} <= bodies:
            continue
        if edge["kind"] != "tie" or (edge["role"] in tie_kinds and edge["state"] in COUNTED_STATES):
            yield edge
