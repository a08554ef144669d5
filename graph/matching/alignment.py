"""The words of two names side by side: what both have, what only one has, and how equal the shared ones are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.matching.spelling import parts_letters, sort_of
from graph.matching.words import head

if TYPE_CHECKING:
    from graph.matching.spelling import Spelling


@dataclass
class Aligned:
    """Words side by side.

    Attributes:
        shared: words of both. left, right: words only the first, only the second name has.
        reasons: how words were found to be the same though they are written differently.
        doubts: likewise, where they might be two after all.
    """

    shared: list[str]
    left: list[str]
    right: list[str]
    reasons: list[str]
    doubts: list[str]


def align(one: Spelling, other: Spelling) -> Aligned:
    """Lay the words of two names side by side."""
    found = Aligned([], [*one.words], [*other.words], [], [])
    for word in one.words:
        if word in found.right:
            found.right.remove(word)
            found.left.remove(word)
            found.shared.append(word)
    _join(found.left, found.right, found)
    _join(found.right, found.left, found)
    _forgive(found)
    _abbreviated(one, other, found)
    for extra, facing in ((found.left, other), (found.right, one)):
        # What stands in brackets in one name may be a plain word of the other.
        for word in [word for word in extra if word in facing.qualifier]:
            extra.remove(word)
            found.shared.append(word)
    return found


def _forgive(found: Aligned) -> None:
    """Take a misspelt word for the right one; in short words that is a doubt."""
    for word in list(found.left):
        near = next((each for each in found.right if _is_misspelt(word, each)), "")
        if near:
            found.left.remove(word)
            found.right.remove(near)
            found.shared.append(max(word, near, key=len))
            (found.reasons if _is_long(word) and _is_long(near) else found.doubts).append(f"spelling: {word} / {near}")


def _join(parts: list[str], wholes: list[str], found: Aligned) -> None:
    """Take "schiller" and "bibliothek" for "schillerbibliothek"."""
    for first, second in zip(list(parts), list(parts)[1:], strict=False):
        whole = next(
            (each for each in wholes if each in {first + second, f"{first}s{second}", f"{first}n{second}"}), ""
        )
        if whole and first in parts and second in parts:
            parts.remove(first)
            parts.remove(second)
            wholes.remove(whole)
            found.shared.append(whole)
            found.reasons.append(f"words joined: {whole}")


def _abbreviated(one: Spelling, other: Spelling, found: Aligned) -> None:
    """Take one short word for several: "HdJ Kirchdeich" and "Haus der Jugend Kirchdeich"."""
    for shorts, fulls in ((found.left, found.right), (found.right, found.left)):
        full = other if fulls is found.right else one
        if full.short in shorts and fulls:
            shorts.remove(full.short)
            found.shared += fulls
            fulls.clear()
            found.reasons.append(f"abbreviation: {full.short}")
            continue
        for word in [word for word in shorts if 2 < len(word) <= 5]:
            # One short word for one compound: "KGV" and "Kleingartenverein".
            if whole := next((each for each in fulls if parts_letters(each) == word), ""):
                shorts.remove(word)
                fulls.remove(whole)
                found.shared.append(whole)
                found.reasons.append(f"abbreviation: {word}")
        short = next((word for word in shorts if 2 < len(word) <= 5 and len(fulls) >= 2), "")
        if short and any(letters.startswith(short) for letters in full.initials) and len(fulls) >= len(short) - 2:
            shorts.remove(short)
            found.shared += fulls
            fulls.clear()
            found.reasons.append(f"abbreviation: {short}")


def _is_misspelt(one: str, other: str) -> bool:
    """One letter differs; in long words two may. Never in numbers or in words that are both common ones."""
    if abs(len(one) - len(other)) > 2 or min(len(one), len(other)) < 4 or re.search(r"\d", one + other):
        return False
    if sort_of(one) not in {"own", "topic"} and sort_of(other) not in {"own", "topic"} and head(one) != head(other):
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if min(len(one), len(other)) >= 14 else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed and one[0] == other[0]


def _is_long(word: str) -> bool:
    kind = next((end for end in ("strasse", "platz", "schule", "haus") if word.endswith(end)), "")
    return len(word) - len(kind) >= 8
