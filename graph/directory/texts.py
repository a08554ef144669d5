"""The texts that entries are found by: names, addresses, what is written about them, what they have to do with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from graph import query
from graph.directory.names import Ref, called_after, names
from graph.directory.wordindex import terms
from graph.neighbours import linked, pointing
from ontology.schema import entity_types
from ontology.terms import DCTERMS, ORG, PN, SCHEMA, SKOS

if TYPE_CHECKING:
    from graph.cache import Touched
    from graph.store import Store

NAMED = ("actor", "project", "place", "event", "programme", "handlungsfeld", "round")
"""What people look for, the likelier first; sources, statements and links are found through these."""

_WHERE = {
    SKOS.prefLabel: "name",
    DCTERMS.title: "name",
    SKOS.altLabel: "other",
    PN.shortName: "other",
    SCHEMA.streetAddress: "address",
    SCHEMA.url: "website",
    PN.kind: "kind",
    PN.round: "kind",
    DCTERMS.description: "description",
    SKOS.note: "note",
    PN.about: "note",
    PN.handlungsfeld: "statement",
    getattr(PN, "in"): "activity",
    PN.actor: "actor",
    ORG.hasSite: "place",
    PN.place: "place",
}
_MANY = 500
"""More entries than these are read sooner all at once."""


@dataclass(frozen=True)
class _Row:
    thing: str
    property: str
    text: str


@dataclass(frozen=True)
class Text:
    """One text of an entry, where it stands there (see `graph.directory.search.Hit`), and its words as compared."""

    ref: Ref
    where: str
    text: str
    words: tuple[str, ...]


Texts = Mapping[str, tuple[Text, ...]]
"""The texts of each entry, by its address."""


def texts(store: Store, language: str) -> Texts:
    """The texts of each entry, by address."""
    return store.followed(
        ("search texts", language),
        lambda: _read(store, language),
        lambda old, touched: _renewed(store, language, old, touched),
    )


def _renewed(store: Store, language: str, old: Texts, touched: Touched) -> Texts:
    ends = (PN["in"], PN.actor)
    links = touched.subjects | pointing(store, touched.subjects, *ends)
    called = called_after(store, touched.subjects)
    near = touched.unlinked | linked(store, links, PN.about, PN.handlungsfeld, *ends) | called
    near |= pointing(store, called, PN.kind, PN.round, ORG.hasSite, PN.place)
    if len(near) > _MANY:
        return _read(store, language)
    kept = {iri: texts for iri, texts in old.items() if iri not in near}
    for iri in near:
        if (ref := names(store, language).ref(iri)) and ref.type in NAMED:
            kept |= _read(store, language, iri)
    return kept


def _read(store: Store, language: str, thing: str | None = None) -> dict[str, tuple[Text, ...]]:
    called, only = names(store, language), query.Iri(thing) if thing else None
    said: dict[Ref, set[tuple[str, str]]] = defaultdict(set)
    for row in query.rows(store, "directory-texts", _Row, thing=only):
        ref = called.ref(row.thing)
        if ref and ref.type in NAMED and row.property in _WHERE:
            said[ref].add((_WHERE[row.property], row.text))
    kinds = {name: " ".join(kind.label.values()) for name, kind in entity_types().items()}
    return {
        ref.iri: tuple(
            Text(ref, where, text, _terms(text)) for where, text in (("kind", kinds[ref.type]), *sorted(texts))
        )
        for ref, texts in said.items()
    }


@lru_cache(maxsize=50_000)  # most texts are the same after a change, and many things share theirs
def _terms(text: str) -> tuple[str, ...]:
    return tuple(terms(text))
