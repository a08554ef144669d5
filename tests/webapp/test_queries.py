"""Every page tells which queries stand behind it, and each of them can be read and asked."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from graph import query

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from graph.store import Store

PAGES = [
    "/actors",
    "/actors/hhs",
    "/projects/kool-im-kiez-1",
    "/places/silent-green",
    "/handlungsfelder/2022-4",
    "/rounds/2022",
    "/search?q=panke",
    "/network?focus=actor/hhs",
    "/gaps?kind=table",
    "/connections?actor=actor/hhs&actor=actor/erika-mann",
]
SILENT = {
    "/accounts": "not in the graph",
    "/connections": "before somebody is chosen",
    "/contacts": "people are in no query",
    "/contacts/processing": "people are in no query",
    "/export": "files",
    "/gaps/strengths": "a part of a page, from the backtest",
    "/import": "a form",
    "/map/import": "a form",
    "/meeting": "before a date is chosen",
    "/network/download.html": "a file of its own",
    "/questions/new": "a form",
    "/queries": "the queries themselves",
    "/sparql": "where people write their own",
    "/sparql/runs": "what the sandbox did",
}
"""Pages without a query behind them, and why."""


def behind(client: FlaskClient, path: str) -> list[str]:
    page = client.get(path, follow_redirects=True).text
    return [unescape(link) for link in re.findall(r'<li><a href="(/queries/[^"]+)"', page.split("</main>")[0])]


@pytest.mark.parametrize("path", PAGES)
def test_every_view_leads_to_its_queries_and_says_the_same_when_it_comes_from_memory(
    client: FlaskClient, path: str
) -> None:
    first, again = behind(client, path), behind(client, path)
    assert first
    assert set(first) == set(again)
    assert [link for link in first if client.get(link).status_code != 200] == []


def test_no_feature_is_forgotten(app: Flask) -> None:
    client = app.test_client()
    rules = [str(rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    asked = [rule for rule in rules if rule not in SILENT]
    answers = {rule: client.get(rule, headers={"Accept": "text/html"}, buffered=True) for rule in asked}
    pages = [rule for rule, answer in answers.items() if (answer.status_code, answer.mimetype) == (200, "text/html")]
    assert len(pages) > 15
    assert [rule for rule in pages if not behind(client, rule)] == []


def test_a_query_asked_a_hundred_times_is_told_once(client: FlaskClient) -> None:
    assert len(behind(client, "/upkeep/news")) < 20


def test_an_entry_page_names_the_query_of_its_entry_with_its_address(client: FlaskClient) -> None:
    assert any(re.match(r"/queries/directory-entry\?entry=.*hhs$", link) for link in behind(client, "/actors/hhs"))


def test_the_foot_of_a_page_is_not_among_what_stands_behind_it(client: FlaskClient) -> None:
    assert not any("attribution" in link for link in behind(client, "/actors/hhs"))


def test_one_visitor_does_not_see_what_another_asked(client: FlaskClient) -> None:
    client.get("/actors/hhs")
    assert not any("hhs" in link for link in behind(client, "/actors/qm-pankstrasse"))


@pytest.mark.parametrize("name", [named.name for named in query.catalogue() if not named.graphs])
def test_every_query_can_be_asked_by_anyone_with_values_written_in(client: FlaskClient, name: str) -> None:
    named = query.find(name)
    values = dict.fromkeys(named.binds, "https://w3id.org/pankenetz/id/actor/hhs")
    page = client.get(f"/queries/{name}", query_string=values).text
    address = re.search(r'href="(/sparql\?query=[^"]+)"', page)
    assert address is not None
    assert all(f"VALUES ?{key}" in page for key in values)
    form = "ttl" if "CONSTRUCT" in named.text else "csv"
    assert client.get(f"{unescape(address[1])}&format={form}").status_code == 200


def test_written_in_values_give_the_same_answer_as_bound_ones(client: FlaskClient, example: Store) -> None:
    hhs = query.Iri("https://w3id.org/pankenetz/id/actor/hhs")
    bound = query.select(example, "directory-partners", actor=hhs)
    text = query.spelt_out(query.find("directory-partners"), {"actor": hhs})
    answer = client.get("/sparql", query_string={"query": text, "format": "csv"}).text
    assert len(answer.splitlines()) - 1 == len(bound) > 10


@pytest.mark.parametrize("path", ["/queries/nothing", "/queries/..%2Fquery", "/queries/questions/gremien"])
def test_there_is_no_other_file_to_read(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_all_queries_are_listed(client: FlaskClient) -> None:
    page = client.get("/queries").text
    assert all(f'href="/queries/{named.name}"' in page for named in query.catalogue())
