"""What a plan changes, entry by entry and field by field, in words instead of quads."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import pyoxigraph as ox

from graph import labels
from ontology.schema import entity_types, names_by_class
from ontology.terms import DCTERMS, PROV, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.importing.plan import Plan
    from graph.store import Store

Words = str | dict[str, str]
"""A text: as it stands in the data, or by language."""

LINKS: Final = frozenset({"involvement", "funding", "membership", "tie"})
_TYPE: Final = ox.NamedNode(RDF.type)
_SILENT: Final = frozenset({str(RDF.type), str(PROV.wasDerivedFrom), str(SKOS.inScheme)})
"""What people are not told: where it comes from stands beside each row anyway."""
_NAMES: Final = frozenset({str(SKOS.prefLabel), str(DCTERMS.title)})


class Differences:
    """What a plan adds and removes, by entry.

    Attributes:
        new: IRIs of entries and links that are not there yet, with their entity types.
        gone: those that would no longer be there.
    """

    def __init__(self, store: Store, plan: Plan) -> None:
        self._added = plan.weighed.added
        self._labels = labels.labels(store, "de")
        self._names: dict[str, str] = {}
        self.gone = self._typed(plan.weighed.removed)
        self.new = self._typed(plan.weighed.added)
        # Where the class alone changes, or another source knows it, it is neither new nor gone.
        known = (self.new.keys() & self.gone.keys()) | {
            iri for iri in self.new if any(store.quads(ox.NamedNode(iri), _TYPE))
        }
        for iri in known:
            del self.new[iri]
            self.gone.pop(iri, None)
        self._by_entry: dict[str, dict[str, tuple[list[ox.Quad], list[ox.Quad]]]] = defaultdict(dict)
        for side, quads in enumerate((plan.weighed.removed, plan.weighed.added)):
            for quad in quads:
                subject = _value(quad.subject)
                if subject not in self.new and (path := quad.predicate.value) not in _SILENT:
                    self._by_entry[subject].setdefault(path, ([], []))[side].append(quad)

    def _typed(self, quads: Iterable[ox.Quad]) -> dict[str, str]:
        """The entity types of what the quads say a class of; keeps what they call things. Lists make half a million."""
        found = {}
        for quad in quads:
            path = quad.predicate.value
            if path == _TYPE.value:
                if kind := names_by_class().get(_value(quad.object)):
                    found[_value(quad.subject)] = kind
            elif path in _NAMES:
                self._names[_value(quad.subject)] = _value(quad.object)
        return found

    @property
    def changed(self) -> list[str]:
        """Entries that are there, would stay, and change in a field that people see."""
        return [
            iri for iri, fields in self._by_entry.items() if fields and iri not in self.gone and "/source/" not in iri
        ]

    def counts(self) -> dict[str, dict[str, int]]:
        """How many entries by entity type would be added, changed and removed; links are counted as "link"."""
        return {
            "add": _count(self.new.values()),
            "change": _count(map(self.kind_of, self.changed)),
            "remove": _count(self.gone.values()),
        }

    def removals(self) -> list[dict[str, Any]]:
        """The entries that would be gone, by name; links are not listed."""
        found = [{"kind": kind, "label": self.label(iri)} for iri, kind in self.gone.items() if kind not in LINKS]
        return sorted((one for one in found if one["kind"] != "source"), key=lambda one: (one["kind"], one["label"]))

    def of(self, iri: str) -> list[dict[str, Any]]:
        """The fields of an entry that change: label, what goes and what comes, as people read it."""
        found = []
        for path, (before, after) in self._by_entry.get(iri, {}).items():
            field = _headings().get((self.kind_of(iri), path)) or _headings().get(("", path)) or path
            texts = [[self.words(quad.object) for quad in sorted(quads, key=str)] for quads in (before, after)]
            found.append({"field": field, "old": texts[0], "new": texts[1]})
        return found

    def newly_joined(self) -> set[tuple[str, str]]:
        """The pairs of things that a new link speaks of, either way round."""
        ends: dict[str, list[str]] = defaultdict(list)
        for quad in self._added:
            if self.new.get(_value(quad.subject)) in LINKS and isinstance(quad.object, ox.NamedNode):
                ends[_value(quad.subject)].append(quad.object.value)
        return {pair for both in ends.values() for pair in itertools.permutations(both, 2)}

    def words(self, term: object) -> Words:
        """A value as people read it."""
        if isinstance(term, ox.NamedNode):
            return _choices().get(term.value) or self.label(term.value)
        return _value(term)

    def label(self, iri: str) -> str:
        """What an entry is called, now or then."""
        return self._names.get(iri) or self._labels.get(iri) or iri.rstrip("/").rpartition("/")[2]

    @staticmethod
    def kind_of(iri: str) -> str:
        """The entity type of an IRI of ours."""
        return iri.rpartition("/")[0].rpartition("/")[2]


def _count(kinds: Iterable[str]) -> dict[str, int]:
    found = Counter("link" if kind in LINKS else kind for kind in kinds if kind != "source")
    order = [*entity_types(), "link"]
    return {kind: found[kind] for kind in order if kind in found}


@cache
def _headings() -> dict[tuple[str, str], dict[str, str]]:
    """Headings of fields by entity type and path; by "" and path whatever the type."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for kind in entity_types().values():
        for field in kind.fields:
            found[kind.name, field.path[-1]] = field.label
            found.setdefault(("", field.path[-1]), field.label)
    return found


@cache
def _choices() -> dict[str, dict[str, str]]:
    """What may be chosen, by IRI."""
    fields = (field for kind in entity_types().values() for field in kind.fields)
    return {choice.iri: choice.label for field in fields for choice in field.choices}


def _value(term: Any) -> str:
    return cast("str", term.value)  # blank nodes have one too; statements about statements are not taken
