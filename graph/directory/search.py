"""Search over everything: names, addresses, texts, what an actor has done; forgives writings and typing errors."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import query
from graph.directory.names import Ref, alphabetical, names
from graph.directory.wordindex import ALIKE, WordIndex, terms
from ontology.schema import entity_types
from ontology.terms import DCTERMS, ORG, PN, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.store import Store

NAMED = ("actor", "project", "place", "event", "programme", "handlungsfeld", "round")
"""What people look for, the likelier first; sources, statements and links are found through these."""

_WHERE = {
    SKOS.prefLabel: "name",
    DCTERMS.title: "name",
    SKOS.altLabel: "other",
    PN.shortName: "other",
    SCHEMA.streetAddress: "address",
    SCHEMA.url: "website",
    PN.kind: "kind",
    PN.round: "kind",
    DCTERMS.description: "description",
    SKOS.note: "note",
    PN.about: "note",
    PN.handlungsfeld: "statement",
    getattr(PN, "in"): "activity",
    PN.actor: "actor",
    ORG.hasSite: "place",
    PN.place: "place",
}
_WEIGHT = {
    "name": 80.0, "other": 72.0, "address": 62.0, "kind": 56.0, "description": 50.0, "note": 44.0, "statement": 44.0,
    "place": 42.0, "activity": 40.0, "actor": 40.0, "website": 40.0,
}  # fmt: skip
"""What a word is worth where it is found."""

_GOOD = 60.0
"""From this score on, all words stand in names as they were typed: nothing that is only written alike is added."""

_BRACKETS = re.compile(r"\s*\([^()]*\)")
_PARTS = re.compile(r"\S+")
_SMALL = frozenset(
    terms(
        "aller als am an and auf aus bei das dem den der des die ein eine einer e.V. für im in mit of the um und vom "
        "von was wer wo zu zum zur"
    )
)
"""Words that may be missing, if there is another one."""


@dataclass(frozen=True)
class Hit:
    """One entry that was found.

    Attributes:
        ref: the entry. score: 0–100, how well it fits.
        where: the least of the places that were needed to find it: "name", "other" (another, former or short name),
            "address", "website", "kind", "description", "note", "statement" (of an IHEK), "place", "activity" (a
            project or event of the actor), "actor" (one of the project or event).
        found: the text there; "" if it was the name.
        guess: something was only written alike.
    """

    ref: Ref
    score: float
    where: str = "name"
    found: str = ""
    guess: bool = False


@dataclass(frozen=True)
class _Row:
    thing: str
    property: str
    text: str


@dataclass(frozen=True)
class _Text:
    ref: Ref
    where: str
    weight: float
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Found:
    """Where in an entry a word, or all of them, was found best."""

    score: float
    fit: float
    text: _Text


class _Texts:
    """All texts of all entries, and their words."""

    def __init__(self, store: Store, language: str) -> None:
        self.texts = list(_texts(store, language))
        self.index = WordIndex(text.words for text in self.texts)
        self.by_name: dict[str, list[_Text]] = defaultdict(list)
        for text in self.texts:
            if text.where in {"name", "other"}:
                for name in {text.text, _BRACKETS.sub("", text.text)}:
                    self.by_name["".join(terms(name))].append(text)

    def holding(self, word: str, *, alike: bool) -> dict[str, _Found]:
        """The entries that hold a word, by IRI, each with where it is worth most."""
        best: dict[str, _Found] = {}
        for one, fit in self.index.matches(word, alike=alike).items():
            for number in self.index.texts(one):
                text = self.texts[number]
                score = fit * text.weight
                if text.ref.iri not in best or score > best[text.ref.iri].score:
                    best[text.ref.iri] = _Found(score, fit, text)
        return best


def search(store: Store, text: str, limit: int = 50, *, language: str = "de") -> list[Hit]:
    """Find entries that hold all words of a text, best first; [] for a text without a word in it.

    The whole name comes first, then a name that begins so, words of a name, other and former names, the address, what
    is written about the entry, what it has to do with, and last what is only written alike.
    """
    wanted = tuple(terms(text))
    known = _known(store, language)
    found = _entries(known, wanted, alike=False)
    if wanted and not any(one.score >= _GOOD for one in found.values()):
        found = _entries(known, wanted, alike=True) | found
    return [_hit(one, wanted) for one in sorted(found.values(), key=_rank)[:limit]]


def nearest(store: Store, text: str, limit: int = 5, *, language: str = "de") -> list[Hit]:
    """Entries that hold some of the words, or words that are a little like them; for a search that found nothing."""
    known = _known(store, language)
    best: dict[str, _Found] = {}
    for word in dict.fromkeys(terms(text)):
        if len(word) > 2 and word not in _SMALL:
            for iri, found in known.holding(word, alike=True).items():
                score = found.score + (best[iri].score if iri in best else 0.0)
                best[iri] = _Found(score, found.fit, found.text)
    return [_hit(one, ()) for one in sorted(best.values(), key=_rank)[:limit]]


def _rank(found: _Found) -> tuple[float, str]:
    ref = found.text.ref
    return NAMED.index(ref.type) / 2 - found.score, alphabetical(ref.label)


def _known(store: Store, language: str) -> _Texts:
    return store.cached(("search", language), lambda: _Texts(store, language))


def _texts(store: Store, language: str) -> Iterable[_Text]:
    called, types = names(store, language), entity_types()
    seen = set()
    for row in query.rows(store, "directory-texts", _Row):
        ref = called.ref(row.thing)
        if ref and ref.type in NAMED and row.property in _WHERE:
            if ref.iri not in seen:
                seen.add(ref.iri)
                yield _text(ref, "kind", " ".join(types[ref.type].label.values()))
            yield _text(ref, _WHERE[row.property], row.text)


def _text(ref: Ref, where: str, text: str) -> _Text:
    return _Text(ref, where, _WEIGHT[where], text, tuple(terms(text)))


def _entries(known: _Texts, wanted: Sequence[str], *, alike: bool) -> dict[str, _Found]:
    """The entries that hold all words, by IRI."""
    needed = [word for word in dict.fromkeys(wanted) if word not in _SMALL] or list(wanted)
    holding = sorted((known.holding(word, alike=alike) for word in needed), key=len)
    if not holding:
        return {}
    both = set(holding[0]).intersection(*holding[1:])
    found = {iri: _together([one[iri] for one in holding], wanted) for iri in both}
    for text in known.by_name.get("".join(wanted), ()):  # the whole name, wherever it is parted
        score = 100.0 if text.where == "name" else 97.0
        if text.ref.iri not in found or found[text.ref.iri].score < score:
            found[text.ref.iri] = _Found(score, 1.0, text)
    return found


def _together(found: Sequence[_Found], wanted: Sequence[str]) -> _Found:
    """The least of the words counts most: an entry is found as far as its worst word is."""
    least = min(found, key=lambda one: one.score)
    score = 0.6 * least.score + 0.4 * sum(one.score for one in found) / len(found)
    if all(one.text is least.text for one in found):
        score += _bonus(least.text, wanted)
    text = min((one.text for one in found), key=lambda text: text.weight)
    return _Found(score, min(one.fit for one in found), text)


def _bonus(text: _Text, wanted: Sequence[str]) -> float:
    """For names that begin with what was typed, and for those that hold little else."""
    if text.where not in {"name", "other"}:
        return 0.0
    begins = " ".join(text.words).startswith(" ".join(wanted))
    whole = min(1.0, sum(map(len, wanted)) / max(1, sum(map(len, text.words))))
    return 8.0 * begins + 6.0 * whole if text.where == "name" else 2.0 * begins + 4.0 * whole


def _hit(found: _Found, wanted: Sequence[str]) -> Hit:
    text = found.text
    piece = "" if text.where == "name" else _piece(text.text, wanted)
    return Hit(text.ref, found.score, text.where, piece, guess=found.fit <= ALIKE)


def _piece(text: str, wanted: Sequence[str], longest: int = 120) -> str:
    """A text, or of a longer one the surroundings of the first word found."""
    if len(text) <= longest:
        return text
    at = next(
        (
            word.start()
            for word in _PARTS.finditer(text)
            for term in terms(word[0])
            if any(one in term for one in wanted)
        ),
        0,
    )
    begin = text.rfind(" ", 0, at - 40) + 1 if at > 40 else 0
    return ("… " if begin else "") + text[begin : begin + longest].strip() + " …"
