"""Uploads as folders: the files as they came, what a person said about them, and what was made of them."""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph import entries
from graph.errors import BadFile, BadInput, NotFound
from graph.importing.archives import BIGGEST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

ENDINGS: Final = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".txt", ".zip", ".ttl", ".trig", ".nt", ".nq", ".jsonld")
KEPT: Final = dt.timedelta(days=7)
"""So long an upload is kept that nobody takes over."""

_ID: Final = re.compile(r"[0-9a-f]{32}")
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST: Final = 120
_NOTE: Final = "upload.json"


@dataclass
class Upload:
    """Files that were handed in together.

    Attributes:
        id: 32 hex digits nobody can guess. folder: where everything about it lies.
        source: slug of the data graph it would go to.
        files: their names, in the order they came.
        refused: files that were not even kept, with why, as `facts_of` writes errors.
        came: when, UTC.
        round: slug of the planning round that Handlungsfelder belong to; "" if nobody said.
        taken: what came of it, once it was taken over: "change" (its id, "" if there was nothing to do), "counts",
            "left_out" (rows).
    """

    id: str
    folder: Path
    source: str
    files: tuple[str, ...] = ()
    refused: tuple[dict[str, Any], ...] = ()
    came: str = ""
    round: str = ""
    taken: dict[str, Any] = field(default_factory=dict)

    @property
    def paths(self) -> list[Path]:
        """Where its files lie."""
        return [self.folder / "files" / name for name in self.files]

    @property
    def preview(self) -> Path:
        """Where lies what was made of it."""
        return self.folder / "preview"

    def to_mend(self, language: str) -> Path:
        """The workbook of rows that must be mended, with sentences in a language; there only if there are any."""
        return (self.folder if self.taken else self.preview) / f"mend.{language}.xlsx"

    def save(self) -> None:
        """Write down what is known of it, in one step."""
        facts = {key: value for key, value in asdict(self).items() if key not in ("id", "folder")}
        new = self.folder / f"{_NOTE}.new"
        new.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        new.replace(self.folder / _NOTE)

    def finish(self, taken: dict[str, Any]) -> None:
        """Note that it was taken over, and keep of it no more than that and the rows to mend."""
        for path in self.preview.glob("mend.*.xlsx"):
            path.replace(self.folder / path.name)
        self.taken = taken
        self.save()
        for name in ("files", "preview", "preview.new"):
            shutil.rmtree(self.folder / name, ignore_errors=True)


def create(room: Path, files: Iterable[tuple[str, IO[bytes]]], source: str = "") -> Upload:
    """Keep files; those that cannot be lists are refused by name, the others are kept all the same.

    Args:
        room: the folder of all uploads.
        files: names, with or without folders, and contents.
        source: name of the source; by default made from the first file's name.

    Raises:
        BadInput: there is no file.
        BadFile: there is one file, and it is refused.
    """
    upload = Upload(secrets.token_hex(16), Path(), source, came=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
    upload.folder = room / upload.id
    (upload.folder / "files").mkdir(parents=True, mode=0o700)
    upload.folder.chmod(0o700)
    refusals: list[BadFile] = []
    for given, content in files:
        try:
            upload.files += (_keep(upload, given, content),)
        except BadFile as error:
            refusals.append(error)
    upload.source = entries.slug(source or Path(*upload.files[:1]).stem, 60) or "liste"
    upload.refused = tuple(map(facts_of, refusals))
    if not upload.files:
        shutil.rmtree(upload.folder)
        raise refusals[0] if refusals else BadInput("file", "")
    upload.save()
    return upload


def _keep(upload: Upload, given: str, content: IO[bytes]) -> str:
    """Store one file; returns its name, made different from the others'."""
    name = plain_name(given)
    if Path(name).suffix.lower() not in ENDINGS:
        raise BadFile(name, "old format" if name.lower().endswith((".xls", ".xlsb")) else "type")
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while name in upload.files:
        number += 1
        name = f"{stem}-{number}{suffix}"
    path = upload.folder / "files" / name
    with path.open("wb") as target:
        shutil.copyfileobj(content, target, 1 << 20)
    size = path.stat().st_size
    if 0 < size <= BIGGEST:
        return name
    path.unlink()
    raise BadFile(name, "too big" if size else "empty", "packed" if size else "")


def plain_name(given: str) -> str:
    """A name as it may stand in a folder: without folders, signs that systems refuse, or a dot in front."""
    name = _UNFIT.sub("-", re.split(r"[/\\]", given)[-1]).strip(" .-") or "liste"
    stem, dot, suffix = name.rpartition(".")
    return f"{(stem or suffix)[:_LONGEST]}{dot}{suffix[:10]}" if dot else name[:_LONGEST]


def find(room: Path, upload_id: str) -> Upload:
    """The upload of that id.

    Raises:
        NotFound: there is none (any more).
    """
    folder = room / upload_id
    if not _ID.fullmatch(upload_id) or not (folder / _NOTE).is_file():
        raise NotFound("upload", upload_id)
    facts = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
    return Upload(upload_id, folder, **{**facts, "files": tuple(facts["files"]), "refused": tuple(facts["refused"])})


def listed(room: Path) -> list[Upload]:
    """All uploads, newest first."""
    found = (find(room, path.name) for path in room.glob("*") if (path / _NOTE).is_file())
    return sorted(found, key=lambda upload: upload.came, reverse=True)


def remove(upload: Upload) -> None:
    """Throw an upload away."""
    shutil.rmtree(upload.folder, ignore_errors=True)


def clear(room: Path) -> None:
    """Remove what is older than `KEPT`, and folders that were never finished."""
    now = dt.datetime.now(dt.UTC)
    for path in room.glob("*"):
        age = now - dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        if age > KEPT or (age > dt.timedelta(hours=1) and not (path / _NOTE).exists()):
            shutil.rmtree(path, ignore_errors=True)


def facts_of(error: BadFile) -> dict[str, Any]:
    """What an error says, as JSON."""
    return {"file": error.file, "what": error.what, "reason": error.reason}
