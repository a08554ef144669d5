"""Each Handlungsfeld of the round: what the IHEK says, who works on it, in which projects; and what nobody does."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.briefing.document import Bullets, Heading, Paragraph, Table
from graph.network import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.briefing.document import Block, Cell
    from graph.briefing.occasion import Occasion
    from graph.directory import Ref, Row

MOST: Final = 60
"""Lines of a table in a chapter; what is beyond stands in the program."""

_KINDS: Final = ("need", "goal", "focus", "measure")
_ROLES: Final = ("traeger", "partner", "ort")
_NO_FIELDS: Final = (
    "Diese Planungsrunde hat noch keine Liste von Handlungsfeldern. Sobald die Handlungsfelder mit Nummer und Namen "
    "eingetragen und den Projekten zugeordnet sind, stehen hier je Feld Bedarfe, Projekte und Akteure."
)


@dataclass(frozen=True)
class _Involved:
    """Who does what in a project: actors by the slug of their role, each once, by name."""

    by_role: dict[str, list[Ref]]
    sources: tuple[str, ...]

    def named(self, *roles: str) -> tuple[str, ...]:
        """Their names."""
        return tuple(dict.fromkeys(ref.label for role in roles for ref in self.by_role.get(role, ())))

    @property
    def actors(self) -> dict[Ref, set[str]]:
        """Each with its roles."""
        found: defaultdict[Ref, set[str]] = defaultdict(set)
        for role in _ROLES:
            for ref in self.by_role.get(role, ()):
                found[ref].add(role)
        return found


class Fields:
    """The Handlungsfelder of a round with their projects and statements, each read once.

    Attributes:
        round: slug of the round whose fields they are: the chapter's own, or, where that has none, the last one before
            that has some; "" if there is none.
    """

    def __init__(self, occasion: Occasion) -> None:
        self.occasion = occasion
        nodes = facts(occasion.store).nodes
        self.round = _with_fields(occasion)
        rows = [row for row in occasion.table("handlungsfeld").values() if self.round in _slugs(row, "round")]
        self.fields = sorted(rows, key=lambda row: (len(row.text("number")), row.text("number"), row.ref.slug))
        own = {row.ref.slug for row in self.fields}
        said = occasion.table("statement").values()
        mine = [row for row in said if occasion.slug in _slugs(row, "round") or own & _slugs(row, "handlungsfeld")]
        self.statements = _by(mine, "handlungsfeld")
        known = [
            row
            for row in occasion.table("project").values()
            if row.ref.iri in nodes and occasion.known(nodes[row.ref.iri].period.start)
        ]
        self.projects = _by(known, "handlungsfelder")
        self.involved = _involved(occasion)

    @property
    def round_label(self) -> str:
        """What that round is called."""
        return self.occasion.table("round")[self.round].ref.label

    def projects_of(self, field: Row) -> list[Row]:
        """The projects assigned to a field, by name."""
        return self.projects.get(field.ref.slug, [])

    def unmet(self, statement: Row, field: Row) -> bool:
        """Whether no project of the field is there; for the whole Quartier or an area of it, whether there is none."""
        places = self.occasion.table("place")
        wanted = {one for one in _slugs(statement, "place") if "POLYGON" not in places[one].text("position").upper()}
        return not any(not wanted or wanted & _slugs(project, "places") for project in self.projects_of(field))


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
        needs = [row for row in fields.statements.get(field.ref.slug, ()) if _kind(row) == "need"]
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
    found: defaultdict[Ref, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("projects", *_ROLES), 0))
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
        (ref.label, *(found[ref][name] for name in ("projects", *_ROLES))) for ref in order[:MOST]
    ]
    label = field.ref.label
    headings = ("Akteur", "Projekte", "als Träger", "als Partner", "als Ort")
    yield Table(
        f"Akteure {label}", f"Akteure: {label}{_first(len(order))}", headings, tuple(rows), (48, 13, 13, 13, 13)
    )


def _with_fields(occasion: Occasion) -> str:
    having = {slug for row in occasion.table("handlungsfeld").values() for slug in _slugs(row, "round")}
    if occasion.slug in having:
        return occasion.slug
    periods = facts(occasion.store).rounds
    begun = [(periods[slug].start, slug) for slug in having if slug in periods]
    return max(((start, slug) for start, slug in begun if start and start <= occasion.day), default=(None, ""))[1]


def _involved(occasion: Occasion) -> defaultdict[str, _Involved]:
    by_project: defaultdict[str, _Involved] = defaultdict(lambda: _Involved({}, ()))
    collected: defaultdict[str, list[Row]] = defaultdict(list)
    for row in occasion.table("involvement").values():
        for ref in row.refs("project_or_event"):
            collected[ref.slug].append(row)
    for slug, rows in collected.items():
        roles: defaultdict[str, list[Ref]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.text("actor").casefold()):
            for role in row.values("role"):
                roles[role.key] += row.refs("actor")
        partners = [row for row in rows if any(role.key in _ROLES for role in row.values("role"))]
        by_project[slug] = _Involved(dict(roles), tuple(ref.iri for row in partners for ref in row.refs("source")))
    return by_project


def _by(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    """Rows by the slugs of what they link to, "" for those that link to nothing; needs come before measures."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for slug in _slugs(row, name) or {""}:
            found[slug].append(row)
    for listed in found.values():
        listed.sort(key=lambda row: _KINDS.index(_kind(row)) if _kind(row) in _KINDS else len(_KINDS))
    return found


def _kind(row: Row) -> str:
    kinds = row.values("type")
    return kinds[0].key if kinds else ""


def _slugs(row: Row, name: str) -> set[str]:
    return {ref.slug for ref in row.refs(name)}


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
