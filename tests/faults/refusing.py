"""A disk that refuses: all writing from a moment on, or the one write that is asked about. Linux only.

A seccomp filter has every call that writes fail, or be asked about: another process then says of each whether it
fails. Needs no rights.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import select
import socket
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTS = {"full": errno.ENOSPC, "read-only": errno.EROFS}
_IS_INTEL = platform.machine() == "x86_64"
_AUDIT, _SECCOMP = (0xC000003E, 317) if _IS_INTEL else (0xC00000B7, 277)
CALLS = dict(
    zip(
        (1, 18, 20, 296, 74, 75, 285, 77, 264, 316, 263, 258, 265, 326, 40, 257, 82, 83, 87)
        if _IS_INTEL
        else (64, 68, 66, 70, 82, 83, 47, 46, 38, 276, 35, 34, 37, 285, 71, 56),
        (
            *("write", "pwrite", "writev", "pwritev", "fsync", "fdatasync", "fallocate", "ftruncate", "renameat"),
            *("renameat2", "unlinkat", "mkdirat", "linkat", "copy_file_range", "sendfile", "openat"),
            *("rename", "mkdir", "unlink"),
        ),
        strict=False,
    )
)
"""Number of a system call → its name; the last three are Intel's only."""
_OPEN = next(number for number, name in CALLS.items() if name == "openat")
_BY_DESCRIPTOR = {"write", "pwrite", "writev", "pwritev", "fsync", "fdatasync", "fallocate", "ftruncate"}
_FAIL, _ASK, _ALLOW = 0x00050000, 0x7FC00000, 0x7FFF0000
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_RECEIVE, _SEND = 0xC0502100, 0xC0182101


def _install(verdict: int, flags: int) -> int:
    """Have calls that write come to that verdict, for this thread and all it begins, or for all threads."""
    calls = [number for number in CALLS if number != _OPEN]
    end = len(calls)
    program = [
        (0x20, 0, 0, 4),
        (0x15, 0, end + 2, _AUDIT),
        (0x20, 0, 0, 0),
        (0x15, end + 1, 0, _OPEN),
        *((0x15, end - place + 2, 0, call) for place, call in enumerate(calls)),
        (0x06, 0, 0, _ALLOW),
        (0x20, 0, 0, 32),  # openat: the third argument says what for
        (0x45, 3, 2, _WRITES),
        (0x20, 0, 0, 16),  # of those that write: the first argument; 0, 1 and 2 are the standard streams
        (0x35, 1, 0, 3),
        (0x06, 0, 0, _ALLOW),
        (0x06, 0, 0, verdict),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    filter_ = struct.pack("HP", len(program), ctypes.addressof(code))
    done = -1 if library.prctl(38, 1, 0, 0, 0) else library.syscall(_SECCOMP, 1, flags, filter_)
    if done < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return int(done)


def refuse_writing(number: int) -> None:
    """Have every call that writes fail from now on, in all threads, but for the standard streams."""
    _install(_FAIL | number, 1)


@dataclass
class Disk:
    """What answers the calls of another process that write below a folder.

    Attributes:
        folder: whose files count; calls that name files by their path count always.
        fails: says of the number of a step, from 0, with what error it fails; 0 for not at all.
        steps: those there were while it was armed, as "call file".
    """

    folder: Path
    fails: Callable[[int], int]
    steps: list[str] = field(default_factory=list)
    is_armed: bool = False

    def answer(self, listener: int) -> None:
        """Wait for one call and say whether it fails."""
        asked = bytearray(80)
        try:
            fcntl.ioctl(listener, _RECEIVE, asked)
        except FileNotFoundError:  # who asked was killed meanwhile
            return
        ident, pid, _, number = struct.unpack_from("QIIi", asked)
        error = self._verdict(pid, CALLS[number], struct.unpack_from("6Q", asked, 32))
        try:
            fcntl.ioctl(listener, _SEND, struct.pack("QqiI", ident, 0, -error, 0 if error else 1))
        except FileNotFoundError:
            return

    def _verdict(self, pid: int, call: str, arguments: tuple[int, ...]) -> int:
        if not self.is_armed:
            return 0
        name = "…"
        if call in _BY_DESCRIPTOR:
            try:
                path = str(Path(f"/proc/{pid}/fd/{arguments[0]}").readlink())
            except OSError:
                return 0
            if not path.startswith(str(self.folder)) or path.endswith("/store/LOG"):
                return 0  # not ours, or what RocksDB only tells
            name = Path(path).relative_to(self.folder).as_posix()
        self.steps.append(f"{call} {name}")
        return self.fails(len(self.steps) - 1)


def run(disk: Disk, work: Callable[[Callable[[], None]], str]) -> str:
    """Do a work in a process of its own, whose writing the disk answers.

    Args:
        disk: what answers.
        work: is given what arms the disk; returns what is to be told.

    Returns:
        What it told; "" if it died.
    """
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        _work(theirs, work)
    theirs.close()
    _, descriptors, *_ = socket.recv_fds(ours, 1, 1)
    try:
        return _attend(disk, descriptors[0], ours)
    finally:
        os.close(descriptors[0])
        ours.close()
        os.waitpid(child, 0)


def _work(theirs: socket.socket, work: Callable[[Callable[[], None]], str]) -> None:
    """In the new process: hand over who is to be asked, do it, tell, end."""
    told = ""
    try:
        socket.send_fds(theirs, [b"x"], [_install(_ASK, 8)])

        def arm() -> None:
            theirs.send(b"arm")
            theirs.recv(1)

        told = work(arm)
    except BaseException as error:  # noqa: BLE001  # that is what is looked for
        told = f"{type(error).__name__}: {error}"
    finally:
        theirs.send(f"told {told}"[:4000].encode())
        os._exit(0)


def _attend(disk: Disk, listener: int, ours: socket.socket) -> str:
    poll = select.poll()
    for descriptor in (listener, ours.fileno()):
        poll.register(descriptor, select.POLLIN)
    while True:
        for descriptor, event in poll.poll(60_000):
            if descriptor == listener and event & select.POLLIN:
                disk.answer(listener)
            elif descriptor == ours.fileno():
                said = ours.recv(5000)
                if said != b"arm":
                    return said.removeprefix(b"told ").decode("utf-8", "replace")
                disk.is_armed = True
                ours.send(b"x")
