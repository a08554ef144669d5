"""The nearest neighbours of one entry in a picture small enough for its page."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.picture.drawing import drawing
from graph.picture.explorer import explorer_view
from graph.picture.state import ViewState
from graph.picture.words import sentence

if TYPE_CHECKING:
    from graph.picture.view import Node, View
    from graph.store import Store

NEAREST: Final = 8
"""Neighbours in the picture; with more the names no longer find room."""

_WIDTH: Final = 480.0
_ACROSS, _DOWN = 165.0, 120.0
_LONGEST = 16


def glance(store: Store, focus: str, language: str = "de") -> str:
    """The entry in the middle and those most connected with it round it, as an SVG document.

    Args:
        store: whose network.
        focus: the entry, as ``type/slug``.
        language: of the names.

    Raises:
        NotFound: no such entry.
    """
    view = explorer_view(store, ViewState(focus=focus, everything=True), language)
    return drawing(_nearest(view), sentence(view, language), width=_WIDTH)


def _nearest(view: View) -> View:
    """Only the focus, its closest neighbours round it in the order in which they stood, and what connects the two."""
    if view.focus is None:
        return replace(view, nodes=(), edges=(), clusters=(), sectors=())
    centre = view.focus.id
    closeness: dict[str, float] = defaultdict(float)
    for edge in view.edges:
        if centre in (edge.source, edge.target):
            closeness[edge.target if edge.source == centre else edge.source] += edge.weight
    found = {node.id: node for node in view.nodes if node.id in closeness}
    nearest = sorted(found.values(), key=lambda node: (-closeness[node.id], -node.degree, node.label))[:NEAREST]
    nearest.sort(key=lambda node: (math.atan2(node.y, node.x), node.id))
    round_it = (_placed(node, (number + 0.5) / len(nearest)) for number, node in enumerate(nearest))
    nodes = (replace(view.focus, x=0.0, y=0.0, side=""), *round_it)
    shown = {node.id for node in nodes}
    edges = tuple(
        edge for edge in view.edges if centre in (edge.source, edge.target) and {edge.source, edge.target} <= shown
    )
    return replace(view, nodes=nodes, edges=edges, clusters=(), sectors=())


def _placed(node: Node, share: float) -> Node:
    """On the ellipse, that share of the way round from the top."""
    angle = 2 * math.pi * share - math.pi / 2
    name = node.short or node.label
    name = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    return replace(node, short=name, x=_ACROSS * math.cos(angle), y=_DOWN * math.sin(angle), side="")
