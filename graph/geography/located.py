"""What lies where in the Quartier, and how far from the river."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from graph import query
from graph.directory import Ref, names
from graph.errors import BadInput
from graph.geography.plane import Plane, shape_of
from graph.geography.river import River
from graph.network import ALL_ROLES, Scope, two_mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    from graph.store import Store

KINDS: Final = ("actor", "project", "event")
"""Entry types that happen at places, in the order they are named."""

_RIVER: Final = "fluss"
_BY_HAND: Final = "von-hand-gezeichnet"


@dataclass(frozen=True)
class Question:
    """What the map is asked for; everything empty: all that has a position.

    Attributes:
        round: slug of a planning round. handlungsfeld: slug of a field of one round ("2022-4").
        kinds: entry types of `KINDS` that make a place worth showing; empty: all places.
        within: at most so many metres from the river.
        stretch: number of a stretch of the river.
    """

    round: str = ""
    handlungsfeld: str = ""
    kinds: tuple[str, ...] = ()
    within: int | None = None
    stretch: int | None = None


@dataclass(frozen=True)
class Outline:
    """An area or a line that the others lie in or along.

    Attributes:
        ref: its entry.
        kind: slug of its kind of place.
        shape: in degrees.
        is_rough: drawn by hand, so that nobody takes it for a survey.
    """

    ref: Ref
    kind: str
    shape: BaseGeometry
    is_rough: bool


@dataclass(frozen=True)
class Spot:
    """A place with what happens there.

    Attributes:
        ref: the place. kind: what kind of place, in words.
        shape: in degrees; `point` is its middle (longitude, latitude).
        metres: from the river; None without a river.
        stretch: number of the stretch of the river it lies nearest to; None without a river.
        found: actors that sit there, projects and events that take place there, by type, each in order of names.
        fields: Handlungsfelder worked on there, in order.
        is_rough: its position is drawn by hand.
    """

    ref: Ref
    kind: str
    shape: BaseGeometry
    metres: float | None = None
    stretch: int | None = None
    found: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)
    fields: tuple[Ref, ...] = ()
    is_rough: bool = False

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude of a point within it."""
        middle = self.shape.representative_point()
        return middle.x, middle.y

    @property
    def count(self) -> int:
        """How many actors, projects and events there are."""
        return sum(len(refs) for refs in self.found.values())


@dataclass(frozen=True)
class Quarter:
    """The answer to a `Question`.

    Attributes:
        spots: along the river, then by distance from it; without a river by name.
        outlines: areas, then watercourses.
        river: the first watercourse that is a line, or None.
        without_position: actors, projects and events that fit the question but whose place has no position, or none.
        plane: the flat map all distances are measured on.
    """

    spots: tuple[Spot, ...]
    outlines: tuple[Outline, ...]
    river: River | None
    without_position: tuple[Ref, ...]
    plane: Plane


@dataclass(frozen=True)
class _Row:
    place: str
    kind: str | None
    wkt: str
    origin: str | None


@dataclass(frozen=True)
class _Ground:
    """All that has a position, whatever is asked."""

    spots: tuple[Spot, ...]
    outlines: tuple[Outline, ...]
    river: River | None
    plane: Plane


def located(store: Store, question: Question | None = None, language: str = "de") -> Quarter:
    """What lies where.

    Args:
        store: the open graph.
        question: which part; everything if None.
        language: of the labels ("de", "en").

    Raises:
        BadInput: a kind that is none of `KINDS`, or a stretch the river has not.
        NotFound: a round or Handlungsfeld that does not exist.
    """
    asked = question or Question()
    if unknown := [kind for kind in asked.kinds if kind not in KINDS]:
        raise BadInput("choice", unknown[0], KINDS)
    return store.trailing(("located", asked, language), lambda: _quarter(store, asked, language))


def _quarter(store: Store, asked: Question, language: str) -> Quarter:
    ground: _Ground = store.cached(("geography", language), lambda: _ground(store, language))
    stretches = ground.river.stretches if ground.river else ()
    if asked.stretch is not None and not 1 <= asked.stretch <= len(stretches):
        raise BadInput("stretch", str(asked.stretch), tuple(str(one.number) for one in stretches))
    network = two_mode(store, _scope(asked))
    called = names(store, language)
    here, fields, nowhere = _at_places(network, {spot.ref.iri for spot in ground.spots})
    spots = []
    for spot in ground.spots:
        found = {kind: _refs(called, here[spot.ref.iri, kind]) for kind in KINDS if here[spot.ref.iri, kind]}
        full = replace(spot, found=found, fields=_refs(called, fields[spot.ref.iri]))
        if _is_asked_for(full, asked):
            spots.append(full)
    wanted = set(asked.kinds or KINDS)
    lost = (ref for ref in _refs(called, nowhere) if ref.type in wanted)
    return Quarter(tuple(spots), ground.outlines, ground.river, tuple(lost), ground.plane)


def river_name(store: Store, language: str = "de") -> str:
    """What the river is called, without measuring anything; "" where none is drawn."""
    found = store.cached("rivers", lambda: [str(row["place"]) for row in query.select(store, "geography-rivers")])
    return names(store, language).label(found[0]) if found else ""


def _scope(asked: Question) -> Scope:
    return Scope(
        rounds=frozenset(filter(None, (asked.round,))),
        handlungsfelder=frozenset(filter(None, (asked.handlungsfeld,))),
        roles=ALL_ROLES,
    )


def _ground(store: Store, language: str) -> _Ground:
    called = names(store, language)
    found = list(_shapes(query.rows(store, "geography-places", _Row)))
    plane = Plane.around(shape for _, shape in found)
    rivers = [one for one in found if _slug(one[0].kind) == _RIVER and one[1].geom_type == "LineString"]
    points = {called.label(row.place): plane.flat(shape) for row, shape in found if "Point" in shape.geom_type}
    river = River.along(called.label(rivers[0][0].place), plane.flat(rivers[0][1]), points) if rivers else None
    outlines, spots = [], []
    for row, shape in found:
        ref = called.ref(row.place)
        if ref is None:
            continue
        is_rough = _slug(row.origin) == _BY_HAND
        if "Point" in shape.geom_type:
            kind = called.label(row.kind) if row.kind else ""
            spots.append(_spot(Spot(ref, kind, shape, is_rough=is_rough), plane, river))
        else:
            outlines.append(Outline(ref, _slug(row.kind), shape, is_rough))
    # Areas first: what is drawn later lies above.
    outlines.sort(key=lambda one: (-one.shape.area, one.ref.label))
    spots.sort(key=lambda spot: (spot.stretch or 0, spot.metres or 0, spot.ref.label.casefold(), spot.ref.iri))
    return _Ground(tuple(spots), tuple(outlines), river, plane)


def _shapes(rows: Iterable[_Row]) -> Iterator[tuple[_Row, BaseGeometry]]:
    """Each place once, with the first position that can be read; two sources may give two."""
    seen: set[str] = set()
    for row in rows:
        shape = shape_of(row.wkt) if row.place not in seen else None
        if shape is not None:
            seen.add(row.place)
            yield row, shape


def _spot(spot: Spot, plane: Plane, river: River | None) -> Spot:
    if river is None:
        return spot
    flat = plane.flat(spot.shape)
    return replace(spot, metres=river.metres_to(flat), stretch=river.stretch_of(flat))


def _at_places(network: Any, known: set[str]) -> tuple[dict[Any, set[str]], dict[str, set[str]], set[str]]:
    """Who is at which place, in which fields, and who is nowhere; by address."""
    here: dict[Any, set[str]] = defaultdict(set)
    fields: dict[str, set[str]] = defaultdict(set)
    nowhere = set()
    for iri, node in network.nodes(data=True):
        kind = "actor" if node["type"] == "network" else node["type"]
        if kind not in KINDS:
            continue
        edges = [edge for _, _, edge in network.edges(iri, data=True) if edge["subject"] == iri]
        places = [edge["object"] for edge in edges if edge["kind"] == "site" and edge["object"] in known]
        if not places:
            nowhere.add(iri)
        for place in places:
            here[place, kind].add(iri)
            if kind == "project":
                fields[place] |= {edge["object"] for edge in edges if edge["kind"] == "field"}
    return here, fields, nowhere


def _refs(called: Any, iris: Iterable[str]) -> tuple[Ref, ...]:
    refs = (ref for iri in iris if (ref := called.ref(iri)))
    return tuple(sorted(refs, key=lambda ref: (ref.type, ref.label.casefold(), ref.iri)))


def _is_asked_for(spot: Spot, asked: Question) -> bool:
    if (asked.kinds or asked.round or asked.handlungsfeld) and not any(
        spot.found.get(kind) for kind in asked.kinds or KINDS
    ):
        return False
    if asked.within is not None and (spot.metres is None or spot.metres > asked.within):
        return False
    return asked.stretch is None or spot.stretch == asked.stretch


def _slug(iri: str | None) -> str:
    return (iri or "").rpartition("/")[2]
