"""Every answer is guarded, every request is checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from builders import BASE, Quartier
from ontology.terms import SCHEMA, XSD
from webapp import create_app

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from graph.store import Store

PAGES = [
    "/",
    "/search?q=panke",
    "/actors",
    "/actors/qm-pankstrasse",
    "/projects/kool-im-kiez-1",
    "/nowhere",
    "/healthz",
    "/actors.csv",
]
HOSTILE = ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "\u202eabc", "x" * 5000, "{{ 7*7 }}"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_strict_policy(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")


@pytest.mark.parametrize("path", PAGES[:6])
def test_no_page_holds_script_style_or_foreign_parts(client: FlaskClient, path: str) -> None:
    page = client.get(path).get_data(as_text=True)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)
    assert not re.search(r'(src|<link[^>]*href)="(https?:)?//', page)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "localhost:99999999", "user@localhost"],
)
def test_a_foreign_host_name_gets_a_sentence_and_nothing_else(client: FlaskClient, host: str) -> None:
    answer = client.get("/actors", headers={"Host": host})
    assert (answer.status_code, "silent green" in answer.text) == (400, False)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:5000", "[::1]:8080", "LOCALHOST"])
def test_this_machine_answers_under_all_its_names(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_configured_host_name_answers() -> None:
    app = create_app(Quartier().store(), settings={"TRUSTED_HOSTS": ["quartier.example"]})
    assert app.test_client().get("/healthz", headers={"Host": "quartier.example"}).status_code == 200


@pytest.mark.parametrize("name", HOSTILE)
def test_names_from_the_data_are_text_on_every_page(name: str) -> None:
    quartier = Quartier()
    actor = quartier._entry("actor", "hostile", "Actor", label=name)
    quartier.project("Fest", traeger=[actor], start="2024")
    visitor = create_app(quartier.store()).test_client()
    for path in ("/actors", "/actors/hostile", "/projects", "/projects/fest", "/search?q=x"):
        page = visitor.get(path).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "49 " not in page


def test_only_web_addresses_become_links() -> None:
    quartier = Quartier()
    actor = quartier.actor("Hof")
    quartier._add(actor, SCHEMA.url, Literal("javascript:alert(1)", datatype=NamedNode(XSD.anyURI)))
    quartier._add(f"{BASE}source/test", SCHEMA.url, Literal("javascript:alert(2)", datatype=NamedNode(XSD.anyURI)))
    assert 'href="javascript' not in create_app(quartier.store()).test_client().get("/actors/hof").text


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["/search?q={}", "/actors?q={}", "/actors?sort={}", "/{}", "/actors/{}"])
def test_what_stands_in_the_address_is_shown_as_text(client: FlaskClient, place: str, text: str) -> None:
    answer = client.get(place.format(text))
    assert answer.status_code in {200, 400, 404}
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text


def test_a_form_without_our_token_changes_nothing(example: Store) -> None:
    app = create_app(example)
    app.add_url_rule("/write", view_func=lambda: "written", methods=["POST"])
    answer = app.test_client().post("/write", data={"a": "b"})
    assert (answer.status_code, "written" in answer.text) == (400, False)


def test_a_body_beyond_the_limit_is_refused(app: Flask) -> None:
    answer = app.test_client().post("/sparql", data=b"x" * 3_000_000, content_type="application/sparql-query")
    assert answer.status_code == 413


def test_an_address_no_page_could_have_made_is_refused(client: FlaskClient) -> None:
    assert client.get("/actors?q=" + "x" * 9000).status_code == 414


def test_cookies_are_for_this_app_only(client: FlaskClient) -> None:
    cookie = client.get("/?lang=en").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_static_files_stay_for_ever_under_their_hash(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    (sheet, *_) = re.findall(r'href="(/static/[0-9a-f]{12}/css/[^"]+)"', page)
    with client.get(sheet) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient) -> None:
    for encoding in ("identity", "gzip"):
        first = client.get("/actors", headers={"Accept-Encoding": encoding})
        again = client.get("/actors", headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
