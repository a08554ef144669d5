"""What is still missing: the wishes of the shapes that no entry fulfils, found without a full check.

`graph.checks` asks pySHACL, which is the reference and takes seconds; the wishes are so simple that counting values
finds the same in milliseconds (a test holds the two together).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph.directory import Ref, names
from graph.upkeep.stock import by_label, fields_of
from ontology.terms import RDF
from ontology.wishes import Wish, wishes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

_TYPE = ox.NamedNode(RDF.type)


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
        found = ((wish, (called.ref(iri) for iri in _lacking(store, wish))) for wish in wishes())
        return tuple(Lack(wish, by_label(ref for ref in refs if ref)) for wish, refs in found)

    return store.cached(("upkeep-missing", language), build)


def _lacking(store: Store, wish: Wish) -> set[str]:
    entries = _subjects(store, ((_TYPE, ox.NamedNode(kind)) for kind in wish.classes))
    if not entries:
        return set()
    if wish.pointing:
        return entries - _pointed_at(store, *wish.pointing)
    return entries - {iri for way in wish.ways for iri in _having(store, way)}


def _having(store: Store, way: tuple[str, ...]) -> set[str]:
    """Whatever has a value by this path."""
    if len(way) == 1:
        return _subjects(store, [(ox.NamedNode(way[0]), None)])
    inner = _having(store, way[1:])
    first = store.quads(None, ox.NamedNode(way[0]))
    return {_text(quad.subject) for quad in first if _text(quad.object) in inner}


def _pointed_at(store: Store, pointing: str, path: str, value: str) -> set[str]:
    links = _subjects(store, [(ox.NamedNode(path), ox.NamedNode(value))])
    return {_text(quad.object) for quad in store.quads(None, ox.NamedNode(pointing)) if _text(quad.subject) in links}


def _subjects(store: Store, patterns: Iterable[tuple[ox.NamedNode, ox.NamedNode | None]]) -> set[str]:
    return {_text(quad.subject) for path, value in patterns for quad in store.quads(None, path, value)}


def _text(term: object) -> str:
    return cast("ox.NamedNode | ox.Literal", term).value
