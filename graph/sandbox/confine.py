"""Take from a process what answering a query does not need: time, memory, sockets, files, other programs.

Source: seccomp(2) and prctl(2) of Linux; the filter is classic BPF, four fields per instruction.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import platform
import resource
import signal
import socket
import struct
import sys
from pathlib import Path

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 1  # 1 is EPERM
_SET_DEATH_SIGNAL, _SET_SECCOMP, _NO_NEW_PRIVILEGES, _FILTER = 1, 22, 38, 2
_BEHIND = 15  # of 19
_X32 = 0x40000000  # a second set of numbers for the same calls on x86_64

# socket, connect, accept, sendto, sendmsg, bind, listen, socketpair, accept4, open, creat, openat, openat2,
# execve, execveat, ptrace, io_uring_setup
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 43, 44, 46, 49, 50, 53, 288, 2, 85, 257, 437, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 202, 206, 211, 200, 201, 199, 242, 56, 437, 221, 281, 117, 425)),
}


class Bounds:
    """What this process may take, query by query; it ends with its parent, and writes no file.

    The parent kills at the deadline; the alarm is for the case that the parent cannot.
    """

    def __init__(self) -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        status = Path("/proc/self/statm")
        # Opened now: later no file can be.
        self._status = os.open(status, os.O_RDONLY) if status.exists() else None
        self._at_first = self._size()

    def tighten(self, seconds: float, memory_mb: int) -> None:
        """End this process at its deadline or at its processor time, and bound its memory.

        Args:
            seconds: wall time from now.
            memory_mb: what it may take beyond what it has.
        """
        signal.setitimer(signal.ITIMER_REAL, seconds + 0.5)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds) + 1)
        if self._status is not None:
            _limit(resource.RLIMIT_AS, self._size() + memory_mb * 2**20)

    def loosen(self) -> None:
        """Between two queries it may take the time it needs."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        _limit(resource.RLIMIT_CPU, resource.getrlimit(resource.RLIMIT_CPU)[1])

    def is_small(self, memory_mb: int) -> bool:
        """Whether it holds little more than at first: at most a quarter of what a query may take."""
        return self._size() <= self._at_first + memory_mb * 2**18

    def _size(self) -> int:
        """Bytes of its address space; 0 where that is not told."""
        if self._status is None:
            return 0
        return int(os.pread(self._status, 100, 0).split()[0]) * resource.getpagesize()


def _limit(kind: int, most: int) -> None:
    resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def give_back() -> None:
    """Return to the system what was freed, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def step_back(thread: int | None) -> None:
    """Let whatever else wants the processor have it before a thread of this process that takes long.

    Pages are answered by threads of a server of normal priority; beside two queries that never end they would wait.

    Args:
        thread: its number in the system (on Linux each thread has a priority of its own); None does nothing.
    """
    if thread is not None and sys.platform == "linux":
        with contextlib.suppress(ProcessLookupError):  # it has ended
            os.setpriority(os.PRIO_PROCESS, thread, _BEHIND)


def seal() -> bool:
    """No sockets, no files, no programs from here on, for good.

    Returns:
        False where it cannot be done (not Linux, another processor, a kernel without it).
    """
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    architecture, calls = _MACHINES[platform.machine()]
    program = [  # a jump says how many instructions to leave out; all of these go to the last one
        (_LOAD, 0, 0, 4),  # the architecture
        (_EQUAL, 0, len(calls) + 3, architecture),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, len(calls) + 1, 0, _X32),
        *((_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *instruction) for instruction in program))
    pointer = struct.pack("HP", len(program), ctypes.addressof(code))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_SET_SECCOMP, _FILTER, pointer, 0, 0) == 0)


def can_seal() -> bool:
    """Whether `seal` works here, tried in a process of its own: afterwards a socket must be refused."""
    child = os.fork()
    if child == 0:
        try:
            seal()
            socket.socket()
        except PermissionError:
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return status == 0
