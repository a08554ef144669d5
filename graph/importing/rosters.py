"""Rosters: one column for each network, its members below; rolled out to a row for each member."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing.headings import parts, senses, tight
from graph.importing.regions import Heading, RawRow
from graph.importing.values import NETWORK, is_mark, looks_typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.importing.grids import Cell
    from graph.importing.regions import RawTable

NETWORK_HEADING: Final = "Netzwerk"
MEMBER_HEADING: Final = "Mitglied"
_PAPER: Final = re.compile(
    r"(?i)^(?:name|bezeichnung|titel|art|anzahl)\b|\bliste|\w(?:liste|matrix|befragung|umfrage|erhebung|bericht|tabelle|übersicht|verzeichnis|analyse|karte|protokoll|kalender|plan|log)(?:e?n)?\b|\?"
)
"""What a text has in it that names a paper about networks, or asks, and so is no network itself."""
_NAMED: Final = re.compile(
    rf"(?i)(?:{NETWORK.pattern.removeprefix('(?i)')})(?:e?s|e?n|e|\w*(?:gruppe|runde|kreis|team|gremium|rat|konferenz|treffen))?(?!\w)"
)
"""A network, and not what has to do with one ("Netzwerkpartner")."""
_ORDER: Final = re.compile(r"^\s*(?:\d{1,2}|[IVX]+|[A-Z])[.)]\s+")
_CALLED: Final = re.compile(
    r"(?i)gremien|netzwerke|mitglied|besetzung|zusammensetzung|wer sitzt|vertretungen|arbeitskreise"
)


def unrolled(table: RawTable) -> RawTable:
    """A roster as a table of members; any other table as it is."""
    if table.layout != "rows" or not table.rows:
        return table
    if any(heading.text for heading in table.headings):
        heads, rows = [(heading.text, heading.ref) for heading in table.headings], table.rows
    else:
        heads, rows = [(cell.text, cell.ref) for cell in table.rows[0].cells], table.rows[1:]
    if not _is_roster(heads, rows, f"{table.title} {table.sheet}"):
        return table
    members = tuple(
        RawRow(row.number, (replace(cell, text=text, ref=ref, value=None, note=""), cell))
        for at, (text, ref) in enumerate(heads)
        for row in rows
        for cell in row.cells[at : at + 1]
        if text and cell.text
    )
    headings = (Heading(NETWORK_HEADING, "", heads[0][1]), Heading(MEMBER_HEADING, "", heads[0][1]))
    return replace(table, headings=headings, rows=members)


def seated(table: RawTable) -> RawTable:
    """A table whose columns of yes and no that ask who sits in one network name it: "Mitglied im Stadtteilrat?"."""
    for at, heading in enumerate(table.headings):
        asked = _SEAT.fullmatch(heading.text.strip())
        texts = {row.cells[at].text.casefold().strip() for row in table.rows}
        if not asked or not names_network(asked["network"]) or not texts & _YES or not texts <= _YES | _NO:
            continue
        named = replace(heading, text=NETWORK_HEADING)
        rows = tuple(
            replace(row, cells=(*row.cells[:at], _seat(row.cells[at], asked["network"]), *row.cells[at + 1 :]))
            for row in table.rows
        )
        table = replace(table, headings=(*table.headings[:at], named, *table.headings[at + 1 :]), rows=rows)
    return table


def _seat(cell: Cell, network: str) -> Cell:
    return replace(cell, text=network if cell.text.casefold().strip() in _YES else "", value=None)


_SEAT: Final = re.compile(
    r"(?i:(?:ist |sitzt |arbeitet )?(?:mitglied|mitarbeit|teilnahme|vertreten|aktiv|dabei|sitz|mit)\w*)"
    r" (?:im|in der|in|am|an der|beim|bei der|bei) (?P<network>[A-ZÄÖÜ][^?]*?)\s*\??"
)
_YES: Final = frozenset({"ja", "j", "yes", "y", "x", "true", "1"})
_NO: Final = frozenset({"nein", "n", "no", "false", "0", "", "-", "–"})


def names_network(text: str) -> bool:
    """Whether a text is the name of one network, and not a word for any ("Arbeitskreise")."""
    bare = _ORDER.sub("", text)
    return bool(_NAMED.search(bare)) and tight(bare) not in senses() and not _PAPER.search(bare)


def _is_roster(heads: Sequence[tuple[str, str]], rows: Sequence[RawRow], called: str) -> bool:
    """Whether headings are names of networks and nothing but names stands below them."""
    named = [text for text, _ in heads if text]
    if len(named) < 2 or len(set(named)) < len(named) or any(len(text) > 90 for text in named):
        return False
    if any(all(tight(part) in senses() for part in parts(text) or [text]) for text in named):
        return False
    networks = sum(names_network(text) for text in named)
    if networks * 2 < len(named) and not (networks and _CALLED.search(called)):
        return False
    cells = [cell for row in rows for cell, (text, _) in zip(row.cells, heads, strict=False) if text and cell.text]
    return bool(cells) and sum(map(_is_name, cells)) >= 0.9 * len(cells)


def _is_name(cell: Cell) -> bool:
    return not looks_typed(cell) and not is_mark(cell.text) and not cell.text[:1].isdigit()
