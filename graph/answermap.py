"""The answer to a query on the map: rows that hold a position, or an entry whose place is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph import geography
from graph.directory import Ref
from graph.geography import Quarter, Spot
from graph.geography.plane import Plane, shape_of
from graph.labels import entry_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from graph.store import Store

MOST: Final = 500
"""Points of a map; more cannot be told apart."""


@dataclass(frozen=True)
class Part:
    """One cell of a row: `text` as it is read, `iri` of what it names ("" for a literal), `wkt` of a position."""

    text: str
    iri: str = ""
    wkt: str = ""


def is_placed(store: Store, parts: Iterable[Part]) -> bool:
    """Whether any of these has a position."""
    known = _known(store)
    return any(part.wkt or part.iri in known for part in parts)


def on_map(store: Store, rows: Iterable[Sequence[Part]], language: str = "de") -> Quarter:
    """The rows as spots, on the ground of the Quartier where it is drawn.

    Args:
        store: where positions of entries are looked up.
        rows: of the answer; those without a position are left out. A position of its own counts before that of an
            entry, an entry before those behind it.
        language: of the names on the ground.

    Returns:
        Spots whose `ref` is what the row is about and whose `kind` is what else stands in it; without the outlines if
        nothing has a position.
    """
    ground = geography.located(store, None, language)
    spots = list(_spots(store, rows))[:MOST]
    shapes = [*(one.shape for one in ground.outlines), *(spot.shape for spot in spots)]
    outlines = ground.outlines if spots else ()
    return Quarter(tuple(spots), outlines, None, (), Plane.around(shapes))


def _spots(store: Store, rows: Iterable[Sequence[Part]]) -> Iterator[Spot]:
    known, seen = _known(store), set[tuple[str, str]]()
    for row in rows:
        found = next(((part, shape) for part in row if part.wkt and (shape := shape_of(part.wkt))), None)
        found = found or next(((part, known[part.iri]) for part in row if part.iri in known), None)
        if found is None:
            continue
        about = next((part for part in row if part.iri and entry_of(store, part.iri)), found[0])
        others = ", ".join(part.text for part in row if part.text and part is not about and not part.wkt)
        if (about.iri or about.text, others) in seen:
            continue
        seen.add((about.iri or about.text, others))
        kind, slug = entry_of(store, about.iri) or ("", about.iri or about.text)
        yield Spot(Ref(about.iri or f"spot-{len(seen)}", about.text, slug, kind), others, _point(found[1]))


def _point(shape: BaseGeometry) -> BaseGeometry:
    """Where an area or a line is marked: at one point of it."""
    return shape if shape.geom_type == "Point" else shape.representative_point()


def _known(store: Store) -> Mapping[str, BaseGeometry]:
    """IRI → position: of places, and of what sits or happens there. Kept per data version."""
    return store.cached("answermap", lambda: _positions(store))


def _positions(store: Store) -> dict[str, BaseGeometry]:
    found: dict[str, BaseGeometry] = {}
    for spot in geography.located(store).spots:
        found[spot.ref.iri] = spot.shape
        for refs in spot.found.values():
            for ref in refs:
                found.setdefault(ref.iri, spot.shape)
    return found
