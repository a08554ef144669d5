"""Keeping the graph current: what to confirm, what is missing, what is new, and ties entered in passing."""

from graph.upkeep.confirming import KINDS, MAIN, Asked, Confirmation, Line, count_due, to_confirm
from graph.upkeep.meeting import Begun, Meeting, Step, begin, capture, meeting
from graph.upkeep.missing import Lack, count_missing, missing
from graph.upkeep.news import News, news, version_before
from graph.upkeep.stock import handlungsfelder
from graph.upkeep.ties import MUTUAL, Candidate, Declared, Wanted, candidates, declare

__all__ = [
    "KINDS",
    "MAIN",
    "MUTUAL",
    "Asked",
    "Begun",
    "Candidate",
    "Confirmation",
    "Declared",
    "Lack",
    "Line",
    "Meeting",
    "News",
    "Step",
    "Wanted",
    "begin",
    "candidates",
    "capture",
    "count_due",
    "count_missing",
    "declare",
    "handlungsfelder",
    "meeting",
    "missing",
    "news",
    "to_confirm",
    "version_before",
]
