"""Two entries made one, and one made two: by hand, as one change each, and never back by the next import.

>>> merged = merge(store, "actor", "kita-sonne", "kita-sonne-e-v", "Ada")
>>> replaced_by(store, "actor", "kita-sonne-e-v")
'kita-sonne'
"""

from __future__ import annotations

from graph.matching.doubles import Double, doubles
from graph.merging.clashes import Clash, clashes
from graph.merging.facing import Facing, Line, facing
from graph.merging.joining import Dropped
from graph.merging.merge import MERGEABLE, Merged, merge
from graph.merging.split import Part, Split, parts, split
from graph.merging.traces import replaced_by

__all__ = [
    "MERGEABLE",
    "Clash",
    "Double",
    "Dropped",
    "Facing",
    "Line",
    "Merged",
    "Part",
    "Split",
    "clashes",
    "doubles",
    "facing",
    "merge",
    "parts",
    "replaced_by",
    "split",
]
