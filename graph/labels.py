"""Names instead of IRIs: what an entry, a concept or a term is called, and what it could have been meant to be."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from graph import query
from graph.errors import NotFound
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graph.store import Store


def is_readable(name: str) -> bool:
    """Whether there is anything to see of a name; spaces, control and zero-width characters alone are none."""
    return any(unicodedata.category(sign)[0] not in "ZCM" for sign in name)


def labels(store: Store, language: str) -> Mapping[str, str]:
    """IRI → name in that language ("de", "en"), else in German, else in whatever there is. Kept per data version.

    A thing whose names cannot be read (nothing but spaces) is called by the last part of its IRI, so that a link to it
    can be seen and clicked.
    """
    return store.followed(
        ("labels", language),
        lambda: _best(query.texts(store, "labels"), language),
        lambda old, touched: _renewed(store, language, old, touched.subjects),
    )


def slugs(store: Store, kind: str) -> list[str]:
    """The slugs of all named entries of an entity type ("actor"), sorted."""
    start = f"{store.base_iri}{entity_types()[kind].segment}/"
    found = (iri.removeprefix(start) for iri in labels(store, "de") if iri.startswith(start))
    return sorted(slug for slug in found if "/" not in slug)


def require(store: Store, kind: str, slug: str) -> None:
    """Make sure that there is an entry of that kind and slug.

    Raises:
        NotFound: there is none.
    """
    if slug not in slugs(store, kind):
        raise NotFound(kind, slug)


def nearest(store: Store, kind: str, slug: str, *, count: int = 3) -> list[str]:
    """The slugs most like the one that was typed, best first; none that is unlike."""
    from rapidfuzz import fuzz, process

    return [
        found
        for found, _, _ in process.extract(slug, slugs(store, kind), scorer=fuzz.ratio, limit=count, score_cutoff=60)
    ]


def entry_of(store: Store, iri: str) -> tuple[str, str] | None:
    """Entity type and slug of an entry's IRI; None for anything else."""
    segment, _, slug = iri.removeprefix(store.base_iri).partition("/")
    if not iri.startswith(store.base_iri) or not slug or "/" in slug:
        return None
    return next(((kind.name, slug) for kind in entity_types().values() if kind.segment.strip("/") == segment), None)


def _renewed(store: Store, language: str, old: Mapping[str, str], things: Collection[str]) -> Mapping[str, str]:
    """The names after a change of what is said about some things."""
    rows = (row for thing in sorted(things) for row in query.texts(store, "labels", thing=query.Iri(thing)))
    fresh = _best(rows, language)
    if all(old.get(thing) == fresh.get(thing) for thing in things):
        return old
    return dict(sorted(({thing: label for thing, label in old.items() if thing not in things} | fresh).items()))


def _best(rows: Iterable[Sequence[str]], language: str) -> dict[str, str]:
    ranks = {language: 0, "de": 1}
    best: dict[str, tuple[int, str]] = {}
    for thing, label, named_in in rows:
        is_name = is_readable(label)
        rank = ranks.get(named_in, 2) if is_name else 3
        if thing not in best or rank < best[thing][0]:
            best[thing] = (rank, label if is_name else re.split(r"[/#]", thing)[-1])
    return {thing: label for thing, (_, label) in best.items()}
