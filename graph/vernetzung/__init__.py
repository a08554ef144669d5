"""How the Vernetzung stands, in words: each figure a sentence, what it means, what it does not, and its table.

>>> for figure in figures(store, Question(handlungsfeld="2022-4")):   # doctest: +SKIP
...     print(figure.sentence["de"])
"""

from graph.vernetzung.figure import Cell, Figure, as_csv
from graph.vernetzung.ground import Ground, Question
from graph.vernetzung.report import NAMES, figures
from graph.vernetzung.trend import Moment, trend

__all__ = ["NAMES", "Cell", "Figure", "Ground", "Moment", "Question", "as_csv", "figures", "trend"]
