"""Netz ohne QM in the browser: who goes is chosen, what it means is named, the address carries all of it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph.gaps.handover import handover
from webapp import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from graph.store import Store

HOSTILE = "<script>alert(1)</script> \"'&"


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_the_page_names_who_goes_what_ends_and_what_holds(client: FlaskClient, example: Store) -> None:
    page, found = main_of(client.get("/gaps/handover").text), handover(example)
    assert "<h1>Netz ohne QM</h1>" in page
    assert page.count("<svg") == 2
    assert page.count('name="tick"') == page.count('name="tick" value="handover~') == len(found.ties)
    for label in [ref.label for ref in found.leaving] + [loss.actor.label for loss in found.losses[:20]]:
        assert label in unescape(page)


def test_an_actor_page_leads_to_what_happens_when_it_goes(client: FlaskClient) -> None:
    link = re.search(r'href="(/gaps/handover\?leaves=hhs)"', client.get("/actors/hhs").text)
    assert link is not None
    page = main_of(client.get(link[1]).text)
    assert "<h1>Wenn „Herbert-Hoover-Schule“ geht</h1>" in page
    assert "stünden allein da" in page


def test_ticks_taken_away_are_counted_again(client: FlaskClient, example: Store) -> None:
    alone = handover(example).after.alone
    page = main_of(client.get("/gaps/handover?ticked=yes").text)
    assert 'name="tick"' in page
    assert "danach, mit neuen Bekanntschaften" not in page
    first = re.search(r'name="tick" value="([^"]+)"', page)
    assert first is not None
    again = main_of(client.get(f"/gaps/handover?ticked=yes&tick={first[1]}").text)
    assert "danach, mit neuen Bekanntschaften" in again
    assert str(alone) in again


@pytest.mark.parametrize("table", ["losses", "ties", "apart", "fields", "stakes"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_table_comes_as_a_spreadsheet(client: FlaskClient, table: str, language: str) -> None:
    answer = client.get(f"/gaps/handover?format=csv&table={table}&lang={language}")
    assert answer.mimetype == "text/csv"
    assert len(answer.text.splitlines()) > 1


def test_a_quartier_without_a_qm_lets_people_choose_by_name() -> None:
    quartier = Quartier()
    middle, *others = (quartier.actor(name) for name in ("Laden", "A", "B"))
    for other in others:
        quartier.tie(middle, other)
    with quartier.store() as store:
        client = create_app(store).test_client()
        page = main_of(client.get("/gaps/handover").text)
        assert "Wer soll gehen?" in page
        assert 'href="/gaps/handover?leaves=laden"' in page
        chosen = main_of(client.get("/gaps/handover?chosen=yes&leaves=Laden").text)
    assert "2 Akteure stünden allein da." in chosen


def test_an_unclear_name_is_asked_back(client: FlaskClient) -> None:
    page = main_of(client.get("/gaps/handover?chosen=yes&leaves=Kita").text)
    assert "Wen meinen Sie mit „Kita“?" in page


@pytest.mark.parametrize("query", ["group=alle", "as_of=gestern", "format=csv&table=nie"])
def test_bad_input_gets_a_sentence(client: FlaskClient, query: str) -> None:
    assert client.get(f"/gaps/handover?{query}").status_code == 400


def test_hostile_names_stay_text_in_page_and_picture() -> None:
    quartier = Quartier()
    qm = quartier.actor("QM", kind="quartiersmanagement")
    quartier.tie(qm, quartier.actor(HOSTILE))
    with quartier.store() as store:
        page = create_app(store).test_client().get("/gaps/handover").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_empty_quartier_says_that_nobody_is_there() -> None:
    with Quartier().store() as store:
        page = main_of(create_app(store).test_client().get("/gaps/handover").text)
    assert "hängen 0 von 0 Akteuren zusammen" in page


def test_measures_lead_to_the_pages_that_say_more(client: FlaskClient) -> None:
    page = unescape(client.get("/measures").text)
    for start in ("/gaps/handover?group=qm", "/gaps?kind=thread", "/gaps/invitation"):
        assert f'href="{start}' in page
