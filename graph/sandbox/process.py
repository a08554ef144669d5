"""The server's ends of the processes: start the zygote, have it fork workers, keep both current, ask, kill, close."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.sandbox import outcome, wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graph.sandbox.backlog import Backlog

_PROJECT = str(Path(__file__).parents[2])
_PATIENCE = 5.0


class ZygoteProcess:
    """A running zygote. Not for several threads at a time: `graph.sandbox.pool.Pool` holds a lock around it.

    Args:
        backlog: the changes; it holds no contacts, so they cannot be asked for.
        numbers: each worker's, never the same again: the one that is to be killed must not be another zygote's.
    """

    def __init__(self, backlog: Backlog, numbers: Iterator[int]) -> None:
        self._backlog = backlog
        self._numbers = numbers
        self._position: int | None = None
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

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def catch_up(self) -> int:
        """Have it hold what the store holds; raises `OSError` if it is gone.

        Returns:
            The number of the first change that it has not heard of.
        """
        changes = None if self._position is None else self._backlog.since(self._position)
        if self._position is None or changes is None:
            # First note where the changes are, then copy: one that comes in between is in the copy and comes again,
            # which changes nothing.
            position = self._backlog.end
            wire.send(self._channel, *self._backlog.everything())
            if not self._channel.recv(1):
                raise BrokenPipeError
            self._position = position
            return position
        for header, payload in changes:
            wire.send(self._channel, header, payload)
            self._position += 1
        return self._position

    def fork(self, room: int) -> Worker:
        """A new worker that holds what the store holds, for answers of so many bytes.

        Raises:
            OSError: the zygote is gone, or the system has nothing left.
        """
        position = self.catch_up()
        ours, theirs = _channels(room)
        worker = Worker(next(self._numbers), ours, self._backlog, position)
        header = {"do": "fork", "number": worker.number}
        try:
            wire.send(self._channel, header, descriptors=(*theirs, ours.memory))
        except OSError:
            worker.close()
            raise
        finally:
            _close(theirs)
        return worker

    def kill(self, worker: Worker) -> None:
        """End a worker; raises `OSError` if the zygote is gone."""
        wire.send(self._channel, {"do": "kill", "number": worker.number})

    def close(self) -> None:
        """End it and its children."""
        self._channel.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass(frozen=True)
class Channels:
    """Descriptors: where a worker's requests go, where its answers come from, how it ended, and their memory."""

    requests: int
    answers: int
    status: int
    memory: int


class Worker:
    """A process that answers one query at a time. Not for several threads at a time.

    Args:
        number: what its zygote knows it by.
        channels: to it.
        backlog: the changes.
        position: the first change that it has not heard of.

    Attributes:
        is_spent: whether it must not be asked again.
    """

    def __init__(self, number: int, channels: Channels, backlog: Backlog, position: int) -> None:
        self.number = number
        self.is_spent = False
        self._channels = channels
        self._backlog = backlog
        self._position = position

    def is_ready(self) -> bool:
        """Whether it lives and holds what the store holds; it is told what changed meanwhile."""
        if outcome.has_more(self._channels.answers):  # it says nothing by itself: this is its end
            return False
        changes = self._backlog.since(self._position)
        try:
            for header, payload in changes or ():
                wire.write(self._channels.requests, header, payload)
                self._position += 1
        except BrokenPipeError:
            return False
        return changes is not None

    def answer(self, request: dict[str, Any], gone: Callable[[], bool]) -> wire.Message | None:
        """What it answers, which may be an error; None if it is gone and nobody knows why.

        Raises:
            QueryTooBig, QueryTimeout: that was its end.
            QueryTimeout, QueryCancelled: it is to be killed.
        """
        told = None
        with contextlib.suppress(BrokenPipeError):
            wire.write(self._channels.requests, {"do": "ask", **request})
            told = outcome.read(self._channels.answers, request["seconds"], gone)
        if told is None:
            self.is_spent = True
            if death := outcome.death(self._channels.status, request):
                raise death
            return None
        self.is_spent = told.header["last"]
        return wire.Message(told.header, self._payload(told.header["size"]))

    def close(self) -> None:
        """Let go of it: it ends when it has nothing more to read."""
        _close(astuple(self._channels))

    def _payload(self, size: int) -> bytes:
        payload = os.pread(self._channels.memory, size, 0)
        if size > wire.LITTLE:
            wire.empty(self._channels.memory)
        return payload


def _channels(room: int) -> tuple[Channels, tuple[int, int, int]]:
    """The server's ends, with memory of so many bytes, and those that are only for the worker."""
    opened = list[int]()
    try:
        for _ in range(3):
            opened += os.pipe()
        opened.append(wire.memory(room))
    except OSError:
        _close(opened)
        raise
    their_requests, requests, answers, their_answers, status, their_status, memory = opened
    return Channels(requests, answers, status, memory), (their_requests, their_answers, their_status)


def _close(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
