"""Pairs of entries that may be the same, best first, with what speaks for it and what against it, in words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from graph.directory.names import Ref, names
from graph.matching.evidence import domain, house
from graph.matching.judgements import judgements
from graph.matching.matcher import Matcher
from graph.matching.spelling import spelling
from graph.matching.stored import stored
from graph.matching.wording import Said, said
from graph.matching.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.matching.comparison import Verdict
    from graph.matching.stored import Stored
    from graph.store import Store

_LEAST: Final = 0.3
"""Pairs that score less are not worth a person's time."""

_CROWD: Final = 4
"""An address or site that more entries have says nothing about any two of them."""

_STEM: Final = 7
"""Words that begin with the same so many letters are about the same: "Bewegungsangebote", "Bewegungsförderung"."""

_WORD: Final = re.compile(r"[^\W_]+")
_STREETS: Final = ("strasse", "allee", "damm", "ufer")

_START: Final = {"same": (0.75, 0.2), "unsure": (0.3, 0.35)}
"""What the outcome of the names alone is worth, and how much of their likeness comes on top."""

_ALONE: Final = 0.15
"""What a pair starts with whose names say nothing."""

_WORTH: Final = {
    "website": 0.2, "address": 0.15, "street": 0.15, "place": 0.05, "network": 0.05, "carrier": 0.15,
    "other website": -0.1, "other address": -0.15, "other kind": -0.2, "tie": -0.3, "beside": -0.3,
    "other period": -0.25,
}  # fmt: skip
"""What each further fact adds to or takes from the score."""


@dataclass(frozen=True)
class Double:
    """Two entries that may be one.

    Attributes:
        one, other: the entries, in the order of their IRIs.
        score: 0–1, larger is more likely; an order, no probability.
        reasons: what speaks for it, at least one sentence by language.
        doubts: what speaks against it.
    """

    one: Ref
    other: Ref
    score: float
    reasons: tuple[Said, ...]
    doubts: tuple[Said, ...]

    @property
    def id(self) -> str:
        """Both entries: `actor~kita-a~actor~kita-b`."""
        return f"{self.one.type}~{self.one.slug}~{self.other.type}~{self.other.slug}"


@dataclass(frozen=True)
class _Pair:
    score: float
    reasons: tuple[Said, ...]
    doubts: tuple[Said, ...]


def doubles(store: Store) -> list[Double]:
    """Pairs of actors, programmes, projects, places or events that may be the same, most likely first.

    Pairs a person has judged are left out. Computed once per data version; what names and addresses say is not even
    computed again while no entry changes.
    """
    return store.cached("doubles", lambda: _doubles(store))


def _doubles(store: Store) -> list[Double]:
    called = names(store, "de")
    judged = {frozenset((one.name, one.key)) for one in judgements(store)}
    found = []
    for (one, other), pair in _compared(store).items():
        refs = called.ref(one), called.ref(other)
        if frozenset((one, other)) not in judged and refs[0] and refs[1]:
            found.append(Double(refs[0], refs[1], pair.score, pair.reasons, pair.doubts))
    return sorted(found, key=lambda double: (-double.score, double.id))


_last: WeakKeyDictionary[Store, tuple[Mapping[str, Stored], Mapping[tuple[str, str], _Pair]]] = WeakKeyDictionary()
"""The entries that were compared last, and what came out."""


def _compared(store: Store) -> Mapping[tuple[str, str], _Pair]:
    entries = store.cached("matching-stored", lambda: stored(store))
    known = _last.get(store)
    if known is None or known[0] != entries:
        known = _last[store] = (entries, dict(_pairs(entries)))
    return known[1]


def _pairs(entries: Mapping[str, Stored]) -> Iterator[tuple[tuple[str, str], _Pair]]:
    by_group: dict[str, list[Stored]] = defaultdict(list)
    for entry in entries.values():
        by_group[entry.group].append(entry)
    for group in by_group.values():
        matcher = Matcher(entry.body for entry in group)
        verdicts: dict[tuple[str, str], Verdict | None] = {(one, other): said for one, other, said in matcher.pairs()}
        for pair in _neighbours(group):
            verdicts.setdefault(pair, None)
        for (one, other), verdict in verdicts.items():
            found = _weighed(entries, entries[one], entries[other], verdict)
            if found and found.score >= _LEAST:
                yield (one, other), found


def _neighbours(group: Iterable[Stored]) -> Iterator[tuple[str, str]]:
    """Pairs that share a site or a house whatever they are called; a street or who is responsible, if not only that."""
    shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in group:
        for clue in _clues(entry):
            shared[clue].append(entry.body.key)
    for iris in shared.values():
        if len(iris) <= _CROWD:
            yield from combinations(sorted(iris), 2)


def _clues(entry: Stored) -> set[tuple[str, ...]]:
    found = {("website", domain(entry.body.website)), ("address", house(entry.body.address), entry.kind)}
    if entry.kind:
        found |= {("street", street, entry.kind) for street in _streets(entry)}
    beginnings = {word[:_STEM] for name in entry.body.names for word in spelling(name).words if len(word) >= _STEM}
    for place in entry.places:
        found |= {("carrier", iri, place, beginning) for iri in entry.carriers for beginning in beginnings}
    return {clue for clue in found if clue[1]}


def _streets(entry: Stored) -> set[str]:
    """Streets in address and names of who has a door there; boards and places are only called after them."""
    if entry.body.klass != "Actor":
        return set()
    texts = (*entry.body.names, entry.body.address)
    return {word for text in texts for word in spelling(text).words if word.endswith(_STREETS)} - set(_STREETS)


def _weighed(entries: Mapping[str, Stored], one: Stored, other: Stored, verdict: Verdict | None) -> _Pair | None:
    """What speaks for and against; None where it is out of the question."""
    keys = one.body.key, other.body.key
    if one.parent == keys[1] or other.parent == keys[0] or _kind(one) != _kind(other):
        return None
    if one.group == "event" and _other_period(one, other):
        return None
    least, more = _START[verdict.outcome] if verdict else (_ALONE, 0.0)
    score = least + more * (verdict.score if verdict else 0.0)
    facts = [
        (kind, detail) for kind, detail in _facts(entries, one, other) if not verdict or kind not in _kinds(verdict)
    ]
    reasons = []
    for reason in verdict.reasons if verdict else ():
        kind, _colon, detail = reason.partition(": ")
        reasons.append(said(kind, _as_written(detail, (*one.body.names, *other.body.names))))
    if verdict and all(text.is_doubt for text in reasons):
        reasons.insert(0, said("alike"))
    texts = [(kind, said(kind, detail)) for kind, detail in facts]
    score += sum(_WORTH[kind] for kind, _ in texts)
    return _Pair(
        round(min(max(score, 0.0), 1.0), 3),
        (*(text for text in reasons if not text.is_doubt), *(text for kind, text in texts if _WORTH[kind] > 0)),
        (*(text for text in reasons if text.is_doubt), *(text for kind, text in texts if _WORTH[kind] < 0)),
    )


def _as_written(detail: str, names: Iterable[str]) -> str:
    """A detail of a reason with its folded words as they stand in the names."""
    words = [word for name in names for word in _WORD.findall(name)]

    def written(found: re.Match[str]) -> str:
        return next((word for word in words if folded(word).startswith(found[0])), found[0])

    return _WORD.sub(written, detail)


def _kinds(verdict: Verdict) -> set[str]:
    return {reason.partition(":")[0] for reason in verdict.reasons}


def _kind(entry: Stored) -> str:
    """Entries of two types are never made one."""
    return entry.body.key.rpartition("/")[0]


def _facts(entries: Mapping[str, Stored], one: Stored, other: Stored) -> Iterator[tuple[str, str]]:
    """Further facts, by the names of `_WORTH`, with what is to be named."""
    for name, of in (("website", domain), ("address", house)):
        texts = [getattr(entry.body, name) for entry in (one, other)]
        values = [of(text) for text in texts]
        if all(values):
            yield (name, texts[0]) if values[0] == values[1] else (f"other {name}", " / ".join(texts))
    if not all(house(entry.body.address) for entry in (one, other)) and (same := _streets(one) & _streets(other)):
        yield "street", one.body.address or other.body.address or min(same)
    if shared := set(one.places) & set(other.places):
        yield "place", ", ".join(sorted(entries[place].body.names[0] for place in shared if place in entries))
    if shared_carriers := one.carriers & other.carriers:
        yield "carrier", ", ".join(sorted(entries[iri].body.names[0] for iri in shared_carriers if iri in entries))
    if one.kind and other.kind and one.kind != other.kind:
        yield "other kind", ""
    if one.group == "project" and _other_period(one, other):
        yield "other period", ""
    yield from _links(entries, one, other)


def _links(entries: Mapping[str, Stored], one: Stored, other: Stored) -> Iterator[tuple[str, str]]:
    """Two that one list names side by side are two; two that two lists name in one network may be one."""
    if other.body.key in one.links or one.body.key in other.links:
        yield "tie", ""
    if one.group != "body":
        return
    both = [iri for iri in sorted(one.links.keys() & other.links.keys()) if iri in entries]
    beside = [iri for iri in both if one.links[iri] & other.links[iri]]
    if beside:
        yield "beside", entries[beside[0]].body.names[0]
    elif apart := [iri for iri in both if entries[iri].body.klass == "Network"]:
        yield "network", entries[apart[0]].body.names[0]


def _other_period(one: Stored, other: Stored) -> bool:
    """Whether the one begins on another day, or after the other's end, as far as days are known."""
    if one.group == "event":
        return _differ(one.start, other.start)
    return any(_after(first.start, last.end or last.start) for first, last in ((one, other), (other, one)))


def _differ(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return bool(length) and one[:length] != other[:length]


def _after(start: str, end: str) -> bool:
    length = min(len(start), len(end))
    return bool(length) and start[:length] > end[:length]
