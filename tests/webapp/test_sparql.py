"""`/sparql`: the SPARQL 1.1 Protocol for programs, the page for people."""

from __future__ import annotations

import csv
import gc
import gzip
import io
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from builders import BASE, Quartier
from graph.errors import QueryBusy, QueryTimeout, QueryTooBig
from graph.questions import questions
from graph.sandbox import Answer, Sandbox
from ontology.terms import SCHEMA
from webapp import create_app
from webapp.negotiation import best

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from graph.store import Store

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ACTORS = "PREFIX pn: <https://w3id.org/pankenetz/ns#>\nSELECT ?a { ?a a pn:Network } ORDER BY ?a LIMIT 3"
TRIPLES = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


def _ask(client: FlaskClient, query: str, accept: str | None = None, **parameters: str) -> TestResponse:
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", query_string={"query": query, **parameters}, headers=headers)


def _actors(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["a"]["value"] for row in json.loads(response.data)["results"]["bindings"]]


def test_all_three_ways_to_ask_give_the_same_answer(client: FlaskClient) -> None:
    answers = [
        client.get("/sparql", query_string={"query": ACTORS}),
        client.post("/sparql", data={"query": ACTORS}),
        client.post("/sparql", data=ACTORS, content_type=QUERY),
    ]
    assert len({tuple(_actors(answer)) for answer in answers}) == 1
    assert len(_actors(answers[0])) == 3


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values, text/csv;q=0.5", "text/tab-separated-values"),
        ("text/csv;q=0.2, application/sparql-results+json;q=0.1", "text/csv"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_form_the_asker_likes_best(client: FlaskClient, accept: str | None, media_type: str) -> None:
    answer = _ask(client, ACTORS, accept)
    assert answer.status_code == 200
    assert answer.mimetype == media_type
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        (None, ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json, text/turtle;q=0.9", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_triples_come_in_the_form_the_asker_likes_best(
    client: FlaskClient, accept: str | None, format_: ox.RdfFormat
) -> None:
    answer = _ask(client, TRIPLES, accept)
    assert answer.mimetype == format_.media_type
    assert len(list(ox.parse(answer.data, format_))) == 3


def test_each_serialisation_is_well_formed_and_says_the_same(client: FlaskClient) -> None:
    actors = _actors(_ask(client, ACTORS))
    rows = csv.reader(io.StringIO(_ask(client, ACTORS, "text/csv").text))
    assert [row[0] for row in rows][1:] == actors
    document = ET.fromstring(_ask(client, ACTORS, "application/sparql-results+xml").data)  # noqa: S314 - our own answer
    assert [element.text for element in document.iter("{http://www.w3.org/2005/sparql-results#}uri")] == actors


@pytest.mark.parametrize("query", [ACTORS, TRIPLES])
def test_a_form_that_cannot_be_had_is_406_with_those_that_can(client: FlaskClient, query: str) -> None:
    answer = _ask(client, query, "image/png")
    assert answer.status_code == 406
    assert ("text/csv" if query == ACTORS else "text/turtle") in answer.text


def test_quality_is_that_of_the_most_specific_range() -> None:
    accept = parse_accept_header("text/*;q=0.3, text/html;q=0.7, text/csv;q=0, */*;q=0.1", MIMEAccept)
    assert best(accept, ("text/csv", "text/plain", "text/html", "image/png")) == "text/html"
    assert best(accept, ("text/csv",)) is None


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"data": {"update": "INSERT DATA { <a:b> <a:b> <a:b> }"}}, 401),
        ({"data": "INSERT DATA { <a:b> <a:b> <a:b> }", "content_type": "application/sparql-update"}, 401),
        ({"data": {"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}}, 400),
        ({"data": "{}", "content_type": "application/json"}, 415),
        ({"data": b"\xff\xfe", "content_type": QUERY}, 400),
        ({"data": {"query": [ACTORS, ACTORS]}}, 400),
        ({"data": {"query": " "}}, 400),
    ],
)
def test_what_is_no_query_is_refused_with_a_sentence(
    client: FlaskClient, example: Store, request_: dict[str, object], status: int
) -> None:
    version = example.version
    answer = client.post("/sparql", **request_)
    assert answer.status_code == status
    assert answer.text.count(".") >= 1
    assert example.version == version


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405(client: FlaskClient, method: str) -> None:
    assert client.open("/sparql", method=method).status_code == 405


def test_a_broken_query_is_400_with_line_and_column_as_text_and_as_json(client: FlaskClient) -> None:
    broken = "SELECT ?s\nWHERE { ?s pn:x ?o }"
    text = _ask(client, broken, "text/csv")
    assert (text.status_code, text.mimetype) == (400, "text/plain")
    assert "Zeile 2, Spalte 12" in text.text
    document = _ask(client, broken, "application/sparql-results+json")
    assert "Zeile 2, Spalte 12" in document.json["error"]["detail"]


def test_service_is_refused(client: FlaskClient) -> None:
    answer = _ask(client, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert answer.status_code == 403
    assert "SERVICE" in answer.text


def test_the_dataset_of_the_protocol_narrows_what_is_read(client: FlaskClient, example: Store) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?a a <https://w3id.org/pankenetz/ns#Network> }"
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    data, ontology = example.graphs.data("pankstrasse").value, example.graphs.ontology.value

    def number(query: str, **graphs: str) -> int:
        parameters = {name.replace("_", "-") + "-graph-uri": iri for name, iri in graphs.items()}
        return int(json.loads(_ask(client, query, **parameters).data)["results"]["bindings"][0]["n"]["value"])

    assert number(count, default=data) > 0
    assert number(count, default=ontology) == 0
    assert number(named, named=data) == 1
    assert number(named, default=data) == 0


def test_contacts_are_in_no_answer_whatever_is_asked() -> None:
    store = Quartier().store()
    contacts = store.graphs.contacts
    person, name = ox.NamedNode(f"{BASE}contact/1"), ox.NamedNode(SCHEMA.name)
    store.apply([], [ox.Quad(person, name, ox.Literal("Erika Muster"), contacts)])
    query = f"ASK {{ {{ GRAPH <{contacts.value}> {{ ?s ?p ?o }} }} UNION {{ ?s ?p 'Erika Muster' }} }}"
    from_contacts = query.replace("ASK", f"ASK FROM <{contacts.value}> FROM NAMED <{contacts.value}>", 1)
    with Sandbox(store) as sandbox:
        client = create_app(store, sandbox=sandbox).test_client()
        for parameters in ({}, {"default-graph-uri": contacts.value}, {"named-graph-uri": contacts.value}):
            for text in (query, from_contacts):
                assert json.loads(_ask(client, text, **parameters).data)["boolean"] is False


class _Failing:
    """A sandbox that answers nothing but its error, or an answer that was cut."""

    def __init__(self, outcome: Exception | Answer) -> None:
        self.outcome = outcome

    def run(self, *_: object, **__: object) -> Answer:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.mark.parametrize(
    ("error", "status"),
    [(QueryTimeout(10.0), 503), (QueryBusy(7), 503), (QueryTooBig(50, "MB"), 413)],
)
@pytest.mark.parametrize("headers", [{}, BROWSER], ids=["program", "browser"])
def test_a_query_that_is_too_much_ends_in_a_sentence(
    example: Store, error: Exception, status: int, headers: dict[str, str]
) -> None:
    client = create_app(example, sandbox=_Failing(error)).test_client()
    answer = client.get("/sparql", query_string={"query": ACTORS}, headers=headers)
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert "Abfrage" in answer.text


def test_other_pages_answer_while_a_query_runs_until_it_is_cancelled(example: Store) -> None:
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with Sandbox(example, timeout=60) as sandbox, ThreadPoolExecutor(1) as other:
        app = create_app(example, sandbox=sandbox)
        asked = other.submit(lambda: app.test_client().get("/sparql", query_string={"query": runaway}))
        pages = [app.test_client().get("/actors").status_code for _ in range(3)]
        assert not asked.done()
        assert pages == [200, 200, 200]
        assert sandbox.journal.cancel(sandbox.journal.runs()[0].number)
        assert "abgebrochen" in asked.result().text


def test_an_answer_that_was_cut_says_so(example: Store) -> None:
    body = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}}]}}'
    client = create_app(example, sandbox=_Failing(Answer(body, "", truncated=True, seconds=0.1))).test_client()
    assert _ask(client, ACTORS).headers["Pankenetz-Truncated"] == "yes"
    assert "abgeschnitten" in client.get("/sparql", query_string={"query": ACTORS}, headers=BROWSER).text


def _page(client: FlaskClient, query: str, **parameters: str) -> str:
    answer = client.get("/sparql", query_string={"query": query, **parameters}, headers=BROWSER)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("encoding", ["", "identity", "gzip"])
def test_a_long_answer_is_the_same_however_it_is_sent(client: FlaskClient, encoding: str) -> None:
    text = "SELECT * { ?s ?p ?o } LIMIT 9000"
    answer = client.post(
        "/sparql", data={"query": text}, headers={"Accept": "application/json", "Accept-Encoding": encoding}
    )
    body = gzip.decompress(answer.data) if encoding == "gzip" else answer.data
    assert len(json.loads(body)["results"]["bindings"]) == 9000
    assert (int(answer.headers["Content-Length"]), len(body) > 1 << 20) == (len(answer.data), True)
    assert answer.headers["ETag"]


def test_a_browser_without_a_query_gets_the_page_with_all_questions(client: FlaskClient) -> None:
    for language in ("de", "en"):
        page = unescape(client.get("/sparql", query_string={"lang": language}, headers=BROWSER).text)
        assert all(question.title[language] in page for question in questions())
        assert questions()[0].text in page


@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_every_question_of_the_page_leads_to_a_table(client: FlaskClient, name: str) -> None:
    question = next(question for question in questions() if question.name == name)
    page = _page(client, question.text)
    assert question.says["de"] in unescape(page)
    assert page.count("<tr>") > 1


def test_entries_stand_by_their_names_and_link_to_their_pages(client: FlaskClient) -> None:
    page = _page(
        client,
        "SELECT ?a { ?a a <https://w3id.org/pankenetz/ns#Network> FILTER(CONTAINS(STR(?a), 'quartiersrat-pank')) }",
    )
    assert '<a href="/actors/quartiersrat-pank"><bdi>Quartiersrat Pankstraße</bdi></a>' in page


def test_the_answer_can_be_taken_away_as_a_file_and_by_its_address(client: FlaskClient) -> None:
    page = _page(client, ACTORS)
    addresses = {
        name: unescape(address)
        for address, name in re.findall(r'<a href="([^"]+)"[^>]*>(CSV|JSON|Link [^<]+)</a>', page)
    }
    answer = client.get(addresses["CSV"], headers=BROWSER)
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert client.get(addresses["Link zu dieser Ansicht"], headers=BROWSER).status_code == 200


def test_the_page_marks_the_place_of_a_mistake_and_keeps_the_query(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": "SELECT ?s\r\n{ ?s nix:x ?o }"}, headers=BROWSER)
    assert answer.status_code == 400
    assert "{ ?s <mark>nix:x</mark> ?o }" in answer.text
    assert "SELECT ?s" in answer.text.split("<textarea", 1)[1]


def test_hostile_text_in_query_and_data_is_shown_as_text(client: FlaskClient) -> None:
    hostile = "</textarea><script>alert(1)</script>"
    page = _page(client, f"SELECT ('{hostile}' AS ?x) {{}}")
    assert "<script>alert" not in page
    assert page.count("&lt;/textarea&gt;&lt;script&gt;") >= 2


def test_ask_and_construct_have_a_page_too(client: FlaskClient) -> None:
    assert "Ja</p>" in _page(client, "ASK { ?s ?p ?o }")
    assert "&lt;https://w3id.org/pankenetz" in _page(client, TRIPLES)


def test_an_unknown_format_names_those_there_are(client: FlaskClient) -> None:
    answer = _ask(client, ACTORS, format="docx")
    assert answer.status_code == 400
    assert "csv" in answer.text


def test_a_long_page_shows_the_first_rows_and_says_so(client: FlaskClient) -> None:
    page = _page(client, "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 600")
    assert page.count("<tr>") == 501
    assert "600 Zeilen" in page
    assert "die ersten 500 Zeilen" in page


MIXED = """SELECT ?akteur ?projekt (COUNT(*) AS ?n) { ?i pn:actor ?akteur ; pn:in ?projekt }
GROUP BY ?akteur ?projekt LIMIT 40"""


@pytest.mark.parametrize(
    ("view", "mark"),
    [
        ("table", 'id="answer"'),
        ("chart", 'class="table bars"'),
        ("matrix", 'class="table crossed"'),
        ("network", "<circle"),
        ("raw", "&#34;bindings&#34;"),
        ("nonsense", 'id="answer"'),
    ],
)
def test_an_answer_can_be_looked_at_in_several_ways_by_its_address(client: FlaskClient, view: str, mark: str) -> None:
    page = _page(client, MIXED, view=view)
    assert mark in page
    assert 'href="/actors/' in page or view == "raw"


def test_bars_say_whose_they_are_and_count_by_the_year(client: FlaskClient) -> None:
    page = _page(client, "SELECT ?v ?w ?n { VALUES (?v ?w ?n) { ('a' 'x' 3) ('a' 'y' 6) } }", view="chart")
    page = re.sub("</?bdi>", "", page)
    assert re.findall(r'<th scope="row">(.*?)</th>.*?<rect width="(\d+)"', page) == [("a · x", "50"), ("a · y", "100")]
    page = _page(client, "SELECT ?jahr ?n { VALUES (?jahr ?n) { (2019 1) (2020 4) } }", view="chart")
    assert re.findall(r'<rect width="(\d+)" height="6"', page) == ["25", "100"]


def test_a_matrix_shows_the_numbers_of_the_answer_where_it_has_some(client: FlaskClient) -> None:
    rows = "('a' 'x' 3) ('a' 'x' 4) ('a' 'y' 0.5) ('b' 'x' 2)"
    page = _page(client, f"SELECT ?v ?w ?n {{ VALUES (?v ?w ?n) {{ {rows} }} }}", view="matrix")
    assert re.findall(r'<td class="number h(\d)">([^<]*)</td>', page) == [
        ("5", "7"),
        ("1", "0,5"),
        ("2", "2"),
        ("0", ""),
    ]
    assert "Was die Spalte „n“ zu beiden sagt." in page
    counted = _page(client, "SELECT ?v ?w { VALUES (?v ?w) { ('a' 'x') ('a' 'x') ('b' 'x') } }", view="matrix")
    assert re.findall(r'<td class="number h(\d)">([^<]*)</td>', counted) == [("5", "2"), ("3", "1")]


def test_only_views_that_the_answer_has_are_offered(client: FlaskClient) -> None:
    page = _page(client, "SELECT ?a { ?a a pn:Network }")
    assert "view=chart" not in page
    assert "view=network" not in page
    assert "view=raw" in page


def test_prefixes_of_ours_are_added_on_the_page_and_demanded_by_the_protocol(client: FlaskClient) -> None:
    assert "PREFIX pn: &lt;https://w3id.org/pankenetz/ns#&gt;" in _page(client, "SELECT ?a { ?a a pn:Network }")
    assert _ask(client, "SELECT ?a { ?a a pn:Network }").status_code == 400


def test_words_to_complete_a_query_come_with_their_names_and_uses(client: FlaskClient) -> None:
    words = client.get("/sparql/terms.json").json
    actor = next(word for word in words["classes"] if word["name"] == "pn:Actor")
    assert (actor["label"], actor["uses"] > 100) == ("Akteur", True)
    assert "pn" in words["prefixes"]
    found = client.get("/sparql/terms.json?q=silent green").json["entries"]
    assert f"{BASE}actor/silent-green-a" in {one["iri"] for one in found}


def test_an_app_that_is_no_more_leaves_no_process_of_its_sandbox() -> None:
    """An app that was given no sandbox makes one, and nobody else could end it."""
    app = create_app(Quartier().store())
    assert app.test_client().get("/sparql?query=ASK%7B%7D").status_code == 200
    number = app.extensions["sandbox"]._pool.pid  # nobody else needs to know its number
    del app
    gc.collect()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
