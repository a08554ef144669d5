"""Which entries a change touched, and whether they came, went or changed: read from its lines without parsing them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.history.kept import Kept, kept, subject_of
from graph.neighbours import linked
from ontology.schema import entity_types
from ontology.terms import GEO, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph import cache
    from graph.store import Store

OTHER = ""
"""Kind of what is no entry of ours: things of foreign vocabularies, lists of concepts."""

_GEOMETRY = ox.NamedNode(GEO.hasGeometry)
_TYPE = f"> <{RDF.type}> "


@dataclass(frozen=True)
class Touched:
    """An entry that a change touched.

    Attributes:
        iri: its address. kind: its entity type, or `OTHER`.
        action: "added", "changed" or "removed".
        subjects: what tells of it: itself, and parts such as its geometry.
    """

    iri: str
    kind: str
    action: str
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """How many entries of a kind came, changed or went."""

    kind: str
    action: str
    number: int


def touched(store: Store, change_id: str) -> list[Touched]:
    """The entries of a change, by kind in the order of the types, sources and other things last."""
    known: dict[str, list[Touched]] = store.followed("history-touched", dict, partial(_those_left, store))
    if change_id not in known:
        known[change_id] = _read(store, kept(store, change_id))
    return known[change_id]


def _those_left(store: Store, old: dict[str, list[Touched]], since: cache.Touched) -> dict[str, list[Touched]]:
    """Those that are still so: of whose things nothing was said since, nor to which entry one of them belongs."""
    near = {*since.subjects, *since.unlinked, *linked(store, since.subjects, GEO.hasGeometry)}
    return {
        change: entries
        for change, entries in old.copy().items()
        if f"{store.base_iri}change/{change}" not in near
        and all(one.iri not in near and near.isdisjoint(one.subjects) for one in entries)
    }


def counts(entries: Iterable[Touched]) -> tuple[Count, ...]:
    """How many of each kind, in the order in which they come."""
    counted = Counter((one.kind, one.action) for one in entries)
    return tuple(Count(kind, action, number) for (kind, action), number in counted.items())


def has_class(lines: Iterable[str]) -> bool:
    """Whether the lines say of something what it is: an entry comes and goes with that."""
    return any(_TYPE in line for line in lines)


def _read(store: Store, past: Kept) -> list[Touched]:
    kinds = {f"{store.base_iri}{kind.segment}": kind.name for kind in entity_types().values()}
    parts: dict[str, list[str]] = {}
    for subject in dict.fromkeys([*past.added.subjects, *past.removed.subjects]):
        parts.setdefault(_owner(store, past, subject, kinds), []).append(subject)
    order = [*(kind for kind in entity_types() if kind != "source"), "source", OTHER]
    found = [
        Touched(iri, kinds.get(iri.rpartition("/")[0], OTHER), _action(past, iri), tuple(own))
        for iri, own in parts.items()
    ]
    return sorted(found, key=lambda one: (order.index(one.kind), one.iri))


def _owner(store: Store, past: Kept, subject: str, kinds: Mapping[str, str]) -> str:
    """The entry a subject tells of: itself, or the one whose part (geometry, list of fields) it is."""
    whole = subject.partition("#")[0]
    start = whole.rpartition("/")[0]
    if start in kinds:
        return whole
    if start.rpartition("/")[0] in kinds:
        return start
    link = f" <{GEO.hasGeometry}> <{subject}> "
    for lines in (past.added, past.removed):
        if link in lines.text:
            return next(subject_of(line) for line in lines.all if link in line)
    owners = (quad.subject for quad in store.quads(None, _GEOMETRY, ox.NamedNode(subject)))
    return next((owner.value for owner in owners if isinstance(owner, ox.NamedNode)), subject)


def _action(past: Kept, iri: str) -> str:
    came, went = has_class(past.added.about(iri)), has_class(past.removed.about(iri))
    if came == went:
        return "changed"
    return "added" if came else "removed"
