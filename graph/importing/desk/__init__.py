"""The desk: lists that were handed in lie here until somebody takes them over or throws them away.

Each upload has a folder of its own. A process beside the server reads it and writes down what taking over would do; so
the server answers others meanwhile, and a list that breaks the reading breaks nothing else. What has been read outlives
a restart.
"""

from __future__ import annotations

from graph.importing.desk.choices import IGNORED, KINDS, Meaning, meanings
from graph.importing.desk.desk import Desk, Moved
from graph.importing.desk.previews import FILTERS, Preview
from graph.importing.desk.readings import STEPS, Reading
from graph.importing.desk.uploads import ENDINGS, Upload, facts_of

__all__ = [
    "ENDINGS",
    "FILTERS",
    "IGNORED",
    "KINDS",
    "STEPS",
    "Desk",
    "Meaning",
    "Moved",
    "Preview",
    "Reading",
    "Upload",
    "facts_of",
    "meanings",
]
