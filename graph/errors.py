"""What can go wrong on purpose: one tree of errors that carry facts, never sentences.

The sentence a person reads is made where a person reads it: in `webapp/errors.py` and the `cli.py`s.

    PankenetzError
    ├── NotFound            no entry, change, query … of that name
    ├── BadInput            a value nobody can work with; names the allowed ones
    │   ├── BadCell         such a value in a table; names file, row and column
    │   ├── BadFields       such values in a form; names each field
    │   ├── BadBlank        a blank of a saved question that cannot be filled, or that its query has no place for
    │   └── BadGraph        a graph that is not written from outside; names those that are
    ├── BadFile             a file nobody can read: broken, empty, locked, too big, of another kind
    ├── BadRows             a list with rows to mend or to leave out
    ├── Conflict            right in itself, but not against what is stored now
    │   └── EditConflict    somebody else changed the same fields of the same entry meanwhile
    ├── Invalid             the shapes forbid it; carries the findings
    ├── NotInstalled        a part that is left out of the installation unless asked for
    ├── QueryError          SPARQL that cannot be read, with line and column
    │   └── QueryRefused    SPARQL that can be read, but is not answered (SERVICE, updates)
    ├── QueryTimeout        ended at its deadline
    ├── QueryTooBig         ended at a cap: memory, bytes
    ├── QueryBusy           too many are waiting already
    ├── QueryCancelled      ended because the asker went away
    ├── StoreElsewhere      a SPARQL server elsewhere, used as store
    │   ├── StoreUnreachable it does not answer as it should
    │   └── StoreOutdated   somebody else has changed its data
    └── StoreError          the data directory
        ├── StoreBusy       another process has it open
        ├── StoreForeign    a directory that is not ours; untouched
        ├── StoreDamaged    ours, but not readable
        ├── BackupDamaged   a copy that was changed since it was taken
        └── StoreUnwritable ours, but nothing more can be written (disk full, read-only)
"""

# ruff: noqa: N818  # names are the domain's ("not found"), agreed for all rooms; the tree's root says it is an error

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(eq=False)
class PankenetzError(Exception):
    """Root of all errors raised on purpose."""

    def __str__(self) -> str:
        return repr(self)


@dataclass(eq=False)
class NotFound(PankenetzError):
    """There is no `kind` called `slug`.

    Attributes:
        kind: what was looked for: an entity type ("actor"), "change", "query" …
        slug: the name that was asked for, as it was typed.
    """

    kind: str
    slug: str


@dataclass(eq=False)
class BadInput(PankenetzError):
    """A value that cannot be used.

    Attributes:
        what: what is wrong: the kind of value ("date", "base_iri", "graph").
        where: the value itself, or where it stands (option, file, cell).
        allowed: the values that would have been accepted, if they can be listed.
    """

    what: str
    where: str
    allowed: tuple[str, ...] = ()


@dataclass(eq=False)
class BadCell(BadInput):
    """A value of a table or a line of an RDF file that cannot be used; `where` says file, row, column, value in one.

    Attributes:
        file: name of the table's file.
        row: line of the table as spreadsheet programs count, 1 for the headings; 0 for the file as a whole.
        column: heading of the column; "" for the row as a whole.
        value: what stands there.
    """

    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""


@dataclass(eq=False)
class BadFields(BadInput):
    """Values of a form that cannot be used as they are.

    Attributes:
        problems: the `graph.editing.Problem`s, at least one.
    """

    problems: tuple[Any, ...] = ()


@dataclass(eq=False)
class BadBlank(BadInput):
    """Something about a blank of a saved question; `where` is its name, or the variable it lacks in the query.

    `what` is, of the sentence: "name", "kind"; of the query: "missing", "assigned", "subject"; of what was filled in:
    "empty", "unknown", "several", "choice", "year", "day", "number".

    Attributes:
        value: what was filled in.
    """

    value: str = ""


@dataclass(eq=False)
class BadGraph(BadInput):
    """A graph that SPARQL does not write: `where` is its name, `allowed` says which are written."""


@dataclass(eq=False)
class BadFile(PankenetzError):
    """A file that cannot be read as a list; nothing was taken from it.

    Attributes:
        file: its name, without the folders.
        what: "missing", "unreadable" (the system refuses), "empty" (nothing in it), "broken" (not what it says it
            is, or damaged), "password" (locked), "too big", "old format" (.xls, .xlsb: to be saved as .xlsx), "type"
            (a picture, a PDF, a letter …).
        reason: more, in the words of whoever noticed; may be "".
    """

    file: str
    what: str
    reason: str = ""


@dataclass(eq=False)
class BadRows(PankenetzError):
    """A list holds rows that must be mended or left out first; nothing was taken from it.

    Attributes:
        problems: the `graph.importing.facts.Problem`s of severity "error", at least one.
    """

    problems: tuple[Any, ...]


@dataclass(eq=False)
class Conflict(PankenetzError):
    """Something stored meanwhile stands against it.

    Attributes:
        what: what was tried: "undo", …
        slug: on what.
        reasons: N-Quads lines (or names) of what stands against it; "-" before what is gone, "+" before what is back.
    """

    what: str
    slug: str
    reasons: tuple[str, ...] = ()


@dataclass(eq=False)
class EditConflict(Conflict):
    """Somebody else changed an entry while it was being edited; nothing was saved.

    Attributes:
        fields: the `graph.editing.Disagreement`s; none if the entry is gone.
        texts: all fields as they should stand now: what both sides changed, with one's own version where they disagree.
        version: the data version they were compared with.
    """

    fields: tuple[Any, ...] = ()
    texts: Any = None
    version: int = 0


@dataclass(eq=False)
class Invalid(PankenetzError):
    """The shapes forbid the change.

    Attributes:
        findings: the `graph.checks.Finding`s of severity "violation", at least one.
    """

    findings: tuple[Any, ...]


@dataclass(eq=False)
class NotInstalled(PankenetzError):
    """A format needs a library this installation was made without.

    Attributes:
        what: the format (".pdf").
        command: what installs the library.
        system: the program of the operating system it needs besides.
    """

    what: str
    command: str
    system: str = ""


@dataclass(eq=False)
class QueryError(PankenetzError):
    """A SPARQL text that cannot be read or evaluated.

    Attributes:
        message: what the engine expected, in its own (English) words.
        line: 1-based line of the first unreadable character; None if the engine names no place.
        column: 1-based column, counted in characters.
    """

    message: str
    line: int | None = None
    column: int | None = None


@dataclass(eq=False)
class QueryRefused(QueryError):
    """A SPARQL text that asks for what is never done: `message` is "SERVICE", "LOAD" or "UPDATE"."""


@dataclass(eq=False)
class QueryTimeout(PankenetzError):
    """A query ended at its deadline of `seconds`."""

    seconds: float


@dataclass(eq=False)
class QueryTooBig(PankenetzError):
    """A query ended at a cap.

    Attributes:
        limit: the cap.
        unit: "bytes" of the answer or "MB" of memory.
    """

    limit: int
    unit: str


@dataclass(eq=False)
class QueryBusy(PankenetzError):
    """Too many queries are waiting; come back in `retry_after` seconds."""

    retry_after: int = 5


@dataclass(eq=False)
class QueryCancelled(PankenetzError):
    """A query ended because the asker went away."""


@dataclass(eq=False)
class StoreError(PankenetzError):
    """Something about the data directory `path`."""

    path: Path


@dataclass(eq=False)
class StoreBusy(StoreError):
    """Another process (`pid`, None if unknown) has the data directory open."""

    pid: int | None = None


@dataclass(eq=False)
class StoreForeign(StoreError):
    """The directory is not ours; `found` names up to five things in it. Nothing was touched."""

    found: tuple[str, ...] = field(default=())


@dataclass(eq=False)
class StoreDamaged(StoreError):
    """The directory is ours but cannot be read; `reason` in the engine's words."""

    reason: str = ""


@dataclass(eq=False)
class BackupDamaged(StoreError):
    """A copy at `path` is not what it was when it was taken; `file` names what is missing or changed."""

    file: str = ""


@dataclass(eq=False)
class StoreUnwritable(StoreError):
    """Nothing could be written; `reason` in the system's words. What was stored before stands."""

    reason: str = ""


@dataclass(eq=False)
class StoreElsewhere(PankenetzError):
    """Something about the SPARQL server at `url` that is used as store."""

    url: str


@dataclass(eq=False)
class StoreUnreachable(StoreElsewhere):
    """It does not answer, or not as a SPARQL server does; `reason` in its or the system's words."""

    reason: str = ""


@dataclass(eq=False)
class StoreOutdated(StoreElsewhere):
    """Somebody else has changed the data there since they were read; nothing was changed."""
