"""The process that forks one child per query: it holds a copy of the graphs in memory, and runs one thread.

Started by `graph.sandbox` as `python -m graph.sandbox.zygote DESCRIPTOR`, it obeys what comes over that socket and
ends when its other end closes, however the server ended. Forking is safe because nothing else runs here.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.errors import BadInput, QueryError, QueryRefused, QueryTooBig
from graph.sandbox import confine, updating, wire
from graph.sandbox.evaluate import answer
from graph.scratch import graph_name, keep_named

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUICK = 0.5
"""Seconds after which a query is a long one, that others do not wait for."""


class Zygote:
    """Obeys four messages: load (all quads), change (removed, added), ask, kill."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._store = ox.Store()
        self._children: dict[int, tuple[int, int]] = {}  # process id → number of the question, status descriptor
        self._wakeup, self._alarm = os.pipe()
        for descriptor in (self._wakeup, self._alarm):
            os.set_blocking(descriptor, False)

    def serve(self) -> None:
        """Work until the server is gone."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._alarm)
        with selectors.DefaultSelector() as selector:
            selector.register(self._channel, selectors.EVENT_READ)
            selector.register(self._wakeup, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                if self._wakeup in ready:
                    self._bury()
                if self._channel in ready:
                    message = wire.receive(self._channel)
                    if message is None:
                        break
                    self._obey(message)
        for child in self._children:
            os.kill(child, signal.SIGKILL)

    def _obey(self, message: wire.Message) -> None:
        header, payload = message.header, message.payload
        match header["do"]:
            case "load":
                self._store = ox.Store()
                # Not bulk_load: it works with threads, and a process with threads must not fork. Not load either: it
                # renames blank nodes, and later changes would name what is not there.
                self._store.extend(_quads(payload))
                self._keep_named(header)
                self._channel.sendall(b".")
            case "change":
                for quad in _quads(payload[: header["removed"]]):
                    self._store.remove(quad)
                self._store.extend(_quads(payload[header["removed"] :]))
                self._keep_named(header)
            case "ask":
                self._fork(header, *message.descriptors)
            case "kill":
                for child, (number, _) in self._children.items():
                    if number == header["number"]:
                        os.kill(child, signal.SIGKILL)

    def _keep_named(self, header: dict[str, Any]) -> None:
        """In a plain dataset empty graphs count, too; elsewhere nobody asks for them."""
        if header["named"] is not None:
            keep_named(self._store, {graph_name(text) for text in header["named"]})

    def _fork(self, request: dict[str, Any], answers: int, status: int) -> None:
        child = os.fork()
        if child == 0:
            try:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                self._channel.close()
                os.close(status)
                request["sealed"] = _confine(request)
                # In a thread of its own: what makes UUID(), RAND() and blank nodes lives in the thread, and a fork has
                # the same as its parent and all its siblings. Two updates would name their blank nodes alike.
                thread = threading.Thread(target=_answer, args=(self._store, request, answers))
                thread.start()
                thread.join(_QUICK)
                confine.step_back(thread.native_id)
                thread.join()
            except BaseException:  # noqa: BLE001  # whatever it is, this child must not go on as a second zygote
                traceback.print_exc()
            finally:
                os._exit(0)
        os.close(answers)
        self._children[child] = (request["number"], status)

    def _bury(self) -> None:
        """Tell the askers of all children that ended how they ended."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._wakeup, 4096)
        while self._children:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            _, descriptor = self._children.pop(child)
            with contextlib.suppress(BrokenPipeError):  # the asker has given up
                os.write(descriptor, wire.STATUS.pack(os.waitstatus_to_exitcode(status)))
            os.close(descriptor)


def _quads(content: bytes) -> Iterator[ox.Quad]:
    return ox.parse(content, ox.RdfFormat.N_QUADS, lenient=True)


def _confine(request: dict[str, Any]) -> bool:
    """Take from the child what it does not need; whether it has no sockets and files from here on."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # what Oxigraph prints when memory ends is for nobody
        os.dup2(nothing, standard)
    confine.limit(request["seconds"], request["memory_mb"])
    return confine.seal()


def _answer(store: ox.Store, request: dict[str, Any], descriptor: int) -> None:
    """In the child: answer, write the answer whole or the error."""
    body: bytes | bytearray = b""
    header = dict[str, Any]()
    try:
        if request["is_update"]:
            body, header = updating.changed(store, request)
        else:
            body, header["truncated"] = answer(store, request)
    except QueryError as error:
        kind = "refused" if isinstance(error, QueryRefused) else "query"
        header = {"error": kind, "facts": [error.message, error.line, error.column]}
    except BadInput as error:
        header = {"error": "input", "facts": [error.what, error.where, error.allowed]}
    except QueryTooBig as error:
        header = {"error": "size", "facts": [error.limit, error.unit]}
    except MemoryError:
        header = {"error": "size", "facts": [request["memory_mb"], "MB"]}
    wire.write(descriptor, header, body)


def main() -> None:
    """Serve the server at the other end of the socket given as first argument."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    if not confine.can_seal():
        sys.stderr.write("sandbox: no seccomp here; SERVICE is refused by reading the query only\n")
    Zygote(channel).serve()


if __name__ == "__main__":
    main()
