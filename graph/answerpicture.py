"""The answer to a query as a network: what stands side by side in a row is connected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

_WIDE = 1.9
"""How much wider than it is arranged a part may be drawn, as far as it fits the page: names are wider than high."""
_MARGIN = 90.0
_ABOVE = 45.0
_PAGE = 1000.0
"""Width of a row of parts, unless one part is wider."""


@dataclass(frozen=True)
class Drawn:
    """Places for a drawing `width` wide and `height` high.

    Attributes:
        places: name → (x, y), in the order in which the names came.
        degrees: name → how many others it is connected with.
        width, height: of the drawing.
    """

    places: dict[str, tuple[float, float]]
    degrees: dict[str, int]
    width: float
    height: float


def drawn(pairs: Iterable[tuple[str, str]]) -> Drawn:
    """Where to draw what is connected by these pairs; the same pairs always give the same places.

    What hangs together is drawn together, the biggest part first and the others behind and below it, so that no part
    is out of sight far away.
    """
    import networkx as nx

    edges = list(pairs)
    network = nx.Graph(edges)
    parts = sorted(nx.connected_components(network), key=lambda part: (-len(part), min(part)))
    boxes = [_box(nx.Graph([edge for edge in edges if edge[0] in part])) for part in parts]
    page = max([_PAGE, *(box.width for box in boxes)])
    placed = dict[str, tuple[float, float]]()
    left = top = height = width = 0.0
    for box in boxes:
        if left and left + box.width > page:
            left, top, height = 0.0, top + height, 0.0
        placed.update((name, (round(left + x, 1), round(top + y, 1))) for name, (x, y) in box.places.items())
        left, height = left + box.width, max(height, box.height)
        width = max(width, left)
    empty = 2 * _MARGIN
    places = {name: placed[name] for name in network}
    return Drawn(places, dict(network.degree()), round(width or empty, 1), round(top + height or empty, 1))


@dataclass(frozen=True)
class _Box:
    places: dict[str, tuple[float, float]]
    width: float
    height: float


def _box(part: nx.Graph[str]) -> _Box:
    """What hangs together, with room for names around it."""
    from graph.layout.arrangement import positions

    found = positions(part)
    left, top = (min(place[axis] for place in found.values()) for axis in (0, 1))
    breadth = max(x for x, _ in found.values()) - left
    wide = min(_WIDE, max(1.0, (_PAGE - 2 * _MARGIN) / breadth)) if breadth else 1.0
    places = {name: (_MARGIN + (x - left) * wide, _ABOVE + (y - top)) for name, (x, y) in found.items()}
    width, height = (max(place[axis] for place in places.values()) for axis in (0, 1))
    return _Box(places, width + _MARGIN, height + _ABOVE)
