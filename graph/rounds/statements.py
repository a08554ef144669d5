"""Entries of a round as statements: fields by name, read like cells, written among the rounds."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import entries, query
from graph.errors import BadInput
from ontology.schema import entity_types
from ontology.terms import PNS, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.store import Store

    Value = query.Value | ox.NamedNode | ox.Literal

_TYPE: Final = ox.NamedNode(RDF.type)


def node(store: Store, kind: str, slug: str) -> ox.NamedNode:
    """The IRI of an entry of that type and slug."""
    return ox.NamedNode(f"{store.base_iri}{entity_types()[kind].segment}/{slug}")


def iri(address: str) -> ox.NamedNode:
    """An address as a node."""
    return ox.NamedNode(address)


def new_slug() -> str:
    """A slug nobody else has: two people who write at once make two entries."""
    return uuid.uuid4().hex[:20]


def described(
    store: Store, kind: str, slug: str, values: Mapping[str, Value | Iterable[Value]], *, office: bool = False
) -> set[ox.Quad]:
    """What is said about an entry.

    Args:
        store: where.
        kind: its entity type.
        slug: which entry.
        values: by field name: a text as a person writes it, a term, or several; "" says nothing.
        office: say it among the facts, not among the rounds.

    Raises:
        BadInput: a text that cannot be read; `what` as `graph.entries.term` says.
    """
    entity, subject = entity_types()[kind], node(store, kind, slug)
    graph = store.graphs.data("office") if office else store.graphs.rounds
    quads = {ox.Quad(subject, _TYPE, ox.NamedNode(entity.classes[0]), graph)}
    for name, given in values.items():
        field = entity.field(name)
        for value in (given,) if isinstance(given, str | ox.NamedNode | ox.Literal) else _several(given):
            if isinstance(value, str) and not isinstance(value, query.Iri):
                if not entries.text(value):
                    continue
                quads.add(ox.Quad(subject, ox.NamedNode(field.path[0]), entries.term(field, value), graph))
            else:
                term = value if isinstance(value, ox.NamedNode | ox.Literal) else query.term(value)
                quads.add(ox.Quad(subject, ox.NamedNode(field.path[0]), term, graph))
    return quads


def concept(scheme: str, slug: str) -> ox.NamedNode:
    """A choice of a list.

    Raises:
        BadInput: the list has no such choice; names those it has.
    """
    try:
        return ox.NamedNode(PNS[f"{scheme}/{slug}"])
    except KeyError as error:
        from ontology.concepts import concepts

        raise BadInput(scheme, slug, tuple(choice.slug for choice in concepts(scheme))) from error


def is_there(store: Store, subject: ox.NamedNode) -> bool:
    """Whether an entry has a class."""
    return any(store.quads(subject, _TYPE))


def _several(given: Value | Iterable[Value]) -> Iterable[Value]:
    return given if isinstance(given, list | tuple | set | frozenset) else (given,)
