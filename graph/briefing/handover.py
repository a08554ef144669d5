"""Netz ohne QM: what is left of the Vernetzung when Quartiersmanagement, authorities and funders are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.briefing.document import Heading, Paragraph, Table
from graph.briefing.state import TOO_FEW, remark, written
from graph.vernetzung import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block
    from graph.briefing.occasion import Occasion

_MOST: Final = 30


def handover(occasion: Occasion) -> Iterator[Block]:
    """The section."""
    yield Heading("Das Netz ohne Quartiersmanagement")
    (figure,) = figures(occasion.store, occasion.question, only=["without-qm"])
    if not figure.rows:
        yield Paragraph(
            "Bisher ist keine Partnerschaft eingetragen, die am Quartiersmanagement, einem Amt oder einem Förderer "
            f"hängt. {TOO_FEW}",
            "note",
        )
        return
    yield Paragraph(f"Gerechnet ist ohne Quartiersmanagement, Ämter und reine Geldgeber. {figure.sentence['de']}")
    yield Paragraph(remark(figure), "note")
    rows = tuple(tuple(map(written, row)) for row in figure.rows[:_MOST])
    first = f" (die ersten {_MOST} von {len(figure.rows)})" if len(figure.rows) > _MOST else ""
    headings = tuple(heading["de"] for heading in figure.headings)
    yield Table(
        "Netz ohne QM", f"Wer Partner verliert{first}; wer alle verliert, steht oben", headings, rows, (60, 20, 20)
    )
