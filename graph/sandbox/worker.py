"""The process that answers queries, one at a time; forked by `graph.sandbox.zygote`.

It goes on to the next query only after one that went well: one that does not end is killed with its process, and what
has grown too big ends itself. So most queries find a process that is there and whose memory is its own already.
"""

from __future__ import annotations

import mmap
import os
import select
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph.errors import BadInput, QueryError, QueryRefused, QueryTooBig
from graph.sandbox import confine, updating, wire
from graph.sandbox.evaluate import answer
from graph.sandbox.room import Room

if TYPE_CHECKING:
    from graph.sandbox.replica import Replica

_QUICK: Final = 0.5
"""Seconds after which a query is a long one, that others do not wait for."""
_IDLE: Final = 600
"""Seconds without a query after which the memory is better used by others."""


def work(replica: Replica, requests: int, answers: int, memory: int) -> None:
    """Answer what comes from one pipe, say so in the other, until the first one ends.

    Args:
        replica: what is asked.
        requests: descriptor of the pipe that requests and changes come from.
        answers: descriptor of the pipe into which goes that an answer is there.
        memory: descriptor of the memory in which it is.
    """
    _close_standard()
    with mmap.mmap(memory, 0) as shared:
        bounds = confine.Bounds()
        is_sealed = confine.seal()
        waiting = select.poll()
        waiting.register(requests, select.POLLIN)
        while waiting.poll(1000 * _IDLE) and (message := wire.read(requests)):
            if message.header["do"] == "change":
                replica.change(message)
            else:
                _ask(replica, {**message.header, "sealed": is_sealed}, _Reply(answers, shared, bounds))


@dataclass(frozen=True)
class _Reply:
    """Where an answer goes, and the bounds it keeps to."""

    answers: int
    shared: mmap.mmap
    bounds: confine.Bounds


def _ask(replica: Replica, request: dict[str, Any], reply: _Reply) -> None:
    """Answer one query within its limits."""
    reply.bounds.tighten(request["seconds"], request["memory_mb"])
    # In a thread of its own: what makes UUID(), RAND() and blank nodes lives in the thread, and a fork has the same as
    # its parent and all its siblings. Two updates would name their blank nodes alike.
    thread = threading.Thread(target=_answer, args=(replica, request, reply))
    thread.start()
    thread.join(_QUICK)
    if thread.is_alive():
        confine.step_back(thread.native_id)
        thread.join()
    reply.bounds.loosen()


def _answer(replica: Replica, request: dict[str, Any], reply: _Reply) -> None:
    """Answer whole, or with the error, and say whether this process is to answer another."""
    room = Room(reply.shared, request["max_bytes"])
    header = _evaluated(replica, request, room)
    header["size"] = room.size
    header["last"] = request["is_update"] or not reply.bounds.is_small(request["memory_mb"])
    room.release()
    wire.write(reply.answers, header)
    if header["size"] > wire.LITTLE:
        confine.give_back()


def _evaluated(replica: Replica, request: dict[str, Any], room: Room) -> dict[str, Any]:
    try:
        if request["is_update"]:
            return updating.changed(replica.store, request, room)
        return {"truncated": answer(replica.store, request, room)}
    except QueryError as error:
        kind = "refused" if isinstance(error, QueryRefused) else "query"
        header: dict[str, Any] = {"error": kind, "facts": [error.message, error.line, error.column]}
    except BadInput as error:
        header = {"error": "input", "facts": [error.what, error.where, error.allowed]}
    except QueryTooBig as error:
        header = {"error": "size", "facts": [error.limit, error.unit]}
    except MemoryError:
        header = {"error": "size", "facts": [request["memory_mb"], "MB"]}
    room.clear()
    return header


def _close_standard() -> None:
    """What Oxigraph prints when memory ends is for nobody."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
