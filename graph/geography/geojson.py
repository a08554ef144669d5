"""GeoJSON in and out: places an office has drawn in its own map program, and what the map shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pyoxigraph as ox

from graph import changes, entries
from graph.directory.names import folded, names
from graph.errors import BadFile, BadInput
from ontology.schema import entity_types
from ontology.terms import GEO, PN, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from graph.changes import Change
    from graph.directory import Ref
    from graph.geography.colouring import Colouring, Key
    from graph.geography.located import Quarter, Spot
    from graph.store import Store

NAMES: Final = ("name", "bezeichnung", "titel", "title", "label", "bez", "namelabel")
"""Properties that name a feature, as map programs and open data portals call them; the first that is there counts."""

_SHAPES: Final = frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"})
_MOST: Final = 5000
_DECIMALS: Final = 6
"""A tenth of a metre."""

_HAS_GEOMETRY, _AS_WKT = ox.NamedNode(GEO.hasGeometry), ox.NamedNode(GEO.asWKT)
_ORIGIN, _TYPE, _LABEL = ox.NamedNode(PN.coordinateSource), ox.NamedNode(RDF.type), ox.NamedNode(SKOS.prefLabel)


@dataclass(frozen=True)
class Feature:
    """One place of a file.

    Attributes:
        name: what it is called. wkt: its position in degrees.
        known: the place of that name there is already, or None.
        action: "add"; "move" where the known place lies elsewhere or nowhere yet; "same".
    """

    name: str
    wkt: str
    known: Ref | None
    action: Literal["add", "move", "same"]


@dataclass(frozen=True)
class Reading:
    """What a file would change.

    Attributes:
        features: in the order of the file.
        nameless: how many features were left out because nothing says what they are called.
        repeated: names that occur more than once; only the first of each is taken.
    """

    features: tuple[Feature, ...]
    nameless: int
    repeated: tuple[str, ...]


def read(store: Store, text: str, file: str) -> Reading:
    """Read a GeoJSON file and say what it would change; nothing is written.

    Args:
        store: what there is already.
        text: the file's text.
        file: its name, for errors.

    Raises:
        BadFile: it is no GeoJSON ("geojson"), not in degrees ("not in degrees"), without features ("empty"), too
            many ("too big") or holds a shape that cannot be used ("shape").
    """
    called = names(store, "de")
    known = {folded(ref.label): ref for ref in called.all_refs().values() if ref.type == "place"}
    features: dict[str, Feature] = {}
    nameless, repeated = 0, []
    for name, wkt in _features(text, file):
        key = folded(name)
        if not key:
            nameless += 1
        elif key in features:
            repeated.append(name)
        else:
            features[key] = _feature(store, name, wkt, known.get(key))
    if not features and not nameless:
        raise BadFile(file, "empty")
    return Reading(tuple(features.values()), nameless, tuple(dict.fromkeys(repeated)))


def apply(store: Store, reading: Reading, origin: str, *, file: str, author: str) -> Change:
    """Take over what `read` found: new places, and new positions of known ones; one change.

    Args:
        store: where to.
        reading: what to take over.
        origin: slug of where the positions come from, of the list "coordinate-source".
        file: name of the file, for the history.
        author: who.

    Raises:
        BadInput: `origin` is none of the list.
        Invalid: the shapes forbid it.
    """
    source = entries.term(entity_types()["place"].field("coordinate_source"), origin)
    graph = store.graphs.data("office")
    added: list[ox.Quad] = []
    removed: list[ox.Quad] = []
    taken: set[str] = set()
    for feature in reading.features:
        if feature.action == "same":
            continue
        place = ox.NamedNode(feature.known.iri) if feature.known else _new(store, feature.name, taken)
        if feature.known is None:
            added.append(ox.Quad(place, _TYPE, ox.NamedNode(PN.Place), graph))
            added.append(ox.Quad(place, _LABEL, ox.Literal(feature.name, language="de"), graph))
        removed.extend(_position(store, place))
        node = ox.NamedNode(f"{place.value}#geometry")
        position = entries.term(entity_types()["place"].field("position"), feature.wkt)
        added += [
            ox.Quad(place, _HAS_GEOMETRY, node, graph),
            ox.Quad(node, _AS_WKT, position, graph),
            ox.Quad(node, _ORIGIN, source, graph),
        ]
    return changes.commit(store, added=added, removed=removed, author=author, reason=file, imported_as="office")


def features(quarter: Quarter, words: dict[str, str], colours: Colouring | None = None) -> dict[str, Any]:
    """What the map shows, as a GeoJSON FeatureCollection.

    Args:
        quarter: what is shown.
        words: the page of each entry, by address of the entry.
        colours: of the spots: as numbers, and what they stand for.
    """
    import shapely

    def keys(spot: Spot) -> tuple[Key, ...]:
        return colours.at(spot.ref.iri) if colours else ()

    def feature(ref: Ref, shape: BaseGeometry, **properties: object) -> dict[str, Any]:
        return {
            "type": "Feature",
            "id": f"{ref.type}/{ref.slug}",
            "geometry": shapely.geometry.mapping(shape),
            "properties": {"name": ref.label, "page": words.get(ref.iri, ""), **properties},
        }

    outlines = [feature(one.ref, one.shape, role="outline", kind=one.kind) for one in quarter.outlines]
    spots = [
        feature(
            spot.ref,
            spot.shape,
            role="spot",
            kind=spot.kind,
            count=spot.count,
            found={kind: len(refs) for kind, refs in spot.found.items()},
            metres=None if spot.metres is None else round(spot.metres),
            colours=[{"number": key.number, "name": key.ref.label} for key in keys(spot)],
        )
        for spot in quarter.spots
    ]
    return {"type": "FeatureCollection", "features": outlines + spots}


def _features(text: str, file: str) -> Iterator[tuple[str, str]]:
    """Name ("" for none) and position of each feature."""
    import shapely

    for feature in _listed(text, file):
        shape = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(shape, dict) or shape.get("type") not in _SHAPES:
            raise BadFile(file, "shape", reason=str(shape.get("type") if isinstance(shape, dict) else None))
        try:
            geometry = shapely.force_2d(shapely.from_geojson(json.dumps(shape)))
        except shapely.errors.GEOSException as error:
            raise BadFile(file, "shape", reason=str(shape.get("type"))) from error
        if geometry.is_empty:
            raise BadFile(file, "shape", reason=str(shape.get("type")))
        west, south, east, north = geometry.bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise BadFile(file, "not in degrees", reason=f"{west:.0f} {south:.0f}")
        yield _name(feature.get("properties")), shapely.to_wkt(geometry, rounding_precision=_DECIMALS)


def _listed(text: str, file: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile(file, "geojson", reason=str(error)) from error
    kind = found.get("type") if isinstance(found, dict) else None
    listed = found.get("features") if kind == "FeatureCollection" else [found] if kind == "Feature" else None
    if not isinstance(listed, list):
        raise BadFile(file, "geojson")
    if not listed:
        raise BadFile(file, "empty")
    if len(listed) > _MOST:
        raise BadFile(file, "too big", reason=str(len(listed)))
    return listed


def _name(properties: object) -> str:
    if not isinstance(properties, dict):
        return ""
    lower = {str(key).casefold(): value for key, value in properties.items()}
    for key in NAMES:
        if isinstance(lower.get(key), str) and (name := entries.text(lower[key])):
            return " ".join(name.split())
    return ""


def _feature(store: Store, name: str, wkt: str, known: Ref | None) -> Feature:
    if known is None:
        return Feature(name, wkt, None, "add")
    stored = [quad.object for quad in _position(store, ox.NamedNode(known.iri)) if quad.predicate == _AS_WKT]
    same = any(_is_same_place(quad.value, wkt) for quad in stored if isinstance(quad, ox.Literal))
    return Feature(name, wkt, known, "same" if same else "move")


def _is_same_place(stored: str, wkt: str) -> bool:
    from graph.geography.plane import shape_of

    one, other = shape_of(stored), shape_of(wkt)
    return one is not None and other is not None and bool(one.equals_exact(other, 10**-_DECIMALS))


def _position(store: Store, place: ox.NamedNode) -> list[ox.Quad]:
    """All that is said of where a place lies, in the graphs that people write."""
    mine = {*store.graphs.all_data()}
    links = [quad for quad in store.quads(place, _HAS_GEOMETRY) if quad.graph_name in mine]
    nodes: Iterable[Any] = {quad.object for quad in links}
    facts = (quad for node in nodes for path in (_AS_WKT, _ORIGIN) for quad in store.quads(node, path))
    return [*links, *(quad for quad in facts if quad.graph_name in mine)]


def _new(store: Store, name: str, taken: set[str]) -> ox.NamedNode:
    """An address for a new place, of its name; numbered where that is taken."""
    kind = entity_types()["place"]
    base = entries.slug(name) or "ort"
    for number in range(1, _MOST + 2):
        slug = base if number == 1 else f"{base}-{number}"
        place = entries.iri(store.base_iri, kind, slug)
        if slug not in taken and not any(store.quads(place, _TYPE)):
            taken.add(slug)
            return place
    raise BadInput("slug", name)
