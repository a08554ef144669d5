"""The lines that changes keep, as they lie in the history: sorted, and found by subject without reading the rest."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import changes
from graph.changelines import ADDED, REMOVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.cache import Touched
    from graph.changes import Change
    from graph.store import Store


@dataclass(frozen=True)
class Lines:
    """What a change added, or what it removed: `text` is N-Quads, sorted, one statement a line."""

    text: str

    @cached_property
    def all(self) -> list[str]:
        """The lines, without line ends."""
        # Not `splitlines`: texts may hold other line ends (U+2028) as they are.
        return self.text.split("\n")[:-1]

    @cached_property
    def subjects(self) -> dict[str, tuple[int, int]]:
        """Where the lines about a subject begin and end, in order."""
        found, start = {}, 0
        for subject, group in itertools.groupby(self.all, key=subject_of):
            stop = start + sum(1 for _ in group)
            found[subject] = (start, stop)
            start = stop
        return found

    def about(self, iri: str) -> list[str]:
        """The lines with that subject."""
        beginning = f"<{iri}> "
        start = bisect_left(self.all, beginning)
        stop = start
        while stop < len(self.all) and self.all[stop].startswith(beginning):
            stop += 1
        return self.all[start:stop]

    def mentions(self, iri: str) -> bool:
        """Whether a line is about it, a part of it (a geometry), or links to it."""
        return any(f"<{iri}{end}" in self.text for end in ">#/")


@dataclass(frozen=True)
class Kept:
    """What a change added and what it removed; contacts are kept elsewhere and never here."""

    added: Lines
    removed: Lines

    def mentions(self, iri: str) -> bool:
        """Whether the change has to do with an entry."""
        return self.added.mentions(iri) or self.removed.mentions(iri)


def kept(store: Store, change_id: str) -> Kept:
    """What a change keeps for everyone who may read the history."""
    known: dict[str, Kept] = store.followed("history-kept", dict, partial(_those_left, store))
    if change_id not in known:
        iri = ox.NamedNode(f"{store.base_iri}change/{change_id}")
        known[change_id] = Kept(_lines(store, iri, ADDED), _lines(store, iri, REMOVED))
    return known[change_id]


def all_changes(store: Store) -> list[Change]:
    """All changes, newest first."""
    return store.cached("history-changes", lambda: changes.history(store, None))


def later(store: Store, change_id: str) -> Iterator[Change]:
    """The changes after one, newest first."""
    return itertools.takewhile(lambda change: change.id != change_id, all_changes(store))


def subject_of(line: str) -> str:
    """The IRI a line is about."""
    return line[1 : line.index("> ")]


def parsed(lines: Iterable[str]) -> list[ox.Quad]:
    """The statements of lines."""
    return list(ox.parse("\n".join(lines), ox.RdfFormat.N_QUADS))


def facts(store: Store, iri: str) -> set[str]:
    """What is said now about a subject, as lines: by people and lists, without contacts and what rules derive."""
    hidden = (store.graphs.contacts, store.graphs.history, store.graphs.derived, store.graphs.ontology)
    return {f"{quad} ." for quad in store.quads(ox.NamedNode(iri)) if quad.graph_name not in hidden}


def facts_after(store: Store, iri: str, change_id: str) -> set[str]:
    """What was said about a subject when a change was done: what is said now, with all later changes taken back."""
    lines = facts(store, iri)
    for change in later(store, change_id):
        past = kept(store, change.id)
        lines -= set(past.added.about(iri))
        lines |= set(past.removed.about(iri))
    return lines


def _those_left(store: Store, old: dict[str, Kept], touched: Touched) -> dict[str, Kept]:
    """What is kept of a change stays as it is, unless something is erased from it."""
    return {one: past for one, past in old.copy().items() if f"{store.base_iri}change/{one}" not in touched.subjects}


def _lines(store: Store, change: ox.NamedNode, path: ox.NamedNode) -> Lines:
    kept_here = (quad.object for quad in store.quads(change, path, None, store.graphs.history))
    texts = [text.value for text in kept_here if isinstance(text, ox.Literal)]
    if len(texts) == 1:
        return Lines(texts[0])
    return Lines("".join(sorted(f"{line}\n" for text in texts for line in Lines(text).all)))
