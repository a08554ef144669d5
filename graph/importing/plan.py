"""What taking over lists would do: entries and links with their cells, what is unsure, and what a person must look at.

    files → sheets → tables → facts → entries and links → quads

Nothing is written here; `graph.importing.takeover` does that, with the plan a person has seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graph import entries
from graph.errors import BadInput
from graph.importing import given, namesakes, report, sheets
from graph.importing.entities import Cast, Entity
from graph.importing.facts import Facts, Problem, Spot
from graph.importing.fields import Filled, Filler
from graph.importing.given import Given
from graph.importing.rounds import Fields
from graph.importing.rows import Reader
from graph.importing.takeover import Weighed, weigh
from graph.importing.understanding import understand
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from graph.importing.columns import TablePlan
    from graph.importing.facts import Claim, Row
    from graph.importing.mapping import Mapping as Remembered
    from graph.store import Store

    Progress = Callable[[str], None]

_CLASSES: Final = {
    "involvement": "pn:Involvement",
    "funding": "pn:Funding",
    "membership": "pn:Membership",
    "tie": "pn:Tie",
}


@dataclass
class Link:
    """A link of two entries.

    Attributes:
        kind: its entity type. start, end: actor or programme; project, event, network or second actor.
        role: slug of the role or kind of tie.
        spot: the cell that says so.
        filled: its own fields.
        iri: of the link, once it is weighed.
        also: cells of other tables that say so.
    """

    kind: str
    start: Entity
    end: Entity
    role: str
    spot: Spot
    filled: Filled
    iri: str = ""
    also: set[Spot] = field(default_factory=set)

    def text(self, name: str) -> str:
        """The text of one of its own fields, "" if it has none."""
        return next(iter(self.filled.texts.get(name, ())), "")


@dataclass
class Plan:
    """What would be done.

    Attributes:
        source: slug of the data graph it would go to.
        files: names of the files read.
        entities: entries, in order of their names; `filled` holds their fields.
        links: in the order of the cells.
        problems: what a person should look at, in the order of the cells.
        unmapped: columns nobody understood, kept as notes.
        tables: the tables with what their columns were taken to mean.
        given: what files say in our own terms already (RDF, tables with a `Kennung` for each row).
        weighed: what it comes to against the store.
        aside: tables that are not taken, with what they were taken for.
        facts, cast, filler: what the lists say, who is who, and what fills fields; to show a plan cell by cell.
    """

    source: str
    base_iri: str
    files: tuple[str, ...]
    entities: list[Entity] = field(default_factory=list)
    filled: dict[int, Filled] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unmapped: list[Spot] = field(default_factory=list)
    tables: list[TablePlan] = field(default_factory=list)
    given: Given = field(default_factory=Given)
    weighed: Weighed = field(default_factory=Weighed)
    aside: list[TablePlan] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    cast: Cast | None = None
    filler: Filler | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended, or left out with its row, before the lists can be taken over."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def bad_rows(self) -> frozenset[Row]:
        """The rows with errors."""
        return frozenset(problem.spot.row for problem in self.errors)

    def fields_of(self, entity: Entity) -> Filled:
        """What the lists say of an entry."""
        return self.filled[id(entity)]


def plan(  # noqa: PLR0913  # what, where, as what, and what a person said about it
    store: Store,
    paths: Sequence[Path],
    *,
    source: str = "",
    mapping: Remembered | None = None,
    round_: str = "",
    without: Collection[Row] = (),
    progress: Progress = lambda _step: None,
) -> Plan:
    """Read lists and say what they would change.

    Args:
        store: what there is already.
        paths: the files; they are read as one, so that an abbreviation explained in one is understood in the other.
        source: name of the data graph; by default made from the first file's name.
        mapping: what columns mean, as `graph.importing.mapping.load` reads it.
        round_: slug of the planning round that Handlungsfelder belong to where the lists do not say.
        without: rows to leave out, as `Plan.bad_rows` names them.
        progress: told each step before it is taken: "files", "tables", "rows", "names", "links", "store".

    Raises:
        BadFile: a file cannot be read.
        BadCell: a line of RDF, or a cell of a table with our own slugs, is wrong.
        BadInput: `source` is no slug.
    """
    name = source or entries.slug(paths[0].stem) or "liste"
    if not entries.SLUG.fullmatch(name):
        raise BadInput("source", name)
    facts = Facts()
    progress("files")
    read = {path: sheets.read(path) for path in paths if not given.is_known(path)}
    books = [path for path in read if path.suffix.lower() == ".xlsx" and given.is_ours(read[path])]
    ours = [path for path in paths if path not in read or path in books]
    pages = [sheet for path in paths if path not in ours for sheet in read[path]]
    facts.problems += sheets.formulas(pages)
    progress("tables")
    understood = understand(pages, mapping)
    facts.problems += understood.problems
    progress("rows")
    known, titled = understood.known(store), understood.titled(store)
    for table in understood.tables:
        skipped = {row for file, sheet, row in without if (file, sheet) == (table.table.file, table.table.sheet)}
        Reader(table, known, titled, facts, skipped).read()
    own = {statement.about.text for statement in facts.statements if statement.about.group == "project"}
    facts.statements += [statement for statement in facts.dated if statement.about.text not in own]
    namesakes.tell_apart(facts)
    progress("names")
    cast = Cast(store, facts, understood.legend)
    filler = Filler(cast, Fields(store, round_), facts)
    result = Plan(name, store.base_iri, tuple(path.name for path in paths), tables=understood.tables)
    result.aside, result.facts, result.cast, result.filler = understood.aside, facts, cast, filler
    progress("links")
    result.given = given.read(store, ours, name, facts.problems)
    _add_entities(result, cast, facts, filler)
    _add_links(result, cast, facts, filler)
    progress("store")
    result.weighed = weigh(store, result)
    facts.problems.extend(result.weighed.problems)
    result.problems = sorted(dict.fromkeys(facts.problems), key=lambda problem: (problem.spot, problem.what))
    result.unmapped = sorted(set(facts.unmapped))
    return result


def _add_entities(result: Plan, cast: Cast, facts: Facts, filler: Filler) -> None:
    for statement in facts.statements:
        entity = cast.entity(statement.about)
        for value in statement.values:
            entity.values[value.field].append(value)
    result.entities = sorted(cast.entities, key=lambda entity: (entity.type_name, entity.label, entity.slug))
    result.filled = {id(entity): filler.entity(entity) for entity in result.entities}


def _add_links(result: Plan, cast: Cast, facts: Facts, filler: Filler) -> None:
    """The links, each once: said again with the same or no period, it is the same link."""
    seen: dict[tuple[Any, ...], Link] = {}
    for claim in [*facts.claims, *(one for one in facts.hosts if cast.hosts(one.start.text))]:
        link = _link(claim, cast, filler)
        if link.start is link.end:
            facts.problems.append(Problem(link.spot, "warning", "link to itself", {"name": link.start.label}))
            continue
        if link.kind in ("tie", "membership", "involvement") and "programme" in (
            link.start.type_name,
            link.end.type_name,
        ):
            names = {"name": link.start.label, "other": link.end.label}
            facts.problems.append(Problem(link.spot, "warning", "programme acts", names))
            continue
        ends = (link.kind, id(link.start), id(link.end), link.role)
        known = (
            seen.get((*ends, link.text("start")))
            or seen.get((*ends, ""))
            or (seen.get(ends) if not link.text("start") else None)
        )
        if known is None:
            seen[*ends, link.text("start")] = seen[ends] = link
            result.links.append(link)
        else:
            if (link.spot.file, link.spot.sheet) != (known.spot.file, known.spot.sheet):
                known.also.add(link.spot)
            for name, texts in link.filled.texts.items():
                known.filled.texts.setdefault(name, texts)


def _link(claim: Claim, cast: Cast, filler: Filler) -> Link:
    start, end = cast.entity(claim.start), cast.entity(claim.end)
    kind = claim.kind
    spot = claim.end.spot if claim.end.spot.cell and claim.start.hint == "subject" else claim.start.spot
    role = claim.role
    if (kind == "involvement" and start.type_name == "programme") or (kind == "tie" and _is_funding(role, start, end)):
        kind, role = "funding", "foerderer"
    return Link(kind, start, end, role, spot, filler.link(kind, claim.values))


def _is_funding(role: str, start: Entity, end: Entity) -> bool:
    """Who finances a programme funds it: a programme has no ties."""
    return role == "finanziert" and start.type_name == "actor" and end.type_name == "programme"


def as_json(result: Plan, language: str = "de") -> dict[str, list[dict[str, Any]]]:
    """The plan as `import --dry-run --format json` prints it; places of problems and links are as in the files."""
    return {
        "entities": [*(_entity_json(result, entity) for entity in result.entities), *result.given.entities],
        "links": [*(_link_json(result, link) for link in result.links), *result.given.links],
        "problems": [
            {
                "file": problem.spot.file,
                "sheet": problem.spot.sheet,
                "cell": problem.spot.cell,
                "severity": problem.severity,
                "message": report.message(problem, language),
            }
            for problem in result.problems
        ],
        "unmapped": [{"file": spot.file, "sheet": spot.sheet, "column": spot.cell} for spot in result.unmapped],
    }


def _entity_json(result: Plan, entity: Entity) -> dict[str, Any]:
    return {
        "iri": iri(result, entity),
        "class": f"pn:{entity.klass}",
        "label": entity.label,
        "spellings": sorted(entity.spellings | entity.written),
        "action": entity.action,
    }


def _link_json(result: Plan, link: Link) -> dict[str, Any]:
    return {
        "class": _CLASSES[link.kind],
        "from": iri(result, link.start),
        "to": iri(result, link.end),
        "role": link.role,
        "start": link.text("start"),
        "end": link.text("end"),
        "cell": "!".join(filter(None, (link.spot.sheet or link.spot.file, link.spot.cell))),
    }


def iri(result: Plan, entity: Entity) -> str:
    """The IRI an entry has or would get."""
    return f"{result.base_iri}{entity_types()[entity.type_name].segment}/{entity.slug}"
