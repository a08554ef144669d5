"""Where things lie: the Quartier, its river, and what happens at which place.

>>> quarter = located(store, Question(handlungsfeld="2022-4"))   # doctest: +SKIP
>>> [spot.ref.label for spot in quarter.spots]                   # doctest: +SKIP
"""

from graph.geography.colouring import BY, Colouring, Key, colouring
from graph.geography.drawing import Drawing, drawing
from graph.geography.geojson import Reading, apply, features, read
from graph.geography.located import KINDS, Outline, Quarter, Question, Spot, located, river_name
from graph.geography.plane import Plane
from graph.geography.river import River, Stretch
from graph.geography.sheet import spreadsheet

__all__ = [
    "BY",
    "KINDS",
    "Colouring",
    "Drawing",
    "Key",
    "Outline",
    "Plane",
    "Quarter",
    "Question",
    "Reading",
    "River",
    "Spot",
    "Stretch",
    "apply",
    "colouring",
    "drawing",
    "features",
    "located",
    "read",
    "river_name",
    "spreadsheet",
]
