"""The lists of missing partnerships with their reasons, as they are computed for the day of the chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph import gaps
from graph.briefing.document import Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block, Cell
    from graph.briefing.occasion import Occasion
    from graph.gaps import Gap

LINES: Final = 20
"""Lines of a computed list: as many as a team reads in an hour."""

_LISTS: Final = {
    "introduce": (
        "Wer sollte wen kennenlernen?",
        "Paare, die etwas gemeinsam haben, aber noch nichts gemeinsam machen.",
    ),
    "table": (
        "Wer fehlt am Tisch?",
        "Akteure, die zu einem laufenden Projekt passen und dort noch nicht dabei sind.",
    ),
}
_NOTHING: Final = (
    "Dafür gibt es zurzeit keinen Vorschlag. Vorschläge entstehen, wenn bei Akteuren und Projekten steht, in welchem "
    "Handlungsfeld sie arbeiten, wo sie zu finden sind, für wen sie da sind und wer an welchem Projekt beteiligt ist."
)
HEADINGS: Final = ("Wer", "Was dafür spricht", "Was zu bedenken ist", "Nächster Schritt und Türöffner")
WIDTHS: Final = (22, 33, 23, 22)


def missing(occasion: Occasion) -> Iterator[Block]:
    """The section: each list with its lines, or why there are none."""
    yield Heading("Wer fehlt?")
    yield Paragraph(
        "Die folgenden Partnerschaften gibt es nach allem, was eingetragen ist, noch nicht. Die Reihenfolge sagt, was "
        "naheliegt; sie ist keine Wahrscheinlichkeit und kein Urteil über jemanden."
    )
    for kind, (title, lead) in _LISTS.items():
        yield Heading(title, 2)
        found = gaps.gaps(occasion.store, kind, as_of=occasion.as_of, limit=LINES)
        if not found:
            yield Paragraph(_NOTHING, "note")
            continue
        yield Paragraph(lead)
        rows = tuple(row(occasion, gap) for gap in found)
        yield Table(title, f"{title} ({len(rows)} Vorschläge)", HEADINGS, rows, WIDTHS)


def row(occasion: Occasion, gap: Gap) -> tuple[Cell, ...]:
    """One suggestion as a line of a table."""
    named = {one.iri for sources in gaps.sources(occasion.store, gap).values() for one in sources}
    introducers = ", ".join(ref.label for ref in gap.introducers)
    numbers = occasion.citations.numbers(named)
    return (
        title_of(gap),
        (*(reason.text.de for reason in gap.reasons), f"Quellen: {numbers}" if numbers else ""),
        tuple(caution.de for caution in gap.cautions),
        (gap.next_step.de, f"Türöffner: {introducers}" if introducers else ""),
    )


def title_of(gap: Gap) -> Cell:
    """Whom a suggestion is about."""
    if gap.headline:
        return gap.headline.de
    named = [actor.label for actor in gap.actors]
    if gap.subject:
        return (*named, f"→ {gap.subject.label}")
    return (*(f"{label} ↔" for label in named[:-1]), *named[-1:])
