"""Sentences with blanks in square brackets: "Wer arbeitet am [Ort] seit [Beginn: Jahr]?"."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph.errors import BadBlank
from ontology.schema import entity_types

_BRACKETS: Final = re.compile(r"\[([^\[\]]*)\]")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
ENTRIES: Final = ("actor", "project", "place", "event", "programme", "handlungsfeld", "round")
"""Entry types a blank may ask for."""
_ALSO: Final = {
    "year": ("Jahr", "Year"),
    "day": ("Tag", "Datum", "Day", "Date"),
    "number": ("Zahl", "Anzahl", "Number"),
    "text": ("Text", "Wort", "Word"),
    "actor": ("Träger", "Partner", "Einrichtung", "Verein", "Lead", "Organisation", "Organization"),
    "round": ("Runde",),
    "programme": ("Programm",),
}
"""Further words by what they ask for."""


@dataclass(frozen=True)
class Blank:
    """One blank of a sentence.

    Attributes:
        name: what people read in it, and in small letters the variable of the query ("Ort" is `?ort`).
        kind: what fills it: an entry type ("place"), "year", "day", "number", "text", or the name of a list of choices
            behind "list:" ("list:sector").
    """

    name: str
    kind: str

    @property
    def key(self) -> str:
        """Its name in an address, and as a variable: small ASCII letters, digits and underscores."""
        plain = unicodedata.normalize("NFKD", self.name.casefold().translate(_UMLAUTS))
        return re.sub(r"[^a-z0-9]+", "_", plain.encode("ascii", "ignore").decode()).strip("_")

    @property
    def variables(self) -> frozenset[str]:
        """The spellings of its variable, in small letters: `traeger` and `träger`."""
        return frozenset({self.key, re.sub(r"\W+", "_", self.name.casefold()).strip("_")})


def parts(sentence: str) -> tuple[str | Blank, ...]:
    """The sentence in pieces: texts, and blanks in their places; a name that comes again is the same blank.

    In brackets stands a name, behind a colon what fills it ("[Beginn: Jahr]"); without a colon the name says so.

    Raises:
        BadBlank: "kind": nothing says what fills it; "name": it has none that could be a variable.
    """
    found: list[str | Blank] = []
    known: dict[str, Blank] = {}
    for place, piece in enumerate(_BRACKETS.split(sentence)):
        if place % 2 == 0:
            found.append(piece)
            continue
        name, _, kind = (part.strip() for part in piece.partition(":"))
        blank = Blank(name, "text")
        if not blank.key or blank.key[0].isdigit():
            raise BadBlank("name", name)
        if blank.key not in known or kind:
            known[blank.key] = Blank(name, _kind(name, kind))
        found.append(known[blank.key])
    return tuple(found)


@cache
def words() -> dict[str, str]:
    """What may be said of a blank, in German and English, small letters: word → kind."""
    found = {word.casefold(): kind for kind, several in _ALSO.items() for word in several}
    for field, scheme in _choices().items():
        found.setdefault(field.casefold(), f"list:{scheme}")
    for kind in ENTRIES:
        found.update((label.casefold(), kind) for label in entity_types()[kind].label.values())
    return found


@cache
def examples() -> tuple[str, ...]:
    """The words to be offered where none is known: German ones, each kind once or twice."""
    return (*(entity_types()[kind].label["de"] for kind in ENTRIES), "Jahr", "Datum", "Zahl", "Text")


def _kind(name: str, kind: str) -> str:
    found = words().get((kind or name).casefold())
    if found is None:
        raise BadBlank("kind", kind or name, examples())
    return found


def _choices() -> dict[str, str]:
    """Label of a field → the list it is chosen from; labels that mean several lists are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind in ENTRIES:
        for field in entity_types()[kind].fields:
            if field.scheme:
                for label in field.label.values():
                    found[label].add(field.scheme)
    return {label: next(iter(schemes)) for label, schemes in found.items() if len(schemes) == 1}
