"""Hostile and broken values in the store: every page is there, shows them as text, and links to nothing harmful."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from builders import BASE, Quartier
from ontology.terms import DCTERMS, GEO, ORG, PN, PROV, RDF, SCHEMA, SKOS, XSD
from webapp import create_app, urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

NAMES = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "quotes": "a'b\"c\\d</script>",
    "steering": "\x07\x1b[31m\u202egnp.exe",
    "blank": " \u200b\t",
    "long": "L" * 5000,
    "formula": '=HYPERLINK("http://evil.example")',
}
ADDRESSES = ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "https://[::1", 'http://x/"onclick="a']
DAYS = ["2024-02-30", "-0044", "0000", "99999", "soon", ""]
HARMFUL = re.compile(
    r"<script>alert|<img src=x|onerror=alert\(1\)>|<a [^>]*href=\"\s*(javascript|data):", re.IGNORECASE
)


def _say(quartier: Quartier, subject: str, path: str, text: str, datatype: str = "") -> None:
    value = Literal(text, datatype=NamedNode(datatype)) if datatype else Literal(text, language="de")
    quartier._add(subject, path, value)


def _named(quartier: Quartier) -> None:
    """Each name once as an actor, a project, a place and a source, with addresses nobody should follow."""
    for number, (key, name) in enumerate(NAMES.items()):
        actor, place = quartier.actor(key, description=name, alt=name), quartier.place(key)
        project = quartier.project(key, traeger=[actor], partner=[f"{BASE}actor/script"], places=[place])
        source = f"{BASE}source/{key}"
        quartier._link(source, RDF.type, PN.Source)
        quartier._link(project, PROV.wasDerivedFrom, source)
        _say(quartier, source, SCHEMA.url, ADDRESSES[number % 4], XSD.anyURI)
        _say(quartier, actor, SCHEMA.url, ADDRESSES[number % 4], XSD.anyURI)
        _say(quartier, source, DCTERMS.title, name)
        for entry in (actor, place, project):
            quartier.quads = [
                quad
                for quad in quartier.quads
                if (quad.subject.value, quad.predicate.value) != (entry, str(SKOS.prefLabel))  # type: ignore[union-attr]
            ]
            _say(quartier, entry, SKOS.prefLabel, name)


def _broken(quartier: Quartier) -> None:
    """Values of the wrong kind, links to nothing and to oneself, cycles, entries without a word."""
    actor, other, place = quartier.actor("Runde"), quartier.actor("Kreis"), quartier.place("Ort", at=(13, 52))
    project = quartier.project("Plan", traeger=[actor], partner=[other], places=[place])
    for day in DAYS:
        for path, kind in ((SCHEMA.startDate, XSD.gYear), (SCHEMA.endDate, XSD.date), (SCHEMA.startDate, XSD.date)):
            _say(quartier, project, path, day, kind)
    for text in ("POINT(1.2.3 4)", "POINT EMPTY", "POINT(nan nan)"):
        _say(quartier, f"{place}/geometry", GEO.asWKT, text, GEO.wktLiteral)
    for amount in ("viel", "INF", "NaN", "1e999", "12,50"):
        quartier.funding(project, payer=actor, amount=amount)
    _say(quartier, project, PN.ongoing, "vielleicht")
    for one, path, target in [
        (actor, SKOS.prefLabel, other),
        (actor, ORG.subOrganizationOf, other),
        (other, ORG.subOrganizationOf, actor),
        (actor, ORG.hasSite, f"{BASE}place/gone"),
        *((f"{BASE}{kind}/bare", RDF.type, PN[kind.title()]) for kind in ("actor", "project", "place", "event", "tie")),
    ]:
        quartier._link(one, path, target)
    quartier.tie(actor, actor)
    quartier.tie(actor, f"{BASE}actor/gone", kind="unknown", state="unknown")
    quartier.involvement(f"{BASE}actor/gone", project, role="unknown")


@pytest.fixture(scope="module")
def visitor() -> Iterator[FlaskClient]:
    """A visitor of a Quartier that nobody has checked."""
    quartier = Quartier()
    _named(quartier)
    _broken(quartier)
    with quartier.store() as store:
        yield create_app(store).test_client()


def test_every_page_is_there_and_shows_the_data_as_text(visitor: FlaskClient) -> None:
    todo = ["/", "/network", "/network/download.html", "/gaps?kind=table", "/search?q=runde"]
    todo += [f"/{plural}" for plural in urls.pages()]
    for address in todo:  # grows while it is walked
        answer = visitor.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == (404 if address.endswith("/gone") else 200), address
        assert answer.mimetype != "text/html" or not HARMFUL.search(answer.text), address
        links = (html.unescape(link).split("#")[0] for link in re.findall(r'href="(/[a-z]+/[^"?]+)"', answer.text))
        todo += [link for link in dict.fromkeys(links) if link not in todo and not link.startswith("/static")]
    assert len(todo) > 60


@pytest.mark.parametrize("address", ["/actors", "/projects?sort=start", "/events", "/search?q=bare"])
def test_every_link_has_something_to_click_on(visitor: FlaskClient, address: str) -> None:
    words = re.findall(r"<a [^>]*><bdi>(.*?)</bdi></a>", visitor.get(address).text, re.DOTALL)
    assert [word for word in words if not word.strip(" \t\n\u200b")] == []


@pytest.mark.parametrize("address", ["/actors.csv", "/network.csv", "/gaps?format=csv", "/network.json"])
def test_files_are_there_and_hold_no_formula(visitor: FlaskClient, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert not re.search(r'(^|,)"?=', answer.text, re.MULTILINE)
