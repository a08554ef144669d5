"""Values computed from the data: kept until the data change, or brought up to date where the data changed."""

from __future__ import annotations

import threading
from collections import deque
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import pyoxigraph as ox

from graph import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable

T = TypeVar("T")
_SLOTS = 256  # visitors choose filters, filters make keys: without a bound they could fill the memory
_STEPS = 256
_WIDEST = 500
_PREPARED = 64


@dataclass(frozen=True)
class Touched:
    """What changes were about, as IRIs.

    Attributes:
        subjects: of every statement that came or went.
        unlinked: what statements that went linked to; what others that came link to, the store tells.
    """

    subjects: frozenset[str] = frozenset()
    unlinked: frozenset[str] = frozenset()

    def __or__(self, other: Touched) -> Touched:
        return Touched(self.subjects | other.subjects, self.unlinked | other.unlinked)


class Steps:
    """What the last 256 changes touched; one that touched more than 500 things is worth reading all anew."""

    def __init__(self) -> None:
        self._steps: deque[tuple[int, Touched]] = deque(maxlen=_STEPS)
        self._lock = threading.Lock()

    def add(self, version: int, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> bool:
        """Note a change before its version counts; whether what is followed can follow it."""
        subjects = frozenset(_iris(quad.subject for quad in (*removed, *added)))
        unlinked = frozenset(_iris(quad.object for quad in removed))
        with self._lock:
            if len(subjects) > _WIDEST:
                self._steps.clear()
                return False
            self._steps.append((version, Touched(subjects, unlinked)))
            return True

    def between(self, old: int, new: int) -> Touched | None:
        """What was touched after version `old` up to `new`; None if it is not known any more, or too much."""
        with self._lock:
            steps = {version: touched for version, touched in self._steps if old < version <= new}
        if len(steps) < new - old:
            return None
        all_in_all = Touched()
        for touched in steps.values():
            all_in_all |= touched
        return all_in_all if len(all_in_all.subjects) <= _WIDEST else None


class _Held(NamedTuple):
    version: int = -1
    value: Any = None
    asked: frozenset[asked.Asked] = frozenset()


@dataclass
class _Slot:
    lock: threading.RLock = field(default_factory=threading.RLock)
    held: _Held = field(default_factory=_Held)
    build: Callable[[], Any] | None = None


_ahead: ContextVar[int] = ContextVar("ahead", default=-1)
"""The version that the thread prepares values for; nobody else is told of it."""


class VersionedCache:
    """At most 256 values, each made once per data version by the first thread that asks.

    Args:
        steps: what the changes touched.
    """

    def __init__(self, steps: Steps) -> None:
        self._slots: dict[Hashable, _Slot] = {}
        self._lock = threading.Lock()
        self._steps = steps

    def value(
        self,
        key: Hashable,
        version: Callable[[], int],
        build: Callable[[], T],
        renew: Callable[[T, Touched], T] | None = None,
    ) -> T:
        """The value for `key` at the current `version()`.

        `build()` makes it if it is missing or older; of an older one `renew(value, touched)` makes the present one, if
        it is given and what changed since is known. The queries it was built from are noted each time, as if they were
        asked again.
        """
        slot = self._slot(key)
        if slot.held.version < max(version(), _ahead.get()):
            with slot.lock:
                # Asked before building: data that change meanwhile make the value an old one.
                current = max(version(), _ahead.get())
                if slot.held.version < current:
                    slot.build = build if renew else None
                    slot.held = self._made(slot.held, current, build, renew)
        held = slot.held
        asked.note(held.asked)
        return cast("T", held.value)

    def prepare(self, version: int) -> None:
        """Build what is followed for a version that nobody is told of yet; meanwhile others go on with what there is.

        Args:
            version: of the data as they are already. Of the values last asked for, those there are for
                the one before are built.
        """
        with self._lock:
            slots = list(self._slots.items())[-_PREPARED:]
        token = _ahead.set(version)
        try:
            for key, slot in slots:
                if slot.build and slot.held.version == version - 1:
                    self.value(key, lambda: version, slot.build, lambda old, _: old)
        finally:
            _ahead.reset(token)

    def _made(self, old: _Held, current: int, build: Callable[[], T], renew: Callable[[T, Touched], T] | None) -> _Held:
        touched = self._steps.between(old.version, current) if renew and old.version >= 0 else None
        with asked.recorded() as queries:
            if renew and touched:  # it asks about some things only: what it was first built from says more
                return _Held(current, renew(old.value, touched), old.asked)
            return _Held(current, build(), frozenset(queries))

    def _slot(self, key: Hashable) -> _Slot:
        """The slot of that key, now the last to be given up."""
        with self._lock:
            slot = self._slots.pop(key, None) or _Slot()
            self._slots[key] = slot
            if len(self._slots) > _SLOTS:
                del self._slots[next(iter(self._slots))]
            return slot


def _iris(nodes: object) -> set[str]:
    return {node.value for node in cast("Any", nodes) if isinstance(node, ox.NamedNode)}
