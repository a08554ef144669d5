"""Contacts in the web: entered with purpose and last day, seen by whom the admin says, reported and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph.contacts import Contacts
from webapp import create_app, rights

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

ERIKA = {
    "actor": "schule", "name": "Erika Mustermann", "email": "erika@beispiel.de", "purpose": "Einladungen",
    "legal_basis": "Einwilligung", "delete_by": "31.12.2026", "source": "Telefonat",
}  # fmt: skip


@pytest.fixture
def app() -> Flask:
    quartier = Quartier()
    quartier.actor("Schule")
    return create_app(quartier.store(), settings={"WTF_CSRF_ENABLED": False})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def slug_of(app: Flask) -> str:
    return Contacts(app.extensions["store"]).all()[0].slug


def test_what_is_entered_stands_on_the_page_of_contacts_only(client: FlaskClient) -> None:
    assert client.post("/contacts/new", data=ERIKA).headers["Location"] == "/contacts?actor=schule"
    assert "Erika Mustermann" in client.get("/contacts?actor=schule").text
    actor = client.get("/actors/schule").text
    assert "Mustermann" not in actor
    assert 'href="/contacts?actor=schule"' in actor
    assert "Mustermann" not in client.get("/history").text + client.get("/history/2").text


def test_a_form_without_a_last_day_is_shown_again_with_what_was_typed(client: FlaskClient) -> None:
    answer = client.post("/contacts/new", data=ERIKA | {"delete_by": ""})
    assert answer.status_code == 422
    assert "Löschen bis“ genau einen Tag" in answer.text
    assert "erika@beispiel.de" in answer.text


def test_two_people_on_one_contact_do_not_overwrite_each_other(app: Flask, client: FlaskClient) -> None:
    client.post("/contacts/new", data=ERIKA)
    drawn = {f"was:{name}": text for name, text in ERIKA.items()}
    path = f"/contacts/{slug_of(app)}"
    assert client.post(path, data=ERIKA | drawn | {"email": "a@beispiel.de"}).status_code == 303
    answer = client.post(path, data=ERIKA | drawn | {"email": "b@beispiel.de"})
    assert answer.status_code == 422
    assert "Inzwischen hat jemand anderes" in answer.text


def test_the_admin_says_who_sees_them(app: Flask, client: FlaskClient) -> None:
    book = app.extensions["accounts"]
    book.add("Bo", "editor")
    client.post("/contacts/who", data={"role": "admin"})
    bo = app.test_client()
    bo.set_cookie(rights.SESSION_COOKIE, book.begin(book.find("Bo")))
    assert bo.get("/contacts").status_code == 403
    assert "/contacts" not in bo.get("/actors/schule").text
    book.choose(rights.CONTACTS_SETTING, "editor")
    assert bo.get("/contacts").status_code == 200


def test_report_record_and_erasure(app: Flask, client: FlaskClient) -> None:
    client.post("/contacts/new", data=ERIKA)
    path = f"/contacts/{slug_of(app)}"
    assert "erika@beispiel.de" in client.get(f"{path}/report").text
    record = client.get("/contacts/processing").text
    assert "Einladungen" in record
    assert "Mustermann" not in record
    assert "Angaben sind weg" in client.post(f"{path}/forget").text
    assert client.get(path).status_code == 404
    assert "vollständig gelöscht" in client.get("/history").text


def test_a_number_in_a_free_text_is_questioned_once(client: FlaskClient) -> None:
    typed = {"type": "Akteur", "name": "Treff", "description": "Fragen an erika@beispiel.de"}
    answer = client.post("/actors/new", data=typed)
    assert answer.status_code == 409
    assert "Darf das hier stehen?" in answer.text
    assert client.post("/actors/new", data=typed | {"anyway": "1"}).status_code == 303
