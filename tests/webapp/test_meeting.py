"""Kreis-Erfassung without a script: each step a form, saved at once, taken back by one button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from reading import notice, text

from builders import Quartier
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient


@pytest.fixture
def office() -> Iterator[FlaskClient]:
    quartier = Quartier()
    for name in ("Schule", "Chor", "Bibliothek"):
        quartier.actor(name)
    with quartier.store() as store:
        app = create_app(store)
        app.config["WTF_CSRF_ENABLED"] = False
        yield app.test_client()


@pytest.fixture
def table(office: FlaskClient) -> str:
    """The address of a meeting that has begun."""
    answer = office.post("/meeting", data={"occasion": "Stadtteilrunde", "day": "2024-05-17", "author": "Ada"})
    assert answer.status_code == 303
    return answer.location


def test_a_meeting_goes_step_by_step(office: FlaskClient, table: str):
    assert "Wer ist da?" in text(office.get(table))
    assert "Mit wem arbeitet „Chor“?" in text(office.get(f"{table}?actor=chor"))
    answer = office.post(table, data={"actor": "Chor", "with": ["Schule", "neu: Turnverein"]})
    page = office.get(answer.location)
    assert notice(page) == "„Chor“: 2 Verbindungen eingetragen, neu angelegt: „Turnverein“."
    assert "Wer noch?" in text(page)
    assert "Ein Akteur am Tisch , 2 Verbindungen" in text(page).replace("Tisch,", "Tisch ,")


def test_the_last_step_is_taken_back_by_one_button(office: FlaskClient, table: str):
    office.post(table, data={"actor": "Chor", "with": "Schule"})
    undo = re.search(
        r'action="(/history/\d+/undo)"[^<]*<input[^<]*<input[^<]*<button[^>]*>Letzten', office.get(table).text
    )
    answer = office.post(undo[1], data={"next": table})
    assert answer.location == table
    assert "Noch nichts." in text(office.get(table))


def test_what_is_typed_is_searched_and_what_is_ticked_stays(office: FlaskClient, table: str):
    answer = office.post(table, data={"actor": "Chor", "with": "Schule", "more": "Bibl", "search": "1"})
    assert 'value="Schule" checked' in answer.text
    assert 'name="with" value="Bibliothek"' in answer.text


def test_someone_unknown_is_asked_about(office: FlaskClient, table: str):
    page = office.get(f"{table}?actor=Bibl")
    assert "Wen meinen Sie mit „Bibl“?" in text(page)
    assert office.post(table, data={"actor": "Bibl"}).status_code == 422


def test_somebody_without_partners_is_there_too(office: FlaskClient, table: str):
    answer = office.post(table, data={"actor": "Chor"}, follow_redirects=True)
    assert notice(answer) == "„Chor“: ist dabei."


def test_the_summary_counts_and_leads_to_the_picture_of_the_circle(office: FlaskClient, table: str):
    office.post(table, data={"actor": "Chor", "with": "Schule"})
    office.post(table, data={"actor": "neu: Turnverein", "with": "Chor"})
    page = office.get(f"{table}/summary")
    assert "2 Akteure am Tisch" in text(page)
    picture = re.search(r'href="(/network[^"]*)"[^>]*>Diesen Kreis', page.text)[1].replace("&amp;", "&")
    names = {node["label"] for node in office.get(picture.replace("/network", "/network.json")).json["nodes"]}
    assert names == {"Stadtteilrunde", "Chor", "Turnverein"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"occasion": " ", "day": "2024-05-17"}, "Bitte den Anlass angeben"),
        ({"occasion": "Runde", "day": "morgen"}, "Bitte den Tag angeben"),
    ],
)
def test_a_meeting_that_cannot_begin_says_why_and_keeps_what_was_typed(office: FlaskClient, data, sentence):
    answer = office.post("/meeting", data=data)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{data["day"]}"' in answer.text


def test_the_german_way_to_write_a_day_is_understood(office: FlaskClient):
    answer = office.post("/meeting", data={"occasion": "Runde", "day": "17.5.2024"}, follow_redirects=True)
    assert "17.5.2024" in text(answer)


def test_a_meeting_that_is_none_is_not_found(office: FlaskClient):
    assert office.get("/meeting/nirgends/nichts").status_code == 404
