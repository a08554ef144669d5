"""Saved questions in the browser: kept, filled in, answered, private or for the team."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import TYPE_CHECKING

import openpyxl
import pytest

from builders import Quartier
from graph import saved
from graph.errors import NotFound
from graph.questions import questions
from graph.sandbox import Sandbox
from graph.saved import Draft
from webapp import create_app, ownquestions
from webapp.accountbook import Book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from graph.store import Store

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SENTENCE = "Wer macht bei [Projekt] seit [Jahr] mit?"
TEXT = """PREFIX pn: <https://w3id.org/pankenetz/ns#>
SELECT ?wer ?rolle {
  ?i pn:actor ?wer ; pn:in ?projekt ; pn:role ?rolle .
  ?projekt pn:earliest ?beginn FILTER(YEAR(?beginn) >= ?jahr)
}
ORDER BY ?wer"""
ADDRESS = "/questions/wer-macht-bei-projekt-seit-jahr-mit"


@pytest.fixture(scope="module")
def store() -> Store:
    """Two actors in one project, and another project of nearly that name."""
    quartier = Quartier()
    schule, kita = quartier.actor("Schule"), quartier.actor("=Kita")
    quartier.project("Hoffest", traeger=[schule], partner=[kita], start="2024")
    quartier.project("Hoffest 2", start="2023")
    return quartier.store()


@pytest.fixture(scope="module")
def app(store: Store) -> Iterator[Flask]:
    with Sandbox(store) as sandbox:
        yield create_app(store, sandbox=sandbox, settings={"TESTING": True, "WTF_CSRF_ENABLED": False})


@pytest.fixture
def client(app: Flask, store: Store) -> FlaskClient:
    """At the machine, with one question kept."""
    if not saved.questions(store):
        saved.keep(store, Draft(SENTENCE, TEXT, "Alle mit ihrer Rolle."), author="Ada")
    return app.test_client()


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == status, answer.text
    return unescape(answer.text)


def test_a_question_is_on_the_start_page_in_the_list_and_beside_the_queries(client: FlaskClient) -> None:
    for path in ("/", "/questions", "/sparql"):
        assert f'href="{ADDRESS}"' in page(client, path)


def test_blanks_are_fields_and_filled_in_they_give_an_answer_with_names(client: FlaskClient) -> None:
    assert 'name="projekt"' in page(client, ADDRESS)
    text = page(client, f"{ADDRESS}?projekt=Hoffest&jahr=2024")
    assert '<a href="/actors/schule"><bdi>Schule</bdi></a>' in text
    assert "Keine Angabe im Graphen" in page(client, f"{ADDRESS}?projekt=Hoffest&jahr=2025")


def test_what_names_nothing_is_told_with_what_may_be_meant(client: FlaskClient) -> None:
    text = page(client, f"{ADDRESS}?projekt=Hofest&jahr=2024", 422)
    assert "„Hofest“ gibt es nicht" in text
    assert f'href="{ADDRESS}?jahr=2024&projekt=Hoffest"' in text
    assert "Bitte ein Jahr eintragen" in page(client, f"{ADDRESS}?projekt=Hoffest&jahr=bald", 422)


def test_the_answer_is_taken_along_in_the_view_and_as_files(client: FlaskClient) -> None:
    text = page(client, f"{ADDRESS}?projekt=Hoffest&jahr=2024&view=network")
    links = {
        name: address for address, name in re.findall(r'<a href="([^"]+)"[^>]*>(CSV|XLSX|JSON|Link[^<]*)</a>', text)
    }
    assert "view=network" in links["Link zu dieser Ansicht"]
    assert b"actor/schule" in client.get(links["CSV"]).data
    assert len(json.loads(client.get(links["JSON"]).data)["results"]["bindings"]) == 2
    assert client.get(f"{ADDRESS}?projekt=Hoffest&jahr=2024&format=docx").status_code == 404


def test_a_workbook_has_names_then_addresses_and_no_formulas(client: FlaskClient) -> None:
    answer = client.get(f"{ADDRESS}?projekt=Hoffest&jahr=2024&format=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows())
    assert [cell.value for cell in rows[0]] == ["wer", "rolle", "wer (IRI)", "rolle (IRI)"]
    assert {row[0].value for row in rows[1:]} == {"Schule", "=Kita"}
    assert all(cell.data_type == "s" for row in rows for cell in row)


def test_suggestions_come_while_a_blank_is_typed(client: FlaskClient) -> None:
    found = client.get("/questions/entries.json?kind=project&q=hof").json["options"]
    assert [one["text"] for one in found] == ["Hoffest", "Hoffest 2"]
    assert client.get("/questions/entries.json?kind=contact&q=x").status_code == 404


@pytest.mark.parametrize(
    ("sentence", "query", "said"),
    [
        ("Was ist [Foo]?", "ASK {}", "[Name: Ort]"),
        ("Am [Ort]?", "ASK {}", "?ort"),
        ("Was?", "SELECT ?x {\n ?x ?p", "Zeile 2"),
        ("Was?", "INSERT DATA {}", "UPDATE"),
        ("Was?", "ASK { SERVICE <http://x/> {} }", "SERVICE"),
        (" ", "ASK {}", "Bitte etwas eintragen"),
    ],
)
def test_what_could_not_be_asked_is_not_kept_and_nothing_typed_is_lost(
    client: FlaskClient, sentence: str, query: str, said: str
) -> None:
    answer = client.post("/questions/new", data={"sentence": sentence, "query": query})
    text = unescape(answer.text)
    assert answer.status_code == 422
    assert said in text
    assert query in text.split("<textarea", 2)[2]


def test_a_query_becomes_a_question_and_a_ready_one_brings_its_sentence(client: FlaskClient) -> None:
    text = page(client, "/questions/new?query=" + "ASK%20%7B%7D")
    assert "ASK {}" in text
    ready = client.get("/questions/new", query_string={"query": questions()[0].text}).text
    assert questions()[0].title["de"] in unescape(ready)
    done = client.post("/questions/new", data={"sentence": "Gibt es etwas?", "query": "ASK { ?s ?p ?o }"})
    assert done.location == "/questions/gibt-es-etwas"
    assert "Ja</p>" in page(client, done.location)
    assert "Gibt es etwas?" in page(client, "/sparql?query=ASK+%7B+%3Fs+%3Fp+%3Fo+%7D")


def test_a_hostile_sentence_is_shown_as_text(client: FlaskClient) -> None:
    sentence = '<script>alert(1)</script> [Ort"><script>: Text]?'
    query = 'SELECT ("x" AS ?y) { FILTER(?ort_script = "x") }'
    done = client.post("/questions/new", data={"sentence": sentence, "query": query})
    assert done.status_code == 303, unescape(done.text)
    assert "<script>alert" not in client.get(done.location, headers=BROWSER).text


def test_tidying_writes_the_query_anew_and_runs_nothing(client: FlaskClient) -> None:
    text = page(client, "/sparql?tidy=yes&query=select+%3Fs+%7B%3Fs+a+%3Fc%7D")
    assert "SELECT ?s {\n  ?s a ?c\n}" in text
    assert "result-heading" not in text


# private ones


def test_one_account_keeps_changes_and_forgets_what_no_other_sees(tmp_path: Path) -> None:
    book = Book(tmp_path)
    for name in ("Ada", "Bo"):
        book.add(name, "reader")
    number = ownquestions.keep(book, "Ada", Draft("Meine?", "ASK {}"))
    ownquestions.change(book, "ada", number, Draft("Meine [Zahl]?", "ASK { FILTER(?zahl > 1) }"))
    assert [one.sentence for one in ownquestions.questions(book, "Ada")] == ["Meine [Zahl]?"]
    assert ownquestions.questions(book, "Bo") == []
    with pytest.raises(NotFound):
        ownquestions.forget(book, "Bo", number)
    assert ownquestions.forget(book, "Ada", number).text.startswith("ASK")
    assert ownquestions.questions(book, "Ada") == []


def test_the_latest_change_of_an_own_question_can_be_taken_back(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.add("Ada", "reader")
    book.add("Bo", "reader")
    number = ownquestions.keep(book, "Ada", Draft("Eins?", "ASK {}"))
    ownquestions.change(book, "Ada", number, Draft("Zwei?", "ASK {}"))
    ownquestions.undo(book, "Ada", number)
    ownquestions.forget(book, "Ada", number)
    other = ownquestions.keep(book, "Ada", Draft("Drei?", "ASK {}"))
    ownquestions.undo(book, "Ada", number)
    assert {one.number: one.sentence for one in ownquestions.questions(book, "Ada")} == {
        number: "Eins?",
        other: "Drei?",
    }
    for name in ("Ada", "Bo"):
        with pytest.raises(NotFound):
            ownquestions.undo(book, name, number)


def test_what_was_deleted_yesterday_is_gone(tmp_path: Path) -> None:
    now = [1e9]
    book = Book(tmp_path, clock=lambda: now[0])
    book.add("Ada", "reader")
    number = ownquestions.keep(book, "Ada", Draft("Meine?", "ASK {}"))
    ownquestions.forget(book, "Ada", number)
    now[0] += 90_000
    with pytest.raises(NotFound):
        ownquestions.undo(book, "Ada", number)


def test_questions_go_with_their_account(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.add("Ada", "reader")
    ownquestions.keep(book, "Ada", Draft("Meine?", "ASK {}"))
    ownquestions.forget(book, "Ada", ownquestions.keep(book, "Ada", Draft("Noch eine?", "ASK {}")))
    book.remove("Ada")
    assert book.rows("SELECT id FROM question UNION ALL SELECT id FROM former_question") == []


@pytest.fixture
def signed_in(store: Store) -> Iterator[FlaskClient]:
    """A reader's browser."""
    with Sandbox(store) as sandbox:
        app = create_app(store, sandbox=sandbox, settings={"TESTING": True, "WTF_CSRF_ENABLED": False})
        book: Book = app.extensions["accounts"]
        book.add("Ada", "admin")
        book.set_password("Ada", "richtig gutes pferd")
        book.add("Rea", "reader")
        book.set_password("Rea", "richtig gutes pferd")
        client = app.test_client()
        client.post("/login", data={"name": "Rea", "password": "richtig gutes pferd"})
        yield client


def test_a_reader_keeps_questions_for_herself_and_cannot_share(signed_in: FlaskClient, store: Store) -> None:
    form = {"sentence": "Wie viele über [Zahl]?", "query": "ASK { FILTER(?zahl > 3) }", "to": "mine"}
    done = signed_in.post("/questions/new", data=form)
    assert done.location == "/questions/mine/1"
    assert "Ja</p>" in page(signed_in, "/questions/mine/1?zahl=4")
    assert "Wie viele über" in page(signed_in, "/")
    assert signed_in.post("/questions/new", data={**form, "to": "all"}).status_code == 403
    assert "Wie viele über [Zahl]?" not in [one.sentence for one in saved.questions(store)]
    assert signed_in.post("/questions/mine/1/forget").location == "/questions"
    assert 'action="/questions/mine/1/undo"' in page(signed_in, "/questions")
    assert signed_in.get("/questions/mine/1").status_code == 404
    assert signed_in.post("/questions/mine/1/undo").location == "/questions/mine/1"
    assert "Ja</p>" in page(signed_in, "/questions/mine/1?zahl=4")


def test_the_list_of_questions_is_a_table_too(signed_in: FlaskClient, store: Store) -> None:
    saved.keep(store, Draft("Alle?", "ASK { ?s ?p ?o }"), author="Ada")
    signed_in.post("/questions/new", data={"sentence": "=Meine?", "query": "ASK {}", "to": "mine"})
    assert 'href="/questions?format=csv"' in page(signed_in, "/questions")
    lines = list(csv.DictReader(io.StringIO(signed_in.get("/questions?format=csv").text.removeprefix("\ufeff"))))
    assert {(line["Frage"], line["Wer sieht sie?"]) for line in lines} >= {
        ("Alle?", "alle, die sich hier anmelden"),
        ("'=Meine?", "nur ich"),
    }
