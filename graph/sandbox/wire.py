"""How the server and its query processes talk: a JSON header, bytes, and file descriptors, over sockets and pipes."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_PREFIX = struct.Struct("!IQ")
_DESCRIPTORS = 2
_ROOM = 1 << 20
STATUS = struct.Struct("!i")
"""How a child's exit status (as of `os.waitstatus_to_exitcode`) is told to the asker."""


@dataclass(frozen=True)
class Message:
    """One message: what it is, its bytes, and the descriptors that came with it."""

    header: dict[str, Any]
    payload: bytes
    descriptors: tuple[int, ...] = ()


def pack(header: dict[str, Any], payload: bytes) -> bytes:
    """A message as bytes."""
    return pack_head(header, len(payload)) + payload


def pack_head(header: dict[str, Any], size: int) -> bytes:
    """What comes before the payload of that size."""
    head = json.dumps(header).encode()
    return _PREFIX.pack(len(head), size) + head


def unpack(content: bytes | bytearray) -> Message | None:
    """The message those bytes are; None if they are not all of it."""
    if len(content) < _PREFIX.size:
        return None
    head, size = _PREFIX.unpack_from(content)
    start = _PREFIX.size + head
    if len(content) != start + size:
        return None
    return Message(json.loads(content[_PREFIX.size : start]), bytes(memoryview(content)[start:]))


def send(channel: socket.socket, header: dict[str, Any], payload: bytes = b"", descriptors: Sequence[int] = ()) -> None:
    """Send a message; the descriptors travel with its first bytes."""
    content = memoryview(pack(header, payload))
    sent = socket.send_fds(channel, [content[: _PREFIX.size]], descriptors) if descriptors else 0
    channel.sendall(content[sent:])


def receive(channel: socket.socket) -> Message | None:
    """The next message; None at the end, when the other side is gone."""
    prefix, descriptors, _, _ = socket.recv_fds(channel, _PREFIX.size, _DESCRIPTORS)
    if prefix:
        prefix += _exactly(channel, _PREFIX.size - len(prefix))
    if len(prefix) < _PREFIX.size:
        return None
    head, size = _PREFIX.unpack(prefix)
    content = _exactly(channel, head + size)
    if len(content) < head + size:
        return None
    return Message(json.loads(content[:head]), content[head:], tuple(descriptors))


def write(descriptor: int, header: dict[str, Any], payload: bytes | bytearray) -> None:
    """Write a message to a pipe."""
    for content in (pack_head(header, len(payload)), payload):
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]


def pipe() -> tuple[int, int]:
    """A pipe for answers: its reading and its writing end, with room for a megabyte where the system gives it.

    With the usual 64 kB both ends wait for each other hundreds of times in a long answer.
    """
    ends = os.pipe()
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):  # this user's pipes have all the room there is
            fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, _ROOM)
    return ends


def _exactly(channel: socket.socket, size: int) -> bytes:
    """So many bytes; fewer only if the other side ends."""
    content = bytearray()
    while len(content) < size:
        part = channel.recv(min(size - len(content), 1 << 20))
        if not part:
            break
        content += part
    return bytes(content)
