"""The Quartier at a glance: the Handlungsfelder of the newest round, and what began last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import query
from graph.directory.columns import counts
from graph.directory.values import Row, table
from ontology.schema import entity_types

if TYPE_CHECKING:
    from datetime import date

    from graph.directory.names import Ref
    from graph.store import Store


@dataclass(frozen=True)
class FieldCount:
    """One Handlungsfeld and how many projects and actors in them it has."""

    field: Row
    projects: int
    actors: int


@dataclass(frozen=True)
class Overview:
    """What the start page shows.

    Attributes:
        round: the newest planning round that has Handlungsfelder; None if there is none.
        fields: its Handlungsfelder in their order.
        sizes: entry type → number of entries.
        recent: projects and events that began last, newest first. coming: those that begin after the day, next first.
    """

    round: Ref | None
    fields: tuple[FieldCount, ...]
    sizes: dict[str, int]
    recent: tuple[Row, ...]
    coming: tuple[Row, ...]


def overview(store: Store, *, today: date, language: str = "de", length: int = 8) -> Overview:
    """The Quartier at a glance as of a day; `length` is how many recent and coming entries are wanted."""
    key = ("overview", language, today, length)
    return store.cached(key, lambda: _overview(store, today, language, length))


def _overview(store: Store, today: date, language: str, length: int) -> Overview:
    fields = table(store, "handlungsfeld", language).values()
    with_fields = {ref.slug for row in fields for ref in row.refs("round")}
    rounds = [row for row in table(store, "round", language).values() if row.ref.slug in with_fields]
    newest = max(rounds, key=lambda row: row.text("start"), default=None)
    number = counts(store)
    own = [row for row in fields if newest and newest.ref in row.refs("round")]
    counted = [
        FieldCount(row, found.projects if found else 0, found.actors if found else 0)
        for row in sorted(own, key=lambda row: row.text("number"))
        for found in (number.get(row.ref.iri),)
    ]
    dated = [row for kind in ("project", "event") for row in table(store, kind, language).values() if row.text("start")]
    dated.sort(key=lambda row: row.text("start"))
    has_begun = [row.text("start") <= today.isoformat()[: len(row.text("start"))] for row in dated]
    started = [row for row, begun in zip(dated, has_begun, strict=True) if begun]
    coming = [row for row, begun in zip(dated, has_begun, strict=True) if not begun]
    return Overview(
        round=newest.ref if newest else None,
        fields=tuple(counted),
        sizes=_sizes(store),
        recent=tuple(reversed(started[-length:])),
        coming=tuple(coming[:length]),
    )


def _sizes(store: Store) -> dict[str, int]:
    """Counted by the store: reading all actors and places for their number alone would cost a third of the page."""
    number = {str(row["class"]): row["entries"] for row in query.select(store, "directory-sizes")}
    return {
        kind: sum(int(str(number.get(iri, 0))) for iri in entity_types()[kind].classes)
        for kind in ("actor", "project", "place", "event")
    }
