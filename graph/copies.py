"""A dataset as others than the staff may read it: a copy that holds nothing else.

What is not there cannot be shown: no page, query, cache, search index or export over the copy can name a round's
statement, a decision, a change or a contact, whatever it asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.datadir import change
from graph.errors import StoreUnwritable
from graph.store import Store, T

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from pathlib import Path


class ReadCopy(Store):
    """What one role may read of a store, in memory, kept current with each change. Nothing is written to it.

    Args:
        source: the open store.
        role: "public" for ontology, data and what rules derive from them; None for nothing but the ontology.
    """

    def __init__(self, source: Store, role: str | None = "public") -> None:
        self._role = role
        with source.writer:  # nothing may come between the copy and the first change it hears of
            names = source.graphs.all_data() if role else []
            content = ox.serialize(
                (quad for name in names for quad in source.quads(graph=name)), format=ox.RdfFormat.N_QUADS
            )
            super().__init__(source.base_iri, None, content or b"")
            self.version = source.version if role else 0
            self._unsubscribe = source.subscribe(self._follow) if role else None

    def apply(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> int:  # noqa: ARG002  # as `Store.apply`
        """Refuse: a copy is read.

        Raises:
            StoreUnwritable: always.
        """
        raise StoreUnwritable(_nowhere(), "copy")

    def trailing(self, key: Hashable, build: Callable[[], T]) -> T:
        """As `cached`: what strangers may no longer see they do not see for another moment."""
        return self.cached(key, build)

    def _follow(self, removed: frozenset[ox.Quad], added: frozenset[ox.Quad], version: int) -> None:
        gone, come = self._readable(removed), self._readable(added)
        change(self._memory, gone, come)
        self._steps.add(version, gone, come)
        self.version = version

    def _readable(self, quads: frozenset[ox.Quad]) -> set[ox.Quad]:
        prefix = self.graphs.data("").value
        return {
            quad
            for quad in quads
            if quad.graph_name == self.graphs.derived
            or (isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(prefix))
        }


def _nowhere() -> Path:
    from pathlib import Path

    return Path()
