"""The workspace of a round: fetched, decided by several people, filtered, closed; and how lists show what was said."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest

from builders import Quartier
from graph import rounds
from graph.gaps import gaps
from webapp import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from graph.store import Store


@pytest.fixture
def store() -> Store:
    """A pair that should meet, in a round with two Handlungsfelder."""
    quartier = Quartier()
    quartier.round("2025", start="2025", end="2027")
    field, _ = (quartier.handlungsfeld("2025", *named) for named in (("1", "Bildung"), ("2", "Freiraum")))
    one, other, middle = (quartier.actor(name, fields=[field]) for name in ("Schule", "Verein", "Bibliothek"))
    quartier.project("Lesefest", traeger=[one], partner=[middle], start="2024", fields=[field])
    quartier.project("Hoffest", traeger=[other], partner=[middle], start="2024", fields=[field])
    return quartier.store()


@pytest.fixture
def browser(store: Store) -> FlaskClient:
    """A client of an app over that store."""
    return create_app(store, settings={"WTF_CSRF_ENABLED": False}).test_client()


def line(store: Store) -> rounds.Suggestion:
    return rounds.workspace(store, "2025").suggestions[0]


def fetch(browser: FlaskClient) -> None:
    assert browser.post("/rounds/2025/workspace/fill", data={"kind": "introduce", "amount": "5"}).status_code == 303


def decide(browser: FlaskClient, store: Store, **said: Any) -> Any:
    return browser.post("/deciding/decide", data={"round": "2025", "line": line(store).slug, **said})


def test_a_round_leads_to_its_workspace_and_an_empty_one_says_what_to_do(browser: FlaskClient) -> None:
    assert 'href="/rounds/2025/workspace"' in browser.get("/rounds/2025").text
    assert "Noch keine Vorschläge" in browser.get("/rounds/2025/workspace").text


def test_fetched_suggestions_stand_with_their_reasons(browser: FlaskClient, store: Store) -> None:
    fetch(browser)
    page = browser.get("/rounds/2025/workspace").text
    assert all(reason in page for reason in line(store).reasons["de"])
    assert line(store).position == 1


def test_two_people_who_disagree_are_both_shown(browser: FlaskClient, store: Store) -> None:
    fetch(browser)
    decide(browser, store, verdict="ansprechen", author="Ada", next_step="Anrufen", due="1.2.2020")
    decide(browser, store, verdict="passt-nicht", why="Streit", author="Bo")
    page = browser.get("/rounds/2025/workspace?show=disputed").text
    assert "strittig: Passt nicht / Ansprechen" in page
    assert "Streit" in page
    assert "Anrufen" in page
    assert "überfällig" in page


def test_a_verdict_leads_to_the_next_line(browser: FlaskClient, store: Store) -> None:
    fetch(browser)
    answer = decide(browser, store, verdict="pruefen", follows="abc", next="/rounds/2025/workspace?show=open")
    assert answer.location == "/rounds/2025/workspace?show=open#line-abc"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Bitte zuerst wählen"),
        ({"verdict": "passt-nicht"}, "warum es nicht passt"),
        ({"verdict": "wurde-projekt", "project": "Gibt es nicht"}, "ist nicht eingetragen"),
        ({"verdict": "vorgestellt", "introduced": "neulich"}, "kein Datum"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(
    browser: FlaskClient, store: Store, said: dict[str, str], sentence: str
) -> None:
    fetch(browser)
    answer = decide(browser, store, **said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert line(store).verdicts == ()


def test_a_gap_is_decided_on_from_its_own_page(browser: FlaskClient, store: Store) -> None:
    gap = gaps(store, "introduce")[0]
    assert "Was das Team dazu sagt" in browser.get(f"/gaps/{gap.id}").text
    browser.post(
        "/deciding/decide", data={"round": "2025", "gap": gap.id, "verdict": "kannten-sich-schon", "since": "2019"}
    )
    assert line(store).state == "kannten-sich-schon"
    assert "Beziehungen" in browser.get("/actors/schule").text


def test_a_line_by_hand_stands_with_its_own_reason(browser: FlaskClient, store: Store) -> None:
    named = {"round": "2025", "actor": ["Schule", "Verein", ""], "reason": "Beide fragten"}
    assert browser.post("/deciding/add", data=named).location.endswith(f"#line-{line(store).slug}")
    page = browser.get("/rounds/2025/workspace").text
    assert "Beide fragten" in page
    assert browser.post("/deciding/add", data=named | {"actor": ["Schule", "Niemand"]}).status_code == 422


def test_a_handlungsfeld_narrows_the_lines_and_never_stands_without_its_round(
    browser: FlaskClient, store: Store
) -> None:
    fetch(browser)
    assert "2025 · 1 Bildung" in browser.get("/rounds/2025/workspace?handlungsfeld=2025-1").text
    assert line(store).slug not in browser.get("/rounds/2025/workspace?handlungsfeld=2025-2").text
    assert browser.get("/rounds/2025/workspace?handlungsfeld=1999-9").status_code == 400


def test_the_table_holds_every_line_with_what_was_said(browser: FlaskClient, store: Store) -> None:
    fetch(browser)
    decide(browser, store, verdict="ansprechen", author="Ada", next_step="Anrufen", responsible="QM-Team")
    rows = list(
        csv.DictReader(io.StringIO(browser.get("/rounds/2025/workspace?format=csv").get_data().decode("utf-8-sig")))
    )
    assert [(row["Stand"], row["Nächster Schritt"], row["Zuständig"]) for row in rows] == [
        ("Ansprechen", "Anrufen", "QM-Team")
    ]


@pytest.mark.parametrize("step", ["close", "delete"])
def test_closing_and_deleting_are_asked_first_and_taken_back(browser: FlaskClient, store: Store, step: str) -> None:
    fetch(browser)
    assert browser.get(f"/rounds/2025/workspace/{step}").status_code == 200
    assert rounds.workspace(store, "2025").suggestions
    page = browser.post(f"/rounds/2025/workspace/{step}", follow_redirects=True).text
    undo = re.search(r'action="(/history/\d+/undo)"', page)
    assert undo is not None
    browser.post(undo[1])
    space = rounds.workspace(store, "2025")
    assert (space.exists, space.closed, len(space.suggestions)) == (True, None, 1)


def test_a_closed_workspace_takes_nothing_and_says_so(browser: FlaskClient, store: Store) -> None:
    fetch(browser)
    browser.post("/rounds/2025/workspace/close")
    answer = decide(browser, store, verdict="pruefen")
    assert answer.status_code == 422
    assert "abgeschlossen" in answer.text


def test_the_start_page_says_what_is_to_be_decided(browser: FlaskClient) -> None:
    fetch(browser)
    assert re.search(r"Entscheiden für: 2025</a> <span class=\"count\">1<", browser.get("/").text)
