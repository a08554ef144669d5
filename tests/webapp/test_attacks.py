"""What strangers may try at the endpoint: each is refused or harmless, and the app goes on answering."""

from __future__ import annotations

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from builders import BASE, Quartier
from graph.sandbox import Sandbox
from ontology.terms import SKOS
from webapp import create_app

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

HIDDEN = "Plan B"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
HEAVY = {
    "cross product": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "order by bomb": f"SELECT * {{ {CROSS} }} ORDER BY ?l ?k ?j",
    "distinct bomb": f"SELECT DISTINCT * {{ {CROSS} }}",
    "group bomb": f"SELECT ?a (GROUP_CONCAT(?l) AS ?t) {{ {CROSS} }} GROUP BY ?a",
    "endless stream": f"CONSTRUCT {{ ?a ?b ?l }} {{ {CROSS} FILTER(STRLEN(CONCAT(STR(?a), STR(?l))) < 0) }}",
    "endless path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?b (!<x:x>|^!<x:x>)* ?c . ?c (!<x:x>)* ?d }",
    "regex bomb": f'SELECT * {{ {CROSS} FILTER REGEX(CONCAT(STR(?a), STR(?l)), "^(([a-z])+.)+[A-Z]([a-z])+$") }}',
    "replace bomb": 'SELECT (STRLEN(?z) AS ?n) { BIND("aaaaaaaaaaaaaaaa" AS ?a)'
    + " ".join(
        f'BIND(REPLACE(?{a}, "a", "aaaaaaaaaaaaaaaa") AS ?{b})' for a, b in zip("abcdefgh", "bcdefghz", strict=True)
    )
    + "}",
}


@pytest.fixture(scope="module")
def app() -> Flask:
    quartier = Quartier()
    for number in range(60):
        quartier.actor(f"Akteur {number}", sector="kultur")
    with quartier.store() as store, Sandbox(store, timeout=20, memory_mb=200) as sandbox:
        label = NamedNode(SKOS.prefLabel)
        store.apply([], [Quad(NamedNode(f"{BASE}x/plan"), label, Literal(HIDDEN), store.graphs.rounds)])
        sandbox.warm()
        yield create_app(store, sandbox=sandbox, settings={"PUBLIC": True})


@pytest.fixture
def soon(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What never ends has little time; what ends has as much as it needs on a busy machine."""
    monkeypatch.setattr(app.extensions["sandbox"], "timeout", 0.6)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Somebody from elsewhere, where visitors read the data graphs."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    return client


def ask(client: FlaskClient, text: str, **more: str):
    return client.post("/sparql", data={"query": text, **more}, headers={"Accept": "application/json, text/turtle"})


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("name", HEAVY)
def test_what_takes_too_much_ends_in_a_sentence(visitor, name):
    answer = ask(visitor, HEAVY[name])
    assert answer.status_code in (413, 503), answer.text
    assert "beendet" in json.loads(answer.data)["error"]["detail"]


@pytest.mark.usefixtures("soon")
def test_other_pages_are_answered_while_the_sandbox_is_full(app, visitor):
    seen = threading.Event()

    def crowd():
        while not seen.is_set():
            ask(app.test_client(), HEAVY["cross product"])

    with ThreadPoolExecutor(4) as crowds:
        for _ in range(4):
            crowds.submit(crowd)
        answers = [visitor.get("/actors").status_code for _ in range(3)]
        seen.set()
    assert answers == [200, 200, 200]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { OPTIONAL { SERVICE <%s> { ?s ?p ?o } } } } }",
        "SELECT * { BIND(<%s> AS ?u) SERVICE ?u { ?s ?p ?o } }",
        "SELECT * FROM <%s> { ?s ?p ?o }",
        "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <%s>",
    ],
)
def test_nothing_is_fetched_from_anywhere(visitor, text):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        answer = ask(visitor, text % f"http://127.0.0.1:{server.getsockname()[1]}/")
        assert answer.status_code in (400, 403) or json.loads(answer.data)["results"]["bindings"] == []
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("clause", ["FROM <file:///etc/passwd>", "FROM NAMED <file:///etc/passwd>"])
def test_no_file_is_read(visitor, clause):
    answer = ask(visitor, f"SELECT * {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}")
    assert json.loads(answer.data)["results"]["bindings"] == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o FILTER(?o = 'Plan B') }",
        "SELECT * FROM <%g> { ?s ?p ?o }",
        "SELECT * FROM NAMED <%g> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <%g> { ?s ?p ?o } }",
        "SELECT * { GRAPH ?g { ?s ?p ?o FILTER(?o = 'Plan B') } }",
        "SELECT * { { SELECT * { GRAPH ?g { ?s ?p ?o FILTER(?o = 'Plan B') } } } }",
        "SELECT * FROM <%g> FROM NAMED <%g> { ?s (!<x:x>)* ?o }",
        "SELECT * { GRAPH <%g> { ?s (!<x:x>)+ ?o } }",
        "SELECT ('da' AS ?x) { FILTER EXISTS { GRAPH <%g> { ?s ?p ?o } } }",
        "SELECT * { ?s a ?t MINUS { FILTER NOT EXISTS { GRAPH <%g> { ?x ?y ?z } } } } LIMIT 1",
        "DESCRIBE <%s>",
        "DESCRIBE ?s FROM <%g> { ?s ?p 'Plan B' }",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%g> { ?s ?p ?o } }",
        "CONSTRUCT FROM <%g> WHERE { ?s ?p ?o }",
    ],
)
@pytest.mark.parametrize("dataset", [{}, {"default-graph-uri": "%g"}, {"named-graph-uri": "%g"}])
def test_what_one_may_not_read_is_in_no_answer(visitor, app, text, dataset):
    graph = app.extensions["store"].graphs.rounds.value
    asked = text.replace("%g", graph).replace("%s", f"{BASE}x/plan")
    answer = ask(visitor, asked, **dict.fromkeys(dataset, graph))
    assert answer.status_code == 200, answer.text
    assert HIDDEN not in answer.text
    assert "'da'" not in answer.text
    assert '"da"' not in answer.text


def test_staff_find_it_all_the_same(app):
    assert HIDDEN in ask(app.test_client(), "SELECT * { ?s ?p 'Plan B' . ?s ?p ?o }").text


@pytest.mark.parametrize("size", [3, 10])
def test_millions_of_characters_are_refused_unread(visitor, size):
    text = "SELECT * {" + "?s ?p ?o ." * (size * 100_000) + "}"
    assert visitor.post("/sparql", data=text, content_type="application/sparql-query").status_code == 413
    assert ask(visitor, text).status_code == 413


@pytest.mark.parametrize(
    "text", ["{" * 200_000, "SELECT * {" + "{" * 100_000, "((" * 100_000, "SELECT '" + "\\" * 99_999]
)
def test_broken_texts_end_in_a_sentence_soon(visitor, text):
    start = time.process_time()
    assert ask(visitor, text).status_code in (400, 413, 503)
    assert time.process_time() - start < 10  # it took minutes when each token looked at all that followed


HOSTILE = '</script><img src=x onerror=alert(1)>"'


@pytest.mark.parametrize("accept", ["text/html", "text/html;q=0.9, application/json;q=0.1"])
def test_what_the_data_say_is_never_markup(app, accept):
    escaped = HOSTILE.replace('"', '\\"')
    for text in (
        f'SELECT ("{escaped}" AS ?x) {{}}',
        f'CONSTRUCT {{ <a:a> <a:b> "{escaped}" }} {{}}',
        f"SELEC {escaped}",
    ):
        page = app.test_client().get("/sparql", query_string={"query": text}, headers={"Accept": accept})
        assert "<img src=x" not in page.text
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_data_that_look_like_a_page_are_not_one(visitor):
    answer = visitor.get(
        "/sparql", query_string={"query": f"SELECT ('''{HOSTILE}''' AS ?x) {{}}"}, headers={"Accept": "text/csv"}
    )
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("text/csv", "nosniff")


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=HYPERLINK('http://x')"])
def test_a_table_to_download_holds_no_formula(visitor, cell):
    query = {"query": f'SELECT ("{cell}" AS ?x) (-2 AS ?y) {{}}', "format": "csv"}
    row = visitor.get("/sparql", query_string=query).text.splitlines()[1]
    assert row.lstrip('"').startswith("'" + cell[0])
    assert row.endswith(",-2")


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Cookie": "pankenetz=x"}])
@pytest.mark.parametrize("kind", ["form", "text"])
def test_no_page_changes_data_in_ones_name(app, headers, kind):
    """Not even for the person at the machine, who may do everything by hand."""
    version = app.extensions["store"].version
    sent = (
        {"data": {"update": "CLEAR ALL"}}
        if kind == "form"
        else {"data": "CLEAR ALL", "content_type": "application/sparql-update"}
    )
    assert app.test_client().post("/sparql", headers=headers, **sent).status_code in (401, 403)
    assert app.extensions["store"].version == version


@pytest.mark.usefixtures("soon")
def test_an_admin_sees_what_ran_and_ends_what_runs(app):
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    thread = threading.Thread(target=ask, args=(app.test_client(), f"# lange\n{HEAVY['cross product']}"))
    thread.start()
    journal = app.extensions["sandbox"].journal
    while not (running := [one for one in journal.runs() if one.outcome == "running"]):
        time.sleep(0.01)
    assert "# lange" in client.get("/sparql/runs").text
    assert client.post("/sparql/runs/cancel", data={"number": running[0].number}).status_code == 303
    thread.join()
    assert running[0].outcome in ("QueryCancelled", "QueryTimeout")
    assert "# lange" in client.get("/sparql/runs/runs.csv").text


def test_visitors_do_not_see_what_others_ask(visitor):
    assert visitor.get("/sparql/runs").status_code in (303, 401, 403)
