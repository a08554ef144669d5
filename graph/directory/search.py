"""Search over everything: names, former names, abbreviations, descriptions; forgiving about accents and typos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import query
from graph.directory.names import Ref, alphabetical, haystack, names, words
from ontology.terms import DCTERMS, PN, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

NAMED = frozenset({"actor", "programme", "place", "round", "handlungsfeld", "project", "event"})
"""What people look for; sources, statements and links are found through these."""

_LABELS = frozenset({SKOS.prefLabel, DCTERMS.title})
_NAMES = _LABELS | {SKOS.altLabel, PN.shortName}
_SIMILAR = 74
"""Least likeness (0–100, Levenshtein ratio) of a word that may be a typing error: one wrong letter in four."""

_SIMILAR_SHORT = 85
"""The same for words of up to four letters, which are like too many others."""


@dataclass(frozen=True)
class Hit:
    """One entry that was found.

    Attributes:
        ref: the entry. score: 0–100, how well it fits.
        found: the other name or the piece of text it was found by; "" if by its name.
        guess: it only sounds alike.
    """

    ref: Ref
    score: float
    found: str = ""
    guess: bool = False


@dataclass(frozen=True)
class _Text:
    thing: str
    property: str
    text: str


@dataclass(frozen=True)
class _Item:
    ref: Ref
    text: str
    folded: str
    is_label: bool
    is_name: bool


def search(store: Store, text: str, limit: int = 50, *, language: str = "de") -> list[Hit]:
    """Find entries, best first; [] for a text without a word in it.

    Exact names come first, then names that begin with the text, contain all its words, descriptions that do; only if
    no name fits, names that are written alike.
    """
    wanted = words(text)
    if not wanted:
        return []
    items = _items(store, language)
    hits = _best(_exact(items, wanted))
    if not any(hit.score >= 60 for hit in hits):
        hits = _best([*hits, *_alike(items, wanted)])
    return sorted(hits, key=lambda hit: (-hit.score, alphabetical(hit.ref.label)))[:limit]


def _items(store: Store, language: str) -> list[_Item]:
    def build() -> list[_Item]:
        called = names(store, language)
        found = []
        for row in query.rows(store, "directory-texts", _Text):
            ref = called.ref(row.thing)
            if ref and ref.type in NAMED:
                is_name = row.property in _NAMES
                found.append(_Item(ref, row.text, haystack(row.text), row.property in _LABELS, is_name))
        return found

    return store.cached(("search", language), build)


def _exact(items: Iterable[_Item], wanted: list[str]) -> Iterable[Hit]:
    whole = " ".join(wanted)
    for item in items:
        if not all(word in item.folded for word in wanted):
            continue
        score = 30.0
        if item.is_name:
            starts = all(f" {word}" in f" {item.folded}" for word in wanted)
            score = 70.0 if starts else 60.0
            score += 20.0 if item.folded.startswith(whole) else 0.0
            score = 100.0 if item.folded == whole else score
        yield Hit(item.ref, score - (0 if item.is_label else 3), "" if item.is_label else _piece(item, wanted))


def _alike(items: Iterable[_Item], wanted: list[str]) -> Iterable[Hit]:
    """Names with a word like each of the wanted ones; the score is that of the worst, halved."""
    from rapidfuzz import fuzz

    for item in items:
        if not item.is_name:
            continue
        present = item.folded.split()
        scores = [max((fuzz.ratio(word, other) for other in present), default=0.0) for word in wanted]
        if all(
            one >= (_SIMILAR if len(word) > 4 else _SIMILAR_SHORT) for one, word in zip(scores, wanted, strict=True)
        ):
            yield Hit(item.ref, min(scores) / 2, "" if item.is_label else item.text, guess=True)


def _best(hits: Iterable[Hit]) -> list[Hit]:
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.ref.iri not in best or hit.score > best[hit.ref.iri].score:
            best[hit.ref.iri] = hit
    return list(best.values())


def _piece(item: _Item, wanted: list[str]) -> str:
    """A name as it is; of a longer text the surroundings of the first word found."""
    if item.is_name or len(item.text) <= 120:
        return item.text
    place = max(0, item.text.casefold().find(wanted[0]) - 40)
    return ("… " if place else "") + item.text[place : place + 120] + " …"
