"""A name taken apart as whoever writes a list shortens it: what it is, what it is called, what may be left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from graph.matching.spelling import DIRECTIONS, sort_of, spelling
from graph.matching.words import folded, head, is_venue, mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

_FAITHS: Final = {"evangelisch": "e", "luth": "e", "lutherisch": "e", "prot": "e", "katholisch": "k", "rk": "k"}
_PARISH: Final = re.compile(r"(?:kirchengemeinde|pfarrgemeinde|gemeinde|kirche|pfarrei)$")
_UNITS: Final = {"kv": "kreisverband", "ov": "ortsverband", "rv": "regionalverband", "bv": "bezirksverband"}
_FOR: Final = "f"
TOWN: Final = frozenset({"stadt", "landeshauptstadt", "umgebung", "region", "regionen"})
"""What says that a place follows."""
_BODY_OF_TOWN: Final = TOWN | {"gemeinde", "landkreis", "kreis", "bezirksamt", "regionalverband", "hansestadt"}
_OPTIONAL: Final = TOWN | {"kreisverband", "stadtverband", "regionalverband"}
_DEPARTMENTS: Final = frozenset({"abteilung", "fachbereich", "referat", "dezernat"})
_FIRM: Final = re.compile(r"(?:wohnungs?|wohn|bau|grundstucks?|gebaude|siedlungs|gemeinnutzig)\w*|gesellschaft|mbh")
_TAIL: Final = re.compile(r"\s+[–—-]\s+|[.:]\s+(?=(?:Das|Die|Der)\s)")
_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")
_SCHOOL: Final = re.compile(r"(?:grund|ober|gemeinschafts|gesamt|real|haupt|mittel|forder|sekundar|volks)schule$")
_OF_TOWN: Final = re.compile(r"\b(?:Stadt|Landeshauptstadt|Jobcenter)\s+([A-ZÄÖÜ]\w+)")
_MANY: Final = 3
"""So many sorts of bodies that end in a word make it a place, if one of them has a name of its own."""
_FIRST_NAMES: Final = frozenset({"sankt", *_FAITHS})


@dataclass(frozen=True)
class Calling:
    """A name.

    Attributes:
        text: as written, with its brackets.
        words: what counts, in order, without case, endings, faith and legal form.
        faith: "e", "k" or "". legal: its form, "" if none is written.
        school: what sort of school it says it is, "" if none or just a school.
        lead: the first words if the rest only explains them, else ().
        short: the short form it gives itself, in brackets or before itself; "" if none.
    """

    text: str
    words: tuple[str, ...]
    faith: str
    legal: str
    school: str
    lead: tuple[str, ...]
    short: str

    @cached_property
    def general(self) -> frozenset[str]:
        """Its words, each school just a school."""
        return frozenset(_SCHOOL.sub("schule", word) for word in self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in it that are no years."""
        return frozenset(number for word in self.words for number in re.findall(r"\d+", word) if not _is_year(number))

    @cached_property
    def clues(self) -> frozenset[str]:
        """What other names are found by that may be it, or be it shortened."""
        return self.general | {*self.lead} | ({f"!{self.short}"} if self.short else set())

    def is_named(self, places: frozenset[str]) -> bool:
        """Whether a word of its own is in it, no kind, no topic and no place."""
        return any(_is_own(word) and word not in places for word in self.words)


@lru_cache(maxsize=100_000)
def calling(text: str) -> Calling:
    """Take a name apart."""
    found = spelling(text)
    raw = [_UNITS.get(word, word) for word in found.words if word not in _FAITHS and word != _FOR]
    faiths = {_FAITHS[word] for word in (*found.words, *found.qualifier) if word in _FAITHS}
    forms = [mapping("legal")[word] for word in raw[1:] if word in mapping("legal")]
    counted = tuple(word for at, word in enumerate(raw) if not at or word not in mapping("legal"))
    return Calling(
        text,
        tuple(part for word in counted for part in _parts(word)),
        min(faiths) if len(faiths) == 1 else "",
        found.legal or next(iter(forms), ""),
        next((match[0] for word in counted if (match := _SCHOOL.search(word))), ""),
        _lead(text),
        _short(text, counted),
    )


def fits(short: Calling, long: Calling, places: frozenset[str]) -> bool:
    """Whether one name may be the other, shortened; what else is called alike is not asked here."""
    pairs = ((short.faith, long.faith), (short.legal, long.legal), (short.school, long.school))
    if any(one and other and one != other for one, other in pairs):
        return False
    if short.words == long.lead:
        return True
    here, there = short.general, long.general
    local = (here & places, there & places)
    if short.numbers != long.numbers or not (local[0] <= local[1] or local[1] <= local[0]) or here - places - there:
        return False
    if not here - places - TOWN or (here ^ there) & DIRECTIONS:
        return False
    is_named = short.is_named(places)
    lacking = there - here - places
    if "kirche" in lacking and short.legal:
        return False  # "Stephanus gGmbH" runs homes; "Stephanuskirche" is a parish
    return all(word in _OPTIONAL or (is_named and _may_lack(word)) for word in lacking)


def is_short_for(name: str, long: Calling, places: frozenset[str]) -> bool:
    """Whether a name is the short form another gives itself, with a place or not."""
    words = [word for word in _folded_words(name) if stem(word) not in places]
    return bool(long.short) and words == [long.short]


def may_be_rival(short: Calling, other: Calling, places: frozenset[str]) -> bool:
    """Whether a short name could as well be meant for another that has all its words."""
    here, there = short.general, other.general
    if not here - places or not here - places <= there or (short.faith and other.faith and short.faith != other.faith):
        return False
    if other.words and other.words[0] not in short.words and not _is_own(other.words[0]):
        return False
    return not any(sort_of(word) == "beside" or is_venue(word) for word in there - here)


def is_office_of(office: Calling, town: Calling) -> bool:
    """Whether one name is that of a town, district or county, and the other that of one of its offices."""
    first = town.words[0] if town.words else ""
    extra = office.general - town.general
    is_town = first in _BODY_OF_TOWN or re.fullmatch(r"\w{3,}kreis", folded(town.text)) is not None
    return is_town and town.general < office.general and any(head(word) or word in _DEPARTMENTS for word in extra)


def is_elsewhere(one: Calling, other: Calling) -> bool:
    """Whether two names are told apart by where they are: "Nord", "Nord-West"."""
    sides = (one.general & DIRECTIONS, other.general & DIRECTIONS)
    return bool(sides[0] and sides[1] and sides[0] != sides[1])


def clues_of(name: Calling, places: frozenset[str]) -> list[str]:
    """What groups are looked up by that a short name may mean: its words but for places, and itself as a short form."""
    told = [word for word in name.general if word not in places]
    return told or [*name.general]


def short_clues(name: str) -> list[str]:
    """The short forms that a name may be."""
    return [f"!{word}" for word in _folded_words(name)]


def places_of(names: Iterable[str], titles: Iterable[str]) -> frozenset[str]:
    """The town and quarters of a list: what stands behind "Stadt", or ends several names and stands in titles.

    Args:
        names: of bodies.
        titles: of files, sheets and tables; towns of addresses.
    """
    ends: dict[str, set[str]] = {}
    found: set[str] = set()
    for name in names:
        counted = [word for word in spelling(name).words if word not in mapping("legal")]
        if len(counted) > 1:
            ends.setdefault(counted[-1], set()).add(counted[0])
        found |= {folded(word) for word in _OF_TOWN.findall(name)}
    said = {word for title in titles for word in _folded_words(title)}
    ends = {word: heads for word, heads in ends.items() if _is_own(word)}
    found |= {
        word
        for word, heads in ends.items()
        if word in said or (len(heads) >= _MANY and any(map(_is_own, heads - _FIRST_NAMES)))
    }
    found -= DIRECTIONS
    return frozenset(form for word in found for form in (word, stem(word), f"{word}er", stem(f"{word}er")))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word of its own without its ending: "hirten" and "hirte", "wiesbadener" and "wiesbaden" are one."""
    if len(word) < 5 or word in _OPTIONAL or not _is_own(word):
        return word
    return re.sub(r"(?:ener|e[rnsm]?|n|s)$", "", word)


def _lead(text: str) -> tuple[str, ...]:
    """The words before a tail that says what the thing is: "Klex – Kinder- und Jugendzentrum"."""
    before, *after = _TAIL.split(text, maxsplit=1)
    if not after or spelling(before).legal:
        return ()
    first, tail = spelling(before).words, spelling(after[0]).words
    explains = bool(tail) and sort_of(tail[0]) in {"facility", "body", "descriptive"} and bool(head(tail[0]))
    is_name = any(_is_own(word) and len(word) > 3 for word in first) and not any(head(word) == word for word in first)
    return tuple(map(stem, first)) if explains and is_name else ()


def _short(text: str, counted: tuple[str, ...]) -> str:
    """The short form a name gives itself: "Zukunftsarbeit Molschd (ZAM)", "HGW Hagener Gemeinnützige …"."""
    bracket = _BRACKET.search(text)
    if bracket and re.fullmatch(r"[^\W\d_]{2,8}", bracket[1]) and _abbreviates(folded(bracket[1]), counted):
        return folded(bracket[1])
    first, *rest = _folded_words(text) or [""]
    return first if 1 < len(first) <= 6 and " " in text and _abbreviates(first, tuple(rest)) else ""


def _abbreviates(short: str, full: tuple[str, ...]) -> bool:
    """Whether the letters of a short form are found in order, beginning with the first."""
    whole = "".join(full)
    if not full or head(short) == short or short[0] != whole[0] or len(whole) < 2 * len(short):
        return False
    at = 0
    for letter in short:
        at = whole.find(letter, at) + 1
        if not at:
            return False
    return True


def _folded_words(text: str) -> list[str]:
    return [folded(word) for word in re.findall(r"[^\W\d_]+", text)]


def _parts(word: str) -> list[str]:
    """A word without its ending; a church and its people are one: "lutherkirche", "luthergemeinde"."""
    found = _PARISH.search(word)
    saint = word[: found.start()] if found else word
    return [*([stem(saint)] if saint else []), *(["kirche"] if found else [])]


def _may_lack(word: str) -> bool:
    """Whether a word may be left out behind a name of its own: what firms call themselves, churches, founding years."""
    return word == "kirche" or _FIRM.fullmatch(word) is not None or _is_year(word)


def _is_own(word: str) -> bool:
    return sort_of(word) == "own"


def _is_year(word: str) -> bool:
    return re.fullmatch(r"(?:18|19|20)\d\d", word) is not None
