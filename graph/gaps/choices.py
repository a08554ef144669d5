"""What a list of missing partnerships can be narrowed to, as the drop-downs offer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.gaps.gap import Ref
from graph.gaps.tables import called

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph.gaps.records import Demand, Event, Field, Records

OFFERED = 12
"""Entries that are offered while somebody types."""


def offered(refs: Sequence[Ref], text: str) -> list[Ref]:
    """At most `OFFERED` entries whose name has `text` in it: those that begin with it first, each in its order."""
    sought = text.strip().casefold()
    found = [ref for ref in refs if sought in ref.label.casefold()]
    return sorted(found, key=lambda ref: not ref.label.casefold().startswith(sought))[:OFFERED]


def meant(refs: Sequence[Ref], text: str) -> str:
    """The slug of the entry that is written by its slug or, where only one bears it, its name; else `text` itself."""
    if any(ref.slug == text for ref in refs):
        return text
    found = [ref.slug for ref in refs if ref.label.casefold() == text.casefold()]
    return found[0] if len(found) == 1 else text


def written(refs: Sequence[Ref], slug: str) -> str:
    """How an entry is written so that `meant` finds it: by its name where no other bears it."""
    label = next((ref.label for ref in refs if ref.slug == slug), slug)
    return label if meant(refs, label) == slug else slug


def named_choices(records: Records) -> dict[str, list[Ref]]:
    """Name of the filter → the entries it may name: the latest fields, rounds and events first, others by name."""
    fields = sorted(records.fields, key=lambda field: (-_ordinal(field.start), field.slug))
    named = {
        "place": [Ref(x.iri, x.label, x.iri.rsplit("/", 1)[-1], "place") for x in records.places],
        "actor": [Ref(x.iri, x.label, x.slug, "actor") for x in records.actors],
        "project": [Ref(x.iri, x.label, x.slug, "project") for x in records.projects],
    }
    by_name = {kind: sorted(refs, key=lambda ref: (ref.label.casefold(), ref.iri)) for kind, refs in named.items()}
    return {
        "handlungsfeld": [Ref(x.iri, _in_round(x), x.slug, "handlungsfeld") for x in fields],
        "round": [Ref(slug, slug, slug, "round") for slug in _rounds(fields)],
        **by_name,
        "event": [Ref(x.iri, _dated(x), x.slug, "event") for x in _latest_events(records)],
        "statement": [Ref(x.iri, f"{x.round}: {called(x)}", x.slug, "statement") for x in _latest_demands(records)],
    }


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _in_round(field: Field) -> str:
    return f"{field.round}: {field.label}" if field.round else field.label


def _rounds(fields: list[Field]) -> list[str]:
    """Slugs of the rounds that have fields, the latest first."""
    return list(dict.fromkeys(field.round for field in fields if field.round))


def _dated(event: Event) -> str:
    if event.start is None or str(event.start.year) in event.label:
        return event.label
    return f"{event.label} ({event.start.year})"


def _latest_events(records: Records) -> list[Event]:
    return sorted(records.events, key=lambda event: (-_ordinal(event.start), event.label.casefold(), event.iri))


def _latest_demands(records: Records) -> list[Demand]:
    return sorted(records.demands, key=lambda demand: (-_ordinal(demand.start), demand.field, demand.iri))
