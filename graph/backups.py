"""Copies of everything, taken while people work, kept by a rule, checked before they come back.

What lies in a folder of copies:
    <folder>/
        2026-11-27T20-30-00Z-v17/     one copy; its name says when, and of which data version
            pankenetz-backup.json     base IRI, version, and the SHA-256 of each other file; written last
            graph.nq.gz               every statement: data, rounds, contacts, history
            accounts.sqlite           who may sign in
            layout.json …             what other rooms keep beside the store
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

import pyoxigraph as ox

from graph import datadir, datafiles
from graph.errors import BackupDamaged, BadInput, StoreBusy, StoreUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

RECORD, GRAPH, NOTES = "pankenetz-backup.json", "graph.nq.gz", "backups.json"
BESIDE: Final = ("layout.json",)
"""Files of the data directory that are copied as they are."""
ACCOUNTS: Final = "accounts.sqlite"
_REQUEST, _ANSWER = "backup.request", "backup.answer"
_PATIENCE: Final = 5.0
"""Seconds in which a server takes notice of a request."""
_STAMP: Final = "%Y-%m-%dT%H-%M-%SZ"
DAYS, WEEKS, MONTHS = 14, 8, 24
"""The rule: one copy a day is kept for two weeks, one a week for two months, one a month for two years."""


@dataclass(frozen=True)
class Note:
    """A copy that was taken: where, when (UTC), of which data version."""

    path: Path
    time: dt.datetime
    version: int


def backup(store: Store, folder: Path) -> Note:
    """Take a copy; readers and writers go on meanwhile.

    Args:
        store: the open store. One iteration over it is one moment of it, whatever is written meanwhile.
        folder: where copies lie; made if it is not there.

    Raises:
        StoreUnwritable: the copy cannot be written; nothing half is left under its name.
    """
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    draft = folder / f".{now:{_STAMP}}.{os.getpid()}"
    try:
        draft.mkdir(mode=0o700, parents=True)
        version = _copy(store, draft)
        files = {path.name: _digest(path) for path in sorted(draft.iterdir())}
        record = {"format": 1, "base_iri": store.base_iri, "version": version, "time": now.isoformat(), "files": files}
        _write(draft / RECORD, json.dumps(record, indent=2).encode())
        final = folder / f"{now:{_STAMP}}-v{version}"
        if final.exists():  # a second one within a second, of the same version, says the same
            shutil.rmtree(final)
        draft.rename(final)
        datafiles.sync(folder)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise StoreUnwritable(folder, str(error)) from error
    note = Note(final, now, version)
    try:
        _remember(store.path, note)
    except OSError as error:  # a copy that is not noted would be missing from what `forget` lists
        shutil.rmtree(final, ignore_errors=True)
        raise StoreUnwritable(store.path or folder, str(error)) from error
    return note


def copies(folder: Path) -> list[Note]:
    """The copies in a folder, or the folder itself if it is one; the newest first."""
    found = [folder] if (folder / RECORD).is_file() else [path.parent for path in folder.glob(f"*/{RECORD}")]
    notes = []
    for path in found:
        record = _record(path)
        notes.append(Note(path, dt.datetime.fromisoformat(record["time"]), int(record["version"])))
    return sorted(notes, key=lambda note: (note.time, note.version), reverse=True)


def prune(folder: Path, now: dt.datetime) -> list[Note]:
    """Remove the copies that the rule no longer keeps; the newest always stays. Returns: what went."""
    found = copies(folder)
    kept = {note.path for note in found[:1]}
    for name, days in (("%Y-%m-%d", DAYS), ("%G-%V", 7 * WEEKS), ("%Y-%m", 31 * MONTHS)):
        last_of: dict[str, Path] = {}
        for note in found:  # the newest of each day, week, month
            if (now - note.time).days < days:
                last_of.setdefault(f"{note.time:{name}}", note.path)
        kept |= set(last_of.values())
    gone = [note for note in found if note.path not in kept]
    for note in gone:
        shutil.rmtree(note.path)
    return gone


def restore(folder: Path, data: Path, *, force: bool = False) -> Note:
    """Put the newest copy of a folder in the place of a data directory. What stood there is kept beside it.

    Args:
        folder: of copies, or one copy.
        data: the data directory; nothing may have it open.
        force: replace what is there; its store, damaged or not, is then called `replaced`.

    Raises:
        BadInput: there is no copy; or data is there and `force` was not said ("not empty").
        BackupDamaged: a file of the copy is not what it was.
        StoreBusy, StoreForeign, StoreUnwritable: about the data directory.
    """
    found = copies(folder)
    if not found:
        raise BadInput("backup", str(folder))
    note, record = found[0], _checked(found[0].path)
    if not force and data.is_dir() and any(data.iterdir()):
        raise BadInput("not empty", str(data))
    with datadir.replacing(data, record["base_iri"]) as place:
        disk = ox.Store(place)
        with gzip.open(note.path / GRAPH) as content:
            # Read whole: from a stream Oxigraph takes no text of more than 16 MB, as the history of a long list is.
            disk.bulk_load(content.read(), ox.RdfFormat.N_QUADS, lenient=True)
        disk.flush()
        del disk
        # All that needs room on the disk is written before anything takes the place of what was there.
        beside = _written_beside(note.path, data)
    try:
        for name in (*BESIDE, ACCOUNTS):
            if name in beside:
                beside[name].replace(data / name)
            else:
                (data / name).unlink(missing_ok=True)
        datafiles.note_version(data, note.version, anew=True)
    except OSError as error:
        raise StoreUnwritable(data, str(error)) from error
    return note


def noted(data: Path | None) -> list[Note]:
    """The copies ever taken of a data directory that still lie where they were put; the newest first."""
    path = data / NOTES if data else None
    if path is None or not path.is_file():
        return []
    try:
        rows = json.loads(path.read_text("utf-8"))
        notes = [Note(Path(row["path"]), dt.datetime.fromisoformat(row["time"]), int(row["version"])) for row in rows]
    except (ValueError, KeyError, TypeError):  # a list for convenience, which the next backup begins anew
        return []
    return sorted((note for note in notes if note.path.exists()), key=lambda note: note.time, reverse=True)


def _remember(data: Path | None, note: Note) -> None:
    if data is not None:
        rows = [
            {"path": str(one.path.absolute()), "time": one.time.isoformat(), "version": one.version}
            for one in [note, *noted(data)]
        ]
        datafiles.write_whole(data / NOTES, json.dumps(rows, indent=2).encode())


def _copy(store: Store, draft: Path) -> int:
    """Write all files but the record; the data version they are of."""
    own = {store.graphs.ontology, store.graphs.derived}
    version = 0

    def counted() -> Iterator[ox.Quad]:
        nonlocal version
        for quad in store.everything():
            if quad.graph_name not in own:
                version = max(version, store.version_in(quad))
                yield quad

    with (draft / GRAPH).open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", compresslevel=3, mtime=0) as packed:
        ox.serialize(counted(), output=cast("IO[bytes]", packed), format=ox.RdfFormat.N_QUADS)
    (draft / GRAPH).chmod(0o600)
    datafiles.sync(draft / GRAPH)
    for name in BESIDE if store.path else ():
        if (store.path / name).exists():  # type: ignore[operator]  # there is a path, or nothing to look at
            _write(draft / name, (store.path / name).read_bytes())  # type: ignore[operator]  # as above
    if store.path and (store.path / ACCOUNTS).exists():
        _write(draft / ACCOUNTS, b"")
        with (
            closing(sqlite3.connect(store.path / ACCOUNTS)) as book,
            closing(sqlite3.connect(draft / ACCOUNTS)) as copy,
        ):
            book.backup(copy)
        datafiles.sync(draft / ACCOUNTS)
    return version


def _written_beside(copy: Path, data: Path) -> dict[str, Path]:
    """The files of a copy that lie beside the store, written into a data directory under other names for now."""
    found = {name: data / f"{name}.new" for name in (*BESIDE, ACCOUNTS) if (copy / name).exists()}
    for name, place in found.items():
        _write(place, (copy / name).read_bytes())
    if ACCOUNTS in found:
        _end_sessions(found[ACCOUNTS])
    return found


def _end_sessions(accounts: Path) -> None:
    """Bring back nobody's session and no link: they may have been ended since."""
    try:
        with closing(sqlite3.connect(accounts)) as book, book:
            book.execute("DELETE FROM session")
            book.execute("DELETE FROM link")
    except sqlite3.Error as error:
        raise StoreUnwritable(accounts, str(error)) from error


def _record(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads((path / RECORD).read_text("utf-8"))
        dt.datetime.fromisoformat(record["time"])
        int(record["version"]), str(record["base_iri"]), dict(record["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupDamaged(path, RECORD) from error
    return record


def _checked(path: Path) -> dict[str, Any]:
    """The record of a copy, all of whose files are what they were."""
    record = _record(path)
    for name, digest in record["files"].items():
        file = path / name
        if Path(name).name != name or not file.is_file() or _digest(file) != digest:
            raise BackupDamaged(path, name)
    if GRAPH not in record["files"]:
        raise BackupDamaged(path, GRAPH)
    return record


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


# asking the process that has the data open


def ask(data: Path, folder: Path, seconds: float = 120.0) -> Note:
    """Have the process that has the data directory open take a copy.

    Raises:
        StoreBusy: it does not answer: it is no server of ours, or hangs.
        StoreUnwritable: it could not write the copy.
    """
    answer = data / _ANSWER
    answer.unlink(missing_ok=True)
    datafiles.write_whole(data / _REQUEST, json.dumps({"folder": str(folder.absolute())}).encode())
    end = time.monotonic() + seconds
    while not answer.exists():
        if time.monotonic() > end or (time.monotonic() > end - seconds + _PATIENCE and (data / _REQUEST).exists()):
            (data / _REQUEST).unlink(missing_ok=True)
            raise StoreBusy(data, datadir.owner_of(data))
        time.sleep(0.05)
    said = json.loads(answer.read_text("utf-8"))
    answer.unlink()
    if "error" in said:
        raise StoreUnwritable(folder, said["error"])
    return Note(Path(said["path"]), dt.datetime.fromisoformat(said["time"]), int(said["version"]))


def obey(store: Store) -> bool:
    """Take the copy that somebody asked for by `ask`, if somebody did. Returns: whether."""
    if store.path is None or not (store.path / _REQUEST).exists():
        return False
    try:
        folder = Path(json.loads((store.path / _REQUEST).read_text("utf-8"))["folder"])
        (store.path / _REQUEST).unlink()
        note = backup(store, folder)
        said = {"path": str(note.path), "time": note.time.isoformat(), "version": note.version}
    except (OSError, ValueError, KeyError, TypeError, StoreUnwritable) as error:
        said = {"error": error.reason if isinstance(error, StoreUnwritable) else str(error)}
    datafiles.write_whole(store.path / _ANSWER, json.dumps(said).encode())
    return True
