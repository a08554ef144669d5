"""What the chapter comes down to: some sentences to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.briefing.document import Bullets, Heading, Paragraph
from graph.briefing.fields import unmet_needs
from graph.vernetzung import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block
    from graph.briefing.working import Fields

_FIGURES = ("partners", "islands", "bottlenecks", "without-qm")


def summary(fields: Fields) -> Iterator[Block]:
    """The section: the figures that matter most, each in its sentence."""
    occasion = fields.occasion
    found = figures(occasion.store, occasion.question, only=_FIGURES)
    yield Heading("Auf einen Blick")
    if not any(figure.rows for figure in found):
        yield Paragraph(
            "Für diese Planungsrunde ist noch kaum etwas eingetragen. Die Abschnitte sagen, was jeweils fehlt und was "
            "hilft."
        )
        return
    points = [f"{figure.title['de']} {figure.sentence['de']}" for figure in found]
    if fields.fields:
        unmet = len(unmet_needs(fields))
        busy = sum(bool(fields.projects_of(field)) for field in fields.fields)
        points.append(
            f"{busy} von {len(fields.fields)} Handlungsfeldern haben Projekte; zu {unmet} genannten Bedarfen ist an "
            "ihrem Ort kein Projekt bekannt."
        )
    yield Bullets(tuple(points))
