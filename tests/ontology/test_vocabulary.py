"""The linter of the vocabulary: every term says what it is, in both languages, and nothing contradicts itself."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode
from rdflib import Graph, URIRef

import ontology
from ontology.packaged import statements
from ontology.terms import OWL, PN, RDF, RDFS, SCHEMA, SH, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

VOCABULARY = statements("pankenetz")
NAMESPACE = NamedNode("https://w3id.org/pankenetz/ns")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
OUR_TERMS = [term for kind in KINDS for term in VOCABULARY.subjects(RDF.type, NamedNode(kind)) if term.value in PN]
PROPERTIES = [term for term in OUR_TERMS if NamedNode(OWL.Class) not in VOCABULARY.objects(term, RDF.type)]


def name(term: NamedNode) -> str:
    return term.value.rsplit("#")[-1]


def test_every_declared_name_of_ours_has_exactly_one_kind() -> None:
    assert sorted(term.value for term in OUR_TERMS) == sorted(PN)


@pytest.mark.parametrize("term", OUR_TERMS, ids=name)
def test_every_term_has_one_label_and_definition_per_language_and_says_where_it_is_defined(term: NamedNode) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        languages = sorted(text.language for text in VOCABULARY.objects(term, predicate))
        assert languages == ["de", "en"]
        assert all(text.value.strip() == text.value != "" for text in VOCABULARY.objects(term, predicate))
    assert VOCABULARY.objects(term, RDFS.isDefinedBy) == [NAMESPACE]


@pytest.mark.parametrize("term", PROPERTIES, ids=name)
def test_every_property_says_where_it_belongs_and_what_it_holds(term: NamedNode) -> None:
    in_a_shape = _shaped(term)
    rule_made = name(term) in {"earliest", "latest"}
    domains = VOCABULARY.objects(term, RDFS.domain) + VOCABULARY.objects(term, SCHEMA.domainIncludes)
    ranges = VOCABULARY.objects(term, RDFS.range) + VOCABULARY.objects(term, SCHEMA.rangeIncludes)
    assert domains or in_a_shape or rule_made
    assert ranges or in_a_shape


def _shaped(term: NamedNode) -> bool:
    shapes = statements("shapes")
    return bool(shapes.subjects(SH.path, term) or shapes.subjects(RDF.first, term))


def test_every_class_stands_under_a_known_class_and_has_a_shape() -> None:
    """A class of ours is a kind of something other vocabularies know, and its entries can be checked."""
    for term in VOCABULARY.subjects(RDF.type, NamedNode(OWL.Class)):
        if term.value in PN:
            parents = VOCABULARY.objects(term, RDFS.subClassOf)
            assert parents
            assert all(VOCABULARY.objects(parent, RDFS.label) for parent in parents)
            assert statements("shapes").subjects(SH.targetClass, term)


def test_reused_terms_have_a_name_in_both_languages_and_are_not_claimed_as_ours() -> None:
    reused = {triple.subject for triple in VOCABULARY.triples if triple.predicate.value == RDFS.isDefinedBy}
    for term in reused - set(OUR_TERMS):
        assert set(VOCABULARY.texts(term, RDFS.label)) == {"de", "en"}, term
        assert VOCABULARY.objects(term, RDFS.isDefinedBy) != [NAMESPACE], term


def test_every_term_the_vocabulary_builds_on_is_named_in_it() -> None:
    """Superclasses, superproperties, domains and ranges of other vocabularies are listed among the reused terms."""
    machinery = tuple(str(namespace) for namespace in (RDF, RDFS, OWL, SH, "http://www.w3.org/2001/XMLSchema#"))
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDFS.seeAlso):
        for triple in VOCABULARY.triples:
            if triple.predicate.value == predicate and not triple.object.value.startswith(machinery):
                assert VOCABULARY.objects(triple.object, RDFS.label), triple


def test_the_header_says_title_version_licence_change_and_that_the_address_is_to_be_registered() -> None:
    graph = ontology.load_graphs()
    header = URIRef(NAMESPACE.value)
    predicates = {str(predicate).rsplit("/")[-1].rsplit("#")[-1] for predicate in graph.predicates(header)}
    assert {"title", "description", "license", "versionIRI", "changeNote", "editorialNote"} <= predicates
    assert any("w3id.org" in str(note) for note in graph.objects(header, URIRef(SKOS.editorialNote)))


def contradictions(more: str = "") -> list[str]:
    import owlrl

    graph = Graph()
    for file in ("pankenetz", "schemes"):
        graph.parse(ontology.files()[file])
    graph.parse(data=more, format="turtle")
    closure = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=DeprecationWarning)  # inside owlrl
        closure.closure()
    return [*closure.error_messages, *map(str, graph.subjects(URIRef(RDF.type), URIRef(OWL.Nothing)))]


def one_of_each() -> Iterator[str]:
    """One thing of every class, linked by every property to a thing of its range."""
    yield f"@prefix pn: <{PN}> . @prefix rdf: <{RDF}> ."
    for term in OUR_TERMS:
        if term not in PROPERTIES:
            yield f"<http://example.org/{name(term)}> a <{term.value}> ."
    for term in PROPERTIES:
        domain = (VOCABULARY.objects(term, RDFS.domain) + VOCABULARY.objects(term, SCHEMA.domainIncludes))[:1]
        ranges = VOCABULARY.objects(term, RDFS.range)
        if domain and domain[0].value in PN and ranges and ranges[0].value in PN:
            subject, value = name(domain[0]), name(ranges[0])
            yield f"<http://example.org/{subject}> <{term.value}> <http://example.org/{value}> ."


def test_vocabulary_and_one_thing_of_each_class_are_consistent_under_owl_rl() -> None:
    assert contradictions("\n".join(one_of_each())) == []


def test_owl_rl_notices_an_actor_that_is_also_a_place() -> None:
    assert contradictions(f"@prefix pn: <{PN}> . <http://example.org/x> a pn:Agency, pn:Place .")
