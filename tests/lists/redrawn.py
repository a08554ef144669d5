"""The truth of the test lists, drawn again in other layouts: whatever sheet says it, the same links must be found.

python tests/lists/redrawn.py [LAYOUT…] [--seeds N] [--verbose]    one line per layout
"""

# ruff: noqa: ARG001, E501, S311  # a drawn row is one line; chance that draws layouts keeps no secret, and not every layout takes one

from __future__ import annotations

import random
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import files
import notation
from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Row = list[object]
Truth = dict[str, list[dict[str, object]]]
ROLES = {
    "traeger": ("Träger", "Projektträger", "Maßnahmenträger", "Durchführung", "Zuwendungsempfänger", "Antragsteller"),
    "partner": ("Partner", "Kooperationspartner", "Beteiligte", "weitere Akteure", "Kooperation mit", "Mitwirkende"),
    "foerderer": ("Förderer", "Fördermittelgeber", "Mittelgeber", "Geldgeber", "finanziert durch"),
}
NAMES = ("Projekt", "Projekttitel", "Maßnahme", "Vorhaben", "Projektname", "Titel des Projekts", "Bezeichnung")
FIELDS = ("Bildung und Jugend", "Nachbarschaft", "Öffentlicher Raum", "Gesundheit")


@dataclass
class Project:
    """A project as the truth has it."""

    key: str
    name: str
    bodies: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    field_: int = 0
    start: int = 2020

    def pairs(self) -> list[tuple[str, str]]:
        """Its bodies with their roles."""
        return [(body, role) for role in ROLES for body in self.bodies[role]]


@dataclass
class Office:
    """What is drawn: projects, networks with their members, and what each body is called."""

    names: dict[str, str]
    projects: list[Project]
    networks: dict[str, list[str]]

    def called(self, keys: Iterable[str]) -> list[str]:
        """The names of bodies."""
        return [self.names[key] for key in keys]


@dataclass
class Page:
    """One sheet that is drawn: rows, and merged cells as (top, left, bottom, right), from 1."""

    name: str
    rows: list[Row]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def office(name: str, chance: random.Random) -> Office:
    """The truth of a test list, each thing by the longest of its names."""
    truth = notation.truth(notation.read(files.HERE / name / "list.txt"))
    names = {str(one["key"]): max(one["spellings"], key=len) for one in truth["entities"] if one["spellings"]}  # type: ignore[call-overload]
    projects: dict[str, Project] = {}
    networks: dict[str, list[str]] = defaultdict(list)
    for link in truth["links"]:
        start, end, role = (str(link[part]) for part in ("from", "to", "role"))
        if start not in names or end not in names:
            continue
        if role == "mitglied":
            networks[end].append(start)
        elif role in ROLES and end.startswith("p."):
            project = projects.setdefault(end, Project(end, names[end]))
            if not any(start in bodies for bodies in project.bodies.values()):
                project.bodies[role].append(start)
    for project in projects.values():
        project.field_, project.start = chance.randrange(len(FIELDS)), chance.randrange(2015, 2024)
    ready = [project for project in projects.values() if project.bodies["traeger"]]
    return Office(names, ready, {key: found for key, found in networks.items() if len(found) > 1})


def truth(drawn: Office, *, projects: bool = True, networks: bool = False, roles: Iterable[str] = ROLES) -> Truth:
    """The true answers of what is drawn."""
    links = [
        (body, project.key, role)
        for project in drawn.projects
        if projects
        for body, role in project.pairs()
        if role in roles
    ]
    links += [(body, key, "mitglied") for key, members in drawn.networks.items() if networks for body in members]
    keys = {key for link in links for key in link[:2]}
    return {
        "entities": [
            {
                "key": key,
                "class": notation.CLASSES.get(key.partition(".")[0] if "." in key else "", "pn:Actor"),
                "spellings": [drawn.names[key]],
            }
            for key in sorted(keys)
        ],
        "links": [{"from": start, "to": end, "role": role} for start, end, role in links],
    }


def _period(project: Project, chance: random.Random) -> object:
    year = project.start
    forms = (
        f"{year}",
        f"{year} - {year + 2}",
        f"01.03.{year} – 31.12.{year + 1}",
        f"seit {year}",
        f"{year}/{year + 1}",
    )
    return chance.choice([*forms, f"03/{year} bis 12/{year + 1}", year])


def _money(chance: random.Random) -> object:
    number = chance.randrange(1, 90) * 500
    return chance.choice([number, f"{number:,} €".replace(",", "."), f"{number / 1000:.1f} T€".replace(".", ",")])


def _heads(chance: random.Random) -> dict[str, str]:
    return {"name": chance.choice(NAMES), **{role: chance.choice(words) for role, words in ROLES.items()}}


def wide(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """One row per project, one column per role."""
    heads, glue = _heads(chance), chance.choice((", ", "; ", "\n", " / "))
    columns = ["name", "traeger", "partner", "foerderer", "period", "amount", "field"]
    if chance.random() < 0.5:
        chance.shuffle(columns)
    words = {**heads, "period": "Laufzeit", "amount": "Fördersumme", "field": "Handlungsfeld"}
    rows: list[Row] = [[words[column] for column in columns]]
    for project in drawn.projects:
        cells = {role: glue.join(drawn.called(project.bodies[role])) for role in ROLES}
        values = {**cells, "name": project.name, "period": _period(project, chance), "amount": _money(chance)}
        rows.append([values.get(column, FIELDS[project.field_]) for column in columns])
    return [Page("Tabelle1", rows)], truth(drawn)


def long(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """One row per pair, the role in a column."""
    columns = [chance.choice(NAMES), chance.choice(("Akteur", "Einrichtung", "Organisation", "Beteiligter")), "Rolle"]
    order = chance.sample(range(3), 3)
    rows: list[Row] = [[columns[at] for at in order]]
    for project in drawn.projects:
        for body, role in project.pairs():
            cells = [project.name, drawn.names[body], ROLES[role][0 if role == "traeger" else 1]]
            rows.append([cells[at] for at in order])
    return [Page("Beteiligungen", rows)], truth(drawn)


def stacked(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """Several rows per project: its name stands once (merged or not), one partner per row."""
    heads = _heads(chance)
    rows: list[Row] = [["Nr.", heads["name"], heads["traeger"], heads["partner"], "Zeitraum"]]
    merged = []
    is_merged = chance.random() < 0.5
    for number, project in enumerate(drawn.projects, start=1):
        top = len(rows) + 1
        partners = drawn.called(project.bodies["partner"]) or [""]
        for at, partner in enumerate(partners):
            first: Row = [number, project.name, ", ".join(drawn.called(project.bodies["traeger"]))]
            rows.append([*(first if at == 0 else ["", "", ""]), partner, _period(project, chance) if at == 0 else ""])
        if is_merged and len(partners) > 1:
            merged += [(top, column, top + len(partners) - 1, column) for column in (1, 2, 3, 5)]
    return [Page("Projekte", rows, merged)], truth(drawn, roles=("traeger", "partner"))


def numbered(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """One column per partner."""
    heads = _heads(chance)
    most = max(len(project.bodies["partner"]) for project in drawn.projects)
    partners = chance.choice(
        (
            [f"Partner {at + 1}" for at in range(most)],
            [heads["partner"], *[""] * (most - 1)],
            [f"{at + 1}. Kooperationspartner" for at in range(most)],
        )
    )
    rows: list[Row] = [[heads["name"], "Start", "Ende", heads["traeger"], *partners]]
    for project in drawn.projects:
        own = drawn.called(project.bodies["partner"])
        traeger = "; ".join(drawn.called(project.bodies["traeger"]))
        rows.append([project.name, f"01.01.{project.start}", f"31.12.{project.start + 1}", traeger, *own])
    return [Page("Liste", rows)], truth(drawn, roles=("traeger", "partner"))


def one_cell(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """All bodies in one cell, with their roles as labels or in brackets."""
    labels = chance.random() < 0.5
    rows: list[Row] = [
        [chance.choice(NAMES), chance.choice(("Beteiligte", "Akteure", "Beteiligte Akteure", "Wer?")), "Jahr"]
    ]
    for project in drawn.projects:
        traeger, partners, payers = (drawn.called(project.bodies[role]) for role in ROLES)
        if labels:
            parts = [("Träger", traeger), ("Kooperationspartner", partners), ("Förderer", payers)]
            cell = chance.choice(("; ", "\n")).join(f"{label}: {', '.join(names)}" for label, names in parts if names)
        else:
            cell = "; ".join(
                [*(f"{name} (Träger)" for name in traeger), *partners, *(f"{name} (Förderer)" for name in payers)]
            )
        rows.append([project.name, cell, project.start])
    return [Page("Übersicht", rows)], truth(drawn)


def matrix(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """Projects and bodies crosswise, with T and P or x."""
    bodies = list(
        dict.fromkeys(body for project in drawn.projects for body, role in project.pairs() if role != "foerderer")
    )
    turned = chance.random() < 0.5
    marks = chance.choice(
        ({"traeger": "T", "partner": "P"}, {"traeger": "T", "partner": "x"}, {"traeger": "T", "partner": "K"})
    )
    told = {
        (body, project.key): marks[role]
        for project in drawn.projects
        for body, role in project.pairs()
        if role in marks
    }
    if turned:
        rows: list[Row] = [["Einrichtung", *(project.name for project in drawn.projects)]]
        rows += [
            [drawn.names[body], *(told.get((body, project.key), "") for project in drawn.projects)] for body in bodies
        ]
    else:
        rows = [["Projekt", *drawn.called(bodies)]]
        rows += [[project.name, *(told.get((body, project.key), "") for body in bodies)] for project in drawn.projects]
    legend = [[], ["T = Träger, P = Partner, K = Kooperationspartner, x = beteiligt"]]
    return [Page("Wer mit wem", [["Matrix Projekte und Akteure"], *rows, *legend])], truth(
        drawn, roles=("traeger", "partner")
    )


def fact_sheets(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """Labels and values, one block per project below the other, or a sheet for each."""
    heads = _heads(chance)
    blocks = []
    for project in drawn.projects:
        rows: list[Row] = [[heads["name"], project.name]]
        rows += [[heads[role], "\n".join(drawn.called(project.bodies[role]))] for role in ROLES if project.bodies[role]]
        blocks.append([*rows, ["Laufzeit", _period(project, chance)], ["Kurzbeschreibung", "Angebote für alle"]])
    if chance.random() < 0.5:
        return [Page("Steckbriefe", [row for block in blocks for row in [*block, []]])], truth(drawn)
    return [Page(f"P{at}", [["Projektsteckbrief"], [], *block]) for at, block in enumerate(blocks)], truth(drawn)


def transposed(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """One column per project."""
    heads = _heads(chance)
    rows: list[Row] = [[heads["name"], *(project.name for project in drawn.projects)]]
    rows += [
        [heads[role], *("\n".join(drawn.called(project.bodies[role])) for project in drawn.projects)] for role in ROLES
    ]
    rows.append(["Zeitraum", *(_period(project, chance) for project in drawn.projects)])
    return [Page("Projekte quer", rows)], truth(drawn)


def titled_blocks(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """Each project a title row, below it its bodies as a little table."""
    rows: list[Row] = []
    for number, project in enumerate(drawn.projects, start=1):
        title = chance.choice((f"Projekt {number}: {project.name}", f"Projekt: {project.name}"))
        rows += [[title], ["Akteur", "Rolle"]]
        rows += [[drawn.names[body], ROLES[role][0 if role == "traeger" else 1]] for body, role in project.pairs()]
        rows.append([])
    return [Page("Projektblätter", rows)], truth(drawn)


def _directory(drawn: Office, key: Callable[[int], object], head: str) -> tuple[Page, dict[str, object]]:
    bodies = list(dict.fromkeys(body for project in drawn.projects for body, _ in project.pairs()))
    ids = {body: key(at) for at, body in enumerate(bodies, start=1)}
    return Page("Akteure", [[head, "Name", "Bemerkung"], *([ids[body], drawn.names[body], ""] for body in bodies)]), ids


def keyed(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """Projects with ids, their bodies on a second sheet by the project's id, perhaps bodies by theirs as well."""
    head = chance.choice(("Projekt-ID", "Projekt-Nr.", "ID", "Nr.", "Projektnummer"))
    ids = {
        project.key: f"P{at:02}" if head.endswith("ID") else at for at, project in enumerate(drawn.projects, start=1)
    }
    rows: list[Row] = [[head, chance.choice(NAMES), "Laufzeit"]]
    rows += [[ids[project.key], project.name, _period(project, chance)] for project in drawn.projects]
    pages = [Page("Projekte", rows)]
    second = head if head.startswith("Projekt") else f"Projekt-{head}"
    by_id = chance.random() < 0.5
    page, body_ids = _directory(drawn, lambda at: f"A{at:02}", "Akteur-ID")
    links: list[Row] = [[second, "Akteur-ID" if by_id else "Akteur", "Rolle"]]
    for project in drawn.projects:
        for body, role in project.pairs():
            word = ROLES[role][0 if role == "traeger" else 1]
            links.append([ids[project.key], body_ids[body] if by_id else drawn.names[body], word])
    if chance.random() < 0.5:
        chance.shuffle(tail := links[1:])
        links = [links[0], *tail]
    return [*pages, *([page] if by_id else []), Page("Beteiligte", links)], truth(drawn)


def sections(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """Rows under titles: a Handlungsfeld, a year, or a carrier."""
    heads = _heads(chance)
    rows: list[Row] = [
        ["Projektübersicht des Quartiers"],
        [],
        [heads["name"], heads["traeger"], heads["partner"], "Laufzeit", "Kosten"],
    ]
    by_year = chance.random() < 0.5
    for at in sorted({project.start if by_year else project.field_ for project in drawn.projects}):
        rows.append([str(at) if by_year else f"HF {at + 1} {FIELDS[at]}"])
        for project in drawn.projects:
            if (project.start if by_year else project.field_) == at:
                cells = [", ".join(drawn.called(project.bodies[role])) for role in ("traeger", "partner")]
                rows.append([project.name, *cells, _period(project, chance), _money(chance)])
        rows.append(["Summe", "", "", "", 12345])
    return [Page("Gesamt", rows)], truth(drawn, roles=("traeger", "partner"))


def by_carrier(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """Rows under the name of their carrier."""
    rows: list[Row] = [["Projekt", "Kooperationspartner", "Zeitraum"]]
    groups: dict[str, list[Project]] = defaultdict(list)
    for project in drawn.projects:
        groups[project.bodies["traeger"][0]].append(project)
        del project.bodies["traeger"][1:]
    for body, projects in groups.items():
        rows.append([f"Träger: {drawn.names[body]}"])
        rows += [[one.name, "; ".join(drawn.called(one.bodies["partner"])), _period(one, chance)] for one in projects]
    return [Page("nach Träger", rows)], truth(drawn, roles=("traeger", "partner"))


def sheets_by_field(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """One sheet per Handlungsfeld or year, the same project on several."""
    heads, pages = _heads(chance), []
    for at, name in enumerate(FIELDS):
        rows: list[Row] = [[heads["name"], heads["traeger"], heads["partner"]]]
        for number, project in enumerate(drawn.projects):
            if project.field_ == at or number % 5 == 0:
                rows.append(
                    [project.name, *("; ".join(drawn.called(project.bodies[role])) for role in ("traeger", "partner"))]
                )
        pages.append(Page(f"HF{at + 1} {name}"[:31], rows))
    return pages, truth(drawn, roles=("traeger", "partner"))


def by_actor(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """One row per body, with the projects it carries and those it takes part in."""
    rows: list[Row] = [
        [
            "Einrichtung",
            chance.choice(("Träger von", "Projekte als Träger", "eigene Projekte")),
            chance.choice(("beteiligt an", "Projekte als Partner", "Kooperationspartner bei")),
        ]
    ]
    for body in dict.fromkeys(
        body for project in drawn.projects for body, role in project.pairs() if role != "foerderer"
    ):
        cells = [
            "\n".join(one.name for one in drawn.projects if body in one.bodies[role]) for role in ("traeger", "partner")
        ]
        rows.append([drawn.names[body], *cells])
    return [Page("Akteure", rows)], truth(drawn, roles=("traeger", "partner"))


def rosters(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """One column per network, its members below."""
    keys = list(drawn.networks)
    height = max(map(len, drawn.networks.values()))
    rows: list[Row] = [["Netzwerke und ihre Mitglieder"], [], drawn.called(keys)]
    rows += [
        [drawn.names[drawn.networks[key][at]] if at < len(drawn.networks[key]) else "" for key in keys]
        for at in range(height)
    ]
    return [Page("Gremien", rows)], truth(drawn, projects=False, networks=True)


def network_blocks(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """The name of a network, its members below, then the next."""
    rows: list[Row] = [] if chance.random() < 0.5 else [["Gremium / Mitglied"]]
    for key, members in drawn.networks.items():
        rows += [[f"Mitglieder {drawn.names[key]}" if chance.random() < 0 else drawn.names[key]], ["Mitglied", "Seit"]]
        rows += [[name, chance.randrange(2010, 2024)] for name in drawn.called(members)]
        rows.append([])
    return [Page("Netzwerke", rows)], truth(drawn, projects=False, networks=True)


def network_sheets(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """One sheet per network, named like it, with its members."""
    pages = [
        Page(
            drawn.names[key][:31],
            [[chance.choice(("Mitglieder", "Mitglied", "Einrichtung"))], *([name] for name in drawn.called(members))],
        )
        for key, members in drawn.networks.items()
        if len(drawn.names[key]) <= 31
    ]
    drawn.networks = {key: members for key, members in drawn.networks.items() if len(drawn.names[key]) <= 31}
    return pages, truth(drawn, projects=False, networks=True)


def side_by_side(drawn: Office, chance: random.Random) -> tuple[list[Page], Truth]:
    """Projects left, networks right."""
    left: list[Row] = [["Projekt", "Träger", "Partner"]]
    left += [
        [one.name, *("; ".join(drawn.called(one.bodies[role])) for role in ("traeger", "partner"))]
        for one in drawn.projects
    ]
    right: list[Row] = [["Netzwerk", "Mitglieder"]]
    right += [[drawn.names[key], "; ".join(drawn.called(members))] for key, members in drawn.networks.items()]
    height = max(len(left), len(right))
    rows = [
        [*(left[at] if at < len(left) else [""] * 3), "", *(right[at] if at < len(right) else [])]
        for at in range(height)
    ]
    return [Page("Alles", rows)], truth(drawn, networks=True, roles=("traeger", "partner"))


LAYOUTS = {
    one.__name__: one
    for one in (
        wide, long, stacked, numbered, one_cell, matrix, fact_sheets, transposed, titled_blocks, keyed, sections, by_carrier,
        sheets_by_field, by_actor, rosters, network_blocks, network_sheets, side_by_side,
    )
}  # fmt: skip


def draw(layout: str, list_: str, seed: int, folder: Path) -> tuple[list[Path], Truth]:
    """Draw a list in a layout as a workbook; None if the list has nothing for it."""
    chance = random.Random(f"{layout} {list_} {seed}")
    drawn = office(list_, chance)
    is_of_networks = "network" in layout or layout == "rosters"
    if (is_of_networks and len(drawn.networks) < 2) or not (is_of_networks or drawn.projects):
        return [], {"entities": [], "links": []}
    pages, true = LAYOUTS[layout](drawn, chance)
    book = Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet("".join(sign for sign in page.name if sign not in "/\\?*[]:"))
        for row in page.rows:
            sheet.append([None if cell == "" else cell for cell in row])
        for top, left, bottom, right in page.merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    path = folder / "liste.xlsx"
    book.save(path)
    return [path], true


def main(words: list[str]) -> None:
    """Print what comes of each layout over all lists."""
    import score

    import graph
    from graph.importing.plan import as_json, plan

    seeds = int(words[words.index("--seeds") + 1]) if "--seeds" in words else 2
    for layout in [word for word in words if word in LAYOUTS] or LAYOUTS:
        totals = [0] * 6
        worst: list[tuple[float, str, score.Score]] = []
        for list_ in files.OFFICES:
            for seed in range(seeds):
                with tempfile.TemporaryDirectory() as name, graph.open(None) as store:
                    paths, true = draw(layout, list_, seed, Path(name))
                    if not paths:
                        continue
                    result = score.score(as_json(plan(store, paths, source="x")), true)
                counts = (
                    result.right,
                    len(result.missed),
                    len(result.wrong),
                    len(result.merged),
                    len(result.lost),
                    len(result.split),
                )
                totals = [a + b for a, b in zip(totals, counts, strict=True)]
                worst.append((min(result.recall, result.precision), f"{list_} {seed}", result))
        right, missed, wrong, merged, lost, split = totals
        print(  # noqa: T201  # what the script is for
            f"{layout:16} recall {right / max(1, right + missed):.3f}  precision {right / max(1, right + wrong):.3f}  merged {merged}  lost {lost}  split {split}"
        )  # a script
        for quality, label, result in sorted(worst, key=lambda one: one[0]) if "--verbose" in words else ():
            print(f"    {label}: {quality:.3f}")  # noqa: T201  # what the script is for
            for kind in ("missed", "wrong", "merged", "lost"):
                print(*(f"        {kind}: {one}" for one in getattr(result, kind)[:6]), sep="\n")  # noqa: T201  # what the script is for


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(sys.argv[1:])
