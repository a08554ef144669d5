"""Layouts in which offices drawn by chance write down their projects and networks."""

# a list of choices is one line; chance that draws lists keeps no secret

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import notation
from invented import ROLES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invented import Office, Project

Row = list[str]


def _period(office: Office, project: Project) -> str:
    start, end = project.start, project.start + project.years
    forms = [
        f"{start}-{end}",
        f"{start} – {end}",
        f"{start} bis {end}",
        f"01.03.{start} - 31.12.{end}",
        f"03/{start} - 12/{end}",
        f"{start}/{end % 100:02}",
    ]
    forms = (
        forms
        if end > start
        else [str(start), f"Sommer {start}", f"Mai {start}", f"01.02.{start} bis 30.11.{start}", f"#{start}"]
    )
    return office.chance.choice([*forms, f"seit {start}", f"ab {start}", "laufend", ""])


def _amount(office: Office) -> str:
    number = office.chance.randrange(2, 120) * 250
    return office.chance.choice(
        [
            f"#{number}",
            f"{number:,} €".replace(",", "."),
            f"{number:,},00".replace(",", ".", 1).replace(".00", ",00"),
            f"ca. {number // 1000 + 1} T€",
            "k. A.",
        ]
    )


def _more(office: Office, project: Project, kind: str) -> str:
    if kind == "period":
        return _period(office, project)
    if kind == "amount":
        return _amount(office)
    if kind == "address":
        return f"{office.chance.choice(WORDS['streets']).replace('-', ' ')} {office.chance.randrange(1, 90)}"
    return project.field


def _sentence(office: Office, project: Project, roles: Iterable[str] = ROLES) -> None:
    for role in roles:
        for body in project.bodies[role]:
            office.true(project.key, role, body)


def _mark(project: Project) -> str:
    return f"{{{project.name}={project.key}}}"


def wide(office: Office) -> list[notation.Sheet]:
    """One row per project, one column per role, more columns between."""
    chance = office.chance
    kinds = [
        "subject",
        "traeger",
        "partner",
        *(["foerderer"] if chance.random() < 0.8 else []),
        *chance.sample(("period", "amount", "field", "address"), chance.randrange(4)),
    ]
    if chance.random() < 0.4:
        chance.shuffle(kinds)
    numbered = chance.random() < 0.4
    rows: list[Row] = [[*(["Nr."] if numbered else []), *(office.heading(kind) for kind in kinds)]]
    for at, project in enumerate(office.projects, start=1):
        cells = {role: office.cell(project.bodies[role]) or chance.choice(("", "", "-", "k.A.")) for role in ROLES}
        row = [
            _mark(project) if kind == "subject" else cells[kind] if kind in cells else _more(office, project, kind)
            for kind in kinds
        ]
        rows.append([*([f"#{at}"] if numbered else []), *row])
        _sentence(office, project, [kind for kind in kinds if kind in ROLES])
    return [notation.Sheet(chance.choice(("Projekte", "Tabelle1", "Übersicht", "Liste", "Projekte 2024")), rows=rows)]


def sections(office: Office) -> list[notation.Sheet]:
    """As `wide`, in sections by field, each with a title row."""
    [sheet] = wide(office)
    head, *rows = sheet.rows
    done: list[Row] = [head]
    for at, name in enumerate(sorted({project.field for project in office.projects}), start=1):
        title = office.chance.choice((name, f"HF {at}: {name}", f"Handlungsfeld {name}", f"{at}. {name}"))
        done.append([title, *[office.chance.choice(("<", ""))] * (len(head) - 1)])
        done += [row for row, project in zip(rows, office.projects, strict=True) if project.field == name]
    return [notation.Sheet(sheet.name, rows=done)]


def grouped_head(office: Office) -> list[notation.Sheet]:
    """As `wide`, with a row of group headers above the header."""
    [sheet] = wide(office)
    width = len(sheet.rows[0])
    cut = office.chance.randrange(1, width)
    groups = ["Projekt", *["<"] * (cut - 1), "Angaben", *["<"] * (width - cut - 1)]
    return [notation.Sheet(sheet.name, rows=[groups, *sheet.rows])]


def participations(office: Office) -> list[notation.Sheet]:
    """One row per body that takes part, with its role."""
    chance = office.chance
    kinds = ["subject", "body", "role"]
    if chance.random() < 0.5:
        chance.shuffle(kinds)
    told = {role: chance.choice(WORDS["role_words"][role]) for role in ROLES}
    office.tags.update({f"role word: {word}": "role word" for word in told.values()})
    rows: list[Row] = [[office.heading(kind) for kind in kinds]]
    for project in office.projects:
        for role in ROLES:
            for body in project.bodies[role]:
                cells = {"subject": _mark(project), "body": office.called(body), "role": told[role]}
                rows.append([cells[kind] for kind in kinds])
        _sentence(office, project)
    return [notation.Sheet(chance.choice(("Beteiligungen", "Tabelle1", "Projektbeteiligte")), rows=rows)]


def stacked(office: Office) -> list[notation.Sheet]:
    """Several rows per project, one partner in each; what holds for all stands in the first, or is merged."""
    chance, rest = office.chance, office.chance.choice(("^", ""))
    rows: list[Row] = [
        [office.heading("subject"), office.heading("traeger"), office.heading("partner"), office.heading("period")]
    ]
    for project in office.projects:
        first = [_mark(project), office.cell(project.bodies["traeger"])]
        partners = [office.called(body) for body in project.bodies["partner"]] or [""]
        rows.append([*first, partners[0], _period(office, project)])
        rows += [[rest, rest, name, rest] for name in partners[1:]]
        _sentence(office, project, ("traeger", "partner"))
    return [notation.Sheet(chance.choice(("Projekte", "Sheet1")), rows=rows)]


def numbered(office: Office) -> list[notation.Sheet]:
    """A column for each partner."""
    chance = office.chance
    most = max(1, *(len(project.bodies["partner"]) for project in office.projects))
    word = office.heading("partner")
    heads = chance.choice(
        ([f"{word} {at + 1}" for at in range(most)], [word, *[""] * (most - 1)], [word, *["<"] * (most - 1)])
    )
    rows: list[Row] = [[office.heading("subject"), office.heading("traeger"), *heads, office.heading("amount")]]
    for project in office.projects:
        partners = [office.called(body) for body in project.bodies["partner"]]
        rows.append(
            [
                _mark(project),
                office.cell(project.bodies["traeger"]),
                *partners,
                *[""] * (most - len(partners)),
                _amount(office),
            ]
        )
        _sentence(office, project, ("traeger", "partner"))
    return [notation.Sheet("Projekte", rows=rows)]


def labelled(office: Office) -> list[notation.Sheet]:
    """All bodies in one cell, with their roles before them or in brackets."""
    chance = office.chance
    told = {role: chance.choice(WORDS["role_words"][role]) for role in ROLES}
    before = chance.random() < 0.5
    office.tags.update({f"role word: {word}": "role word" for word in told.values()})
    rows: list[Row] = [
        [
            office.heading("subject"),
            chance.choice(("Beteiligte", "Akteure", "Wer macht mit?", "Beteiligte Akteure")),
            office.heading("period"),
        ]
    ]
    for project in office.projects:
        if before:
            parts = [
                f"{told[role]}: {', '.join(map(office.called, project.bodies[role]))}"
                for role in ROLES
                if project.bodies[role]
            ]
            cell = chance.choice(("\n", "; ")).join(parts)
        else:
            cell = "; ".join(f"{office.called(body)} ({told[role]})" for role in ROLES for body in project.bodies[role])
        rows.append([_mark(project), cell, _period(office, project)])
        _sentence(office, project)
    return [notation.Sheet("Projekte", rows=rows)]


def crossed(office: Office) -> list[notation.Sheet]:
    """Projects and bodies crosswise, marks where they meet."""
    chance = office.chance
    marks = chance.choice((("T", "P", "F"), ("Träger", "Partner", "Förderer"), ("T", "x", "F"), ("TR", "KP", "FÖ")))
    told = dict(zip(ROLES, marks, strict=True))
    bodies = list(
        {body.key: body for project in office.projects for role in ROLES for body in project.bodies[role]}.values()
    )
    at = {
        (project.key, body.key): told[role]
        for project in office.projects
        for role in ROLES
        for body in project.bodies[role]
    }
    if chance.random() < 0.5:
        rows = [[office.heading("subject"), *map(office.called, bodies)]]
        rows += [
            [_mark(project), *(at.get((project.key, body.key), "") for body in bodies)] for project in office.projects
        ]
    else:
        rows = [[office.heading("body"), *map(_mark, office.projects)]]
        rows += [
            [office.called(body), *(at.get((project.key, body.key), "") for project in office.projects)]
            for body in bodies
        ]
    legend = chance.choice((", ", "; ")).join(
        f"{mark} = {word}" for mark, word in zip(marks, ("Träger", "Partner", "Förderer"), strict=True)
    )
    for project in office.projects:
        _sentence(office, project)
    return [notation.Sheet("Matrix", rows=[*rows, [], *([[f"Legende: {legend}"]] if len(marks[0]) < 3 else [])])]


def blocks(office: Office) -> list[notation.Sheet]:
    """Labels and values, one block per project: below one another, or a sheet each."""
    chance, colon = office.chance, office.chance.choice((":", ""))
    heads = {kind: office.heading(kind) for kind in ("subject", *ROLES, "period", "field")}
    found = []
    for project in office.projects[:12]:
        rows = [[heads["subject"] + colon, _mark(project)], [heads["field"] + colon, project.field]]
        rows += [[heads[role] + colon, office.cell(project.bodies[role])] for role in ROLES]
        found.append([*rows, [heads["period"] + colon, _period(office, project)]])
        _sentence(office, project)
    if chance.random() < 0.5:
        return [notation.Sheet("Steckbriefe", rows=[row for block in found for row in [*block, []]])]
    return [notation.Sheet(f"Projekt {at}", rows=block) for at, block in enumerate(found, start=1)]


def turned(office: Office) -> list[notation.Sheet]:
    """A column per project, a row per kind of what is told."""
    [sheet] = wide(office)
    return [notation.Sheet(sheet.name, rows=[list(row) for row in zip(*sheet.rows, strict=True)])]


def keyed(office: Office) -> list[notation.Sheet]:
    """Projects with numbers on one sheet, who takes part by number on another."""
    chance = office.chance
    head = chance.choice(("Projekt-Nr.", "Projekt-ID", "Projektnummer", "P-Nr.", "Kennung", "ID"))
    ids = {
        project.key: f"{chance.choice('PM')}{at:03}" if "ID" in head else f"{at}"
        for at, project in enumerate(office.projects, start=101)
    }
    rows = [[head, office.heading("subject"), office.heading("period")]]
    rows += [[ids[project.key], _mark(project), _period(office, project)] for project in office.projects]
    told = {role: chance.choice(WORDS["role_words"][role]) for role in ROLES}
    office.tags.update({f"role word: {word}": "role word" for word in told.values()})
    second = [["Projekt-ID" if head == "ID" else head, office.heading("body"), office.heading("role")]]
    for project in office.projects:
        second += [
            [ids[project.key], office.called(body), told[role]] for role in ROLES for body in project.bodies[role]
        ]
        _sentence(office, project)
    return [notation.Sheet("Projekte", rows=rows), notation.Sheet("Beteiligte", rows=second)]


def by_actor(office: Office) -> list[notation.Sheet]:
    """One row per body: what it carries, what it joins, where it sits."""
    rows = [[office.heading("body"), office.heading("carries"), office.heading("joins"), office.heading("sits")]]
    glue = office.chance.choice(("; ", "\n"))
    for body in office.bodies:
        roles = [
            [project for project in office.projects if body in project.bodies[role]] for role in ("traeger", "partner")
        ]
        sits = [network for network, members in office.networks if body in members]
        if not any((*roles, sits)):
            continue
        rows.append(
            [office.called(body), *(glue.join(map(_mark, some)) for some in roles), glue.join(map(office.called, sits))]
        )
        for network in sits:
            office.true(network.key, "mitglied", body)
    for project in office.projects:
        _sentence(office, project, ("traeger", "partner"))
    return [notation.Sheet(office.chance.choice(("Akteure", "Akteursliste", "Einrichtungen")), rows=rows)]


def by_year(office: Office) -> list[notation.Sheet]:
    """One sheet per year, some projects on two of them."""
    [sheet] = wide(office)
    head, *rows = sheet.rows
    cut = len(rows) // 2
    return [notation.Sheet("2022", rows=[head, *rows[: cut + 1]]), notation.Sheet("2023", rows=[head, *rows[cut:]])]


def by_carrier(office: Office) -> list[notation.Sheet]:
    """Rows under the name of their carrier."""
    rows = [[office.heading("subject"), office.heading("partner"), office.heading("period")]]
    groups: dict[str, list[Project]] = defaultdict(list)
    for project in office.projects:
        groups[project.bodies["traeger"][0].key].append(project)
    label = office.chance.choice(("Träger: ", "Projektträger: "))
    for projects in groups.values():
        rows.append([f"{label}{office.called(projects[0].bodies['traeger'][0])}", "", ""])
        for project in projects:
            del project.bodies["traeger"][1:]
            rows.append([_mark(project), office.cell(project.bodies["partner"]), _period(office, project)])
            _sentence(office, project, ("traeger", "partner"))
    return [notation.Sheet("nach Trägern", rows=rows)]


SHAPES = {
    one.__name__: one
    for one in (
        wide,
        sections,
        grouped_head,
        participations,
        stacked,
        numbered,
        labelled,
        crossed,
        blocks,
        turned,
        keyed,
        by_actor,
        by_year,
        by_carrier,
    )
}


def _sit(office: Office) -> None:
    for network, members in office.networks:
        for body in members:
            office.true(network.key, "mitglied", body)


def cells(office: Office) -> list[notation.Sheet]:
    """One row per network, its members in one cell."""
    rows = [[office.heading("network"), office.heading("members"), "Turnus"]]
    rows += [[office.called(network), office.cell(members), "monatlich"] for network, members in office.networks]
    _sit(office)
    return [notation.Sheet("Netzwerke", rows=rows)]


def members(office: Office) -> list[notation.Sheet]:
    """One row per member."""
    rows = [[office.heading("network"), office.heading("body"), "seit"]]
    rows += [
        [office.called(network), office.called(body), f"#{office.chance.randrange(2008, 2024)}"]
        for network, some in office.networks
        for body in some
    ]
    _sit(office)
    return [notation.Sheet("Mitgliedschaften", rows=rows)]


def rosters(office: Office) -> list[notation.Sheet]:
    """A column per network, its members below."""
    rows = [[office.called(network) for network, _ in office.networks]]
    height = max(len(some) for _, some in office.networks)
    rows += [[office.called(some[at]) if at < len(some) else "" for _, some in office.networks] for at in range(height)]
    _sit(office)
    return [notation.Sheet(office.chance.choice(("Gremien", "Netzwerke", "Mitglieder")), rows=rows)]


def ticks(office: Office) -> list[notation.Sheet]:
    """Bodies down, networks across, a mark for each seat."""
    mark = office.chance.choice(("x", "X", "✓", "ja"))
    rows = [[office.heading("body"), *(office.called(network) for network, _ in office.networks)]]
    for body in {one.key: one for _, some in office.networks for one in some}.values():
        rows += [[office.called(body), *(mark if body in some else "" for _, some in office.networks)]]
    _sit(office)
    return [notation.Sheet("Wer sitzt wo", rows=rows)]


def titled(office: Office) -> list[notation.Sheet]:
    """Each network a title, its members in rows below."""
    rows, head = list[Row](), office.heading("members")
    for network, some in office.networks:
        rows += [[office.called(network), ""], [head, "seit"]]
        rows += [[office.called(body), f"#{office.chance.randrange(2010, 2024)}"] for body in some] + [[]]
    _sit(office)
    return [notation.Sheet("Gremien", rows=rows)]


GROUPS = {one.__name__: one for one in (cells, members, rosters, ticks, titled)}


def directory(office: Office) -> notation.Sheet:
    """The addresses of all bodies, with their short names."""
    rows = [[office.heading("body"), office.heading("short"), office.heading("address")]]
    for body in office.bodies:
        street = f"{office.chance.choice(WORDS['streets']).replace('-', ' ')} {office.chance.randrange(1, 90)}"
        rows.append([f"{{{body.names[0]}={body.key}}}", f"{{{body.short}={body.key}}}" if body.short else "", street])
    return notation.Sheet("Adressen", rows=rows)
