"""Wie komme ich zu …? as the office asks it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_names_lead_to_ways_and_to_who_can_introduce(client: FlaskClient) -> None:
    """By name, as typed, without JavaScript."""
    page = client.get("/connections?actor=himmelbeet gGmbH&actor=Uferstudios").text
    assert "So kommen Sie hin" in page
    assert "Was sie verbindet" in page


def test_an_unclear_name_is_asked_back_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    """The other name stays in its field."""
    page = client.get("/connections?actor=Kita&actor=Uferstudios").text
    assert "Wen meinen Sie mit „Kita“?" in page
    assert 'value="Uferstudios"' in page
    assert "So kommen Sie hin" not in page


def test_the_empty_form_asks_and_does_not_complain(client: FlaskClient) -> None:
    """In both languages."""
    assert "Um wen geht es?" in client.get("/connections").text
    assert "Who is this about?" in client.get("/connections?lang=en").text


def test_hostile_names_stay_text(client: FlaskClient) -> None:
    """Nothing typed runs."""
    assert "<script>alert" not in client.get("/connections?actor=<script>alert(1)</script>&actor=x").text


def test_ways_and_what_is_shared_are_spreadsheets_too(client: FlaskClient) -> None:
    """The page links both; each way has its steps, and everything shared says by whom."""
    asked = "actor=himmelbeet gGmbH&actor=Uferstudios"
    assert "/connections.csv?actor=" in client.get(f"/connections?{asked}").text
    ways = list(csv.DictReader(io.StringIO(client.get(f"/connections.csv?{asked}").text.lstrip("\ufeff"))))
    assert (ways[0]["Weg"], ways[0]["Schritt"], ways[0]["Von"]) == ("1", "1", "himmelbeet gGmbH")
    shared = list(csv.DictReader(io.StringIO(client.get(f"/connections/shared.csv?{asked}").text.lstrip("\ufeff"))))
    assert all("Uferstudios" in row["Wer"] for row in shared)
    assert len(client.get("/connections.csv?actor=Kita&actor=Uferstudios").text.splitlines()) == 1
