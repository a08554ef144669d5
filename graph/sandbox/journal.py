"""What ran in the sandbox: for whom, how long, how it ended; and what runs now, to be cancelled."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.errors import PankenetzError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEPT = 200
"""Ended ones that are remembered; nothing is written to disk."""
_LONGEST = 2000


@dataclass
class Run:
    """One question to the sandbox.

    Attributes:
        number: from 1, since the start.
        who: whose it is, in the asker's words.
        text: its beginning, at most 2000 characters.
        begun: when, UTC.
        seconds: how long it ran, waiting included; None while it does.
        outcome: "running", "done", or the name of the error it ended in ("QueryTimeout").
        size: bytes of the answer.
        cancelled: whether somebody wanted it ended.
    """

    number: int
    who: str
    text: str
    begun: dt.datetime
    seconds: float | None = None
    outcome: str = "running"
    size: int = 0
    cancelled: bool = False
    _start: float = field(default_factory=time.monotonic, repr=False)

    @property
    def so_far(self) -> float:
        """Seconds it took, or has taken until now."""
        return time.monotonic() - self._start if self.seconds is None else self.seconds


class Journal:
    """The questions that run, and the last ones that ended. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._running: dict[int, Run] = {}
        self._ended: deque[Run] = deque(maxlen=KEPT)

    @contextmanager
    def noting(self, text: str, who: str) -> Iterator[Run]:
        """Keep a question while it runs and after it ended, however it did."""
        run = Run(next(self._numbers), who, text[:_LONGEST], dt.datetime.now(dt.UTC))
        with self._lock:
            self._running[run.number] = run
        try:
            yield run
            run.outcome = "done"
        except PankenetzError as error:
            run.outcome = type(error).__name__
            raise
        except BaseException:
            run.outcome = "defect"
            raise
        finally:
            run.seconds = run.so_far
            with self._lock:
                del self._running[run.number]
                self._ended.append(run)

    def runs(self) -> list[Run]:
        """Those that run, then those that ended, the latest first."""
        with self._lock:
            return [*reversed(self._running.values()), *reversed(self._ended)]

    def cancel(self, number: int) -> bool:
        """Have a running question ended within a fraction of a second; False if it does not run."""
        with self._lock:
            run = self._running.get(number)
            if run:
                run.cancelled = True
            return run is not None


def ended(run: Run, gone: Callable[[], bool] | None) -> Callable[[], bool]:
    """Whether nobody wants the answer any more: the asker went away, or it was cancelled."""
    return lambda: run.cancelled or (gone is not None and gone())
