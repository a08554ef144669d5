"""The lists of missing partnerships: what the team decided, and what nobody spoke of yet, with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph import gaps
from graph.briefing.decided import decided
from graph.briefing.document import Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.briefing.document import Block, Cell
    from graph.briefing.occasion import Occasion
    from graph.gaps import Gap

_LISTS: Final = {
    "introduce": (
        20,
        "Wer sollte wen kennenlernen?",
        "Paare, die etwas gemeinsam haben, aber noch nichts zusammen tun.",
    ),
    "table": (20, "Wer fehlt am Tisch?", "Akteure, die zu einem laufenden Projekt passen und noch nicht dabei sind."),
    "renew": (
        10,
        "Was ließe sich wieder aufnehmen?",
        "Frühere Partner, beide noch da, aber seit vier Jahren ohne etwas Gemeinsames.",
    ),
    "thread": (
        10,
        "Was hängt an einem einzigen Faden?",
        "Wer oder was nur über eine Verbindung oder einen Akteur Anschluss hat.",
    ),
    "double": (
        10,
        "Was gibt es doppelt?",
        "Gremien und Netzwerke mit fast denselben Mitgliedern und demselben Thema.",
    ),
}
"""Kinds in the order of the chapter, with the lines of each (as many as a team reads), its title and what it holds."""

_FEW: Final = 10
"""Lines of a list beside what the team has decided already."""

_NOTHING: Final = {
    "introduce": "Dafür gibt es zurzeit keinen Vorschlag. Vorschläge entstehen, wenn bei Akteuren und Projekten steht, "
    "in welchem Handlungsfeld sie arbeiten, wo sie zu finden sind, für wen sie da sind und wer woran beteiligt ist.",
    "table": "Dafür gibt es zurzeit keinen Vorschlag. Er entsteht, wenn bei laufenden Projekten Träger, Handlungsfeld, "
    "Ort und Zeitraum stehen.",
    "renew": "Es ist keine frühere Partnerschaft bekannt, die ruht, oder es fehlen Jahre bei den Beteiligungen.",
    "thread": "Es ist niemand bekannt, der nur an einem Faden hängt.",
    "double": "Es sind keine zwei Gremien mit fast denselben Mitgliedern bekannt, oder ihre Mitglieder sind nicht "
    "eingetragen.",
}
HEADINGS: Final = ("Wer", "Was dafür spricht", "Was zu bedenken ist", "Nächster Schritt und Türöffner")
WIDTHS: Final = (22, 33, 23, 22)


def missing(occasion: Occasion) -> Iterator[Block]:
    """The section: what the team decided, then each list with the lines nobody spoke of yet, or why there are none."""
    yield Heading("Wer fehlt?")
    yield Paragraph(
        "Die folgenden Partnerschaften gibt es nach allem, was eingetragen ist, noch nicht. Die Reihenfolge sagt, was "
        "naheliegt; sie ist keine Wahrscheinlichkeit und kein Urteil über jemanden."
    )
    yield from decided(occasion)
    spoken_of = {line.gap_id for line in occasion.workspace.suggestions}
    for kind, (lines, title, lead) in _LISTS.items():
        most = _FEW if spoken_of else lines
        enough = min(most + len(spoken_of), gaps.MOST_LINES)
        found = gaps.gaps(occasion.store, kind, as_of=occasion.as_of, limit=enough)
        fresh = [gap for gap in found if gap.id not in spoken_of]
        yield Heading(title, 2)
        yield from listed(occasion, title, lead, fresh[:most], _NOTHING[kind])


def listed(occasion: Occasion, title: str, lead: str, found: Sequence[Gap], nothing: str) -> Iterator[Block]:
    """A list of suggestions under what it holds; where it is empty, why."""
    if not found:
        yield Paragraph(nothing, "note")
        return
    yield Paragraph(lead)
    rows = tuple(row(occasion, gap) for gap in found)
    yield Table(title, f"{title} ({len(rows)})", HEADINGS, rows, WIDTHS)


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
