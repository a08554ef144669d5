"""Links to other entries as text: what a person types, which entries it may mean, and what stands for exactly one."""

from __future__ import annotations

import re
from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import query
from graph.directory.names import Ref, alphabetical, called_after, folded, haystack, names, words
from graph.editing.facts import SLUG, TYPE
from graph.labels import entry_of, labels
from ontology.schema import entity_types
from ontology.terms import DCTERMS, PN, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from graph.cache import Touched
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


@dataclass(frozen=True)
class _Known:
    """By what one entry is known: as it is looked up, as it is searched, and its other names."""

    ref: Ref
    keys: frozenset[str]
    hays: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, ref: Ref, plain: str, rows: Sequence[_Name]) -> _Known:
        own = [row.text for row in rows if row.property in _LABELS]
        others = tuple(row.text for row in rows if row.property not in _LABELS)
        longer = [ref.label.removesuffix(plain) + text for text in own if ref.label != plain]
        keys = frozenset(map(_key, (*own, *others, *longer)))
        return cls(ref, keys, tuple(map(haystack, (*(ref.label for _ in own), *others))), others)


class Directory:
    """The names of all entries, in one language; made once per data version by `directory_of`."""

    def __init__(self, store: Store, language: str) -> None:
        self._store = store
        self._language = language
        self._called = names(store, language)
        self._by_name: dict[str, frozenset[str]] = {}
        self._known: dict[str, dict[str, _Known]] = defaultdict(dict)
        self._learn(query.rows(store, "editing-names", _Name))

    def renewed(self, touched: Touched) -> Directory:
        """The names after a change."""
        fresh = copy(self)
        fresh._renew(sorted(called_after(self._store, touched.subjects)))  # noqa: SLF001  # it is one of these
        return fresh

    def _renew(self, renamed: Collection[str]) -> None:
        self._called = names(self._store, self._language)
        self._by_name = self._by_name.copy()
        self._known = defaultdict(dict, {kind: known.copy() for kind, known in self._known.items()})
        self._forget(renamed)
        for iri in renamed:
            self._learn(query.rows(self._store, "editing-names", _Name, thing=query.Iri(iri)))

    def _learn(self, rows: Iterable[_Name]) -> None:
        """The names of entries; a Handlungsfeld is also known by each of them behind its round and number."""
        plain = labels(self._store, self._language)
        for thing, said in groupby(rows, lambda row: row.thing):
            if ref := self._called.ref(thing):
                known = self._known[ref.type][ref.iri] = _Known.of(ref, plain.get(thing, ""), tuple(said))
                for name in known.keys:
                    self._by_name[name] = self._by_name.get(name, frozenset()) | {ref.iri}

    def _forget(self, iris: Iterable[str]) -> None:
        for iri in iris:
            ref = self._called.ref(iri)
            known = self._known[ref.type].pop(iri, None) if ref else None
            for name in known.keys if known else ():
                if rest := self._by_name[name] - {iri}:
                    self._by_name[name] = rest
                else:
                    del self._by_name[name]

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
        known = self._known.get(ref.type, {}).get(iri)
        others = [other for other in (known.others if known else ()) if _key(other) != _key(ref.label)]
        hint = next(iter(others), "") if text == ref.label else ", ".join([*others[:1], ref.slug])
        return Option(text, ref.label, ref.type, ref.slug, hint)

    def options(self, text: str, kinds: Iterable[str], limit: int = 12) -> list[Option]:
        """Entries whose names hold all words of a text, those that begin with it first.

        Where there are few (Handlungsfelder, rounds), all that fit are given.
        """
        kinds, wanted = tuple(kinds), words(text)
        best: dict[str, tuple[bool, str]] = {}
        for kind in kinds:
            for ref, hay in self._searched(kind):
                if all(f" {word}" in f" {hay}" for word in wanted):
                    rank = (not hay.startswith(" ".join(wanted)), alphabetical(ref.label))
                    best[ref.iri] = min(rank, best.get(ref.iri, rank))
        longest = _FEW if sum(len(tuple(self._searched(kind))) for kind in kinds) <= _FEW else limit
        return [self.option(iri, kinds) for iri in sorted(best, key=best.__getitem__)[:longest]]

    def near(self, text: str, kinds: Iterable[str], limit: int = 4) -> list[Option]:
        """Entries with a name like a text that names none."""
        from rapidfuzz import fuzz, process, utils

        kinds = tuple(kinds)
        known = {(ref.iri, hay): hay for kind in kinds for ref, hay in sorted(self._searched(kind), key=_by_iri)}
        found = process.extract(
            haystack(text), known, scorer=fuzz.WRatio, limit=limit * 2, score_cutoff=80, processor=utils.default_process
        )
        iris = dict.fromkeys(key[0] for _, _, key in found)
        return [self.option(iri, kinds) for iri in list(iris)[:limit]]

    def _searched(self, kind: str) -> Iterator[tuple[Ref, str]]:
        return ((known.ref, hay) for known in self._known.get(kind, {}).values() for hay in known.hays)

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
    return store.followed(("editing", language), lambda: Directory(store, language), Directory.renewed)


def _by_iri(found: tuple[Ref, str]) -> str:
    return found[0].iri


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


@lru_cache(maxsize=50_000)
def _key(name: str) -> str:
    """Names that differ only by case, accents and spaces are the same name."""
    return " ".join(folded(name).split())
