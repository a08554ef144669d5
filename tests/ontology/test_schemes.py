"""The lists of choices: every concept is named in both languages, reachable, and found by any of its spellings."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

import ontology
from ontology.packaged import statements
from ontology.schema import entity_types
from ontology.terms import PNS, RDF, SKOS

LISTS = statements("schemes")
EXAMPLE = Path(__file__).parents[2] / "graph" / "example"
SCHEMES = ontology.schemes()
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
NAMED_IN_CODE = {"tie-state", "gap-kind"}  # the program refers to these by an English word


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_list_and_all_its_concepts_are_named_in_german_and_english(scheme: str) -> None:
    own = NamedNode(PNS[scheme])
    assert set(LISTS.texts(own, SKOS.prefLabel)) == set(LISTS.texts(own, SKOS.definition)) == {"de", "en"}
    for concept in ontology.concepts(scheme):
        assert set(concept.label) == {"de", "en"}
        assert set(concept.definition) in ({"de", "en"}, set())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_concept_is_reached_from_the_top_of_its_list(scheme: str) -> None:
    broader = {concept.slug: concept.broader for concept in ontology.concepts(scheme)}
    for slug in broader:
        climbed = {slug}
        while parents := {parent for child in climbed for parent in broader[child]} - climbed:
            climbed |= parents
        tops = {step for step in climbed if not broader[step]}
        assert tops
        assert all(ontology.concept(scheme, top).iri in _tops(scheme) for top in tops)


def _tops(scheme: str) -> set[str]:
    return {node.value for node in LISTS.objects(NamedNode(PNS[scheme]), SKOS.hasTopConcept)}


def test_every_concept_of_the_file_is_in_exactly_one_list_of_the_file() -> None:
    nodes = LISTS.subjects(RDF.type, NamedNode(SKOS.Concept))
    listed = Counter(concept.iri for scheme in SCHEMES for concept in ontology.concepts(scheme))
    assert set(listed) == {node.value for node in nodes}
    assert set(listed.values()) == {1}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_addresses_are_the_german_name_in_ascii(scheme: str) -> None:
    for concept in ontology.concepts(scheme):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", concept.slug)
        if scheme not in NAMED_IN_CODE:
            assert concept.slug == re.sub(r"[^a-z0-9]+", "-", concept.label["de"].lower().translate(UMLAUTS)).strip("-")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_spelling_stands_for_two_concepts_of_a_list(scheme: str) -> None:
    owners: dict[str, str] = {}
    for concept in ontology.concepts(scheme):
        for spelling in (concept.slug, *concept.label.values(), *concept.alternatives):
            assert owners.setdefault(spelling.casefold(), concept.slug) == concept.slug, spelling


def test_the_kinds_of_actors_fall_into_a_score_of_groups() -> None:
    """133 kinds from the records are too many to choose from; their groups are not."""
    kinds = ontology.concepts("actor-kind")
    groups = [kind for kind in kinds if not kind.broader]
    assert 12 <= len(groups) <= 20
    assert len(kinds) - len(groups) >= 133


@pytest.mark.parametrize(
    ("scheme", "slugs"),
    [
        ("role", "traeger partner foerderer auftraggeber ort zielgruppe veranstalter teilnahme"),
        ("tie-kind", "kooperiert-mit vernetzt-mit gehoert-zu finanziert beauftragt sitzt-bei"),
        ("tie-state", "asserted wished failed ended"),
        ("level", "bund senat bezirk"),
        ("gap-kind", "table coverage introduce renew thread handover double"),
    ],
)
def test_the_concepts_the_program_speaks_of_exist(scheme: str, slugs: str) -> None:
    assert set(slugs.split()) <= {concept.slug for concept in ontology.concepts(scheme)}


@pytest.mark.parametrize("file", sorted(EXAMPLE.glob("*.csv")), ids=lambda file: file.stem)
def test_every_choice_in_the_example_is_a_spelling_of_its_list(file: Path) -> None:
    table = next(entity for entity in entity_types().values() if entity.plural == file.stem)
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    for field in table.fields:
        words = {text for one in field.choices for text in (one.slug, *one.label.values(), *one.alternatives)}
        cells = {cell.strip() for row in rows for cell in row[field.label["de"]].split(";")} - {""}
        assert not words or cells <= words, field.label["de"]


def test_an_unknown_list_or_concept_is_refused() -> None:
    with pytest.raises(KeyError, match="akteursart"):
        ontology.concepts("akteursart")
    with pytest.raises(KeyError, match="kirsche"):
        ontology.concept("actor-kind", "kirsche")
