"""Whoever changed something sees it at once, and so does everybody what came from no browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from builders import Quartier
from graph import editing
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from graph.store import Store

    Office = tuple[Store, Flask]


@pytest.fixture
def office() -> Iterator[Office]:
    quartier = Quartier()
    quartier.project("Fest", traeger=[quartier.actor("Schule")], partner=[quartier.actor("Haus")])
    with quartier.store() as store:
        yield store, create_app(store)


def actors(client: FlaskClient, **headers: str) -> int:
    """How many actors the figures count."""
    page = client.get("/measures", headers={"Accept": "text/html", **headers}).get_data(as_text=True)
    found = re.search(r"Ohne bekannten Partner: \d+ von (\d+)", page)
    assert found
    return int(found[1])


def enter(client: FlaskClient, name: str) -> None:
    form = client.get("/actors/new").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token
    said: dict[str, Any] = {"csrf_token": token[1], "type": "Akteur", "name": name, "author": "Ada", "anyway": "1"}
    assert client.post("/actors/new", data=said).status_code == 303


def test_the_others_may_see_it_a_moment_later(office: Office) -> None:
    _, app = office
    ada, bea = app.test_client(), app.test_client()
    assert (actors(ada), actors(bea)) == (2, 2)
    enter(ada, "Hof")
    assert actors(bea) == 2
    assert actors(ada) == 3
    assert actors(bea) == 3  # made for Ada, there for all


def test_who_loads_the_page_again_sees_it(office: Office) -> None:
    _, app = office
    ada, bea = app.test_client(), app.test_client()
    actors(bea)
    enter(ada, "Hof")
    assert actors(bea, **{"Cache-Control": "max-age=0"}) == 3


def test_what_came_from_no_browser_is_seen_by_all(office: Office) -> None:
    store, app = office
    bea = app.test_client()
    actors(bea)
    editing.save(store, "actor", None, {"type": ["Akteur"], "name": ["Hof"]}, author="Ada")
    assert actors(bea) == 3
