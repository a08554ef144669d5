"""What yields in a merge is not lost: a name becomes another name, anything else a remark with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import entries, labels
from graph.merging.draft import TYPE
from ontology.schema import entity_types
from ontology.terms import PN, PROV, SKOS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.merging.draft import Draft
    from ontology.schema import EntityType, Field

_SOURCE = ox.NamedNode(PROV.wasDerivedFrom)


def remember(  # noqa: PLR0913  # which value, of which field of which entry, said by whom
    draft: Draft,
    kind: EntityType,
    keep: ox.NamedNode,
    field: Field,
    values: Sequence[ox.Quad],
    *,
    whose: str,
    sources_of: ox.NamedNode,
) -> None:
    """Keep values of a field that another value takes the place of.

    Args:
        draft: the merge; the values may still be in it.
        kind: entity type of the entry.
        keep: the entry that stays.
        field: which field.
        values: what yields.
        whose: name of the entry that said it.
        sources_of: that entry.
    """
    has_names = any(one.name == "other_names" for one in kind.fields)
    for quad in values:
        if field.name in ("name", "short_name") and has_names and isinstance(quad.object, ox.Literal):
            name = ox.Literal(quad.object.value, language="de")
            draft.add(ox.Quad(keep, ox.NamedNode(SKOS.altLabel), name, quad.graph_name))
        else:
            _note(draft, keep, field, f"Bei „{whose}“ stand: {_shown(draft, field, quad)}", sources_of)


def _note(draft: Draft, keep: ox.NamedNode, field: Field, text: str, sources_of: ox.NamedNode) -> None:
    kind = entity_types()["note"]
    stem = f"{entries.slug(keep.value.rpartition('/')[2], 80)}-{entries.slug(field.name)}"
    node, number = entries.iri(draft.store.base_iri, kind, stem), 1
    while draft.facts(node) or any(draft.stored(node)):
        number += 1
        node = entries.iri(draft.store.base_iri, kind, f"{stem}-{number}")
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (kind.field("about").path[0], keep),
        (kind.field("about_field").path[0], ox.Literal(field.label["de"])),
        (kind.field("description").path[0], ox.Literal(text, language="de")),
    ]
    office = draft.store.graphs.data("office")
    draft.add(ox.Quad(node, TYPE, ox.NamedNode(PN.Note), office))
    for path, value in facts:
        draft.add(ox.Quad(node, ox.NamedNode(path), value, office))
    for source in [one for one in draft.stored(sources_of) if one.predicate == _SOURCE]:
        draft.add(ox.Quad(node, _SOURCE, source.object, office))


def _shown(draft: Draft, field: Field, quad: ox.Quad) -> str:
    """A value as people read it: a choice by its label, a link by its name, a position by its coordinates."""
    value = quad.object
    if len(field.path) > 1:
        inner = [fact for fact in draft.facts(value) if fact.predicate.value == field.path[1]]
        return ", ".join(str(fact.object.value) for fact in inner if isinstance(fact.object, ox.Literal))
    if isinstance(value, ox.NamedNode) and field.links_to:
        return labels.labels(draft.store, "de").get(value.value, value.value)
    return entries.written(field, value)  # type: ignore[arg-type]  # no blank nodes
