"""Which Handlungsfeld of a new round goes on with which of an old one: proposals with reasons, never decisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph import entries, network
from graph.directory.names import folded
from graph.directory.values import table
from graph.errors import BadInput
from graph.rounds.reading import fields_of, working_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.directory import Ref
    from graph.store import Store

RELATIONS: Final = {
    "exact": "exactMatch",
    "close": "closeMatch",
    "broad": "broadMatch",
    "narrow": "narrowMatch",
}
"""How a new field may relate to an old one: the same, nearly, the old one covers more, the old one covers less."""

_LINE: Final = re.compile(r"\s*(?P<number>[^\s.):]+)[.):]?\s+(?:[–-]\s+)?(?P<name>\S.*?)\s*")
_SAME, _LIKE, _WORTH = 95.0, 75.0, 55.0
"""Likeness of two names, 0 to 100, from which they are called the same, alike, and worth a look."""


@dataclass(frozen=True)
class NewField:
    """A Handlungsfeld of the new round: its number, its name, and its slug if it is on record already."""

    number: str
    name: str
    slug: str = ""


@dataclass(frozen=True)
class Candidate:
    """An old field that a new one may go on with.

    Attributes:
        field: the old field.
        why: "stored" (somebody matched them), "same name", "like name", "like words" or "same number".
        relation: a key of `RELATIONS` that fits, "" if only a person can tell.
    """

    field: Ref
    why: str
    relation: str


@dataclass(frozen=True)
class Proposal:
    """A new field and the old ones it may go on with, best first; none if nothing is like it."""

    field: NewField
    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate | None:
        """The candidate that is likely enough to stand in the form already."""
        return next((one for one in self.candidates if one.relation), None)


def read_fields(text: str) -> tuple[NewField, ...]:
    """The fields of a list typed line by line: number, name.

    Raises:
        BadInput: a line without number or name (`what` is "fields"), a number twice ("number").
    """
    found: dict[str, NewField] = {}
    for line in filter(str.strip, text.splitlines()):
        match = _LINE.fullmatch(line)
        if match is None or not entries.slug(match["number"]):
            raise BadInput("fields", line.strip())
        if entries.slug(match["number"]) in {entries.slug(number) for number in found}:
            raise BadInput("number", match["number"])
        found[match["number"]] = NewField(match["number"], match["name"])
    return tuple(found.values())


def stored_fields(store: Store, round_slug: str) -> tuple[NewField, ...]:
    """The fields a round has on record."""
    rows = table(store, "handlungsfeld", "de")
    own = (rows[ref.slug] for ref in fields_of(store, round_slug))
    return tuple(NewField(row.text("number"), row.text("name"), row.ref.slug) for row in own)


def propose(store: Store, old_round: str, new: Iterable[NewField], language: str = "de") -> tuple[Proposal, ...]:
    """For each new field the fields of the old round that it may go on with.

    Matches on record come first, then names that are the same or alike (token set ratio of rapidfuzz), then names with
    a word in common, last the field of the same number: numbers change their meaning from round to round.
    """
    old = working_fields(store, old_round, language)
    rows = table(store, "handlungsfeld", "de")
    matched = network.field_matches(store, RELATIONS.values())
    return tuple(
        _proposal(
            store, one, [(ref, rows[ref.slug].text("number"), rows[ref.slug].text("name")) for ref in old], matched
        )
        for one in new
    )


def _proposal(
    store: Store, new: NewField, old: list[tuple[Ref, str, str]], matched: dict[str, frozenset[str]]
) -> Proposal:
    own = matched.get(f"{store.base_iri}handlungsfeld/{new.slug}", frozenset()) if new.slug else frozenset()
    ranked = []
    for ref, number, name in old:
        likeness = _likeness(new.name, name)
        if candidate := _candidate(ref, likeness, stored=ref.iri in own, same_number=number == new.number):
            ranked.append((candidate.why != "stored", candidate.why == "same number", -likeness, ref.slug, candidate))
    ranked.sort(key=lambda one: one[:4])
    return Proposal(new, tuple(one[-1] for one in ranked))


def _candidate(ref: Ref, likeness: float, *, stored: bool, same_number: bool) -> Candidate | None:
    if stored:
        return Candidate(ref, "stored", "exact" if likeness >= _SAME else "close")
    if likeness >= _SAME:
        return Candidate(ref, "same name", "exact")
    if likeness >= _LIKE:
        return Candidate(ref, "like name", "close")
    if likeness >= _WORTH:
        return Candidate(ref, "like words", "")
    return Candidate(ref, "same number", "") if same_number else None


def _likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 100; a name within the other is alike, not the same.

    Source: token set and token sort ratio as in rapidfuzz, of folded words.
    """
    from rapidfuzz import fuzz

    plain = folded(one), folded(other)
    return max(fuzz.token_sort_ratio(*plain), min(fuzz.token_set_ratio(*plain), _SAME - 10))
