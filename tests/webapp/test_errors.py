"""Whatever goes wrong, a person reads a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph import errors as graph_errors
from webapp import create_app, errors, errorwords

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from graph.store import Store

RAISED = [
    (graph_errors.NotFound("actor", "x"), 404),
    (graph_errors.BadInput("sort", "x", ("name",)), 400),
    (graph_errors.Conflict("undo", "7"), 409),
    (graph_errors.NotInstalled(".pdf", "pip install x", "Pango"), 501),
    (graph_errors.QueryError("expected WHERE", 2, 5), 400),
    (graph_errors.QueryRefused("SERVICE"), 403),
    (graph_errors.QueryRefused("QUERY"), 400),
    (graph_errors.QueryError("unknown function"), 422),
    (graph_errors.QueryCancelled(), 503),
    (graph_errors.BadGraph("graph", "<a:b>", ("<a:c>",)), 403),
    (graph_errors.QueryTimeout(10.0), 503),
    (graph_errors.QueryTooBig(50, "MB"), 413),
    (graph_errors.QueryBusy(7), 503),
    (graph_errors.StoreUnwritable(Path("data"), "full"), 503),
]


def test_an_unknown_address_says_so_and_offers_a_search(client: FlaskClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text
    assert 'action="/search"' in answer.text


def test_an_unknown_entry_offers_the_nearest_names(client: FlaskClient) -> None:
    assert 'href="/places/silent-green"' in client.get("/actors/silent-green").text


@pytest.mark.parametrize(("error", "status"), RAISED, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_error_of_the_graph_has_a_sentence_in_both_languages(
    app: Flask, error: graph_errors.PankenetzError, status: int, language: str
) -> None:
    with app.test_request_context(f"/?lang={language}", headers={"Accept": "text/html"}):
        page = errors.answer_graph_error(error)
        title, advice = map(str, errorwords.problem(error).words)
    assert page.status_code == status
    assert title in page.get_data(as_text=True)
    assert advice in page.get_data(as_text=True)
    assert ("Sie" in advice) == (language == "de")


def test_english_sentences_are_english(client: FlaskClient) -> None:
    assert "There is no such page" in client.get("/nowhere?lang=en").text


def test_an_error_of_a_query_names_line_and_column(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "Zeile 2, Spalte 5" in errorwords.problem(graph_errors.QueryError("expected WHERE", 2, 5)).detail


def test_a_busy_server_says_when_to_come_back(app: Flask) -> None:
    with app.test_request_context("/"):
        assert errors.answer_graph_error(graph_errors.QueryBusy(7)).headers["Retry-After"] == "7"


def test_programs_get_errors_as_json(client: FlaskClient) -> None:
    answer = client.get("/nowhere.json")
    assert answer.json is not None
    assert answer.json["error"]["status"] == 404


def test_a_wrong_method_is_answered_with_the_right_ones(client: FlaskClient) -> None:
    answer = client.delete("/actors")
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, True)


@pytest.mark.filterwarnings("ignore")
def test_a_defect_shows_a_page_and_no_innards(example: Store) -> None:
    app = create_app(example)
    app.add_url_rule("/broken", view_func=lambda: 1 // 0)
    answer = app.test_client().get("/broken")
    assert (answer.status_code, "Fehler passiert" in answer.text, "ZeroDivision" in answer.text) == (500, True, False)


@pytest.mark.filterwarnings("ignore")
def test_a_defect_in_what_all_pages_share_is_told_all_the_same(example: Store) -> None:
    app = create_app(example)
    app.jinja_env.globals["here"] = lambda: 1 // 0
    app.context_processor(lambda: {"me": None})
    answer = app.test_client().get("/actors", headers={"Accept": "text/html"})
    assert (answer.status_code, "Fehler passiert" in answer.text, "Zur Startseite" in answer.text) == (500, True, True)


@pytest.mark.parametrize(
    "path", ["/actors?page=0", "/actors?page=-1", "/actors?page=99", "/actors?page=" + "9" * 30, "/actors?page=x"]
)
def test_a_page_that_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_wrong_sort_key_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.get("/actors?sort=colour")
    assert (answer.status_code, "kind" in answer.text, "colour" in answer.text) == (400, True, True)


def test_who_cancelled_a_query_is_not_told_that_others_are_in_the_way() -> None:
    cancelled, busy = errorwords.problem(graph_errors.QueryCancelled()), errorwords.problem(graph_errors.QueryBusy(7))
    assert cancelled.status == busy.status == 503
    assert str(cancelled.words[0]) == "Die Abfrage wurde abgebrochen"
    assert str(cancelled.words[0]) != str(busy.words[0])
