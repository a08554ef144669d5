"""Changing by SPARQL and by the Graph Store Protocol: with a token that may, and by no page of another site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import BASE, Quartier
from graph import changes
from graph.sandbox import Sandbox
from graph.scratch import Scratch
from webapp import create_app

if TYPE_CHECKING:
    from flask import Flask

OFFICE = f"{BASE}graph/data/office"
UPDATE = f"INSERT DATA {{ <{BASE}actor/a> <http://www.w3.org/2004/02/skos/core#altLabel> 'A'@de }}"
TRIPLE = f"<{BASE}actor/a> <http://www.w3.org/2004/02/skos/core#altLabel> 'A'@de ."
TOKENS: dict[str, str] = {}


@pytest.fixture(scope="module")
def app() -> Flask:
    quartier = Quartier()
    quartier.actor("A")
    with quartier.store() as store, Sandbox(store) as sandbox:
        app = create_app(store, sandbox=sandbox, settings={"CORS_ORIGINS": ("https://bi.example",)})
        book = app.extensions["accounts"]
        for name, role in (("Edda", "editor"), ("Rea", "reader")):
            book.add(name, role)
        TOKENS["editor"] = book.make_token("Edda", "update", None)
        TOKENS["reader"] = book.make_token("Edda", "query", None)
        TOKENS["old"] = book.make_token("Edda", "update", 1.0)
        TOKENS["junior"] = book.make_token("Rea", "update", None)
        yield app


@pytest.fixture(scope="module")
def scratch() -> Flask:
    with Quartier().store() as store:
        dataset = Scratch()
        with Sandbox(dataset) as sandbox:
            yield create_app(store, sandbox=sandbox, scratch=dataset)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKENS.get(token, token)}"}


def test_an_update_with_a_token_is_a_change_of_its_owner(app):
    store, client = app.extensions["store"], app.test_client()
    answer = client.post("/sparql", data={"update": UPDATE}, headers=bearer("editor"))
    assert answer.status_code == 204
    change = changes.find_change(store, answer.headers["Pankenetz-Change"])
    assert (change.author, change.added) == ("Edda", 1)
    changes.undo(store, change.id, "Bo")


@pytest.mark.parametrize(
    ("headers", "status", "word"),
    [
        ({}, 401, "update"),
        ({"token": "reader"}, 403, "update"),
        ({"token": "junior"}, 403, "Konto"),
        ({"token": "old"}, 401, "abgelaufen"),
        ({"token": "made-up"}, 401, "abgelaufen"),
        ({"Authorization": "Basic YTpi"}, 401, "update"),
    ],
)
def test_who_may_not_change_is_told_what_is_missing(app, headers, status, word):
    client, version = app.test_client(), app.extensions["store"].version
    headers = bearer(headers["token"]) if "token" in headers else headers
    address = f"/graph-store?graph={OFFICE}"
    for answer in (
        client.post("/sparql", data={"update": UPDATE}, headers=headers),
        client.post("/sparql", data=UPDATE, content_type="application/sparql-update", headers=headers),
        client.put(address, data=TRIPLE, content_type="text/turtle", headers=headers),
        client.post(address, data=TRIPLE, content_type="text/turtle", headers=headers),
        client.delete(address, headers=headers),
    ):
        assert (answer.status_code, word in answer.text) == (status, True)
        assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    assert app.extensions["store"].version == version


def test_a_graph_comes_and_goes_by_name(app):
    client, address = app.test_client(), f"/graph-store?graph={BASE}graph/data/neu"
    assert client.put(address, data=TRIPLE, content_type="text/turtle", headers=bearer("editor")).status_code == 201
    assert TRIPLE[:20] in client.get(address).text
    assert client.post(address, data=TRIPLE, content_type="text/turtle", headers=bearer("editor")).status_code == 204
    assert client.delete(address, headers=bearer("editor")).status_code == 204
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"?graph={BASE}graph/contacts", 404),
        ("?graph=no%20iri", 400),
        (f"?graph={OFFICE}&default", 400),
        ("?default", 200),
        ("", 200),
    ],
)
def test_what_is_asked_for_is_answered_or_refused(app, address, status):
    assert app.test_client().get(f"/graph-store{address}").status_code == status


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"data": "<a", "content_type": "text/turtle"}, 400),
        ({"data": "x", "content_type": "image/png"}, 415),
        ({"data": {"a": "b"}, "content_type": "multipart/form-data"}, 400),
        ({"data": TRIPLE.replace("altLabel", "prefLabel").replace("'A'", "'B'"), "content_type": "text/turtle"}, 422),
    ],
)
def test_what_cannot_be_taken_changes_nothing(app, request_, status):
    version = app.extensions["store"].version
    answer = app.test_client().put(f"/graph-store?graph={OFFICE}", headers=bearer("editor"), **request_)
    assert answer.status_code == status
    assert app.extensions["store"].version == version


def test_the_house_graphs_are_closed(app):
    answer = app.test_client().delete(f"/graph-store?graph={BASE}graph/history", headers=bearer("editor"))
    assert (answer.status_code, "geschrieben" in answer.text) == (403, True)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_no_other_site_changes_even_what_is_for_trying(scratch, headers):
    answer = scratch.test_client().post("/sparql", data={"update": "CLEAR ALL"}, headers=headers)
    assert answer.status_code in (401, 403)


def test_what_is_for_trying_is_open_on_the_spot(scratch):
    client = scratch.test_client()
    assert client.post("/sparql", data={"update": "INSERT DATA { <a> <b> 1 }"}).status_code == 204
    answer = client.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"}, headers={"Accept": "text/csv"})
    assert answer.text.splitlines() == ["s,p,o", "http://localhost/a,http://localhost/b,1"]


def test_the_same_question_is_not_run_twice(app):
    client, query = app.test_client(), {"query": "SELECT * { ?s ?p ?o } LIMIT 1"}
    first = client.get("/sparql", query_string=query)
    again = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/sparql", query_string=query, headers=again).status_code == 304
    assert client.get("/sparql", query_string=query, headers={**again, "Accept": "text/csv"}).status_code == 200
    client.post("/sparql", data={"update": UPDATE}, headers=bearer("editor"))
    assert client.get("/sparql", query_string=query, headers=again).status_code == 200


def test_chance_and_time_have_no_tag_that_could_be_relied_on(app):
    first, second = (app.test_client().get("/sparql?query=SELECT (UUID() AS ?u) {}") for _ in range(2))
    assert first.headers["ETag"] != second.headers["ETag"]


def test_answers_are_compressed_for_who_can_read_it(app):
    answer = app.test_client().get(
        "/sparql", query_string={"query": "SELECT * { ?s ?p ?o } LIMIT 99"}, headers={"Accept-Encoding": "gzip"}
    )
    assert answer.headers["Content-Encoding"] == "gzip"


def test_only_sites_that_are_named_may_ask_from_a_browser(app):
    client = app.test_client()
    allowed = client.options("/sparql", headers={"Origin": "https://bi.example"})
    other = client.get("/sparql?query=ASK {}", headers={"Origin": "https://evil.example"})
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://bi.example"
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    assert "Access-Control-Allow-Origin" not in other.headers
    assert "Access-Control-Allow-Origin" not in client.get("/", headers={"Origin": "https://bi.example"}).headers


@pytest.mark.parametrize("media_type", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_programs_that_ask_nothing_are_told_what_is_here(app, media_type):
    answer = app.test_client().get("/sparql", headers={"Accept": media_type})
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert "SPARQL11Query" in answer.text
    assert "SPARQL11Update" not in answer.text
    told = app.test_client().get("/sparql", headers={"Accept": media_type, **bearer("editor")})
    assert "SPARQL11Update" in told.text
