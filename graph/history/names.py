"""What things are called, also those that are gone: their last name, from the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.directory.names import Names
from graph.history.kept import all_changes, kept, parsed
from graph.labels import is_readable
from ontology.terms import DCTERMS, RDFS, SKOS

if TYPE_CHECKING:
    from graph.directory import Ref
    from graph.store import Store

_PATHS = (SKOS.prefLabel, DCTERMS.title, RDFS.label)


class PastNames(Names):
    """Names of what is and of what was, in one language."""

    def __init__(self, store: Store, language: str) -> None:
        super().__init__(store, language)
        self._past: dict[str, str] = {}

    def label(self, iri: str) -> str:
        """The name of an entry or concept; of one that is gone its last name; the last part of its address if none."""
        if iri in self._labels:
            return super().label(iri)
        if iri not in self._past:
            self._past[iri] = self._last_name(iri) or super().label(iri)
        return self._past[iri]

    def _last_name(self, iri: str) -> str:
        for change in all_changes(self._store):
            past = kept(self._store, change.id)
            lines = [*past.removed.about(iri), *past.added.about(iri)]
            named = [line for line in lines if any(f"> <{path}> " in line for path in _PATHS)]
            found = [quad.object for quad in parsed(named) if isinstance(quad.object, ox.Literal)]
            found.sort(key=lambda name: (name.language != self.language, name.language != "de"))
            if name := next((name.value for name in found if is_readable(name.value)), ""):
                return name
        return ""


def past_names(store: Store, language: str) -> PastNames:
    """The names in a language ("de", "en"), read once per data version."""
    return store.cached(("past-names", language), lambda: PastNames(store, language))


def name_of(store: Store, iri: str, *, language: str = "de") -> Ref | None:
    """An entry that is or was, as others mention it; None for what is no entry's address."""
    return past_names(store, language).ref(iri)
