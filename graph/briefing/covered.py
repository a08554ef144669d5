"""Where something happens and where nothing: Handlungsfelder by places, and needs nobody works on yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import gaps
from graph.briefing.document import Heading, Paragraph, Table
from graph.briefing.fields import unmet_needs
from graph.briefing.missing import listed
from graph.matrix import matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block, Cell
    from graph.briefing.working import Fields

_PLACES = 15
_LINES = 20


def covered(fields: Fields) -> Iterator[Block]:
    """The section."""
    yield Heading("Was ist abgedeckt, und was nicht?")
    yield from _needs(fields)
    yield from _lacking(fields)
    yield from _places(fields)


def _lacking(fields: Fields) -> Iterator[Block]:
    """What the rules find: authorities, places, sectors and target groups that a statement names and nobody serves."""
    occasion = fields.occasion
    title = "Welche Lücken hat das Quartier?"
    yield Heading(title, 2)
    narrowed = fields.round if fields.fields else None
    found = gaps.gaps(occasion.store, "coverage", as_of=occasion.as_of, limit=_LINES, round=narrowed)
    lead = "Wo das IHEK etwas nennt und nach allem, was eingetragen ist, niemand daran arbeitet."
    nothing = (
        "Es ist keine Lücke bekannt. Das kann auch heißen, dass die Aussagen des IHEK noch nicht mit Handlungsfeld, "
        "Ort oder Zielgruppe eingetragen sind."
    )
    yield from listed(occasion, title, lead, found, nothing)


def _needs(fields: Fields) -> Iterator[Block]:
    yield Heading("Bedarfe ohne Projekt", 2)
    if not any(fields.statements.get(field.ref.slug) for field in fields.fields):
        yield Paragraph(
            "Für diese Runde sind keine Bedarfe je Handlungsfeld eingetragen; darum lässt sich nicht sagen, was davon "
            "noch niemand tut. Es hilft, die Bedarfe des IHEK mit Handlungsfeld und Ort einzulesen.",
            "note",
        )
        return
    found = unmet_needs(fields)
    if not found:
        yield Paragraph("Zu jedem genannten Bedarf ist in seinem Handlungsfeld und Ort mindestens ein Projekt bekannt.")
        return
    rows = tuple(
        (
            field.ref.label,
            row.text("description"),
            row.text("place") or "ganzes Quartier",
            fields.occasion.citations.cited(row) or "–",
        )
        for field, row in found
    )
    headings = ("Handlungsfeld", "Bedarf", "Ort", "Quelle")
    yield Table(
        "Bedarfe ohne Projekt", "Bedarfe, zu denen dort kein Projekt bekannt ist", headings, rows, (28, 42, 20, 10)
    )
    yield Paragraph(
        "„Kein Projekt bekannt“ heißt: keines ist mit diesem Handlungsfeld und Ort eingetragen. Ob ein Bedarf anderswo "
        "oder ohne Förderung gedeckt ist, weiß die Planungsrunde besser.",
        "note",
    )


def _places(fields: Fields) -> Iterator[Block]:
    yield Heading("Handlungsfelder und Orte", 2)
    found = matrix(fields.occasion.store, "places", round_=fields.round)
    columns = [column for column in found.columns if any(found.cell(row.key, column.key).count for row in found.rows)]
    if not columns:
        yield Paragraph(
            "Noch kein Projekt dieser Runde hat sowohl ein Handlungsfeld als auch einen Ort. Beides lässt sich auf der "
            "Seite des Projekts nachtragen.",
            "note",
        )
        return
    rows: list[tuple[Cell, ...]] = [
        (row.label, *(found.cell(row.key, column.key).count for column in columns)) for row in found.rows
    ]
    first = f" (die ersten {_PLACES} von {len(rows)} Orten)" if len(rows) > _PLACES else ""
    headings = ("Ort", *(column.label for column in columns))
    widths = (28, *(72 // len(columns) for _ in columns))
    yield Table("Orte", f"Projekte je Ort und Handlungsfeld{first}", headings, tuple(rows[:_PLACES]), widths)
    yield Paragraph("Eine Null heißt: nicht erfasst. Nicht jeder Ort braucht jedes Handlungsfeld.", "note")
