"""What a table and its columns are taken for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.importing.regions import Heading, RawTable


@dataclass(frozen=True)
class Why:
    """Why a column is taken for what it is.

    Attributes:
        kind: "heading" (a known one), "similar" (like a known one), "parts" (joins known ones), "values" (its cells
            look so), "marks" (its cells say yes to its heading), "givers" (its cells say what its heading pays),
            "section" (rows between the rows), "title" (above the table), "position" (the first column that can be
            it), "town" (of an address), "numbers" (it counts the rows), "mapping" (said by a person), "legend" or
            "unknown".
        detail: the known heading, or what the cells look like.
    """

    kind: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}" if self.detail else self.kind


@dataclass(frozen=True)
class ColumnPlan:
    """What a column means.

    Attributes:
        heading: of the column; of a column made from section rows, one without text.
        ref: cell of the heading.
        meaning: "<kind>.<field>" ("project.name", "project.period" for both ends in one cell, "project.fund",
            "project.amount", "actor.address", "contact.email" for what is personal and never imported), "link:<role>",
            "link:mitglied" (members of the row's network), "link:mitglied_von" (networks of the row's actor), "link:in"
            (its projects), "link:tie" (its partners), "involvement.role", "note" or "ignore".
        confidence: 0–1. why: see there.
        rest: in a cell of several names, what those after the first are; "" if the same.
        unit: the unit of money in the heading or the one above it ("T€"); "" if none.
        understood: False if nobody knows, and the column is kept as a note.
    """

    heading: Heading
    ref: str
    meaning: str
    confidence: float
    why: Why
    rest: str = ""
    unit: str = ""
    understood: bool = True


def unknown(heading: Heading) -> ColumnPlan:
    """A column that nobody understands: a note, to be listed under its heading."""
    if re.fullmatch(r"\W*", heading.text):
        return ColumnPlan(heading, heading.ref, "note", 0.0, Why("unknown"), understood=False)
    return ColumnPlan(heading, heading.ref, "note", 0.0, Why("unknown", heading.text), understood=False)


@dataclass(frozen=True)
class TablePlan:
    """What a table says.

    Attributes:
        kind: entity type of its rows, "network" for actors that are networks, a table of links ("involvement",
            "funding", "membership", "tie"), "legend", or "" if nobody knows.
        confidence: 0–1: how far ahead of the next kind.
        columns: one per cell of the rows of `table`.
        table: the table with its rows made plain: repeated values filled in, marks replaced by their headings, sections
            as columns.
    """

    kind: str
    confidence: float
    columns: tuple[ColumnPlan, ...]
    table: RawTable
