"""Terms are closed: only what the ontology declares has a Python name."""

import subprocess
import sys

import pytest

from ontology import terms
from ontology.terms import ORG, PN, PNS, SKOS


def test_a_term_is_its_iri() -> None:
    assert PN.Actor == "https://w3id.org/pankenetz/ns#Actor"
    assert PN["in"] == "https://w3id.org/pankenetz/ns#in"
    assert PNS["role/traeger"] == "https://w3id.org/pankenetz/scheme/role/traeger"


@pytest.mark.parametrize("namespace", [value for value in vars(terms).values() if isinstance(value, terms.Terms)])
def test_a_misspelt_term_raises(namespace: terms.Terms) -> None:
    with pytest.raises(AttributeError, match="Aktor"):
        _ = namespace.Aktor
    with pytest.raises(KeyError, match="Aktor"):
        _ = namespace["Aktor"]


def test_a_real_term_of_another_vocabulary_that_the_ontology_does_not_name_raises() -> None:
    with pytest.raises(AttributeError):
        _ = ORG.Post


def test_a_namespace_knows_names_and_iris_that_are_in_it() -> None:
    assert "prefLabel" in SKOS
    assert SKOS.prefLabel in SKOS
    assert "http://www.w3.org/2004/02/skos/core#prefLable" not in SKOS


def test_reading_the_schema_takes_no_rdflib() -> None:
    """The server answers within 1.5 s, so what every part imports must be quick; rdflib alone takes 0.15 s."""
    code = (
        "import sys; from ontology.schema import entity_types; entity_types(); print(*(name for name in ('rdflib',"
        "'pyshacl') if name in sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == []
