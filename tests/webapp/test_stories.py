"""Stories as a meeting sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import webapp
from tests.builders import Quartier

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.fixture
def office() -> FlaskClient:
    """An office with two actors in one project, and no token to send with forms."""
    quartier = Quartier()
    quartier.project("Hoffest", traeger=[quartier.actor("Schule")], partner=[quartier.actor("Kita")])
    return webapp.create_app(quartier.store(), settings={"TESTING": True, "WTF_CSRF_ENABLED": False}).test_client()


def keep(office: FlaskClient, name: str, address: str = "/network", **more: str) -> str:
    """The page after a view was kept."""
    form = {"name": name, "address": address, "text": "Text", **more}
    return office.post("/stories/keep", data=form, follow_redirects=True).text


def test_a_view_becomes_a_step_and_the_story_is_shown(office: FlaskClient) -> None:
    """With its picture, its text, and the way back."""
    assert "„Alle“ ist gemerkt." in keep(office, "Alle", new="Für die Runde")
    page = office.get("/stories/fuer-die-runde/show").text
    assert 'src="/stories/fuer-die-runde/alle.svg"' in page
    drawn = office.get("/stories/fuer-die-runde/alle.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert "sandbox" in drawn.headers["Content-Security-Policy"]


def test_what_was_typed_comes_back_if_it_cannot_be_kept(office: FlaskClient) -> None:
    """With a sentence, and status 422."""
    answer = office.post("/stories/keep", data={"name": "Woanders", "address": "/actors", "text": "wichtig"})
    assert answer.status_code == 422
    assert "wichtig" in answer.text
    assert 'value="Woanders"' in answer.text


def test_steps_move_and_pictures_are_kept_by_buttons(office: FlaskClient) -> None:
    """Each says what it did."""
    for name in ("Eins", "Zwei"):
        keep(office, name, **({"new": "Runde"} if name == "Eins" else {"story": "runde"}))
    page = office.post("/stories/runde/order", data={"step": "zwei", "to": "up"}, follow_redirects=True).text
    assert page.index("Zwei") < page.index("Eins")
    assert "bleiben jetzt so" in office.post("/stories/runde/freeze", follow_redirects=True).text
    assert "wieder den Stand von heute" in office.post("/stories/runde/thaw", follow_redirects=True).text
    assert office.post("/stories/runde/order", data={"step": "drei", "to": "up"}).status_code == 404


def test_the_list_invites_and_the_empty_form_opens(office: FlaskClient) -> None:
    """In both languages."""
    assert "Noch keine Geschichte" in office.get("/stories").text
    assert "No story yet" in office.get("/stories?lang=en").text
    assert office.get("/stories/new").status_code == 200
    assert office.get("/stories/keine").status_code == 404


def test_the_network_offers_to_keep_what_it_shows(office: FlaskClient) -> None:
    """With its whole state."""
    assert 'name="address" value="/network?view=projects"' in office.get("/network?view=projects").text
