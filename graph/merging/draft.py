"""A change while it is being worked out: what goes, what comes, and how the graph looks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import NotFound
from ontology.terms import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store
    from ontology.schema import EntityType, Field

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

TYPE = ox.NamedNode(RDF.type)


class Draft:
    """Quads to remove and to add.

    Args:
        store: as it is.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.removed: set[ox.Quad] = set()
        self.added: set[ox.Quad] = set()
        self._coming: dict[Term, set[ox.Quad]] = {}
        self._unread = (store.graphs.derived, store.graphs.history, store.graphs.ontology)

    def remove(self, quad: ox.Quad) -> None:
        """Take a quad away, whether it is stored or only drafted."""
        self.added.discard(quad)
        self._coming.get(quad.subject, set()).discard(quad)
        self.removed.add(quad)

    def add(self, quad: ox.Quad) -> None:
        """Put a quad in, unless the same is said in another graph already."""
        self.removed.discard(quad)
        if not any(self._is(other, quad) for other in self.facts(quad.subject)):
            self.added.add(quad)
            self._coming.setdefault(quad.subject, set()).add(quad)

    @staticmethod
    def _is(one: ox.Quad, other: ox.Quad) -> bool:
        return (one.predicate, one.object) == (other.predicate, other.object)

    def facts(self, node: Term) -> list[ox.Quad]:
        """What is said about a node after the change so far."""
        stored = (quad for quad in self.stored(node) if quad not in self.removed)
        return [*stored, *self._coming.get(node, ())]

    def stored(self, node: Term) -> Iterator[ox.Quad]:
        """What is said about a node before the change, by people and lists."""
        if isinstance(node, ox.NamedNode):
            yield from (quad for quad in self.store.quads(node, personal=True) if quad.graph_name not in self._unread)

    def pointing(self, node: ox.NamedNode) -> Iterator[ox.Quad]:
        """The stored quads that lead to a node, contacts' too."""
        found = self.store.quads(None, None, node, personal=True)
        yield from (quad for quad in found if quad.graph_name not in self._unread)

    def values(self, node: Term, field: Field) -> list[ox.Quad]:
        """The quads that fill a field of an entry after the change; of a field two steps away, the first steps."""
        return [quad for quad in self.facts(node) if fills(field, quad)]


def fills(field: Field, quad: ox.Quad) -> bool:
    """Whether a quad is a value of that field: of its path, and in its language if it has one."""
    if quad.predicate.value != field.path[0]:
        return False
    return not field.language or (isinstance(quad.object, ox.Literal) and quad.object.language == field.language)


def part_of(node: Term, entry: ox.NamedNode) -> bool:
    """Whether a node is a part of an entry, named after it (its geometry)."""
    return isinstance(node, ox.NamedNode) and node.value.startswith((f"{entry.value}#", f"{entry.value}/"))


def renamed(node: Term, old: ox.NamedNode, new: ox.NamedNode) -> Term:
    """A node with the one entry's name replaced by the other's, in names of its parts too."""
    if isinstance(node, ox.NamedNode) and (node == old or part_of(node, old)):
        return ox.NamedNode(new.value + node.value[len(old.value) :])
    return node


def moved(quad: ox.Quad, old: ox.NamedNode, new: ox.NamedNode) -> ox.Quad:
    """A quad about, or to, the other entry instead, in the graph where it stands."""
    return ox.Quad(renamed(quad.subject, old, new), quad.predicate, renamed(quad.object, old, new), quad.graph_name)  # type: ignore[arg-type]  # an IRI stays one


def require(store: Store, kind: EntityType, node: ox.NamedNode) -> None:
    """Make sure that there is an entry of that kind.

    Raises:
        NotFound: there is none.
    """
    classes = {quad.object.value for quad in store.quads(node, TYPE) if isinstance(quad.object, ox.NamedNode)}
    if classes.isdisjoint(kind.classes):
        raise NotFound(kind.name, node.value.rpartition("/")[2])
