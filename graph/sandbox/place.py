"""Find where a SPARQL text goes wrong: the first token after which nothing could make it right.

Oxigraph names the furthest character it looked at, and when it tries a keyword it looks as far as the keyword is long:
up to a dozen characters, and some lines, too far. So it is asked again, about beginnings of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.syntax import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

_PLACE = re.compile(r"at (\d+):(\d+)")
BASE = "http://localhost/"
"""Stands in where the place of a relative IRI does not matter."""
_PADDING = " " * 64
"""More than the longest keyword: a parser that gets to its end wants more text, one that does not has met a mistake."""


def find_place(text: str) -> tuple[int, int]:
    """Line and column, from 1 and in characters, of the first mistake in a query that does not parse.

    A mistake that only the end shows (a missing bracket) is at the end.
    """
    return _find(text, lambda beginning: ox.Store().query(beginning, base_iri=BASE))


def find_update_place(text: str) -> tuple[int, int]:
    """The same of an update; it is tried on an empty store."""
    return _find(text, lambda beginning: ox.Store().update(beginning, base_iri=BASE))


def _find(text: str, attempt: Callable[[str], object]) -> tuple[int, int]:
    found = list(tokens(text))
    low, high = 0, len(found)  # so many tokens may begin a query; so many and one more do not
    while low < high:
        middle = (low + high) // 2
        if _may_begin(text[: found[middle].end()], attempt):
            low = middle + 1
        else:
            high = middle
    if low == len(found):
        return _line_and_column(text, len(text.rstrip()))
    start = found[low].start()
    if low and not _may_begin(
        text[:start], attempt
    ):  # what lies between two tokens is it: the end of a line within a text
        start = found[low - 1].end()
    return _line_and_column(text, start)


def _may_begin(text: str, attempt: Callable[[str], object]) -> bool:
    """Whether a text is right, or could become so with more text behind it."""
    padded = text + _PADDING
    try:
        attempt(padded)
    except SyntaxError as error:
        place = _PLACE.search(str(error))
        return place is not None and (int(place[1]), int(place[2])) >= _line_and_column(padded, len(padded))
    except (OSError, RuntimeError, ValueError):  # it parses; what it meets then is another matter
        return True
    return True


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def find_line(message: str) -> tuple[int, int] | tuple[None, None]:
    """Line and column that a parser's message names; None, None if it names none."""
    place = re.search(r"line (\d+) (?:column|between columns) (\d+)", message) or _PLACE.search(message)
    return (int(place[1]), int(place[2])) if place else (None, None)
