"""Periods as offices write them: "2018 bis 2020", "seit Mai 2016", "I/2022 - IV/2023", "Sommer 2021", "laufend".

A text is cut into moments ("04.2019", "Herbst 2021", "1.4."), what stands between them ("bis", ",") and words that open
an end ("seit", "laufend"). A moment without its year or month borrows it from its neighbour.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from graph.importing.blanks import is_unknown
from graph.importing.moments import MOMENT, Moment, moment

_BRACKETS: Final = re.compile(r"[(\[][^()\[\]]*[)\]]")
_NOISE: Final = re.compile(
    r"""\d{1,2}(?:[:.]\d{2})?\s*(?:(?:-|–|bis)\s*\d{1,2}(?:[:.]\d{2})?\s*)?Uhr | \b\d{1,2}:\d{2}(?::\d{2})?\b
    | \b(?:mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\b[.,]*
      (?=\s*(?:den\s*)?\d)
    | \b(?:für\s+)?(?:\d+|ein|zwei|drei|vier|fünf)\s*(?:jahre?n?|monate?n?|wochen?|tage?n?)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\b(?:fort|weiter)?laufend|\bunbefristet|\bdauerhaft|\bheute\b|\boffen\b|\bandauernd|\bläuft\b|\blfd\b|\bff\b|\bf\.(?!\w)"
    r"|\bjetzt\b|\bauf weiteres|\bverstetigt|\bgegenwart|\baktuell|\bregelmäßig|\bdauerangebot|\bständig",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\b(?:seit|ab|nach)\b", re.IGNORECASE)
_UNTIL: Final = re.compile(r"(?:\b(?:bis|endet|vor|längstens)\b|^\s*[-–—])[\s\w.]*$", re.IGNORECASE)
_DASH_AT_END: Final = re.compile(r"^\s*(?:[-–—]|\bbis\b)\s*$", re.IGNORECASE)
_RANGE: Final = re.compile(r"[-–—→]|\bbis\b", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """What a text says about when.

    Attributes:
        start: "YYYY", "YYYY-MM" or "YYYY-MM-DD", as exactly as it is known; "" if unknown. A season, quarter or school
            year starts with its first month.
        end: likewise, its last month.
        ongoing: the text says that there is no fixed end ("seit 2016", "laufend").
        text: what was written.
        problem: "end-before-start" (both are given all the same), "unreadable" (nothing was understood); else "".
    """

    start: str = ""
    end: str = ""
    ongoing: bool = False
    text: str = ""
    problem: str = ""


def period(text: str, value: object = None) -> Period:
    """Read a period.

    Args:
        text: the cell as it is shown. Remarks in brackets and times of day are passed over.
        value: what the file holds, if it is a date or a number. A number is a year or nothing: a serial day of a
            spreadsheet is only believed where the file itself says that it is a date.
    """
    written = " ".join(text.split())
    if isinstance(value, dt.date):
        day = (value.date() if isinstance(value, dt.datetime) else value).isoformat()
        return Period(day, day, text=written or day)
    if isinstance(value, int | float) and not isinstance(value, bool):
        year = f"{value:g}"
        known = re.fullmatch(r"(?:19|20)\d{2}", year) is not None
        return Period(year, year, text=year) if known else Period(text=written or year, problem="unreadable")
    return _worded(written)


@lru_cache(maxsize=16_384)
def _worded(written: str) -> Period:
    if is_unknown(_BRACKETS.sub("", written)) and is_unknown(written):
        return Period(text=written)
    bare = _BRACKETS.sub(" ", written)
    return _read(bare if not is_unknown(bare) else written.strip("()[] "), written)


def joined(begin: Period, finish: Period) -> Period:
    """One period from two cells, the one under "Beginn" and the one under "Ende"."""
    text = " – ".join(part.text for part in (begin, finish) if part.text)
    end = "" if finish.ongoing and not finish.end else finish.end or finish.start
    ongoing = not end and (begin.ongoing or finish.ongoing)
    problem = begin.problem or finish.problem or _order(begin.start, end)
    return Period(begin.start, end, ongoing, text, problem)


def _read(bare: str, written: str) -> Period:
    text = _NOISE.sub(" ", bare)
    matches = [match for match in MOMENT.finditer(text) if _certain(match, text)]
    moments = _completed([moment(match) for match in matches])
    known = [(match, found) for match, found in zip(matches, moments, strict=True) if found.year]
    ongoing = _OPEN.search(text) is not None
    if not known:
        return Period(ongoing=ongoing, text=written, problem="" if ongoing else "unreadable")
    before, after = text[: known[0][0].start()], text[known[-1][0].end() :]
    first, last = known[0][1], known[-1][1]
    if len(known) == 1 and _UNTIL.search(before) and not _FROM.search(before):
        return Period("", last.end, text=written)
    if len(known) == 1 and (ongoing or _FROM.search(before) or _DASH_AT_END.search(after)):
        return Period(first.start, "", ongoing=True, text=written)
    if len(known) == 1 and _RANGE.search(after) and "?" in after:
        return Period(first.start, "", text=written)
    if ongoing and (_OPEN.search(after) or not _RANGE.search(text[known[0][0].end() : known[-1][0].start()])):
        return Period(first.start, "", ongoing=True, text=written)
    start, end = first.start, last.end
    return Period(start, end, text=written, problem=_order(start, end))


def _certain(match: re.Match[str], text: str) -> bool:
    """A bare number is a moment only where a range or list goes on to a fuller one ("03–11/2019")."""
    if match.lastgroup not in {"number", "roman"}:
        return True
    rest = text[match.end() :]
    return re.match(r"\s*(?:[-–—,/+&]|bis|und|u\.)\s*(?=\w)", rest) is not None and MOMENT.search(rest) is not None


def _completed(moments: list[Moment]) -> list[Moment]:
    """Moments that lack a year, month or unit borrow it: first from what follows, else from what stands before."""
    done = list(moments)
    for here in range(len(done) - 2, -1, -1):
        done[here] = done[here].borrowed(done[here + 1], other_follows=True)
    for here in range(1, len(done)):
        done[here] = done[here].borrowed(done[here - 1], other_follows=False)
    return done


def _order(start: str, end: str) -> str:
    shared = min(len(start), len(end))
    return "end-before-start" if shared and end[:shared] < start[:shared] else ""
