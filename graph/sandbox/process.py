"""The server's end of the zygote: start it, keep its copy of the graphs current, ask, kill, close."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.sandbox import wire
from graph.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

    Delta = tuple[frozenset[ox.Quad], frozenset[ox.Quad], int]

_PROJECT = str(Path(__file__).parents[2])
_PATIENCE = 5.0


class ZygoteProcess:
    """A running zygote. Not for several threads at a time: `graph.sandbox.Sandbox` holds a lock around it.

    It never holds contacts: what is not there cannot be asked for.
    """

    def __init__(self, store: Store | Scratch) -> None:
        self._store = store
        self._deltas: deque[Delta] = deque()
        self._channel, theirs = socket.socketpair()
        path = os.pathsep.join(filter(None, (_PROJECT, os.environ.get("PYTHONPATH"))))
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
                [sys.executable, "-m", "graph.sandbox.zygote", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                env={**os.environ, "PYTHONPATH": path},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is meant for the server, which then closes the socket
            )
        # First listen, then copy: what comes in between is in the copy and comes again, which changes nothing.
        self._unsubscribe = store.subscribe(lambda *delta: self._deltas.append(delta))
        self._is_loaded = False

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def load(self) -> None:
        """Give it the graphs, once, and wait until it has them; raises `OSError` if the zygote is gone."""
        if self._is_loaded:
            return
        graphs = self._store.graphs.readable("admin")
        content = _nquads(quad for name in graphs or (None,) for quad in self._store.quads(graph=name))
        wire.send(self._channel, {"do": "load", "named": self._named()}, content)
        if not self._channel.recv(1):
            raise BrokenPipeError
        self._is_loaded = True

    def ask(self, request: dict[str, Any], answers: int, status: int) -> None:
        """Pass a question on, after all changes committed before; raises `OSError` if the zygote is gone."""
        self.load()
        while self._deltas:
            removed, added, _ = self._deltas.popleft()
            gone, come = _nquads(removed), _nquads(added)
            header = {"do": "change", "removed": len(gone), "named": self._named()}
            wire.send(self._channel, header, gone + come)
        wire.send(self._channel, {"do": "ask", **request}, descriptors=(answers, status))

    def kill(self, number: int) -> None:
        """End the child that answers that question; raises `OSError` if the zygote is gone."""
        wire.send(self._channel, {"do": "kill", "number": number})

    def close(self) -> None:
        """End it and its children."""
        with contextlib.suppress(ValueError):  # the store was closed before and has forgotten its listeners
            self._unsubscribe()
        self._channel.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _named(self) -> list[str] | None:
        return [str(name) for name in self._store.named_graphs()] if isinstance(self._store, Scratch) else None


def _nquads(quads: Iterable[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
