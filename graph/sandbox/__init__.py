"""Strangers' SPARQL: read only, limited to graphs, time, memory and size, and killable.

Nothing in Oxigraph stops a running query, so each runs in a process of its own, forked from one that holds the graphs
in memory. Only killing a process is a timeout.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from graph.errors import (
    QueryBusy,
    QueryCancelled,
    QueryTimeout,
)
from graph.sandbox import outcome, wire
from graph.sandbox.journal import Journal, ended
from graph.sandbox.limited import Limited
from graph.sandbox.place import BASE
from graph.sandbox.process import ZygoteProcess
from graph.scratch import graph_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.scratch import Scratch
    from graph.store import Store

__all__ = ["Answer", "Limited", "Sandbox"]

_WAIT = 30.0
"""Seconds a question waits for its turn."""


@dataclass(frozen=True)
class Answer:
    """A whole answer.

    Attributes:
        body: the bytes.
        media_type: of the body.
        truncated: True if there were more rows than the caps allow; the body is well-formed all the same.
        seconds: from the question to the answer, waiting excluded.
    """

    body: bytes
    media_type: str
    truncated: bool
    seconds: float


@dataclass(frozen=True)
class Changed:
    """What an update would change.

    Attributes:
        removed: quads that go, added: quads that come; in the default graph where they name none.
        named: the named graphs there are afterwards, of a plain dataset; else empty.
        seconds: as of an answer.
    """

    removed: frozenset[ox.Quad]
    added: frozenset[ox.Quad]
    named: frozenset[ox.NamedNode | ox.BlankNode]
    seconds: float


class _Lost(Exception):  # noqa: N818  # within this module: ask once more
    """The zygote ended under a question."""

    def __init__(self, zygote: ZygoteProcess) -> None:
        super().__init__()
        self.zygote = zygote


class Sandbox:
    """Answers strangers' queries about a store, from as many threads as come.

    The process behind it starts with the first question (about half a second; `warm` does it beforehand), comes back
    when it is killed, and ends with this one.

    Args:
        store: what is asked; changes show in the next question.
        timeout: seconds a query may take.
        memory_mb: what a query may take beyond the graphs themselves.
        max_rows: rows (or triples) of an answer; more are cut, and `Answer.truncated` says so.
        max_bytes: bytes of an answer; a table is cut after a row, a graph is refused.
        parallel: how many run at a time.
        queue: how many wait; more are refused.
    """

    def __init__(  # noqa: PLR0913  # each a limit of its own, each with a default that suits
        self,
        store: Store | Scratch,
        *,
        timeout: float = 10.0,
        memory_mb: int = 1024,
        max_rows: int = 100_000,
        max_bytes: float = 50e6,
        parallel: int = 2,
        queue: int = 8,
    ) -> None:
        self.timeout = timeout
        self._store = store
        self._caps = {"memory_mb": memory_mb, "max_rows": max_rows, "max_bytes": int(max_bytes)}
        self._turns = threading.Semaphore(parallel)
        self._room = threading.Semaphore(parallel + queue)
        self._lock = threading.Lock()
        self._zygote: ZygoteProcess | None = None
        self._numbers = itertools.count(1)
        self.journal = Journal()

    def run(  # noqa: PLR0913  # the dataset of the SPARQL protocol is three arguments by its nature
        self,
        text: str,
        media_type: str,
        *,
        graphs: Sequence[ox.NamedNode] | None = None,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
        base: str = BASE,
        timeout: float | None = None,
        gone: Callable[[], bool] | None = None,
        who: str = "",
    ) -> Answer:
        """Answer one query.

        Args:
            text: SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE.
            media_type: one of `graph.syntax.TABLES` (SELECT, ASK) or `graph.syntax.GRAPHS` (the others).
            graphs: what the asker may read; default `store.graphs.readable("reader")`. FROM narrows, never widens it.
            default: the protocol's default-graph-uri, which override FROM.
            named: the protocol's named-graph-uri, likewise.
            base: what relative IRIs in the text are relative to.
            timeout: seconds, instead of the sandbox's.
            gone: asked now and then; once it is true the query is ended.
            who: whose question it is, for the journal.

        Raises:
            QueryError: unreadable, with line and column; `QueryRefused` for SERVICE.
            BadInput: a media type that does not suit the query; names those that do.
            QueryTimeout, QueryTooBig: ended at its deadline, at a cap.
            QueryBusy: too many are waiting.
            QueryCancelled: `gone` was true.
        """
        seconds = self.timeout if timeout is None else timeout
        allowed = self._store.graphs.readable("reader") if graphs is None else graphs
        request = {
            "is_update": False,
            "text": text,
            "media_type": media_type,
            "graphs": None if allowed is None else [name.value for name in allowed],
            "default": default,
            "named": named,
            "base": base,
            "seconds": seconds,
            **self._caps,
        }
        with self.journal.noting(text, who) as run, self._turn():
            start = time.monotonic()
            message = self._answer(request, ended(run, gone))
            run.size = len(message.payload)
        return Answer(message.payload, media_type, message.header["truncated"], time.monotonic() - start)

    def changed(  # noqa: PLR0913  # as `run`
        self,
        text: str,
        *,
        using: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
        base: str = BASE,
        timeout: float | None = None,
        gone: Callable[[], bool] | None = None,
        who: str = "",
    ) -> Changed:
        """What an update would change; nothing changes by it.

        Args:
            text: SPARQL 1.1 Update, several operations included. But for a plain dataset its default graph is the
                union of all graphs; what it does there is told as quads of the default graph.
            using: the protocol's using-graph-uri.
            named: the protocol's using-named-graph-uri.
            base: as of `run`.
            timeout: as of `run`.
            gone: as of `run`.
            who: as of `run`.

        Raises:
            As `run`; `QueryRefused` also for LOAD, and for a query ("QUERY").
        """
        request = {
            "is_update": True,
            "text": text,
            "graphs": None if self._store.graphs.readable("admin") is None else [],
            "using": using,
            "using_named": named,
            "base": base,
            "seconds": self.timeout if timeout is None else timeout,
            **self._caps,
        }
        with self.journal.noting(text, who) as run, self._turn():
            start = time.monotonic()
            message = self._answer(request, ended(run, gone))
            run.size = len(message.payload)
        removed, added = (
            frozenset(ox.parse(part, ox.RdfFormat.N_QUADS, lenient=True))
            for part in (message.payload[: message.header["removed"]], message.payload[message.header["removed"] :])
        )
        named_graphs = frozenset(graph_name(text) for text in message.header["named"])
        return Changed(removed, added, named_graphs, time.monotonic() - start)

    def warm(self) -> None:
        """Start the process now, so that the first question need not wait for it."""
        with self._lock, contextlib.suppress(OSError):  # the first question tries again, and says what is wrong
            self._zygote = self._zygote or ZygoteProcess(self._store)
            self._zygote.load()

    def close(self) -> None:
        """End the process and all it answers; a later question would start it again."""
        with self._lock:
            if self._zygote:
                self._zygote.close()
                self._zygote = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise QueryBusy
        try:
            if not self._turns.acquire(timeout=_WAIT):
                raise QueryBusy
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._room.release()

    def _answer(self, request: dict[str, Any], gone: Callable[[], bool]) -> wire.Message:
        """The child's answer; asked a second time, which reading allows, if the zygote ended under it."""
        try:
            return self._asked(request, gone)
        except _Lost as lost:
            self._bury(lost.zygote)
        try:
            return self._asked(request, gone)
        except _Lost as lost:
            self._bury(lost.zygote)
            raise QueryBusy from lost

    def _asked(self, request: dict[str, Any], gone: Callable[[], bool]) -> wire.Message:
        number = next(self._numbers)
        zygote, answers, status = self._passed_on({**request, "number": number})
        try:
            message = wire.unpack(outcome.read(answers, request["seconds"], gone))
            failure = outcome.failure(message, status, request) or _Lost(zygote)
        except (QueryCancelled, QueryTimeout):
            self._kill(zygote, number)
            raise
        finally:
            os.close(answers)
            os.close(status)
        if message is None or "error" in message.header:
            raise failure
        return message

    def _passed_on(self, request: dict[str, Any]) -> tuple[ZygoteProcess, int, int]:
        """Ask; returns whom, and the descriptors the answer and the child's end can be read from."""
        answers, theirs = wire.pipe()
        status, their_status = os.pipe()
        with self._lock:
            zygote = self._zygote = self._zygote or ZygoteProcess(self._store)
            try:
                zygote.ask(request, theirs, their_status)
            except OSError as error:
                os.close(answers)
                os.close(status)
                raise _Lost(zygote) from error
            finally:
                os.close(theirs)
                os.close(their_status)
        return zygote, answers, status

    def _bury(self, zygote: ZygoteProcess) -> None:
        with self._lock:
            if self._zygote is zygote:
                self._zygote = None
                zygote.close()

    def _kill(self, zygote: ZygoteProcess, number: int) -> None:
        with self._lock, contextlib.suppress(OSError):  # a zygote that is gone took its children along
            zygote.kill(number)
