"""Every route, by every method, for everybody, in every format: who may not gets nothing, who may is let in.

The routes come from the URL map: a new one is asked here from its first day on.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import zipfile
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from builders import BASE, Quartier
from graph import changes, stories
from ontology.terms import DCTERMS, PN, RDF, SCHEMA, SKOS
from webapp import create_app, rights
from webapp.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.routing import Rule

    from graph.store import Store

LEVELS = ("", "public", "reader", "editor", "admin")
FORMATS = ("text/html", "application/json", "text/turtle", "*/*")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
PERSON, STATEMENT, DECISION, AUTHOR, REASON, STORY = (
    "Plantagena Kontakt",
    "Plantbedarf",
    "Plantentscheid",
    "Plantautor",
    "Plantgrund",
    "Plantgeschichte",
)
FOR_STAFF = (STATEMENT, DECISION, AUTHOR, REASON, STORY)
VALUES = {
    "kind": ("actor", "project", "statement", "suggestion", "decision", "round"),
    "segment": ("actor", "contact", "change", "statement", "decision"),
    "slug": ("schule", "fest", "geheim"),
    "ending": ("ttl", "jsonld", "graphml"),
    "extension": ("trig", "nq", "jsonld", "zip", "xlsx", "gexf"),
    "change": ("1",),
    "name": ("labels", "changes"),
}
"""What stands in addresses; other places get "x"."""


@pytest.fixture(scope="module")
def store() -> Store:
    """A Quartier with a person, a statement, a decision, a change and a story, each under a name of its own."""
    quartier = Quartier()
    quartier.project("Fest", traeger=[quartier.actor("Schule"), quartier.actor("Hof")], start="2024")
    quartier.handlungsfeld("2022", "1", "Bildung")
    made = quartier.store()
    person, need, decision = (NamedNode(f"{BASE}{name}/geheim") for name in ("contact", "statement", "decision"))
    hidden = [
        (person, RDF.type, NamedNode(PN.Contact), made.graphs.contacts),
        (person, PN.actor, NamedNode(f"{BASE}actor/schule"), made.graphs.contacts),
        (person, SCHEMA.name, Literal(PERSON), made.graphs.contacts),
        (need, RDF.type, NamedNode(PN.Need), made.graphs.rounds),
        (need, SKOS.prefLabel, Literal(STATEMENT, language="de"), made.graphs.rounds),
        (need, DCTERMS.description, Literal(STATEMENT, language="de"), made.graphs.rounds),
        (decision, RDF.type, NamedNode(PN.Decision), made.graphs.rounds),
        (decision, PN.reason, Literal(DECISION), made.graphs.rounds),
    ]
    quads = [Quad(node, NamedNode(str(path)), value, where) for node, path, value, where in hidden]
    changes.commit(made, added=quads, author=AUTHOR, reason=REASON, check=False)
    stories.keep(made, name="Schritt", address="/network", into=f"neu: {STORY}", author="Ada")
    return made


@pytest.fixture(scope="module")
def apps(store: Store) -> Iterator[dict[bool, Flask]]:
    """The app as it is, and with `--public`; each with an account per role."""
    made = {}
    for public in (False, True):
        made[public] = app = create_app(store, settings={"PUBLIC": public})
        app.extensions["pace"] = Pace(itertools.count(step=1000).__next__)  # tests ask faster than any person
        book = app.extensions["accounts"]
        for role in rights.STAFF:
            book.add(role, role)
        book.add("Chef", "admin")
        book.set_password("Chef", "richtig gutes pferd")
    yield made
    for app in made.values():
        for name in ("sandbox", "desk"):
            if app.extensions.get(name):
                app.extensions[name].close()


def client_of(apps: dict[bool, Flask], level: str) -> FlaskClient:
    app = apps[level == "public"]
    client = app.test_client()
    if level in rights.STAFF:
        book = app.extensions["accounts"]
        client.set_cookie(rights.SESSION_COOKIE, book.begin(book.find(level)))
    return client


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def addresses(app: Flask, rule: Rule) -> Iterator[str]:
    """The rule with each usual value in its place."""
    usual = {name: VALUES.get(name, ("x",)) for name in rule.arguments}
    for number in range(max([1, *map(len, usual.values())])):
        values = {name: ones[number % len(ones)] for name, ones in usual.items()}
        with contextlib.suppress(BuildError, ValueError):  # a value that does not fit that converter
            yield app.url_map.bind("localhost").build(rule.endpoint, values, method=next(iter(rule.methods or ())))


def is_kept_out(answer: Any) -> bool:
    to_login = answer.status_code == 303 and answer.headers["Location"].startswith("/login")
    return to_login or answer.status_code in (401, 403)


@pytest.mark.parametrize("level", LEVELS)
def test_nobody_does_what_they_may_not(apps: dict[bool, Flask], level: str) -> None:
    client = client_of(apps, level)
    asker = rights.Asker(level=level)
    for rule in rules(apps[False]):
        for method in set(rule.methods or ()) & set(METHODS):
            if asker.may(rights.need(rule.endpoint, method)):
                continue
            for address in addresses(apps[False], rule):
                for accept in FORMATS:
                    answer = client.open(address, method=method, headers={"Accept": accept})
                    assert is_kept_out(answer), f"{level or 'nobody'} {method} {address} {accept}: {answer.status_code}"


@pytest.mark.parametrize("level", LEVELS)
def test_everybody_does_what_they_may_and_leaks_nothing(apps: dict[bool, Flask], level: str) -> None:
    """Contacts stand in no answer to anybody; rounds, decisions and the history in none to visitors."""
    client, asker = client_of(apps, level), rights.Asker(level=level)
    hidden = (PERSON,) if level in rights.STAFF else (PERSON, *FOR_STAFF)
    for rule in rules(apps[False]):
        if rule.endpoint == "static" or "GET" not in (rule.methods or ()):
            continue
        for address in addresses(apps[False], rule) if asker.may(rights.need(rule.endpoint, "GET")) else ():
            for accept in FORMATS[:1] if "." in address else FORMATS:
                with client.get(address, headers={"Accept": accept}) as answer:
                    is_out = is_kept_out(answer) and rule.endpoint != "accounts.logout"
                    assert not is_out, f"{level} {address}: {answer.status_code}"
                    assert answer.status_code != 500, address
                    is_theirs = (rule.endpoint or "").startswith("contacts.")  # who may not was kept out above
                    found = [name for name in hidden if name in _plain(answer.data) and not is_theirs]
                assert found == [], f"{level or 'nobody'} {address} {accept}"


def _plain(body: bytes) -> str:
    """The text of an answer, unpacked if it is an archive."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return body.decode("utf-8", "replace")


def test_what_is_written_about_rights_is_about_routes_there_are(apps: dict[bool, Flask]) -> None:
    endpoints = {rule.endpoint for rule in rules(apps[False])}
    named = rights.FOR_ANYONE | rights.FOR_VISITORS | rights.FOR_EDITORS | rights.FOR_ADMINS
    assert named | {name.split()[0] for name in rights.FOR_READERS} <= endpoints


def test_what_changes_something_is_for_editors_unless_a_reason_is_given(apps: dict[bool, Flask]) -> None:
    """The whole list of exceptions: each shows nothing of the data or changes only what is one's own.

    Graphs and updates are changed with a token only, which `webapp.access` asks for; see test_graph_store.py.
    """
    graphs = {
        f"graph_store.{name} {method}" for name in ("graph_store", "direct") for method in ("PUT", "POST", "DELETE")
    }
    below = {
        f"{rule.endpoint} {method}"
        for rule in rules(apps[False])
        for method in set(rule.methods or ()) - rights.READING
        if not rights.Asker(level=rights.need(rule.endpoint, method)).may("editor")
    }
    assert below - graphs == {
        "accounts.login POST",
        "accounts.link POST",
        "accounts.logout POST",
        "accounts.own POST",
        "questions.change_own POST",
        "questions.forget POST",
        "questions.new POST",  # for oneself; the form itself asks for more to share one
        "questions.undo POST",
        "sparql.endpoint POST",
    }


def test_a_visitor_asks_only_the_data_in_sparql_too(apps: dict[bool, Flask], store: Store) -> None:
    client = client_of(apps, "public")
    for graph in (store.graphs.rounds, store.graphs.history, store.graphs.contacts):
        for clause in ("", f"FROM <{graph.value}>", f"FROM NAMED <{graph.value}>"):
            text = f"SELECT * {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} FILTER(ISLITERAL(?o)) }}"
            answer = client.get("/sparql", query_string={"query": text}, headers={"Accept": "text/csv"})
            assert answer.status_code == 200
            assert not re.search("Plant", answer.text)


def test_a_change_shows_in_what_visitors_read(apps: dict[bool, Flask], store: Store) -> None:
    client = client_of(apps, "public")
    client.get("/actors")
    name = Quad(
        NamedNode(f"{BASE}actor/hof"),
        NamedNode(SKOS.altLabel),
        Literal("Hinterhof", language="de"),
        store.graphs.data("test"),
    )
    done = changes.commit(store, added=[name], author="x", reason="x", check=False)
    assert "Hinterhof" in client.get("/actors/hof").text
    changes.undo(store, done.id, "x")
    assert "Hinterhof" not in client.get("/actors/hof").text


@pytest.mark.parametrize("level", ["public", "reader", "editor"])
def test_no_page_shows_a_way_that_ends_at_a_closed_door(apps: dict[bool, Flask], level: str) -> None:
    """From page to page by their links, one of each route and kind: who may not go on sees no link and no form."""
    client, asker = client_of(apps, level), rights.Asker(level=level)
    routes, todo, closed = apps[level == "public"].url_map.bind("localhost"), ["/"], set[str]()
    seen: Counter[tuple[object, ...]] = Counter()
    while todo:
        page = todo.pop()
        with client.get(page, headers={"Accept": "text/html"}) as answer:
            body = answer.text if answer.mimetype == "text/html" else ""
        for method, address in ways(body, page):
            path = urlsplit(address).path or urlsplit(page).path
            try:
                endpoint, values = routes.match(path, method=method)
            except HTTPException:  # of another site, or one of the many that answer 404 by themselves
                continue
            if not asker.may(rights.need(endpoint, method)):
                closed.add(f"{page} leads to {method} {address}")
            elif method == "GET" and endpoint not in ("static", "accounts.logout", "sparql.endpoint"):
                seen[route := (endpoint, values.get("kind"), "?" in address)] += 1
                todo += [address] if seen[route] == 1 else []
    assert closed == set()
    assert len(seen) > 40


def ways(body: str, page: str) -> Iterator[tuple[str, str]]:
    """The links and forms of a page: method and address."""
    for tag, inside in re.findall(r"<(a|form|button)\b([^>]*)>", body):
        found = re.search(r'(?:href|action|formaction)="([^"]*)"', inside)
        is_sent = re.search(r'method="post"', inside) or "formaction" in inside
        if found or tag == "form":
            address = unescape(found[1]) if found else page
            yield "POST" if is_sent else "GET", address if not urlsplit(address).netloc else "/nowhere/at/all"
