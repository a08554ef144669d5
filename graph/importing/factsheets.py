"""Fact sheets: tables turned on their side, labels in the first column and what they say beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph.importing import headrows
from graph.importing.grids import BLANK, Cell
from graph.importing.headings import familiar, normal, tight, understood

if TYPE_CHECKING:
    from graph.importing.rowkinds import Line

_FEWEST: Final = 3


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
    goes on with the one above it.
    """
    pairs = [_pair(line) for line in lines if line.filled]
    labels = [label for label, values in pairs if label.text and any(value.text for value in values)]
    known = _familiar(labels)
    if len({understood(label.text)[0][0].meaning for label in known if understood(label.text)}) < _FEWEST:
        return None
    heads = [line for line in lines if headrows.is_heading(line) and len(line.filled) > 2 and not _counts(line)]
    if heads or (
        len(lines[0].cells) == 2 and headrows.is_heading(lines[_first(lines)]) and len(known) * 5 < len(labels) * 4
    ):
        return None
    blocks = _blocks(lines)
    order: dict[str, Cell] = {}
    for block in blocks:
        for label, _ in block.pairs:
            order.setdefault(tight(label.text), replace(label, text=label.text.rstrip(" :")))
    rows = [record for block in blocks for record in block.records(list(order))]
    loose = [cell for block in blocks for cell in block.loose]
    title, rest = (loose[:1], loose[1:]) if loose and pairs[0][0] == loose[0] else ([], loose)
    return Records(tuple(order.values()), tuple(rows), "".join(cell.text for cell in title), tuple(rest))


def _familiar(labels: list[Cell]) -> list[Cell]:
    """The known headings among labels if they are most (three of five), else none: long tables are given up early."""
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


def _pair(line: Line) -> tuple[Cell, tuple[Cell, ...]]:
    """The label of a line and what stands beside it; "Träger: AWO" in one cell is both."""
    first, *values = line.cells
    if not any(value.text for value in values) and ":" in first.text:
        label, _, value = first.text.partition(":")
        if normal(label) and value.strip() and familiar(label) >= 0.8:
            return replace(first, text=label), (replace(first, text=value.strip()),)
    return first, tuple(values)


class _Block:
    """The lines of one fact sheet (with one or more columns of values)."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.pairs: list[tuple[Cell, list[list[Cell]]]] = []
        self.loose: list[Cell] = []

    def records(self, order: list[str]) -> list[tuple[int, tuple[Cell, ...]]]:
        """One record per column of values, if the first label has several; else one of all of them."""
        several = max((sum(bool(cell.text) for cell in values[0]) for _, values in self.pairs[:1]), default=0)
        width = max((len(values[0]) for _, values in self.pairs), default=0)
        columns = [[at] for at in range(width)] if several > 1 else [list(range(width))]
        found = []
        for chosen in columns:
            by_label = {
                tight(label.text): _joined([row[at] for row in values for at in chosen if at < len(row)])
                for label, values in self.pairs
            }
            cells = tuple(by_label.get(label, BLANK) for label in order)
            if any(cell.text for cell in cells):
                found.append((self.number, cells))
        return found


def _blocks(lines: list[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    for line in lines:
        if not line.filled:
            continue
        label, values = _pair(line)
        has_value = any(value.text for value in values)
        if not blocks:
            blocks.append(_Block(line.index + 1))
        block = blocks[-1]
        if label.text and has_value:
            if tight(label.text) in {tight(known.text) for known, _ in block.pairs}:
                block = _Block(line.index + 1)
                blocks.append(block)
            block.pairs.append((label, [list(values)]))
        elif has_value and block.pairs:
            block.pairs[-1][1].append(list(values))
        elif has_value:
            block.loose += [value for value in values if value.text]
        elif label.text and (familiar(label.text) < 0.8 or not block.pairs):
            block.loose.append(label)
    return blocks


def _joined(cells: list[Cell]) -> Cell:
    filled = [cell for cell in cells if cell.text]
    if not filled:
        return BLANK
    if len(filled) == 1:
        return filled[0]
    notes = "\n".join(cell.note for cell in filled if cell.note)
    return Cell("\n".join(cell.text for cell in filled), filled[0].ref, note=notes)
