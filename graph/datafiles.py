"""Files of the data directory that are there whole or not at all, also after a power failure."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Final = "version"
_DIGESTS: Final = "digests.json"
_COMPLETE: Final = bytes.fromhex("f7cff485b741e288")
"""The end of a table of RocksDB; one that is still being written lacks it."""


def write_whole(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_bytes(content)
    sync(new)
    new.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, reach the disk itself."""
    with contextlib.suppress(OSError):  # some systems open no folders
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def noted_version(path: Path) -> int:
    """The data version last acknowledged; 0 if that was never noted, or the note is not readable."""
    try:
        number, _, check = (path / VERSION).read_text("ascii").strip().partition(" ")
        return int(number) if int(check) == zlib.crc32(number.encode()) else 0
    except (OSError, ValueError):
        return 0


def note_version(path: Path, version: int, *, anew: bool = False) -> None:
    """Note that a change is on the disk; a note that fails costs nothing but a check at the next opening."""
    text = f"{version:020d}"
    line = f"{text} {zlib.crc32(text.encode()):010d}\n"
    if anew:
        write_whole(path / VERSION, line.encode())
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(path / VERSION, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(descriptor, line.encode(), 0)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def take_place(new: Path, old: Path, kept: Path) -> None:
    """Put a new folder in the place of an old one, which is kept beside it under another name."""
    sync(new)
    if old.exists():
        shutil.rmtree(kept, ignore_errors=True)
        old.rename(kept)
    new.rename(old)
    sync(old.parent)


def heal(old: Path, kept: Path) -> None:
    """Bring the old folder back where a kill came between its going and the new one's coming."""
    if not old.exists() and kept.exists():
        kept.rename(old)


def note_digests(folder: Path, tables: Path) -> None:
    """Note what the complete tables of a store hold; they never change, they only come and go.

    RocksDB checks what it reads, and it reads one of its six indexes when a store is opened.
    """
    with contextlib.suppress(OSError):  # a note for the next opening, which does without
        known = _digests(folder)
        found = {path.name: known.get(path.name) or _digest(path) for path in tables.glob("*.sst")}
        write_whole(folder / _DIGESTS, json.dumps({name: one for name, one in found.items() if one}).encode())


def forget_digests(folder: Path) -> None:
    """Another store comes: what was noted of the tables of this one says nothing about its."""
    (folder / _DIGESTS).unlink(missing_ok=True)


def changed_table(folder: Path, tables: Path) -> str:
    """The first table that is not what was noted of it; "" if there is none."""
    for name, digest in sorted(_digests(folder).items()):
        path = tables / name
        if path.exists() and (_digest(path) or "incomplete") != digest:
            return name
    return ""


def _digests(folder: Path) -> dict[str, str]:
    try:
        return {str(name): str(one) for name, one in json.loads((folder / _DIGESTS).read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _digest(path: Path) -> str:
    """Of a complete table; "" for one that is being written, or just went."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "blake2b").hexdigest()
            file.seek(-len(_COMPLETE), os.SEEK_END)
            return digest if file.read() == _COMPLETE else ""
    except OSError:
        return ""
