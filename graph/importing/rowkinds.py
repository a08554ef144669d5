"""What a row of a grid is: headings, a section, a sum, a footer, or a row like others."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph.importing import legend
from graph.importing.headings import RUNNING, labelled, tight
from graph.importing.values import PERIOD, is_mark, looks_like_body, looks_typed

if TYPE_CHECKING:
    from graph.importing.grids import Cell, Sheet

_FOOTER: Final = re.compile(
    r"(?i)\s*(?:stand\b(?!ort)|quellen?\b|hinweise?\b|anmerkung(?:en)?\b|legende\b|abkürzung(?:en|sverzeichnis)?\b|"
    r"erläuterung(?:en)?\b|erstellt\b|ausgedruckt|druckdatum|seite \d|bearbeite[rt]|\*+\s*\)?\s*\w|\d\)\s|fußnote|"
    r"alle angaben|keine gewähr|datenquelle|letzte aktualisierung|fortsetzung)"
)
_SUM: Final = re.compile(
    r"(?i)\s*(?:zwischen|gesamt)?(?:summe|ergebnis)n?\b|\s*(?:insgesamt|gesamt|total|σ|∑|anzahl)\b"
)
_SECTION: Final = re.compile(
    r"(?i)\s*(?:(?:strategisches )?handlungsfeld\b|hf\s?\d|hf [a-z]\b|themenfeld|schwerpunkt|"
    r"(?:förder|programm|haushalts|projekt)?jahre?\b\W*\d{4}|(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?\s*:?$|"
    r"(?:bezirk|ortsteil|stadtteil|quartier|kiez|gebiet|teilraum|block)\b|"
    r"(?:teil|abschnitt|bereich|kategorie|gruppe|rubrik)\b|"
    r"(?:laufende|abgeschlossene|geplante|beendete|neue|aktuelle|bewilligte|weitere|sonstige)\b|"
    r"(?-i:[IVX]+\.\s|[A-H][.)]\s|\d{1,2}\.\s+[A-ZÄÖÜ]))"
)

_MOST_BLANK: Final = 100
"""Blank rows in a run that are looked at: a stray cell far below can make a million of them."""


@dataclass(frozen=True)
class Line:
    """One row of a band of columns.

    Attributes:
        index: its row in the sheet, counted from 0.
        cells: the cells of the band's columns.
        filled: those with text.
        spans: for each column, how many columns the merged cell over it covers, and which it begins at.
    """

    index: int
    cells: tuple[Cell, ...]
    filled: tuple[Cell, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Shape:
    """What the rows of a table are usually like.

    Attributes:
        headings: by column.
        typical: filled cells of its middle row.
        sectioned: its first row is a section.
        dated: the first cells of its rows are days or other values.
        labelled: all other titles between its rows say what they are: "Träger: AWO".
        parents: numbers that others go on from: "2." if there is a "2.1".
    """

    headings: list[str]
    typical: float
    sectioned: bool
    parents: frozenset[str] = frozenset()
    dated: bool = False
    labelled: bool = False


def lines(sheet: Sheet, columns: list[int]) -> list[Line]:
    """The rows of some columns of a sheet; of a long run of blank ones, which a stray cell can end, the first few."""
    across: dict[int, dict[int, tuple[int, int]]] = {}
    place = {column: at for at, column in enumerate(columns)}
    for span in sheet.merged:
        inside = [place[column] for column in range(span.left, span.right + 1) if column in place]
        for row in range(span.top, span.bottom + 1) if len(inside) > 1 else ():
            across.setdefault(row, {}).update(dict.fromkeys(inside, (len(inside), inside[0])))
    found: list[Line] = []
    blank = 0
    for index, whole in enumerate(sheet.rows):
        cells = tuple(whole[column] for column in columns)
        blank = 0 if any(cell.text for cell in cells) else blank + 1
        if blank > _MOST_BLANK:
            continue
        merged = across.get(index, {})
        spans = tuple(merged.get(at, (1, at)) for at in range(len(columns)))
        found.append(Line(index, cells, tuple(cell for cell in cells if cell.text), spans))
    return found


def starts_with_section(below: list[Line], repeated: list[set[str]]) -> bool:
    """Whether the first row under the headings is a single cell."""
    first = next(
        (line for line in below if line.filled and {tight(cell.text) for cell in line.filled} not in repeated), None
    )
    return first is not None and len(first.filled) == 1 and not looks_typed(first.filled[0])


def parents(below: list[Line]) -> frozenset[str]:
    """The numbers in the first column that other numbers there go on from."""
    return frozenset(
        found[1] for line in below if (found := re.match(r"([0-9A-Z]{1,3}(?:\.[0-9]+)?)\.[0-9]", line.cells[0].text))
    )


def has_labelled_sections(below: list[Line]) -> bool:
    """Whether at least two titles between rows say what they are, and most single cells do: others are rows, then."""
    singles = [labelled(line.filled[0].text) is not None for line in below if len(line.filled) == 1]
    return sum(singles) > 1 and 2 * sum(singles) > len(singles)


def begins_with_values(below: list[Line]) -> bool:
    """Whether rows begin with days or other values, so that a single text there is a title."""
    firsts = [line.cells[0] for line in below if len(line.filled) > 1 and line.cells[0].text]
    return len(firsts) > 1 and all(looks_typed(cell) for cell in firsts)


def names_section(text: str) -> bool:
    """Whether a text by its words is the title of a section: a Handlungsfeld, a year, a Bezirk."""
    return bool(_SECTION.match(text))


def is_footer_text(text: str) -> bool:
    """Whether a text by its words belongs below (or above) a table."""
    return bool(_FOOTER.match(text))


def is_footer(line: Line) -> bool:
    """Whether a row is a remark below the table."""
    first = line.filled[0] if line.filled else None
    if first is None or len(line.filled) > 2 or tight(first.text) == "stand":
        return False
    return is_footer_text(first.text) or (len(line.filled) == 1 and bool(legend.pairs(first.text)))


def is_sum(line: Line) -> bool:
    """Whether a row adds up or counts the others."""
    first, *rest = line.filled
    return bool(_SUM.match(first.text)) and all(looks_typed(cell) or cell.text.isdigit() for cell in rest)


def is_count(line: Line, below: list[Line]) -> bool:
    """Whether a row counts the marks of the rows above it: "Teilnehmende | 7 | 6 | 6"."""
    columns = [at for at, cell in enumerate(line.cells) if cell.text][1:]
    if len(columns) < 2 or not all(line.cells[at].text.isdigit() for at in columns):
        return False
    texts = [row.cells[at].text for row in below for at in columns if row is not line and row.cells[at].text]
    return sum(map(is_mark, texts)) >= 0.7 * len(texts) > 0


def title_cell(line: Line) -> Cell:
    """What a title says, in one cell: "Projekt: A | Träger: B | 2019–2021" is one of three lines."""
    if len(line.filled) == 1 or not is_labelled(line):
        return line.filled[-1]
    texts = [f"Laufzeit: {cell.text}" if PERIOD.fullmatch(cell.text) else cell.text for cell in line.filled]
    return replace(line.filled[-1], text="\n".join(texts), value=None)


def is_labelled(line: Line) -> bool:
    """Whether most cells of a row say what they are: "Projekt: A | Träger: B | 2019–2021"."""
    named = [labelled(cell.text) is not None for cell in line.filled]
    return bool(named) and named[0] and sum(named) * 2 >= len(named)


def is_section(  # noqa: PLR0911  # one return for each rule
    line: Line, shape: Shape, *, blank_above: bool
) -> bool:
    """Whether a row is the title of the rows below it."""
    if len(line.filled) > 1 and is_labelled(line):
        return True
    if len(line.filled) == 2 < shape.typical and line.cells[0].text.rstrip(".") in shape.parents:
        return True
    if len(line.filled) != 1:
        return False
    cell = line.filled[0]
    column = line.cells.index(cell)
    if column <= 1 and len(line.cells) > 1 and labelled(cell.text):
        return True
    if shape.labelled and column == 0 and line.spans[0][0] == 1 and not names_section(cell.text):
        return False
    is_wide = line.spans[column][0] >= max(2, len(line.cells) / 2)
    if is_wide or (shape.typical > 2 and column <= 1 and (names_section(cell.text) or cell.text.endswith(":"))):
        return True
    if column == 0 and shape.dated and not looks_typed(cell):
        return True
    if shape.typical <= 2 or column > 1 or looks_typed(cell) or looks_like_body(cell.text):
        return False
    numbered = tight(shape.headings[0]) in RUNNING
    if column == 1 and not numbered:
        return False
    return cell.bold or (numbered and column == 0) or shape.sectioned or blank_above
