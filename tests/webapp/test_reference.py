"""Linked data: the vocabulary as pages and files, the catalogue record, statistics."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from ontology.reference import reference
from ontology.terms import DCAT, VOID

if TYPE_CHECKING:
    from flask.testing import FlaskClient

OURS = [term.name for term in reference() if term.is_ours]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_term_of_ours_is_listed_with_its_meaning(client: FlaskClient, language: str) -> None:
    answer = client.get("/ontology", query_string={"lang": language}, headers={"Accept": "text/html"})
    page = unescape(answer.text)
    for term in reference():
        assert not term.is_ours or f'href="/ontology/{term.name}"' in page
        assert not term.is_ours or term.definition[language].split()[0] in page


@pytest.mark.parametrize("name", [*OURS[::7], "Actor"])
def test_every_term_has_a_page(client: FlaskClient, name: str) -> None:
    page = client.get(f"/ontology/{name}")
    assert page.status_code == 200
    assert f"https://w3id.org/pankenetz/ns#{name}" in page.text


def test_a_terms_page_tells_fields_uses_and_an_example(client: FlaskClient) -> None:
    page = client.get("/ontology/Actor").text
    assert 'href="/ontology/Agency"' in page
    assert "org:Organization" in page
    assert 'href="/actors/' in page


def test_an_unknown_term_is_404(client: FlaskClient) -> None:
    assert client.get("/ontology/Nonsense").status_code == 404


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/ontology.ttl", "text/turtle"),
        ("/ontology/schemes.ttl", "text/turtle"),
        ("/ontology/shapes.ttl", "text/turtle"),
        ("/ontology/context.jsonld", "application/ld+json"),
    ],
)
def test_the_vocabularys_files_are_to_be_had(client: FlaskClient, address: str, media_type: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, media_type)


def test_programs_that_ask_for_the_vocabulary_get_turtle(client: FlaskClient) -> None:
    answer = client.get("/ontology", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert answer.mimetype == "text/turtle"


def _record(client: FlaskClient, address: str = "/catalog.ttl") -> Store:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    store = Store()
    store.extend(parse(answer.data, RdfFormat.TURTLE))
    return store


def test_the_catalogue_record_has_what_dcat_ap_de_demands(client: FlaskClient) -> None:
    prefixes = f"PREFIX dcat: <{DCAT}> PREFIX dcterms: <http://purl.org/dc/terms/> "
    record = _record(client)
    for pattern in (
        "?c a dcat:Catalog ; dcterms:title ?t ; dcterms:description ?d ; dcterms:publisher ?p ; dcat:dataset ?x",
        "?x a dcat:Dataset ; dcterms:title ?t ; dcterms:description ?d ; dcterms:publisher ?p ; dcat:theme ?theme",
        "?x dcat:distribution ?y . ?y a dcat:Distribution ; dcat:accessURL ?u ; dcterms:format ?f",
        "?s a dcat:DataService ; dcat:endpointURL ?u ; dcat:servesDataset ?x",
    ):
        assert record.query(f"{prefixes} ASK {{ {pattern} }}"), pattern


def test_every_distribution_leads_to_its_file(client: FlaskClient) -> None:
    addresses = client.application.url_map.bind("localhost")
    for quad in _record(client).quads_for_pattern(None, NamedNode(DCAT.downloadURL), None):
        assert addresses.match(quad.object.value.removeprefix("http://localhost"))[0] == "export.download"


def test_the_statistics_are_those_of_what_one_may_read(client: FlaskClient) -> None:
    record = _record(client, "/void.ttl")
    count = client.get(
        "/sparql", query_string={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}, headers={"Accept": "text/csv"}
    )
    (triples,) = record.query(f"SELECT ?n {{ ?d a <{VOID.Dataset}> ; <{VOID.triples}> ?n }}")
    assert triples["n"].value == count.text.split()[1]
