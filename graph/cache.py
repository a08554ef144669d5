"""Values computed from the data, kept until the data change."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast

from graph import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")
_SLOTS = 256  # visitors choose filters, filters make keys: without a bound they could fill the memory


@dataclass
class _Slot:
    lock: threading.RLock = field(default_factory=threading.RLock)
    version: int = -1
    value: Any = None
    asked: frozenset[asked.Asked] = frozenset()


class VersionedCache:
    """At most 256 values, each built once per data version by the first thread that asks."""

    def __init__(self) -> None:
        self._slots: dict[Hashable, _Slot] = {}
        self._lock = threading.Lock()

    def value(self, key: Hashable, version: Callable[[], int], build: Callable[[], T]) -> T:
        """The value for `key` at the current `version()`; `build()` makes it if it is missing or older.

        The queries it was made from are noted each time, as if they were asked again.
        """
        slot = self._slot(key)
        with slot.lock:
            # Asked before building: data that change meanwhile make the value an old one.
            current = version()
            if slot.version != current:
                with asked.recorded() as queries:
                    slot.value = build()
                slot.version, slot.asked = current, frozenset(queries)
            asked.note(slot.asked)
            return cast("T", slot.value)

    def _slot(self, key: Hashable) -> _Slot:
        """The slot of that key, now the last to be given up."""
        with self._lock:
            slot = self._slots.pop(key, None) or _Slot()
            self._slots[key] = slot
            if len(self._slots) > _SLOTS:
                del self._slots[next(iter(self._slots))]
            return slot
