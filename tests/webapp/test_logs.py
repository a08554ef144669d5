"""The lines of a server help who runs it, and name nobody."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from webapp import create_app, logs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

PLANTED = ("Plantagena", "plant@beispiel.de", "030 5551234", "geheimes pferd im stall", "Plantverein")


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Path]:
    """The file of the lines, as a server writes it."""
    before = logging.root.handlers[:], logging.root.level
    logs.begin(tmp_path / "pankenetz.log")
    yield tmp_path / "pankenetz.log"
    for handler in logging.root.handlers:
        handler.close()
    logging.root.handlers[:], level = before
    logging.root.setLevel(level)


@pytest.fixture
def app() -> Flask:
    quartier = Quartier()
    quartier.actor("Schule")
    app = create_app(quartier.store(), settings={"WTF_CSRF_ENABLED": False})
    book = app.extensions["accounts"]
    book.add("Plantagena", "admin")
    book.set_password("Plantagena", "geheimes pferd im stall")
    return app


def signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.post("/login", data={"name": "Plantagena", "password": "geheimes pferd im stall"})
    return client


def test_a_change_is_one_line_with_who_what_and_how_it_went(told: Path, app: Flask) -> None:
    signed_in(app).post("/actors/new", data={"name": "Plantverein", "type": "Akteur"})
    mark = app.extensions["accounts"].mark("Plantagena")
    assert re.search(rf"INFO POST editing.new 303 \d.\d s, {mark}, data version 2\n", told.read_text("utf-8"))


def test_what_a_library_does_step_by_step_is_not_told(told: Path) -> None:
    for name in ("weasyprint.progress", "webapp.keeper"):
        logging.getLogger(name).info("step by %s", name)
    logging.getLogger("weasyprint").warning("no font")
    assert re.findall(r"\w+ (?:step by \S+|no font)", told.read_text("utf-8")) == [
        "INFO step by webapp.keeper",
        "WARNING no font",
    ]


def test_no_line_holds_a_name_a_password_or_a_token(told: Path, app: Flask) -> None:
    client, book = signed_in(app), app.extensions["accounts"]
    token = book.make_token("Plantagena", "update", None)
    contact = {
        "actor": "schule", "name": "Plantagena", "email": "plant@beispiel.de", "telephone": "030 5551234",
        "purpose": "x", "legal_basis": "x", "delete_by": "31.12.2030",
    }  # fmt: skip
    client.post("/contacts/new?name=Plantagena", data=contact)
    client.post("/login", data={"name": "plant@beispiel.de", "password": "Plantagena"})
    client.post("/accounts", data={"do": "add", "name": "Plantagena Zwei"})
    client.post("/sparql?update=Plantverein", headers={"Authorization": f"Bearer {token}"})
    client.get("/actors?q=Plantagena")
    lines = told.read_text("utf-8")
    assert "contacts.new 303" in lines
    assert [word for word in (*PLANTED, token, *client._cookies) if str(word) in lines] == []


def test_of_a_defect_the_place_is_told_and_not_what_it_said(
    told: Path, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise ValueError("Plantagena")

    monkeypatch.setattr("graph.directory.listing", broken)
    assert signed_in(app).get("/actors?q=Plantagena").status_code == 500
    lines = told.read_text("utf-8")
    assert "GET directory.listing broke" in lines
    assert "test_logs.py:" in lines
    assert "Plantagena" not in lines


def test_a_file_that_is_full_makes_room_for_the_next_and_only_its_owner_reads_it(
    tmp_path: Path, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = next(one for one in logging.root.handlers if isinstance(one, RotatingFileHandler))
    monkeypatch.setattr(kept, "maxBytes", 2000)
    for number in range(300):
        logging.getLogger("webapp.x").info("line %d", number)
    files = sorted(tmp_path.glob("pankenetz.log*"))
    assert len(files) == logs.KEPT + 1
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    assert "line 299" in told.read_text("utf-8")
