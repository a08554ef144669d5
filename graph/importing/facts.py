"""What a list says, row by row, before anybody knows who is meant: statements about what is named, with their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from graph.importing.columnplans import TablePlan

Group = Literal["body", "project", "event", "place"]
Severity = Literal["error", "warning", "note"]
Row = tuple[str, str, int]
_ADDRESS: Final = re.compile(r"[A-Z]{1,3}([0-9]+)")


@dataclass(frozen=True, order=True)
class Spot:
    """A place in a file; `sheet` is "" for text files, `cell` is "" for a sheet as a whole."""

    file: str
    sheet: str = ""
    cell: str = ""

    @property
    def row(self) -> Row:
        """File, sheet and line; line 0 for the sheet as a whole."""
        return self.file, self.sheet, _line(self.cell)


@lru_cache(maxsize=65_536)
def _line(cell: str) -> int:
    found = _ADDRESS.fullmatch(cell)
    return int(found[1]) if found else 0


@dataclass(frozen=True)
class Mention:
    """Something named in a cell.

    Attributes:
        group: names of bodies (actors, agencies, networks, programmes) are compared with each other only.
        text: the name as written, without remarks in brackets.
        spot: where.
        hint: what the column says of a body: "programme", "payer", "network", "agency" or "".
        period: what tells phases of one name apart: the first day of the row's period, "" if it has none.
        written: the name with its remarks in brackets, as it stood in the cell; "" if that is the same.
        where: the street that the cell or row says it is in, without number; "" if none.
    """

    group: Group
    text: str
    spot: Spot
    hint: str = ""
    period: str = ""
    written: str = ""
    where: str = ""


@dataclass(frozen=True)
class Value:
    """What a cell says in one field: the text as written, and where it stood; of a link, what it leads to.

    Attributes:
        heading: what the column is called, for what has to be kept in words.
    """

    field: str
    text: str
    spot: Spot
    heading: str = ""
    mention: Mention | None = None


@dataclass(frozen=True)
class Statement:
    """One row about one thing of an entity type ("actor", "project" …)."""

    about: Mention
    type_name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Claim:
    """One link a row claims.

    Attributes:
        kind: its entity type: "involvement", "funding", "membership" or "tie".
        start: the actor or programme.
        end: the project, event, network or second actor.
        role: slug of the role or of the kind of tie.
        values: its own fields: start, end, period_text, amount, via, note.
    """

    kind: str
    start: Mention
    end: Mention
    role: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Told:
    """What one row is about, the table it stands in, and the links it claims."""

    about: Mention
    table: TablePlan
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Problem:
    """Something a person should look at.

    Attributes:
        what: the name of a sentence in `graph.importing.report`.
        facts: what fills its places.
    """

    spot: Spot
    severity: Severity
    what: str
    facts: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass
class Facts:
    """All that files say.

    Attributes:
        told: the rows by what they are about.
        dated: periods behind titles of projects in rows of bodies, for projects without a row of their own.
        hosts: what names in columns of places would claim if they are bodies: that these host what the row is about.
    """

    statements: list[Statement] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    dated: list[Statement] = field(default_factory=list)
    hosts: list[Claim] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unmapped: list[Spot] = field(default_factory=list)
