"""Memory that an answer is written into, up to a cap."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mmap import mmap


class FullError(Exception):
    """There is more to write than the cap allows; what went before is there."""


class Room:
    """What Oxigraph takes for a file, and writes into 8 kB at a time.

    Args:
        memory: at least a hundred bytes more than `most`.
        most: the cap in bytes.

    Attributes:
        size: bytes written.
    """

    def __init__(self, memory: mmap | bytearray, most: int) -> None:
        self._memory = memoryview(memory)
        self._most = most
        self.size = 0

    def write(self, part: bytes) -> int:
        """Add to what is there; raises `FullError` at the cap."""
        fitting = min(len(part), self._most - self.size)
        self._memory[self.size : self.size + fitting] = part[:fitting]
        self.size += fitting
        if fitting < len(part):
            raise FullError
        return fitting

    def flush(self) -> None:
        """Nothing to do: the bytes are here."""

    def content(self) -> bytes:
        """A copy of what is there."""
        return bytes(self._memory[: self.size])

    def end(self, place: int, closing: bytes) -> None:
        """Break off at that place, with a few bytes to close what is open there."""
        self.size = place + len(closing)
        self._memory[place : self.size] = closing

    def clear(self) -> None:
        """Take back all that is there."""
        self.size = 0

    def release(self) -> None:
        """Let the memory go."""
        self._memory.release()
