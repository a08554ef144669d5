"""Same or not the same? Which known body a name of a list means; in doubt, a person is asked.

>>> matcher = Matcher([Body("hdj", ("Haus der Jugend Nauener Platz",)), Body("ba", ("Bezirksamt Mitte von Berlin",))])
>>> matcher.match(Body("", ("BA Mitte",))).outcome
'same'
"""

from __future__ import annotations

from graph.matching.body import REASONS, Body, Judgement, Match, Outcome
from graph.matching.judgements import GROUPS, judge, judgements
from graph.matching.matcher import Matcher

__all__ = ["GROUPS", "REASONS", "Body", "Judgement", "Match", "Matcher", "Outcome", "judge", "judgements"]
