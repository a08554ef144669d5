"""Rows made plain: what a list leaves out because the eye fills it in is written into each row."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing import givers, matrices
from graph.importing.addresses import parted
from graph.importing.blanks import is_unknown
from graph.importing.columnplans import ColumnPlan, Why
from graph.importing.grids import BLANK, Cell
from graph.importing.passages import role_in
from graph.importing.regions import Heading
from graph.importing.values import is_mark, looks_like_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.importing.regions import RawRow, RawTable

_DITTO: Final = frozenset(
    {
        '"',
        "''",
        "„",
        "“",
        "”",
        "″",
        "〃",
        "dto",
        "dito",
        "dto.",
        "ditto",
        "desgl.",
        "s. o.",
        "s.o.",
        '-"-',
        '- " -',
        "siehe oben",
        "siehe vorherige",
        "wie oben",
        "wie vor",
        "wie zuvor",
        "w. o.",
        "w.o.",
        "ebd",
        "ebd.",
        "ebenda",
        "ebenso",
        "ders",
        "ders.",
        "derselbe",
        "dies",
        "dies.",
        "dieselbe",
        "dieselben",
        "idem",
        "id.",
        "gleicher",
        "selbe",
        "↑",
        '" "',
    }
)
_SUBJECTS: Final = {
    "involvement": ("involvement.project_or_event",),
    "funding": ("funding.project",),
    "membership": ("membership.network", "membership.member"),
    "tie": ("tie.from_actor",),
}
_NO: Final = frozenset({"nein", "n", "no", "0", "-", "–", "—"})
_ROLE: Final = re.compile(r"(?i)\brolle|\bfunktion")
_OF_PROJECTS: Final = frozenset({"link:in", "link:traeger_von"})
_FIELD: Final = re.compile(r"(?i)\s*(?:strategisches )?(?:handlungsfeld|themenfeld|schwerpunkt|hf)\b")
_YEAR: Final = re.compile(
    r"(?i)\s*(?:(?:förder|programm|haushalts|projekt)?jahre?\W*)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?\s*:?"
)
_STATUS: Final = re.compile(r"(?i)\s*(laufende?|abgeschlossene?|geplante?|beendete?|bewilligte)\b")
_FOOTNOTE: Final = re.compile(r"(?<=[\w.)\"“])\s?(\*{1,3}|[¹²³†])(?=\s*(?:[,;/\n]|und\b|$))")
"""A sign behind a name that a legend explains."""
_FUND: Final = re.compile(r"(?i)\w*fonds\b[^:]*$|.*programm\b")


def made_plain(
    kind: str, table: RawTable, columns: tuple[ColumnPlan, ...], legend: Mapping[str, str]
) -> tuple[RawTable, tuple[ColumnPlan, ...]]:
    """A table with repeated values filled in, marks read, sections as columns; and what its columns are then."""
    letters = matrices.role_letters(legend)
    rows = _lettered(_given_out(_unmarked(table.rows, columns, letters, legend), columns), columns, letters)
    rows = _without_ditto(rows)
    columns, rows = _parted(rows, columns)
    rows = _filled(kind, rows, columns)
    more, rows = _sections(kind, rows, columns)
    headings = (*(plan.heading for plan in columns), *(plan.heading for plan in more))
    return replace(table, rows=tuple(rows), headings=headings), (
        *columns,
        *more,
    )


def _parted(rows: list[RawRow], columns: tuple[ColumnPlan, ...]) -> tuple[tuple[ColumnPlan, ...], list[RawRow]]:
    """What shares a cell with a name ("Name, Anschrift", "Projekt / Träger") in a column of its own."""
    at = next((at for at, plan in enumerate(columns) if plan.rest and plan.meaning.endswith(".name")), None)
    if at is None:
        return _without_addresses(rows, columns)
    plan = columns[at]
    is_bracketed = "(" in plan.heading.text or plan.rest.rpartition(".")[2] in ("period", "start", "end")
    part = re.compile(
        r"\s*\((?=[^()]*\)\s*$)"
        if is_bracketed
        else r"\s*\n\s*|,\s*"
        if plan.rest.rpartition(".")[2] in ("street", "address")
        else r"\s*\n\s*|\s+[/–]\s+|\s*;\s*|\s*/\s*"
    )
    found = []
    for row in rows:
        cell = row.cells[at]
        name, *rest = part.split(cell.text, maxsplit=1)
        rest = [text.strip().removesuffix(")") for text in rest] if is_bracketed else rest
        cells = (
            *row.cells[:at],
            replace(cell, text=name),
            *row.cells[at + 1 :],
            Cell("".join(rest), cell.ref if rest else ""),
        )
        found.append(replace(row, cells=cells))
    return (*columns[:at], replace(plan, rest=""), *columns[at + 1 :], replace(plan, meaning=plan.rest, rest="")), found


def _without_addresses(
    rows: list[RawRow], columns: tuple[ColumnPlan, ...]
) -> tuple[tuple[ColumnPlan, ...], list[RawRow]]:
    """Addresses that stand behind the names of bodies, and under no heading of theirs, in a column of their own."""
    at = next((at for at, plan in enumerate(columns) if plan.meaning in ("actor.name", "network.name")), None)
    if at is None or any(plan.meaning.endswith((".address", ".street")) for plan in columns):
        return columns, rows
    found = [parted(row.cells[at].text) for row in rows]
    if not any(behind for _, behind in found):
        return columns, rows
    plan = columns[at]
    told = [
        replace(
            row,
            cells=(
                *row.cells[:at],
                replace(row.cells[at], text=name),
                *row.cells[at + 1 :],
                Cell(behind, row.cells[at].ref if behind else ""),
            ),
        )
        for row, (name, behind) in zip(rows, found, strict=True)
    ]
    meaning = f"{plan.meaning.partition('.')[0]}.address"
    return (*columns, replace(plan, meaning=meaning, rest="")), told


def _lettered(rows: list[RawRow], columns: Sequence[ColumnPlan], own: Mapping[str, str]) -> list[RawRow]:
    """Rows in which the letter behind a name is the role it stands for: "Klimagarten (T)" is "Klimagarten (Träger)"."""
    letters = {
        at: {**matrices.ROLES, **own} if plan.meaning in _OF_PROJECTS or _ROLE.search(plan.heading.text) else own
        for at, plan in enumerate(columns)
        if plan.meaning.startswith("link:") and plan.why.kind != "marks"
    }
    return [
        replace(row, cells=tuple(_spelled(cell, letters.get(at, {})) for at, cell in enumerate(row.cells)))
        for row in rows
    ]


def _spelled(cell: Cell, letters: Mapping[str, str]) -> Cell:
    if not letters or not re.search(r"[(*¹²³†]", cell.text):
        return cell
    text = re.sub(r"\(([^()]{1,4})\)", lambda found: f"({letters.get(found[1].strip(), found[1])})", cell.text)
    text = _FOOTNOTE.sub(lambda found: f" ({letters[found[1]]})" if found[1] in letters else found[0], text)
    return replace(cell, text=text)


def _given_out(rows: list[RawRow], columns: Sequence[ColumnPlan]) -> list[RawRow]:
    """Rows in which what a giver pays is said in words."""
    plans = {at: plan for at, plan in enumerate(columns) if plan.why.kind == "givers"}
    if not plans:
        return rows
    return [
        replace(
            row,
            cells=tuple(
                givers.written_out(cell, plans[at]) if at in plans and cell.text else cell
                for at, cell in enumerate(row.cells)
            ),
        )
        for row in rows
    ]


def _unmarked(
    rows: Sequence[RawRow], columns: Sequence[ColumnPlan], letters: Mapping[str, str], legend: Mapping[str, str]
) -> list[RawRow]:
    marked = {at: plan.heading.text for at, plan in enumerate(columns) if plan.why.kind == "marks"}
    return (
        [
            replace(row, cells=tuple(_read(cell, marked.get(at), letters, legend) for at, cell in enumerate(row.cells)))
            for row in rows
        ]
        if marked
        else list(rows)
    )


def _read(cell: Cell, heading: str | None, letters: Mapping[str, str], legend: Mapping[str, str]) -> Cell:
    if heading is not None and (cell.text.casefold() in _NO or matrices.denies(cell.text, legend)):
        return BLANK
    if heading is None or not (
        is_mark(cell.text)
        or role_in(cell.text)
        or cell.text.strip(" ()") in letters
        or matrices.meant(cell.text, legend)
    ):
        is_remark = heading is not None and not is_unknown(cell.text) and not re.search(r"[()\n]", cell.text)
        return replace(cell, text=f"{heading} ({cell.text})", value=None) if is_remark else cell
    return replace(cell, text=matrices.read_mark(cell.text, heading, letters, legend), value=None)


def _without_ditto(rows: list[RawRow]) -> list[RawRow]:
    """Rows in which "dto." and quotation marks are what they point up to."""
    plain: list[RawRow] = []
    for row in rows:
        above = plain[-1].cells if plain else (BLANK,) * len(row.cells)
        cells = tuple(
            replace(upper, ref=cell.ref) if cell.text.casefold() in _DITTO else cell
            for cell, upper in zip(row.cells, above, strict=True)
        )
        plain.append(replace(row, cells=cells))
    return plain


def _filled(kind: str, rows: list[RawRow], columns: Sequence[ColumnPlan]) -> list[RawRow]:
    """Rows with the subject of the row above where they have none of their own, and with what stands left of it."""
    subjects = _SUBJECTS.get(kind, (f"{kind}.name",))
    key = next((at for meaning in subjects for at, plan in enumerate(columns) if plan.meaning == meaning), None)
    if key is None or not rows:
        return rows
    leading = [
        at
        for at, plan in enumerate(columns[:key])
        if _may_hold_for_several(plan) and _is_told_once([row.cells[at] for row in rows])
    ]
    found: list[RawRow] = []
    for row in rows:
        above = found[-1] if found and found[-1].section == row.section else None
        cells = list(row.cells)
        continues = 0
        if above and not cells[key].text and above.cells[key].text:
            cells[key] = replace(above.cells[key], ref=cells[key].ref or above.cells[key].ref, note="")
            continues = above.continues or above.number
        for at in leading:
            if above and not cells[at].text:
                cells[at] = replace(above.cells[at], ref=cells[at].ref or above.cells[at].ref, note="")
        found.append(replace(row, cells=tuple(cells), continues=continues))
    return found


def _may_hold_for_several(plan: ColumnPlan) -> bool:
    """Whether a column left of the names may group them: who carries them, a field, a fund; not who else is in one."""
    name = plan.meaning.rpartition(".")[2]
    return plan.meaning in _GROUPING or name in (
        "handlungsfelder",
        "handlungsfeld",
        "fund",
        "status",
        "round",
        "parent",
    )


_GROUPING: Final = frozenset(
    {"link:traeger", "link:veranstalter", "link:auftraggeber", "link:mitglied_von", "link:", "note"}
)


def _is_told_once(cells: Sequence[Cell]) -> bool:
    """Whether a column names a thing once for the rows below: blanks between, and hardly anything twice."""
    texts = [cell.text for cell in cells if cell.text]
    return bool(cells[0].text) and len(texts) < len(cells) and len(set(texts)) >= 0.8 * len(texts)


def _sections(kind: str, rows: list[RawRow], columns: Sequence[ColumnPlan]) -> tuple[list[ColumnPlan], list[RawRow]]:
    """One more column for each sort of thing the sections name."""
    meanings: dict[str, None] = {}
    told: list[dict[str, str]] = []
    for row in rows:
        said: dict[str, str] = {}
        for text in row.section.split("\n") if row.section else ():
            meaning = _section_meaning(kind, text, columns)
            said[meaning] = f"{said[meaning]}; {text}" if meaning in said else text.rstrip(":")
        told.append(said)
        meanings |= dict.fromkeys(said)
    if not meanings:
        return [], rows
    ref = next(row.section_ref for row in rows if row.section_ref)
    plans = [ColumnPlan(Heading("", "", ref), ref, meaning, 0.7, Why("section")) for meaning in meanings]
    cells = [
        tuple(Cell(said.get(meaning, ""), row.section_ref if meaning in said else "") for meaning in meanings)
        for row, said in zip(rows, told, strict=True)
    ]
    return plans, [
        replace(row, cells=(*row.cells, *more), section="", section_ref="")
        for row, more in zip(rows, cells, strict=True)
    ]


def _section_meaning(kind: str, text: str, columns: Sequence[ColumnPlan]) -> str:
    """What a section says of its rows; "note" if nobody knows."""
    taken = {plan.meaning for plan in columns}
    if kind in ("project", "actor", "network") and _FIELD.match(text):
        return f"{kind}.handlungsfelder"
    if _YEAR.fullmatch(text):
        dated = {f"{kind}.start", f"{kind}.period"} & taken
        return "note" if dated else f"{kind}.period"
    if kind == "project" and _STATUS.match(text) and "project.status" not in taken:
        return "note"
    if kind == "project" and not {"project.fund", "link:foerderer"} & taken:
        if _FUND.match(text):
            return "project.fund"
        if "link:traeger" in taken and looks_like_body(text):
            return "link:foerderer"
    return "note"
