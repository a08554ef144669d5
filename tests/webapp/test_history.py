"""The history in the web: read what changed, take it back with one button, or read why not; contacts never show."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from changed import SCHULE, change, quartier_with_a_past, statement
from pyoxigraph import Literal, NamedNode, Quad

from graph import changes
from ontology.terms import SKOS
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from graph.store import Store

HOSTILE = "<script>alert(1)</script> \"'& %(x)s {{ 7*7 }}"


@pytest.fixture
def past() -> Iterator[Store]:
    with quartier_with_a_past() as store:
        yield store


@pytest.fixture
def visitor(past: Store) -> FlaskClient:
    return create_app(past, settings={"WTF_CSRF_ENABLED": False}).test_client()


def text_of(page: str) -> str:
    """What a page says, from its notices to its foot."""
    main = page[page.index('<div class="notices"') : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_list_says_who_when_how_why_and_what(visitor: FlaskClient) -> None:
    said = text_of(visitor.get("/history").text)
    assert "4 Änderungen" in said
    assert re.search(r"Neuer Name Rückgängig machen .* Ada · \d+\.\d+\.\d{4}, \d\d:\d\d · von Hand", said)
    assert "Grundschule – geändert: Name: Schule → Grundschule" in said


@pytest.mark.parametrize(
    ("question", "found"),
    [("author=Bo", 2), ("kind=undo", 0), ("kind=hand", 4), ("entry=project/hoffest", 1), ("day=1999-01-01", 0)],
)
def test_the_list_is_narrowed(visitor: FlaskClient, question: str, found: int) -> None:
    assert visitor.get(f"/history?{question}").text.count("<article") == found


@pytest.mark.parametrize("question", ["kind=x", "day=x", "day=2024-13-01"])
def test_a_filter_that_makes_no_sense_is_refused(visitor: FlaskClient, question: str) -> None:
    assert visitor.get(f"/history?{question}").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/history/99",
        "/history/x",
        "/history?page=9",
        "/history?entry=x",
        "/history?entry=contact/1",
        "/history/1?page=2",
    ],
)
def test_what_is_not_there_is_not_found(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_the_spreadsheet_holds_what_was_asked_for(visitor: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(visitor.get("/history?author=Bo&format=csv").text.removeprefix("\ufeff"))))
    assert [row[0] for row in rows] == ["Änderung", "4", "2"]


def test_every_entry_leads_to_its_history(visitor: FlaskClient) -> None:
    assert 'href="/history?entry=actor/schule"' in visitor.get("/actors/schule").text
    said = text_of(visitor.get("/history?entry=actor/schule").text)
    assert "Alles, was an diesem Eintrag geändert wurde: Grundschule" in said


def test_a_change_shows_old_and_new(visitor: FlaskClient) -> None:
    page = visitor.get("/history/3").text
    assert re.search(r"<del>.*Schule.*</del>.*<ins>.*Grundschule.*</ins>", page, re.DOTALL)
    assert "is responsible for" in visitor.get("/history/2?lang=en").text


def test_undo_asks_nothing_says_what_it_did_and_offers_the_way_back(visitor: FlaskClient, past: Store) -> None:
    answer = visitor.post("/history/3/undo", data={"author": "Cy"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/history/5")
    page = visitor.get("/history/5").text
    assert text_of(page).startswith("Rückgängig gemacht: Neuer Name Wieder herstellen")
    assert changes.find_change(past, "5").author == "Cy"
    assert "zurückgenommen" in text_of(visitor.get("/history").text)
    visitor.post("/history/5/undo")
    assert text_of(visitor.get("/history").text).startswith("Wiederhergestellt: Neuer Name")
    assert "Grundschule" in visitor.get("/actors/schule").text


def test_undo_goes_back_to_where_it_was_asked_for_but_never_elsewhere(visitor: FlaskClient) -> None:
    assert visitor.post("/history/4/undo", data={"next": "/projects"}).headers["Location"] == "/projects"
    assert visitor.post("/history/5/undo", data={"next": "//evil.example"}).headers["Location"] == "/"


def test_undo_without_our_token_is_refused(past: Store) -> None:
    answer = create_app(past).test_client().post("/history/3/undo")
    assert answer.status_code == 400
    assert past.version == 4


def test_a_refused_undo_says_what_stands_against_it_and_offers_to_undo_that(visitor: FlaskClient, past: Store) -> None:
    answer = visitor.post("/history/2/undo")
    assert (answer.status_code, past.version) == (409, 4)
    said = text_of(answer.text)
    assert "Schon früher Bo ·" in said
    assert "Beginn vorher: 2021 → jetzt: 2020" in said
    assert 'action="/history/4/undo"' in answer.text


def test_what_is_undone_already_is_said_so(visitor: FlaskClient) -> None:
    visitor.post("/history/4/undo")
    answer = visitor.post("/history/4/undo")
    assert answer.status_code == 409
    assert "Das ist schon rückgängig gemacht" in text_of(answer.text)
    assert 'action="/history/5/undo"' in answer.text
    assert 'action="/history/4/undo"' not in visitor.get("/history/4").text


def test_an_entry_that_is_gone_says_since_when_and_comes_back(visitor: FlaskClient) -> None:
    for number in ("4", "2"):
        visitor.post(f"/history/{number}/undo")
    answer = visitor.get("/projects/hoffest")
    assert answer.status_code == 410
    said = text_of(answer.text)
    assert "Hoffest Diesen Eintrag gibt es nicht mehr." in said
    assert 'action="/history/6/undo"' in answer.text
    visitor.post("/history/6/undo")
    assert visitor.get("/projects/hoffest").status_code == 200
    assert visitor.get("/projects/nie-da").status_code == 404


def test_hostile_texts_are_shown_as_texts(visitor: FlaskClient, past: Store) -> None:
    change(past, [statement(SCHULE, SKOS.altLabel, HOSTILE)], author=HOSTILE, reason=HOSTILE)
    visitor.post("/history/5/undo")
    for path in ("/history", "/history/5", "/history/6", "/history?entry=actor/schule"):
        page = visitor.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_long_reason_fits_into_a_notice(visitor: FlaskClient, past: Store) -> None:
    change(past, [statement(SCHULE, SKOS.altLabel, "x")], reason="ä" * 5000)
    assert len(visitor.post("/history/5/undo").headers["Set-Cookie"]) < 4000


def test_contacts_show_nowhere(visitor: FlaskClient, past: Store) -> None:
    secret = Quad(NamedNode(SCHULE), NamedNode(SKOS.altLabel), Literal("secret"), past.graphs.contacts)
    changes.commit(past, added=[secret], author="A", reason="Kontakt", check=False)
    assert "Außerdem Angaben zu Ansprechpersonen" in visitor.get("/history/5").text
    visitor.post("/history/5/undo")
    visitor.post("/history/5/undo")
    pages = [visitor.get(path) for path in ("/history", "/history/5", "/history/6", "/history?format=csv")]
    assert not any("secret" in page.text for page in [*pages, visitor.post("/history/5/undo")])


def test_a_notice_of_another_feature_has_its_button(past: Store) -> None:
    app = create_app(past, settings={"WTF_CSRF_ENABLED": False})

    @app.get("/probe")
    def probe() -> str:
        from flask import flash

        flash("Gespeichert.", "4")
        flash("Nichts zu tun.")
        return ""

    visitor = app.test_client()
    visitor.get("/probe")
    page = visitor.get("/actors").text
    assert text_of(page).startswith("Gespeichert. Rückgängig machen Was genau? Nichts zu tun. ")
    assert page.count("/undo") == 1
    assert "Gespeichert." not in visitor.get("/actors").text
