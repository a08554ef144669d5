"""A body with its names taken apart, and the clues by which candidates for it are found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.matching.evidence import domain, house
from graph.matching.spelling import Spelling, sort_of, spelling
from graph.matching.words import folded, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.matching.body import Body


@dataclass(frozen=True)
class Described:
    """A body as it is compared.

    Attributes:
        body: as it was given.
        spellings: its names, those before included, taken apart.
        shorts: its short forms, folded.
        former: texts of names it had before.
        legal: its legal form from beside the names, "" if unknown.
        house: street and number. domain: host of its site. "" if unknown.
    """

    body: Body
    spellings: tuple[Spelling, ...]
    shorts: frozenset[str]
    former: frozenset[str]
    legal: str
    house: str
    domain: str


class Legend:
    """What abbreviations of the lists at hand mean.

    Args:
        meanings: abbreviation → meaning, what stands in brackets there is left out.
    """

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._full = {
            short: re.sub(r"\s*\([^()]*\)", "", full).strip() for short, full in meanings.items() if short.strip()
        }

    def meaning(self, short: str) -> str:
        """The meaning of an abbreviation, "" if it is none."""
        return self._full.get(short, "")

    def written_out(self, name: str) -> str:
        """A name with its abbreviations written out, the longest first."""
        words = name.split()
        for count in range(min(3, len(words)), 0, -1):
            for start in range(len(words) - count + 1):
                if meaning := self.meaning(" ".join(words[start : start + count])):
                    return " ".join((*words[:start], meaning, *words[start + count :]))
        return name


def described(body: Body, legend: Legend) -> Described:
    """Take a body's names apart."""
    names = dict.fromkeys((*body.names, *body.former))
    meant = [meaning for name in (*names, *body.abbreviations) if (meaning := legend.meaning(name))]
    texts = [legend.written_out(name) for name in (*names, *meant) if name.strip()]
    spellings = tuple(dict.fromkeys(map(spelling, texts)))
    shorts = {folded(short.strip()) for short in body.abbreviations} | {each.short for each in spellings}
    shorts |= {folded(name.strip()) for name in names if spelling(name).letters}
    legal = mapping("legal").get(re.sub(r"[\s.]", "", folded(body.legal_form)), "")
    former = frozenset(spelling(name).text for name in body.former)
    return Described(
        body, spellings, frozenset(shorts - {""}), former, legal, house(body.address), domain(body.website)
    )


def clues(entry: Described, *, is_asking: bool = False) -> Iterator[str]:
    """What candidates are found by: words, words less one letter ("-…"), whole names ("=…"), short forms ("!…")."""
    for each in entry.spellings:
        yield from each.words
        yield from each.qualifier
        yield from (f"={squash}" for squash in each.squashes)
        yield from (f"!{letters}" for letters in each.initials)
        if is_asking and each.letters:
            yield f"!{each.letters}"
        yield from (first + second for first, second in zip(each.words, each.words[1:], strict=False))
        for word in each.words:
            if 5 <= len(word) <= 24 and sort_of(word) == "own":
                yield f"-{word}"
                yield from (f"-{word[:at]}{word[at + 1 :]}" for at in range(len(word)))
        if len(each.words) > 1 and _is_ministry(each):
            yield f"={each.words[0]}{each.words[1]}"
    yield from (f"!{short}" for short in entry.shorts)


def _is_ministry(each: Spelling) -> bool:
    return each.words[0] == "senatsverwaltung" or each.words[0].endswith("ministerium")
