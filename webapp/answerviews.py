"""An answer in other forms than a table: bars, a matrix of two columns, a network of what stands side by side."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.answermap import is_placed
from graph.answerpicture import drawn
from webapp.results import Value, parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.store import Store
    from webapp.results import Shown

_NAMES = 3
"""Columns that say whose a bar is: "IHEK 2015" alone does not, if it has four fields."""
MOST = 60
"""Bars, rows of a matrix, nodes of a network: more cannot be read."""


@dataclass(frozen=True)
class Bar:
    """One bar: `share` is its length in steps of a hundred, 0 to 100."""

    names: tuple[Value, ...]
    value: Value
    share: int


@dataclass(frozen=True)
class Matrix:
    """What two values have with each other: `cells` by row, then column, each with a depth of colour from 0 to 5.

    Attributes:
        columns: across.
        rows: down, each with its cells: a number, or None where no row of the answer names both.
        counts: the column whose numbers stand in the cells (added up); "" if these say how many rows name both.
    """

    columns: tuple[Value, ...]
    rows: tuple[tuple[Value, tuple[tuple[float | None, int], ...]], ...]
    counts: str = ""


@dataclass(frozen=True)
class Node:
    """One thing in the drawing of a network."""

    value: Value
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Network:
    """A drawing: nodes, lines (x, y, x, y), the pairs behind them with how often they came; its size."""

    nodes: tuple[Node, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    pairs: tuple[tuple[Value, Value, int], ...]
    width: float
    height: float


def views(table: Shown, store: Store) -> tuple[str, ...]:
    """Which views the answer can be looked at in, the table first."""
    found = ["table"]
    if table.rows and _number_column(table) is not None and len(table.columns) > 1:
        found.append("chart")
    if table.rows and len(_name_columns(table)) > 1:
        found.append("matrix")
    if table.rows and len(_iri_columns(table)) > 1:
        found.append("network")
    if is_placed(store, (part for row in parts(table) for part in row)):
        found.append("map")
    return (*found, "raw")


def bars(table: Shown) -> list[Bar]:
    """The first column of numbers, as bars beside what tells the rows apart; in the order of the answer."""
    number = _number_column(table)
    if number is None:
        return []
    rows = table.rows[:MOST]
    most = max((abs(row[number].number) for row in rows), default=0.0) or 1.0
    told = _name_columns(table)[:_NAMES] or [0]
    return [
        Bar(
            tuple(row[place] for place in told if row[place].text),
            row[number],
            round(100 * max(row[number].number, 0.0) / most),
        )
        for row in rows
    ]


def matrix(table: Shown) -> Matrix:
    """The first two columns that are no numbers against each other; the rows and columns that have most come first.

    In the cells are the first column's numbers, if the answer has one, else how many rows name both.
    """
    first, second = _name_columns(table)[:2]
    number = _number_column(table)
    pairs, rows, columns = Counter[tuple[Value, Value]](), Counter[Value](), Counter[Value]()
    for line in table.rows:
        if line[first].text and line[second].text:
            value: Any = 1 if number is None else line[number].number
            pairs[line[first], line[second]] += value
            rows[line[first]] += value
            columns[line[second]] += value
    across = [column for column, _ in columns.most_common(MOST)]
    most = max([1e-9, *pairs.values()])
    lines = (
        (row, tuple(_cell(pairs.get((row, column)), most) for column in across)) for row, _ in rows.most_common(MOST)
    )
    return Matrix(tuple(across), tuple(lines), "" if number is None else table.columns[number])


def _cell(value: float | None, most: float) -> tuple[float | None, int]:
    """A number with its depth of colour; None has none."""
    return value, 0 if value is None else max(0, math.ceil(5 * value / most - 1e-9))


def links(table: Shown) -> list[tuple[Value, Value, int]]:
    """Pairs of things in one row, the first two columns of things, and how often; the most frequent first."""
    first, second = _iri_columns(table)[:2]
    pairs = Counter(
        (row[first], row[second])
        for row in table.rows
        if row[first].iri and row[second].iri and row[first] != row[second]
    )
    return [(one, other, times) for (one, other), times in pairs.most_common(4 * MOST)]


def network(table: Shown) -> Network:
    """The pairs of `links`, with places to draw them at; at most `MOST` things, those with the most pairs."""
    found = links(table)
    busiest = Counter(value for one, other, _ in found for value in (one, other)).most_common(MOST)
    shown = {value for value, _ in busiest}
    kept = [(one, other, times) for one, other, times in found if one in shown and other in shown]
    picture = drawn((one.iri, other.iri) for one, other, _ in kept)
    named = {value.iri: value for one, other, _ in kept for value in (one, other)}
    nodes = tuple(
        Node(named[iri], x, y, 4.0 + 2.0 * picture.degrees[iri] ** 0.5) for iri, (x, y) in picture.places.items()
    )
    lines = tuple((*picture.places[one.iri], *picture.places[other.iri]) for one, other, _ in kept)
    return Network(nodes, lines, tuple(kept), picture.width, picture.height)


PICTURES: dict[str, Callable[[Shown], object]] = {"chart": bars, "matrix": matrix, "network": network}
"""The views that are drawn from the table alone."""


def _number_column(table: Shown) -> int | None:
    """The first column of numbers; where all are numbers the last one: it counts what the first one names (years)."""
    numbers = [place for place, cell in enumerate(table.rows[0]) if cell.is_number] if table.rows else []
    if not numbers:
        return None
    return numbers[0] if _name_columns(table) else numbers[-1]


def _name_columns(table: Shown) -> list[int]:
    return [place for place in range(len(table.columns)) if not any(row[place].is_number for row in table.rows)]


def _iri_columns(table: Shown) -> list[int]:
    return [place for place in range(len(table.columns)) if any(row[place].iri for row in table.rows)]
