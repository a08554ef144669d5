"""Numbers and codes that stand for names: "P07" on one sheet is what the sheet of projects calls P07."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph.importing import matrices
from graph.importing.headings import normal, says_number, tight, understood, without_number
from graph.importing.passages import role_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.importing.columnplans import TablePlan
    from graph.importing.grids import Cell
    from graph.importing.regions import RawTable

_JOINT: Final = re.compile(r"\s*[,;/+\n]\s*|\s+und\s+|\s+(?=[A-Z]{0,3}\d)")
_IN_BRACKETS: Final = re.compile(r"(?i)\((?:[^)]*[\s/])?(?:nr|nummern?|id|ziffern?|kürzel)\b[^)]*\)")
"""What says that a column holds numbers: "Partner (Nr. s. Liste)"."""
_LABELS: Final = {
    "project": "Projekt", "actor": "Akteur", "network": "Netzwerk", "event": "Veranstaltung",
    "programme": "Förderprogramm",     "place": "Ort",
}  # fmt: skip
_WANTED: Final[dict[str, tuple[str, ...]]] = {
    "actor": ("link:",),
    "network": ("link:mitglied_von",),
    "project": ("link:in", "link:traeger_von", "link:foerderer_von"),
}
"""What columns of keys of entries of a kind may mean, besides their names."""
_SHORT: Final = ("kuerzel", "abkuerzung", "kurzform", "code", "akronym")
"""How headings over short names end."""
_CODE: Final = 12
"""Characters of a code at most."""


@dataclass(frozen=True)
class Key:
    """A column whose values stand for the names beside them.

    Attributes:
        table: number of its table. kind: of the rows there.
        heading: of the column, as `tight` writes it.
        names: what each value stands for.
        is_telling: its values are no bare numbers, so that they mean the same wherever they stand.
        is_short: its values are short names, by which another list may mean others.
    """

    table: int
    kind: str
    heading: str
    names: Mapping[str, str]
    is_telling: bool
    is_short: bool = False


def keys(plans: Sequence[TablePlan]) -> list[Key]:
    """The key columns of tables whose rows have names."""
    return [key for number, plan in enumerate(plans) if plan.kind in _LABELS for key in _keys_of(number, plan)]


def _keys_of(number: int, plan: TablePlan) -> Iterable[Key]:
    name = next((at for at, column in enumerate(plan.columns) if column.meaning == f"{plan.kind}.name"), None)
    for at, column in enumerate(plan.columns if name is not None else ()):
        heading = column.heading.text
        is_short = column.meaning.endswith(".short_name") or normal(heading).endswith(_SHORT)
        if at == name or not (
            is_short or says_number(heading) or (column.meaning == "ignore" and column.why.kind == "numbers")
        ):
            continue
        pairs = [(row.cells[at].text, row.cells[name].text) for row in plan.table.rows if not row.continues]  # type: ignore[index]  # there is one
        names = {text: title for text, title in pairs if text and title}
        if len(names) == sum(bool(text and title) for text, title in pairs) and names:
            telling = sum(not text.rstrip(".").isdecimal() or len(text) > 3 for text in names) >= 0.8 * len(names)
            yield Key(number, plan.kind, tight(heading), names, telling, is_short)


def joined(table: RawTable, number: int, plan: TablePlan, known: Sequence[Key]) -> RawTable:
    """A table with names in place of the keys of other tables; itself if it has none."""
    given = table
    for at in range(len(given.headings)):
        key = next((key for key in known if key.table != number and _refers(given, at, key, plan)), None)
        if key:
            heading = replace(table.headings[at], text=_without_id(table.headings[at].text) or _LABELS[key.kind])
            rows = tuple(
                replace(row, cells=(*row.cells[:at], _named(row.cells[at], key), *row.cells[at + 1 :]))
                for row in table.rows
            )
            table = replace(table, headings=(*table.headings[:at], heading, *table.headings[at + 1 :]), rows=rows)
    return table


def _refers(table: RawTable, at: int, key: Key, plan: TablePlan) -> bool:
    """Whether a column holds the keys of another table, and its own rows are not called by these names already."""
    cells = [row.cells[at].text for row in table.rows if row.cells[at].text]
    resolved = sum(all(part in key.names for part in _parts(text, key)) for text in cells)
    if not cells or resolved < 0.9 * len(cells) or _has_names(table, key, plan):
        return False
    own = tight(table.headings[at].text)
    if key.is_short and own != key.heading and plan.columns[at].understood:
        return False
    if key.is_telling or (own == key.heading and without_number(table.headings[at].text)):
        return True
    if own == key.heading and _recur(cells, key):
        return True
    heading = table.headings[at].text
    is_numbered = says_number(heading) or _IN_BRACKETS.search(heading) is not None
    return is_numbered and _is_of(without_number(heading), key.kind)


def _recur(cells: Sequence[str], key: Key) -> bool:
    """Whether numbers under the very heading of a key come several times each, and most of the key's among them."""
    used = set(cells)
    return len(used) < len(cells) and 2 * len(used) > len(key.names) and key.kind == "project"


def _has_names(table: RawTable, key: Key, plan: TablePlan) -> bool:
    """Whether the rows of a table bear names of that kind themselves."""
    if plan.kind == key.kind and any(
        column.meaning == f"{plan.kind}.name" and column.why.kind in ("heading", "similar") for column in plan.columns
    ):
        return True
    names = set(key.names.values())
    return any(
        sum(row.cells[at].text in names for row in table.rows) > 0.5 * len(table.rows)
        for at in range(len(table.headings))
    )


def _parts(text: str, key: Key) -> list[str]:
    return [text] if text in key.names else [part for part in _JOINT.split(text) if part]


def _named(cell: Cell, key: Key) -> Cell:
    names = [key.names.get(part, part) for part in _parts(cell.text, key)]
    return replace(cell, text="; ".join(names), value=None)


def _without_id(heading: str) -> str:
    """What a heading says besides that it is a number, if that is a heading itself: "Träger-Nr." → "Träger"."""
    bare = re.sub(
        r"(?i)[\s_.:-]*(?:\(.*\)|\bnr\b\.?|nummern?\b|nr\b\.?|(?<![^\W_])ids?\b|kennung|kennziffer|schlüssel|code)+\.?",
        "",
        heading,
    )
    bare = re.sub(r"(?i)^(?:id|nr)\b\.?[\s_-]*", "", bare).strip(" _-.:()")
    return bare if any(sure > 0.9 for _, sure, _ in understood(bare)) else ""


def _is_of(remainder: str, kind: str) -> bool:
    """Whether what a heading says besides "Nr." speaks of entries of a kind: "projekt", or "traeger" of bodies."""
    wanted = _WANTED.get(kind, ())
    return any(
        sure > 0.85 and (sense.meaning == f"{kind}.name" or sense.meaning.startswith(wanted))
        for sense, sure, _ in understood(remainder)
    )


Codes = dict[str, dict[str, str]]


def codes(tables: Sequence[RawTable]) -> tuple[Codes, set[int]]:
    """What codes mean by heading ("STATUS": {"A": "abgeschlossen"}), and the numbers of the tables that say so.

    Such a table has three columns: headings of other tables, codes, meanings. Some of its codes stand below them.
    """
    found: Codes = {}
    below = _below(tables)
    used: set[int] = set()
    for number, table in enumerate(tables):
        if len(table.headings) != 3 or not table.rows:
            continue
        others = {tight(heading.text) for at, other in enumerate(tables) if at != number for heading in other.headings}
        triples = [tuple(heading.text for heading in table.headings)]  # a code may have been taken for a heading
        triples += [tuple(cell.text for cell in row.cells) for row in table.rows]
        fits = [bool(what) and tight(what) in others and len(code) <= _CODE for what, code, _ in triples]
        is_used = any(code in below.get(tight(what), ()) for what, code, _ in triples)
        if is_used and sum(fits) >= 0.8 * (len(fits) - 1) and len({what for what, _, _ in triples}) < len(triples) - 1:
            used.add(number)
            for what, code, meaning in triples:
                found.setdefault(tight(what), {})[code] = meaning
    return found, used


def _below(tables: Sequence[RawTable]) -> dict[str, set[str]]:
    """What stands below each heading, in whichever table."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        for at, heading in enumerate(table.headings):
            found[tight(heading.text)].update(row.cells[at].text for row in table.rows)
    return found


def decoded(table: RawTable, by_heading: Codes, legend: Mapping[str, str]) -> RawTable:
    """A table whose columns of codes say what these mean; a legend explains letters that stand for roles."""
    roles = {**matrices.ROLES, **{short: long for short, long in legend.items() if role_in(long)}}
    for at, heading in enumerate(table.headings):
        cells = {row.cells[at].text for row in table.rows if row.cells[at].text}
        meanings = by_heading.get(tight(heading.text)) or (roles if _is_role(heading.text) else {})
        if cells and meanings and all(text in meanings for text in cells) and not set(meanings.values()) & cells:
            rows = tuple(
                replace(row, cells=(*row.cells[:at], _decoded(row.cells[at], meanings), *row.cells[at + 1 :]))
                for row in table.rows
            )
            table = replace(table, rows=rows)
    return table


def _is_role(heading: str) -> bool:
    return any(sure > 0.9 and sense.meaning.endswith(".role") for sense, sure, _ in understood(heading))


def _decoded(cell: Cell, meanings: Mapping[str, str]) -> Cell:
    return replace(cell, text=meanings[cell.text], value=None) if cell.text else cell
