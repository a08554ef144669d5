"""A copy of the graphs in a process of its own, kept as the server's store is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.scratch import graph_name, keep_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.sandbox.wire import Message


class Replica:
    """Quads in memory.

    Attributes:
        store: what is asked.
    """

    def __init__(self) -> None:
        self.store = ox.Store()

    def load(self, message: Message) -> None:
        """Hold these quads and no others."""
        self.store = ox.Store()
        # Not bulk_load: it works with threads, and a process with threads must not fork. Not load either: it renames
        # blank nodes, and later changes would name what is not there.
        self.store.extend(_quads(message.payload))
        self._keep_named(message)

    def change(self, message: Message) -> None:
        """Follow a change: as many bytes as the header says is what goes, the rest is what comes."""
        removed = message.header["removed"]
        for quad in _quads(message.payload[:removed]):
            self.store.remove(quad)
        self.store.extend(_quads(message.payload[removed:]))
        self._keep_named(message)

    def _keep_named(self, message: Message) -> None:
        """In a plain dataset empty graphs count, too; elsewhere nobody asks for them."""
        if message.header["named"] is not None:
            keep_named(self.store, {graph_name(text) for text in message.header["named"]})


def _quads(content: bytes) -> Iterator[ox.Quad]:
    return ox.parse(content, ox.RdfFormat.N_QUADS, lenient=True)
