"""The data directory: is it ours, is it free, which base IRI does it keep.

What lies in it:
    <data directory>/
        pankenetz.json   format number and base IRI
        owner            locked by the process that has it open; holds its process id
        store/           Oxigraph (RocksDB)
        version          the data version last acknowledged: a store that lags behind has lost something
        digests.json     what the store's tables hold, to notice a flipped bit
        replaced/        the store that a restored backup took the place of
        rewrite          the store is to be written anew, because something was erased for good
        pending.nq       what a huge change is adding, while it does: gone when it is whole, taken back otherwise
        …                what other rooms keep beside it (layout.json)
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph.datafiles import VERSION, changed_table, forget_digests, heal, note_digests, sync, take_place, write_whole
from graph.errors import BadInput, StoreBusy, StoreDamaged, StoreForeign, StoreUnwritable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ModuleNotFoundError:  # Windows: Oxigraph's own lock still keeps a second process out, without its process id
    fcntl = None

FORMAT = 1
DEFAULT_BASE_IRI = "https://w3id.org/pankenetz/id/"
_LARGE, _HUGE = 1000, 20_000
_IN_USE = re.compile(r"While lock file|lock hold by")
"""How RocksDB says that somebody has it open; "block checksum mismatch" is another matter."""
_SETTINGS, _OWNER, _STORE, _PENDING = "pankenetz.json", "owner", "store", "pending.nq"
_REPLACED, _RESTORING, _REWRITE = "replaced", "restoring", "rewrite"
_ABSOLUTE_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


@dataclass
class DataDirectory:
    """An opened data directory.

    Attributes:
        path: the directory.
        base_iri: what every entry's IRI begins with.
        disk: the Oxigraph store on disk, the truth.
        owner: file descriptor that holds the lock.
        is_open: whether `disk` is; not after it was written anew and could not be opened again.
    """

    path: Path
    base_iri: str
    disk: ox.Store
    owner: int
    is_open: bool = True

    def dump(self) -> bytes:
        """All that is kept, as N-Quads; raises `StoreDamaged` where the disk cannot be read or makes no sense."""
        try:
            return cast("bytes", self.disk.dump(format=ox.RdfFormat.N_QUADS))
        except (OSError, RuntimeError, SyntaxError) as error:
            with contextlib.suppress(StoreDamaged):  # that is what is being said already
                self.close()
            raise StoreDamaged(self.path, str(error)) from error

    def write(self, removed: set[ox.Quad], added: set[ox.Quad], outdated: set[ox.Quad]) -> None:
        """As `change`, and have it reach the disk itself.

        A power failure loses no commit either way: small ones stay in the write-ahead log, which is synced (0.2 ms);
        large ones leave it, because replaying them would make the next opening slow (0.9 s for 30 000 quads).
        """
        self.take_back()  # if that failed before
        if not removed and len(added) > _HUGE:
            self._add(added, outdated)
            return
        change(self.disk, removed, added, outdated)
        if len(removed) + len(added) > _LARGE:
            self.disk.flush()
            note_digests(self.path, self.path / _STORE)
            return
        logs = sorted((self.path / _STORE).glob("*.log"))
        if logs:
            descriptor = os.open(logs[-1], os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _add(self, added: set[ox.Quad], outdated: set[ox.Quad]) -> None:
        """Add in bulk, which costs a third but may stop half way: what is to come is noted first, to be taken back."""
        note, lines = self.path / _PENDING, ox.serialize(added, format=ox.RdfFormat.N_QUADS) or b""
        write_whole(note, lines)
        try:
            # Read from the lines, which takes two thirds of the time that going through the quads in Python would.
            self.disk.bulk_load(lines, ox.RdfFormat.N_QUADS, lenient=True)
            self.disk.flush()
        except (OSError, RuntimeError):
            with contextlib.suppress(OSError, RuntimeError):  # tried again before anything else is written
                self.take_back()
            raise
        note.unlink()
        sync(self.path)
        for quad in outdated:
            self.disk.remove(quad)

    def take_back(self) -> None:
        """Remove what a huge change left that did not come to its end."""
        note = self.path / _PENDING
        if note.exists():
            pending = ox.Store()  # which takes texts of any length: parsing stops at 16 MB, and a history can be longer
            pending.bulk_load(note.read_bytes(), ox.RdfFormat.N_QUADS, lenient=True)
            for quad in pending:
                self.disk.remove(quad)
            self.disk.flush()
            note.unlink()

    def plan_compacting(self) -> None:
        """Note that the store is to be written anew: if that is not done before it closes, the next opening does it."""
        write_whole(self.path / _REWRITE, b"")

    def compact(self) -> None:
        """Write the whole store anew: Oxigraph never removes a text from its files, only what links to it."""
        place = self.path / _RESTORING
        shutil.rmtree(place, ignore_errors=True)
        fresh = ox.Store(place)
        fresh.bulk_load(cast("bytes", self.disk.dump(format=ox.RdfFormat.N_QUADS)), ox.RdfFormat.N_QUADS, lenient=True)
        fresh.flush()
        self.is_open = False
        del fresh, self.disk
        forget_digests(self.path)  # the new tables bear the names of old ones
        try:
            take_place(self.path / _RESTORING, self.path / _STORE, self.path / _REPLACED)
        finally:
            heal(self.path / _STORE, self.path / _REPLACED)
            self.disk = ox.Store(self.path / _STORE)
            self.is_open = True
        shutil.rmtree(self.path / _REPLACED)
        note_digests(self.path, self.path / _STORE)
        (self.path / _REWRITE).unlink(missing_ok=True)

    def catch_up(self) -> None:
        """Write the store anew if that was planned and not done; a disk that is still full may try again next time."""
        if (self.path / _REWRITE).exists():
            try:
                self.compact()
            except (OSError, RuntimeError) as error:
                if not self.is_open:
                    raise StoreUnwritable(self.path, str(error)) from error

    def close(self) -> None:
        """Give the directory free, damaged or not. The store closes when its last reader lets go."""
        try:
            if self.is_open:
                self.disk.flush()
                note_digests(self.path, self.path / _STORE)
        except (OSError, RuntimeError) as error:
            raise StoreDamaged(self.path, str(error)) from error
        finally:
            if self.is_open:
                del self.disk
            _release(self.owner)


def change(
    store: ox.Store, removed: Collection[ox.Quad], added: Collection[ox.Quad], outdated: Collection[ox.Quad] = ()
) -> None:
    """Remove and add quads, whole or not at all.

    One SPARQL update is what Oxigraph carries out in one step, but reading its text takes most of the time. What only
    adds, as large imports do, has another way.

    Args:
        store: on the disk or in memory.
        removed: what goes.
        added: what comes.
        outdated: what goes as well, but may outlive a crash: beside what was added it means nothing.
    """
    if removed or len(added) <= _LARGE:
        store.update(_update_text([*removed, *outdated], added))
    else:
        store.extend(added)
        for quad in outdated:
            store.remove(quad)


def _update_text(removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> str:
    """Terms are written by Oxigraph itself."""
    return f"DELETE DATA {{\n{_data(removed)}}};\nINSERT DATA {{\n{_data(added)}}}"


def _data(quads: Collection[ox.Quad]) -> str:
    by_graph: dict[str, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .\n")
    return "".join(f"GRAPH {name} {{\n{''.join(triples)}}}\n" for name, triples in by_graph.items())


def open_directory(path: Path, base_iri: str | None) -> DataDirectory:
    """Open a data directory, or make one where nothing is.

    Args:
        path: a directory of ours, an empty one, or one that does not exist yet.
        base_iri: for a new directory (default `DEFAULT_BASE_IRI`); an old one keeps its own.

    Raises:
        StoreForeign: something else is there; untouched.
        StoreBusy: another process (or this one) has it open.
        StoreDamaged: ours, but not readable.
        StoreUnwritable: it cannot be made.
        BadInput: no usable base IRI, or not the one the directory keeps.
    """
    heal(path / _STORE, path / _REPLACED)
    settings = _settings(path)
    kept = settings["base_iri"] if settings else None
    if kept and base_iri and kept != base_iri:
        raise BadInput("base_iri", base_iri, (kept,))
    base = checked_base_iri(kept or base_iri)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = _lock(path)
    except OSError as error:
        raise StoreUnwritable(path, str(error)) from error
    try:
        directory = DataDirectory(path, base, _open_disk(path, is_new=settings is None), owner)
        note_digests(path, path / _STORE)
        if settings is None:
            _write_settings(path, base)
        directory.take_back()
        directory.catch_up()
    except BaseException as error:
        os.close(owner)
        if isinstance(error, OSError):
            raise StoreUnwritable(path, str(error)) from error
        raise
    return directory


def checked_base_iri(base_iri: str | None) -> str:
    """The base IRI to use: http(s), absolute, ending in "/" or "#"; the default for None."""
    base = base_iri or DEFAULT_BASE_IRI
    if not _ABSOLUTE_IRI.fullmatch(base):
        raise BadInput("base_iri", base, ("http://…/", "https://…/"))
    return base


def _settings(path: Path) -> dict[str, str] | None:
    """What the directory says about itself; None for a place where nothing is yet."""
    if path.exists() and not path.is_dir():
        raise StoreForeign(path, (path.name,))
    names = sorted(entry.name for entry in path.iterdir()) if path.exists() else []
    if _SETTINGS not in names:
        # Killed while being made, a directory of ours holds the lock file and perhaps an empty store.
        unfinished = _OWNER in names and set(names) <= {_OWNER, _STORE, _SETTINGS + ".new", VERSION, "digests.json"}
        if names and not unfinished:
            raise StoreForeign(path, tuple(names[:5]))
        return None
    try:
        settings = json.loads((path / _SETTINGS).read_text("utf-8"))
        number, base = int(settings["format"]), str(settings["base_iri"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(path, f"{_SETTINGS}: {error!r}") from error
    if number != FORMAT:
        raise StoreForeign(path, (f"{_SETTINGS}: format {number}",))
    if not (path / _STORE / "CURRENT").is_file():
        raise StoreDamaged(path, f"{_STORE}/CURRENT is missing")
    return {"base_iri": base}


def owner_of(path: Path) -> int | None:
    """The process that has a data directory open, as it noted itself; None if none did."""
    try:
        holder = (path / _OWNER).read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    return int(holder) if holder.isdigit() else None


def _lock(path: Path) -> int:
    """Descriptor of the locked owner file, which names this process."""
    owner = os.open(path / _OWNER, os.O_RDWR | os.O_CREAT, 0o600)
    if fcntl is not None:
        try:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(owner, 32).decode("ascii", "replace").strip()
            os.close(owner)
            raise StoreBusy(path, int(holder) if holder.isdigit() else None) from error
    os.ftruncate(owner, 0)
    os.write(owner, str(os.getpid()).encode("ascii"))
    return owner


def _release(owner: int) -> None:
    with contextlib.suppress(OSError):  # on a full disk the name stays; that the file is locked is what counts
        os.ftruncate(owner, 0)
    os.close(owner)


def _open_disk(path: Path, *, is_new: bool) -> ox.Store:
    if name := changed_table(path, path / _STORE):
        raise StoreDamaged(path, f"{_STORE}/{name}")
    try:
        disk = ox.Store(path / _STORE)
    except (OSError, RuntimeError) as error:  # RuntimeError is how it says "corruption"
        if _IN_USE.search(str(error)):
            raise StoreBusy(path) from error
        raise StoreDamaged(path, str(error)) from error
    if is_new and disk:
        raise StoreDamaged(path, f"{_SETTINGS} is missing beside a filled store")
    return disk


def _write_settings(path: Path, base_iri: str) -> None:
    """Written last and in one step: a directory without it was never used."""
    settings = json.dumps({"format": FORMAT, "base_iri": base_iri}, indent=2) + "\n"
    write_whole(path / _SETTINGS, settings.encode())


@contextlib.contextmanager
def replacing(path: Path, base_iri: str) -> Iterator[Path]:
    """A place for a new store, which takes the old one's when the block ends well; nothing may have it open.

    Killed half way, the directory is as it was.

    Raises:
        StoreBusy, StoreForeign, StoreUnwritable.
    """
    names = {entry.name for entry in path.iterdir()} if path.is_dir() else set()
    if (path.exists() and not path.is_dir()) or (names and not names & {_SETTINGS, _OWNER, "accounts.sqlite"}):
        raise StoreForeign(path, tuple(sorted(names)[:5]) or (path.name,))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = _lock(path)
    except OSError as error:
        raise StoreUnwritable(path, str(error)) from error
    try:
        place = path / _RESTORING
        shutil.rmtree(place, ignore_errors=True)
        yield place
        for name in (_PENDING, _REWRITE, VERSION):  # they speak of the store that goes
            (path / name).unlink(missing_ok=True)
        forget_digests(path)
        take_place(place, path / _STORE, path / _REPLACED)
        _write_settings(path, base_iri)
    except OSError as error:
        raise StoreUnwritable(path, str(error)) from error
    finally:
        _release(owner)
