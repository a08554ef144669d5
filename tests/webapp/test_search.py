"""Search says what it found and why, offers what is near, and helps while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("text", "slug", "reason"),
    [
        ("Nettelbeckplatz", "/places/nettelbeckplatz", "auch oder früher: Nettelbeckplatz"),
        ("Gerichtstraße 35", "/actors/silent-green-a", "Adresse: Gerichtstraße 35, 13347"),
        ("Leerstandsdatenbank", "/projects/gewerberaum", "in der Beschreibung: Leerstandsdatenbank"),
        ("Ufferstudios", "/actors/uferstudios-a", "ähnlich geschrieben"),
        ("Ikinci Bahar Defne", "/actors/defne", "beteiligt an: Ikinci Bahar"),
    ],
)
def test_each_hit_says_why_it_was_found(client: FlaskClient, text: str, slug: str, reason: str) -> None:
    page = client.get("/search", query_string={"q": text}).text
    assert reason in page[page.index(f'href="{slug}"') :][:400]


def test_hits_are_narrowed_by_kind_and_counted_for_all(client: FlaskClient) -> None:
    page = client.get("/search?q=kita&type=place").text
    assert 'href="/places/ort-kita-tipi"' in page
    assert 'href="/actors/kita-tipi"' not in page
    assert 'href="/search?q=kita&amp;type=actor"' in page


def test_many_hits_come_page_by_page_and_all_of_them_as_a_table(client: FlaskClient) -> None:
    first, second = (client.get(f"/search?q=e&page={page}").text for page in (1, 2))
    assert 'rel="next"' in first
    assert first != second
    table = client.get("/search?q=e&format=csv").text.splitlines()
    assert table[0].lstrip("\ufeff") == "Klasse,Kennung,Name,Warum gefunden"
    assert len(table) > 100


def test_without_a_hit_the_nearest_names_are_offered(client: FlaskClient) -> None:
    page = client.get("/search?q=Himmelbeet+Zirkuszelt").text
    assert "Meinten Sie:" in page
    assert 'href="/actors/himmelbeet"' in page


def test_suggestions_lead_to_the_entry_and_say_what_it_is(client: FlaskClient) -> None:
    options = client.get("/search.json?q=netti").json["options"]
    assert options[0]["address"] == "/places/nettelbeckplatz"
    assert options[0]["hint"] == "Ort · auch oder früher: Netti"


@pytest.mark.parametrize("query", ["type=nonsense", "page=x", "page=99999"])
def test_what_cannot_be_searched_for_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?q=kita&{query}").status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "!?", "\u202e", "%00", "a" * 5000, "' OR 1=1", "<b>"])
def test_any_text_is_answered(client: FlaskClient, text: str) -> None:
    assert client.get("/search", query_string={"q": text}).status_code == 200
    assert client.get("/search.json", query_string={"q": text}).status_code == 200


@pytest.mark.parametrize(
    ("path", "group", "link"),
    [("/actors/silent-green-a", "Verzeichnis", "/actors"), ("/map", "Netz", "/map")],
)
def test_the_menu_marks_the_page_and_its_group(client: FlaskClient, path: str, group: str, link: str) -> None:
    page = client.get(path).text
    assert f'<summary aria-current="true">{group}</summary>' in page
    assert f'href="{link}" aria-current="' in page
    assert page.count('<summary aria-current="true">') == 1
