"""What offices write where they know nothing: "k. A.", "–", "n.n.", "noch offen"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from graph.matching.words import folded, words

_NOTHING: Final = words("nothing")
_ERROR_VALUE: Final = re.compile(r"#(NV|N/A|REF!|BEZUG!|WERT!|VALUE!|NAME\??|DIV/0!|NULL!|NUM!|ZAHL!)", re.IGNORECASE)
SIGN: Final = re.compile(r"(?![\u25a1\u25fb\u2610])([\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff])\1{0,2}")
"""A geometric shape, star or dingbat, up to three of one: a tick, but for empty boxes."""
_LETTERS: Final = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def is_unknown(text: str) -> bool:
    """Whether a cell says that nothing is known, or says nothing at all.

    True for empty cells, dashes and question marks, "k. A.", "n.n.", "unbekannt", "tbd", "noch offen", "keine" and the
    error values of spreadsheets ("#NV"). Brackets, dots, spaces and case do not matter. False for a tick or another
    sign, and for anything else, so that a name which merely contains such a word ("Offene Werkstatt") is never lost.
    """
    if SIGN.fullmatch(text.strip(" ()")):
        return False
    if _ERROR_VALUE.fullmatch(text.strip()):
        return True
    word = _LETTERS.sub("", folded(text))
    return not word or word in _NOTHING
