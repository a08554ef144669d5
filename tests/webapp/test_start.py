"""The start page answers before it is asked, and its search finds things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import graph
from builders import Quartier
from webapp import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_the_start_page_counts_projects_and_actors_of_the_newest_fields(client: FlaskClient) -> None:
    page = client.get("/").text
    assert page.count('href="/handlungsfelder/2022-') == 5
    assert "IHEK 2022" in page


def test_every_link_of_the_start_page_leads_somewhere(client: FlaskClient) -> None:
    links = set(re.findall(r'href="(/[^"#]*)"', client.get("/").text))
    for path in links:
        with client.get(path.replace("&amp;", "&"), headers={"Accept": "text/html"}) as answer:
            assert answer.status_code == 200, path


def test_an_empty_dataset_has_a_start_page_too() -> None:
    with graph.open(None) as store:
        answer = create_app(store).test_client().get("/")
    assert (answer.status_code, "Noch ohne Daten" in answer.text) == (200, True)


def test_the_search_leads_to_the_entry(client: FlaskClient) -> None:
    page = client.get("/?q=silent+green", follow_redirects=True).text
    assert 'href="/places/silent-green"' in page


def test_a_typing_error_still_finds_it_and_says_so(client: FlaskClient) -> None:
    page = client.get("/search?q=silnt+gren").text
    assert 'href="/places/silent-green"' in page
    assert "so ähnlich geschrieben" in page


def test_a_search_without_result_says_where_to_look(client: FlaskClient) -> None:
    page = client.get("/search?q=qqqqzzzz").text
    assert "nichts gefunden" in page
    assert 'href="/actors"' in page


def test_openstreetmap_is_credited_where_its_positions_are_shown(client: FlaskClient) -> None:
    assert "OpenStreetMap" in client.get("/").text


def test_nobody_is_credited_for_what_is_not_shown() -> None:
    with Quartier().store() as store:
        assert "OpenStreetMap" not in create_app(store).test_client().get("/").text


def test_the_tile_of_the_map_speaks_of_a_river_only_where_one_is_drawn(client: FlaskClient) -> None:
    assert "Was liegt an der Panke?" in client.get("/").text
    with graph.open(None) as store:
        page = create_app(store).test_client().get("/").text
    assert "Was liegt wo?" in page
    assert "Panke?" not in page
