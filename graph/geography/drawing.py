"""The map as lines and points of a plain drawing: for paper, and for browsers without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from graph.geography.located import Outline, Quarter, Spot

WIDTH: Final = 800
"""Width of the drawing in its own units."""

_MARGIN: Final = 24
_TALLEST: Final = 2.0
"""Height by width at most: a long river must still fit on a page."""


@dataclass(frozen=True)
class Drawing:
    """A map to be drawn.

    Attributes:
        width, height: of the whole, in units.
        lines: outlines with their path (SVG path data) and whether it is an area.
        points: spots with x, y and radius.
        scale: units of the bar that stands for `bar` metres. bar: metres, round.
    """

    width: float
    height: float
    lines: tuple[tuple[Outline, str, bool], ...]
    points: tuple[tuple[Spot, float, float, float], ...]
    scale: float
    bar: int


def drawing(quarter: Quarter) -> Drawing | None:
    """The map of what is shown; None if nothing of it has a position."""
    shapes = [*(one.shape for one in quarter.outlines), *(spot.shape for spot in quarter.spots)]
    flat = [quarter.plane.flat(shape) for shape in shapes]
    if not flat:
        return None
    boxes = [shape.bounds for shape in flat]
    west, north = min(box[0] for box in boxes), max(box[3] for box in boxes)
    wide = max(max(box[2] for box in boxes) - west, 1.0)
    tall = max(north - min(box[1] for box in boxes), 1.0)
    inner = WIDTH - 2 * _MARGIN
    factor = min(inner / wide, inner * _TALLEST / tall)

    def at(x: float, y: float) -> tuple[float, float]:
        return round(_MARGIN + (x - west) * factor, 1), round(_MARGIN + (north - y) * factor, 1)

    lines = [
        (
            one,
            " ".join(_path([at(*point) for point in ring], closed=closed) for ring, closed in _rings(shape)),
            _area(shape),
        )
        for one, shape in zip(quarter.outlines, flat, strict=False)
    ]
    points = []
    for spot, shape in zip(quarter.spots, flat[len(quarter.outlines) :], strict=True):
        middle = shape.representative_point()
        points.append((spot, *at(middle.x, middle.y), round(4 + min(spot.count, 25) ** 0.5 * 1.6, 1)))
    bar = next(metres for metres in (100, 250, 500, 1000, 2500, 5000, 10_000, 50_000, 10**9) if metres * factor > 60)
    return Drawing(
        WIDTH, round(tall * factor + 2 * _MARGIN, 1), tuple(lines), tuple(points), round(bar * factor, 1), bar
    )


def _area(shape: BaseGeometry) -> bool:
    return "Polygon" in shape.geom_type


def _rings(shape: BaseGeometry) -> Iterable[tuple[list[tuple[float, float]], bool]]:
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type == "Polygon":
            yield from ((list(ring.coords), True) for ring in (part.exterior, *part.interiors))
        else:
            yield list(part.coords), False


def _path(points: list[tuple[float, float]], *, closed: bool) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) + ("Z" if closed else "")
