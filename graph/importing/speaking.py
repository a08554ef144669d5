"""What lists speak of: the fields their columns fill and the links their columns name, however a cell is filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.importing import meanings
from graph.importing.claims import IN
from graph.importing.rows import is_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.importing.columnplans import TablePlan

_SILENT: Final = frozenset({"ignore", "personal"})
_FIELDS: Final = {
    "address": ("street", "postcode"),
    "period": ("start", "end", "ongoing", "period_text"),
    "start": ("start",),
    "end": ("end", "ongoing"),
    "amount": ("amount",),
    "subject": (),
    "link": (),
    "note": (),
    "role": (),
}
_FIXED: Final = {
    "mitglied": ("membership", "end", "mitglied"),
    "mitglied_von": ("membership", "start", "mitglied"),
    "finanziert": ("tie", "end", "finanziert"),
    "tie": ("tie", "start", ""),
}


@dataclass(frozen=True)
class Naming:
    """A column that names what the row is linked to.

    Attributes:
        link: entity type of the links. own: "start" or "end", which of their ends the row is about.
        role: slug; "" for any.
        is_loose: a word in the cell or another column may give another role.
        hint: "programme" or "payer" of money.
        meaning: of the column.
        only: all it can name, as its heading or the title of the table say it; None if its cells may name anything.
    """

    link: str
    own: str
    role: str
    is_loose: bool
    hint: str
    meaning: str
    only: frozenset[str] | None = None


@dataclass(frozen=True)
class Scope:
    """What a table speaks of.

    Attributes:
        kind: entity type of its rows. about: what they are about: "body", "project", "event" or "place".
        meanings: of its columns. fields: that they fill. headings: what stands above them.
        namings: the columns of links.
    """

    kind: str
    about: str
    meanings: frozenset[str]
    fields: frozenset[str]
    headings: frozenset[str] = frozenset()
    namings: tuple[Naming, ...] = ()

    def described(self) -> str:
        """It in a line, as `told` reads it."""
        return f"{self.kind}: {', '.join(sorted(self.meanings))}"


def told(text: str) -> Scope:
    """What a table spoke of, from that line."""
    kind, _, rest = text.partition(": ")
    return _scope(kind, rest.split(", "))


def scope(plan: TablePlan) -> Scope:
    """What a table speaks of."""
    found = _scope(plan.kind, [column.meaning for column in plan.columns])
    subject = meanings.subject_meaning([column.meaning for column in plan.columns], plan.kind)
    headings = frozenset(
        text for column in plan.columns for text in (column.heading.text, column.heading.group) if text
    )
    namings = [
        naming
        for at, column in enumerate(plan.columns)
        for naming in _namings(plan.kind, column.meaning, subject, found.meanings, _only(plan, at))
    ]
    return Scope(found.kind, found.about, found.meanings, found.fields, headings, tuple(namings))


def _scope(kind: str, columns: Sequence[str]) -> Scope:
    subject = meanings.subject_meaning([*columns], kind)
    said = frozenset(one for one in columns if meanings.use(one, kind, subject).what not in _SILENT)
    fields = frozenset(field for one in said for field in _fields(meanings.use(one, kind, subject)))
    fields |= {"period_text"} if {"start", "end"} <= fields else set()
    namings = tuple(naming for one in sorted(said) for naming in _namings(kind, one, subject, said))
    return Scope(kind, _about(kind, subject), said, fields, namings=namings)


def _about(kind: str, subject: str) -> str:
    named = meanings.use(subject, kind, subject).name if subject else kind
    return named if named in ("project", "event", "place") else "body"


def _fields(use: meanings.Use) -> Iterator[str]:
    yield from _FIELDS.get(use.what, (use.name,))
    if use.name == "status":
        yield "status_text"


def _namings(
    kind: str, meaning: str, subject: str, beside: frozenset[str], only: frozenset[str] | None = None
) -> Iterator[Naming]:
    use = meanings.use(meaning, kind, subject)
    if use.what != "link":
        return
    has_roles = only is not None or any(meanings.use(one, kind, subject).what == "role" for one in beside)
    if use.name in IN:
        role = IN[use.name]
        link = "funding" if role == "foerderer" else "involvement"
        yield Naming(link, "start", role, not role, "", meaning, only)
    elif use.name in _FIXED:
        link, own, role = _FIXED[use.name]
        yield Naming(link, own, role, not role, use.hint, meaning, only)
        if role == "finanziert":
            yield Naming("funding", own, "", is_loose=False, hint="", meaning=meaning, only=only)
    elif _about(kind, subject) == "body":
        yield Naming("tie", "start", "", is_loose=True, hint=use.hint, meaning=meaning, only=only)
        if use.name == "foerderer":
            yield Naming("tie", "end", "finanziert", is_loose=False, hint=use.hint, meaning=meaning, only=only)
    elif use.name == "foerderer":
        yield Naming("funding", "end", "", is_loose=False, hint=use.hint, meaning=meaning, only=only)
    else:
        role = "" if use.name in ("", "partner") and has_roles else use.name
        yield Naming("involvement", "end", role, use.name in ("", "partner"), use.hint, meaning, only)
        if has_roles and use.name in ("", "partner"):
            yield Naming("funding", "end", "", is_loose=True, hint="", meaning=meaning, only=only)


def _only(plan: TablePlan, at: int) -> frozenset[str] | None:
    """What a column can name, if that does not stand in its own cells: marks below names, titles above tables."""
    column = plan.columns[at]
    if column.why.kind in ("marks", "givers"):
        return frozenset({column.heading.text})
    if is_told(plan, at):
        return frozenset(row.cells[at].text for row in plan.table.rows if row.cells[at].text)
    return None
