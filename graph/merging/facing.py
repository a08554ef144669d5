"""Two entries side by side: what both say, what only one says, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.directory.names import alphabetical, names
from graph.directory.values import Value, table
from graph.errors import NotFound
from graph.matching.stored import stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.directory.names import Ref
    from graph.directory.values import Row
    from graph.matching.stored import Stored
    from graph.store import Store

_LEFT_OUT: Final = frozenset({"name", "source", "coordinate_source"})
_WORDS: Final = {
    "activities": {"de": "Macht mit bei", "en": "Takes part in"},
    "people": {"de": "Hat zu tun mit", "en": "Has to do with"},
    "here": {"de": "Dort ist", "en": "There is"},
    "source": {"de": "Quellen", "en": "Sources"},
}


@dataclass(frozen=True)
class Line:
    """One line of the comparison.

    Attributes:
        name: of the field; "activities", "people", "here", "source" for what comes from elsewhere.
        label: its heading.
        sides: the values of the one and of the other; () where it says nothing.
        differs: whether only one can be true: a field that holds one value, and both say another.
        is_shared: whether both say the same.
    """

    name: str
    label: str
    sides: tuple[tuple[Value, ...], tuple[Value, ...]]
    differs: bool
    is_shared: bool


@dataclass(frozen=True)
class Facing:
    """Two entries side by side: who they are, and line by line what is said of them."""

    refs: tuple[Ref, Ref]
    lines: tuple[Line, ...]


def facing(store: Store, kind: str, one: str, other: str, *, language: str = "de") -> Facing:
    """Two entries of one type side by side.

    Raises:
        NotFound: one of them does not exist.
    """
    rows = table(store, kind, language)
    for slug in (one, other):
        if slug not in rows:
            raise NotFound(kind, slug)
    both = (rows[one], rows[other])
    return Facing((both[0].ref, both[1].ref), tuple(_lines(store, both, language)))


def _lines(store: Store, both: tuple[Row, Row], language: str) -> Iterator[Line]:
    entries = store.cached("matching-stored", lambda: stored(store))
    here = _by_place(store, entries)
    called = names(store, language)
    for field in both[0].kind.fields:
        if field.name not in _LEFT_OUT:
            sides = [row.values(field.name) for row in both]
            yield from _line(field.name, field.label[language], sides, is_single=not field.many)
    links = [entries[row.ref.iri].links if row.ref.iri in entries else {} for row in both]

    def linked(iris: Iterable[str]) -> tuple[Value, ...]:
        refs = [ref for iri in iris if (ref := called.ref(iri))]
        refs.sort(key=lambda ref: alphabetical(ref.label))
        return tuple(Value(ref.label, ref.slug, ref) for ref in refs)

    for name, groups in (("activities", ("project", "event")), ("people", ("body",))):
        sides = [linked(iri for iri in side if entries[iri].group in groups) for side in links]
        yield from _line(name, _WORDS[name][language], sides)
    yield from _line("here", _WORDS["here"][language], [linked(here.get(row.ref.iri, ())) for row in both])
    yield from _line("source", _WORDS["source"][language], [row.values("source") for row in both])


def _line(name: str, label: str, sides: list[tuple[Value, ...]], *, is_single: bool = False) -> Iterator[Line]:
    keys = [{value.key for value in side} for side in sides]
    if any(sides):
        yield Line(
            name, label, (sides[0], sides[1]), is_single and all(sides) and keys[0] != keys[1], keys[0] == keys[1]
        )


def _by_place(store: Store, entries: Mapping[str, Stored]) -> Mapping[str, list[str]]:
    def collected() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for iri, entry in entries.items():
            for place in entry.places:
                found.setdefault(place, []).append(iri)
        return found

    return store.cached("matching-places", collected)
