"""By what actors are connected in a picture: the two-mode network cut or folded to what was asked for.

Every projection is a network of the same form: nodes keep their attributes, edges have ``kind``, ``role``, ``via``
(names of what was folded away), ``start``, ``end``, ``weight``, ``state`` (of `graph.picture.looks.STATES`) and
``subject`` (where a direction begins, or "").
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from graph.network import COUNTED_STATES, PARTNERSHIP_TIES, edges_of, one_mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import networkx as nx

_ACTORS = frozenset({"actor", "network"})
_NOT_WALKED_THROUGH = frozenset({"handlungsfeld", "place", "programme"})
"""In the view of everything these are shown but not walked through: half the Quartier meets in them."""


def projected(network: nx.MultiGraph[str], view: str) -> nx.MultiGraph[str]:
    """The network for one of `graph.picture.state.VIEWS`.

    Args:
        network: a two-mode network.
        view: ``actors`` folds projects into ties; ``projects`` and ``networks`` show first-hand links; ``places`` and
            ``handlungsfelder`` fold the projects between; ``all`` shows every first-hand link.
    """
    if view == "actors":
        return _partners(network)
    if view == "projects":
        return _cut(network, "project", ("involvement",))
    if view == "networks":
        return _cut(network, "network", ("membership", "tie"))
    if view == "places":
        return _folded(network, "place", "site")
    if view == "handlungsfelder":
        return _folded(network, "handlungsfeld", "field")
    return _everything(network)


def of_sector(network: nx.MultiGraph[str], sector: str) -> nx.MultiGraph[str]:
    """The network without actors of other sectors; what is no actor stays."""
    kept = [
        node for node, facts in network.nodes(data=True)
        if facts["type"] not in _ACTORS or facts["sector"] == sector
    ]  # fmt: skip
    return network.subgraph(kept)


def _empty(network: nx.MultiGraph[str], types: Iterable[str]) -> nx.MultiGraph[str]:
    import networkx as nx

    picture: nx.MultiGraph[str] = nx.MultiGraph()
    wanted = frozenset(types)
    picture.add_nodes_from((node, dict(facts)) for node, facts in network.nodes(data=True) if facts["type"] in wanted)
    return picture


def _partners(network: nx.MultiGraph[str]) -> nx.MultiGraph[str]:
    folded = one_mode(network)
    picture = _empty(network, _ACTORS)
    for one, other, facts in folded.edges(data=True):
        statements = [edge for edge in network[one].get(other, {}).values() if edge["iri"] in facts["ties"]]
        held = [edge for edge in statements if edge["state"] != "ended"]
        state = "asserted" if held else "derived" if facts["via"] else "ended"
        picture.add_edge(
            one, other,
            kind="shared" if state == "derived" else "declared",
            role="" if state == "derived" else min(edge["role"] for edge in held or statements),
            via=_names(network, facts["via"]), state=state,
            start=facts["first"], end=facts["last"], weight=facts["weight"], subject="",
        )  # fmt: skip
    picture.add_edges_from(_beside(network, picture))
    return picture


def _beside(network: nx.MultiGraph[str], picture: nx.MultiGraph[str]) -> list[tuple[str, str, dict[str, Any]]]:
    """What is wished for or failed, and what ended between actors whom something else connects now."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one, other, edge in network.edges(data=True):
        if edge["kind"] != "tie" or edge["role"] not in PARTNERSHIP_TIES or one not in picture or other not in picture:
            continue
        drawn = {facts["state"] for facts in picture[one].get(other, {}).values()}
        if edge["state"] not in COUNTED_STATES or (edge["state"] == "ended" and "ended" not in drawn):
            pair = min(one, other), max(one, other)
            found.setdefault((*pair, edge["state"]), {**_first_hand(edge), "kind": "declared"})
    return [(one, other, facts) for (one, other, _), facts in found.items()]


def _everything(network: nx.MultiGraph[str]) -> nx.MultiGraph[str]:
    picture = _empty(network, {facts["type"] for _, facts in network.nodes(data=True)})
    for _, facts in picture.nodes(data=True):
        facts["hub"] = facts["hub"] or (facts["type"] if facts["type"] in _NOT_WALKED_THROUGH else "")
    picture.add_edges_from((one, other, _first_hand(edge)) for one, other, edge in network.edges(data=True))
    return picture


def _cut(network: nx.MultiGraph[str], middle: str, kinds: tuple[str, ...]) -> nx.MultiGraph[str]:
    """First-hand links of actors with a `middle`, and no others."""
    picture = _empty(network, {*_ACTORS, middle})
    for one, other, edge in network.edges(data=True):
        types = {picture.nodes[end]["type"] if end in picture else "" for end in (one, other)}
        if edge["kind"] in kinds and middle in types and types <= {*_ACTORS, middle}:
            picture.add_edge(one, other, **_first_hand(edge))
    return picture


def _folded(network: nx.MultiGraph[str], middle: str, kind: str) -> nx.MultiGraph[str]:
    """Actors at a `middle` by their own statement or through the projects they take part in."""
    picture = _empty(network, {*_ACTORS, middle})
    through: defaultdict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for node, facts in picture.nodes(data=True):
        if facts["type"] != middle:
            continue
        for neighbour, edge in edges_of(network, node):
            if edge["kind"] != kind:
                continue
            if network.nodes[neighbour]["type"] in _ACTORS:
                picture.add_edge(neighbour, node, **_first_hand(edge))
            elif network.nodes[neighbour]["type"] == "project":
                for actor, part in edges_of(network, neighbour):
                    if part["kind"] == "involvement":
                        through[actor, node].append((neighbour, part))
    for (actor, node), parts in through.items():
        picture.add_edge(actor, node, **_through(network, parts))
    return picture


def _first_hand(edge: Mapping[str, Any]) -> dict[str, Any]:
    mutual = edge["kind"] == "tie" and edge["role"] in PARTNERSHIP_TIES
    return {
        "kind": edge["kind"], "role": edge["role"], "via": (), "start": edge["start"], "end": edge["end"],
        "weight": 1.0, "subject": "" if mutual else edge["subject"], "state": edge["state"] or "asserted",
    }  # fmt: skip


def _through(network: nx.MultiGraph[str], parts: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    projects = sorted({project for project, _ in parts})
    return {
        "kind": "shared", "role": "", "via": _names(network, projects),
        "start": _outer(min, (part["start"] for _, part in parts)),
        "end": _outer(max, (part["end"] for _, part in parts)),
        "weight": float(len(projects)), "subject": "", "state": "derived",
    }  # fmt: skip


def _outer(choose: Any, days: Iterable[date | None]) -> date | None:
    """The first or last of the days that are known."""
    known: date | None = choose((day for day in days if day), default=None)
    return known


def _names(network: nx.MultiGraph[str], nodes: Iterable[str]) -> tuple[str, ...]:
    return tuple(network.nodes[node]["label"] for node in nodes)
