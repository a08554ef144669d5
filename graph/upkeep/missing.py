"""What is still missing: the wishes of the shapes that no entry fulfils, found without a full check.

`graph.checks` asks pySHACL, which is the reference and takes seconds; the wishes are so simple that counting values
finds the same in milliseconds (a test holds the two together).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph.directory import Ref, names
from graph.neighbours import about, linked, pointing
from graph.upkeep.stock import by_label, fields_of
from ontology.terms import PN, PNS, RDF
from ontology.wishes import Wish, wishes

if TYPE_CHECKING:
    from graph.cache import Touched
    from graph.store import Store


_MANY = 500
"""With more neighbours than these, counting all values anew is sooner done."""


@dataclass(frozen=True)
class Lack:
    """One wish and the entries that do not fulfil it, by name."""

    wish: Wish
    entries: tuple[Ref, ...]


def missing(store: Store, *, language: str = "de", kind: str = "", handlungsfeld: str = "") -> tuple[Lack, ...]:
    """What is missing where, most frequent first; wishes that all entries fulfil are left out.

    Args:
        store: whom to ask.
        language: of the entries' names.
        kind: only entries of that type.
        handlungsfeld: only entries that have to do with the Handlungsfeld of that slug.
    """
    found = [lack for lack in _all(store, language) if kind in ("", lack.wish.kind)]
    if handlungsfeld:
        inside = fields_of(store)
        found = [
            Lack(one.wish, tuple(ref for ref in one.entries if handlungsfeld in inside.get(ref.iri, ())))
            for one in found
        ]
    return tuple(sorted((one for one in found if one.entries), key=lambda one: -len(one.entries)))


def count_missing(store: Store) -> int:
    """How many things are missing altogether."""
    return sum(len(lack.entries) for lack in _all(store, "de"))


def _all(store: Store, language: str) -> tuple[Lack, ...]:
    def build() -> tuple[Lack, ...]:
        called = names(store, language)
        found = ((wish, map(called.ref, entries)) for wish, entries in zip(wishes(), _who_lacks(store), strict=True))
        return tuple(Lack(wish, by_label(ref for ref in refs if ref)) for wish, refs in found)

    return store.cached(("upkeep-missing", language), build)


def _who_lacks(store: Store) -> tuple[frozenset[str], ...]:
    """The entries that do not fulfil a wish, wish by wish."""

    def renew(old: tuple[frozenset[str], ...], touched: Touched) -> tuple[frozenset[str], ...]:
        near = touched.subjects | touched.unlinked
        near |= linked(store, touched.subjects) | pointing(store, touched.subjects)  # a way has two steps at most
        near = frozenset(iri for iri in near if not iri.startswith((str(PN), str(PNS))))  # classes and concepts
        if len(near) > _MANY:
            return _lackings(_Subjects(store))
        around = _Subjects(about(store, near | linked(store, near) | pointing(store, near)))
        fresh = zip(old, _lackings(around), strict=True)
        return tuple((known - near) | (found & near) for known, found in fresh)

    return store.followed("upkeep-lacking", lambda: _lackings(_Subjects(store)), renew)


def _lackings(subjects: _Subjects) -> tuple[frozenset[str], ...]:
    return tuple(_lacking(subjects, wish) for wish in wishes())


class _Subjects:
    """Who has which property: asked for by many wishes, looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, path: str, value: str = "") -> frozenset[str]:
        """All that have a property, or that have it with a value."""
        if (path, value) not in self._known:
            found = self.store.quads(None, ox.NamedNode(path), ox.NamedNode(value) if value else None)
            self._known[path, value] = frozenset(_text(quad.subject) for quad in found)
        return self._known[path, value]


def _lacking(subjects: _Subjects, wish: Wish) -> frozenset[str]:
    entries = frozenset[str]().union(*(subjects.of(RDF.type, kind) for kind in wish.classes))
    if not entries:
        return entries
    if wish.pointing:
        return entries - _pointed_at(subjects, *wish.pointing)
    return entries.difference(*(_having(subjects, way) for way in wish.ways))


def _having(subjects: _Subjects, way: tuple[str, ...]) -> frozenset[str]:
    """Whatever has a value by this path."""
    if len(way) == 1:
        return subjects.of(way[0])
    inner = _having(subjects, way[1:])
    first = subjects.store.quads(None, ox.NamedNode(way[0]))
    return frozenset(_text(quad.subject) for quad in first if _text(quad.object) in inner)


def _pointed_at(subjects: _Subjects, pointing: str, path: str, value: str) -> frozenset[str]:
    links = subjects.of(path, value)
    found = subjects.store.quads(None, ox.NamedNode(pointing))
    return frozenset(_text(quad.object) for quad in found if _text(quad.subject) in links)


def _text(term: object) -> str:
    return cast("ox.NamedNode | ox.Literal", term).value
