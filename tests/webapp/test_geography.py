"""The map as its readers meet it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import webapp
from tests.builders import Quartier

if TYPE_CHECKING:
    from flask.testing import FlaskClient

FILE = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "Steg <b>"},
                "geometry": {"type": "Point", "coordinates": [13.375, 52.547]},
            }
        ],
    }
)


def _client(quartier: Quartier, **settings: object) -> FlaskClient:
    app = webapp.create_app(quartier.store(), settings={"TESTING": True, "WTF_CSRF_ENABLED": False, **settings})
    return app.test_client()


def test_the_map_is_there_without_javascript(client: FlaskClient) -> None:
    """The plain drawing links each place, and the list says what is there."""
    page = client.get("/map").text
    assert '<circle class="map-spot' in page
    assert "Uferstudios" in page
    assert "Am Fluss entlang" in page


def test_of_many_without_a_position_the_page_names_some_and_leads_to_all() -> None:
    quartier = Quartier()
    for number in range(150):
        quartier.actor(f"Verein {number:03}")
    client = _client(quartier)
    page = client.get("/map").text
    assert "150 passende Einträge haben noch keine Lage" in page
    assert "Verein 099</bdi>" in page
    assert "Verein 100</bdi>" not in page
    assert '<a href="/map?all=1#map-without">' in page
    assert "Verein 149</bdi>" in client.get("/map?all=1").text


def test_places_of_a_quartier_without_a_river_stand_in_one_list() -> None:
    quartier = Quartier()
    for name, at in (("Platz", (13.1, 52.1)), ("Halle", (13.2, 52.2)), ("Garten", (13.2, 52.2))):
        quartier.actor(f"Verein {name}", place=quartier.place(name, at=at))
    page = _client(quartier).get("/map", headers={"Accept": "text/html"})
    assert (page.status_code, page.text.count('id="spot-')) == (200, 3)


def test_the_data_of_the_map_are_geojson(client: FlaskClient) -> None:
    """Outlines and spots, each with the page of its entry."""
    found = client.get("/map.json?within=100").json
    assert found is not None
    assert found["type"] == "FeatureCollection"
    assert {feature["properties"]["role"] for feature in found["features"]} == {"outline", "spot"}
    assert all(feature["properties"]["page"].startswith("/places/") for feature in found["features"])


def test_what_is_asked_wrongly_is_refused(client: FlaskClient) -> None:
    """No stretch 99, no distance in words, no field that does not exist."""
    assert client.get("/map?stretch=99").status_code == 400
    assert client.get("/map?within=nah").status_code == 404
    assert client.get("/map?handlungsfeld=1234-9").status_code == 404


def test_filters_that_leave_nothing_say_so() -> None:
    """The way back stands beside it."""
    quartier = Quartier()
    quartier.place("Platz", at=(13.37, 52.55))
    page = _client(quartier).get("/map?show=project").text
    assert "Mit diesen Filtern bleibt kein Ort übrig." in page


def test_pictures_of_a_map_server_come_only_if_it_is_configured(client: FlaskClient) -> None:
    """And then from that server alone, on this page alone."""
    assert "img-src 'self' data: blob:;" in client.get("/map").headers["Content-Security-Policy"]
    there = _client(Quartier(), TILE_URL="https://{s}.karten.example/{z}/{x}/{y}.png")
    assert (
        "img-src 'self' data: blob: https://*.karten.example;" in there.get("/map").headers["Content-Security-Policy"]
    )
    assert "karten.example" not in there.get("/").headers["Content-Security-Policy"]


def test_own_positions_are_seen_before_they_are_taken() -> None:
    """Nothing is written by looking; the takeover says what it did."""
    client = _client(Quartier())
    seen = client.post("/map/import", data={"upload": (io.BytesIO(FILE.encode()), "lagen.geojson")}).text
    assert "neuer Ort" in seen
    assert "Steg &lt;b&gt;" in seen
    assert "Steg" not in client.get("/map").text
    form = {"text": FILE, "file": "lagen.geojson", "take": "yes", "origin": "ungefaehr"}
    assert "Ein Ort hat jetzt seine Lage." in client.post("/map/import", data=form, follow_redirects=True).text


def test_a_takeover_without_saying_whence_is_asked_again_and_keeps_the_file() -> None:
    """What was uploaded is not lost."""
    answer = _client(Quartier()).post("/map/import", data={"text": FILE, "file": "lagen.geojson", "take": "yes"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie, woher die Lagen stammen." in answer.text
    assert "Steg" in answer.text


def test_a_file_that_is_no_geojson_gets_one_sentence() -> None:
    """Which file, what is wrong, what to do; and the form again."""
    answer = _client(Quartier()).post("/map/import", data={"upload": (io.BytesIO(b"PK\x03\x04"), "karte.zip")})
    assert answer.status_code == 422
    assert "karte.zip ist kein GeoJSON; bitte im Kartenprogramm als GeoJSON speichern." in answer.text


def test_colours_are_told_by_a_legend_that_filters_and_can_be_left_out(client: FlaskClient) -> None:
    page = client.get("/map").text
    assert 'href="/map?handlungsfeld=2022-4"' in page
    assert 'href="/map?round=2022&amp;colour=round"' in client.get("/map?colour=round").text
    assert "map-part" not in client.get("/map?colour=none").text
    found = client.get("/map.json").json
    assert found is not None
    assert any(feature["properties"].get("colours") for feature in found["features"])
