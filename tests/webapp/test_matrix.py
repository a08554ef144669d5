"""The table as the office reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.mark.parametrize("view", ["fields", "sectors", "places"])
def test_each_table_is_there_in_both_languages(client: FlaskClient, view: str) -> None:
    """With its shades and its way to the spreadsheet."""
    for language in ("de", "en"):
        page = client.get(f"/matrix?view={view}&lang={language}").text
        assert '<td class="h' in page
        assert f"/matrix.csv?view={view}" in page


def test_a_cell_shows_what_was_counted_and_who_could_be_met(client: FlaskClient) -> None:
    """The way on to the missing partnerships stands there."""
    actor = client.get("/matrix").text.split("row=actor/")[1].split("&")[0]
    page = client.get(f"/matrix?row=actor/{actor}&column=handlungsfeld/2022-3")
    assert page.status_code == 200
    assert "Wen dort kennenlernen?" in page.text
    assert "/gaps?kind=introduce&amp;handlungsfeld=2022-3&amp;actor=" in page.text


def test_a_cell_of_two_sectors_leads_to_those_who_could_meet(client: FlaskClient) -> None:
    """Each suggestion is between an actor of the one and an actor of the other."""
    table = client.get("/matrix?view=sectors").text
    cells = re.findall(r'href="([^"]+row=[^"]+#cell)" aria-label="([^:]+):', table)
    pages = [(client.get(cell.replace("&amp;", "&")).text, labels.split(", ", 1)) for cell, labels in cells[:8]]
    led = [(one, labels) for page, labels in pages for one in re.findall(r'href="/gaps/(introduce~[^"]+)"', page)]
    assert led
    for gap, labels in led:
        actors = [client.get(f"/actors/{slug}").text for slug in gap.split("~")[1:3]]
        assert all(any(label in actor for actor in actors) for label in labels)


def test_a_cell_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    """And a view that does not exist is refused."""
    assert client.get("/matrix?row=actor/x&column=handlungsfeld/y").status_code == 404
    assert client.get("/matrix?view=people").status_code == 400


def test_the_table_comes_as_csv(client: FlaskClient) -> None:
    """All rows, the unasked ones too."""
    text = client.get("/matrix.csv?view=places").text
    assert text.startswith("\ufeffOrt,2022 · 1")
