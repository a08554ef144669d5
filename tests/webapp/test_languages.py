"""German first, English by the switch, nothing in between."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

import webapp

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_the_first_visit_is_german_whatever_the_browser_prefers(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "en-GB,en"}).text
    assert '<html lang="de">' in page
    assert "Veranstaltungen" in page


def test_the_switch_is_remembered(client: FlaskClient) -> None:
    client.get("/actors?lang=en")
    page = client.get("/projects").text
    assert '<html lang="en">' in page
    assert "Projects" in page


def test_the_switch_returns_to_the_same_page_with_its_filters(client: FlaskClient) -> None:
    assert (
        'href="/actors?q=schule&amp;kind=grundschule&amp;lang=en"'
        in client.get("/actors?q=schule&kind=grundschule").text
    )


@pytest.mark.parametrize("asked", ["fr", "<script>", "EN", ""])
def test_an_unknown_language_changes_nothing(client: FlaskClient, asked: str) -> None:
    answer = client.get("/", query_string={"lang": asked})
    assert '<html lang="de">' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_pages_differ_by_cookie_and_say_so(client: FlaskClient) -> None:
    assert "Cookie" in client.get("/").headers["Vary"]


def test_concepts_and_headings_are_english_too(client: FlaskClient) -> None:
    page = client.get("/actors?lang=en").text
    assert "Primary school" in page
    assert "<bdi>Grundschule</bdi>" not in page


def test_every_translation_keeps_the_placeholders() -> None:
    path = Path(webapp.__file__).parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale="en")
    assert [str(message.id) for message in catalog for _ in message.check(catalog) if message.id] == []
