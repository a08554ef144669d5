"""Folders that others write to, of one moment."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def at_rest(folder: Path) -> dict[str, bytes]:
    """What lies in a store's folder once RocksDB has tidied up behind the last change, as it does when it likes."""
    before: dict[str, bytes] = {}
    while True:
        with contextlib.suppress(FileNotFoundError):
            now = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
            if now == before:
                return now
            before = now
