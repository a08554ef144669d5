"""The shapes are valid SHACL and say the right sentence about the wrong entry."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef

import ontology
from ontology.schema import entity_types
from ontology.terms import PN, SH

SHORT = {
    "pn": "https://w3id.org/pankenetz/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
} | {scheme: f"https://w3id.org/pankenetz/scheme/{scheme}/" for scheme in ontology.schemes()}
PREFIXES = "@base <https://w3id.org/pankenetz/id/> .\n" + "".join(f"@prefix {k}: <{v}> .\n" for k, v in SHORT.items())
GOOD = """
<source/q> a pn:Source ; dcterms:title "Quelle" .
<place/p> a pn:Place ; skos:prefLabel "Platz"@de ; prov:wasDerivedFrom <source/q> .
<actor/a> a pn:Agency ; skos:prefLabel "Amt"@de ; pn:kind actor-kind:fachamt ; pn:sector sector:verwaltung ;
  org:hasSite <place/p> ; prov:wasDerivedFrom <source/q> .
"""
ONTOLOGY = ontology.load_graphs()
PROJECT = '<project/x> a pn:Project ; skos:prefLabel "X"@de ; prov:wasDerivedFrom <source/q> ; '
TIE = "<tie/x> a pn:Tie ; pn:kind tie-kind:finanziert ; pn:state tie-state:asserted ; prov:wasDerivedFrom <source/q> ; "
PLACE = '<place/x> a pn:Place ; skos:prefLabel "X"@de ; geo:hasGeometry <g> . <g> geo:asWKT '
ACTOR = "<actor/x> a pn:Actor ; pn:sector sector:sport ; "
INVOLVED = "<involvement/x> a pn:Involvement ; prov:wasDerivedFrom <source/q> ; "


def sentences(turtle: str, focus: str, severity: str = SH.Violation) -> set[str]:
    """What a person reads about one entry (not by pySHACL's focus option, which skips nested shapes)."""
    import pyshacl

    data = Graph().parse(data=PREFIXES + GOOD + turtle, format="turtle") + ONTOLOGY
    report = pyshacl.validate(data, shacl_graph=ONTOLOGY, inplace=True)[1]
    results = set(report.subjects(URIRef(SH.focusNode), URIRef(f"https://w3id.org/pankenetz/id/{focus}")))
    results &= set(report.subjects(URIRef(SH.resultSeverity), URIRef(severity)))
    texts = [text for result in results for text in report.objects(result, URIRef(SH.resultMessage))]
    return {str(text) for text in texts if text.language == "de"}


def test_the_shapes_are_valid_shacl() -> None:
    import pyshacl

    shapes = Graph().parse(ontology.files()["shapes"])
    assert pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)[0]


def test_a_complete_entry_passes_an_agency_counts_as_an_actor() -> None:
    assert sentences("", "actor/a") == set()
    assert sentences(TIE + "pn:from <actor/a> ; pn:to <actor/b> . <actor/b> a pn:Network .", "tie/x") == set()


@pytest.mark.parametrize(
    ("turtle", "focus", "sentence"),
    [
        (ACTOR + "pn:kind actor-kind:kita .", "actor/x", "Bitte bei „Name“ genau einen Text eintragen."),
        (ACTOR + 'pn:kind actor-kind:kita ; skos:prefLabel " "@de .', "actor/x",
         "Bitte bei „Name“ genau einen Text eintragen."),
        (ACTOR + 'pn:kind sector:sport ; skos:prefLabel "X"@de .', "actor/x",
         "Bitte bei „Art“ höchstens einen Eintrag aus der Liste wählen."),
        (PROJECT + 'schema:startDate "Herbst" .', "project/x",
         "Bitte bei „Beginn“ ein Jahr (2024), einen Monat (2024-05) oder einen Tag (2024-05-17) angeben."),
        (PROJECT + 'pn:earliest "2024-01-01"^^xsd:date ; pn:latest "2023-12-31"^^xsd:date .', "project/x",
         "Das Ende liegt vor dem Beginn."),
        (PROJECT + "pn:place <actor/a> .", "project/x", "Bitte bei „Orte“ nur eingetragene Orte nennen."),
        (TIE + "pn:from <actor/a> ; pn:to <actor/a> .", "tie/x",
         "Ein Akteur kann keine Beziehung zu sich selbst haben."),
        (TIE + "pn:from <actor/a> ; pn:to <actor/missing> .", "tie/x",
         "Bitte bei „Mit“ genau einen eingetragenen Akteur nennen."),
        (INVOLVED + "pn:actor <actor/a> ; pn:role role:ort ; pn:in <place/p> .", "involvement/x",
         "Bitte bei „Projekt oder Veranstaltung“ genau einen Eintrag nennen, den es gibt."),
        ("<funding/x> a pn:Funding ; pn:payer <actor/a> .", "funding/x",
         "Eine Förderung braucht zwei von drei Angaben: Projekt, Programm, Zahlende Stelle."),
        (PLACE + '"hier"^^geo:wktLiteral .', "place/x",
         "Bitte bei „Lage“ Breite und Länge eintragen, zum Beispiel 52.5468, 13.3685."),
        ("<contact/x> a pn:Contact ; pn:actor <actor/a> ; schema:name 'N' ; pn:purpose 'Z' ; pn:legalBasis 'E' .",
         "contact/x", "Bitte bei „Löschen bis“ genau einen Tag angeben, zum Beispiel 2024-05-17."),
    ],
)  # fmt: skip
def test_a_wrong_entry_gets_exactly_this_sentence(turtle: str, focus: str, sentence: str) -> None:
    assert sentences(turtle, focus) == {sentence}


def test_what_a_project_still_lacks_is_a_warning_and_no_violation() -> None:
    turtle = '<project/x> a pn:Project ; skos:prefLabel "X"@de .'
    missing = {"Quelle fehlt.", "Beginn fehlt.", "Handlungsfeld fehlt.", "Träger fehlt."}
    assert sentences(turtle, "project/x", SH.Warning) == missing
    assert sentences(turtle, "project/x") == set()


def test_an_involvement_as_traeger_settles_the_question_of_the_traeger() -> None:
    turtle = PROJECT + f'schema:startDate "2024"^^xsd:gYear . {INVOLVED} pn:actor <actor/a> ; pn:in <project/x> ; '
    assert "Träger fehlt." in sentences(turtle + "pn:role role:partner .", "project/x", SH.Warning)
    assert "Träger fehlt." not in sentences(turtle + "pn:role role:traeger .", "project/x", SH.Warning)


@pytest.mark.parametrize(
    "wkt",
    [
        "POINT(13.37 52.55)",
        "LINESTRING (13.3 52.5, 13.4 52.6)",
        "POLYGON((13.3 52.5, 13.4 52.6, 13.3 52.5))",
        "MULTIPOLYGON (((13.3 52.5, 13.4 52.6, 13.3 52.5)))",
    ],
)
def test_a_position_may_be_a_point_a_line_or_an_area(wkt: str) -> None:
    assert sentences(f'{PLACE}"{wkt}"^^geo:wktLiteral .', "place/x") == set()


def test_every_sentence_of_the_shapes_is_there_in_german_and_english() -> None:
    shapes = {str(subject): subject for subject in ONTOLOGY.subjects(URIRef(SH.message))}
    assert len(shapes) > sum(len(entity.fields) for entity in entity_types().values()) - 3 * len(entity_types())
    for shape in shapes.values():
        for predicate in (SH.message, SH.name):
            languages = sorted(text.language for text in ONTOLOGY.objects(shape, URIRef(predicate)))
            assert languages in (["de", "en"], []), shape
        assert ONTOLOGY.value(shape, URIRef(SH.message))


def test_every_shape_that_is_no_entry_type_is_used_by_one() -> None:
    used = set(ONTOLOGY.objects())
    for shape in ONTOLOGY.subjects(URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), URIRef(SH.NodeShape)):
        assert shape in used or ONTOLOGY.value(shape, URIRef(PN.entryType)), shape
