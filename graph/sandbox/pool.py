"""The processes that wait for a query, so that none has to wait for its process."""

from __future__ import annotations

import contextlib
import itertools
import threading
from typing import TYPE_CHECKING

from graph.sandbox.backlog import Backlog
from graph.sandbox.process import ZygoteProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.sandbox.process import Worker
    from graph.scratch import Scratch
    from graph.store import Store

_GONE = (BrokenPipeError, ConnectionResetError)
"""What is met when a zygote has ended."""
_CLOSING = 100
"""Bytes that close an answer which was cut."""


class Pool:
    """A zygote and the workers it forked, from as many threads as come.

    A fork shares its parent's memory and copies each page that it touches; so the worker that answered last, which has
    copied what queries need, is taken first.

    Args:
        store: what is asked.
        size: how many workers there are, waiting or at work.
        room: bytes that an answer may have.
    """

    def __init__(self, store: Store | Scratch, size: int, room: int) -> None:
        self._store = store
        self._size = size
        self._room = room + _CLOSING
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        # Not when the first question comes: whoever has the store's lock then might wait for this one's.
        self._backlog: Backlog | None = Backlog(store)
        self._zygote: ZygoteProcess | None = None
        self._idle: list[Worker] = []
        self._busy = 0

    @property
    def pid(self) -> int | None:
        """The zygote's process id, if there is one."""
        return self._zygote.pid if self._zygote else None

    def warm(self) -> None:
        """Start all processes now; whatever stands in the way is met, and told, by the first question."""
        with self._lock, contextlib.suppress(OSError):
            self._refill()

    @contextlib.contextmanager
    def worker(self) -> Iterator[Worker]:
        """A worker for one question, which waits for another one afterwards; an error within ends it instead.

        Raises:
            OSError: no process can be had.
        """
        worker = self._taken()
        try:
            yield worker
        except BaseException:
            worker.is_spent = True
            raise
        finally:
            self._put_back(worker)

    def close(self) -> None:
        """End all processes; a later question would start them again."""
        with self._lock:
            self._bury()
            if self._backlog:
                with contextlib.suppress(ValueError):  # the store was closed before and has forgotten its listeners
                    self._backlog.close()
                self._backlog = None

    def _taken(self) -> Worker:
        with self._lock:
            if self._zygote:
                with contextlib.suppress(*_GONE):  # whoever needs a fork will notice
                    self._zygote.catch_up()
            worker = self._ready() or self._forked()
            self._busy += 1
            return worker

    def _ready(self) -> Worker | None:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_ready():
                return worker
            self._end(worker)
        return None

    def _put_back(self, worker: Worker) -> None:
        with self._lock, contextlib.suppress(OSError):  # the next question meets it again
            self._busy -= 1
            if not worker.is_spent:
                self._idle.append(worker)
                return
            self._end(worker)
            self._refill()

    def _refill(self) -> None:
        while len(self._idle) + self._busy < self._size:
            # At the far end: it has nothing yet of what the others have copied.
            self._idle.insert(0, self._forked())

    def _forked(self) -> Worker:
        """A new worker; of a new zygote if the old one is gone."""
        if self._zygote:
            with contextlib.suppress(*_GONE):
                return self._zygote.fork(self._room)
            self._bury()
        if self._backlog is None:
            self._backlog = Backlog(self._store)
        self._zygote = ZygoteProcess(self._backlog, self._numbers)
        return self._zygote.fork(self._room)

    def _end(self, worker: Worker) -> None:
        worker.close()
        if self._zygote:
            with contextlib.suppress(*_GONE):  # it took its children along
                self._zygote.kill(worker)

    def _bury(self) -> None:
        for worker in self._idle:
            worker.close()
        self._idle.clear()
        if self._zygote:
            self._zygote.close()
            self._zygote = None
