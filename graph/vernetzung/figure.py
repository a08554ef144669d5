"""What a figure of the Vernetzung is made of."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from string import Formatter
from typing import TYPE_CHECKING, Any

from graph.directory import Ref
from graph.entries import to_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

    Words = Mapping[str, str]

Cell = Ref | str | int | float
"""A cell of a table: an entry, a text, a count, or a share from 0 to 1 (float)."""


@dataclass(frozen=True)
class Figure:
    """One figure in words; all texts by language ("de", "en").

    Attributes:
        name: what the address and the spreadsheet call it.
        title: its heading.
        sentence: what it says here and now.
        means: how to read it. not_means: how not to.
        headings: of the table. rows: most telling first; may be empty.
        picture: parameters of the explorer that show it; empty if nothing does.
    """

    name: str
    title: Words
    sentence: Words
    means: Words
    not_means: Words
    headings: tuple[Words, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    picture: Mapping[str, str | list[str]] = field(default_factory=dict)


def both(de: str, en: str, /, **facts: object) -> Words:
    """A text in both languages, its places filled; numbers with a fraction get the German comma."""
    if not facts:
        return {"de": de, "en": en}
    return {"de": _GERMAN.vformat(de, (), facts), "en": en.format(**facts)}


class _German(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        written = str(super().format_field(value, format_spec))
        return written.replace(".", ",") if isinstance(value, float) else written


_GERMAN = _German()


def percent(share: float) -> int:
    """A share as whole percents."""
    return round(share * 100)


def as_csv(figure: Figure, language: str = "de") -> str:
    """The table of a figure: comma, a mark that tells Excel it is UTF-8; no cell acts as a formula."""
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    writer.writerow([heading[language] for heading in figure.headings])
    for row in figure.rows:
        writer.writerow([to_csv(_written(cell)) for cell in row])
    return target.getvalue()


def _written(cell: Cell) -> str:
    if isinstance(cell, Ref):
        return cell.label
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)
