"""What a gap is called: the id under which the lists know it, also after entries were merged or when made by hand."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from graph.merging.traces import REPLACED, replaced_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.directory import Ref
    from graph.store import Store

SEPARATOR: Final = "~"
"""Stands between the parts of a gap's id, as in `graph.gaps`."""

_PAIRS: Final = frozenset({"introduce", "renew"})
"""Kinds whose id names two actors in alphabetical order."""

_TABLES: Final = frozenset({"project", "event", "statement"})
"""Entry types that can have a table; ids name the type of those that are no projects."""

_MERGED: Final = ("actor", "project", "event", "place", "programme")


def derived_id(kind: str, actors: Sequence[Ref], others: Sequence[Ref]) -> str:
    """The id a list would give to a line about these entries; "" where no list has such a line."""
    if kind in _PAIRS and len(actors) == 2 and not others:
        return SEPARATOR.join((kind, *sorted(ref.slug for ref in actors)))
    if kind == "table" and len(actors) == 1 and len(others) == 1 and others[0].type in _TABLES:
        named = (others[0].slug,) if others[0].type == "project" else (others[0].type, others[0].slug)
        return SEPARATOR.join((kind, *named, actors[0].slug))
    return ""


def current_id(store: Store, gap_id: str) -> str:
    """The id with the entries that merged ones became."""
    if not any(store.quads(None, REPLACED)):
        return gap_id
    kind, *slugs = gap_id.split(SEPARATOR)
    now = [_now(store, slug) for slug in slugs]
    return SEPARATOR.join((kind, *(sorted(now) if kind in _PAIRS else now)))


def node_name(round_slug: str, key: str) -> str:
    """The slug of a line: the same gap in the same round is always the same line, whoever takes it up first."""
    return hashlib.sha256(f"{round_slug}\n{key}".encode()).hexdigest()[:16]


def key_of(kind: str, iris: Iterable[str]) -> str:
    """What tells a line by hand from others of its round that no list could hold."""
    return SEPARATOR.join((kind, *sorted(iris)))


def _now(store: Store, slug: str) -> str:
    return next((after for kind in _MERGED if (after := replaced_by(store, kind, slug))), slug)
