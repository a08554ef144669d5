"""The address of a new entry, made from its name, or from what it links; never one that is taken."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import entries
from graph.editing.facts import entry_iri
from ontology.terms import DCTERMS, SKOS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graph.store import Store
    from ontology.schema import EntityType

    Term = ox.NamedNode | ox.Literal

_LINKED: Final = {
    "involvement": ("project_or_event", "actor", "role"),
    "funding": ("project", "programme", "payer"),
    "membership": ("member", "network"),
    "tie": ("from_actor", "to_actor", "kind"),
    "statement": ("round", "description"),
}
"""Entries without a name are called after what they link, just as the import calls them: what a list says later about
the same link is then the same entry."""

_NUMBERED: Final = {"handlungsfeld": ("round", "number")}
_RESERVED: Final = frozenset({"new"})
"""Slugs that are pages."""


def new_slug(
    store: Store, kind: EntityType, values: Mapping[str, Collection[Term]], taken: Collection[str] = ()
) -> str:
    """A slug that no entry of that type has, and none that is `taken`.

    Args:
        store: where the entry will go.
        kind: its entity type.
        values: what it will say, by field name.
        taken: slugs promised to others of the same change.
    """
    start = _base(kind, values) or kind.name
    for number in itertools.count(1):
        slug = start if number == 1 else f"{start}-{number}"
        if slug not in _RESERVED and slug not in taken and not _in_use(store, kind, slug):
            return slug
    raise AssertionError


def _base(kind: EntityType, values: Mapping[str, Collection[Term]]) -> str:
    if kind.name in _NUMBERED:
        return "-".join(filter(None, (_part(values.get(name, ())) for name in _NUMBERED[kind.name])))
    if kind.name in _LINKED:
        return "--".join(filter(None, (_part(values.get(name, ())) for name in _LINKED[kind.name])))
    titles = [one.name for one in kind.fields if one.path[-1] in (SKOS.prefLabel, DCTERMS.title)]
    wanted = titles or [one.name for one in kind.fields if one.required]
    return next(filter(None, (_part(values.get(name, ())) for name in wanted)), "")


def _part(terms: Collection[Term]) -> str:
    term = min(terms, key=str, default=None)
    if isinstance(term, ox.NamedNode):
        return term.value.rpartition("/")[2]
    return entries.slug(term.value) if term else ""


def _in_use(store: Store, kind: EntityType, slug: str) -> bool:
    """Whether anything is said about that address, or links to it."""
    iri = entry_iri(store, kind.name, slug)
    return any(store.quads(iri)) or any(store.quads(None, None, iri))
