"""Keeping the graph current: what to confirm, what is missing, what is new, and ties entered in passing."""

from graph.upkeep.confirming import KINDS, MAIN, Asked, Confirmation, Line, count_due, to_confirm
from graph.upkeep.meeting import Begun, Meeting, Step, begin, capture, meeting
from graph.upkeep.missing import Lack, count_missing, missing
from graph.upkeep.news import News, day_of, news, version_before
from graph.upkeep.stock import handlungsfelder, label_of
from graph.upkeep.ticking import Meant, Tick, TickList, Unclear, is_new, meant, tick_list
from graph.upkeep.ties import Declared, Wanted, declare

__all__ = [
    "KINDS",
    "MAIN",
    "Asked",
    "Begun",
    "Confirmation",
    "Declared",
    "Lack",
    "Line",
    "Meant",
    "Meeting",
    "News",
    "Step",
    "Tick",
    "TickList",
    "Unclear",
    "Wanted",
    "begin",
    "capture",
    "count_due",
    "count_missing",
    "day_of",
    "declare",
    "handlungsfelder",
    "is_new",
    "label_of",
    "meant",
    "meeting",
    "missing",
    "news",
    "tick_list",
    "to_confirm",
    "version_before",
]
