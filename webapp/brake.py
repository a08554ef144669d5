"""The brake on guessing passwords: a few wrong ones are free, then each further try must wait.

Three counts keep the guesser out without keeping the rightful person out for long: per account *and* address (where
guessing from one place ends), per address (many accounts from one place), per account (one account from many places,
which waits seconds only). A browser that signed in to the account before has a count of its own, which nobody else can
fill. What is refused counts for nothing, so hammering does not make it longer.

Source: "Device cookies" in the OWASP Cheat Sheet and Slow Down Online Guessing Attacks with Device Cookies.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

MEMORY: Final = 3600.0
"""Seconds after which a wrong password is forgotten."""
_MOST_COUNTS: Final = 10_000


@dataclass(frozen=True)
class Limit:
    """So many wrong passwords are free; then the wait doubles from one second up to `longest`."""

    free: int
    longest: float


LIMITS: Final = {
    "device": Limit(5, 60.0),
    "pair": Limit(5, 60.0),
    "address": Limit(30, 15.0),
    "account": Limit(50, 10.0),
}


@dataclass
class _Count:
    wrong: int = 0
    last: float = 0.0


class Brake:
    """Counts wrong passwords in memory, at most 10 000 counts.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: OrderedDict[Hashable, _Count] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, account: str, address: str, device: str = "") -> int:
        """Whole seconds to wait before the next try; 0 if it is free."""
        with self._lock:
            left = [self._left(kind, name) for kind, name in _names(account, address, device)]
        return max(0, int(-(-max(left) // 1)))

    def note(self, account: str, address: str, device: str = "") -> None:
        """Count a wrong password."""
        with self._lock:
            for name in _names(account, address, device):
                count = self._counts.pop(name, None) or _Count()
                if self._clock() - count.last > MEMORY:
                    count.wrong = 0
                count.wrong, count.last = count.wrong + 1, self._clock()
                self._counts[name] = count
                if len(self._counts) > _MOST_COUNTS:
                    self._counts.popitem(last=False)

    def forgive(self, account: str, address: str, device: str = "") -> None:
        """Forget what the person who now has signed in typed wrong before."""
        with self._lock:
            for kind, name in _names(account, address, device):
                if kind != "address":  # one own account must not free an address for guessing others
                    self._counts.pop((kind, name), None)

    def _left(self, kind: str, name: Hashable) -> float:
        count, limit = self._counts.get((kind, name)), LIMITS[kind]
        if count is None or count.wrong < limit.free or self._clock() - count.last > MEMORY:
            return 0.0
        wait: float = min(2.0 ** min(count.wrong - limit.free, 30), limit.longest)
        return count.last + wait - self._clock()


def _names(account: str, address: str, device: str) -> list[tuple[str, Hashable]]:
    if device:
        return [("device", (account, device))]
    return [("pair", (account, address)), ("address", address), ("account", account)]
