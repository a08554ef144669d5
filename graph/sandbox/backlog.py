"""The latest changes of a store, for the copies of it that are told of them only when somebody asks."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from graph.store import Store

    Delta = tuple[frozenset[ox.Quad], frozenset[ox.Quad]]

_MOST: Final = 20_000
"""Quads of changes that are kept; a copy that lags behind more is better made anew."""


class Backlog:
    """Changes, numbered from 0. Threads may share it.

    Contacts are in none of them: what is not there cannot be asked for.
    """

    def __init__(self, store: Store | Scratch) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._deltas: deque[Delta] = deque()
        self._first = 0
        self._size = 0
        self._unsubscribe = store.subscribe(self._note)

    def close(self) -> None:
        """Listen no more."""
        self._unsubscribe()

    @property
    def end(self) -> int:
        """The number that the next change will have."""
        with self._lock:
            return self._first + len(self._deltas)

    def since(self, number: int) -> list[tuple[dict[str, Any], bytes]] | None:
        """The changes from that one on, each as header and payload of a message; None if not all are here any more."""
        with self._lock:
            if number < self._first:
                return None
            deltas = list(itertools.islice(self._deltas, number - self._first, None))
        return [self._message(*delta) for delta in deltas]

    def everything(self) -> tuple[dict[str, Any], bytes]:
        """The message that makes a copy of the whole."""
        graphs = self._store.graphs.readable("admin")
        quads = (quad for name in graphs or (None,) for quad in self._store.quads(graph=name))
        return {"do": "load", "named": self._named()}, _nquads(quads)

    def _note(self, removed: frozenset[ox.Quad], added: frozenset[ox.Quad], _version: int) -> None:
        with self._lock:
            self._deltas.append((removed, added))
            self._size += len(removed) + len(added)
            while self._size > _MOST:
                self._size -= sum(map(len, self._deltas.popleft()))
                self._first += 1

    def _message(self, removed: frozenset[ox.Quad], added: frozenset[ox.Quad]) -> tuple[dict[str, Any], bytes]:
        gone, come = _nquads(removed), _nquads(added)
        return {"do": "change", "removed": len(gone), "named": self._named()}, gone + come

    def _named(self) -> list[str] | None:
        return [str(name) for name in self._store.named_graphs()] if isinstance(self._store, Scratch) else None


def _nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Sorted: what is said of one thing then lies together in a copy's memory, and queries find it sooner."""
    lines = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))
