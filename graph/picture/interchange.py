"""A view as a file for other network programs (Gephi, yEd, Cytoscape, SocNetV): what is seen, where it stands."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from graph.entries import text
from graph.picture.kinds import KINDS

if TYPE_CHECKING:
    import networkx as nx

    from graph.picture.view import Edge, Node, View

ENDINGS: Final = ("graphml", "gexf")


def interchange(view: View, ending: str) -> bytes:
    """The nodes and connections of a view as a GraphML or GEXF file.

    Args:
        view: what to write. GEXF holds places and colours in the way Gephi reads them, GraphML the places as `x`, `y`.
        ending: one of `ENDINGS`.
    """
    import networkx as nx

    content = io.BytesIO()
    if ending == "gexf":
        nx.write_gexf(_network(view, has_looks=True), content)
    else:
        nx.write_graphml(_network(view, has_looks=False), content)
    return content.getvalue()


def _network(view: View, *, has_looks: bool) -> nx.MultiGraph[str]:
    import networkx as nx

    network: nx.MultiGraph[str] = nx.MultiGraph()
    for node in view.nodes:
        # Upwards is up in these programs; on a screen it is down.
        look = {"viz": _look(node)} if has_looks else {"x": node.x, "y": -node.y}
        facts = {"label": text(node.label), "kind": node.kind, "sector": text(node.sector), "connections": node.degree}
        network.add_node(node.id, **facts, **look)
    for edge in view.edges:
        network.add_edge(edge.source, edge.target, **_facts(edge))
    return network


def _look(node: Node) -> dict[str, Any]:
    red, green, blue = bytes.fromhex(KINDS[node.kind].colour[1:])
    return {"position": {"x": node.x, "y": -node.y, "z": 0.0}, "color": {"r": red, "g": green, "b": blue, "a": 1.0}}


def _facts(edge: Edge) -> dict[str, str | int | float | bool]:
    """What is known of a connection; years only where there are any, because the formats know no empty number."""
    years = {"since": edge.since, "until": edge.until}
    return {
        "kind": edge.kind,
        "role": edge.role,
        "state": edge.look,
        "via": text(" ; ".join(edge.via)),
        "weight": float(edge.weight),
        "directed": edge.directed,
        **{name: year for name, year in years.items() if year is not None},
    }
