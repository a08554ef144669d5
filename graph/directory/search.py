"""Search over everything: names, addresses, texts, what an actor has done; forgives writings and typing errors."""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graph.directory.names import Ref, alphabetical
from graph.directory.texts import NAMED, Text, Texts, texts
from graph.directory.wordindex import ALIKE, WordIndex, joined, terms

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from graph.cache import Touched
    from graph.store import Store

_WEIGHT = {
    "name": 80.0, "other": 72.0, "address": 62.0, "kind": 56.0, "description": 50.0, "note": 44.0, "statement": 44.0,
    "place": 42.0, "activity": 40.0, "actor": 40.0, "website": 40.0,
}  # fmt: skip
"""What a word is worth where it is found."""

_NAMES = frozenset({"name", "other"})
_GOOD = 60.0
"""From this score on, all words stand in names as they were typed: nothing that is only written alike is added."""

_GONE = -1
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


class _Found(NamedTuple):
    """How well an entry fits, by the number of its text that was needed for it."""

    score: float
    fit: float
    text: int


class _Texts:
    """All texts of all entries, and their words; entries and texts are numbers here, because there are many.

    Attributes:
        things: what they are the texts of.
        entries: of each text the number of its entry; `_GONE` if the entry has other texts by now.
    """

    def __init__(self) -> None:
        """Of nothing."""
        self.things: Texts = {}
        self.refs: list[Ref] = []
        self.texts: list[Text] = []
        self.entries: list[int] = []
        self.index = WordIndex({}, [])
        self.by_name: Mapping[str, list[_Found]] = {}

    def renewed(self, things: Texts) -> _Texts:
        """Those of the entries as they are now; made anew when too much of what is kept is of no use any more."""
        is_worn = len(self.texts) > 1.2 * sum(map(len, things.values()))
        return (_Texts() if is_worn else self)._changed_to(things)  # noqa: SLF001  # it is one of these

    def _changed_to(self, things: Texts) -> _Texts:
        late = [iri for iri, said in things.items() if self.things.get(iri) is not said]
        more = [text for iri in late for text in things[iri]]
        start, new = len(self.texts), _Texts()
        new.things = things
        new.refs = [*self.refs, *(things[iri][0].ref for iri in late)]
        new.texts = [*self.texts, *more]
        numbers = enumerate(late, len(self.refs))
        new.entries = [*self._entries_still_in(things), *(number for number, iri in numbers for _ in things[iri])]
        new.index = self.index.extended(((text.words, text.where in _NAMES) for text in more), start)
        new.by_name = joined(self.by_name, _by_name(more, start))
        return new

    def _entries_still_in(self, things: Texts) -> list[int]:
        """Of each text the number of its entry, where the entry still has just these texts."""
        known = self.things
        gone = {number for number, ref in enumerate(self.refs) if known.get(ref.iri) is not things.get(ref.iri)}
        return [_GONE if entry in gone else entry for entry in self.entries]

    def holding_all(self, words: Iterable[str], *, alike: bool) -> Iterator[list[_Found]]:
        """For each entry that holds all words: where each of them is worth most."""
        matches = [self.index.matches(word, alike=alike) for word in dict.fromkeys(words)]
        matches.sort(key=lambda found: sum(len(self.index.texts(one)) for one in found))  # the rarest first
        holding: list[dict[int, _Found]] = []
        for found in matches:
            holding.append(self.holding(found, holding[-1] if holding else None))
        for entry in holding[-1] if holding else ():
            yield [one[entry] for one in holding]

    def holding(self, matches: Mapping[str, float], among: Container[int] | None = None) -> dict[int, _Found]:
        """The entries (of those among which to look) that hold a word, each with where it is worth most."""
        best: dict[int, _Found] = {}
        for one, fit in matches.items():
            for number in self.index.texts(one):
                entry = self.entries[number]
                if entry != _GONE and (among is None or entry in among):
                    score = fit * _WEIGHT[self.texts[number].where]
                    if entry not in best or score > best[entry][0]:
                        best[entry] = _Found(score, fit, number)
        return best

    def best(self, found: Iterable[_Found], limit: int, wanted: Sequence[str]) -> list[Hit]:
        """The best of them; of equally good ones the likelier kind, and in the order of the alphabet."""

        def rank(one: _Found) -> tuple[float, str, str]:
            ref = self.texts[one.text].ref
            return NAMED.index(ref.type) / 2 - one.score, alphabetical(ref.label), ref.iri

        return [_hit(self.texts[one.text], one, wanted) for one in heapq.nsmallest(limit, found, key=rank)]


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
    return known.best(found.values(), limit, wanted)


def nearest(store: Store, text: str, limit: int = 5, *, language: str = "de") -> list[Hit]:
    """Entries that hold some of the words, or words that are a little like them; for a search that found nothing."""
    known = _known(store, language)
    best: dict[int, _Found] = {}
    for word in dict.fromkeys(terms(text)):
        if len(word) > 2 and word not in _SMALL:
            for entry, found in known.holding(known.index.matches(word, alike=True)).items():
                score = found.score + (best[entry].score if entry in best else 0.0)
                best[entry] = found._replace(score=score)
    return known.best(best.values(), limit, ())


def _known(store: Store, language: str) -> _Texts:
    def build() -> _Texts:
        return _Texts().renewed(texts(store, language))

    def renew(old: _Texts, _: Touched) -> _Texts:
        return old.renewed(texts(store, language))

    return store.followed(("search", language), build, renew)


def _by_name(texts: Sequence[Text], start: int) -> dict[str, list[_Found]]:
    """How well a typed name would fit, whole or without what stands in brackets; `start`: the first text's number."""
    found: dict[str, list[_Found]] = defaultdict(list)
    for number, text in enumerate(texts, start):
        if text.where in _NAMES:
            score = 100.0 if text.where == "name" else 97.0
            short = _without_brackets(text.text)
            for name, less in {short: 2.0, "".join(text.words): 0.0}.items():
                found[name].append(_Found(score - less, 1.0, number))
    return found


@lru_cache(maxsize=50_000)
def _without_brackets(name: str) -> str:
    return "".join(terms(_BRACKETS.sub("", name)))


def _entries(known: _Texts, wanted: Sequence[str], *, alike: bool) -> dict[int, _Found]:
    """The entries that hold all words."""
    needed = [word for word in wanted if word not in _SMALL] or wanted
    together = (_together(known, one, wanted) for one in known.holding_all(needed, alike=alike))
    found = {known.entries[one.text]: one for one in together}
    for one in known.by_name.get("".join(wanted), ()):  # the whole name, wherever it is parted
        if (entry := known.entries[one.text]) != _GONE:
            found[entry] = max(one, found.get(entry, one))
    return found


def _together(known: _Texts, found: Sequence[_Found], wanted: Sequence[str]) -> _Found:
    """The least of the words counts most: an entry is found as far as its worst word is."""
    least = min(found)
    score = 0.6 * least.score + 0.4 * sum(one.score for one in found) / len(found)
    if all(one.text == least.text for one in found):
        score += _bonus(known.texts[least.text], wanted)
    text = min((one.text for one in found), key=lambda number: _WEIGHT[known.texts[number].where])
    return _Found(score, min(one.fit for one in found), text)


def _bonus(text: Text, wanted: Sequence[str]) -> float:
    """For names that begin with what was typed, and for those that hold little else."""
    if text.where not in _NAMES:
        return 0.0
    begins = " ".join(text.words).startswith(" ".join(wanted))
    whole = min(1.0, sum(map(len, wanted)) / max(1, sum(map(len, text.words))))
    return 8.0 * begins + 6.0 * whole if text.where == "name" else 2.0 * begins + 4.0 * whole


def _hit(text: Text, found: _Found, wanted: Sequence[str]) -> Hit:
    piece = "" if text.where == "name" else _piece(text.text, wanted)
    return Hit(text.ref, found.score, text.where, piece, guess=found.fit <= ALIKE)


def _piece(text: str, wanted: Sequence[str], longest: int = 120) -> str:
    """A text, or of a longer one the surroundings of the first word found."""
    if len(text) <= longest:
        return text
    parts = ((part.start(), term) for part in _PARTS.finditer(text) for term in terms(part[0]))
    at = next((start for start, term in parts if any(word in term for word in wanted)), 0)
    begin = text.rfind(" ", 0, at - 40) + 1 if at > 40 else 0
    return ("… " if begin else "") + text[begin : begin + longest].strip() + " …"
