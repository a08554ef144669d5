"""Network pictures with pyvis: the data the explorer draws, and one page that needs nothing but itself.

`Picture` is a `pyvis.network.Network` and can be used as one. Replaced is what does harm in pyvis 0.3.2: its
quadratic ``add_node`` and ``add_edge``, a ``from_nx`` that changes the network it is given, its physics (given
positions are kept), and a page template that calls other hosts and runs text from the data.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from graph.errors import BadInput
from graph.picture.explorer import explorer_view
from graph.picture.inline import asset, data_block, policy, scripts, templates
from graph.picture.kinds import KINDS
from graph.picture.looks import LOOKS
from graph.picture.rings import WIDER
from graph.picture.state import STEPS, ViewState
from graph.picture.words import heading, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from graph.picture.view import Node as ViewNode
    from graph.picture.view import View
    from graph.store import Store

LARGE = 800
"""From this many nodes on they are drawn smaller."""

LARGEST = 24.0
"""Largest radius of a node, so that neighbours on a ring stay apart."""

LONGEST_LABEL = 200
"""Characters of a name that travel with the picture; tables show the whole name."""


class Picture(Network):  # type: ignore[misc]  # pyvis ships no types
    """A pyvis network with given positions, safe to show and to mail.

    Titles and names are text: no part of the picture or of its page reads them as HTML.
    """

    def __init__(self, heading: str = "", *, language: str = "de") -> None:
        super().__init__(height="100%", width="100%", directed=True, heading=heading, cdn_resources="in_line")
        self.language = language
        self.toggle_physics(status=False)
        self.options.edges.smooth.enabled = False
        self.clusters: list[dict[str, Any]] = []
        self.sectors: list[dict[str, Any]] = []
        self._known_edges: set[tuple[str, str, str]] = set()
        self.templateEnv = templates()
        self.path = "picture.html"

    def add_node(self, n_id: str, label: str | None = None, shape: str = "dot", **options: Any) -> None:
        """Add a node once; a second call with the same id changes nothing. Any further option is passed to vis."""
        if n_id in self.node_map:
            return
        text = n_id if label is None else label
        node = Node(n_id, shape, label=text[:LONGEST_LABEL], font_color=self.font_color, **options).options
        self.nodes.append(node)
        self.node_ids.append(n_id)
        self.node_map[n_id] = node

    def add_edge(self, source: str, to: str, **options: Any) -> None:
        """Add an edge once per pair and ``kind``.

        Raises:
            KeyError: an end is not in the picture.
        """
        for end in (source, to):
            if end not in self.node_map:
                raise KeyError(end)
        key = (source, to, str(options.get("kind", "")))
        if key not in self._known_edges:
            self._known_edges.add(key)
            self.edges.append(Edge(source, to, directed=False, **options).options)

    def from_nx(self, nx_graph: nx.Graph[str], positions: Mapping[str, tuple[float, float]] | None = None) -> None:
        """Add a NetworkX network, which stays as it was.

        Args:
            nx_graph: nodes with attributes ``label``, ``type`` (a kind of `KINDS`); edges with ``kind``.
            positions: where each node stands, in pixels at scale 1; missing nodes stand at the origin.
        """
        for node, facts in nx_graph.nodes(data=True):
            x, y = (positions or {}).get(node, (0.0, 0.0))
            kind = facts.get("type", "actor")
            self.add_node(
                node, facts.get("label", node), shape(kind), group=kind, x=x, y=y,
                size=size(nx_graph.degree(node)), title=facts.get("label", node),
            )  # fmt: skip
        for source, to, facts in nx_graph.edges(data=True):
            self.add_edge(source, to, kind=facts.get("kind", ""))

    def payload(self) -> dict[str, Any]:
        """What a page draws, ready for JSON.

        ``nodes`` and ``edges`` as pyvis gives them, vis ``options``, ``looks`` (how edges of each ``look`` are drawn,
        ``derived`` where they name none), ``clusters`` and ``sectors``.
        """
        nodes, edges, _, _, _, options = self.get_network_data()
        settings = json.loads(options)
        settings.pop("configure", None)
        settings["layout"] = {"improvedLayout": False}
        settings["groups"] = {name: {"shape": kind.shape, "color": kind.colour} for name, kind in KINDS.items()}
        looks = {
            name: {"dash": look.dash, "width": look.width, "crossed": look.crossed} for name, look in LOOKS.items()
        }
        grounds = {"clusters": self.clusters, "sectors": self.sectors}
        return {"nodes": nodes, "edges": edges, "options": settings, "looks": looks, **grounds}

    def generate_html(
        self,
        name: str = "index.html",
        local: bool = True,
        notebook: bool = False,
        **texts: Any,
    ) -> str:
        """One page that draws the picture from disk: no other file, no host, no markup from the data.

        ``name``, ``local`` and ``notebook`` are pyvis' arguments and change nothing here. ``texts`` may hold
        ``sentence`` (what the picture shows), ``legend`` (rows of kind, outline, name and count), ``ties`` (rows of
        look and words) and ``rows`` (the table's rows: name, kind, number of connections).
        """
        del name, local, notebook
        page = self.templateEnv.get_template(self.path)
        inlined, style = scripts(), asset("picture.css")
        self.html = page.render(
            lang=self.language,
            heading=self.heading,
            data=data_block(self.payload()),
            scripts=[Markup(script) for script in inlined],  # noqa: S704  # our own files, checked in `scripts`
            style=Markup(style),  # noqa: S704  # our own file
            policy=policy(inlined, style),
            **{"sentence": "", "legend": (), "ties": (), "rows": (), **texts},
        )
        return self.html

    def write_html(self, name: str | Path, *_: object, **__: object) -> None:
        """Write the page to one file, in UTF-8 on every system, and nothing beside it."""
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")


def picture(view: View, language: str = "de") -> Picture:
    """The view as a picture: what the explorer draws and what the one-file page holds."""
    drawn = Picture(heading(view, language), language=language)
    factor = 1.0 if len(view.nodes) <= LARGE else 0.72
    for node in view.nodes:
        strong = node.id == view.state.focus
        drawn.add_node(
            node.id, node.label, KINDS[node.kind].shape, group=node.kind, x=node.x, y=node.y, title=node.label,
            size=round(size(node.degree, strong=strong) * factor, 1),
            **_said(
                strong=strong, lit=node.lit, side=node.side, more=_folded(node, language), short=node.short,
                opened=node.opened, change=node.change,
            ),
        )  # fmt: skip
    for edge in view.edges:
        drawn.add_edge(
            edge.source, edge.target, kind=f"{edge.kind} {edge.role} {edge.look}",
            **_said(
                lit=edge.lit,
                aside=edge.aside,
                arrows="to" if edge.directed else "",
                look="" if edge.look == "derived" else edge.look,
                width=_width(edge.weight),
            ),
        )  # fmt: skip
    short = {node.label: node.short for node in view.nodes if node.short}
    for cluster in view.clusters:
        name = short.get(cluster.core, cluster.core)
        drawn.clusters.append(
            {"name": name, "field": cluster.field, "members": cluster.members, "links": cluster.links}
        )
    drawn.sectors = [{**asdict(sector), "wider": WIDER} for sector in view.sectors]
    return drawn


def _folded(node: ViewNode, language: str) -> str:
    """What a node leaves out, as it stands behind its name: "+7", or "+12 Akteure" if all are of one kind."""
    if not node.more:
        return ""
    kind = KINDS.get(node.folded)
    word = {1: kind.word, 2: kind.plural}[min(node.more, 2)][language] if kind else ""
    return f"+{node.more} {word}".rstrip()


def one_file(
    store: Store, *, actor: str | None = None, steps: int = 1, state: ViewState | None = None, language: str = "de"
) -> str:
    """One self-contained page of one view of the network.

    Args:
        store: the open graph.
        actor: slug of the actor in the middle; None for the whole network of partners.
        steps: how far around the actor, 1 to 3.
        state: any other view; then `actor` and `steps` do not count.
        language: "de" or "en".

    Returns:
        HTML that opens from disk and needs no host.

    Raises:
        NotFound: there is no such actor (or what else the state names).
        BadInput: `steps` is not 1, 2 or 3.
    """
    if steps not in STEPS:
        raise BadInput("steps", str(steps), tuple(map(str, STEPS)))
    asked = state or ViewState(focus=f"actor/{actor}" if actor else "", steps=steps)
    view = explorer_view(store, asked.but(everything=True), language)
    legend = [(kind, KINDS[kind].outline, KINDS[kind].plural[language], count) for kind, count in view.counts.items()]
    ties = [(look, LOOKS[look].word[language], count) for look, count in view.looks.items()]
    rows = [(node.label, KINDS[node.kind].word[language], node.degree) for node in view.listed]
    return picture(view, language).generate_html(sentence=sentence(view, language), legend=legend, ties=ties, rows=rows)


def shape(kind: str) -> str:
    """vis-network's name of the shape of a kind; a dot for kinds nobody knows."""
    return KINDS[kind].shape if kind in KINDS else "dot"


def _said(**facts: object) -> dict[str, object]:
    """Only what is not false, nought or empty, to keep the payload small."""
    return {name: value for name, value in facts.items() if value}


def _width(weight: float) -> int:
    """One of three widths, because edges of one width are drawn in one go."""
    return 1 if weight <= 1 else 2 if weight <= 2 else 3


def size(degree: int, *, strong: bool = False) -> float:
    """Radius in pixels at scale 1 of a node with `degree` connections: area grows with them, up to a limit."""
    return round(min(7 + 3 * math.sqrt(degree), LARGEST) * (1.25 if strong else 1), 1)
