"""One list: searched, filtered, sorted, page by page; with what each filter would leave, and as a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph import query
from graph.directory.columns import Column, cells_of, columns
from graph.directory.names import folded, haystack, names, words
from graph.directory.values import Row, Value, table
from graph.errors import BadInput, NotFound
from ontology.schema import EntityType, Field, entity_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.store import Store

PAGE = 50
"""Rows on one page."""

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")


@dataclass(frozen=True)
class Order:
    """What is asked of a list.

    Attributes:
        text: words that must all occur in an entry's names.
        filters: field name → the key one of its values must have.
        matches: a Handlungsfeld also finds what is assigned to its matches in other rounds.
        sort: a column's key; with "-" before it, descending; "" for the list's own order.
        page: 1-based; None for all rows at once.
    """

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    matches: bool = False
    sort: str = ""
    page: int | None = 1


@dataclass(frozen=True)
class Option:
    """One choice of a filter: `count` of the rows that the other filters leave have it; `depth` in its list, from 0."""

    key: str
    label: str
    count: int
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """One filter: a field, what may be chosen, and what is chosen ("" for nothing)."""

    field: Field
    options: tuple[Option, ...]
    chosen: str

    @property
    def chosen_label(self) -> str:
        """The name of what is chosen."""
        return next((option.label for option in self.options if option.key == self.chosen), self.chosen)


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
    tests = _tests(store, entity, order)
    fitting = [row for row in rows if all(test(row) for test in tests.values())]
    return Listing(
        kind=entity,
        order=order,
        columns=shown,
        rows=tuple(_page(_sorted(fitting, order.sort), order.page)),
        found=len(fitting),
        total=len(rows),
        facets=tuple(_facets(entity, rows, tests, order, language)),
        without={name: _count(rows, tests, name) for name in tests},
    )


def filter_fields(entity: EntityType) -> tuple[Field, ...]:
    """The fields one can filter by: those with a list of choices, yes or no, rounds and Handlungsfelder."""
    return tuple(
        one for one in entity.fields
        if one.choices or (one.datatype or "").endswith("#boolean") or set(one.links_to) & {"round", "handlungsfeld"}
        if not one.path[-1].endswith(("Match", "coordinateSource"))
    )


def spreadsheet(store: Store, kind: str, order: Order, *, language: str = "de") -> str:
    """The whole list as CSV with every field of the shape: comma, quotes, and a mark that tells Excel it is UTF-8.

    A text that a spreadsheet program would take for a formula gets an apostrophe before it.
    """
    found = listing(store, kind, Order(order.text, order.filters, order.matches, order.sort, None), language=language)
    own = [one for one in found.kind.fields]
    extra = [column for column in found.columns if column.computed]
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    headings = {"de": "Kennung", "en": "Identifier"}
    writer.writerow([headings[language], *(one.label[language] for one in own), *(column.label for column in extra)])
    for row in found.rows:
        cells = [row.values(name) for name in (*(one.name for one in own), *(column.key for column in extra))]
        writer.writerow([row.ref.slug, *(_harmless(" ; ".join(value.text for value in values)) for values in cells)])
    return target.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _rows(store: Store, kind: str, language: str) -> tuple[Row, ...]:
    """All rows of a type with their computed columns; read once per data version."""
    def build() -> tuple[Row, ...]:
        extra = cells_of(store, kind, language)
        found = table(store, kind, language).values()
        return tuple(Row(row.ref, row.kind, {**row.cells, **extra.get(row.ref.iri, {})}) for row in found)

    return store.cached(("listing", kind, language), build)


def _check(entity: EntityType, order: Order, shown: Sequence[Column]) -> None:
    fields = {one.name for one in filter_fields(entity)}
    for name in order.filters:
        if name not in fields:
            raise BadInput("filter", name, tuple(sorted(fields)))
    keys = tuple(column.key for column in shown)
    if order.sort and order.sort.removeprefix("-") not in keys:
        raise BadInput("sort", order.sort, keys)


class _Test:
    """Whether a row fits one filter."""

    def __init__(self, name: str, keys: frozenset[str]) -> None:
        self.name = name
        self.keys = keys

    def __call__(self, row: Row) -> bool:
        return any(value.key in self.keys for value in row.values(self.name))


class _WordTest:
    """Whether all words occur in a row's names."""

    def __init__(self, text: str) -> None:
        self.words = words(text)

    def __call__(self, row: Row) -> bool:
        if not self.words:
            return True
        names_of = [row.ref.label, *(value.text for name in ("other_names", "short_name") for value in row.values(name))]
        found = haystack(" ".join(names_of))
        return all(word in found for word in self.words)


def _tests(store: Store, entity: EntityType, order: Order) -> dict[str, _Test | _WordTest]:
    tests: dict[str, _Test | _WordTest] = {}
    if order.text.strip():
        tests["text"] = _WordTest(order.text)
    for name, key in order.filters.items():
        one = entity.field(name)
        keys = {key, *_narrower(one, key)}
        if order.matches and "handlungsfeld" in one.links_to:
            keys |= matched_fields(store, key)
        tests[name] = _Test(name, frozenset(keys))
    return tests


def _narrower(one: Field, key: str) -> set[str]:
    """A broad concept finds what is assigned to its narrower ones."""
    direct = {choice.slug for choice in one.choices if key in getattr(choice, "broader", ())}
    return direct | {slug for found in direct for slug in _narrower(one, found)}


@dataclass(frozen=True)
class _Match:
    match: str


def matched_fields(store: Store, slug: str) -> set[str]:
    """The slugs of the Handlungsfelder of other rounds that one is matched with."""
    field_iri = query.Iri(f"{store.base_iri}handlungsfeld/{slug}")
    rows = query.rows(store, "directory-matches", _Match, field=field_iri)
    return {row.match.rsplit("/", 1)[1] for row in rows}


def _count(rows: Iterable[Row], tests: Mapping[str, _Test | _WordTest], without: str) -> int:
    others = [test for name, test in tests.items() if name != without]
    return sum(all(test(row) for test in others) for row in rows)


def _facets(
    entity: EntityType, rows: Sequence[Row], tests: Mapping[str, _Test | _WordTest], order: Order, language: str
) -> Iterable[Facet]:
    for one in filter_fields(entity):
        others = [test for name, test in tests.items() if name != one.name]
        left = [row for row in rows if all(test(row) for test in others)]
        counts = Counter(value.key for row in left for value in row.values(one.name))
        labels = {value.key: value.text for row in rows for value in row.values(one.name)}
        options = tuple(_options(one, counts, labels, language))
        if options:
            yield Facet(one, options, order.filters.get(one.name, ""))


def _options(one: Field, counts: Counter[str], labels: Mapping[str, str], language: str) -> Iterable[Option]:
    """The choices that occur, in the order of their list, narrower ones below their broader ones."""
    if not one.choices:
        for key in sorted(labels, key=lambda key: folded(labels[key])):
            yield Option(key, labels[key], counts[key])
        return
    below: dict[str, list[str]] = {}
    for choice in one.choices:
        for broader in choice.broader[:1] or ("",):
            below.setdefault(broader, []).append(choice.slug)
    called = {choice.slug: choice.label.get(language) or choice.label["de"] for choice in one.choices}

    def walk(parent: str, depth: int) -> Iterable[Option]:
        for slug in sorted(below.get(parent, ()), key=lambda slug: folded(called[slug])):
            if slug in labels or _narrower(one, slug) & labels.keys():
                count = counts[slug] + sum(counts[found] for found in _narrower(one, slug))
                yield Option(slug, called[slug], count, depth)
                yield from walk(slug, depth + 1)

    yield from walk("", 0)


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
    return (float(text), "") if _NUMBER.fullmatch(text) and "," not in text else (0.0, folded(text))


def _page(rows: list[Row], page: int | None) -> list[Row]:
    if page is None:
        return rows
    if page < 1 or (page > 1 and (page - 1) * PAGE >= len(rows)):
        raise NotFound("page", str(page))
    return rows[(page - 1) * PAGE : page * PAGE]


__all__ = ["PAGE", "Column", "Facet", "Listing", "Option", "Order", "Value", "filter_fields", "listing", "names", "spreadsheet"]
