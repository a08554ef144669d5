"""What things are called in a list or on a page; a Handlungsfeld never without its round."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from graph import labels, query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.store import Store

_WORD = re.compile(r"\w+")
_USUAL_MARKS = re.compile("[\u0300-\u036f]+")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Ref:
    """An entry as others mention it.

    Attributes:
        iri: its full address. slug: the last part of it.
        label: its name in the language asked for; its slug if it has none.
        type: the name of its entry type, e.g. "actor".
    """

    iri: str
    label: str
    slug: str
    type: str


@dataclass(frozen=True)
class _Field:
    field: str
    round: str
    number: str


class Names:
    """The names of all things, in one language."""

    def __init__(self, store: Store, language: str) -> None:
        self.language = language
        self._store = store
        self._labels = labels.labels(store, language)
        self._fields = {row.field: row for row in query.rows(store, "directory-fields", _Field)}
        self._refs: dict[str, Ref | None] = {}

    def label(self, iri: str) -> str:
        """The name of an entry or concept; the last part of its address if it has none."""
        plain = self._labels.get(iri) or re.split(r"[/#]", iri)[-1]
        if field := self._fields.get(iri):
            return f"{field.round} · {field.number} {plain}".replace("  ", " ")
        return plain

    def ref(self, iri: str) -> Ref | None:
        """The entry of that address; None for anything else (concepts, classes, foreign things)."""
        if iri not in self._refs:
            found = labels.entry_of(self._store, iri)
            self._refs[iri] = Ref(iri, self.label(iri), found[1], found[0]) if found else None
        return self._refs[iri]

    def all_refs(self) -> Mapping[str, Ref]:
        """Every entry that has a name, by address."""
        return {iri: ref for iri in self._labels if (ref := self.ref(iri))}


def names(store: Store, language: str) -> Names:
    """The names in a language ("de", "en"), read once per data version."""
    return store.cached(("names", language), lambda: Names(store, language))


def folded(text: str) -> str:
    """Text without case and accents, ß as ss: what is compared when people search and sort."""
    # Composed first: mathematical and other letters have a case only as what they stand for.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = _USUAL_MARKS.sub("", decomposed)
    if plain.isascii():  # nearly always, and ten times as fast as to look at each letter
        return plain
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The words of a text, folded: "georg + georg" and "Georg+Georg" give the same."""
    return _WORD.findall(folded(text))


@lru_cache(maxsize=50_000)  # after each change all names are sorted again, and hardly one of them is new
def alphabetical(text: str) -> str:
    """What a name is sorted by: its folded words, so that "!K7" stands under K and "Ökohaus" under O."""
    return " ".join(words(text)) or text


@lru_cache(maxsize=50_000)  # the same names are searched again with every keystroke and every filter
def haystack(text: str) -> str:
    """What a text is found by: its folded words, and once more with ä as ae (Müller is found by muller and mueller)."""
    plain = " ".join(words(text))
    spelled = " ".join(words(unicodedata.normalize("NFC", text.casefold()).translate(_SPELLED_OUT)))
    return plain if spelled == plain else f"{plain} {spelled}"
