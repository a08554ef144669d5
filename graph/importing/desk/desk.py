"""Uploads, what people say about them, and the one place that writes what was seen."""

from __future__ import annotations

import hashlib
import json
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph import changes
from graph.errors import Conflict
from graph.importing.desk import previews, uploads
from graph.importing.desk.readings import LONGEST, Reading
from graph.matching import judgements

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from graph.changes import Change
    from graph.importing.desk.previews import Preview
    from graph.importing.desk.uploads import Upload
    from graph.store import Store

_PATIENCE: Final = 60.0
"""Seconds a reading that is given up may take to end."""
_SAID: Final = "columns.json"


class Moved(Conflict):
    """What would be written is no longer what the person has seen."""


class Desk:
    """Where uploads of a store lie. Threads may share it.

    Args:
        store: where they would go. Its data directory holds them; for a store in memory a folder that ends with it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lent = tempfile.TemporaryDirectory(prefix="pankenetz-") if store.path is None else None
        self._place = Path(self._lent.name) if self._lent else store.path or Path()
        self._readings: dict[str, Reading] = {}
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(1)  # a second reading would only slow down the first, and the pages
        self._writing = threading.Lock()

    @property
    def room(self) -> Path:
        """The folder of all uploads."""
        return self._place / "uploads"

    # uploads

    def receive(self, files: Iterable[tuple[str, IO[bytes]]], source: str = "") -> Upload:
        """Keep files and begin to read them; old uploads are cleared away. Raises as `uploads.create`."""
        uploads.clear(self.room)
        upload = uploads.create(self.room, files, source)
        self.read(upload)
        return upload

    def find(self, upload_id: str) -> Upload:
        """The upload of that id, or `NotFound`."""
        return uploads.find(self.room, upload_id)

    def waiting(self) -> list[Upload]:
        """Uploads nobody has taken over yet, newest first."""
        return [upload for upload in uploads.listed(self.room) if not upload.taken]

    def discard(self, upload: Upload) -> None:
        """Throw an upload away."""
        self._stop(upload.id)
        uploads.remove(upload)

    # what people said

    def said(self) -> dict[str, Any]:
        """What people said about columns, as `graph.importing.mapping.remembered` reads it."""
        try:
            content: dict[str, Any] = json.loads((self._place / _SAID).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"tables": []}
        return content

    def say(self, tables: Iterable[dict[str, Any]]) -> None:
        """Remember what tables and columns mean, in place of what was said of tables with the same headings.

        Args:
            tables: "headings", "kind" and "columns" (meaning by heading); kind and columns both blank forget it.

        Raises:
            BadInput: a kind or a meaning there is not.
        """
        from graph.importing.mapping import remembered  # here, because it brings what reads headings

        with self._lock:
            by_headings = {_headings(table): table for table in self.said()["tables"]}
            for table in tables:
                by_headings.pop(_headings(table), None)
                if table["kind"] or table["columns"]:
                    by_headings[_headings(table)] = table
            content = {"tables": list(by_headings.values())}
            remembered(content)
            new = self._place / f"{_SAID}.new"
            new.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            new.replace(self._place / _SAID)

    # reading

    def preview(self, upload: Upload) -> Preview | None:
        """What was read last, None if nothing was yet; it may be behind what was said since."""
        return previews.load(upload.preview)

    def is_current(self, upload: Upload, preview: Preview | None) -> bool:
        """Whether a preview heeds all that was said."""
        return preview is not None and preview.summary["key"] == self._key(upload)

    def reading(self, upload: Upload) -> Reading | None:
        """The reading that is under way, or the last one since the server started."""
        with self._lock:
            return self._readings.get(upload.id)

    def read(self, upload: Upload, *, anew: bool = False) -> Reading:
        """Begin to read an upload, unless that is being done; what is being read on older terms is given up.

        Args:
            upload: what to read.
            anew: also if it was read already, because the data changed.
        """
        key = self._key(upload) + (f" {self._store.version}" if anew else "")
        with self._lock:
            before = self._readings.get(upload.id)
            if before and before.key == key and (not before.done.is_set() or before.failure):
                return before
            if before:
                before.stop()
            reading = self._readings[upload.id] = Reading(key)
        threading.Thread(target=self._work, args=(upload, reading), daemon=True, name="reading").start()
        return reading

    def _key(self, upload: Upload) -> str:
        """What a reading depends on, but for the data themselves."""
        decided = sorted((one.name, one.key, one.same) for one in judgements(self._store))
        facts = [upload.files, upload.source, upload.round, self.said(), decided]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()

    def _work(self, upload: Upload, reading: Reading) -> None:
        """Have a process read it, and follow its steps."""
        try:
            with self._turn:
                if not reading.is_stopped:
                    self._follow(upload, reading)
        finally:
            reading.done.set()

    def _follow(self, upload: Upload, reading: Reading) -> None:
        job = {
            "paths": [str(path) for path in upload.paths],
            "folder": str(upload.preview),
            "source": upload.source,
            "round": upload.round,
            "mapping": self.said(),
            "key": reading.key.partition(" ")[0],
            "base_iri": self._store.base_iri,
        }
        names = self._store.graphs
        with self._store.writer:  # one moment's data
            content = self._store.dump(ox.RdfFormat.N_QUADS, [*names.all_data(), names.rounds, names.history])
        reading.run(json.dumps(job).encode() + b"\n" + content)

    def _stop(self, upload_id: str) -> None:
        with self._lock:
            reading = self._readings.pop(upload_id, None)
        if reading:
            reading.stop()
            reading.done.wait(_PATIENCE)

    # taking over

    def take_over(self, upload: Upload, author: str, seen: str) -> Change | None:
        """Write what a preview says, as one change.

        Args:
            upload: what to take over.
            author: who is answerable.
            seen: `Preview.digest` of what the person has seen.

        Returns:
            None if somebody took it over already.

        Raises:
            Moved: by now something else would be written; there is a new preview to look at.
            Invalid: the shapes forbid what a file says in our own terms.
        """
        with self._writing:
            if self.find(upload.id).taken:
                return None
            change = self._commit(upload, author, seen, self._fresh(upload))
            if change is None:
                # Somebody saved while it was read again, and in a busy office the next one would, too: now they wait.
                with self._turn, self._store.writer:
                    self._read_here(upload)
                    change = self._commit(upload, author, seen, self.preview(upload))
            if change is None:  # the reading broke off
                raise Moved("import", upload.id)
            return change

    def _commit(self, upload: Upload, author: str, seen: str, preview: Preview | None) -> Change | None:
        """Write what a preview says; None if the data are others by now than those it was made for."""
        if preview is None or preview.digest != seen or preview.summary["violations"]:
            raise Moved("import", upload.id)
        added, removed = preview.quads
        with self._store.writer:
            if preview.version != self._store.version:
                return None
            change = changes.commit(
                self._store,
                added=added,
                removed=removed,
                author=author,
                reason=", ".join(preview.summary["files"]),
                imported_as=upload.source,
                check=False,  # done by the reading, against the same data
            )
        rows = len(preview.summary["bad_rows"])
        upload.finish({"change": change.id, "counts": preview.summary["counts"], "left_out": rows})
        return change

    def _read_here(self, upload: Upload) -> None:
        """Read it once more and wait for it, as who may write now; others' readings are over."""
        reading = Reading(self._key(upload))
        with self._lock:
            self._readings[upload.id] = reading
        try:
            self._follow(upload, reading)
        finally:
            reading.done.set()

    def _fresh(self, upload: Upload) -> Preview | None:
        """A preview of the data as they are now."""
        preview = self.preview(upload)
        if preview and self.is_current(upload, preview) and preview.version == self._store.version:
            return preview
        self.read(upload, anew=True).done.wait(LONGEST)
        preview = self.preview(upload)
        return preview if self.is_current(upload, preview) else None

    def close(self) -> None:
        """End all readings; give back the folder of a store in memory."""
        for upload_id in list(self._readings):
            self._stop(upload_id)
        if self._lent:
            self._lent.cleanup()


def _headings(table: dict[str, Any]) -> frozenset[str]:
    return frozenset(table["headings"])
