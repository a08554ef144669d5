"""German words that tell names apart, from `words.toml`, folded as names are folded before they are compared."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

_UMLAUTS: Final = re.compile(r"([aou])e")
_GENDER: Final = re.compile(r"(?<=\w)(?:(?:[*:_·]|/-?)in(?:nen)?|\(in(?:nen)?\))")


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """A text without what spelling it differently changes: case, umlauts (ä = ae = a), accents, ß, soft hyphens.

    Letters, digits and everything else stay in their order, so that words can still be found.
    """
    plain = unicodedata.normalize("NFKD", text.replace("\u00ad", "").casefold().replace("ß", "ss"))
    return _UMLAUTS.sub(r"\1", "".join(char for char in plain if not unicodedata.combining(char)))


def without_gender(text: str) -> str:
    """A text in which "Bürger*innen", "Bürger:innen" and "Bürger(innen)" are "Bürger"."""
    return _GENDER.sub("", text)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@cache
def words(section: str, key: str = "words") -> frozenset[str]:
    """A list of folded words."""
    return frozenset(folded(word) for word in _tables()[section][key].split())


@cache
def mapping(section: str) -> dict[str, str]:
    """A section as folded word → meaning, also where the file has the meaning first ("e.V." = "ev")."""
    table = _tables()[section]
    if section in {"legal", "roles"}:
        return {folded(word): meaning for meaning, forms in table.items() for word in forms.split()}
    return {folded(word): meaning for word, meaning in table.items()}


@cache
def _suffixes() -> tuple[str, ...]:
    heads = (words("heads", "facility") | words("heads", "body")) - words("heads", "whole") | {
        "haus",
        "laden",
        "dienst",
    }
    return tuple(sorted(heads, key=len, reverse=True))


@lru_cache(maxsize=100_000)
def head(word: str) -> str:
    """The word for a kind of body at the end of a folded word ("nachbarschaftshaus" → "haus"); "" if there is none."""
    if word in words("heads", "whole") or word in words("heads", "facility") or word in words("heads", "body"):
        return word
    if not word.endswith(_suffixes()):
        return ""
    longest = next(ending for ending in _suffixes() if word.endswith(ending))
    return longest if len(word) - len(longest) >= 2 and len(longest) >= 3 else ""


@lru_cache(maxsize=100_000)
def plural_head(word: str) -> str:
    """A folded word for several bodies in the singular, folded ("grundschulen" → "grundschule"); "" if it is none."""
    for many, one in mapping("plurals").items():
        if word.endswith(many):
            return word[: -len(many)] + folded(one)
    return ""


@lru_cache(maxsize=100_000)
def is_topic(word: str) -> bool:
    """Whether a folded word says what a body cares for, not which body it is."""
    if word in words("topics") or (word.endswith("n") and word[:-1] in words("topics")):
        return True  # "für Kinder", "von Kindern"
    return not head(word) and len(word) > 5 and word.endswith(tuple(words("topics", "endings")))


@lru_cache(maxsize=100_000)
def is_venue(word: str) -> bool:
    """Whether a folded word names something one can visit ("uferhallen", "kita", "wiesenburg")."""
    return word in words("heads", "facility") or word.endswith(_places())


@cache
def _places() -> tuple[str, ...]:
    return tuple(place for place in words("heads", "facility") if len(place) > 3)
