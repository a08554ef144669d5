"""The answer to a query as a network: what stands side by side in a row is connected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from graph.layout import positions

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDE = 1.9
"""Names are wider than high."""
_MARGIN = 90.0


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
    """Where to draw what is connected by these pairs; the same pairs always give the same places."""
    network = nx.Graph(list(pairs))
    if not network:
        return Drawn({}, {}, 2 * _MARGIN, 2 * _MARGIN)
    found = positions(network)
    left, top = (min(place[axis] for place in found.values()) for axis in (0, 1))
    right, bottom = (max(place[axis] for place in found.values()) for axis in (0, 1))
    places = {
        name: (round(_MARGIN + (x - left) * _WIDE, 1), round(_MARGIN + (y - top), 1)) for name, (x, y) in found.items()
    }
    size = round((right - left) * _WIDE + 2 * _MARGIN, 1), round(bottom - top + 2 * _MARGIN, 1)
    return Drawn(places, dict(network.degree()), *size)
