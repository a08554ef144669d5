"""What no column of our tables says, as a table of its own: an entry's address, a property, a value, as RDF writes it.

So that tables that go out come back whole: foreign vocabularies, names in other languages, texts too long for a cell,
values that broke a rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.errors import BadCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME: Final = "further"
TITLE: Final = "Weitere Angaben"
"""What the table is called as a file and as a sheet."""

HEADINGS: Final = ("Eintrag", "Eigenschaft", "Wert")
LONGEST: Final = 30_000
"""Characters of a value in one cell; the rest follows in rows that say no entry and no property."""

_UNWRITABLE: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
"""What XML, and so a workbook, cannot hold; and what programs make something else of."""


def lines(triples: Iterable[ox.Triple]) -> list[list[str]]:
    """The table: headings, then statements in order."""
    found = [list(HEADINGS)]
    for subject, predicate, value in sorted((str(t.subject), str(t.predicate), _plain(str(t.object))) for t in triples):
        parts = [value[start : start + LONGEST] for start in range(0, len(value), LONGEST)]
        found.append([subject[1:-1], predicate[1:-1], parts[0]])
        found += [["", "", part] for part in parts[1:]]
    return found


def triples(file: str, grid: Iterable[list[str]]) -> Iterator[ox.Triple]:
    """The statements of such a table.

    Raises:
        BadCell: a row that is no statement.
    """
    for number, statement in _statements(grid):
        try:
            yield from (quad.triple for quad in ox.parse(statement, ox.RdfFormat.N_TRIPLES))
        except SyntaxError as error:
            where = f"{file}:{number}"
            raise BadCell("syntax", where, file=file, row=number, column=TITLE, value=error.msg) from error


def _statements(grid: Iterable[list[str]]) -> Iterator[tuple[int, str]]:
    """Each statement with the row it begins in."""
    begun: list[str] = []
    start = 0
    for number, row in enumerate(grid, start=1):
        cells = [*row, "", "", ""][:3]
        if number == 1 or not any(cells):
            continue
        if cells[0].strip():
            if begun:
                yield start, "".join([*begun, " ."])
            begun, start = [f"<{cells[0].strip()}> <{cells[1].strip()}> ", cells[2]], number
        else:
            begun.append(cells[2])
    if begun:
        yield start, "".join([*begun, " ."])


def _plain(term: str) -> str:
    """A term as RDF writes it, with what cells cannot hold spelt out."""
    return _UNWRITABLE.sub(lambda sign: f"\\u{ord(sign[0]):04X}", term)
