"""Doubles in the web: judged, put off, merged, split, all with the way back; old addresses lead on with a sentence."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from reading import notice, text

from builders import Quartier
from graph import matching
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

PAIR = "/matching/actors/kita-sonnenhof/kita-sonnenhof-e-v"


@pytest.fixture
def office() -> Iterator[FlaskClient]:
    quartier = Quartier()
    kita = quartier.actor("Kita Sonnenhof", start="2010")
    double = quartier.actor("Kita Sonnenhof e.V.", start="2011")
    friend = quartier.actor("Schule am Wehr")
    quartier.project("Hoffest", traeger=[kita])
    quartier.project("Lesefest", traeger=[double])
    quartier.tie(double, friend)
    with quartier.store() as store:
        app = create_app(store)
        app.config["WTF_CSRF_ENABLED"] = False
        yield app.test_client()


def test_a_pair_stands_side_by_side_with_reasons_and_what_differs(office: FlaskClient):
    page = text(office.get("/matching"))
    for words in (
        "Kita Sonnenhof e.V.",
        "Die Namen gleichen sich.",
        "Hoffest",
        "Lesefest",
        "Sind zwei verschiedene",
        "verschieden",
    ):
        assert words in page


def test_two_that_are_two_are_not_asked_about_again_until_that_is_taken_back(office: FlaskClient):
    form = {"one": "actor/kita-sonnenhof", "other": "actor/kita-sonnenhof-e-v", "author": "Ada"}
    answer = office.post("/matching/judge", data=form, follow_redirects=True)
    assert "sind zwei verschiedene" in notice(answer)
    assert "Nichts mehr zu prüfen" in text(answer)
    (judgement,) = matching.judgements(office.application.extensions["store"])
    assert (judgement.same, judgement.author) == (False, "Ada")
    office.post("/history/2/undo")
    assert "Noch ein Paar zu prüfen" in text(office.get("/matching"))


def test_a_pair_is_put_off_for_this_visit_only(office: FlaskClient):
    pair = "actor~kita-sonnenhof~actor~kita-sonnenhof-e-v"
    assert "auf später verschoben" in text(office.post("/matching/later", data={"pair": pair}, follow_redirects=True))
    assert "Noch ein Paar" in text(office.application.test_client().get("/matching"))
    assert "Noch ein Paar" in text(office.post("/matching/later", follow_redirects=True))


def test_two_become_one_as_chosen_and_the_page_says_what_happened(office: FlaskClient):
    assert "bitte wählen" in text(office.get(PAIR))
    answer = office.post(PAIR, data={"name": "gone", "start": "gone", "author": "Ada"}, follow_redirects=True)
    assert answer.request.path == "/actors/kita-sonnenhof"
    assert "2 Verbindungen wurden übernommen" in notice(answer)
    assert "<h1><bdi>Kita Sonnenhof e.V.</bdi></h1>" in unescape(answer.text)
    assert "Lesefest" in text(answer)
    assert "Bei „Kita Sonnenhof“ stand: 2010" in text(answer)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/actors/kita-sonnenhof-e-v", "/actors/kita-sonnenhof"),
        ("/id/actor/kita-sonnenhof-e-v", "/actors/kita-sonnenhof"),
        ("/id/actor/kita-sonnenhof-e-v.ttl", "/id/actor/kita-sonnenhof.ttl"),
        ("/network?focus=actor/kita-sonnenhof-e-v", "/network?focus=actor/kita-sonnenhof"),
        ("/gaps/table~hoffest~kita-sonnenhof-e-v", "/gaps/table~hoffest~kita-sonnenhof"),
    ],
)
def test_old_addresses_lead_on(office: FlaskClient, old: str, new: str):
    office.post(PAIR, data={"author": "Ada"})
    office.get("/matching")  # shows, and so forgets, what was just done
    answer = office.get(old)
    assert answer.status_code == 303
    answer = office.get(old, follow_redirects=True)
    shown = answer.request.full_path.rstrip("?").replace("%2F", "/")
    assert shown == new
    if not old.endswith(".ttl") and "gaps" not in old:
        assert "wurde mit diesem hier zusammengeführt" in notice(answer)


def test_what_says_the_same_more_exactly_is_chosen_beforehand(client: FlaskClient):
    page = client.get("/matching/actors/kita-schoenwalder/kita-elstern").text
    assert 'name="street" value="gone" aria-describedby="clash-street" checked' in page
    assert 'name="name" value="keep" aria-describedby="clash-name" checked' in page


def test_after_the_undo_both_are_there_again(office: FlaskClient):
    office.post(PAIR, data={"author": "Ada"})
    office.post("/history/2/undo")
    assert [office.get(f"/actors/{slug}").status_code for slug in ("kita-sonnenhof", "kita-sonnenhof-e-v")] == [
        200,
        200,
    ]


def test_a_partner_is_found_by_its_likeness_or_by_search(office: FlaskClient):
    assert PAIR in office.get("/matching/actors/kita-sonnenhof").text
    assert "/matching/actors/kita-sonnenhof/schule-am-wehr" in office.get("/matching/actors/kita-sonnenhof?q=Wehr").text
    assert "derselben Art" in text(office.get("/matching/actors/kita-sonnenhof?q=Hoffest"))


def test_one_becomes_two_and_what_was_typed_is_not_lost_when_refused(office: FlaskClient):
    page = office.get("/matching/actors/kita-sonnenhof/split").text
    key = page.partition('name="part" value="')[2].partition('"')[0]
    refused = office.post("/matching/actors/kita-sonnenhof/split", data={"name": "kita sonnenhof", "part": key})
    assert refused.status_code == 422
    assert 'value="kita sonnenhof"' in refused.text
    assert f'value="{key}" checked' in refused.text
    form = {"name": "Hort Sonnenhof", "part": key, "author": "Ada"}
    answer = office.post("/matching/actors/kita-sonnenhof/split", data=form, follow_redirects=True)
    assert answer.request.path == "/actors/hort-sonnenhof"
    assert "Hoffest" in text(answer)
    assert "wurde „Hort Sonnenhof“ herausgelöst" in notice(answer)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/matching/rounds/a/b", 404),
        ("/matching/actors/kita-sonnenhof/unbekannt", 404),
        ("/matching/actors/unbekannt", 404),
        ("/matching/actors/unbekannt/split", 404),
        ("/matching/actors/kita-sonnenhof/kita-sonnenhof", 303),
        ("/matching?page=x", 404),
    ],
)
def test_what_does_not_exist_or_cannot_be_merged_is_said(office: FlaskClient, path: str, status: int):
    assert office.get(path).status_code == status


@pytest.mark.parametrize("path", ["", "/actors/uferhallen-a/uferhallen-ag", "/actors/uferhallen-a/split"])
def test_the_pages_answer_for_the_example_in_both_languages(client: FlaskClient, path: str):
    for language in ("de", "en"):
        assert client.get(f"/matching{path}", query_string={"lang": language}).status_code == 200


def test_the_pairs_are_a_spreadsheet_too(office: FlaskClient):
    first, second = office.get("/matching/doubles.csv").text.splitlines()
    assert first.count(",") == 6
    assert "Kita Sonnenhof,kita-sonnenhof,Kita Sonnenhof e.V.,kita-sonnenhof-e-v," in second
    assert len(office.get("/matching/doubles.csv?kind=place").text.splitlines()) == 1
