"""Whom to invite, in the browser: one click takes somebody away or keeps it, and the address carries it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from webapp import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def links(page: str, word: str) -> list[str]:
    return [unescape(link) for link in re.findall(rf'<a href="([^"]+)">{word}<span', page)]


def guests(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/actors/([^"]+)"', page)


def test_one_click_says_who_cannot_come_and_another_takes_it_back(client: FlaskClient) -> None:
    page = client.get("/gaps/invitation").text
    first = guests(page)[0]
    after = client.get(links(page, "kann nicht")[0]).text
    assert first not in guests(after)
    assert "Können nicht" in after
    (back,) = re.findall(r'<a class="no-print" href="([^"]+)">doch<', after)
    assert guests(client.get(unescape(back)).text) == guests(page)


def test_who_is_coming_stays_first_whatever_else_is_clicked(client: FlaskClient) -> None:
    page = client.get("/gaps/invitation").text
    last = guests(page)[-1]
    pinned = client.get(links(page, "ist dabei")[-1]).text
    assert guests(pinned)[0] == last
    assert guests(client.get(links(pinned, "kann nicht")[3]).text)[0] == last


def test_filters_keep_what_was_clicked(client: FlaskClient) -> None:
    page = client.get("/gaps/invitation?out=hhs&coming=amandla").text
    assert '<input type="hidden" name="out" value="hhs">' in page
    assert '<input type="hidden" name="coming" value="amandla">' in page


def test_the_list_comes_as_a_table_with_everybody_named(client: FlaskClient) -> None:
    lines = client.get("/gaps/invitation?format=csv&out=hhs").text.splitlines()
    assert any(line.startswith("Herbert-Hoover-Schule,kann nicht") for line in lines)
    assert any("ohne Partner: selbst ansprechen" in line for line in lines)


@pytest.mark.parametrize(("query", "status"), [("group=alle", 400), ("out=nie", 404), ("handlungsfeld=4", 404)])
def test_bad_input_gets_a_sentence(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/gaps/invitation?{query}").status_code == status


def test_an_empty_quartier_has_nobody_to_invite() -> None:
    with Quartier().store() as store:
        assert "Niemand ist zu erreichen." in create_app(store).test_client().get("/gaps/invitation").text
