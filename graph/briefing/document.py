"""The one model of the chapter that all files are written from: headings, paragraphs, lists, tables, pictures.

A writer adds nothing and leaves nothing out, so that .docx, .pdf, .html and .xlsx say the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from graph.entries import text as printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Cell = str | int | tuple[str, ...]
"""A cell of a table: a text, a count, or several texts one below the other (in a `Document`: a text of many lines)."""

Style = Literal["text", "lead", "note"]
"""Of a paragraph: plain; what a section comes down to; what a figure does not say, or what is missing."""

WIDEST = 7
"""Columns of a table that find room on an upright page; what is wider is cut into parts."""

_BLANKS = re.compile(r"\s+")
# Marks that turn the direction of all that follows: a name that holds one would turn the rest of its line.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str
    style: Style = "text"


@dataclass(frozen=True)
class Bullets:
    """A list of short points."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table under its caption.

    Attributes:
        name: short, for the sheet of a workbook.
        caption: what it shows.
        headings: of the columns; the first column names the rows.
        rows: as many cells each as there are headings; at least one row.
        widths: of the columns, as shares of any whole; equal if empty.
    """

    name: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()

    @property
    def shares(self) -> tuple[float, ...]:
        """Width of each column; together 1."""
        widths = self.widths or (1,) * len(self.headings)
        return tuple(width / sum(widths) for width in widths)

    def parts(self) -> tuple[Table, ...]:
        """The table, cut into several with the same first column if it is wider than a page."""
        others = range(1, len(self.headings), WIDEST - 1)
        if len(others) < 2:
            return (self,)
        return tuple(self._part(number, start, len(others)) for number, start in enumerate(others, 1))

    def _part(self, number: int, start: int, count: int) -> Table:
        chosen = (0, *range(start, min(start + WIDEST - 1, len(self.headings))))
        return Table(
            f"{self.name} {number}",
            f"{self.caption} (Teil {number} von {count})",
            tuple(self.headings[at] for at in chosen),
            tuple(tuple(row[at] for at in chosen) for row in self.rows),
            tuple(self.widths[at] for at in chosen) if self.widths else (),
        )


@dataclass(frozen=True)
class Picture:
    """A drawing: SVG, in words for those who do not see it, and what stands below it."""

    svg: str
    alt: str
    caption: str


Block = Heading | Paragraph | Bullets | Table | Picture


@dataclass(frozen=True)
class Document:
    """The chapter.

    Attributes:
        title, subtitle: at the top.
        day: the day whose state it tells; also the day the files say they were made on.
        author: who made it, for the files' properties.
        blocks: everything else, in order.
    """

    title: str
    subtitle: str
    day: date
    author: str
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, title: str, subtitle: str, day: date, author: str, blocks: Iterable[Block]) -> Document:
        """A document whose texts hold nothing that a format cannot hold, and whose tables fit a page."""
        fitting = (part for block in blocks for part in (block.parts() if isinstance(block, Table) else (block,)))
        return cls(line(title), line(subtitle), day, line(author), tuple(_clean(block) for block in fitting))

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def line(value: str) -> str:
    """A text in one line, without control characters, turning marks and superfluous blanks."""
    return _BLANKS.sub(" ", _TURNING.sub("", printable(value))).strip()


def _clean_cell(cell: Cell) -> Cell:
    if isinstance(cell, tuple):
        return "\n".join(filter(None, map(line, cell)))
    return line(cell) if isinstance(cell, str) else cell


def _clean(block: Block) -> Block:
    if isinstance(block, Bullets):
        return Bullets(tuple(map(line, block.items)))
    if isinstance(block, Table):
        return replace(
            block,
            name=line(block.name),
            caption=line(block.caption),
            headings=tuple(map(line, block.headings)),
            rows=tuple(tuple(map(_clean_cell, row)) for row in block.rows),
        )
    if isinstance(block, Picture):
        return replace(block, alt=line(block.alt), caption=line(block.caption))
    return replace(block, text=line(block.text))
