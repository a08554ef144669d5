"""What the team decided about missing partnerships in a round: every line it took up, with all that was said on it.

Who said it is not told: the names of those who wrote into the program stay in the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from graph.briefing.document import Heading, Paragraph, Table
from graph.rounds import OPEN, PROJECT, concept_label, follow_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block, Cell
    from graph.briefing.occasion import Occasion
    from graph.rounds import Suggestion, Verdict

_HERE: Final = ZoneInfo("Europe/Berlin")
_HEADINGS: Final = ("Worum es geht", "Was dafür spricht", "Entscheidung", "Nächster Schritt")
_WIDTHS: Final = (24, 32, 24, 20)
_RESULTS: Final = {
    "project": "gemeinsames Projekt",
    "tie": "Beziehung oder gemeinsames Gremium",
    "met": "bei derselben Veranstaltung",
    "entered": "seither etwas Gemeinsames ohne Datum eingetragen",
    "known": "kannten sich schon",
    "way": "auf dem Weg",
    "open": "noch nichts",
    "unfit": "passte nicht",
}
"""What can have come of a line, in the order of `graph.rounds.RESULTS`."""

_SOMEBODY: Final = "jemand aus dem Team"


def decided(occasion: Occasion) -> Iterator[Block]:
    """The section; nothing where the team took nothing up."""
    lines = occasion.workspace.suggestions
    if not lines:
        return
    yield Heading("Was das Team entschieden hat", 2)
    yield Paragraph(_counted(lines))
    yield Paragraph(_outcome(occasion))
    names = _people(occasion)
    rows = tuple(_row(occasion, line, names) for line in lines)
    yield Table("Entscheidungen", f"Vorschläge und Entscheidungen ({len(rows)})", _HEADINGS, rows, _WIDTHS)
    yield Paragraph(
        "Die Gründe sind die vom Tag, an dem das Team den Vorschlag aufnahm. Sagen mehrere Verschiedenes, steht alles "
        "da. Wer was gesagt hat, steht im Programm und nicht in diesem Kapitel.",
        "note",
    )


def _counted(lines: tuple[Suggestion, ...]) -> str:
    open_, disputed = sum(line.state == OPEN for line in lines), sum(line.disputed for line in lines)
    done = sum(any(verdict.verdict == PROJECT for verdict in line.current) for line in lines)
    return (
        f"Das Team hat {len(lines)} Vorschläge aufgenommen. Offen sind noch {open_}, uneinig ist es sich bei "
        f"{disputed}; aus {done} wurde ein Projekt."
    )


def _outcome(occasion: Occasion) -> str:
    """What the records hold today, whatever was decided."""
    counts = follow_up(occasion.store, occasion.slug).counts
    found = "; ".join(f"{_RESULTS[result]}: {count}" for result, count in counts.items() if count)
    return f"Was die Einträge heute dazu zeigen – {found}."


def _people(occasion: Occasion) -> frozenset[str]:
    """Everybody who took up or decided anything in the round, folded."""
    found = [line.author for line in occasion.workspace.suggestions]
    found += [verdict.author for line in occasion.workspace.suggestions for verdict in line.verdicts]
    return frozenset(name.strip().casefold() for name in found if name.strip())


def _row(occasion: Occasion, line: Suggestion, names: frozenset[str]) -> tuple[Cell, ...]:
    return (
        (line.label, *(ref.label for ref in line.fields), *_origin(line)),
        line.reasons.get("de", ()) or ("–",),
        tuple(_verdicts(line)),
        tuple(_next(occasion, line, names)),
    )


def _origin(line: Suggestion) -> Iterator[str]:
    if line.by_hand:
        yield "von Hand ergänzt"
    if line.carried_from:
        yield "aus der vorigen Runde übernommen"


def _verdicts(line: Suggestion) -> Iterator[str]:
    if not line.current:
        yield "noch offen"
    if line.disputed:
        yield "noch nicht einig:"
    for verdict in line.current:
        yield _said(verdict)
    if line.rung:
        yield f"So weit wollen wir gehen: {concept_label('rung', line.rung)}"


def _said(verdict: Verdict) -> str:
    """One verdict in a sentence: what, when, since when, what came of it, why."""
    day = verdict.time.astimezone(_HERE)
    parts = [f"{concept_label('verdict', verdict.verdict)} ({day:%d.%m.%Y})"]
    if verdict.day:
        parts.append(f"am oder seit {verdict.day}")
    if verdict.project:
        parts.append(f"Projekt „{verdict.project.label}“")
    words = ", ".join(parts)
    return f"{words}: {verdict.reason}" if verdict.reason else words


def _next(occasion: Occasion, line: Suggestion, names: frozenset[str]) -> Iterator[str]:
    step = line.next_step
    if step is None:
        yield "–"
        return
    if step.next_step:
        yield step.next_step
    if step.responsible:
        is_person = step.responsible.strip().casefold() in names
        yield f"zuständig: {_SOMEBODY if is_person else step.responsible}"
    if step.due:
        yield f"bis {step.due:%d.%m.%Y}{' (Termin vorbei)' if line.is_overdue(occasion.day) else ''}"
