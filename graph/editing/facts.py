"""What is said about one entry: by field, by source, now and at an earlier data version."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import changes
from graph.errors import NotFound
from ontology.schema import entity_types
from ontology.terms import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.store import Store
    from ontology.schema import EntityType, Field

    Term = ox.NamedNode | ox.Literal

TYPE: Final = ox.NamedNode(RDF.type)
SLUG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
"""What the last part of an entry's IRI may look like."""


@dataclass(frozen=True)
class Facts:
    """The statements about one entry and its parts (a place's geometry), from all graphs that people and lists fill.

    Attributes:
        subject: the entry. quads: the statements, as of one data version.
    """

    subject: ox.NamedNode
    quads: frozenset[ox.Quad]

    def __bool__(self) -> bool:
        """Whether the entry is there: it has a class."""
        return any(quad.predicate == TYPE and quad.subject == self.subject for quad in self.quads)

    def of(self, field: Field) -> Mapping[Term, frozenset[ox.Quad]]:
        """The values of a field, each with the statements that say it."""
        found: dict[Term, set[ox.Quad]] = defaultdict(set)
        nodes = self.nodes(field)
        for quad in self._by_path.get(field.path[-1], ()):
            if quad.subject in nodes and _belongs(field, quad.object):
                found[quad.object].add(quad)  # type: ignore[index]  # the store holds no blank nodes and no triples
        return {term: frozenset(quads) for term, quads in found.items()}

    def nodes(self, field: Field) -> frozenset[ox.NamedNode]:
        """What the values of a field are said of: the entry, or its parts if the path has two steps."""
        if len(field.path) == 1:
            return frozenset({self.subject})
        steps = self._by_path.get(field.path[0], ())
        return frozenset(quad.object for quad in steps if quad.subject == self.subject)  # type: ignore[misc]  # as above

    @cached_property
    def _by_path(self) -> Mapping[str, list[ox.Quad]]:
        found: dict[str, list[ox.Quad]] = defaultdict(list)
        for quad in self.quads:
            found[quad.predicate.value].append(quad)
        return found


def entry_iri(store: Store, kind: str, slug: str) -> ox.NamedNode:
    """The IRI of an entry, there or not; slugs that lists of others brought may have more signs than ours.

    Raises:
        NotFound: `slug` cannot be the last part of an IRI.
    """
    if not SLUG.fullmatch(slug):
        raise NotFound(kind, slug)
    return ox.NamedNode(f"{store.base_iri}{entity_types()[kind].segment}/{slug}")


def facts(store: Store, kind: EntityType, subject: ox.NamedNode) -> Facts:
    """What is said now."""
    graphs = writable(store)
    own = [quad for quad in store.quads(subject) if quad.graph_name in graphs]
    parts = {quad.object for quad in own if quad.predicate.value in _steps(kind)}
    more = [quad for part in parts for quad in store.quads(part) if quad.graph_name in graphs]  # type: ignore[arg-type]  # as above
    return Facts(subject, frozenset((*own, *more)))


def facts_at(store: Store, kind: EntityType, now: Facts, version: int) -> Facts:
    """What was said at an earlier data version: later changes are taken back, newest first."""
    quads = set(now.quads)
    graphs = writable(store)
    for change in later_changes(store, version):
        added, removed = changes.quads(store, change.id)
        quads = (quads - added) | {quad for quad in removed if quad.graph_name in graphs}
    parts = {quad.object for quad in quads if quad.subject == now.subject and quad.predicate.value in _steps(kind)}
    return Facts(now.subject, frozenset(quad for quad in quads if quad.subject in {now.subject, *parts}))


def later_changes(store: Store, version: int) -> Iterator[changes.Change]:
    """The changes after a data version, newest first."""
    missed = store.version - version
    return (change for change in changes.history(store, missed) if change.version > version)


def writable(store: Store) -> frozenset[ox.NamedNode]:
    """The graphs a form reads and writes: never contacts, history, ontology or what rules derive."""
    return frozenset((*store.graphs.all_data(), store.graphs.rounds))


def origins(store: Store, quads: Iterable[ox.Quad]) -> tuple[str, ...]:
    """The names of the sources that say it ("office", "pankstrasse"), sorted; the rounds' graph has none."""
    prefix = store.graphs.data("").value
    names = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    return tuple(sorted(name.removeprefix(prefix) for name in names if name.startswith(prefix)))


def _steps(kind: EntityType) -> frozenset[str]:
    return frozenset(field.path[0] for field in kind.fields if len(field.path) > 1)


def _belongs(field: Field, value: object) -> bool:
    """Whether a value under the field's path is the field's: its language, one of its classes."""
    if field.path == (RDF.type,):
        return isinstance(value, ox.NamedNode) and value.value in {choice.iri for choice in field.choices}
    if field.language and isinstance(value, ox.Literal):
        # A text without its language is a mistake; the German field shows it, so that it can be mended.
        return (value.language or "de") == field.language
    return isinstance(value, ox.NamedNode | ox.Literal)
