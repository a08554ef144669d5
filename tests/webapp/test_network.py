"""The explorer's page, data and files: every way of looking is an address, and works without the picture too."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph import editing
from webapp import create_app, current

if TYPE_CHECKING:
    from flask.testing import FlaskClient

HOSTILE = '<script>alert("x")</script> \u202eumgekehrt'


def main_text(page: str) -> str:
    """What people read in the main part, spaces folded."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0].split(">", 1)[1]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


@pytest.fixture
def hostile() -> FlaskClient:
    """An app over a Quartier whose names are out for harm."""
    made = Quartier()
    made.project(HOSTILE, traeger=[made.actor(HOSTILE + "1"), made.actor("=cmd|' /C calc'!A0")])
    return create_app(made.store()).test_client()


def test_the_page_says_in_a_sentence_and_two_tables_what_the_picture_shows(client: FlaskClient):
    page = client.get("/network").get_data(as_text=True)
    assert re.search(r"Das Bild zeigt \d+ Akteure, .* mit \d+ Verbindungen\.", main_text(page))
    assert page.count("<table") == 2


def test_a_focus_lists_its_neighbours_as_links_that_walk_on(client: FlaskClient):
    page = client.get("/network?focus=actor/silent-green-a").get_data(as_text=True)
    assert "silent green Kulturquartier – 9 Verbindungen" in main_text(page).replace(" – ", " – ")
    neighbours = page.split('id="network-neighbours"')[1].split("</ul>")[0]
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', neighbours)]
    assert len(links) == 9
    assert all(client.get(link).status_code == 200 for link in links)


def test_the_picture_and_the_table_show_the_same_entries(client: FlaskClient):
    address = "/network{}?view=projects&round=2022&hubs=no"
    drawn = client.get(address.format(".json")).get_json()
    page = client.get(address.format("")).get_data(as_text=True)
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert len(drawn["nodes"]) == table.count("<tr>") > 10
    assert all(node["label"] in unescape(table) for node in drawn["nodes"])


def test_the_spreadsheet_has_the_connections_of_the_page(client: FlaskClient):
    answer = client.get("/network.csv?focus=actor/silent-green-a")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert 'filename="netz-silent-green-a.csv"' in answer.headers["Content-Disposition"]
    assert rows[0] == ["Von", "Verbindung", "Mit", "Über", "Seit", "Bis", "Zustand"]
    assert len(rows) - 1 == len(client.get("/network.json?focus=actor/silent-green-a").get_json()["edges"])


@pytest.mark.parametrize("view", ["actors", "projects", "handlungsfelder", "places", "networks", "all"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_question_answers_in_both_languages(client: FlaskClient, view: str, language: str):
    answer = client.get(f"/network?view={view}&lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.get_data(as_text=True)


def test_every_link_of_the_page_into_the_network_leads_somewhere(client: FlaskClient):
    page = client.get("/network?focus=actor/hhs&steps=2&hide=place&round=2022&lens=new").get_data(as_text=True)
    links = {unescape(link) for link in re.findall(r'href="(/network[^"]*)"', page.split("</thead>")[0])}
    assert len(links) > 20
    assert {link: client.get(link).status_code for link in links if client.get(link).status_code != 200} == {}


@pytest.mark.parametrize(
    ("address", "status"),
    [("/network?view=x", 400), ("/network?steps=9", 400), ("/network?from=gestern", 400), ("/network?focus=x", 400),
     ("/network?focus=actor/niemand", 404), ("/network?round=1900", 404), ("/network?handlungsfeld=2022-99", 404),
     ("/network.json?focus=actor/niemand", 404), ("/network/download.html?steps=0", 400), ("/network.csv?lens=x", 400)],
)  # fmt: skip
def test_an_address_nobody_can_work_with_is_answered_with_a_sentence(client: FlaskClient, address: str, status: int):
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.get_data(as_text=True)
    assert len(answer.get_data(as_text=True)) > 40


def test_an_empty_picture_says_which_filter_to_lift(client: FlaskClient):
    page = client.get("/network?focus=actor/qm-pankstrasse&hubs=no").get_data(as_text=True)
    assert "ohne „ohne QM, Ämter und Förderer“" in main_text(page)


def test_an_empty_picture_says_which_two_filters_to_lift_where_one_is_not_enough(client: FlaskClient):
    page = client.get("/network?handlungsfeld=2022-5&sector=religion&round=2008").get_data(as_text=True)
    (offered,) = set(re.findall(r"Es hilft, .*? aufzuheben", main_text(page)))
    assert offered == "Es hilft, zwei Filter zugleich aufzuheben"
    links = re.findall(r'<li><a href="(/network[^"]*)">ohne „', page)
    assert links
    assert all('id="network"' in client.get(link.replace("&amp;", "&")).get_data(as_text=True) for link in links)


def test_too_much_at_once_offers_questions_first_and_everything_on_demand(client: FlaskClient):
    page = client.get("/network?view=all").get_data(as_text=True)
    assert re.search(r"Das wären \d{3} Punkte auf einmal", main_text(page))
    assert 'id="network"' not in page
    assert re.search(r'href="/network.[^"]*focus=actor', page)
    assert 'id="network"' in client.get("/network?view=all&everything=yes").get_data(as_text=True)


def test_finding_one_entry_puts_it_into_the_middle_and_finding_several_asks(client: FlaskClient):
    one = client.get("/network", query_string={"find": "silent green Kulturquartier"})
    assert one.status_code == 302
    assert re.search(r"/network\?focus=[a-z]+%2Fsilent-green|/network\?focus=[a-z]+/silent-green", one.location)
    assert "Was ist gemeint?" in client.get("/network?find=schule").get_data(as_text=True)
    assert "Nichts gefunden" in client.get("/network?find=qqqxyz").get_data(as_text=True)


def test_names_out_for_harm_are_text_on_the_page_in_the_data_and_in_the_file(hostile: FlaskClient):
    page = hostile.get("/network?view=projects&find=%3Cscript%3E").get_data(as_text=True)
    assert "alert(&#34;x&#34;)" in page
    assert "<script>" not in page
    assert HOSTILE in {node["label"] for node in hostile.get("/network.json?view=projects").get_json()["nodes"]}
    file = hostile.get("/network/download.html?view=projects").get_data(as_text=True)
    assert file.count("<script>alert") == 0
    sheet = hostile.get("/network.csv?view=projects").get_data(as_text=True)
    assert "'=cmd" in sheet


def test_the_download_is_kept_and_brings_its_own_policy(client: FlaskClient):
    answer = client.get("/network/download.html?focus=actor/silent-green-a&steps=2")
    page = answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="netz-silent-green-a.html"'
    assert 'http-equiv="Content-Security-Policy"' in page
    assert "silent green Kulturquartier im Netz" in page


def test_the_page_itself_has_no_inline_script_style_or_handler(client: FlaskClient):
    page = client.get("/network?focus=actor/hhs").get_data(as_text=True)
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", page)


def test_the_picture_is_not_sent_twice(client: FlaskClient):
    first = client.get("/network.json")
    assert client.get("/network.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_picture_is_there_without_javascript(client: FlaskClient) -> None:
    """As a drawing of the same address, which says what it shows."""
    page = client.get("/network?focus=actor/silent-green-a").text
    assert '<noscript><img class="network-drawn" src="/network.svg?focus=actor/silent-green-a"' in page
    drawn = client.get("/network.svg?focus=actor/silent-green-a")
    assert drawn.mimetype == "image/svg+xml"
    assert drawn.text.startswith("<svg")


@pytest.fixture
def own() -> FlaskClient:
    """An app over a small Quartier that a test may change."""
    made = Quartier()
    made.place("Hof")
    made.project("Fest", traeger=[made.actor("Eins"), made.actor("Zwei")])
    return create_app(made.store(), settings={"WTF_CSRF_ENABLED": False}).test_client()


def test_places_put_by_hand_are_kept_with_the_picture_of_their_address(own: FlaskClient) -> None:
    assert own.post("/network/places?view=projects", json={"actor/eins": [777, 5]}).status_code == 204
    drawn = {node["id"]: node for node in own.get("/network.json?view=projects").get_json()["nodes"]}
    assert (drawn["actor/eins"]["x"], drawn["actor/eins"]["y"]) == (777, 5)
    assert all(node["x"] != 777 for node in own.get("/network.json").get_json()["nodes"])


@pytest.mark.parametrize(
    "places", [{"actor/eins": "weit weg"}, {"actor/eins": [1]}, {"actor/eins": [1e99, 0]}, [1, 2], "x"]
)
def test_places_nobody_can_mean_are_refused_with_a_sentence(own: FlaskClient, places: object) -> None:
    answer = own.post("/network/places", json=places)
    assert answer.status_code == 400
    assert "places" in answer.get_data(as_text=True)


def test_a_picture_round_an_entry_that_is_no_more_says_what_removed_it(own: FlaskClient) -> None:
    with own.application.app_context():
        editing.withdraw(current.store(), "place", "hof", author="Ada", reason="doppelt")
    answer = own.get("/network?focus=place/hof")
    assert answer.status_code == 410
    assert "doppelt" in answer.get_data(as_text=True)


def test_the_list_as_a_spreadsheet_has_those_that_were_picked(client: FlaskClient) -> None:
    text = client.get("/network/list.csv?focus=actor/silent-green-a&pick=actor/k7-records").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row[-1] for row in rows] == ["Kennung", "actor/k7-records"]


def test_without_any_connection_it_says_what_to_do_and_offers_no_filter():
    made = Quartier()
    made.actor("Einziger Verein")
    page = create_app(made.store()).test_client().get("/network").text
    assert "Ein Akteur steht schon im Verzeichnis." in main_text(page)
    assert 'href="/import"' in page
    assert 'id="network-round"' not in page
