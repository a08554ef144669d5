"""What a list can be filtered by, which rows a filter leaves, and what it offers to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph import query
from graph.directory.names import alphabetical, haystack, words
from graph.directory.values import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.store import Store
    from ontology.schema import EntityType, Field

Test = Callable[[Row], bool]
"""Whether a row fits one filter."""


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


def filter_fields(entity: EntityType) -> tuple[Field, ...]:
    """The fields one can filter by: those with a list of choices, yes or no, rounds and Handlungsfelder."""
    return tuple(
        one
        for one in entity.fields
        if one.choices or (one.datatype or "").endswith("#boolean") or set(one.links_to) & {"round", "handlungsfeld"}
        if not one.path[-1].endswith(("Match", "coordinateSource", "ongoing"))
    )


class _KeyTest:
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
        names_of = [
            row.ref.label,
            *(value.text for name in ("other_names", "short_name") for value in row.values(name)),
        ]
        found = haystack(" ".join(names_of))
        return all(word in found for word in self.words)


def tests_of(store: Store, entity: EntityType, order: Order) -> dict[str, Test]:
    """The tests a row must pass, by filter name; "text" for the words."""
    tests: dict[str, Test] = {}
    if order.text.strip():
        tests["text"] = _WordTest(order.text)
    for name, key in order.filters.items():
        one = entity.field(name)
        keys = {key, *_narrower(one, key)}
        if order.matches and "handlungsfeld" in one.links_to:
            keys |= matched_fields(store, key)
        tests[name] = _KeyTest(name, frozenset(keys))
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


def count_without(rows: Iterable[Row], tests: Mapping[str, Test], without: str) -> int:
    """How many rows would fit if that filter were lifted."""
    others = [test for name, test in tests.items() if name != without]
    return sum(all(test(row) for test in others) for row in rows)


def facets_of(
    entity: EntityType, rows: Sequence[Row], tests: Mapping[str, Test], order: Order, language: str
) -> Iterable[Facet]:
    """The filters of a list, each with its options and how many rows the other filters leave for them."""
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
        for key in sorted(labels, key=lambda key: alphabetical(labels[key])):
            yield Option(key, labels[key], counts[key])
        return
    below: dict[str, list[str]] = {}
    for choice in one.choices:
        for broader in choice.broader[:1] or ("",):
            below.setdefault(broader, []).append(choice.slug)
    called = {choice.slug: choice.label.get(language) or choice.label["de"] for choice in one.choices}

    def walk(parent: str, depth: int) -> Iterable[Option]:
        for slug in sorted(below.get(parent, ()), key=lambda slug: alphabetical(called[slug])):
            if slug in labels or _narrower(one, slug) & labels.keys():
                count = counts[slug] + sum(counts[found] for found in _narrower(one, slug))
                yield Option(slug, called[slug], count, depth)
                yield from walk(slug, depth + 1)

    yield from walk("", 0)
