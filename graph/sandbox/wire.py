"""How the server and its query processes talk: messages of a JSON header and bytes, over sockets and pipes.

Answers lie in memory that both share; a message only says that one is there. Through a pipe a long answer would take
half as long again.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PREFIX = struct.Struct("!IQ")
_DESCRIPTORS = 4
_ROOM = 1 << 20
LITTLE = 1 << 20
"""Bytes of an answer; after more its memory is worth giving back."""
STATUS = struct.Struct("!i")
"""How a child's exit status (as of `os.waitstatus_to_exitcode`) is told to the asker."""


@dataclass(frozen=True)
class Message:
    """One message: what it is, its bytes, and the descriptors that came with it."""

    header: dict[str, Any]
    payload: bytes
    descriptors: tuple[int, ...] = ()


def pack(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """A message as bytes."""
    head = json.dumps(header).encode()
    return _PREFIX.pack(len(head), len(payload)) + head + payload


def is_whole(content: bytes | bytearray) -> bool:
    """Whether those bytes are all of a message."""
    if len(content) < _PREFIX.size:
        return False
    head, size = _PREFIX.unpack_from(content)
    return bool(len(content) >= _PREFIX.size + head + size)


def unpack(content: bytes | bytearray) -> Message:
    """The message those bytes are all of."""
    head, _ = _PREFIX.unpack_from(content)
    start = _PREFIX.size + head
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


def write(descriptor: int, header: dict[str, Any], payload: bytes = b"") -> None:
    """Write a message to a pipe."""
    view = memoryview(pack(header, payload))
    while view:
        view = view[os.write(descriptor, view) :]


def read(descriptor: int) -> Message | None:
    """The next message of a pipe; None at its end."""
    prefix = _whole(descriptor, _PREFIX.size)
    if len(prefix) < _PREFIX.size:
        return None
    head, size = _PREFIX.unpack(prefix)
    content = _whole(descriptor, head + size)
    return Message(json.loads(content[:head]), content[head:]) if len(content) == head + size else None


def memory(size: int) -> int:
    """So many bytes that two processes share, as a descriptor; those that nobody wrote to take no room."""
    if sys.platform == "linux":
        descriptor = os.memfd_create("pankenetz")
    else:
        with tempfile.TemporaryFile() as file:  # a file without a name
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, size)
    return descriptor


def empty(descriptor: int) -> None:
    """Give the room of shared memory back; it is as big as before, and nothing is in it."""
    size = os.fstat(descriptor).st_size
    os.ftruncate(descriptor, 0)
    os.ftruncate(descriptor, size)


def _exactly(channel: socket.socket, size: int) -> bytes:
    return _gathered(channel.recv, size)


def _whole(descriptor: int, size: int) -> bytes:
    return _gathered(lambda most: os.read(descriptor, most), size)


def _gathered(read_some: Callable[[int], bytes], size: int) -> bytes:
    """So many bytes; fewer only if the other side ends."""
    content = bytearray()
    while len(content) < size:
        part = read_some(min(size - len(content), _ROOM))
        if not part:
            break
        content += part
    return bytes(content)
