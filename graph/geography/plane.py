"""Degrees to metres: a flat piece of the earth, small enough that its curvature does not matter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from shapely.geometry.base import BaseGeometry

_METRES_PER_DEGREE: Final = 111_194.93
"""Of latitude, on a sphere of the earth's mean radius."""


@dataclass(frozen=True)
class Plane:
    """A flat map around one point: x metres east of it, y metres north of it.

    Wrong by less than one part in a thousand within 20 km.

    Attributes:
        longitude, latitude: the point, in degrees (WGS 84).
    """

    longitude: float
    latitude: float

    @classmethod
    def around(cls, shapes: Iterable[BaseGeometry]) -> Plane:
        """A plane around the middle of what shapes in degrees cover; around 0, 0 without shapes."""
        boxes = [shape.bounds for shape in shapes if not shape.is_empty]
        if not boxes:
            return cls(0, 0)
        west, south, east, north = zip(*boxes, strict=True)
        return cls((min(west) + max(east)) / 2, (min(south) + max(north)) / 2)

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in degrees, in metres."""
        import shapely

        return shapely.transform(shape, self._metres)

    def _metres(self, degrees: np.ndarray) -> np.ndarray:
        shrink = math.cos(math.radians(self.latitude))
        return (degrees - (self.longitude, self.latitude)) * (_METRES_PER_DEGREE * shrink, _METRES_PER_DEGREE)


def shape_of(wkt: str) -> BaseGeometry | None:
    """The shape a WKT text describes; None for a text that is none, or one without any point."""
    import shapely

    shape = shapely.from_wkt(wkt, on_invalid="ignore")
    return shape if shape is not None and not shape.is_empty else None
