"""What a list is narrowed to: a Handlungsfeld, a place, an actor, a project, all named by slug."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.errors import BadInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from graph.gaps.records import Actor, Demand, Event, Field, Project, Records
    from graph.gaps.statements import Statements

    Entry = Actor | Demand | Event | Field | Project
    Sides = list[tuple["Filters", NDArray[np.bool_]]]

SUBJECTS = ("project", "event", "statement")
"""Entry types of what can have a table: a project, an event, a need or measure of the IHEK."""

ORDERS = ("obvious", "useful")
"""What comes first: what is obvious (naheliegend), or what is useful (nützlich)."""

NOTHING = "-"
"""Stands for a field that no entry has: of a round without fields, or of another round than the one asked for."""

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class Filters:
    """IRIs the list is narrowed to; "" where it is not.

    Attributes:
        fields: lines with an actor (or a project) of one of these Handlungsfelder: the one asked for and, if asked,
            its matches in other rounds, or all of a round.
        place: lines with an actor (or a project) at this place.
        actor: lines with this actor.
        subject: the table of this project, event, need or measure.
        round: slug of the round whose fields are meant; "" for any.
        order: one of `ORDERS`.
        settled: ids of lines that are not to be suggested again.
    """

    fields: frozenset[str] = frozenset()
    place: str = ""
    actor: str = ""
    subject: str = ""
    round: str = ""
    order: str = "obvious"
    settled: frozenset[str] = frozenset()

    def admits(self, say: Statements, *entries: str) -> bool:
        """Whether one of `entries` (actors, projects) is of a field, and one at the place."""
        field = not self.fields or any(not self.fields.isdisjoint(_held(say, entry, "field")) for entry in entries)
        place = not self.place or any(self.place in _held(say, entry, "place") for entry in entries)
        return field and place

    def sides(self, say: Statements, actors: Sequence[Actor]) -> Sides:
        """The field and the place one by one, as far as they are asked for, each with the actors that pass it."""
        import numpy as np

        single = (Filters(fields=self.fields), Filters(place=self.place))
        return [
            (one, np.array([one.admits(say, actor.iri) for actor in actors], dtype=bool))
            for one in single
            if one != Filters()
        ]


def _held(say: Statements, entry: str, kind: str) -> frozenset[str]:
    return frozenset(say.holders(entry, kind)) if entry in say.actors else say.of(entry, kind)


def filters(records: Records, *, matches: bool = False, **slugs: str | None) -> Filters:
    """The filters named by slugs: handlungsfeld, place, actor, round, and one of `SUBJECTS`.

    Args:
        records: all of them.
        matches: True takes the fields of other rounds matched with the Handlungsfeld, too (one step).
        slugs: what each filter names; None and "" for nothing.

    Raises:
        NotFound: there is no such entry.
        BadInput: tables of two things at once.
    """
    asked = {name: slug for name, slug in slugs.items() if slug}
    for name, slug in asked.items():
        if slug not in _known(records, name):
            raise NotFound(name, slug)
    subjects = [name for name in SUBJECTS if name in asked]
    if len(subjects) > 1:
        raise BadInput(subjects[1], asked[subjects[1]], (subjects[0],))
    iris = {name: _known(records, name)[slug] for name, slug in asked.items()}
    fields = frozenset({iris["handlungsfeld"]}) if "handlungsfeld" in iris else frozenset()
    if fields and matches:
        pairs = [(x.entry, x.value) for x in records.traits if x.kind == "match"]
        fields |= {b for a, b in pairs if a in fields} | {a for a, b in pairs if b in fields}
    if "round" in asked:
        in_round = frozenset(field.iri for field in records.fields if field.round == asked["round"])
        fields = fields & in_round if fields else in_round
    narrowed = "handlungsfeld" in asked or "round" in asked
    return Filters(
        fields=fields or (frozenset({NOTHING}) if narrowed else frozenset()),
        place=iris.get("place", ""),
        actor=iris.get("actor", ""),
        subject=iris[subjects[0]] if subjects else "",
        round=iris.get("round", ""),
    )


def _known(records: Records, name: str) -> dict[str, str]:
    """Slug → IRI (of a round: slug) of what a filter may name."""
    if name == "place":
        return {place.iri.rsplit("/", 1)[-1]: place.iri for place in records.places}
    if name == "round":
        rounds = {field.round for field in records.fields} | {demand.round for demand in records.demands}
        return {slug: slug for slug in rounds if slug}
    entries: dict[str, Iterable[Entry]] = {
        "handlungsfeld": records.fields,
        "actor": records.actors,
        "project": records.projects,
        "event": records.events,
        "statement": records.demands,
    }
    return {entry.slug: entry.iri for entry in entries[name]}


def day_of(text: str) -> date:
    """The last day of a year, month or day written `2024`, `2024-05` or `2024-05-31`.

    Raises:
        BadInput: it is written in another way, or no such day exists.
    """
    match = _DAY.fullmatch(text.strip())
    forms = ("YYYY", "YYYY-MM", "YYYY-MM-DD")
    if match is None:
        raise BadInput("date", text, forms)
    year, month = int(match[1]), int(match[2] or 12)
    try:
        return date(year, month, int(match[3]) if match[3] else monthrange(year, month)[1])
    except ValueError as error:
        raise BadInput("date", text, forms) from error
