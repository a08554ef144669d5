"""A plain dataset in memory for trying SPARQL: a default graph, named graphs, no ontology, no history, no rules.

It has what `graph.sandbox` and `graph.endpoint` need of a `graph.store.Store`, so that the endpoint which answers about
it is the one which answers about the real data.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Listener = Callable[[frozenset[ox.Quad], frozenset[ox.Quad], int], None]


@dataclass(frozen=True)
class Everything:
    """Nothing is kept from anybody: no graph holds contacts."""

    contacts: None = None

    def readable(self, _role: str) -> None:
        """None: the default graph is the default graph, and GRAPH reaches all others."""


class Scratch:
    """An empty dataset; threads may share it.

    Attributes:
        version: one more with each change.
        graphs: as of a store, but without limits.
    """

    def __init__(self) -> None:
        self.version = 0
        self.graphs = Everything()
        self.writer = threading.RLock()
        self._memory = ox.Store()
        self._listeners: list[Listener] = []

    def quads(self, graph: ox.NamedNode | ox.DefaultGraph | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one graph."""
        return self._memory.quads_for_pattern(None, None, None, graph)

    def named_graphs(self) -> list[ox.NamedNode | ox.BlankNode]:
        """The named graphs, empty ones included."""
        return list(self._memory.named_graphs())

    def apply(
        self,
        removed: Iterable[ox.Quad],
        added: Iterable[ox.Quad],
        named: Iterable[ox.NamedNode | ox.BlankNode] | None = None,
    ) -> int:
        """Remove and add quads.

        Args:
            removed: what goes.
            added: what comes.
            named: the named graphs there are afterwards, empty ones included; None to keep all.

        Returns:
            The new version.
        """
        with self.writer:
            minus, plus = frozenset(removed), frozenset(added)
            for quad in minus:
                self._memory.remove(quad)
            self._memory.extend(plus)
            if named is not None:
                keep_named(self._memory, set(named))
            self.version += 1
            for listener in tuple(self._listeners):
                listener(minus, plus, self.version)
            return self.version

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener(removed, added, version)` called after each change; returns what ends that."""
        with self.writer:
            self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


def graph_name(text: str) -> ox.NamedNode | ox.BlankNode:
    """A graph's name from how N-Quads write it."""
    return ox.NamedNode(text[1:-1]) if text.startswith("<") else ox.BlankNode(text.removeprefix("_:"))


def keep_named(store: ox.Store, wanted: set[ox.NamedNode | ox.BlankNode]) -> None:
    """Have a store hold these named graphs and no others."""
    present = set(store.named_graphs())
    for name in present - wanted:
        store.remove_graph(name)
    for name in wanted - present:
        store.add_graph(name)
