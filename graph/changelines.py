"""The lines in which the history keeps what a change added and what it removed: N-Quads, in order.

Contacts are kept among the contacts: the history has more readers than they.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from ontology.terms import PN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.cache import Touched
    from graph.store import Store

    Quads = frozenset[ox.Quad]
    Counts = dict[str, tuple[int, int]]

ADDED: Final = ox.NamedNode(PN.addedQuads)
REMOVED: Final = ox.NamedNode(PN.removedQuads)


def lines(store: Store, change: str, plus: Quads, minus: Quads) -> Quads:
    """What says in the history of a change (an IRI) what it added and removed."""
    contacts, found = store.graphs.contacts, set()
    for path, quads in ((ADDED, plus), (REMOVED, minus)):
        personal = {quad for quad in quads if quad.graph_name == contacts}
        for graph, part in ((store.graphs.history, quads - personal), (contacts, personal)):
            if part:
                found.add(ox.Quad(ox.NamedNode(change), path, ox.Literal(_written(part)), graph))
    return frozenset(found)


def swapped(store: Store, change: str, undo: str) -> Quads:
    """The lines of what takes a change back: it removes what that added, and adds what that removed."""
    return frozenset(
        ox.Quad(ox.NamedNode(undo), other, quad.object, quad.graph_name)
        for path, other in ((ADDED, REMOVED), (REMOVED, ADDED))
        for quad in store.quads(ox.NamedNode(change), path, personal=True)
    )


def quads(store: Store, change: str, *, personal: bool = False) -> tuple[Quads, Quads]:
    """What a change added and what it removed; contacts only if they are asked for."""
    graphs = (store.graphs.history, store.graphs.contacts) if personal else (store.graphs.history,)
    added, removed = (
        frozenset(itertools.chain.from_iterable(ox.parse(text, ox.RdfFormat.N_QUADS) for text in found))
        for found in (_texts(store, change, path, graphs) for path in (ADDED, REMOVED))
    )
    return added, removed


def subjects(store: Store, changes: Iterable[str]) -> set[str]:
    """What these changes said something about."""
    texts = (text for change in changes for path in (ADDED, REMOVED) for text in _texts(store, change, path))
    return {line[1 : line.index("> ")] for text in texts for line in text.split("\n") if line}


def counts(store: Store, change: str) -> tuple[int, int]:
    """How many lines a change keeps of what it added and removed: counted, because nothing else says it.

    Once only, as the lines stay as they are: those of a long list are megabytes.
    """

    def renew(old: Counts, touched: Touched) -> Counts:
        return {iri: found for iri, found in old.copy().items() if iri not in touched.subjects}

    known = store.followed("change-counts", dict[str, tuple[int, int]], renew)
    if change not in known:
        added, removed = (sum(text.count("\n") for text in _texts(store, change, path)) for path in (ADDED, REMOVED))
        known[change] = added, removed
    return known[change]


def _texts(
    store: Store, change: str, path: ox.NamedNode, graphs: Iterable[ox.NamedNode | None] = (None,)
) -> Iterator[str]:
    for graph in graphs:
        for quad in store.quads(ox.NamedNode(change), path, None, graph, personal=True):
            yield cast("ox.Literal", quad.object).value


def _written(quads: Iterable[ox.Quad]) -> str:
    """Quads as N-Quads, the lines in order. Those of a long list make 100 MB, so each form goes in its turn."""
    in_order = cast("bytes", ox.serialize(quads, format=ox.RdfFormat.N_QUADS)).splitlines(keepends=True)
    in_order.sort()
    content = b"".join(in_order)
    del in_order
    return content.decode()
