"""How data leave the command line: aligned for eyes, CSV and JSON (always UTF-8) for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDEST = 80
"""Characters of a cell in a table for eyes; longer ones are cut, the other formats hold them whole."""


def write_bytes(data: bytes) -> None:
    """Data as they are, on standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_json(value: Any) -> None:
    """One JSON document."""
    write_bytes((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A CSV with one line of column names."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    write_bytes(text.getvalue().encode())


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """An aligned table; columns of numbers stand to the right."""
    cells = [[_shown(cell) for cell in row] for row in rows]
    is_number = [bool(cells) and all(_is_number(row[i]) for row in cells) for i in range(len(columns))]
    widths = [max(len(row[i]) for row in [list(columns), *cells]) for i in range(len(columns))]
    for row in [list(columns), ["-" * width for width in widths], *cells]:
        padded = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, is_number, strict=True)
        ]
        click.echo("  ".join(padded).rstrip())


def one_line(text: str) -> str:
    """The text without line breaks and control characters: data must not be able to steer the terminal."""
    indent = len(text) - len(text.lstrip(" "))
    return " " * indent + harmless(" ".join(text.split()))


def harmless(text: str) -> str:
    """The text without control characters; its lines stay."""
    return "\n".join("".join(sign for sign in line if not _steers(sign)) for line in text.split("\n"))


def _steers(sign: str) -> bool:
    """Whether a character steers the terminal or the direction of writing instead of being seen."""
    return unicodedata.category(sign) in ("Cc", "Cf")


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:.3f}"
    text = one_line(str("" if cell is None else cell)).strip()
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _is_number(text: str) -> bool:
    return not text or text.replace(".", "", 1).replace("-", "", 1).isdigit()
