"""Several new entries as one change: read like a form, written at once or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import changes
from graph.editing.facts import TYPE, entry_iri, facts, writable
from graph.editing.naming import new_slug
from graph.editing.reading import Created, Problem, Reader
from graph.errors import BadFields
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graph.changes import Change
    from graph.store import Store

    Term = ox.NamedNode | ox.Literal


class Bundle:
    """Collects entries and facts; `commit` writes them. Take `store.writer` around its whole life."""

    def __init__(self, store: Store, *, anyway: bool = False) -> None:
        self._store = store
        self._office = store.graphs.data("office")
        self._reader = Reader(store, anyway)
        self._taken: list[str] = []
        self._added: set[ox.Quad] = set()
        self._removed: set[ox.Quad] = set()

    @property
    def created(self) -> tuple[Created, ...]:
        """The linked entries that come along."""
        return tuple(self._reader.created)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read so far."""
        return tuple(self._reader.problems)

    def link(self, kind: str, field: str, text: str) -> str | None:
        """The IRI of the one entry that a text means in that field; a new one for "neu: Name"; None for a problem."""
        terms = self._reader.terms(entity_types()[kind].field(field), [text], ())
        return next((term.value for term in terms), None)

    def describe(self, texts: Mapping[str, Sequence[str]]) -> None:
        """The same facts for all actors that come along."""
        for one in self.created:
            if one.kind == "actor":
                self.say("actor", one.slug, texts)

    def add(self, kind: str, texts: Mapping[str, Sequence[str]]) -> str:
        """A new entry of these texts, by field name as a form takes them. Returns its slug."""
        entity = entity_types()[kind]
        values = {name: self._reader.terms(entity.field(name), typed, ()) for name, typed in texts.items()}
        slug = new_slug(self._store, entity, values, [*self._taken, *(one.slug for one in self.created)])
        self._taken.append(slug)
        subject = entry_iri(self._store, kind, slug)
        if not any(entity.field(name).path == (TYPE.value,) for name in texts):
            self._added.add(ox.Quad(subject, TYPE, ox.NamedNode(entity.classes[0]), self._office))
        for name, terms in values.items():
            path = ox.NamedNode(entity.field(name).path[0])
            self._added.update(ox.Quad(subject, path, term, self._office) for term in terms)
        return slug

    def say(self, kind: str, slug: str, texts: Mapping[str, Sequence[str]], *, keep: Collection[str] = ()) -> None:
        """Further facts of an entry: a field that takes one value gets the new one, unless it is to `keep` its own."""
        entity, subject = entity_types()[kind], entry_iri(self._store, kind, slug)
        now = facts(self._store, entity, subject)
        for name, typed in texts.items():
            field = entity.field(name)
            terms = self._reader.terms(field, typed, (now,))
            stored = now.of(field)
            if stored and name in keep:
                continue
            path = ox.NamedNode(field.path[0])
            self._added.update(ox.Quad(subject, path, term, self._office) for term in terms if term not in stored)
            if terms and not field.many:
                self._removed.update(quad for term, quads in stored.items() if term not in terms for quad in quads)

    def commit(self, *, author: str, reason: str) -> Change:
        """Write it.

        Raises:
            BadFields: something could not be read. Invalid: the shapes forbid it. BadInput: no author.
        """
        if self.problems:
            raise BadFields("fields", self.problems[0].text, (), self.problems)
        added = self._added | set(self._reader.quads)
        return changes.commit(self._store, added=added, removed=self._removed, author=author, reason=reason)


def is_stored(store: Store, kind: str, slug: str) -> bool:
    """Whether there is such an entry."""
    graphs = writable(store)
    return any(quad.graph_name in graphs for quad in store.quads(entry_iri(store, kind, slug), TYPE))
