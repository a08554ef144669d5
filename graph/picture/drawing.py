"""A view as an SVG drawing: for paper, for documents, and for browsers without JavaScript.

The same positions, shapes and colours as in the explorer. Names are placed greedily, the biggest nodes first, and left
out where they would cover another name or, but for the biggest, a node.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Final

from graph.entries import text as printable
from graph.picture.kinds import KINDS
from graph.picture.looks import LOOKS
from graph.picture.rings import WIDER, on_ring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.picture.view import Cluster, Node, View

    Point = tuple[float, float]
    Box = tuple[float, float, float, float]

WIDTH: Final = 1200.0
"""Width of the drawing in its own units; a name is 13 of them high."""

_TALLEST: Final = 0.75
_MARGIN: Final = 60.0
_FONT: Final = 13.0
_LETTER: Final = 0.54
"""Width of a letter by its height, of the mean; names are measured without a font at hand."""
_LONGEST: Final = 34
_MOST_NAMES: Final = 90
_PROMINENT: Final = 12
_CROWDED: Final = 400
"""Nodes from which on names may cover nodes, because looking costs too much."""
_ROUND_A_GROUP: Final = 38.0
_ROUND_A_SECTOR: Final = 28.0
_ASIDE: Final = "0.3"
"""Opacity of connections along a ring."""
_PARTS: Final = (0.66, 0.8, 0.52, 0.4)
"""How far from the middle to the first ring the name of a sector may stand, the roomiest place first."""
_STRAND: Final = 5.0
_NEAR_BY: Final = 110.0
"""How far two of a group may stand apart on one ground."""
_TINTS: Final = ("#dcecee", "#f5ead2", "#e9e1f3", "#ddefdf", "#f8e1e3", "#e3e7f4")
_RIM: Final = "#93aeb3"
_NAMESPACE: Final = "http://www.w3.org/2000/svg"


def drawing(view: View, title: str, *, width: float = WIDTH) -> str:
    """The view as a complete SVG document, without scripts, styles or links.

    Args:
        view: what to draw; positions are scaled to fit.
        title: what it shows, in a sentence, for those who do not see it.
        width: of the drawing in its own units; less makes the names bigger beside the rest.
    """
    to, height = _fitted(view, width)
    place = {node.id: to(node.x, node.y) for node in view.nodes}
    root = ET.Element("svg", {"xmlns": _NAMESPACE, "viewBox": f"0 0 {width:g} {height:g}", "role": "img"})
    ET.SubElement(root, "title").text = printable(title)
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff", "class": "ground"})
    _draw_sectors(root, view, to)
    _draw_groups(root, view, place)
    _draw_edges(root, view, place)
    radius = {node.id: _radius(node, len(view.nodes)) for node in view.nodes}
    for node in view.nodes:
        _draw_node(root, node, place[node.id], radius[node.id])
    taken = [*_draw_group_names(root, view, place, width), *_draw_sector_names(root, view, to)]
    _draw_names(root, view, place, radius, taken)
    return ET.tostring(root, encoding="unicode")


def _fitted(view: View, width: float) -> tuple[Callable[[float, float], Point], float]:
    """Where a place of the picture lies in the drawing, and how high that is."""
    xs, ys = [node.x for node in view.nodes] or [0.0], [node.y for node in view.nodes] or [0.0]
    wide, tall = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    room = width - 2 * _MARGIN
    factor = min(room / wide, room * _TALLEST / tall, 1.6)
    left = (width - wide * factor) / 2

    def to(x: float, y: float) -> Point:
        return round(left + (x - min(xs)) * factor, 1), round(_MARGIN + (y - min(ys)) * factor, 1)

    return to, round(tall * factor + 2 * _MARGIN, 1)


def _draw_sectors(root: ET.Element, view: View, to: Callable[[float, float], Point]) -> None:
    """Round a focus each Handlungsfeld as a tinted sector."""
    (x, y), (right, _) = to(0, 0), to(1000, 0)
    for number, sector in enumerate(view.sectors):
        reach = sector.outer + _ROUND_A_SECTOR
        (x1, y1), (x2, y2) = (to(*on_ring(reach, angle)) for angle in (sector.low, sector.high))
        down = reach * (right - x) / 1000
        large = int(sector.high - sector.low > math.pi)
        d = f"M{x:g} {y:g}L{x1:g} {y1:g}A{down * WIDER:g} {down:g} 0 {large} 1 {x2:g} {y2:g}Z"
        shape = ET.SubElement(root, "path", {"d": d, "fill": _tint(number), "stroke": _RIM, "class": "sector"})
        ET.SubElement(shape, "title").text = printable(sector.name)


def _draw_sector_names(root: ET.Element, view: View, to: Callable[[float, float], Point]) -> list[Box]:
    """Each in its sector, within the first ring; where there is no room, only its title says so."""
    taken: list[Box] = []
    for sector in view.sectors:
        name = _written(sector.name)
        half = len(name) * _FONT * _LETTER * 0.55
        for part in _PARTS:
            x, y = to(*on_ring(sector.inner * part, (sector.low + sector.high) / 2))
            box = (x - half, y - _FONT, x + half, y + 3)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                ET.SubElement(root, "text", _letters(x, y, "middle") | {"font-weight": "600"}).text = name
                break
    return taken


def _draw_groups(root: ET.Element, view: View, place: dict[str, tuple[float, float]]) -> None:
    """Each group as a tinted ground under its members, the biggest at the bottom; far ones hang on a strand.

    Where groups lie in one another, each member at last stands on the tint of its own.
    """
    for number, cluster in enumerate(view.clusters):
        strands, grounds = _ground(cluster, place)
        for d, colour, room in (
            (strands, _RIM, _STRAND),
            (grounds, _RIM, _ROUND_A_GROUP + 2),
            (grounds, _tint(number), _ROUND_A_GROUP),
        ):
            shape = ET.SubElement(root, "path", {"d": d, **_tube(colour, room)})
        ET.SubElement(shape, "title").text = printable(" · ".join(filter(None, (cluster.core, cluster.field))))
    for number, cluster in enumerate(view.clusters):
        spots = "".join(f"M{x:g} {y:g}h0" for x, y in (place[node] for node in cluster.members))
        ET.SubElement(root, "path", {"d": spots, **_tube(_tint(number), _ROUND_A_GROUP * 0.7)})


def _ground(cluster: Cluster, place: dict[str, tuple[float, float]]) -> tuple[str, str]:
    """Path data of the long links of a group, and of its members with the short ones."""
    strands: list[str] = []
    grounds = [f"M{x:g} {y:g}h0" for x, y in (place[node] for node in cluster.members)]
    for one, other in cluster.links:
        (x, y), (to_x, to_y) = place[one], place[other]
        parts = grounds if math.hypot(to_x - x, to_y - y) < _NEAR_BY else strands
        parts.append(f"M{x:g} {y:g}L{to_x:g} {to_y:g}")
    return "".join(strands), "".join(grounds)


def _tint(number: int) -> str:
    return _TINTS[number % len(_TINTS)]


def _tube(colour: str, width: float) -> dict[str, str]:
    look = {"fill": "none", "stroke": colour, "stroke-width": f"{width:g}", "stroke-linecap": "round"}
    return {**look, "class": "edge group"}


def _draw_group_names(root: ET.Element, view: View, place: dict[str, tuple[float, float]], width: float) -> list[Box]:
    """After whom each group is called, above it; where that would cover another name, only its title says so."""
    taken: list[Box] = []
    short = {node.label: node.short for node in view.nodes if node.short}
    for cluster in view.clusters:
        name = _written(short.get(cluster.core, cluster.core))
        corners = [place[node] for node in cluster.members]
        half = len(name) * _FONT * _LETTER * 0.55
        middle = sum(x for x, _ in corners) / len(corners)
        x, y = min(max(middle, half), width - half), max(min(y for _, y in corners) - _ROUND_A_GROUP / 2 - 4, _FONT)
        box = (x - half, y - _FONT, x + half, y + 3)
        if not any(_overlap(box, other) for other in taken):
            taken.append(box)
            letters = _letters(round(x, 1), round(y, 1), "middle") | {"font-weight": "600"}
            ET.SubElement(root, "text", letters).text = name
    return taken


def _written(label: str) -> str:
    """A name as it stands in a drawing: without what cannot be printed, and not too long."""
    name = printable(label)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _draw_edges(root: ET.Element, view: View, place: dict[str, tuple[float, float]]) -> None:
    """All edges of one look as one path; what counts most stands above."""
    paths: dict[tuple[bool, str, bool], list[str]] = {}
    crosses: list[str] = []
    for edge in view.edges:
        (x, y), (to_x, to_y) = place[edge.source], place[edge.target]
        paths.setdefault((edge.aside, edge.look, edge.lit), []).append(f"M{x:g} {y:g}L{to_x:g} {to_y:g}")
        if LOOKS[edge.look].crossed:
            crosses.append(f"M{(x + to_x) / 2 - 4:g} {(y + to_y) / 2 - 4:g}l8 8m0 -8l-8 8")
    order = ("derived", "kept", *LOOKS)
    keys = sorted(paths, key=lambda key: (not key[0], key[2], order.index(key[1])))
    for is_aside, name, is_lit in keys:
        look = LOOKS[name]
        attributes = {"d": "".join(paths[is_aside, name, is_lit]), "fill": "none", "class": f"edge {name}"}
        attributes |= {"stroke": "#0b5f73" if is_lit else look.colour, "stroke-width": f"{look.width + is_lit:g}"}
        if is_aside:
            attributes["stroke-opacity"] = _ASIDE
        if look.dash:
            attributes["stroke-dasharray"] = " ".join(f"{length:g}" for length in look.dash)
        ET.SubElement(root, "path", attributes)
    if crosses:
        stroke = {"stroke": LOOKS["failed"].colour, "stroke-width": "2"}
        ET.SubElement(root, "path", {"d": "".join(crosses), "fill": "none", "class": "edge", **stroke})


def _radius(node: Node, count: int) -> float:
    return round(min(4.5 + 1.5 * math.sqrt(node.degree), 14.0) * (0.75 if count > 400 else 1.0), 1)


def _draw_node(root: ET.Element, node: Node, at: tuple[float, float], radius: float) -> None:
    """The shape of its kind, drawn in a box of 20 and scaled to its size."""
    factor = radius / 8
    move = f"translate({at[0] - 10 * factor:g} {at[1] - 10 * factor:g}) scale({factor:g})"
    colour = KINDS[node.kind].colour
    look = {"fill": "#ffffff", "stroke": colour, "stroke-width": "2"} if node.change == "lost" else {"fill": colour}
    shape = ET.SubElement(root, "path", {"d": KINDS[node.kind].outline, "transform": move, "class": node.kind, **look})
    ET.SubElement(shape, "title").text = printable(node.label)


def _draw_names(
    root: ET.Element, view: View, place: dict[str, Point], radius: dict[str, float], taken: list[Box]
) -> None:
    """Names beside what is named already (`taken`), and not over nodes; only those of the most important ones may."""
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    order = sorted(view.nodes, key=lambda node: (node.distance, not node.lit, -node.degree, node.label, node.id))
    discs = [_disc(place[node.id], radius[node.id]) for node in order] if len(order) <= _CROWDED else []
    for number, node in enumerate(order):
        if len(taken) >= _MOST_NAMES:
            break
        name = _written(node.short or node.label)
        sides = [
            (x, y, anchor, box)
            for x, y, anchor, box in _sides(place[node.id], radius[node.id], len(name) * _FONT * _LETTER)
            if box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if not any(_overlap(box, other) for other in taken)
        ]
        clear = [side for side in sides if not any(_overlap(side[3], disc) for disc in discs)]
        for x, y, anchor, box in clear[:1] or (sides[:1] if number < _PROMINENT else []):
            taken.append(box)
            ET.SubElement(root, "text", _letters(x, y, anchor)).text = name


def _disc(at: Point, radius: float) -> Box:
    """Room of a node, a little less than its disc: names may touch it."""
    return at[0] - radius * 0.8, at[1] - radius * 0.8, at[0] + radius * 0.8, at[1] + radius * 0.8


def _letters(x: float, y: float, anchor: str) -> dict[str, str]:
    look = {"font-family": "Fira Sans, sans-serif", "font-size": f"{_FONT:g}", "fill": "#10262b"}
    halo = {"stroke": "#ffffff", "stroke-width": "3", "paint-order": "stroke", "stroke-linejoin": "round"}
    return {"x": f"{x:g}", "y": f"{y:g}", "text-anchor": anchor, **look, **halo}


def _sides(at: tuple[float, float], radius: float, length: float) -> Iterator[tuple[float, float, str, Box]]:
    """Where a name may stand: below, above, right, left; with the box it needs."""
    x, y = at
    for middle in (y + radius + _FONT + 1, y - radius - 4):
        yield x, round(middle, 1), "middle", (x - length / 2, middle - _FONT, x + length / 2, middle + 3)
    beside = round(y + _FONT / 3, 1)
    right, left = round(x + radius + 4, 1), round(x - radius - 4, 1)
    yield right, beside, "start", (right, beside - _FONT, right + length, beside + 3)
    yield left, beside, "end", (left - length, beside - _FONT, left, beside + 3)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
