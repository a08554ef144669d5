"""Checks: what the shapes say, about everything and about a change."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from builders import Quartier
from graph import checks
from ontology.terms import GEO, PN, PNS, RDF, SCHEMA, SKOS, XSD


@pytest.fixture
def quartier():
    made = Quartier()
    schule = made.actor("Schule", sector="bildung", place=made.place("Hof", at=(13.3, 52.5)))
    made.project("Hoffest", traeger=[schule], start="2020", end="2021")
    return made


@pytest.fixture
def store(quartier):
    with quartier.store() as opened:
        yield opened


def fact(store, subject, predicate, value):
    return Quad(NamedNode(store.base_iri + subject), NamedNode(predicate), value, store.graphs.data("test"))


def fields(findings):
    return {finding.field for finding in findings}


def test_a_sound_quartier_has_no_violations(store):
    assert [finding for finding in checks.findings(store) if finding.severity == "violation"] == []


def test_a_finding_names_entry_field_and_message_in_two_languages(store):
    before = list(store.quads(NamedNode(store.base_iri + "actor/schule"), NamedNode(PN.sector)))
    store.apply(before, [fact(store, "actor/schule", PN.sector, NamedNode(PNS["role/traeger"]))])
    (finding,) = (found for found in checks.findings(store) if found.severity == "violation")
    assert (finding.entry, finding.label, finding.field) == (store.base_iri + "actor/schule", "Schule", "sector")
    assert finding.message.keys() == finding.field_label.keys() == {"de", "en"}


@pytest.mark.parametrize(
    ("predicate", "value", "field"),
    [
        (SKOS.prefLabel, Literal("Zweiter", language="de"), "name"),
        (PN.sector, NamedNode(PNS["role/traeger"]), "sector"),
        (PN.kind, Literal("Schule"), "kind"),
        (SCHEMA.startDate, Literal("gestern"), "start"),
        (SCHEMA.startDate, Literal("2020-13-01", datatype=NamedNode(XSD.date)), "start"),
        (PN.activeIn, NamedNode("https://w3id.org/pankenetz/id/handlungsfeld/nie"), "handlungsfelder"),
    ],
)
def test_a_wrong_value_is_found_before_it_is_stored(store, predicate, value, field):
    found = checks.new_violations(store, [], [fact(store, "actor/schule", predicate, value)])
    assert fields(found) == {field}


def test_what_was_wrong_before_stops_nobody(store):
    store.apply(list(store.quads(NamedNode(store.base_iri + "actor/schule"), NamedNode(PN.sector))), [])
    other = fact(store, "actor/schule", SKOS.altLabel, Literal("Grundschule", language="de"))
    assert checks.new_violations(store, [], [other]) == []


def test_removing_an_entry_breaks_what_links_to_it(store):
    found = checks.new_violations(store, list(store.quads(NamedNode(store.base_iri + "actor/schule"))), [])
    assert {finding.entry for finding in found} == {store.base_iri + "involvement/1"}


def test_an_end_before_its_beginning_is_found(store):
    old = list(store.quads(NamedNode(store.base_iri + "project/hoffest"), NamedNode(SCHEMA.endDate)))
    new = fact(store, "project/hoffest", SCHEMA.endDate, Literal("2019", datatype=NamedNode(XSD.gYear)))
    assert checks.new_violations(store, old, [new])


def test_a_geometry_is_checked_as_part_of_its_place(store):
    old = list(store.quads(NamedNode(store.base_iri + "place/hof/geometry"), NamedNode(GEO.asWKT)))
    new = fact(store, "place/hof/geometry", GEO.asWKT, Literal("hier", datatype=NamedNode(GEO.wktLiteral)))
    (finding,) = checks.new_violations(store, old, [new])
    assert (finding.entry, finding.field) == (store.base_iri + "place/hof", "position")


def test_a_change_of_class_is_checked_where_the_entry_is_linked(store):
    subject = "actor/schule"
    old, new = (fact(store, subject, RDF.type, NamedNode(kind)) for kind in (PN.Actor, PN.Place))
    assert store.base_iri + "involvement/1" in {finding.entry for finding in checks.new_violations(store, [old], [new])}


def test_findings_are_computed_once_per_version(store):
    assert checks.findings(store) is checks.findings(store)


def test_a_report_does_not_name_contacts(store):
    person = NamedNode(f"{store.base_iri}contact/1")
    name = Quad(person, NamedNode(SCHEMA.name), Literal("Erika"), store.graphs.contacts)
    store.apply([], [Quad(person, NamedNode(RDF.type), NamedNode(PN.Contact), store.graphs.contacts), name])
    assert all(finding.entry != person.value for finding in checks.findings(store))
