"""Which named queries stand behind an answer: noted when they are asked, and kept with what is cached from them."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True)
class Asked:
    """One named query as it was asked: its name, and its bound variables as text, sorted."""

    name: str
    bindings: tuple[tuple[str, str], ...] = ()


_asked: ContextVar[set[Asked] | None] = ContextVar("asked", default=None)


@contextmanager
def recorded() -> Iterator[set[Asked]]:
    """Collect what is asked inside; a recording outside learns nothing of it."""
    found: set[Asked] = set()
    token = _asked.set(found)
    try:
        yield found
    finally:
        _asked.reset(token)


def note(queries: Iterable[Asked]) -> None:
    """Tell the recording that runs, if one does."""
    found = _asked.get()
    if found is not None:
        found.update(queries)
