"""Fact sheets: tables turned on their side, labels in the first column and what they say beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from graph.importing import headrows
from graph.importing.grids import BLANK, Cell
from graph.importing.headings import familiar, key_headings, normal, parts, tight, understood
from graph.importing.rowkinds import is_footer_text
from graph.importing.synonyms import GENERIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.importing.rowkinds import Line

_FEWEST: Final = 3
_LONG: Final = 300
_SAID, _LIKELY = 0.8, 0.7
"""How sure one must be that a label names a record: of words that can name other things, and of those that cannot."""
_NAMES_OF_RECORDS: Final = frozenset({"project.name", "event.name", "network.name"})
_NAME: Final = "Bezeichnung"
"""The label of what stands above the labels and names the record."""
_NAMING: Final = GENERIC.union(*(key_headings(kind) for kind in ("project", "event", "actor", "network")))
"""Labels that name a record."""
_FORM: Final = re.compile(
    r"(?i)steckbrief|(?:projekt|daten|form|erfassungs)(?:blatt|bogen)|formular|übersicht|\bstand\b"
)
"""In titles that name the form, not what it is about."""
_NUMBER: Final = re.compile(r"^\s*(?:(?:Nr\.?\s*)?\d{1,3}(?:\.\d+)?\s*[.):–-]|[A-H][.)])\s+(?=\S)")


@dataclass(frozen=True)
class Records:
    """What fact sheets say.

    Attributes:
        labels: each once, in order.
        rows: line and cells of each record, as many cells as labels.
        title: what stands above.
        left_over: cells without a label.
    """

    labels: tuple[Cell, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    title: str
    left_over: tuple[Cell, ...]


def records(lines: list[Line]) -> Records | None:
    """The records of a sheet of labels and values; None if it is none.

    A sheet is one if at least three labels, and most of them, are known headings, and no row holds headings. A label
    that comes again begins the next record; several columns of values are several records; a value without a label
    goes on with the one above it; labels may stand in a second column, too. Where no label names a record, the title
    above its labels does.
    """
    lines = _laid_down(_without_margin(lines))
    pairs = [_pair(line.cells) for line in lines if line.filled]
    labels = [label for label, values in pairs if label.text and any(value.text for value in values)]
    known = _familiar(labels)
    if len({understood(label.text)[0][0].meaning for label in known if understood(label.text)}) < _FEWEST:
        return None
    columns = _label_columns(lines)
    heads = [
        line
        for line in lines
        if headrows.is_heading(line) and len(line.filled) > 2 and not _counts(line) and not _is_split(line, columns)
    ]
    if heads or (
        len(lines[0].cells) == 2 and headrows.is_heading(lines[_first(lines)]) and len(known) * 5 < len(labels) * 4
    ):
        return None
    blocks = _named(_blocks(lines, columns))
    order: dict[str, Cell] = {}
    for block in blocks:
        for label, _ in block.pairs:
            order.setdefault(tight(label.text), replace(label, text=label.text.rstrip(" :")))
    rows = [record for block in blocks for record in block.records(list(order))]
    loose = [cell for block in blocks for cell in block.loose]
    title, rest = (loose[:1], loose[1:]) if loose and pairs[0][0] == loose[0] else ([], loose)
    return Records(tuple(order.values()), tuple(rows), "".join(cell.text for cell in title), tuple(rest))


def _without_margin(lines: list[Line]) -> list[Line]:
    """Lines without a first column that only holds titles and remarks, which then stand above or below the labels."""
    margin = [line for line in lines if line.cells[0].text]
    if len(lines[0].cells) < _FEWEST or not margin or any(len(line.filled) > 1 for line in margin):
        return lines
    return [
        replace(
            line,
            cells=(line.cells[0] if line.cells[0].text else line.cells[1], *line.cells[2:]),
            spans=tuple((width, max(0, first - 1)) for width, first in line.spans[1:]),
        )
        for line in lines
    ]


def _laid_down(lines: list[Line]) -> list[Line]:
    """Lines of one column in which each label stands above what it says, with the label beside it; else as they are."""
    filled = [line for line in lines if line.filled]
    if any(len(line.filled) > 1 for line in filled) or len(filled) < 2 * _FEWEST:
        return lines
    labels = [line.filled[0].text.rstrip().endswith(":") for line in filled]
    known = [line for line, ends in zip(filled, labels, strict=True) if ends and familiar(line.filled[0].text) >= 0.8]
    if len(known) < _FEWEST or len(known) * 5 < sum(labels) * 3 or len(known) * 4 < len(filled):
        return lines
    found: list[Line] = []
    label = BLANK
    for line, is_label in zip(filled, labels, strict=True):
        cell = line.filled[0]
        if is_label:
            label = cell
        else:
            cells = (label, cell)
            found.append(
                replace(line, cells=cells, filled=tuple(one for one in cells if one.text), spans=((1, 0), (1, 1)))
            )
            label = BLANK
    return found


def _label_columns(lines: list[Line]) -> list[int]:
    """The columns that hold labels: the first, and others of which most cells are known headings with values beside."""
    width = len(lines[0].cells)
    found = [0]
    for column in range(2, width - 1):
        filled = [line for line in lines if line.cells[column].text and line.spans[column][0] < 2]
        labels = [line for line in filled if familiar(line.cells[column].text) >= 0.8]
        beside = [line for line in labels if line.cells[column + 1].text]
        if column - found[-1] > 1 and len(beside) > 1 and len(labels) >= 0.6 * len(filled):
            found.append(column)
    return found


def _is_split(line: Line, columns: Sequence[int]) -> bool:
    """Whether a row holds several labels, each beside its value, and no headings."""
    known = [at for at, cell in enumerate(line.cells) if cell.text and familiar(cell.text) >= 0.8]
    beside = [at for at in known if at not in columns and at - 1 not in known]
    return len(columns) > 1 and not beside


def _familiar(labels: list[Cell]) -> list[Cell]:
    """The known headings among labels if they are most (three of five), else none: long tables are given up early.

    Forms one below the other say the same labels again: hundreds of different ones are names.
    """
    if len(labels) > _LONG and 2 * len({label.text for label in labels}) > len(labels):
        return []
    known = []
    for at, label in enumerate(labels):
        if familiar(label.text) >= 0.8:
            known.append(label)
        elif (at + 1 - len(known)) * 5 > len(labels) * 2:
            return []
    return known


def _counts(line: Line) -> bool:
    """Whether a row only numbers the columns of values: " | Projekt 1 | Projekt 2"."""
    words = {re.sub(r"\W*(?:[0-9]+|[A-Z]|[IVX]+)\W*$", "", cell.text) for cell in line.filled}
    return len(words) == 1 and len({cell.text for cell in line.filled}) == len(line.filled) > 1


def _first(lines: list[Line]) -> int:
    return next(at for at, line in enumerate(lines) if line.filled)


def _pair(cells: Sequence[Cell]) -> tuple[Cell, tuple[Cell, ...]]:
    """The label of a line and what stands beside it; "Träger: AWO" in one cell is both."""
    first, *values = cells
    if not any(value.text for value in values) and ":" in first.text:
        label, _, value = first.text.partition(":")
        if normal(label) and value.strip() and familiar(label) >= 0.8:
            return replace(first, text=label), (replace(first, text=value.strip()),)
    return first, tuple(values)


@dataclass
class _Block:
    """The lines of one fact sheet (with one or more columns of values).

    Attributes:
        number: the line it begins in.
        titles: what stands above its labels and beside no value.
        pairs: its labels with the values beside and below each.
        loose: cells without a label.
        latest: for each column of labels, the label the next value goes on with.
    """

    number: int
    titles: list[Cell] = field(default_factory=list)
    pairs: list[tuple[Cell, list[list[Cell]]]] = field(default_factory=list)
    loose: list[Cell] = field(default_factory=list)
    latest: dict[int, int] = field(default_factory=dict)

    def add(self, part: int, label: Cell, values: Iterable[Cell]) -> None:
        """Take in a label with its values; one that stands in the line above as well goes on."""
        if part in self.latest and tight(self.pairs[self.latest[part]][0].text) == tight(label.text):
            self.pairs[self.latest[part]][1].append(list(values))
            return
        self.latest[part] = len(self.pairs)
        self.pairs.append((label, [list(values)]))

    def begins_anew(self, label: Cell) -> bool:
        """Whether a label is that of the next fact sheet: it has been there, but not just above."""
        names = [tight(known.text) for known, _ in self.pairs]
        own = tight(label.text)
        return own in names and (own == names[0] or names[self.latest.get(0, 0)] != own)

    def records(self, order: list[str]) -> list[tuple[int, tuple[Cell, ...]]]:
        """One record per column of values, if the first label has several; else one of all of them."""
        naming = [pair for pair in self.pairs if tight(pair[0].text) in _NAMING] or self.pairs
        several = max((sum(bool(cell.text) for cell in values[0]) for _, values in naming[:1]), default=0)
        width = max((len(values[0]) for _, values in self.pairs), default=0)
        columns = [[at] for at in range(width)] if several > 1 else [list(range(width))]
        found = []
        for chosen in columns:
            by_label: dict[str, list[Cell]] = {}
            for label, values in self.pairs:
                cells = [row[at] for row in values for at in chosen if at < len(row)]
                by_label.setdefault(tight(label.text), []).extend(cells)
            joined = tuple(_joined(by_label.get(label, [])) for label in order)
            if any(cell.text for cell in joined):
                found.append((self.number, joined))
        return found


def _blocks(lines: list[Line], columns: Sequence[int]) -> list[_Block]:
    blocks: list[_Block] = []
    pending: list[Cell] = []
    is_blank_above = False
    for line in lines:
        if not line.filled:
            is_blank_above = True
            continue
        for part, (label, values) in enumerate(_parts(line, columns)):
            has_value = any(value.text for value in values)
            if not blocks and len(line.filled) == 1 and is_footer_text(line.filled[0].text):
                pending.append(line.filled[0])
                continue
            if label.text and not has_value and (is_blank_above or not blocks) and not part:
                pending.append(label)
                continue
            if not blocks or (label.text and has_value and not part and _begins(blocks[-1], label, pending)):
                blocks.append(_Block(line.index + 1, titles=pending))
                pending = []
            _take(blocks[-1], part, label, values)
        is_blank_above = bool(pending)
    if blocks:
        blocks[-1].loose += pending
    return blocks


def _parts(line: Line, columns: Sequence[int]) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """The labels of a row with what stands beside each."""
    for start, end in zip(columns, [*columns[1:], len(line.cells)], strict=True):
        yield _pair(line.cells[start:end])


def _begins(block: _Block, label: Cell, pending: Sequence[Cell]) -> bool:
    """Whether a label begins the next fact sheet: it comes again, or stands under a title as the first one did."""
    return block.begins_anew(label) or bool(pending and block.titles and block.pairs)


def _take(block: _Block, part: int, label: Cell, values: Sequence[Cell]) -> None:
    has_value = any(value.text for value in values)
    if label.text and has_value:
        block.add(part, label, values)
    elif has_value and part in block.latest:
        block.pairs[block.latest[part]][1].append(list(values))
    elif has_value:
        block.loose += [value for value in values if value.text]
    elif label.text and (familiar(label.text) < 0.8 or not block.pairs):
        block.loose.append(label)


def _named(blocks: list[_Block]) -> list[_Block]:
    """Fact sheets of which each has a name: if no label gives one, the title above it does."""
    titled = [block for block in blocks if block.pairs]
    names = [_NUMBER.sub("", block.titles[-1].text) if block.titles else "" for block in titled]
    is_named = any(_names_record(label.text) for block in blocks for label, _ in block.pairs)
    if is_named or not all(names) or any(map(_FORM.search, names)):
        for block in blocks:
            block.loose = [*block.titles, *block.loose]
        return blocks
    for block, name in zip(titled, names, strict=True):
        *above, title = block.titles
        block.loose = [*above, *block.loose]
        block.pairs.insert(0, (replace(title, text=_NAME), [[replace(title, text=name)]]))
    return blocks


def _names_record(label: str) -> bool:
    """Whether a label says that the name of the record stands beside it: "Titel", "Project name", "Aktion/Projekt"."""
    found = [one for piece in (label, *parts(label)) for one in understood(piece)]
    if any(known in _NAMING and sure > _SAID and sense.meaning.endswith(".name") for sense, sure, known in found):
        return True
    best = max(found, key=lambda one: one[1], default=None)
    return best is not None and best[0].meaning in _NAMES_OF_RECORDS and best[1] > _LIKELY


def _joined(cells: list[Cell]) -> Cell:
    filled = [cell for cell in cells if cell.text]
    if not filled:
        return BLANK
    if len(filled) == 1:
        return filled[0]
    notes = "\n".join(cell.note for cell in filled if cell.note)
    return Cell("\n".join(cell.text for cell in filled), filled[0].ref, note=notes)
