"""Personal data where it has no place: found again, erased for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from graph import backups, changes, labels
from graph.changelines import ADDED, REMOVED
from graph.errors import StoreUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

_LINES: Final = (ADDED, REMOVED)
FORGOTTEN: Final = "Eine Ansprechperson wurde vollständig gelöscht (Art. 17 DSGVO)"


@dataclass(frozen=True)
class Mention:
    """A text elsewhere that names somebody: the entry (or change) it belongs to, its name, and the text."""

    iri: str
    label: str
    text: str


@dataclass(frozen=True)
class Erased:
    """What `erase` did, and what it could not reach.

    Attributes:
        statements: how many statements went.
        changes: how many changes of the history lost lines.
        mentions: texts elsewhere that may still name the person: people must look at them.
        backups: where copies from before lie, as they were noted.
        lingers: the disk refused to be written anew: what is gone lies in its files until the next start.
    """

    statements: int
    changes: int
    mentions: tuple[Mention, ...]
    backups: tuple[backups.Note, ...]
    lingers: bool = False


def mentions(store: Store, words: Iterable[str]) -> tuple[Mention, ...]:
    """The texts outside the contacts that hold one of the words, whatever their case; of the history the reasons."""
    wanted = [word.casefold() for word in words]
    names = labels.labels(store, "de")
    graphs = (*store.graphs.all_data(), store.graphs.rounds, store.graphs.history)
    found = {
        Mention(quad.subject.value, names.get(quad.subject.value, quad.subject.value), quad.object.value[:300])
        for graph in graphs
        for quad in store.quads(graph=graph)
        if isinstance(quad.object, ox.Literal)
        and isinstance(quad.subject, ox.NamedNode)
        and any(word in quad.object.value.casefold() for word in wanted)
    }
    return tuple(sorted(found, key=lambda one: (one.label, one.text)))


def erase(store: Store, iri: str, *, author: str, mentions: tuple[Mention, ...]) -> Erased:
    """Take away all that is said about, or links to, a node, and the lines of the history that tell it.

    The history notes who erased when, nothing else; the disk is written anew, so that nothing lingers in its files.

    Raises:
        StoreUnwritable: the disk refuses; nothing was erased.
    """
    node = ox.NamedNode(iri)
    with store.writer:
        said = {
            quad
            for part in (node, ox.NamedNode(f"{iri}/source"))
            for quad in (*store.quads(part, personal=True), *store.quads(None, None, part, personal=True))
        }
        removed, kept = set[ox.Quad](), set[ox.Quad]()
        for quad in (quad for path in _LINES for quad in store.quads(None, path, personal=True)):
            lines = cast("ox.Literal", quad.object).value.splitlines(keepends=True)
            rest = [line for line in lines if f"<{iri}>" not in line and f"<{iri}/source>" not in line]
            if len(rest) < len(lines):
                removed.add(quad)
                kept |= (
                    {ox.Quad(quad.subject, quad.predicate, ox.Literal("".join(rest)), quad.graph_name)}
                    if rest
                    else set()
                )
        note = changes.upcoming(store, author, FORGOTTEN)
        store.plan_compacting()
        store.apply(said | removed, kept | changes.facts_of(store, note))
        try:
            store.compact()
        except StoreUnwritable:  # the person is forgotten all the same, and the promise stands
            lingers = True
        else:
            lingers = False
        count = len({quad.subject for quad in removed})
        return Erased(len(said), count, mentions, tuple(backups.noted(store.path)), lingers)
