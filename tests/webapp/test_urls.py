"""Addresses stay inside, and say what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp import urls

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\nb", "", None, "actors"],
)
def test_nobody_is_sent_elsewhere(app: Flask, target: str | None) -> None:
    with app.test_request_context("/"):
        assert urls.inside(target) == "/"


def test_a_path_of_ours_is_kept(app: Flask) -> None:
    with app.test_request_context("/"):
        assert urls.inside("/actors?q=a") == "/actors?q=a"


@given(path=st.text(alphabet="/\\abc.", max_size=12))
def test_the_address_of_this_page_never_names_another_host(app: Flask, path: str) -> None:
    with app.test_request_context("/"):
        from flask import request

        request.path = "/" + path
        assert urlsplit(urls.here(lang="en")).netloc == ""


def test_changing_the_query_keeps_the_rest(app: Flask) -> None:
    with app.test_request_context("/actors?q=a&page=2&kind=b"):
        assert urls.here(page=None, sort="name") == "/actors?q=a&kind=b&sort=name"


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("text/html", "/actors/qm-pankstrasse"),
        ("*/*", "/actors/qm-pankstrasse"),
        ("text/turtle", "/id/actor/qm-pankstrasse.ttl"),
        ("application/ld+json", "/id/actor/qm-pankstrasse.jsonld"),
        ("application/n-triples", "/id/actor/qm-pankstrasse.nt"),
    ],
)
def test_an_iri_leads_to_the_page_or_the_data(client: FlaskClient, accept: str, location: str) -> None:
    answer = client.get("/id/actor/qm-pankstrasse", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, location)


def test_the_data_of_an_entry_are_turtle(client: FlaskClient) -> None:
    answer = client.get("/id/actor/qm-pankstrasse.ttl")
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert "pn:Actor" in answer.text


@pytest.mark.parametrize(
    "path", ["/id/contact/x", "/contacts.csv", "/changes", "/contacts/x", "/id/nothing/x", "/id/actor/nobody.ttl"]
)
def test_contacts_and_history_have_no_address(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_health_tells_the_data_version_and_nothing_else(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok", "data_version": 1}
