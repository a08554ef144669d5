"""One list: searched, filtered, sorted, page by page; with what each filter would leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.directory.columns import Column, cells_of, columns
from graph.directory.filters import Facet, Order, count_without, facets_of, filter_fields, tests_of
from graph.directory.names import alphabetical
from graph.directory.values import Row, Value, table
from graph.errors import BadInput, NotFound
from ontology.schema import EntityType, entity_types

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.store import Store

PAGE = 50
"""Rows on one page."""

_NONE: Mapping[str, tuple[Value, ...]] = {}
_Made = tuple[Row, "Mapping[str, tuple[Value, ...]]", Row]
"""A row, the cells computed for it, and both together."""

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")


@dataclass(frozen=True)
class Listing:
    """A list as it was asked for.

    Attributes:
        kind: whose list. order: what was asked.
        columns: what is shown. rows: those of the page; `found` of `total` entries fit.
        facets: the filters of this type. without: filter name ("text" for the words) → how many would fit without it.
    """

    kind: EntityType
    order: Order
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    found: int
    total: int
    facets: tuple[Facet, ...]
    without: Mapping[str, int]

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.found // PAGE))


def listing(store: Store, kind: str, order: Order | None = None, *, language: str = "de") -> Listing:
    """The list of an entry type.

    Raises:
        NotFound: no such type, or no such page.
        BadInput: a filter or a sort key that this list does not have.
    """
    if kind not in entity_types():
        raise NotFound("list", kind)
    order = order or Order()
    entity = entity_types()[kind]
    shown = columns(entity, language)
    _check(entity, order, shown)
    rows = _rows(store, kind, language)
    tests = tests_of(store, entity, order)
    fitting = [row for row in rows if all(test(row) for test in tests.values())]

    def facets() -> tuple[Facet, ...]:
        return tuple(facets_of(entity, rows, tests, order, language))

    return Listing(
        kind=entity,
        order=order,
        columns=shown,
        rows=tuple(_page(_sorted(fitting, order.sort), order.page)),
        found=len(fitting),
        total=len(rows),
        # Of the whole list, which is what most people look at, they are kept.
        facets=facets() if tests else store.cached(("facets", kind, language), facets),
        without={name: count_without(rows, tests, name) for name in tests},
    )


def _rows(store: Store, kind: str, language: str) -> tuple[Row, ...]:
    """All rows of a type with their computed columns; made once per data version."""

    def build(old: Mapping[str, _Made] | None = None) -> Mapping[str, _Made]:
        extra, known = cells_of(store, kind, language), old or {}
        return {
            slug: _made(row, extra.get(row.ref.iri) or _NONE, known.get(slug))
            for slug, row in table(store, kind, language).items()
        }

    made = store.followed(("listing", kind, language), build, lambda old, _: build(old))
    return tuple(row for _, _, row in made.values())


def _made(row: Row, extra: Mapping[str, tuple[Value, ...]], known: _Made | None) -> _Made:
    """A row with its computed cells: the one known, if it was made of the same."""
    if known and known[0] is row and known[1] == extra:
        return known
    return row, extra, Row(row.ref, row.kind, {**row.cells, **extra}) if extra else row


def _check(entity: EntityType, order: Order, shown: Sequence[Column]) -> None:
    fields = {one.name for one in filter_fields(entity)}
    for name in order.filters:
        if name not in fields:
            raise BadInput("filter", name, tuple(sorted(fields)))
    keys = tuple(column.key for column in shown)
    if order.sort and order.sort.removeprefix("-") not in keys:
        raise BadInput("sort", order.sort, keys)


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    """By a column, empty cells last in either direction; without one in the table's own order."""
    if not sort:
        return rows
    key, descending = sort.removeprefix("-"), sort.startswith("-")
    filled = [row for row in rows if key == "name" or row.values(key)]
    empty = [row for row in rows if key != "name" and not row.values(key)]
    return sorted(filled, key=lambda row: _sort_key(row, key), reverse=descending) + empty


def _sort_key(row: Row, key: str) -> tuple[float, str]:
    text = row.text(key) if key != "name" else row.ref.label
    return (float(text), "") if _NUMBER.fullmatch(text) and "," not in text else (0.0, alphabetical(text))


def _page(rows: list[Row], page: int | None) -> list[Row]:
    if page is None:
        return rows
    if page < 1 or (page > 1 and (page - 1) * PAGE >= len(rows)):
        raise NotFound("page", str(page))
    return rows[(page - 1) * PAGE : page * PAGE]
