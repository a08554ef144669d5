"""Where things lie, how far from the river, and positions that come from elsewhere."""

from __future__ import annotations

import json
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from graph import changes, geography
from graph.errors import BadFile, BadInput
from graph.geography import Plane, Question, River
from tests.builders import Quartier

if TYPE_CHECKING:
    from graph.store import Store


def collection(*features: tuple[str, dict[str, Any]]) -> str:
    """GeoJSON of named shapes."""
    listed = [{"type": "Feature", "properties": {"Name": name}, "geometry": shape} for name, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": listed})


POINT = {"type": "Point", "coordinates": [13.37, 52.55]}


@given(st.floats(-170, 170), st.floats(-60, 60), st.floats(-0.05, 0.05), st.floats(-0.05, 0.05))
def test_distances_are_those_on_the_earth(longitude: float, latitude: float, east: float, north: float) -> None:
    """Within a few kilometres the flat map is right to two parts in a thousand (against the great circle)."""
    plane = Plane(longitude, latitude)
    flat = plane.flat(shapely.LineString([(longitude, latitude), (longitude + east, latitude + north)])).length
    shrink = cos(radians(latitude)) * cos(radians(latitude + north))
    half = sin(radians(north) / 2) ** 2 + shrink * sin(radians(east) / 2) ** 2
    assert flat == pytest.approx(2 * 6_371_000 * asin(sqrt(half)), rel=2e-3, abs=0.5)


def test_the_example_lies_along_the_panke(example: Store) -> None:
    """The Uferstudios stand at the river, the Leopoldplatz does not; what lies on it comes first of its stretch."""
    quarter = geography.located(example)
    metres = {spot.ref.slug: spot.metres for spot in quarter.spots}
    assert quarter.river is not None
    assert quarter.river.name.startswith("Panke")
    assert metres["uferstudios"] is not None
    assert metres["uferstudios"] < 150
    assert metres["leopoldplatz"] is not None
    assert metres["leopoldplatz"] > 800
    assert [spot.stretch for spot in quarter.spots] == sorted(spot.stretch or 0 for spot in quarter.spots)


def test_every_spot_stands_in_exactly_one_stretch(example: Store) -> None:
    """The stretches together hold what the whole river holds."""
    whole = geography.located(example)
    assert whole.river is not None
    parts = [geography.located(example, Question(stretch=one.number)).spots for one in whole.river.stretches]
    assert [spot.ref for part in parts for spot in part] == [spot.ref for spot in whole.spots]


def test_a_filter_by_field_leaves_places_where_the_field_is_worked_on(example: Store) -> None:
    """Each remaining place has somebody or something of that field."""
    spots = geography.located(example, Question(handlungsfeld="2022-4", kinds=("project",))).spots
    assert spots
    for spot in spots:
        assert "handlungsfeld/2022-4" in {ref.iri.partition("/id/")[2] for ref in spot.fields}


def test_what_has_no_position_is_named() -> None:
    """An actor without a place, and one whose place has no position, are not lost in silence."""
    quartier = Quartier()
    quartier.actor("Ohne Ort")
    quartier.actor("Am Ort", place=quartier.place("Hof"))
    quartier.actor("Auf der Karte", place=quartier.place("Platz", at=(13.37, 52.55)))
    quarter = geography.located(quartier.store())
    assert [ref.label for ref in quarter.without_position] == ["Am Ort", "Ohne Ort"]
    assert [spot.ref.label for spot in quarter.spots] == ["Platz"]
    assert quarter.spots[0].metres is None


def test_an_empty_store_has_an_empty_map() -> None:
    """Nothing to show, nothing to draw, no error."""
    quarter = geography.located(Quartier().store())
    assert (quarter.spots, quarter.outlines, quarter.river) == ((), (), None)
    assert geography.drawing(quarter) is None


def test_a_stretch_the_river_has_not_is_refused(example: Store) -> None:
    """And so is a kind of thing that has no place."""
    with pytest.raises(BadInput):
        geography.located(example, Question(stretch=99))
    with pytest.raises(BadInput):
        geography.located(example, Question(kinds=("source",)))


def test_stretches_are_named_after_what_stands_on_their_banks() -> None:
    """Down the river, the nearest two; what is far away gives no name."""
    places = {
        "Wehr": shapely.Point(400, 10),
        "Brücke": shapely.Point(100, 0),
        "Hof": shapely.Point(200, 90),
        "Amt": shapely.Point(300, 900),
    }
    river = River.along("Panke", shapely.LineString([(0, 0), (1000, 0)]), places)
    assert [stretch.landmarks for stretch in river.stretches] == [("Brücke", "Wehr"), ()]


def test_the_drawing_holds_every_spot_within_its_edges(example: Store) -> None:
    """Nothing is drawn outside the paper."""
    plan = geography.drawing(geography.located(example))
    assert plan is not None
    assert len(plan.points) > 50
    assert all(0 < x < plan.width and 0 < y < plan.height for _, x, y, _ in plan.points)


def test_positions_from_a_file_come_in_and_go_out_again() -> None:
    """A new place and a moved one; the same file again changes nothing; undone, the store is as it was."""
    quartier = Quartier()
    quartier.place("Hof", at=(13.0, 52.0))
    store = quartier.store()
    before = set(store.quads(graph=store.graphs.data("test")))
    text = collection(("hof", POINT), ("Steg", {"type": "LineString", "coordinates": [[13.3, 52.5], [13.4, 52.6, 7]]}))
    reading = geography.read(store, text, "lagen.geojson")
    assert [feature.action for feature in reading.features] == ["move", "add"]
    done = geography.apply(store, reading, "ungefaehr", file="lagen.geojson", author="Büro")
    quarter = geography.located(store)
    assert [spot.point for spot in quarter.spots] == [(13.37, 52.55)]
    assert [outline.ref.label for outline in quarter.outlines] == ["Steg"]
    again = geography.read(store, text, "lagen.geojson")
    assert {feature.action for feature in again.features} == {"same"}
    changes.undo(store, done.id, "Büro")
    assert set(store.quads(graph=store.graphs.data("test"))) == before


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "geojson"),
        ("[1, 2]", "geojson"),
        ('{"type": "FeatureCollection", "features": {}}', "geojson"),
        ('{"type": "FeatureCollection", "features": []}', "empty"),
        (collection(("Hof", {"type": "Point", "coordinates": [391000.0, 5820000.0]})), "not in degrees"),
        (collection(("Hof", {"type": "GeometryCollection", "geometries": []})), "shape"),
        (collection(("Hof", {"type": "Point", "coordinates": []})), "shape"),
        (collection(("Hof", {"type": "Polygon", "coordinates": [[["x", 1]]]})), "shape"),
        ("[" * 100_000, "geojson"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, what: str) -> None:
    """Each kind of trouble has its own name."""
    with pytest.raises(BadFile) as caught:
        geography.read(Quartier().store(), text, "lagen.geojson")
    assert caught.value.what == what


def test_shapes_without_a_name_and_names_met_twice_are_counted() -> None:
    """They are left out, and said."""
    reading = geography.read(Quartier().store(), collection(("", POINT), ("Hof", POINT), ("HOF", POINT)), "f")
    assert (len(reading.features), reading.nameless, reading.repeated) == (1, 1, ("HOF",))


def test_two_names_of_one_slug_become_two_places() -> None:
    """No name is lost because another is spelt nearly like it."""
    store = Quartier().store()
    reading = geography.read(store, collection(("Hof 1", POINT), ("Hof-1!", POINT)), "f")
    geography.apply(store, reading, "ungefaehr", file="f", author="Büro")
    assert sorted(spot.ref.label for spot in geography.located(store).spots) == ["Hof 1", "Hof-1!"]


def test_the_spreadsheet_says_what_the_map_shows(example: Store) -> None:
    """A line per place, the heading aside."""
    quarter = geography.located(example, Question(within=200))
    text = geography.spreadsheet(quarter)
    assert text.startswith("\ufeffOrt,Art,Meter bis zum Fluss")
    assert len(text.splitlines()) == len(quarter.spots) + 1


def test_colours_stand_for_the_fields_of_the_last_round_and_those_matched_with_them() -> None:
    quartier = Quartier()
    quartier.round("2019", start="2019"), quartier.round("2022", start="2022")
    old, new = quartier.handlungsfeld("2019", "1", "Kultur"), quartier.handlungsfeld("2022", "2", "Kunst")
    quartier.match(new, old, how="closeMatch")
    hof, platz = quartier.place("Hof", at=(13.37, 52.55)), quartier.place("Platz", at=(13.38, 52.55))
    quartier.project("Früher", places=[hof], fields=[old], start="2019")
    quartier.project("Heute", places=[platz], fields=[new], start="2022")
    store = quartier.store()
    quarter = geography.located(store)
    fields = geography.colouring(store, quarter, "handlungsfeld")
    assert [(key.number, key.ref.iri, key.count) for key in fields.keys] == [(1, new, 2)]
    rounds = geography.colouring(store, quarter, "round")
    assert [key.ref.slug for key in rounds.keys] == ["2019", "2022"]
    assert [key.ref.slug for key in rounds.at(hof)] == ["2019"]
