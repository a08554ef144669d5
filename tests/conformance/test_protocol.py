"""The W3C's suites of the SPARQL 1.1 Protocol, the Graph Store Protocol and the Service Description, over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from manifests import CNT, FOLDER, HT, MF, RDFS, UT, Facts, file, quads
from results import read, same_graph

if TYPE_CHECKING:
    from pathlib import Path

    from endpoint import Endpoint, Reply

SD = "http://www.w3.org/ns/sparql-service-description#"
SD_TERMS = """Service endpoint supportedLanguage SPARQL11Query SPARQL11Update feature UnionDefaultGraph resultFormat
    inputFormat defaultDataset Dataset defaultGraph namedGraph NamedGraph Graph name graph"""
STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
TABULAR = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
RDF_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
PROTOCOL = FOLDER / "sparql11" / "protocol" / "manifest.ttl"
STORES = [FOLDER / "sparql11" / "graph-store-protocol" / f"manifest-{kind}.ttl" for kind in ("indirect", "direct")]


@dataclass(frozen=True)
class Exchange:
    """One request of a test, and what must come of it."""

    facts: Facts
    node: object
    answer: object

    def text(self, node: object, path: str) -> str:
        return self.facts.text(node, path)

    def headers(self, node: object) -> dict[str, str]:
        return {
            self.text(one, HT + "fieldName"): self.text(one, HT + "fieldValue")
            for one in self.facts.list(self.facts.one(node, HT + "headers"))
        }

    def content(self, node: object) -> bytes:
        body = self.facts.one(node, HT + "body")
        encoding = self.text(body, CNT + "characterEncoding") or "utf-8"
        return self.text(body, CNT + "chars").encode(encoding) if body else b""

    def statuses(self) -> list[str]:
        return [one.value.rpartition("#")[2] for one in self.facts.all(self.answer, MF + "expectedStatus")]


def _names(*manifests: Path) -> list[str]:
    if not FOLDER.is_dir():
        return ["every"]
    return [entry.value.rpartition("#")[2] for manifest in manifests for entry in _entries(Facts(manifest))]


def _entries(facts: Facts) -> list:
    (manifest,) = facts.subjects(MF + "entries")
    return list(facts.list(facts.one(manifest, MF + "entries")))


def _find(name: str, *manifests: Path) -> tuple[Facts, object]:
    return next(
        (facts, entry)
        for facts in map(Facts, manifests)
        for entry in _entries(facts)
        if entry.value.rpartition("#")[2] == name
    )


def _exchanges(facts: Facts, entry: object) -> list[Exchange]:
    action = facts.one(entry, MF + "action")
    requests = facts.list(facts.one(action, HT + "requests"))
    return [Exchange(facts, one, facts.one(one, HT + "resp")) for one in requests]


def _status_fits(reply: Reply, expected: list[str]) -> bool:
    return any(
        reply.status == STATUS.get(one) or (one.startswith("StatusCode") and str(reply.status)[0] == one[10])
        for one in expected
    )


@pytest.mark.parametrize("name", _names(PROTOCOL))
def test_the_protocol_is_kept(endpoint: Endpoint, name: str) -> None:
    facts, entry = _find(name, PROTOCOL)
    endpoint.load([])
    for one in facts.all(entry, UT + "graphData"):
        graph = ox.NamedNode(facts.text(one, RDFS + "label"))
        data = quads(file(facts.one(one, UT + "graph").value))
        body = ox.serialize([quad.triple for quad in data], format=ox.RdfFormat.N_TRIPLES)
        path = f"/graph-store?graph={graph.value}"
        assert endpoint.ask("PUT", path, body, {"Content-Type": "application/n-triples"}).status == 201
    for exchange in _exchanges(facts, entry):
        path = exchange.text(exchange.node, HT + "absolutePath").replace("/sparql/", "/sparql", 1)
        method = exchange.text(exchange.node, HT + "methodName")
        reply = endpoint.ask(method, path, exchange.content(exchange.node), exchange.headers(exchange.node))
        assert _status_fits(reply, exchange.statuses()), (reply.status, reply.body)
        _check_form(exchange, reply)


def _check_form(exchange: Exchange, reply: Reply) -> None:
    form = exchange.text(exchange.answer, MF + "expectedFormat")
    truth = exchange.text(exchange.answer, MF + "expectedBoolean")
    if form in ("boolean", "tabular"):
        assert reply.media_type in TABULAR
    elif form == "RDF":
        assert reply.media_type in RDF_TYPES
    if truth:
        assert read(reply.body, TABULAR[reply.media_type]) is (truth == "true")


@pytest.mark.parametrize("name", _names(*STORES))
def test_the_graph_store_protocol_is_kept(endpoint: Endpoint, name: str) -> None:
    facts, entry = _find(name, *STORES)
    endpoint.load([])
    known: dict[str, str] = {}
    for exchange in _exchanges(facts, entry):
        path = exchange.text(exchange.node, HT + "absolutePath").replace("/gsp", "/graph-store", 1)
        for variable, value in known.items():
            path = path.replace(variable, value)
        method = exchange.text(exchange.node, HT + "methodName")
        reply = endpoint.ask(method, path, exchange.content(exchange.node), exchange.headers(exchange.node))
        assert _status_fits(reply, exchange.statuses()), (method, path, reply.status, reply.body)
        if variable := exchange.text(exchange.answer, MF + "expectedLocation"):
            known[variable] = reply.headers["location"]
        _check_content(exchange, reply)


def _check_content(exchange: Exchange, reply: Reply) -> None:
    for field, value in exchange.headers(exchange.answer).items():
        assert reply.headers[field.lower()].replace(" ", "").lower() == value.replace(" ", "").lower()
    if expected := exchange.content(exchange.answer):
        found = ox.parse(reply.body, ox.RdfFormat.TURTLE, base_iri="http://www.example/")
        wanted = ox.parse(expected, ox.RdfFormat.TURTLE, base_iri="http://www.example/")
        assert same_graph(list(found), list(wanted))


def _description(endpoint: Endpoint, media_type: str = "text/turtle") -> ox.Store:
    reply = endpoint.ask("GET", "/sparql", headers={"Accept": media_type})
    assert (reply.status, reply.media_type) == (200, media_type)
    store = ox.Store()
    store.load(reply.body, ox.RdfFormat.from_media_type(media_type))
    return store


@pytest.mark.parametrize("media_type", RDF_TYPES)
def test_the_service_description_is_rdf(endpoint: Endpoint, media_type: str) -> None:
    assert len(_description(endpoint, media_type)) > 5


def test_the_service_description_names_the_endpoint(endpoint: Endpoint) -> None:
    address = endpoint.address.rstrip("/") + "/sparql"
    assert _description(endpoint).query(f"ASK {{ ?s a <{SD}Service> ; <{SD}endpoint> <{address}> }}")


def test_the_service_description_keeps_to_its_schema(endpoint: Endpoint) -> None:
    """Each property stands at what the vocabulary says, and each term of it is one."""
    endpoint.load([ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal(1), ox.NamedNode("x:g"))])
    store = _description(endpoint)
    for predicate, subject, object_ in (
        ("defaultDataset", "Service", "Dataset"),
        ("defaultGraph", "Dataset", "Graph"),
        ("namedGraph", "Dataset", "NamedGraph"),
        ("graph", "NamedGraph", "Graph"),
    ):
        wrong = f"ASK {{ ?s <{SD}{predicate}> ?o MINUS {{ ?s a <{SD}{subject}> . ?o a <{SD}{object_}> }} }}"
        assert not store.query(wrong), predicate
        assert store.query(f"ASK {{ ?s <{SD}{predicate}> ?o }}"), predicate
    said = {term.value for quad in store for term in (quad.predicate, quad.object) if isinstance(term, ox.NamedNode)}
    terms = {one.removeprefix(SD) for one in said if one.startswith(SD)}
    assert terms <= set(SD_TERMS.split())
