"""The file of the accounts: one SQLite database, for its owner's eyes only, each change whole and on the disk."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.errors import StoreDamaged, StoreUnwritable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILE: Final = "accounts.sqlite"

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS account (key TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, password TEXT,
  created REAL NOT NULL, seen REAL);
CREATE TABLE IF NOT EXISTS session (hash TEXT PRIMARY KEY, begun REAL NOT NULL, seen REAL NOT NULL,
  key TEXT NOT NULL REFERENCES account ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS link (hash TEXT PRIMARY KEY, expires REAL NOT NULL,
  key TEXT NOT NULL REFERENCES account ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS token (id INTEGER PRIMARY KEY, hash TEXT UNIQUE NOT NULL, rights TEXT NOT NULL,
  expires REAL, created REAL NOT NULL, key TEXT NOT NULL REFERENCES account ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS question (id INTEGER PRIMARY KEY, sentence TEXT NOT NULL, text TEXT NOT NULL,
  says TEXT NOT NULL, key TEXT NOT NULL REFERENCES account ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS former_question (key TEXT PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  id INTEGER NOT NULL, sentence TEXT NOT NULL, text TEXT NOT NULL, says TEXT NOT NULL, since REAL NOT NULL);
PRAGMA user_version = 3;
"""
_VERSION: Final = 3
"""Of the tables: 2 added the questions that people keep for themselves, 3 what the latest change of them took away."""


class AccountFile:
    """A database that several processes may have open at the same time, and the threads of each.

    Args:
        folder: the data directory; None keeps all in memory. The file is made with the first thing written.
        clock: seconds since 1970.

    Every method raises `StoreDamaged` if the file is no database of ours, `StoreUnwritable` if the disk refuses.
    """

    def __init__(self, folder: Path | None, clock: Callable[[], float] = time.time) -> None:
        self._path = folder / FILE if folder else None
        self.clock = clock
        self._lock = threading.RLock()
        self._open: sqlite3.Connection | None = None

    def rows(self, query: str, *values: Any) -> list[Any]:
        """What a SELECT finds."""
        with self._lock, self._failures():
            book = self._connection(make=False)
            return book.execute(query, values).fetchall() if book else []

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it on the disk, or nothing; blocks may stand in each other."""
        with self._lock, self._failures():
            book = self._connection(make=True)
            assert book
            if book.in_transaction:
                yield book
                return
            book.execute("BEGIN IMMEDIATE")
            try:
                yield book
                book.execute("COMMIT")
            except BaseException:
                if book.in_transaction:
                    book.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Give the file free."""
        with self._lock:
            if self._open:
                self._open.close()
                self._open = None

    @contextlib.contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:  # full, read-only, locked for long
            raise StoreUnwritable(self._path or Path(), str(error)) from error
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError):
                raise
            raise StoreDamaged(self._path or Path(), str(error)) from error

    def _connection(self, *, make: bool) -> sqlite3.Connection | None:
        if self._open is None and (make or self._path is None or self._path.exists()):
            if self._path:
                self._make_private(self._path)
            book = sqlite3.connect(self._path or ":memory:", timeout=5, isolation_level=None, check_same_thread=False)
            book.execute("PRAGMA foreign_keys = ON")
            book.execute("PRAGMA synchronous = EXTRA")  # the end of a transaction outlives a power failure
            if book.execute("PRAGMA user_version").fetchone()[0] < _VERSION:
                book.executescript(_TABLES)
            self._open = book
        return self._open

    @staticmethod
    def _make_private(path: Path) -> None:
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            path.chmod(0o600)
        except OSError as error:
            raise StoreUnwritable(path, str(error)) from error
