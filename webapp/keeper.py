"""Takes copies while the server runs: when the command line asks for one, and once a day if a folder was named."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from typing import TYPE_CHECKING

from graph import backups
from graph.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store

_LOOK = 0.5
"""Seconds between two looks whether somebody asks: a look is a question to the file system."""
_DAY = dt.timedelta(hours=23)
"""So long after the last copy the next is taken: an office machine is switched on at about the same time."""
_AGAIN = 600.0
"""Seconds until the next look whether a day has gone by, by a clock that nobody sets."""
_log = logging.getLogger(__name__)


class Keeper:
    """A thread that takes copies of an open store until it is told to end.

    Args:
        store: the open store.
        folder: where the daily copies go; None for none.
    """

    def __init__(self, store: Store, folder: Path | None) -> None:
        self._store, self._folder = store, folder
        self._ended = threading.Event()
        self._next = time.monotonic()
        self._thread = threading.Thread(target=self._work, name="keeper")
        self._thread.start()

    def close(self) -> None:
        """End, after the copy that is being taken."""
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ended.wait(_LOOK):
            try:
                backups.obey(self._store)
                if self._folder and time.monotonic() >= self._next:
                    self._next = time.monotonic() + _AGAIN
                    self._daily(self._folder)
            except (StoreError, OSError):
                _log.exception("no copy could be taken; tried again in %d minutes", _AGAIN // 60)

    def _daily(self, folder: Path) -> None:
        """Take a copy unless the last one is of today or of the same data."""
        now = dt.datetime.now(dt.UTC)
        last = next(iter(backups.copies(folder)), None)
        # A copy from days to come was taken while the clock was wrong.
        if last is None or (abs(now - last.time) >= _DAY and last.version != self._store.version):
            note = backups.backup(self._store, folder)
            _log.info("copy taken of data version %d", note.version)
            backups.prune(folder, now)
