"""Strangers' SPARQL: read only, limited to graphs, time, memory and size, and killable.

Nothing in Oxigraph stops a running query: only killing a process is a timeout. So each runs in a process that does
nothing else meanwhile, forked from one that holds the graphs in memory. One that answered well answers again: a fork
copies each page that it touches, which for a query over all quads takes longer than the query.
"""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from graph.errors import QueryBusy
from graph.sandbox import outcome
from graph.sandbox.journal import Journal, ended
from graph.sandbox.limited import Limited
from graph.sandbox.place import BASE
from graph.sandbox.pool import Pool
from graph.scratch import graph_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.sandbox import wire
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


class Sandbox:
    """Answers strangers' queries about a store, from as many threads as come.

    The processes behind it start with the first question (about half a second; `warm` does it beforehand), come back
    when they are killed, and end with this one. Each has the graphs in memory, `parallel` + 1 times in all when queries
    have touched everything; one that nobody asked anything for ten minutes ends.

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
        self._pool = Pool(store, parallel, int(max_bytes))
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
        """Start the processes now, so that the first question need not wait for them."""
        self._pool.warm()

    def close(self) -> None:
        """End the processes and all they answer; a later question would start them again."""
        self._pool.close()

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
        """The answer; asked a second time, which reading allows, if the process ended under it."""
        try:
            message = self._asked(request, gone) or self._asked(request, gone)
        except OSError as error:
            raise QueryBusy from error
        if message is None:
            raise QueryBusy
        if told := outcome.failure(message):
            raise told
        return message

    def _asked(self, request: dict[str, Any], gone: Callable[[], bool]) -> wire.Message | None:
        with self._pool.worker() as worker:
            return worker.answer(request, gone)
