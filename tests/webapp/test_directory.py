"""Lists and entry pages show what the graph holds, and how it is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from webapp import create_app
from webapp.urls import pages

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

ENTRIES = [
    "/actors/qm-pankstrasse",
    "/projects/kool-im-kiez-1",
    "/places/silent-green",
    "/events/projektmesse-2023",
    "/handlungsfelder/2022-4",
    "/rounds/2022",
    "/programmes/sozialer-zusammenhalt",
]


def test_every_entry_type_has_a_list_and_a_spreadsheet(app: Flask) -> None:
    with app.app_context():
        plurals = list(pages())
    visitor = app.test_client()
    assert {path: visitor.get(path).status_code for plural in plurals for path in (f"/{plural}", f"/{plural}.csv")} == {
        path: 200 for plural in plurals for path in (f"/{plural}", f"/{plural}.csv")
    }


@pytest.mark.parametrize("path", ENTRIES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_link_inside_an_entry_page_leads_to_a_page(client: FlaskClient, path: str, language: str) -> None:
    page = client.get(f"{path}?lang={language}").text
    inside = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)"', page.split("<main", 1)[1])}
    broken = [link for link in sorted(inside)[:25] if client.get(link).status_code != 200]
    assert broken == []


@pytest.mark.parametrize("path", ENTRIES)
def test_links_to_sources_tell_them_nothing_about_us(client: FlaskClient, path: str) -> None:
    links = re.findall(r'<a[^>]*href="https?://[^>]*>', client.get(path).text)
    assert all('rel="noopener noreferrer"' in link for link in links)


@pytest.mark.parametrize("path", ENTRIES)
def test_all_an_entry_is_linked_with_comes_as_a_table(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert f'href="{path}/links.csv"' in page
    lines = client.get(f"{path}/links.csv").text.splitlines()
    assert lines[0].endswith("Art,Name,Als was,Beginn,Ende,Zeitraum laut Quelle,Woher,Durch,Betrag (Euro)")
    assert len(lines) > 1


def test_much_that_is_folded_waits_until_the_page_stands_and_one_link_shows_it_all(client: FlaskClient) -> None:
    page, whole = (client.get(f"/actors/qm-pankstrasse{query}").text for query in ("", "?all=1"))
    assert 10 < page.count('class="span ') < 40
    assert whole.count('class="span ') > 100
    waiting = re.findall(r'id="([^"]*)" data-later="/actors/qm-pankstrasse\?all=1"', page)
    assert set(waiting) >= {"older-1", "more-declared", "more-computed"}
    assert all(f'href="/actors/qm-pankstrasse?all=1#{one}"' in page for one in waiting)
    assert all(f'<div id="{one}">' in whole for one in waiting)


def test_declared_and_computed_partners_are_told_apart(client: FlaskClient) -> None:
    lines = client.get("/actors/hhs/links.csv").text.splitlines()
    assert [line.split(",")[2] for line in lines if "Rudolf-Wissell" in line] == ["Kooperiert mit"]
    assert all("berechnet" in line for line in lines if "AG.URBAN" in line)


def test_a_small_picture_shows_the_entry_and_its_nearest(client: FlaskClient) -> None:
    answer = client.get("/actors/hhs/picture.svg")
    assert answer.mimetype == "image/svg+xml"
    assert 3 < answer.text.count("<text") < 12
    assert [client.get(path).status_code for path in ("/actors/nobody/picture.svg", "/rounds/2022/picture.svg")] == [
        404
    ] * 2


def test_a_filtered_list_says_how_many_of_how_many(client: FlaskClient) -> None:
    assert re.search(r"\d+ von 27\d", client.get("/actors?kind=grundschule").text)


def test_a_chosen_filter_can_be_taken_off(client: FlaskClient) -> None:
    assert re.search(r'class="chip" href="/actors\?q=a"', client.get("/actors?q=a&kind=grundschule").text)


def test_an_empty_list_offers_to_lift_the_filter_in_the_way(client: FlaskClient) -> None:
    page = client.get("/actors?q=silent&kind=grundschule").text
    assert "Kein Eintrag passt" in page
    assert "diesen Filter aufheben" in page


def test_the_spreadsheet_keeps_the_filters_and_opens_as_utf8(client: FlaskClient) -> None:
    answer = client.get("/actors?kind=grundschule&format=csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="actors.csv"'
    assert 2 < len(answer.text.splitlines()) < 50


def test_no_page_shows_a_handlungsfeld_without_its_round(client: FlaskClient) -> None:
    for path in ("/projects", "/actors", "/handlungsfelder", *ENTRIES):
        names = re.findall(r'href="/handlungsfelder/[^"]+"><bdi>([^<]+)</bdi>', client.get(path).text)
        assert all(" · " in name for name in names), path


def test_an_actor_page_shows_ties_projects_sources_and_contradictions(client: FlaskClient) -> None:
    page = client.get("/actors/qm-pankstrasse").text
    for part in (
        "Zeitleiste",
        "Arbeitet zusammen mit",
        "gemeinsam:",
        "Nicht alle Quellen sagen dasselbe",
        "Woher wir das wissen",
    ):
        assert part in page


def test_a_project_page_names_its_traeger_first(client: FlaskClient) -> None:
    page = client.get("/projects/kool-im-kiez-1").text
    assert page.index("AG.URBAN") < page.index("Herbert-Hoover-Schule</bdi></a> <span")


def test_an_entry_without_anything_says_so_kindly() -> None:
    quartier = Quartier()
    quartier.project("Leer")
    assert "Noch ist niemand eingetragen" in create_app(quartier.store()).test_client().get("/projects/leer").text
