"""What there is to look after: every entry that can be confirmed, when it last was, and whether it still goes on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from graph import query
from graph.directory import Ref, names
from graph.directory.names import alphabetical, shown_with
from ontology.schema import names_by_class
from ontology.terms import PNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.cache import Touched
    from graph.directory.names import Names
    from graph.store import Store

_MANY = 500
"""More entries than these are read sooner all at once."""

OVER = frozenset(
    f"{PNS}{concept}"
    for concept in (
        "project-status/abgeschlossen",
        "project-status/gestoppt",
        "tie-state/ended",
        "tie-state/failed",
    )
)
"""Concepts that say an entry is over."""


@dataclass(frozen=True)
class Standing:
    """One entry as upkeep sees it.

    Attributes:
        ref: the entry; a link is called after its two ends.
        confirmed: the day somebody last confirmed it, None for never.
        first: the first day of its period, None if unknown.
        last: the last day of its period, or of the project or event it belongs to; None if open or unknown.
        over: it is marked as ended, whatever its period says.
    """

    ref: Ref
    confirmed: dt.date | None
    first: dt.date | None
    last: dt.date | None
    over: bool

    def goes_on(self, today: dt.date) -> bool:
        """Whether nothing says that it ended before that day."""
        return not self.over and (self.last is None or self.last >= today)


@dataclass(frozen=True)
class _Row:
    entry: str
    cls: str
    confirmed: dt.date | None
    earliest: dt.date | None
    latest: dt.date | None
    whole: dt.date | None
    state: str | None
    one: str | None
    other: str | None


@dataclass(frozen=True)
class _FieldRow:
    entry: str
    field: str


def standings(store: Store, language: str) -> tuple[Standing, ...]:
    """All entries that can be confirmed, longest unconfirmed first, then by type and name."""
    return store.cached(("upkeep-standings", language), lambda: _sorted(known(store, language).values()))


def fields_of(store: Store) -> Mapping[str, frozenset[str]]:
    """The slugs of the Handlungsfelder that an entry (by IRI) has to do with; kept per data version."""

    def build() -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in query.rows(store, "upkeep-fields", _FieldRow):
            found[row.entry].add(row.field.rpartition("/")[2])
        return {entry: frozenset(slugs) for entry, slugs in found.items()}

    return store.cached("upkeep-fields", build)


def label_of(store: Store, kind: str, slug: str, language: str) -> str:
    """What an entry is called, a link after its two ends; its slug if there is no such entry."""
    found = (one.ref.label for one in standings(store, language) if (one.ref.type, one.ref.slug) == (kind, slug))
    return next(found, slug)


def handlungsfelder(store: Store, language: str) -> tuple[Ref, ...]:
    """The Handlungsfelder to choose from: the newest round first, each round in its own order."""
    start = f"{store.base_iri}handlungsfeld/"
    found = [ref for iri, ref in names(store, language).all_refs().items() if iri.startswith(start)]
    found.sort(key=lambda ref: ref.slug.rpartition("-")[2])
    return tuple(sorted(found, key=lambda ref: ref.slug.rpartition("-")[0], reverse=True))


def by_label(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """Entries sorted by name."""
    return tuple(sorted(refs, key=lambda ref: (alphabetical(ref.label), ref.iri)))


def known(store: Store, language: str) -> Mapping[str, Standing]:
    """The standing of each entry, by address."""

    def renew(old: Mapping[str, Standing], touched: Touched) -> Mapping[str, Standing]:
        again = shown_with(store, touched.subjects)
        if len(again) > _MANY:
            return _read(store, language)
        kept = {iri: standing for iri, standing in old.items() if iri not in again}
        for iri in again:
            kept |= _read(store, language, iri)
        return kept

    return store.followed(("upkeep-known", language), lambda: _read(store, language), renew)


def _read(store: Store, language: str, entry: str | None = None) -> dict[str, Standing]:
    called = names(store, language)
    rows = query.rows(store, "upkeep-entries", _Row, entry=query.Iri(entry) if entry else None)
    if len({row.entry for row in rows}) < len(rows):  # of several the same one counts each time
        rows.sort(key=lambda row: str(astuple(row)))
    return {row.entry: _standing(called, row) for row in rows}


def _standing(called: Names, row: _Row) -> Standing:
    label = called.label(row.entry)
    if row.one and row.other:
        label = f"{called.label(row.one)} – {called.label(row.other)}"
    ref = Ref(row.entry, label, row.entry.rpartition("/")[2], names_by_class()[row.cls])
    return Standing(ref, row.confirmed, row.earliest, row.latest or row.whole, row.state in OVER)


def _sorted(found: Iterable[Standing]) -> tuple[Standing, ...]:
    kinds = {kind: place for place, kind in enumerate(dict.fromkeys(names_by_class().values()))}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.confirmed or dt.date.min, kinds[one.ref.type], alphabetical(one.ref.label), one.ref.iri,
            ),
        )
    )  # fmt: skip
