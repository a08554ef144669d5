"""The river: how far something is from it, and along which stretch it lies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

STRETCH: Final = 500.0
"""Metres of a stretch, about: a walk of six minutes."""

NEAR: Final = 250.0
"""Metres from the bank within which a place can give its name to a stretch."""

_LANDMARKS: Final = 2


@dataclass(frozen=True)
class Stretch:
    """A stretch of the river.

    Attributes:
        number: from 1, down the river as it is drawn.
        begins, ends: metres along the river.
        landmarks: names of the places nearest to it, at most two, down the river.
    """

    number: int
    begins: float
    ends: float
    landmarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class River:
    """A watercourse as a line in metres.

    Attributes:
        name: its name.
        line: its course.
        stretches: in order, together the whole of it.
    """

    name: str
    line: BaseGeometry
    stretches: tuple[Stretch, ...]

    @classmethod
    def along(cls, name: str, line: BaseGeometry, places: Mapping[str, BaseGeometry]) -> River:
        """A river cut into stretches of equal length, named after the places on their banks.

        Args:
            name: its name.
            line: its course in metres.
            places: what may give a stretch its name, in metres, by name.
        """
        count = max(1, round(line.length / STRETCH))
        ends = [line.length * index / count for index in range(count + 1)]
        bare = cls(name, line, tuple(Stretch(index + 1, ends[index], ends[index + 1]) for index in range(count)))
        near: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
        for called, shape in places.items():
            if (metres := bare.metres_to(shape)) <= NEAR:
                near[bare.stretch_of(shape)].append((metres, called))
        named = []
        for stretch in bare.stretches:
            nearest = [called for _, called in sorted(near[stretch.number])[:_LANDMARKS]]
            nearest.sort(key=lambda called: bare.metres_along(places[called]))
            named.append(replace(stretch, landmarks=tuple(nearest)))
        return replace(bare, stretches=tuple(named))

    def metres_to(self, shape: BaseGeometry) -> float:
        """The shortest way from a shape to the river, as the crow flies."""
        return float(self.line.distance(shape))

    def metres_along(self, shape: BaseGeometry) -> float:
        """How far down the river the point lies that is nearest to a shape's middle."""
        return float(self.line.project(shape.representative_point()))

    def stretch_of(self, shape: BaseGeometry) -> int:
        """Number of the stretch a shape lies nearest to, by its middle."""
        share = self.metres_along(shape) / self.line.length
        return min(len(self.stretches), int(share * len(self.stretches)) + 1)
