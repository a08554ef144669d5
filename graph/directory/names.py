"""What things are called in a list or on a page; a Handlungsfeld never without its round."""

from __future__ import annotations

import re
import unicodedata
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from graph import labels, query
from graph.neighbours import pointing
from ontology.terms import PN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.cache import Touched
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

    def renewed(self, touched: Touched) -> Names:
        """The names after a change."""
        fresh = copy(self)
        fresh._renew(called_after(self._store, touched.subjects))  # noqa: SLF001  # it is one of these
        return fresh

    def _renew(self, renamed: Iterable[str]) -> None:
        self._labels = labels.labels(self._store, self.language)
        # Copied in one step: others look things up in it meanwhile.
        self._fields, self._refs = self._fields.copy(), self._refs.copy()
        for iri in renamed:
            self._refs.pop(iri, None)
            self._fields.pop(iri, None)
            for row in query.rows(self._store, "directory-fields", _Field, field=query.Iri(iri)):
                self._fields[iri] = row

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
    return store.followed(("names", language), lambda: Names(store, language), Names.renewed)


def called_after(store: Store, things: Iterable[str]) -> frozenset[str]:
    """These things, and what bears their names: a round's Handlungsfelder."""
    return pointing(store, things, PN.round).union(things)


def shown_with(store: Store, things: Iterable[str]) -> frozenset[str]:
    """These things, and what shows something of them: a name, or a part such as a geometry."""
    renamed = called_after(store, things)
    return pointing(store, renamed) | renamed


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
