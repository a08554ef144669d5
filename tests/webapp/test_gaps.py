"""The pages of missing partnerships say who, why, how we know, and what to do when there is nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph.gaps import KINDS, NORMAL, gaps, weights
from webapp import create_app
from webapp import gaps as views

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from graph.store import Store

HOSTILE = "<script>alert(1)</script> \"'&"


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize(
    ("kind", "title"), [("introduce", "Wer sollte wen kennenlernen?"), ("table", "Wer fehlt am Tisch?")]
)
def test_both_lists_show_twenty_cards_with_reasons_for_and_against(client: FlaskClient, kind: str, title: str) -> None:
    page = main_of(client.get(f"/gaps?kind={kind}").text)
    assert f"<h1>{title}</h1>" in page
    assert page.count("<article") == page.count("Dafür spricht") == page.count("Zu bedenken") == 20


def test_the_first_line_leads_to_its_sources(client: FlaskClient, example: Store) -> None:
    gap = gaps(example, "introduce")[0]
    assert f'href="/gaps/{gap.id}"' in client.get("/gaps").text
    page = main_of(client.get(f"/gaps/{gap.id}").text)
    assert "Woher wir das wissen" in page
    assert 'href="http' in page


def test_english_pages_speak_english(client: FlaskClient) -> None:
    page = main_of(client.get("/gaps?lang=en").text)
    assert "Who should meet whom?" in page
    assert "How we know" in page
    assert not re.search(r"Dafür spricht|Zu bedenken|Nächster Schritt|Beide ", page)


def test_no_percentage_is_printed_beside_a_suggestion(client: FlaskClient) -> None:
    assert not re.search(r"\d\s*%", re.sub(r"<[^>]+>", "", main_of(client.get("/gaps").text)))


def test_filters_stay_chosen_and_go_into_the_table(client: FlaskClient) -> None:
    page = client.get("/gaps?kind=table&handlungsfeld=2022-4&as_of=2024").text
    assert '<option value="2022-4" selected>' in page
    assert 'value="2024"' in page
    address = re.search(r'href="(/gaps\?[^"]*format=csv[^"]*)"', page)
    assert address is not None
    assert client.get(address[1].replace("&amp;", "&")).mimetype == "text/csv"


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("as_of=2015-13", 400, "JJJJ-MM-TT"),
        ("kind=freunde", 400, "introduce"),
        ("actor=niemand", 404, "niemand"),
        ("handlungsfeld=4", 404, "4"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(client: FlaskClient, query: str, status: int, sentence: str) -> None:
    answer = client.get(f"/gaps?{query}")
    assert answer.status_code == status
    assert sentence in main_of(answer.text)


def test_an_id_in_another_order_leads_to_the_suggestion(client: FlaskClient, example: Store) -> None:
    first, second = gaps(example, "introduce")[0].id.split("~")[1:]
    answer = client.get(f"/gaps/introduce~{second}~{first}?as_of=")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"/gaps/introduce~{first}~{second}")


def test_an_unknown_suggestion_is_not_found(client: FlaskClient) -> None:
    assert client.get("/gaps/introduce~nie~mand").status_code == 404


def test_an_empty_list_says_what_would_help() -> None:
    with Quartier().store() as store:
        page = main_of(create_app(store).test_client().get("/gaps").text)
    assert "Dafür haben wir gerade keinen Vorschlag" in page
    assert "in welchem Handlungsfeld Akteure" in page


def test_hostile_names_are_shown_as_text() -> None:
    quartier = Quartier()
    for name in (HOSTILE, "Chor"):
        quartier.actor(name, groups=["kinder"])
    with quartier.store() as store:
        client = create_app(store).test_client()
        pages = [client.get("/gaps").text, client.get(f"/gaps/{gaps(store, 'introduce')[0].id}").text]
    for page in pages:
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(("kind", "slug"), [("actor", "hhs"), ("project", "kool-im-kiez-1")])
def test_actor_and_project_pages_fetch_five_lines_and_link_to_all(client: FlaskClient, kind: str, slug: str) -> None:
    page = main_of(client.get(f"/{kind}s/{slug}").text)
    assert f'data-later="/gaps/of/{kind}/{slug}?list={"introduce" if kind == "actor" else "table"}"' in page
    assert client.get(f"/gaps/of/{kind}/{slug}").text.count('href="/gaps/') == 5
    whole = re.search(r'href="(/gaps\?[^"]+)"', page)
    assert whole is not None
    assert f'<option value="{slug}" selected>' in client.get(whole[1].replace("&amp;", "&")).text


def test_each_kind_has_its_title_and_each_guess_two_orders(client: FlaskClient) -> None:
    for kind in KINDS:
        page = main_of(client.get(f"/gaps?kind={kind}").text)
        assert page.count("<h1>") == 1
        assert ("nützlich" in page) == (kind in {"introduce", "table"})


def test_the_useful_order_says_what_for(client: FlaskClient) -> None:
    assert main_of(client.get("/gaps?order=useful").text).count("Wozu es gut wäre") == 20
    assert client.get("/gaps?order=schoen").status_code == 400


def test_whom_many_bear_names_like_is_written_instead_of_picked(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By name or by slug, with suggestions; a name nobody bears is said to be none."""
    picked = main_of(client.get("/gaps?actor=uferstudios-a").text)
    monkeypatch.setattr(views, "MANY", 0)
    page = main_of(client.get("/gaps?actor=uferstudios-a").text)
    name = re.search(r'<option value="uferstudios-a" selected>(.*)</option>', picked)
    assert name
    assert f'value="{name[1]}"' in page
    (first, *_) = client.get(f"/gaps/choices.json?name=actor&q={name[1]}").get_json()["options"]
    by_name = client.get("/gaps", query_string={"actor": first["text"].upper()}).text
    assert main_of(by_name).count("<article") == page.count("<article") > 0
    assert client.get("/gaps/choices.json?name=quatsch&q=a").get_json() == {"options": []}


def test_half_a_name_will_do_if_it_is_one_entrys_else_those_it_may_be_are_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MANY", 0)
    assert 'value="Uferstudios"' in client.get("/gaps?actor=uferstud").text
    several, nobody = (client.get("/gaps", query_string={"actor": text}) for text in ("Ufer", "Niemand"))
    assert [several.status_code, nobody.status_code] == [400, 400]
    assert "Akteur: „Ufer“ kennen wir nicht. Möglich sind: Ufer" in several.text
    assert "Akteur: „Niemand“ kennen wir nicht." in nobody.text
    assert "Möglich sind" not in main_of(nobody.text)


def test_strong_is_told_by_what_came_true(client: FlaskClient) -> None:
    assert 'data-later="/gaps/strengths?kind=introduce"' in client.get("/gaps").text
    told = client.get("/gaps/strengths?kind=table").text
    assert re.search(r"stark</strong>: in früheren Runden wurden \d+ von \d+ solchen Vorschlägen wahr", told)


def test_the_way_is_drawn_and_said(client: FlaskClient, example: Store) -> None:
    gap = next(gap for gap in gaps(example, "introduce") if gap.introducers)
    page = main_of(client.get(f"/gaps/{gap.id}").text)
    assert f"über „{gap.introducers[0].label}“ verbunden" in page
    assert 'role="img"' in page


def test_weights_are_set_by_a_form_and_can_be_set_back() -> None:
    quartier = Quartier()
    for name in ("Haus", "Chor"):
        quartier.actor(name, groups=["kinder"])
    with quartier.store() as store:
        client = create_app(store, settings={"TESTING": True, "WTF_CSRF_ENABLED": False}).test_client()
        client.post("/gaps/weights", data={"theme": "mehr", "kind": "table"})
        assert weights(store).theme == 2
        assert '<option value="mehr" selected>' in client.get("/gaps").text
        client.post("/gaps/weights", data={"theme": "mehr", "normal": "1"})
        assert weights(store) == NORMAL


def test_the_panel_adds_up_what_the_lists_of_the_past_would_have_brought(client: FlaskClient) -> None:
    page = main_of(client.get("/gaps/backtest?lang=de").text)
    single = re.findall(r"(\d+) von (\d+) wurden in den zwei Jahren danach wahr", page)
    whole = re.search(r"dagestanden hätten: (\d+) von (\d+) Zeilen", page)
    assert whole is not None
    assert [int(one) for one in whole.groups()] == [sum(map(int, column)) for column in zip(*single, strict=True)]


def test_the_panel_names_the_lists_of_the_past_and_what_came_true(client: FlaskClient) -> None:
    page = main_of(client.get("/gaps/backtest").text)
    assert "Anfang 2015 (Runde 2015)" in page
    assert "kam dazu" in page
    assert "Gemessen mit den normalen Gewichten." in page


def test_the_panel_says_how_often_such_lists_came_true(client: FlaskClient) -> None:
    page = main_of(client.get("/gaps/backtest").text)
    assert "Treffer sagen, was üblich war, nicht was nützt." in page
    assert page.count("<tr>") == 2 + 9 + 6


def test_the_panel_comes_as_a_table(client: FlaskClient) -> None:
    lines = client.get("/gaps/backtest?format=csv").text.splitlines()
    assert lines[0] == "list,method,measure,value,low,high"
    assert len([line for line in lines if line.startswith("table,pankenetz,")]) == 3


def test_the_panel_of_an_empty_graph_says_why_it_is_empty() -> None:
    with Quartier().store() as store:
        page = main_of(create_app(store).test_client().get("/gaps/backtest").text)
    assert "noch zu wenige Projekte" in page
