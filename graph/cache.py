"""Values computed from the data: kept until the data change, or brought up to date where the data changed."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import pyoxigraph as ox

from graph import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable

T = TypeVar("T")
_SLOTS = 256  # visitors choose filters, filters make keys: without a bound they could fill the memory
_STEPS = 256
_WIDEST = 500
_PREPARED, _RECENT = 64, 20
_CALM, _LAG = 15.0, 30.0
"""Seconds for which what others changed may be missing in what takes long: until it is made, and at most."""
_seen: ContextVar[int | None] = ContextVar("seen", default=None)
"""The version that whoever asks has seen, if they are content with what was true a moment ago."""


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


def be_content_with(version: int | None) -> None:
    """From now on who asks in this context has seen `version`, and what is older than others' changes since will do.

    With None, as at first, only what is true now.
    """
    _seen.set(version)


class Steps:
    """What the last 256 changes touched; one that touched more than 500 things is worth reading all anew."""

    def __init__(self) -> None:
        self._steps: deque[tuple[int, Touched]] = deque(maxlen=_STEPS)
        self._told: deque[tuple[int, float]] = deque(maxlen=_STEPS)
        self._lock = threading.Lock()

    def add(self, version: int, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> bool:
        """Note a change before its version counts; whether what is followed can follow it."""
        subjects = _iris(quad.subject for quad in chain(removed, added))
        with self._lock:
            self._told.append((version, time.monotonic()))
            if len(subjects) > _WIDEST:
                self._steps.clear()
                return False
            unlinked = _iris((quad.object for quad in removed), inf)
            self._steps.append((version, Touched(frozenset(subjects), frozenset(unlinked))))
            return True

    def age(self, version: int) -> float:
        """For how many seconds `version` has not been the last one; infinite if that is not known."""
        with self._lock:
            at = next((at for told, at in self._told if told == version + 1), -inf)
        return time.monotonic() - at

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
        self._behind: ThreadPoolExecutor | None = None
        self._late: set[Hashable] = set()

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

    def trailing(self, key: Hashable, version: Callable[[], int], build: Callable[[], T]) -> T:
        """As `value`; who is content with an older one gets that, while a thread makes the present one.

        Not at once: where changes come one after the other, making it after each would leave no time for others.
        """
        seen, held = _seen.get(), self._slot(key).held
        age = self._steps.age(held.version) if seen is not None and seen <= held.version < version() else inf
        if age > _LAG:
            return self.value(key, version, build)
        if age > _CALM:
            self._make_behind(key, lambda: self.value(key, version, build))
        asked.note(held.asked)
        return cast("T", held.value)

    def _make_behind(self, key: Hashable, make: Callable[[], object]) -> None:
        """Have a thread make a value. What fails there fails again before whoever asks when the old one is too old."""

        def work() -> None:
            try:
                make()
            finally:
                self._late.discard(key)

        with self._lock:
            if key not in self._late:
                self._late.add(key)
                self._behind = self._behind or ThreadPoolExecutor(1, "behind")
                self._behind.submit(work)

    def close(self) -> None:
        """Make nothing more."""
        with self._lock:
            behind, self._behind = self._behind, None
        if behind:
            behind.shutdown(cancel_futures=True)

    def prepare(self, version: int) -> None:
        """Build what is followed for a version that nobody is told of yet; meanwhile others go on with what there is.

        Args:
            version: of the data as they are already. Of the values last asked for, those there are for
                one of the 20 before are built.
        """
        with self._lock:
            slots = [(key, slot) for key, slot in self._slots.items() if slot.build][-_PREPARED:]
        token = _ahead.set(version)
        try:
            for key, slot in slots:
                if slot.build and version - _RECENT <= slot.held.version:
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


def _iris(nodes: Iterable[object], most: float = _WIDEST) -> set[str]:
    """The IRIs among nodes; of more than so many some: that they are too many is all that is asked."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ox.NamedNode):
            found.add(node.value)
            if len(found) > most:
                break
    return found
