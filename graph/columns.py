"""What one property says of all entries, read at once: for those who want nearly everything there is.

A question that joins ten optional things looks each of them up for every row, once in every graph. Whoever needs all
rows anyway is through sooner by reading property after property. The named query beside it says the same in words
that people can follow and run: it is noted as asked (`query.told`), and a test holds the two together.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ontology.terms import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.store import Store


class Column:
    """The entries that have a property, each with its values as plain texts.

    Attributes:
        one: each entry with one of its values; nearly all have but one.
        several: those with more, with all of them in no order; the same one may come twice.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.one: dict[str, str] = {}
        self.several: dict[str, tuple[str, ...]] = {}
        for entry, text in pairs:
            first = self.one.setdefault(entry, text)
            if first is not text:
                self.several[entry] = (*self.several.get(entry, (first,)), text)

    def of(self, entry: str) -> tuple[str, ...]:
        """All values of one entry."""
        if entry in self.several:
            return self.several[entry]
        return (self.one[entry],) if entry in self.one else ()

    def items(self) -> Iterator[tuple[str, str]]:
        """Every entry with every value."""
        for entry, text in self.one.items():
            if entry in self.several:
                yield from ((entry, one) for one in self.several[entry])
            else:
                yield entry, text

    @property
    def least(self) -> dict[str, str]:
        """Each entry with the least of its values that is not empty, so that no order of statements counts."""
        return self.one | {entry: min(filter(None, texts), default="") for entry, texts in self.several.items()}

    @property
    def most(self) -> dict[str, str]:
        """Each entry with the greatest of its values."""
        return self.one | {entry: max(texts) for entry, texts in self.several.items()}


_YES = frozenset({"true", "1"})


def columns(store: Store, *properties: str) -> list[Column]:
    """The column of each property, all of one moment.

    Args:
        store: whose ontology, data, rounds and derived statements.
        properties: their IRIs.
    """
    found = [_quads(store, one) for one in properties]  # all are begun before the first is read
    return [Column((quad.subject.value, getattr(quad.object, "value", "")) for quad in quads) for quads in found]


def written(store: Store, prop: str, *languages: str) -> list[Column]:
    """The column of each language of a property's texts; "" for those that name none."""
    said: dict[str, list[tuple[str, str]]] = {language: [] for language in languages}
    for quad in _quads(store, prop):
        if isinstance(quad.object, ox.Literal) and (pairs := said.get(quad.object.language or "")) is not None:
            pairs.append((quad.subject.value, quad.object.value))
    return [Column(said[language]) for language in languages]


def typed(store: Store, classes: Mapping[str, str]) -> dict[str, set[str]]:
    """The entries of some classes, each with the names (keys of `classes`) of those it is of."""
    found: dict[str, set[str]] = {}
    for name, klass in classes.items():
        for quad in _quads(store, RDF.type, klass):
            found.setdefault(quad.subject.value, set()).add(name)
    return found


def affirmed(store: Store, prop: str) -> frozenset[str]:
    """The entries of which a property says true."""
    said = [(quad.subject, quad.object) for quad in _quads(store, prop)]
    return frozenset(
        entry.value
        for entry, term in said
        if isinstance(term, ox.Literal) and term.datatype.value == XSD.boolean and term.value in _YES
    )


def named(store: Store, iris: Iterable[str], prop: str, language: str) -> dict[str, str]:
    """What some few things are called in a language, the least of several names; those without one are missing."""
    found = {}
    for iri in iris:
        with suppress(ValueError):  # a text where a thing was meant has no name
            terms = (quad.object for quad in _quads(store, prop, subject=ox.NamedNode(iri)))
            names = [term.value for term in terms if isinstance(term, ox.Literal) and term.language == language]
            if names:
                found[iri] = min(names)
    return found


def _quads(store: Store, prop: str, value: str | None = None, subject: ox.NamedNode | None = None) -> Iterator[Any]:
    """Quads; their subjects always have a value, their objects may be a triple, which has none."""
    term = ox.NamedNode(value) if value else None
    found = [store.quads(subject, ox.NamedNode(prop), term, name) for name in store.graphs.knowledge()]
    return chain.from_iterable(found)
