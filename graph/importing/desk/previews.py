"""What has been read of an upload, as it lies in its folder: a summary, the rows by number, the quads to write."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILTERS: Final = ("add", "change", "unsure", "refused", "same")
"""What can become of a row, in the order people are told."""

_TABLE: Final = "CREATE TABLE line (number INTEGER PRIMARY KEY, outcome TEXT, content TEXT)"


@dataclass(frozen=True)
class Preview:
    """What taking over an upload would do.

    Attributes:
        folder: where it lies.
        summary: see `graph.importing.desk.summary`.
    """

    folder: Path
    summary: dict[str, Any]

    @property
    def version(self) -> int:
        """The data version it was compared with."""
        return int(self.summary["version"])

    @property
    def digest(self) -> str:
        """What would be written, in one word: the same digest, the same change."""
        return str(self.summary["digest"])

    @property
    def is_nothing(self) -> bool:
        """Whether all of it is there already."""
        return bool(self.summary["is_nothing"])

    @cached_property
    def quads(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """What would be added and what removed."""
        return _read(self.folder / "added.nq"), _read(self.folder / "removed.nq")

    def lines(self, outcome: str, page: int, size: int) -> tuple[list[dict[str, Any]], int]:
        """The rows of one page, and how many there are on all pages.

        Args:
            outcome: one of `FILTERS`, or "" for all rows.
            page: from 1.
            size: rows of a page.
        """
        where, values = ("WHERE outcome = ?", [outcome]) if outcome else ("", [])
        with closing(sqlite3.connect(f"{(self.folder / 'lines.db').as_uri()}?mode=ro", uri=True)) as book:
            (count,) = book.execute(f"SELECT count(*) FROM line {where}", values).fetchone()  # noqa: S608  # ours
            rows = book.execute(
                f"SELECT content FROM line {where} ORDER BY number LIMIT ? OFFSET ?",  # noqa: S608  # as above
                [*values, size, (page - 1) * size],
            )
            return [json.loads(content) for (content,) in rows], count


def load(folder: Path) -> Preview | None:
    """The preview in a folder, None if nothing has been read yet."""
    try:
        return Preview(folder, json.loads((folder / "summary.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def store_lines(folder: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Write the rows down, in their order."""
    with closing(sqlite3.connect(folder / "lines.db")) as book, book:
        book.execute(_TABLE)
        book.executemany(
            "INSERT INTO line (outcome, content) VALUES (?, ?)",
            ((line["outcome"], json.dumps(line, ensure_ascii=False)) for line in lines),
        )
        book.execute("CREATE INDEX by_outcome ON line (outcome, number)")


def store_quads(folder: Path, added: Iterable[ox.Quad], removed: Iterable[ox.Quad]) -> str:
    """Write down what would be written; returns one word that is the same for the same quads, in whatever order."""
    digest = hashlib.sha256()
    for name, quads in (("added.nq", added), ("removed.nq", removed)):
        text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
        (folder / name).write_bytes(text)
        digest.update(name.encode() + b"\n".join(sorted(text.splitlines())))
    return digest.hexdigest()


def _read(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=path, format=ox.RdfFormat.N_QUADS))
