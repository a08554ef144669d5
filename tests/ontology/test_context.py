"""The JSON-LD context lets people write entries with short names."""

from __future__ import annotations

import json

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

import ontology
from ontology.packaged import statements
from ontology.terms import PN, PNS, SCHEMA, SKOS, XSD

CONTEXT = json.loads(ontology.files()["context"].read_text("utf-8"))["@context"]
PREFIXES = {name: iri for name, iri in CONTEXT.items() if isinstance(iri, str) and iri.startswith("http")}


def expanded(entry: dict[str, str] | str) -> str:
    short = entry["@id"] if isinstance(entry, dict) else entry
    prefix, _, name = short.partition(":")
    return PREFIXES.get(prefix, "") + name


def test_the_context_names_every_term_of_the_vocabulary_once_and_no_other() -> None:
    named = [expanded(entry) for name, entry in CONTEXT.items() if name not in {"@version", "id", "type", *PREFIXES}]
    subjects = {triple.subject for triple in statements("pankenetz").triples}
    terms = {node.value for node in subjects if "AllDisjoint" not in str(node) and hasattr(node, "value")}
    declared = {iri for iri in terms if iri.startswith(tuple(PREFIXES.values()))}
    assert sorted(named) == sorted(declared)


def test_a_short_document_means_what_it_says() -> None:
    document = {
        "@context": CONTEXT, "id": "https://example.org/a", "type": "Actor", "prefLabel": {"de": "Haus der Jugend"},
        "kind": "https://w3id.org/pankenetz/scheme/actor-kind/kita", "url": "https://example.org/",
        "lastConfirmed": "2026-05-03", "altLabel": {"de": ["HdJ", "Jugendhaus"]},
    }  # fmt: skip
    triples = list(parse(json.dumps(document), format=RdfFormat.JSON_LD))
    values = {triple.predicate.value: triple.object for triple in triples}
    assert values[PN.kind] == NamedNode(PNS["actor-kind/kita"])
    assert values[SKOS.prefLabel] == Literal("Haus der Jugend", language="de")
    assert values[SCHEMA.url].datatype.value == XSD.anyURI
    assert values[PN.lastConfirmed].datatype.value == XSD.date
    assert len(triples) == 7
