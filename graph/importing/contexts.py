"""What stands above rows and holds for all of them, as a column: "Projekt: Lesezelt", "Mitglieder des Rats"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing.grids import BLANK, Cell
from graph.importing.headings import RUNNING, familiar, key_headings, labelled, normal, tight, understood
from graph.importing.passages import role_of
from graph.importing.regions import Heading
from graph.importing.rosters import NETWORK_HEADING, names_network
from graph.importing.seams import has_head
from graph.importing.spoken import spoken
from graph.importing.stems import said
from graph.importing.values import DATE, TIME_WORD, is_mark, looks_like_body, looks_typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.importing.regions import RawTable

_MEMBERS: Final = re.compile(
    r"(?i)\b(?:mitglieder(?:liste|verzeichnis)?|sitz(?:verteilung|liste|plan)|teilnehm(?:er|ende)\w*|mitwirkende|zusammensetzung|besetzung)"
    r"(?: (?:des|der|im|in der|am|vom|von))?\b"
)
_GENITIVE: Final = re.compile(r"(?i)(?:mitglieder\w*|teilnehm\w+|mitwirkende|zusammensetzung|besetzung) des\b")
_INSIDE: Final = re.compile(r"(?P<who>.+?) (?:im|in der|in dem|in|am|beim|bei der) (?P<network>[A-ZÄÖÜ].*)")
"""Who sits in what: "Starke Partner im Quartiersrat"."""
_APART: Final = re.compile(r":\s|\s[–—-]\s|\s\|\s")
_STAND: Final = re.compile(
    r"\s*[(\[][^()\[\]]*[)\]]\s*$|[\s,–-]*\b(?:Stand\b.*|(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?)$"
)
_ROLE: Final = re.compile(r"\b(?:rolle|funktion|aufgabe)\b(?: (?:des|der|von))?")
_LIKE_ONE: Final = 0.7
"""How like a heading a text must be to be one."""
_MEMBER_WORDS: Final = frozenset({"mitglied", "mitglieder", "mitgliedseinrichtung", "mitgliedsorganisation"})


def told(table: RawTable) -> RawTable:
    """A table with what its sections, title or sheet name say of its rows in columns of their own."""
    if table.layout != "rows" or not table.rows:
        return table
    table = _flagged(_continued(_with_roles(spoken(_without_title_row(table)))))
    if any(row.section for row in table.rows):
        return _bare(_labelled(table))
    return _titled(table)


def _without_title_row(table: RawTable) -> RawTable:
    """A bare list under a row that says whose members they are, with that row as its title; more may stand beside."""
    first, *beside = (cell.text for cell in table.rows[0].cells)
    if any(heading.text for heading in table.headings) or len(table.rows) < 2:  # one below
        return table
    if not all(text and familiar(text) >= _LIKE_ONE for text in beside):
        return table
    bodies = sum(looks_like_body(row.cells[0].text) for row in table.rows[1:])
    if not _MEMBERS.search(first) and not (names_network(_bare_title(first)) and bodies * 3 >= len(table.rows) - 1):
        return table
    headings = [Heading("Mitglied", "", table.headings[0].ref)]
    headings += [Heading(cell.text, "", cell.ref) for cell in table.rows[0].cells[1:]]
    is_headed = tight(table.rows[1].cells[0].text) in _MEMBER_WORDS | key_headings("actor")
    return replace(table, title=first, headings=tuple(headings), rows=table.rows[2 if is_headed else 1 :])


def _flagged(table: RawTable) -> RawTable:
    """A table of bodies and projects in which yes and no below "Träger" or "lead" are words for the part they play."""
    senses = [understood(heading.text) for heading in table.headings]
    both = [any(one.meaning == name and sure > 0.9 for found in senses for one, sure, _ in found) for name in _BOTH]
    flags = [
        at
        for at, found in enumerate(senses)
        if any(one.meaning == "link:traeger" and sure > 0.85 for one, sure, _ in found)
        and {row.cells[at].text.casefold() for row in table.rows} <= {*_YES, *_NO}
    ]
    if len(flags) != 1 or not all(both) or not any(row.cells[flags[0]].text for row in table.rows):
        return table
    at = flags[0]
    heading = replace(table.headings[at], text="Rolle")
    rows = tuple(
        replace(
            row,
            cells=(
                *row.cells[:at],
                replace(
                    row.cells[at], text="Träger" if row.cells[at].text.casefold() in _YES else "Partner", value=None
                ),
                *row.cells[at + 1 :],
            ),
        )
        for row in table.rows
    )
    return replace(table, headings=(*table.headings[:at], heading, *table.headings[at + 1 :]), rows=rows)


_BOTH: Final = ("actor.name", "link:in")
_YES: Final = frozenset({"ja", "j", "yes", "y", "x", "true", "1"})
_NO: Final = frozenset({"nein", "n", "no", "false", "0", "", "-", "–"})


def _continued(table: RawTable) -> RawTable:
    """A table in which columns of names without a heading have that of the column of names left of them."""
    headings = list(table.headings)
    for at, heading in enumerate(headings[1:], start=1):
        left = headings[at - 1]
        if (
            heading.text
            or not left.text
            or not any(_is_link(sense.meaning) for sense, sure, _ in understood(left.text) if sure > 0.9)
        ):
            continue
        cells = [row.cells[at] for row in table.rows if row.cells[at].text]
        named = {row.cells[other].text for row in table.rows for other in range(len(headings)) if other != at}
        bodies = sum(looks_like_body(cell.text) or has_head(cell.text) or cell.text in named for cell in cells)
        if cells and bodies * 2 >= len(cells) and sum(map(_may_name, cells)) >= 0.8 * len(cells):
            headings[at] = replace(left, ref=heading.ref)
    return replace(table, headings=tuple(headings))


def _is_link(meaning: str) -> bool:
    return meaning.startswith("link:") and meaning != "link:in"


def _may_name(cell: Cell) -> bool:
    return len(cell.text) < 90 and not looks_typed(cell) and not cell.text[0].islower()


def _with_roles(table: RawTable) -> RawTable:
    """A table with the role of each partner behind its name: "Partner 1 | Rolle Partner 1" are one column."""
    pairs = [at for at in range(1, len(table.headings)) if _tells_role_of(table, at)]
    for at in reversed(pairs):
        rows = tuple(
            replace(row, cells=(*row.cells[: at - 1], _joint(row.cells[at - 1], row.cells[at]), *row.cells[at + 1 :]))
            for row in table.rows
        )
        table = replace(table, headings=(*table.headings[:at], *table.headings[at + 1 :]), rows=rows)
    return table


def _tells_role_of(table: RawTable, at: int) -> bool:
    """Whether a column is the role of the names left of it: its heading says so, or there are several such."""
    if not _is_role(table.headings[at]) or _is_role(table.headings[at - 1]):
        return False
    rest = _ROLE.sub("", normal(table.headings[at].text)).strip()
    left = normal(table.headings[at - 1].text)
    named = any(
        sense.meaning.startswith("link:") for sense, sure, _ in understood(table.headings[at - 1].text) if sure > 0.9
    )
    return named and (rest == left or sum(map(_is_role, table.headings)) > 1)


def _is_role(heading: Heading) -> bool:
    return bool(_ROLE.search(normal(heading.text)))


def _joint(name: Cell, role: Cell) -> Cell:
    return replace(name, text=f"{name.text} ({role.text})") if name.text and role.text else name


def _labelled(table: RawTable) -> RawTable:
    """Sections that say what they are ("Träger: AWO") in a column of that heading."""
    present = {tight(heading.text) for heading in table.headings}
    found: dict[str, tuple[str, str]] = {}
    for row in table.rows:
        for line in row.section.split("\n"):
            if (pair := labelled(line)) and tight(pair[0]) not in present:
                found.setdefault(tight(pair[0]), (pair[0], row.section_ref))
    if not found:
        return table
    rows = []
    for row in table.rows:
        lines = [(line, labelled(line)) for line in row.section.split("\n") if line]
        said = {tight(pair[0]): pair[1] for _, pair in lines if pair}
        more = tuple(Cell(said[key], row.section_ref) if key in said else BLANK for key in found)
        rest = "\n".join(line for line, pair in lines if not pair or tight(pair[0]) not in found)
        rows.append(replace(row, cells=(*row.cells, *more), section=rest))
    headings = (*table.headings, *(Heading(label, "", ref) for label, ref in found.values()))
    return replace(table, headings=headings, rows=tuple(rows))


def _bare(table: RawTable) -> RawTable:
    """Sections that are just names: of projects above lists of roles, of networks above members, of those who carry."""
    sections = {row.section for row in table.rows}
    if "" in sections or any("\n" in section for section in sections):
        return table
    label = _sort(table, sorted(sections))
    if not label or tight(label) in {tight(heading.text) for heading in table.headings}:
        return table
    rows = tuple(
        replace(row, cells=(*row.cells, Cell(_STAND.sub("", row.section), row.section_ref)), section="")
        for row in table.rows
    )
    return replace(table, headings=(*table.headings, Heading(label, "", table.rows[0].section_ref)), rows=rows)


def _sort(table: RawTable, sections: Sequence[str]) -> str:
    """The heading that sections would have as a column, "" if that cannot be told."""
    meanings = {
        sense.meaning for heading in table.headings for sense, sure, _ in understood(heading.text) if sure > 0.9
    }
    has_project = {"project.name", "event.name", "involvement.project_or_event"} & {
        sense.meaning for heading in table.headings for sense, sure, _ in understood(heading.text)[:1] if sure > 0.9
    }
    if not has_project and sum(_holds_roles(table, at) for at in range(len(table.headings))) == 1:
        return "Projekt"
    networks = sum(map(names_network, sections)) * 2 >= len(sections)
    if {tight(heading.text) for heading in table.headings} & _MEMBER_WORDS or (networks and not has_project):
        return NETWORK_HEADING
    bodies = sum(map(looks_like_body, sections)) >= 0.7 * len(sections)
    return "Träger" if has_project and bodies and "link:traeger" not in meanings else ""


def _holds_roles(table: RawTable, at: int) -> bool:
    texts = [row.cells[at].text for row in table.rows if row.cells[at].text]
    return bool(texts) and sum(role_of(text) is not None for text in texts) >= 0.7 * len(texts)


def _titled(table: RawTable) -> RawTable:
    """The project, network or carrier that the title or the sheet's name gives all rows."""
    titles = [*reversed(table.title.split(" – ")), table.sheet] if table.title else [table.sheet]
    present = {tight(heading.text) for heading in table.headings}
    for title in titles:
        pair = labelled(title) or _members(title, table)
        if pair and tight(pair[0]) not in present:
            ref = table.headings[0].ref
            rows = tuple(replace(row, cells=(*row.cells, Cell(pair[1], ref))) for row in table.rows)
            return replace(table, headings=(*table.headings, Heading(pair[0], "", ref)), rows=rows)
    return table


def _members(title: str, table: RawTable) -> tuple[str, str] | None:
    """The network whose members a table lists: its title or sheet says so, or is called so over a list of bodies."""
    told_so = _MEMBERS.search(table.title) or {tight(heading.text) for heading in table.headings} & _MEMBER_WORDS
    before, after = (*_APART.split(title, maxsplit=1), "")[:2]
    bare = _bare_title(before if after and _speaks_of_members(after) else title)
    name = _MEMBERS.sub("", bare).strip(" :–-()")
    if _GENITIVE.search(title):
        name = _nominative(name)
    if (inside := _INSIDE.fullmatch(name)) and names_network(inside["network"]) and not names_network(inside["who"]):
        name = inside["network"]
    if (
        not name
        or len(name) > 80
        or tight(name) in ("", "liste", "tabelle")
        or re.search(r"(?i)netzwerke|gremien|arbeitskreise", name)
    ):
        return None
    if _MEMBERS.search(title) and len(name) > 2:
        return NETWORK_HEADING, name
    return (NETWORK_HEADING, name) if names_network(name) and (told_so or _lists_bodies(table)) else None


def _speaks_of_members(text: str) -> bool:
    """Whether a text says that members are listed: "Mitgliedsorganisationen", "Vertretene Einrichtungen"."""
    told = said(text)
    is_told = told is not None and (told.role in ("mitglied", "teilnahme") or told.field == "bodies")
    return is_told or bool(_MEMBERS.search(text))


def _bare_title(title: str) -> str:
    """A title without the years and days behind it."""
    return re.sub(r"[\s,–-]*\b(?:Wahl|Amts|Legislatur)periode$", "", _STAND.sub("", _STAND.sub("", title)))


def _nominative(name: str) -> str:
    """A name without its genitive: "Verbundes Nord" → "Verbund Nord", "Runden Tisches" → "Runder Tisch"."""
    adjective = re.match(r"([A-ZÄÖÜ][a-zäöüß]+)en (?=[A-ZÄÖÜ]\w+s\b)", name)
    if adjective:
        return f"{adjective[1]}er {_nominative(name[adjective.end() :])}"
    return re.sub(r"^([\w-]+?)(?:(?<=nis)ses|(?<=[^aeiouäöü\W])es|(?<=[^s\W])s)\b", r"\1", name)


def _lists_bodies(table: RawTable) -> bool:
    """Whether a table is no more than a list of bodies: the first column names them, no other names anything else."""
    firsts = [sense.meaning for heading in table.headings for sense, _, _ in understood(heading.text)[:1]]
    naming = [heading for heading in table.headings if tight(heading.text) not in RUNNING][:1]
    told = [sense for heading in naming for sense, sure, _ in understood(heading.text) if sure > 0.9]
    if any(sense.meaning in ("project.name", "event.name") for sense in told) or not _are_told(table):
        return False
    return any(sense.kind == "actor" for sense in told) and "network.name" not in firsts


def _are_told(table: RawTable) -> bool:
    """Whether no two columns say by marks in what the rows take part: then the title names no one network."""
    named = (
        at
        for at, heading in enumerate(table.headings)
        if not DATE.fullmatch(heading.text) and not TIME_WORD.fullmatch(heading.text)
    )
    columns = ([row.cells[at].text for row in table.rows if row.cells[at].text] for at in named)
    return sum(bool(texts) and all(map(is_mark, texts)) for texts in columns) < 2  # as `matrices.marked`
