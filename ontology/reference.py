"""The vocabulary as a reference: every term with its definition, what it specialises, and the fields it stands in."""

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pyoxigraph import NamedNode

from ontology.packaged import Term, statements, text_of
from ontology.schema import entity_types
from ontology.terms import OWL, PN, RDF, RDFS, SKOS

_KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    OWL.AnnotationProperty: "property",
    RDF.Property: "property",
}


@dataclass(frozen=True)
class Reference:
    """One term.

    Attributes:
        iri: its IRI. name: its last part, unique among ours; for terms of others "prefix:name" is shown elsewhere.
        kind: "class" or "property". is_ours: whether our vocabulary defines it; else it is reused.
        label, definition: by language; what nobody wrote is missing.
        parents: IRIs of what it is a special case of. domain, range: IRIs.
        fields: (entry type, field) it is written in.
    """

    iri: str
    name: str
    kind: Literal["class", "property"]
    is_ours: bool
    label: dict[str, str] = field(hash=False)
    definition: dict[str, str] = field(hash=False)
    parents: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


@cache
def reference() -> tuple[Reference, ...]:
    """All classes and properties, ours and reused ones, classes first, each in the order of the vocabulary."""
    vocabulary = statements("pankenetz")
    found = dict.fromkeys(
        (triple.subject, _KINDS[text_of(triple.object)])
        for triple in vocabulary.triples
        if triple.predicate.value == RDF.type
        and text_of(triple.object) in _KINDS
        and isinstance(triple.subject, NamedNode)
    )
    # Some are declared twice, as rdf:Property and more exactly.
    terms = {text_of(subject): _reference(subject, kind) for subject, kind in found}
    return tuple(sorted(terms.values(), key=lambda term: (term.kind, not term.is_ours)))


def find_term(name: str) -> Reference | None:
    """The term of ours with that last part, None if there is none."""
    return next((term for term in reference() if term.is_ours and term.name == name), None)


def _reference(subject: Term, kind: str) -> Reference:
    vocabulary, iri = statements("pankenetz"), text_of(subject)

    def nodes(*paths: str) -> tuple[str, ...]:
        return tuple(
            text_of(one) for path in paths for one in vocabulary.objects(subject, path) if isinstance(one, NamedNode)
        )

    return Reference(
        iri=iri,
        name=iri.replace("#", "/").rpartition("/")[2],
        kind="class" if kind == "class" else "property",
        is_ours=iri.startswith(str(PN)),
        label=vocabulary.texts(subject, RDFS.label),
        definition=vocabulary.texts(subject, SKOS.definition) or vocabulary.texts(subject, RDFS.comment),
        parents=nodes(RDFS.subClassOf, RDFS.subPropertyOf),
        domain=nodes(RDFS.domain),
        range=nodes(RDFS.range),
        fields=_fields(iri),
    )


def _fields(iri: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (kind.name, one.name)
        for kind in entity_types().values()
        for one in kind.fields
        if iri in one.path or (one.name == "type" and iri in kind.classes)
    )
