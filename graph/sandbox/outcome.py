"""How a question to the sandbox ended: an answer, an error it told, or a death that tells for itself."""

from __future__ import annotations

import os
import select
import signal
import time
from typing import TYPE_CHECKING, Any

from graph.errors import BadInput, PankenetzError, QueryCancelled, QueryError, QueryRefused, QueryTimeout, QueryTooBig
from graph.sandbox import wire

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOK = 0.2
"""Seconds between two looks whether the asker is still there."""
_ERRORS = {"query": QueryError, "refused": QueryRefused, "size": QueryTooBig}


def read(descriptor: int, seconds: float, gone: Callable[[], bool]) -> wire.Message | None:
    """The message that comes, None if the other side ends before; after so many seconds `QueryTimeout`."""
    content, deadline = bytearray(), time.monotonic() + seconds
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    while (left := deadline - time.monotonic()) > 0:
        if poll.poll(1000 * min(left, _LOOK)):
            part = os.read(descriptor, 1 << 20)
            content += part
            if not part or wire.is_whole(content):
                return wire.unpack(content) if part else None
        elif gone():
            raise QueryCancelled
    raise QueryTimeout(seconds)


def has_more(descriptor: int) -> bool:
    """Whether there is something to read, be it the end."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))


def failure(message: wire.Message) -> PankenetzError | None:
    """The error a worker told; None for an answer."""
    if "error" not in message.header:
        return None
    facts = message.header["facts"]
    if message.header["error"] == "input":
        return BadInput(facts[0], facts[1], tuple(facts[2]))
    told: PankenetzError = _ERRORS[message.header["error"]](*facts)
    return told


def death(descriptor: int, request: dict[str, Any]) -> PankenetzError | None:
    """The error a worker died of; None if it ended in peace, or nobody lived to tell."""
    status = os.read(descriptor, wire.STATUS.size)
    (code,) = wire.STATUS.unpack(status) if len(status) == wire.STATUS.size else (0,)
    if not code:
        return None
    if -code in (signal.SIGALRM, signal.SIGXCPU):
        return QueryTimeout(request["seconds"])
    # Out of memory or of stack, Oxigraph aborts; the system kills what takes too much of it.
    return QueryTooBig(request["memory_mb"], "MB")
