"""What a list is narrowed to: a Handlungsfeld, a place, an actor, a project, all named by slug."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.errors import BadInput, NotFound

if TYPE_CHECKING:
    from graph.gaps.records import Records
    from graph.gaps.statements import Statements

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class Filters:
    """IRIs the list is narrowed to; "" where it is not.

    Attributes:
        handlungsfeld: lines with an actor (or a project) of this field.
        place: lines with an actor (or a project) at this place.
        actor: lines with this actor.
        project: the table of this project.
    """

    handlungsfeld: str = ""
    place: str = ""
    actor: str = ""
    project: str = ""

    def admits(self, say: Statements, *entries: str) -> bool:
        """Whether one of `entries` (actors, projects) is of the field, and one at the place."""
        field = not self.handlungsfeld or any(self.handlungsfeld in _held(say, entry, "field") for entry in entries)
        place = not self.place or any(self.place in _held(say, entry, "place") for entry in entries)
        return field and place


def _held(say: Statements, entry: str, kind: str) -> frozenset[str]:
    return frozenset(say.holders(entry, kind)) if entry in say.actors else say.of(entry, kind)


def filters(records: Records, **slugs: str | None) -> Filters:
    """The filters named by slugs.

    Raises:
        NotFound: there is no such Handlungsfeld, place, actor or project.
    """
    places = {place.iri.rsplit("/", 1)[-1]: place.iri for place in records.places}
    known = {
        "handlungsfeld": {field.slug: field.iri for field in records.fields},
        "place": places,
        "actor": {actor.slug: actor.iri for actor in records.actors},
        "project": {project.slug: project.iri for project in records.projects},
    }
    for name, slug in slugs.items():
        if slug and slug not in known[name]:
            raise NotFound(name, slug)
    return Filters(**{name: known[name][slug] for name, slug in slugs.items() if slug})


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
