"""Links to other entries as text: what a person types, which entries it may mean, and what stands for exactly one."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import query
from graph.directory.names import Ref, alphabetical, folded, haystack, names, words
from graph.editing.facts import SLUG, TYPE
from graph.labels import entry_of, labels
from ontology.schema import entity_types
from ontology.terms import DCTERMS, PN, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graph.store import Store
    from ontology.schema import EntityType

_LABELS: Final = frozenset({SKOS.prefLabel, DCTERMS.title})
_NAMES: Final = _LABELS | {SKOS.altLabel, PN.shortName, SCHEMA.url}
_NEW: Final = re.compile(r"\s*(?:neu|new)(?:\s*\((?P<kind>[^()]+)\))?\s*:\s*(?P<name>\S.*)", re.IGNORECASE | re.DOTALL)
_SLUG_BEHIND: Final = re.compile(r".*\[(?P<slug>[^\[\]\s]+)\]", re.DOTALL)
_FEW: Final = 80
_TYPICAL: Final = frozenset({(RDF.type,), (SKOS.prefLabel,), (DCTERMS.title,)})


@dataclass(frozen=True)
class Option:
    """An entry that may be linked to.

    Attributes:
        text: what names exactly this entry in a form.
        label: its name. kind, slug: which entry it is.
        hint: what tells it from others of that name: another name, its street, its slug; may be "".
    """

    text: str
    label: str
    kind: str
    slug: str
    hint: str = ""


@dataclass(frozen=True)
class _Name:
    thing: str
    property: str
    text: str


class Directory:
    """The names of all entries, in one language; made once per data version by `directory_of`."""

    def __init__(self, store: Store, language: str) -> None:
        self._store = store
        self._called = names(store, language)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._others: dict[str, list[str]] = defaultdict(list)
        self._searched: dict[str, list[tuple[Ref, str]]] = defaultdict(list)
        plain = labels(store, language)
        for row in query.rows(store, "editing-names", _Name):
            self._know(row, plain.get(row.thing, ""))

    def _know(self, row: _Name, plain: str) -> None:
        """One name of an entry; a Handlungsfeld is also known by each of its names behind its round and number."""
        ref = self._called.ref(row.thing)
        if ref is None:
            return
        is_label = row.property in _LABELS
        self._by_name[_key(row.text)].add(ref.iri)
        if is_label and ref.label != plain:
            self._by_name[_key(ref.label.removesuffix(plain) + row.text)].add(ref.iri)
        self._searched[ref.type].append((ref, haystack(ref.label if is_label else row.text)))
        if not is_label:
            self._others[ref.iri].append(row.text)

    def find(self, text: str, kinds: Collection[str]) -> list[str]:
        """The IRIs of the entries a text may mean, of these entity types: one if it is clear, [] if there is none.

        By IRI, by name (its own, former, short; a source's address), by "Name [slug]", by slug or `type/slug`.
        """
        text = text.strip()
        if text.startswith(self._store.base_iri):
            return self._existing([entry_of(self._store, text)], kinds)
        named = [iri for iri in self._by_name.get(_key(text), ()) if self._kind(iri) in kinds]
        if named:
            return sorted(named)
        behind = _SLUG_BEHIND.fullmatch(text)
        for slug in (*([behind["slug"]] if behind else []), text):
            segment, _, last = slug.rpartition("/")
            if found := self._existing([(segment, last)] if segment else [(kind, last) for kind in kinds], kinds):
                return found
        return []

    def text(self, iri: str, kinds: Collection[str]) -> str:
        """What `find` reads as exactly this entry: its name if that is enough."""
        ref = self._called.ref(iri)
        if ref is None or ref.type not in kinds:
            return iri
        candidates = (ref.label, f"{ref.label} [{ref.slug}]", f"{ref.type}/{ref.slug}")
        return next((text for text in candidates if self.find(text, kinds) == [iri]), iri)

    def option(self, iri: str, kinds: Collection[str]) -> Option:
        """An entry as one of several to choose from."""
        ref = self._called.ref(iri)
        if ref is None:
            return Option(iri, iri, "", "")
        text = self.text(iri, kinds)
        others = [other for other in self._others[iri] if _key(other) != _key(ref.label)]
        hint = next(iter(others), "") if text == ref.label else ", ".join([*others[:1], ref.slug])
        return Option(text, ref.label, ref.type, ref.slug, hint)

    def options(self, text: str, kinds: Iterable[str], limit: int = 12) -> list[Option]:
        """Entries whose names hold all words of a text, those that begin with it first.

        Where there are few (Handlungsfelder, rounds), all that fit are given.
        """
        kinds, wanted = tuple(kinds), words(text)
        best: dict[str, tuple[bool, str]] = {}
        for kind in kinds:
            for ref, hay in self._searched.get(kind, ()):
                if all(f" {word}" in f" {hay}" for word in wanted):
                    rank = (not hay.startswith(" ".join(wanted)), alphabetical(ref.label))
                    best[ref.iri] = min(rank, best.get(ref.iri, rank))
        longest = _FEW if sum(len(self._searched.get(kind, ())) for kind in kinds) <= _FEW else limit
        return [self.option(iri, kinds) for iri in sorted(best, key=best.__getitem__)[:longest]]

    def near(self, text: str, kinds: Iterable[str], limit: int = 4) -> list[Option]:
        """Entries with a name like a text that names none."""
        from rapidfuzz import fuzz, process, utils

        kinds = tuple(kinds)
        known = {(ref.iri, hay): hay for kind in kinds for ref, hay in self._searched.get(kind, ())}
        found = process.extract(
            haystack(text), known, scorer=fuzz.WRatio, limit=limit * 2, score_cutoff=80, processor=utils.default_process
        )
        iris = dict.fromkeys(key[0] for _, _, key in found)
        return [self.option(iri, kinds) for iri in list(iris)[:limit]]

    def _kind(self, iri: str) -> str:
        ref = self._called.ref(iri)
        return ref.type if ref else ""

    def _existing(self, wanted: Iterable[tuple[str, str] | None], kinds: Collection[str]) -> list[str]:
        found = []
        for kind, slug in filter(None, wanted):
            if kind in kinds:
                iri = f"{self._store.base_iri}{entity_types()[kind].segment}/{slug}"
                if SLUG.fullmatch(slug) and any(self._store.quads(ox.NamedNode(iri), TYPE)):
                    found.append(iri)
        return found


def directory_of(store: Store, language: str = "de") -> Directory:
    """The names of all entries, read once per data version."""
    return store.cached(("editing", language), lambda: Directory(store, language))


def creatable(kinds: Iterable[str]) -> tuple[str, ...]:
    """Those of the entity types whose entries need no more than a name to begin with."""
    return tuple(kind for kind in kinds if _needs_only_a_name(entity_types()[kind]))


def wanted_new(text: str, kinds: Collection[str]) -> tuple[str, str] | None:
    """Entity type and name, if a text asks for a new entry: "neu: Kiezchor", "neu (Veranstaltung): Hoffest"."""
    match, possible = _NEW.fullmatch(text), creatable(kinds)
    if not match or not possible:
        return None
    labels = {label.casefold(): kind for kind in possible for label in (kind, *entity_types()[kind].label.values())}
    kind = labels.get((match["kind"] or "").strip().casefold(), None if match["kind"] else possible[0])
    return (kind, match["name"].strip()) if kind else None


def new_text(name: str, kind: str, kinds: Collection[str], language: str) -> str:
    """What `wanted_new` reads as a new entry of that type and name."""
    first = kind == creatable(kinds)[0]
    word = {"en": "new"}.get(language, "neu")
    return f"{word}: {name}" if first else f"{word} ({entity_types()[kind].label[language]}): {name}"


def _needs_only_a_name(kind: EntityType) -> bool:
    required = {field.path for field in kind.fields if field.required}
    return required <= _TYPICAL and bool(required - {(RDF.type,)})


def _key(name: str) -> str:
    """Names that differ only by case, accents and spaces are the same name."""
    return " ".join(folded(name).split())
