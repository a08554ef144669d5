"""The pages of upkeep: what is to do, one click to confirm, straight to what is missing, what is new in words."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from reading import notice, text

from builders import Quartier
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PAGES = ("/upkeep", "/upkeep/confirm", "/upkeep/missing", "/upkeep/news", "/upkeep/ties", "/meeting")


@pytest.fixture
def office() -> Iterator[FlaskClient]:
    """A small Quartier of one's own, to write in."""
    quartier = Quartier()
    school, choir = quartier.actor("Schule"), quartier.actor("Chor")
    quartier.actor("Bibliothek")
    quartier.project("Fest", traeger=[school], partner=[choir])
    with quartier.store() as store:
        app = create_app(store)
        app.config["WTF_CSRF_ENABLED"] = False
        yield app.test_client()


def table(answer: TestResponse) -> list[list[str]]:
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_upkeep_is_there_with_data_and_without(client: FlaskClient, path: str):
    with Quartier().store() as empty:
        assert create_app(empty).test_client().get(path).status_code == 200
    assert client.get(path).status_code == 200


def test_the_hub_leads_to_everything_there_is_to_do(client: FlaskClient):
    page = client.get("/upkeep").text
    for path in (
        "/actors/new",
        "/ties/new",
        "/import",
        "/meeting",
        "/upkeep/confirm",
        "/upkeep/missing",
        "/upkeep/news",
        "/matching",
        "/history",
    ):
        assert f'href="{path}' in page


def test_one_click_confirms_one_entry_and_says_so(office: FlaskClient):
    answer = office.post("/upkeep/confirm", data={"one": "actor/chor", "author": "Ada"}, follow_redirects=True)
    assert notice(answer) == "Bestätigt: „Chor“."
    assert "Rückgängig machen" in answer.text
    assert "noch nie bestätigt" not in text(office.get("/actors/chor"))
    assert "noch nie bestätigt" in text(office.get("/actors/schule"))


def test_all_that_is_ticked_is_confirmed_in_one_change(office: FlaskClient):
    data = {"entry": ["actor/chor", "actor/schule", "project/fest"], "next": "/upkeep/confirm?kind=actor"}
    answer = office.post("/upkeep/confirm", data=data)
    assert answer.location == "/upkeep/confirm?kind=actor"
    assert notice(office.get(answer.location)) == "3 Einträge bestätigt."
    office.post("/history/2/undo")
    assert "davon 4 seit" in text(office.get("/upkeep/confirm"))


def test_confirming_nothing_says_what_to_do(office: FlaskClient):
    assert "ankreuzen" in notice(office.post("/upkeep/confirm", data={}, follow_redirects=True))


def test_confirming_leads_nowhere_else(office: FlaskClient):
    answer = office.post("/upkeep/confirm", data={"one": "actor/chor", "next": "https://foreign.example/"})
    assert answer.location == "/"


@pytest.mark.parametrize("address", ["kind=contact", "page=99", "page=x"])
def test_a_list_to_confirm_that_there_is_not_is_refused(client: FlaskClient, address: str):
    assert client.get(f"/upkeep/confirm?{address}").status_code in (400, 404)


def test_what_is_missing_leads_straight_to_its_field(office: FlaskClient):
    page = unescape(office.get("/upkeep/missing?kind=project").text)
    (start,) = re.findall(r'href="(/projects/fest/edit\?[^"]*#f-start)"', page)
    assert 'id="f-start"' in office.get(start).text


def test_a_missing_traeger_leads_to_a_new_involvement_that_is_filled_in(client: FlaskClient):
    page = unescape(client.get("/upkeep/missing?kind=project").text)
    form = client.get(re.search(r'href="(/involvements/new\?[^"]*)"', page)[1]).text
    assert "Träger" in form
    assert re.search(r'name="project_or_event" value="[^"]+"', form)


def test_the_tables_say_what_the_pages_say(office: FlaskClient):
    assert ["Projekt", "fest", "Fest", "Beginn", "Beginn fehlt."] in table(office.get("/upkeep/missing?format=csv"))
    confirm = table(office.get("/upkeep/confirm?format=csv"))
    assert [row[3] for row in confirm[1:]] == ["", "", "", ""]
    office.post("/upkeep/ties", data={"actor": "Chor", "with": "Schule"})
    assert ["neue Verbindung", "Beziehung", "chor--schule--kooperiert-mit", "Chor – Schule", "Kooperiert mit"] in table(
        office.get("/upkeep/news?version=0&format=csv")
    )


def test_news_begin_at_the_last_visit_on_an_earlier_day(office: FlaskClient):
    office.set_cookie("seen", "2024-05-17.0")
    assert "Neu seit 17.5.2024" in text(office.get("/upkeep/news"))
    assert "Neu seit 17.5.2024" in text(office.get("/upkeep/news"))
    assert office.get_cookie("seen").value.endswith(".1.2024-05-17.0")


@pytest.mark.parametrize("cookie", ["", "x", "2024-05-17", "2024-13-01.0", "2024-05-17.x.y"])
def test_a_broken_cookie_means_thirty_days(office: FlaskClient, cookie: str):
    office.set_cookie("seen", cookie)
    assert office.get("/upkeep/news").status_code == 200


@pytest.mark.parametrize("address", ["since=gestern", "version=-1", "version=x"])
def test_a_beginning_nobody_understands_is_refused(office: FlaskClient, address: str):
    assert office.get(f"/upkeep/news?{address}").status_code == 400


def test_ties_are_entered_from_the_page_of_an_actor(office: FlaskClient):
    page = office.get("/actors/chor").text
    assert 'href="/upkeep/ties?actor=actor/chor"' in page
    data = {"actor": "actor/chor", "with": ["actor/schule", "neu: Turnverein"], "state": "wished", "start": "5/2024"}
    answer = office.post("/upkeep/ties", data=data, follow_redirects=True)
    assert notice(answer) == "„Chor“: 2 Verbindungen eingetragen, neu angelegt: „Turnverein“."
    assert "Gewünscht" in text(answer)


def test_a_tie_from_the_picture_has_both_ends_filled_in(office: FlaskClient):
    page = office.get("/upkeep/ties?actor=actor/chor&with=actor/schule").text
    assert "Mit wem arbeitet „Chor“?" in unescape(page)
    assert 'value="Schule" checked' in page


def test_a_refused_form_comes_back_as_it_was(office: FlaskClient):
    data = {"actor": "actor/chor", "with": ["actor/schule"], "more": "Bibl", "start": "irgendwann", "via": "Fest"}
    answer = office.post("/upkeep/ties", data=data)
    assert answer.status_code == 422
    assert "„irgendwann“ ist kein Datum" in text(answer)
    assert "Wen meinen Sie mit „Bibl“?" in text(answer)
    for kept in ('value="Schule" checked', 'value="irgendwann"', 'value="Fest"', 'value="Bibliothek"'):
        assert kept in answer.text


def test_a_new_actor_of_a_known_name_is_asked_about_and_made_only_then(office: FlaskClient):
    data = {"actor": "actor/chor", "with": "neu: Bibliothek"}
    asked = office.post("/upkeep/ties", data=data)
    assert "Gibt es „Bibliothek“ vielleicht schon?" in text(asked)
    same = office.post("/upkeep/ties", data=data | {"pick:neu: Bibliothek": "Bibliothek"}, follow_redirects=True)
    assert notice(same) == "„Chor“: eine Verbindung eingetragen."
    other = office.post("/upkeep/ties", data=data | {"pick:neu: Bibliothek": "neu: Bibliothek"}, follow_redirects=True)
    assert notice(other) == "„Chor“: eine Verbindung eingetragen, neu angelegt: „Bibliothek“."


def test_an_actor_that_may_be_several_is_asked_for(office: FlaskClient):
    assert "Wen meinen Sie mit „Bibl“?" in text(office.get("/upkeep/ties?actor=Bibl"))


def test_doubles_are_counted_beside_the_page(client: FlaskClient):
    assert client.get("/upkeep/doubles.json").json["count"] > 0
