"""What the store holds already, as the import compares with it: entries with their names and values."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.matching import Body
from ontology.schema import names_by_class
from ontology.terms import ORG, PN, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

_NAMES: Final = (SKOS.prefLabel, PN.shortName, SKOS.altLabel)
BODIES: Final = frozenset({"actor", "programme"})


@dataclass
class Known:
    """An entry of the store.

    Attributes:
        type_name: its entity type. slug: the last part of its IRI. klass: the last part of its class ("Agency").
        facts: texts by predicate, in order; links as the slug or the IRI they lead to.
    """

    type_name: str
    slug: str
    klass: str
    facts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def names(self) -> list[str]:
        """Its label first, then its short and other names."""
        return [text for path in _NAMES for text in self.facts.get(path, ())]

    def iri(self, base: str) -> str:
        """Its IRI, which begins with `base`."""
        return f"{base}{self.type_name}/{self.slug}"

    def text(self, path: str) -> str:
        """The first of its texts by a predicate, "" if it has none."""
        return min(self.facts.get(path, ()), default="")

    @property
    def label(self) -> str:
        """Its name, the slug if it has none."""
        return next(iter(self.names), self.slug)


def entries(store: Store, *type_names: str) -> list[Known]:
    """The entries of those types, by type and slug."""
    found: dict[str, Known] = {}
    for class_iri, type_name in names_by_class().items():
        if type_name not in type_names:
            continue
        for quad in store.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(class_iri)):
            iri = str(quad.subject.value)  # type: ignore[union-attr]  # the store holds no blank nodes
            if iri not in found and iri.startswith(store.base_iri):
                klass = re.split(r"[#/]", class_iri)[-1]
                found[iri] = Known(type_name, iri.rpartition("/")[2], klass)
    for iri, known in found.items():
        for quad in store.quads(ox.NamedNode(iri)):
            known.facts[quad.predicate.value].append(quad.object.value)  # type: ignore[union-attr]  # as above
    return sorted(found.values(), key=lambda known: (known.type_name, known.slug))


def bodies(base: str, known: Iterable[Known]) -> list[Body]:
    """The actors and programmes as they are compared with names of lists; their keys are their IRIs.

    Args:
        base: what IRIs begin with.
        known: they, and the places they may be at.
    """
    known = list(known)
    places = {one.slug: one.label for one in known if one.type_name == "place"}
    return [
        Body(
            key=one.iri(base),
            names=tuple(one.names),
            address=f"{one.text(SCHEMA.streetAddress)} {one.text(SCHEMA.postalCode)}".strip(),
            place=places.get(one.text(ORG.hasSite).rpartition("/")[2], ""),
            website=one.text(SCHEMA.url),
            klass=one.klass,
        )
        for one in known
        if one.type_name in BODIES
    ]
