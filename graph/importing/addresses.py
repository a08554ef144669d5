"""Addresses as offices write them: "Gerberstr. 4, 04105 Leipzig", "c/o Verein X, Am Siel 8"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from graph.importing.blanks import is_unknown

_TOWN: Final = (
    r"(?!Ecke\b)[A-ZÄÖÜ][\w.'’-]*(?:\s(?:(?:am|an\sder|a\.|im|in|ob\sder|vor\sder)\s)?\(?[A-ZÄÖÜ][\w.'’/-]*\)?){0,3}"
)
_POSTCODE: Final = re.compile(rf"(?<!\d)(?:D[- ])?(?P<postcode>\d{{5}})(?!\d)\s*(?P<town>{_TOWN})?")
_NUMBER: Final = r"(?P<number>\d{1,4}\s?[a-zA-Z]?(?![\w.])(?:\s?(?:[-–/+]|bis|u\.|und)\s?\d{1,4}\s?[a-zA-Z]?(?!\w))?)"
_CAPITAL: Final = r"[A-ZÄÖÜ][\wäöüß'’.-]*"
_ENDINGS: Final = (
    "straße|strasse|str|platz|pl|allee|weg|ufer|damm|ring|gasse|chaussee|steig|pfad|markt|promenade|zeile|graben|wall|stieg"
    "|twiete|brücke|park|winkel|kamp|deich|höhe|bogen|reihe|steg|gang|plan|anger|kai|siedlung"
)
_WITH_ENDING: Final = (
    rf"(?:{_CAPITAL}\s)??(?:[\wäöüß'’.-]*(?:{_ENDINGS})"
    rf"|(?:{_CAPITAL}\s){{1,3}}(?:Straße|Str|Platz|Allee|Weg|Ufer|Damm|Ring))(?!\w)\.?"
)
_WITH_PREPOSITION: Final = (
    r"(?:Am|An\sde[rnm]|Im|In\sde[rnm]|Auf\sde[rmn]|Hinter\sde[rnm]|Unter\sde[rn]|Vor\sde[mrn]|Zum|Zur|Zu\sden|Alt|Beim)"
    rf"[\s-](?:(?:alten|neuen|langen|kleinen|großen|hohen)\s)?{_CAPITAL}(?:\s{_CAPITAL})?"
)
_STREETS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?P<street>Straße\sde[srm]\s(?:\d+\.\s)?{_CAPITAL}(?:\s{_CAPITAL})?)(?:\s{_NUMBER})?",
        rf"^(?P<street>{_WITH_PREPOSITION})(?:\s{_NUMBER})?",
        rf"^(?P<street>{_WITH_ENDING})(?:\s?{_NUMBER})?",
        rf"^(?P<street>(?!Haus|Hof|Block|Gebäude|Raum|Etage|Aufgang|Halle){_CAPITAL}(?:\s{_CAPITAL}){{0,2}})\s{_NUMBER}$",
    )
)
_CARE_OF: Final = re.compile(r"\bc/o\s+[^,;\n]+", re.IGNORECASE)
_SPELLED_OUT: Final = (
    (re.compile(r"(?<=[A-Za-zäöüß])(?:str\b\.?|strasse\b)"), "straße"),
    (re.compile(r"(?<![a-zäöüß])(?:Str\b\.?|Strasse\b)"), "Straße"),
    (re.compile(r"(?<=[a-zäöüß])pl\."), "platz"),
    (re.compile(r"\bPl\."), "Platz"),
)


@dataclass(frozen=True)
class Address:
    """What a text says about where.

    Attributes:
        street: without its number; "str." is written out. "" if none was recognised.
        number: house number as written, without spaces ("6-11", "12a").
        postcode: five digits.
        town: as written.
        rest: what is left: "c/o …", a corner, a floor, the name of a venue; parts joined by ", ".
    """

    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""
    rest: str = ""


def address(text: str) -> Address:
    """Read an address; its parts may stand in any order, separated by commas, semicolons, line breaks or nothing."""
    if is_unknown(text):
        return Address()
    line = " ".join(re.sub(r"\s*[\n;|]\s*", ", ", text.strip()).split())
    care_of = [match[0].strip() for match in _CARE_OF.finditer(line)]
    line = _CARE_OF.sub("", line)
    postal = _POSTCODE.search(line)
    if postal:
        line = f"{line[: postal.start()]}, {line[postal.end() :]}"
    parts = [part.strip(" ,/-") for part in re.split(r",|[/(\s]*(?=\bEcke\b)|\s/\s", line)]
    parts = [part for part in parts if re.search(r"\w", part)]
    street, number, rest = _street(parts)
    town = (postal["town"] or "") if postal else ""
    if street and not town and rest and re.fullmatch(_TOWN, rest[-1]):
        town = rest.pop()
    return Address(street, number, postal["postcode"] if postal else "", town, ", ".join(care_of + rest))


_BEHIND: Final = re.compile(r"\s*\n\s*|\s*[,;]\s+|\s+\((?=[^()]*\)\s*$)")
_CONTAINED: Final = re.compile(r"c/o\s+\S.*", re.IGNORECASE)


def parted(text: str) -> tuple[str, str]:
    """A name and the address behind it, on lines of its own, after a comma or in brackets; "" if there is none.

    An address is one for sure: with a postcode, a numbered street or "c/o".
    """
    for joint in _BEHIND.finditer(text):
        name, behind = text[: joint.start()].strip(), text[joint.end() :].strip().removesuffix(")")
        read = address(behind)
        is_sure = (read.number and read.street) or (read.postcode and (read.street or read.town))
        if name and ((is_sure and not read.rest) or _CONTAINED.fullmatch(behind)):
            return name, behind
    return text, ""


def _street(parts: list[str]) -> tuple[str, str, list[str]]:
    """The first part that begins with a street, best one with a number; and the other parts."""
    found = [(index, match) for index, part in enumerate(parts) if (match := _first(part))]
    if not found:
        return "", "", list(parts)
    index, match = min(found, key=lambda one: (one[1]["number"] is None, one[0]))
    number = re.sub(r"\s", "", match["number"] or "")
    left = parts[index][match.end() :].strip(" ,-")
    others = [left] if left else []
    if not number and index + 1 < len(parts) and re.fullmatch(_NUMBER, parts[index + 1]):
        number = re.sub(r"\s", "", parts[index + 1])
        parts = parts[: index + 1] + parts[index + 2 :]
    return _spelled_out(match["street"]), number, parts[:index] + others + parts[index + 1 :]


def _first(part: str) -> re.Match[str] | None:
    return next((match for pattern in _STREETS if (match := pattern.match(part))), None)


def _spelled_out(street: str) -> str:
    for pattern, full in _SPELLED_OUT:
        street = pattern.sub(full, street)
    return street
