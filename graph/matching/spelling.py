"""A name as it is compared: its words without case, umlauts, articles and legal form, abbreviations written out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from graph.matching.words import folded, head, is_topic, is_venue, mapping, without_gender, words

_DOTTED: Final = re.compile(r"\b(?:\w\.\s?){2,}(?=\W|$)|\b(?:\w\.){2,}\w?\b")
_FOUNDING: Final = re.compile(r"\bi\.\s?Gr?\.|\bin Gründung\b", re.IGNORECASE)
_FORMER: Final = re.compile(
    r"^(?:ehem(?:als|alige[rs]?)?\.?|früher|vormals|bis \d{4}|seit \d{4}|jetzt|heute|kurz:?)\s*:?\s*", re.IGNORECASE
)
_BRACKET: Final = re.compile(r"\(([^()]*)\)?|\[([^\[\]]*)\]?")
_SUBTITLE: Final = re.compile(r"\s+[–—-]\s+")
_ELLIPSIS: Final = re.compile(r"\b([^\W\d_]{3,})-(\s+(?:und|u\.|&|oder)\s+)([^\W\d_]{5,})")
_ADJECTIVE: Final = re.compile(r"(\w{3,}(?:sch|lich))(?:e[rsnm]?)")
_WORD: Final = re.compile(r"[^\W_]+")
_SKIPPED: Final = words("small") | {"e", "the", "of", "and"}
_MERGED: Final = frozenset({"strasse", "platz", "allee", "weg", "ufer", "damm"})
_LEGAL_ANYWHERE: Final = frozenset({"e.V.", "gGmbH", "GmbH", "GbR", "UG"})
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}
_REGIONS: Final = frozenset({"berlin", "deutschland", "deutsch", "landesverband", "bundesverband"})
_FIRMS: Final = frozenset({"gesellschaft", "unternehmen", "agentur", "genossenschaft", "verein"})
DIRECTIONS: Final = words("directions")


@dataclass(frozen=True)
class Spelling:
    """A name taken apart.

    Attributes:
        text: as it was written.
        words: folded words that count, in order; streets are one word.
        legal: canonical legal form, "" if none is written.
        unbroken: all its letters and digits, small words too ("gluckauf" for "Glück auf").
        qualifier: words that stood in brackets.
        subtitle: words after a dash, all of them also in `words`.
        short: short form that stood in brackets, folded ("zagg").
        initials: first letters of all words, and of those that count.
    """

    text: str
    words: tuple[str, ...]
    legal: str
    unbroken: str
    qualifier: tuple[str, ...]
    subtitle: tuple[str, ...]
    short: str
    initials: frozenset[str]

    @cached_property
    def squash(self) -> str:
        """All words in one, so that hyphens, spaces and camel case do not matter."""
        return "".join(self.words)

    @cached_property
    def squashes(self) -> frozenset[str]:
        """`squash` with what stood in brackets, regardless of the order of words, and with articles and the like."""
        return frozenset(
            {self.squash, self.squash + "".join(self.qualifier), "".join(sorted(self.words)), self.unbroken}
        )

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in the name, without leading zeros."""
        return frozenset(number.lstrip("0") for word in self.words for number in re.findall(r"\d+", word))

    @cached_property
    def letters(self) -> str:
        """The whole name as a short form ("hdj"), if it is written like one; else ""."""
        bare = _undotted(_BRACKET.sub("", self.text)).strip()
        capitals = sum(char.isupper() for char in bare)
        return folded(bare) if re.fullmatch(r"[^\W\d_]{2,6}", bare) and capitals >= 2 else ""


@lru_cache(maxsize=100_000)
def spelling(text: str) -> Spelling:
    """Take a name apart."""
    brackets = [_FORMER.sub("", (match[1] or match[2] or "").strip()) for match in _BRACKET.finditer(text)]
    bare = _FORMER.sub("", " ".join(_BRACKET.sub(" ", _FOUNDING.sub(" ", text)).split())) or text
    main, *subtitle = _SUBTITLE.split(bare)
    found, legal, unbroken = _counted(bare)
    behind = _counted(" ".join(subtitle))[0] if subtitle else ()
    short = next((folded(_undotted(inside)) for inside in brackets if _is_short(inside)), "")
    qualifier = tuple(word for inside in brackets if not _is_short(inside) for word in _counted(inside)[0])
    return Spelling(text, found or qualifier, legal, unbroken, qualifier, behind, short, _initials(main))


def _is_short(text: str) -> bool:
    capitals = sum(char.isupper() for char in text)
    return re.fullmatch(r"[^\W_]{2,8}|(?:\w\.){2,}", text) is not None and capitals >= 2


def _undotted(text: str) -> str:
    return _DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match[0]) + " ", text)


def _counted(text: str) -> tuple[tuple[str, ...], str, str]:
    """The words that count, abbreviations written out; the legal form; all words in one."""
    plain = re.sub(r"\bst(?:ä|ae)dt\.", "städtische", _completed(text), flags=re.IGNORECASE)
    plain = re.sub(r"\be\.\s?V\b\.?|\be\s?V\b", " eingetragenerverein ", _undotted(without_gender(plain)))
    raw = [_ROMAN.get(word, word) if index else word for index, word in enumerate(_WORD.findall(plain))]
    found = [folded(word) for word in raw]
    legal = ""
    table = mapping("legal")
    while len(found) > 1 and (found[-1] in table or found[-1] in {"co", "gemeinnutzige", "haftungsbeschrankt"}):
        legal = table.get(found.pop(), legal)
    rest: list[str] = []
    for index, word in enumerate(found):
        if table.get(word) in _LEGAL_ANYWHERE and not (word == "ev" and index == 0) and len(found) > 1:
            legal = legal or table[word]
        else:
            rest += _written_out(word)
    counted = map(_uninflected, _merged([word for word in rest if word not in _SKIPPED] or rest))
    return tuple(counted), legal, "".join(map(_uninflected, rest))


def _completed(text: str) -> str:
    """A text in which what a hyphen leaves out is there: "Familien- und Stadtteilzentrum", "Familienzentrum und …"."""
    return _ELLIPSIS.sub(lambda found: f"{found[1]}{head(folded(found[3]))}{found[2]}{found[3]}", text)


def _uninflected(word: str) -> str:
    """An adjective without its ending ("turkischer", "turkische"), any other word as it is."""
    found = _ADJECTIVE.fullmatch(word)
    return found[1] if found else word


def _written_out(word: str) -> list[str]:
    """A word in full: "qm" is "quartiersmanagement", "senstadt" a ministry, "gerichtstr" a street."""
    full = mapping("abbreviations").get(word)
    if full:
        return [part for part in _WORD.findall(folded(_completed(full))) if part not in _SKIPPED]
    if word.startswith("sen") and (lead := _lead(word[3:])):
        return ["senatsverwaltung", folded(lead)]
    if len(word) > 5 and word.endswith("str"):
        return [f"{word}asse"]
    return [word]


def _lead(rest: str) -> str:
    table = mapping("ministries")
    best = max((short for short in table if rest.startswith(short)), key=len, default="")
    return table[best] if best and (len(best) > 3 or best == rest) else ""


def _merged(found: list[str]) -> list[str]:
    """A street's name is one word, however it is written: "Osloer Straße", "Osloerstraße"."""
    merged: list[str] = []
    for word in found:
        if word in _MERGED and merged and not head(merged[-1]) and not merged[-1].isdigit():
            merged[-1] += word
        else:
            merged.append(word)
    return merged


def _initials(text: str) -> frozenset[str]:
    parts = [folded(word) for word in _WORD.findall(re.sub(r"\be\.?\s?V\b", " ", text))]
    parts = [word for word in parts if word not in mapping("legal")]
    counted = [word for word in parts if word not in _SKIPPED]
    local = [word for word in parts if word not in _REGIONS]
    made = {"".join(word[0] for word in some) for some in (parts, counted, local) if len(some) > 1}
    made.add("".join(map(parts_letters, counted)))
    return frozenset(letters for letters in made if len(letters) >= 2)


def parts_letters(word: str) -> str:
    """The first letters of the parts of a compound: "kgv" for "kleingartenverein"."""
    kind = head(word)
    return word[0] if not kind or kind == word else parts_letters(word[: -len(kind)]) + kind[0]


@lru_cache(maxsize=100_000)
def sort_of(word: str) -> str:
    """What a word tells of a body.

    Returns:
        "number"; "region" (says next to nothing); "beside" (another body beside it: Förderverein); "descriptive" (may
        be left out); "facility", "body" (kinds of bodies); "topic"; else "own", a word of the name's own.
    """
    if word.isdigit():
        return "number"
    kind = head(word)
    plain = ("region", _REGIONS), ("beside", words("relations")), ("descriptive", words("descriptive"))
    if listed := next((sort for sort, members in plain if word in members), ""):
        return listed
    if kind in _FIRMS and (kind != "verein" or word == kind):  # allotment gardeners are no sports club of their name
        return "descriptive"
    if kind and _is_common_compound(word, kind):
        return "facility" if is_venue(word) else "body"
    return "topic" if is_topic(word) else "own"


def _is_common_compound(word: str, kind: str) -> bool:
    """Whether a compound says only what kind of body it is ("familienzentrum"), not which one ("nazarethkirche")."""
    first = word[: -len(kind)]
    return not first or any(
        is_topic(form) or head(form) or form in words("heads", "before")
        for form in (
            first,
            first.rstrip("s"),
            first.removesuffix("en"),
            first.removesuffix("n"),
            first + "e",
            first.removesuffix("er"),
        )
    )
