"""Bodies in columns of places: "Ort: Cultibo" is the Begegnungszentrum Cultibo where nothing else is called so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graph.matching.words import folded, head

if TYPE_CHECKING:
    from collections.abc import Iterable

_FEWEST: Final = 5
"""Letters of a name that is told apart from a word."""


def short_of(text: str, houses: Iterable[str], names: Iterable[str]) -> str:
    """The one house whose name ends in a text and says before it only what it is; "" for none.

    Args:
        text: what a column of places says.
        houses: bodies that columns of places name in full.
        names: all names of the list; where another has a word of the text, that may be a quarter's.
    """
    words = _words(text)
    found = [name for name in houses if _is_house(_words(name), words)]
    if len(found) != 1 or len("".join(words)) < _FEWEST:
        return ""
    elsewhere = any(set(words) & set(_words(other)) for other in names if other not in (found[0], text))
    return "" if elsewhere else found[0]


def _is_house(name: list[str], short: list[str]) -> bool:
    """Whether a name is a word for a house and then the short name: "Begegnungszentrum Cultibo"."""
    before = name[: -len(short)]
    return len(name) > len(short) and name[-len(short) :] == short and all(map(head, before))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
