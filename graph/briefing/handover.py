"""Netz ohne QM: what ends when the Quartiersmanagement goes, and the fewest new ties that hold the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.briefing.document import Heading, Paragraph, Table
from graph.briefing.missing import HEADINGS, WIDTHS, row
from graph.briefing.state import TOO_FEW, remark
from graph.gaps.handover import handover as worked_out
from graph.vernetzung import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block, Cell
    from graph.briefing.occasion import Occasion
    from graph.gaps.handover import Handover

_MOST: Final = 30
_STATES: Final = {
    "empty": "noch niemand verzeichnet",
    "ends": "endet",
    "thread": "hängt an einem",
    "holds": "hält",
}
_COUNTS: Final = (
    ("Akteure ohne Partner", "alone"),
    ("getrennte Teile ab zwei Akteuren", "parts"),
    ("Akteure im größten Teil", "largest"),
    ("Nadelöhre", "cut_actors"),
    ("Handlungsfelder, in denen jemand arbeitet", "fields"),
)


def handover(occasion: Occasion) -> Iterator[Block]:
    """The section."""
    yield Heading("Das Netz ohne Quartiersmanagement")
    found = worked_out(occasion.store, as_of=occasion.as_of)
    if not found.leaving or not found.losses:
        yield Paragraph(
            "Bisher ist keine Partnerschaft eingetragen, die am Quartiersmanagement oder seinen Gremien hängt. "
            f"{TOO_FEW}",
            "note",
        )
        return
    yield Paragraph(
        f"Gerechnet ist mit allem, was bis zum {occasion.day:%d.%m.%Y} bekannt war, auch aus früheren Jahren. Was "
        f"bleibt, wenn nicht mehr da ist: {_named(found)}? {len(found.losses)} Akteure verlieren dann Partner, "
        f"{len(found.alone)} von ihnen alle."
    )
    yield from _remarks(occasion)
    yield from _moments(found)
    yield from _losses(found)
    yield from _fields(found)
    yield from _ties(occasion, found)


def _named(found: Handover) -> str:
    names = [ref.label for ref in found.leaving]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} und {names[-1]}"


def _remarks(occasion: Occasion) -> Iterator[Block]:
    """The figure that takes out authorities and funders, too."""
    (figure,) = figures(occasion.store, occasion.question, only=["without-qm"])
    yield Paragraph(f"Gehen auch Ämter und reine Geldgeber: {figure.sentence['de']}")
    yield Paragraph(remark(figure), "note")


def _moments(found: Handover) -> Iterator[Block]:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (words, *(getattr(one, name) for one in (found.before, found.after, found.mended))) for words, name in _COUNTS
    )
    headings = ("Wer geht, ist nicht mitgezählt", "jetzt", "ohne sie", "mit neuen Verbindungen")
    yield Table(
        "Ohne QM im Vergleich", "Das übrige Netz jetzt, ohne QM und mit Ersatz", headings, rows, (46, 14, 16, 24)
    )


def _losses(found: Handover) -> Iterator[Block]:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (loss.actor.label, loss.before, loss.after, "ja" if loss.off else "nein") for loss in found.losses[:_MOST]
    )
    first = f" (die ersten {_MOST} von {len(found.losses)})" if len(found.losses) > _MOST else ""
    caption = f"Wer Partner verliert{first}; wer alle verliert, steht oben"
    headings = ("Akteur", "Partner jetzt", "Partner danach", "verliert den Anschluss")
    yield Table("Netz ohne QM", caption, headings, rows, (49, 15, 16, 20))


def _fields(found: Handover) -> Iterator[Block]:
    if not found.fields:
        return
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.field.label,
            f"{one.actors} → {one.actors_left}",
            f"{one.projects} → {one.projects_left}",
            f"{_STATES[one.state]}{f': {one.holder.label}' if one.holder else ''}",
        )
        for one in found.fields
    )
    headings = ("Handlungsfeld der jüngsten Runde", "Akteure", "laufende Projekte mit Träger", "was daraus wird")
    yield Table("Felder ohne QM", "Die Handlungsfelder ohne Quartiersmanagement", headings, rows, (36, 14, 20, 30))


def _ties(occasion: Occasion, found: Handover) -> Iterator[Block]:
    title = "Welche neuen Verbindungen hielten es zusammen?"
    yield Heading(title, 2)
    if not found.ties:
        yield Paragraph("Dafür ist keine naheliegende Verbindung bekannt.", "note")
        return
    yield Paragraph("So wenige naheliegende Verbindungen wie möglich, die getrennte Teile wieder zusammenbringen.")
    rows = tuple(row(occasion, tie.gap) for tie in found.ties)
    yield Table("Ersatz ohne QM", f"{title} ({len(rows)})", HEADINGS, rows, WIDTHS)
    if found.apart:
        groups = "; ".join(", ".join(ref.label for ref in group) for group in found.apart[:5])
        yield Paragraph(f"Nicht zurückzuholen sind damit: {groups}.", "note")
