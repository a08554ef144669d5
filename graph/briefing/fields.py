"""Each Handlungsfeld of the round: what the IHEK says, who works on it, in which projects; and what nobody does."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from graph.briefing.document import Bullets, Heading, Paragraph, Table
from graph.briefing.working import ROLES, kind
from graph.network import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block, Cell
    from graph.briefing.occasion import Occasion
    from graph.briefing.working import Fields
    from graph.directory import Ref, Row

MOST: Final = 60
"""Lines of a table in a chapter; what is beyond stands in the program."""

_NO_FIELDS: Final = (
    "Diese Planungsrunde hat noch keine Liste von Handlungsfeldern. Sobald die Handlungsfelder mit Nummer und Namen "
    "eingetragen und den Projekten zugeordnet sind, stehen hier je Feld Bedarfe, Projekte und Akteure."
)


def handlungsfelder(fields: Fields) -> Iterator[Block]:
    """The section: an overview, then each field."""
    yield Heading("Die Handlungsfelder")
    yield from _for_all(fields)
    if not fields.fields:
        yield Paragraph(_NO_FIELDS, "note")
        return
    if fields.round != fields.occasion.slug:
        yield Paragraph(
            "Diese Planungsrunde hat keine eigene Liste von Handlungsfeldern. Gezeigt sind die der Planungsrunde "
            f"{fields.round_label}, der letzten davor, die eine hat.",
            "note",
        )
    yield from _overview(fields)
    for field in fields.fields:
        yield from _field(fields, field)


def unmet_needs(fields: Fields) -> list[tuple[Row, Row]]:
    """Needs of the IHEK (field, statement) for which no project is on record in that field and place."""
    return [
        (field, statement)
        for field in fields.fields
        for statement in fields.statements.get(field.ref.slug, ())
        if statement.values("type") and statement.values("type")[0].key == "need" and fields.unmet(statement, field)
    ]


def _for_all(fields: Fields) -> Iterator[Block]:
    said = fields.statements.get("", [])
    if said:
        items = tuple(_sentence(fields.occasion, row) for row in said)
        yield Paragraph("Für das ganze Quartier sagt das Konzept:")
        yield Bullets(items)


def _overview(fields: Fields) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    for field in fields.fields:
        projects = fields.projects_of(field)
        needs = [row for row in fields.statements.get(field.ref.slug, ()) if kind(row) == "need"]
        actors = {ref for project in projects for ref in fields.involved[project.ref.slug].actors}
        rows.append((field.ref.label, len(needs), len(projects), len(actors), _biggest(fields, projects)))
    yield Table(
        "Handlungsfelder",
        f"Die Handlungsfelder der Planungsrunde {fields.round_label} im Überblick",
        ("Handlungsfeld", "Bedarfe", "Projekte", "Akteure", "Die meisten trägt"),
        tuple(rows),
        (34, 12, 12, 12, 34),
    )
    yield Paragraph(
        "Gezählt ist, was eingetragen und dem Feld zugeordnet ist. Nur selten nennen Quellen das Handlungsfeld eines "
        "Projekts, viele Zuordnungen sind daher erschlossen. Ein Feld mit wenig Projekten ist kein schlechtes Feld.",
        "note",
    )


def _biggest(fields: Fields, projects: list[Row]) -> str:
    """The Träger of most projects, with how many; of several the first by name."""
    carried = Counter(ref for row in projects for ref in set(fields.involved[row.ref.slug].by_role.get("traeger", ())))
    if not carried:
        return "–"
    best = min(carried, key=lambda ref: (-carried[ref], ref.label.casefold(), ref.iri))
    return f"{best.label}: {carried[best]} von {len(projects)}"


def _field(fields: Fields, field: Row) -> Iterator[Block]:
    occasion = fields.occasion
    yield Heading(field.ref.label, 2)
    if matches := _matches(occasion, field):
        yield Paragraph(f"Verwandt in anderen Runden: {'; '.join(matches)}.")
    yield from _statements(fields, field)
    projects = fields.projects_of(field)
    if not projects:
        yield Paragraph(
            "Diesem Handlungsfeld ist noch kein Projekt zugeordnet. Es hilft, bei den Projekten das Handlungsfeld "
            "nachzutragen.",
            "note",
        )
        return
    yield from _projects(fields, field, projects)
    yield from _actors(fields, field, projects)


def _matches(occasion: Occasion, field: Row) -> list[str]:
    found = facts(occasion.store).matches.get(field.ref.iri, frozenset())
    return sorted(occasion.called(iri) for iri in found)


def _statements(fields: Fields, field: Row) -> Iterator[Block]:
    said = fields.statements.get(field.ref.slug, [])
    if not said:
        yield Paragraph(
            "Zu diesem Feld ist keine Aussage des IHEK eingetragen. Bedarfe, Ziele und Maßnahmen lassen sich als Liste "
            "einlesen; erst dann kann dieses Kapitel sagen, was davon noch niemand tut.",
            "note",
        )
        return
    rows = tuple(
        (
            row.text("type"),
            row.text("description"),
            row.text("place") or "ganzes Quartier",
            "keines" if fields.unmet(row, field) else "ja",
            fields.occasion.citations.cited(row) or "–",
        )
        for row in said
    )
    label = field.ref.label
    headings = ("Art", "Was das Konzept sagt", "Ort", "Projekt im Feld dort", "Quelle")
    yield Table(f"IHEK {label}", f"Was das IHEK sagt: {label}", headings, rows, (15, 45, 18, 12, 10))


def _projects(fields: Fields, field: Row, projects: list[Row]) -> Iterator[Block]:
    label = field.ref.label
    rows: list[tuple[Cell, ...]] = []
    for row in projects[:MOST]:
        involved = fields.involved[row.ref.slug]
        sources = [ref.iri for ref in row.refs("source")] + list(involved.sources)
        rows.append(
            (
                row.ref.label,
                involved.named("traeger") or "–",
                involved.named("partner", "ort") or "–",
                _years(row),
                fields.occasion.citations.numbers(sources) or "–",
            )
        )
    headings = ("Projekt", "Träger", "Partner und Orte", "Jahre", "Quelle")
    caption = f"Projekte: {label}{_first(len(projects))}"
    yield Table(f"Projekte {label}", caption, headings, tuple(rows), (32, 24, 26, 11, 9))


def _actors(fields: Fields, field: Row, projects: list[Row]) -> Iterator[Block]:
    found: defaultdict[Ref, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("projects", *ROLES), 0))
    for project in projects:
        for ref, roles in fields.involved[project.ref.slug].actors.items():
            found[ref]["projects"] += 1
            for role in roles:
                found[ref][role] += 1
    order = sorted(found, key=lambda ref: (-found[ref]["projects"], ref.label.casefold(), ref.iri))
    if not order:
        yield Paragraph("Bei diesen Projekten ist noch niemand als Träger, Partner oder Ort eingetragen.", "note")
        return
    rows: list[tuple[Cell, ...]] = [
        (ref.label, *(found[ref][name] for name in ("projects", *ROLES))) for ref in order[:MOST]
    ]
    label = field.ref.label
    headings = ("Akteur", "Projekte", "als Träger", "als Partner", "als Ort")
    yield Table(
        f"Akteure {label}", f"Akteure: {label}{_first(len(order))}", headings, tuple(rows), (48, 13, 13, 13, 13)
    )


def _sentence(occasion: Occasion, row: Row) -> str:
    numbers = occasion.citations.cited(row)
    return f"{row.text('type')}: {row.text('description')}{f' [{numbers}]' if numbers else ''}"


def _years(row: Row) -> str:
    """The years of a project as far as known."""
    start, end = row.text("start")[:4], row.text("end")[:4]
    if not start and not end:
        return row.text("period_text") or "–"
    if start == end:
        return start
    if not end:
        return f"seit {start}" if row.text("ongoing") == "true" else f"ab {start}"
    return f"{start}–{end}" if start else f"bis {end}"


def _first(count: int) -> str:
    return f" (die ersten {MOST} von {count}; alle stehen im Programm)" if count > MOST else ""
