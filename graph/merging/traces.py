"""What became of entries that were merged into others: their old addresses lead on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import entries, labels
from ontology.schema import entity_types
from ontology.terms import DCTERMS

if TYPE_CHECKING:
    from graph.store import Store

REPLACED: Final = ox.NamedNode(DCTERMS.isReplacedBy)


def replaced_by(store: Store, kind: str, slug: str) -> str | None:
    """The slug of the entry that an entry was merged into, at last; None for one that was not."""
    if kind not in entity_types() or not entries.SLUG.fullmatch(slug):
        return None
    here = entries.iri(store.base_iri, entity_types()[kind], slug)
    seen = {here}
    while (after := _after(store, here)) and after not in seen:
        seen.add(after)
        here = after
    found = labels.entry_of(store, here.value)
    return found[1] if found and len(seen) > 1 else None


def _after(store: Store, node: ox.NamedNode) -> ox.NamedNode | None:
    for quad in store.quads(node, REPLACED):
        if isinstance(quad.object, ox.NamedNode) and quad.graph_name != store.graphs.history:
            return quad.object
    return None
