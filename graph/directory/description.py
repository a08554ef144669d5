"""One entry as RDF: what is said about it, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph import query
from graph.errors import BadInput, NotFound
from ontology.schema import entity_types
from ontology.terms import DCTERMS, GEO, ORG, PN, PNS, PROV, SCHEMA, SKOS, XSD

if TYPE_CHECKING:
    from graph.store import Store

FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
}
"""File ending → media type and format."""

_PREFIXES = {
    "dcterms": DCTERMS,
    "geo": GEO,
    "org": ORG,
    "pn": PN,
    "pns": PNS,
    "prov": PROV,
    "schema": SCHEMA,
    "skos": SKOS,
    "xsd": XSD,
}


def description(store: Store, kind: str, slug: str, ending: str) -> bytes:
    """All that is said about one entry, with its involvements, fundings, memberships, ties and notes.

    Args:
        store: whom to ask.
        kind: the entry's type.
        slug: the entry.
        ending: "ttl", "jsonld" or "nt".

    Raises:
        NotFound: no such entry.
        BadInput: no such format.
    """
    if ending not in FORMATS:
        raise BadInput("format", ending, tuple(FORMATS))
    if kind not in entity_types():
        raise NotFound("list", kind)
    iri = query.Iri(f"{store.base_iri}{entity_types()[kind].segment}/{slug}")
    named = next(one for one in query.catalogue() if one.name == "directory-description")
    triples = set(cast("ox.QueryTriples", store.query(named.text, {"entry": query.term(iri)})))
    if not triples:
        raise NotFound(kind, slug)
    prefixes = {name: str(terms) for name, terms in _PREFIXES.items()}
    content = sorted(triples, key=str)
    return cast("bytes", ox.serialize(content, format=FORMATS[ending][1], prefixes=prefixes))
