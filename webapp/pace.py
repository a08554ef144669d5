"""How fast one asker may go: nobody by hand notices it, a script that went wild does not take the others' time.

Each asker has a bucket of requests that fills again steadily. Who signed in is told apart by account, strangers by the
address they come from; whoever sits at the machine, and the static files, are not counted.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import current_app, request

from webapp import errors, rights
from webapp.errorwords import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from flask import Flask, Response

_MOST: Final = 10_000
"""Buckets that are kept; more would let strangers fill the memory."""


@dataclass(frozen=True)
class Limit:
    """So many requests at once, and so many a second for ever."""

    at_once: float
    per_second: float


LIMITS: Final = {"stranger": Limit(120, 10.0), "account": Limit(600, 60.0)}


class Pace:
    """The buckets.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, kind: str, name: str) -> float:
        """Take one request out of a bucket; 0 if it was there, else seconds until it will be."""
        limit = LIMITS[kind]
        with self._lock:
            now = self._clock()
            left, since = self._buckets.pop((kind, name), (limit.at_once, now))
            left = min(limit.at_once, left + (now - since) * limit.per_second)
            is_there = left >= 1.0
            self._buckets[kind, name] = (left - is_there, now)
            if len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
        return 0.0 if is_there else (1.0 - left) / limit.per_second


def install(app: Flask) -> None:
    """Count every request before anything is done for it."""
    app.extensions["pace"] = Pace()
    app.before_request(check)


def check() -> Response | None:
    """Answer 429 to whoever is too fast."""
    asker = rights.asker()
    if asker.via == "machine" or request.endpoint == "static":
        return None
    pace: Pace = current_app.extensions["pace"]
    kind, name = ("account", asker.name) if asker.name else ("stranger", request.remote_addr or "")
    seconds = pace.wait(kind, name)
    return errors.answer(Problem(429, retry_after=max(1, round(seconds)))) if seconds else None
