"""Which texts hold a word: written so, beginning so, inside another word, or written alike."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeVar

from graph.directory.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

T = TypeVar("T")

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"\b[^\W\d_](?:\.\s?[^\W\d_]\b)+")
_UMLAUT = re.compile(r"(?<=[aou])e")

BEGINNING, INSIDE, ALIKE = 0.93, 0.8, 0.5
"""How good it is that a word only begins like another (1: is the same), stands inside it, or is written alike."""

_LIKENESS, _LIKENESS_OF_SHORT, _SHORT = 74, 85, 4
"""Least likeness (0–100) of words that may mean the same; short words are like too many others."""


def terms(text: str) -> list[str]:
    """The words of a text in the one writing in which they are compared.

    Case and accents do not count; "ä", "ae" and "a" are one, so are "ß" and "ss", "str." and "straße", "L.I.S.T." and
    "LIST".
    """
    plain = _LETTERS.sub(lambda found: re.sub(r"\W", "", found[0]), folded(text))
    return [_street(_UMLAUT.sub("", word)) for word in _WORD.findall(plain)]


def _street(word: str) -> str:
    return f"{word}asse" if word.endswith("str") else word


def joined(one: Mapping[str, list[T]], other: Mapping[str, list[T]]) -> dict[str, list[T]]:
    """The lists of both, one behind the other; both stay as they are."""
    return {**one, **{key: [*one.get(key, ()), *more] for key, more in other.items()}}


class WordIndex:
    """All words of numbered texts. Of names, words beside each other are also known as one: "Safe-Hub" as "safehub".

    Args:
        texts: the numbers of the texts that hold a word.
        words: all of these words, in order.
    """

    def __init__(self, texts: Mapping[str, list[int]], words: list[str]) -> None:
        self._texts, self._words = texts, words
        # All words one behind the other: to look into this is twenty times as fast as to look into each.
        self._line = "\n".join(words)
        self._begins = list(accumulate((len(word) + 1 for word in words[:-1]), initial=0))

    def extended(self, texts: Iterable[tuple[Sequence[str], bool]], start: int) -> WordIndex:
        """The index with more texts; this one stays as it is.

        Args:
            texts: the words of each, and whether it is a name.
            start: the number of the first.
        """
        found: dict[str, list[int]] = defaultdict(list)
        for number, (words, is_name) in enumerate(texts, start):
            pairs = [one + other for one, other in pairwise(words)] if is_name else ()
            for word in {*words, *pairs}:
                found[word].append(number)
        # In order already but for the new ones, which is next to nothing to sort.
        in_order = sorted([*self._words, *(found.keys() - self._texts.keys())])
        return WordIndex(joined(self._texts, found), in_order)

    def texts(self, word: str) -> list[int]:
        """The numbers of the texts that hold a word of the index."""
        return self._texts[word]

    def matches(self, word: str, *, alike: bool = False) -> dict[str, float]:
        """The words of the index that a typed word may mean, each with how well it fits (0–1).

        Args:
            word: as `terms` gives it.
            alike: also words that are written alike, or begin alike; never for numbers.
        """
        found = self._alike(word) if alike and not word.isdigit() else {}
        if len(word) > 2 and not word.isdigit():
            found |= {one: INSIDE for one in self._holding(word) if len(word) > 3 or one.endswith(word)}
        found |= dict.fromkeys(self._beginning(word), BEGINNING)
        return found | ({word: 1.0} if word in self._texts else {})

    def _beginning(self, word: str) -> list[str]:
        return self._words[bisect_left(self._words, word) : bisect_left(self._words, word + "\U0010ffff")]

    def _holding(self, word: str) -> Iterator[str]:
        at = self._line.find(word)
        while at >= 0:
            place = bisect_right(self._begins, at) - 1
            yield self._words[place]
            at = self._line.find(word, self._begins[place] + len(self._words[place]))

    def _alike(self, word: str) -> dict[str, float]:
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        least = (_LIKENESS if len(word) > _SHORT else _LIKENESS_OF_SHORT) / 100
        found: dict[str, float] = {}
        # The beginnings too: people search before they have finished typing.
        longer = [one for one in self._words if len(one) > len(word)]
        beginnings = [one[: len(word)] for one in longer]
        for factor, words, shown in ((ALIKE * BEGINNING, longer, beginnings), (ALIKE, self._words, self._words)):
            near = process.extract(
                word, shown, scorer=Indel.normalized_similarity, score_cutoff=least, limit=None, processor=None
            )
            for _, likeness, place in near:
                one = words[place]
                found[one] = max(found.get(one, 0.0), factor * likeness**3)
        return found
