"""Rows of headings: where a table's are, in one row or two, and where those of the next begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.importing.blanks import is_unknown
from graph.importing.headings import Sense, familiar, key_headings, parts, tight, understood
from graph.importing.passages import role_in
from graph.importing.rowkinds import is_footer, is_footer_text, names_section
from graph.importing.values import YEAR, is_mark, looks_like_body, looks_typed

if TYPE_CHECKING:
    from graph.importing.grids import Cell
    from graph.importing.rowkinds import Line

_LEVELS: Final = 2
_NAMED: Final = frozenset(word for kind in ("actor", "project", "network", "event") for word in key_headings(kind))
"""Words for what the rows or columns of a table across can be."""
_SURE: Final = 0.92
_KNOWN: Final = 0.8
_DEEPEST: Final = 60
"""Rows above which headings of unknown words are looked for."""


def is_heading(line: Line) -> bool:
    """Whether a row by itself reads like headings: at least two, and half of it, are known ones."""
    words = [cell for cell in line.filled if not YEAR.fullmatch(cell.text)]
    if len(words) < 2 or any(looks_typed(cell) for cell in words):
        return False
    known = sum(familiar(cell.text) >= 0.8 for cell in words)
    return known >= max(2, len(words) / 2)


def find_heading(rest: list[Line]) -> tuple[int, int] | None:
    """Where the first headings are and how many rows they take; None if there are none."""
    best = next((at for at, line in enumerate(rest) if is_heading(line)), None)
    start = rest[: min(_DEEPEST, _DEEPEST if best is None else best)]
    first = next((at for at, line in enumerate(start) if len(line.filled) > 1), None)
    plain = next(
        (at for at, line in enumerate(start) if _is_plain_heading(line, rest[at + 1 : at + 40], is_first=at == first)),
        None,
    )
    if plain is not None and (
        best is None or (plain < best and not _is_group(rest[plain], rest[best]) and best - plain > 1)
    ):
        best = plain
    if plain is not None and _over_marks(rest[plain], rest[plain + 1 : plain + 40]) > 1:
        best = plain if best is None or _over_marks(rest[best], rest[best + 1 : best + 40]) < 2 else best
    if plain is not None and best == plain and _heads_marks(rest, plain):
        return plain, _LEVELS
    corner = next((at for at, line in enumerate(rest[:best]) if is_corner(line)), None)
    if corner is not None:
        return corner, 1
    if best is None:
        return None
    if best + 1 < len(rest) and (_is_lower(rest[best], rest[best + 1]) or _is_fuller(rest[best], rest[best + 1])):
        return best, _LEVELS
    if best > 0 and _is_group(rest[best - 1], rest[best]):
        return best - 1, _LEVELS
    return best, 1


def _heads_marks(rest: list[Line], upper: int) -> bool:
    """Whether the row below groups of headings holds the headings themselves: crosses stand below each of them."""
    if upper + 1 >= len(rest) or not _is_group(rest[upper], rest[upper + 1]):
        return False
    lower, below = rest[upper + 1], rest[upper + 2 : upper + 40]
    return len(lower.filled) > len(rest[upper].filled) and _over_marks(lower, below) >= len(lower.filled) / 2


def is_corner(line: Line) -> bool:
    """Whether a row heads a table across: its first cell names what is below and what beside ("Akteur / Projekt")."""
    if len(line.filled) < 3 or line.filled[0] is not line.cells[0] or any(looks_typed(cell) for cell in line.filled):
        return False
    pieces = parts(line.cells[0].text.replace("\\", "/").replace("×", "/"))
    return len(pieces) == 2 and all(tight(piece) in _NAMED for piece in pieces)


def _is_plain_heading(  # noqa: PLR0911  # one return for each rule
    line: Line, below: list[Line], *, is_first: bool
) -> bool:
    """Whether a row of unknown words is a heading all the same: short texts over values that are none.

    Of the first row, it is enough that one of its texts is surely a heading.
    """
    texts = [cell.text for cell in line.filled]
    if len(set(texts)) == len(texts) and _over_marks(line, below) >= 2:
        return True
    if (
        len(texts) < 2
        or len(set(texts)) < len(texts)
        or any(looks_typed(cell) or len(cell.text) > 60 for cell in line.filled)
    ):
        return False
    if (
        any(is_mark(text) for text in texts)
        or is_footer(line)
        or sum(looks_like_body(text) for text in texts) * 2 > len(texts) + 1
    ):
        return False
    if len(texts) == 2 and len(line.cells) == 2 and familiar(texts[0]) > 0.9:
        return True
    if all(cell.bold for cell in line.filled) and not all(cell.bold for row in below[:3] for cell in row.filled):
        return True
    if is_first and len(texts) > 2 and any(familiar(text) > _SURE for text in texts) and not looks_like_body(texts[0]):
        return True
    typed = 0
    for column, cell in enumerate(line.cells):
        under = [row.cells[column] for row in below if row.cells[column].text]
        typed += bool(cell.text and under and sum(looks_typed(value) for value in under) >= 0.7 * len(under))
    return typed >= 1 and familiar(texts[0]) + typed >= 1


def _over_marks(line: Line, below: list[Line]) -> int:
    """How many columns hold nothing but marks, or words for roles, under a heading that is neither."""
    count = 0
    for column, cell in enumerate(line.cells):
        under = [row.cells[column].text for row in below if not is_unknown(row.cells[column].text)]
        if not cell.text or not under or is_mark(cell.text) or role_in(cell.text):
            continue
        marks = sum(is_mark(text) or role_in(text) is not None for text in under)
        ticks = sum(is_mark(text) or (len(text) <= 2 and not text.isdigit()) for text in under)
        count += marks == len(under) or (marks * 2 >= len(under) and ticks >= 0.8 * len(under))
    return count


def _is_group(upper: Line, lower: Line) -> bool:
    """Whether a row is the upper one of two rows of headings."""
    if (
        upper.index + 1 != lower.index
        or not upper.filled
        or any(looks_typed(cell) or is_footer_text(cell.text) for cell in upper.filled)
    ):
        return False
    widths = {
        width
        for (width, first), cell in zip(upper.spans, upper.cells, strict=True)
        if cell.text and upper.spans[first][1] == first
    }
    if len(upper.filled) == 1:
        return 1 < max(widths) < len(upper.cells) - 1 and not names_section(upper.filled[0].text)
    return len(upper.filled) < len(lower.filled) and all(len(cell.text) <= 60 for cell in upper.filled)


def _is_lower(upper: Line, lower: Line) -> bool:
    """Whether a row is the lower one of two rows of headings: it splits up what stands above and holds no values."""
    if not lower.filled or lower.index != upper.index + 1 or any(looks_typed(cell) for cell in lower.filled):
        return False
    splits = False
    for column, (above, own) in enumerate(zip(upper.cells, lower.cells, strict=True)):
        width = _width(upper, lower, column)
        if above.text and own.text and above.text != own.text and width < 2:
            return False
        splits |= bool(own.text) and own.text != above.text and (width > 1 or not above.text)
    if splits and is_heading(lower):
        return True
    fresh = [at for at, cell in enumerate(lower.cells) if cell.text and cell.text != upper.cells[at].text]
    if not splits or any(len(lower.cells[at].text) > 60 for at in fresh):
        return False
    if all(upper.spans[at][0] > 1 for at in fresh) and len(fresh) < len(upper.filled) + sum(
        not cell.text for cell in upper.cells
    ):
        return any(cell.text and upper.spans[at][0] == 1 for at, cell in enumerate(upper.cells))
    return sum(familiar(lower.cells[at].text) >= 0.7 or len(lower.cells[at].text) <= 3 for at in fresh) * 2 >= len(
        fresh
    )


def _is_fuller(upper: Line, lower: Line) -> bool:
    """Whether the row right below a row of headings holds more of them, and nothing else: the upper one groups them."""
    return (
        lower.index == upper.index + 1
        and len(lower.filled) > len(upper.filled)
        and not any(looks_typed(cell) for cell in lower.filled)
        and sum(familiar(cell.text) >= _KNOWN for cell in lower.filled) * 4 >= len(lower.filled) * 3
    )


def _width(upper: Line, lower: Line, column: int) -> int:
    """Over how many columns an upper heading reaches: as merged, or as far as it is blank over filled cells."""
    if upper.spans[column][0] > 1:
        return upper.spans[column][0]
    reach = 1
    for at in range(column + 1, len(upper.cells)):
        if upper.cells[at].text or not lower.cells[at].text:
            break
        reach += 1
    return reach


def groups(top: list[Line]) -> list[str]:
    """The upper heading of each column, "" where there is none."""
    if len(top) < _LEVELS:
        return [""] * len(top[0].cells)
    upper, lower = top[0], top[-1]
    is_merged = any(width > 1 for width, _ in upper.spans)
    found: list[str] = []
    for column, cell in enumerate(upper.cells):
        width, first = upper.spans[column]
        goes_on = not is_merged and found and lower.cells[column].text and lower.cells[column - 1].text
        before = found[-1] if goes_on else ""
        found.append(cell.text or (upper.cells[first].text if width > 1 else before))
    return found


def spread(line: Line, column: int) -> Cell:
    """The heading merged over a column from the left, or the blank cell."""
    return line.cells[line.spans[column][1]]


def find_end(rest: list[Line], start: int) -> int:
    """Where the table that begins at `start` ends: at the title of the next, or at the end."""
    for at in range(start + 1, len(rest)):
        line = rest[at]
        if not _begins_anew(rest, at, start):
            continue
        first = at - 1 if _is_group(rest[at - 1], line) and at - 1 > start else at
        while first - 1 > start and len(rest[first - 1].filled) <= 1 and not is_footer(rest[first - 1]):
            first -= 1
        return first
    return len(rest)


def _begins_anew(rest: list[Line], at: int, start: int) -> bool:
    """Whether a row below a table holds the headings of another."""
    line = rest[at]
    if not is_heading(line) or {tight(cell.text) for cell in line.filled} <= _texts(rest[:start]):
        return False  # of nearly all rows, and soon said
    if is_corner(rest[start - 1]) and all(role_in(cell.text) for cell in line.filled[1:]):
        return False
    if _tells_parts(line, rest[start - 1]):
        return False
    sure = [familiar(cell.text) >= 0.85 for cell in line.filled]
    apart = len(rest[at - 1].filled) <= 1
    below = next((row for row in rest[at + 1 :] if row.filled), None)
    return sum(sure) >= 0.75 * len(sure) and (apart or sum(sure) >= 4) and below is not None


def _tells_parts(line: Line, head: Line) -> bool:
    """Whether the words in a row are the parts bodies play in what the headings above name."""
    under = [
        cell.text
        for cell, heading in zip(line.cells[1:], head.cells[1:], strict=True)
        if cell.text and heading.text and familiar(heading.text) < 0.85
    ]
    return len(under) > 1 and all(role_in(text) for text in under)


def is_translated(line: Line, headings: list[str]) -> bool:
    """Whether the row below headings says the same in other words: "Vorhaben | Begünstigter" and "Operation | …"."""
    both = [(cell.text, text) for cell, text in zip(line.cells, headings, strict=True) if cell.text and text]
    if len(both) < len(line.filled) or any(looks_typed(cell) for cell in line.filled):
        return False
    same = [
        tight(text) != tight(heading) and text.replace(" ", "").isalpha() and bool(_said(text) & _said(heading))
        for text, heading in both
    ]
    return sum(same) >= max(_FEWEST, _ALIKE * len(both))


_FEWEST: Final = 3
_ALIKE: Final = 0.6
_SAID: Final = 0.9
"""How sure one is of headings, and not of what is only like one: "Verein A" may be a body."""


def _said(text: str) -> set[Sense]:
    return {sense for sense, sure, _ in understood(text) if sure > _SAID}


def _texts(rows: list[Line]) -> set[str]:
    return {tight(cell.text) for row in rows for cell in row.filled}
