"""Pages around a round: what came of it, against the round before, and the next one, which asks before it matches."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph import network, rounds
from webapp import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from graph.store import Store

NEW = {"name": "IHEK 2026", "short": "2026", "start": "2026", "fields": "1 Gesundheit\n2 Bildung und Jugend"}


@pytest.fixture
def store() -> Store:
    """Two rounds; in the later one a line that became a project, and one that is open."""
    quartier = Quartier()
    quartier.round("2019", start="2019")
    quartier.round("2022", start="2022")
    field = quartier.handlungsfeld("2022", "1", "Bildung")
    one, other, third = (quartier.actor(name, fields=[field]) for name in ("Schule", "Verein", "Kita"))
    quartier.project("Hoffest", traeger=[one], partner=[other], start="2099", fields=[field])
    store = quartier.store()
    for partner in (other, third):
        rounds.add_line(store, "2022", [one, partner], author="Ada")
    return store


@pytest.fixture
def browser(store: Store) -> FlaskClient:
    """A client of an app over that store."""
    return create_app(store, settings={"WTF_CSRF_ENABLED": False}).test_client()


def test_what_came_of_a_round_is_said_in_one_sentence_and_line_by_line(browser: FlaskClient) -> None:
    page = browser.get("/rounds/2022/success").text
    assert "Von 2 Vorschlägen: 1 gemeinsames Projekt, 1 noch nicht besprochen" in " ".join(page.split())
    assert "gemeinsames Projekt (seit 2099)" in page
    rows = list(
        csv.DictReader(io.StringIO(browser.get("/rounds/2022/success?format=csv").get_data().decode("utf-8-sig")))
    )
    assert {row["Ergebnis"] for row in rows} == {"gemeinsames Projekt", "noch nicht besprochen"}


def test_no_score_is_given(browser: FlaskClient) -> None:
    page = browser.get("/rounds/2022/success").text.split("<main")[1]
    assert not re.search(r"\d\s*%", re.sub(r"<[^>]+>", "", page))


def test_rounds_are_compared_with_the_one_before_or_it_is_said_what_that_takes(browser: FlaskClient) -> None:
    assert "2022 gegen 2019" in browser.get("/rounds/2022/compare").text
    assert "braucht es eine frühere Runde" in browser.get("/rounds/2019/compare").text
    assert browser.get("/rounds/2022/compare?with=2022").status_code == 400
    assert browser.get("/rounds/2022/compare?format=csv").mimetype == "text/csv"


def test_a_new_round_asks_for_each_field_and_writes_what_was_said(browser: FlaskClient, store: Store) -> None:
    asked = browser.post("/rounds/2022/next", data=NEW).text
    assert "ähnlicher Name" in asked
    assert "2026" not in rounds.workspaces(store)
    line = rounds.open_lines(store, "2022")[0].slug
    said = {
        "step": "begin",
        "relation-2": "close",
        "old-2": "2022-1",
        "relation-1": "",
        "old-1": "2022-1",
        "line": line,
    }
    assert browser.post("/rounds/2022/next", data=NEW | said).location == "/rounds/2026/workspace"
    base = f"{store.base_iri}handlungsfeld/"
    assert network.field_matches(store) == {f"{base}2026-2": {f"{base}2022-1"}, f"{base}2022-1": {f"{base}2026-2"}}
    assert len(rounds.workspace(store, "2026").suggestions) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "einen Namen geben"),
        ({"fields": "Bildung"}, "fehlt die Nummer"),
        ({"fields": "1 Bildung\n1 Klima"}, "kommt zweimal vor"),
        ({"name": "2022", "short": "", "step": "begin"}, "einen Namen geben"),
        ({"start": "bald", "step": "begin"}, "kein Datum"),
    ],
)
def test_what_a_new_round_lacks_is_said_and_nothing_changes(
    browser: FlaskClient, store: Store, typed: dict[str, str], sentence: str
) -> None:
    version = store.version
    answer = browser.post("/rounds/2022/next", data=NEW | typed)
    assert (answer.status_code, store.version) == (422, version)
    assert sentence in answer.text
