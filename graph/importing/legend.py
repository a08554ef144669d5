"""Legends: what the abbreviations of a list stand for, in a table of their own or in a remark below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graph.importing.headings import LONG, SHORT, tight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.importing.grids import Cell

_CALLED: Final = re.compile(r"(?i)abk(?:ü|ue)rzung|legende|kürzel|glossar")
_INTRODUCED: Final = re.compile(
    r"(?i)^\s*(?:abkürzung(?:en|sverzeichnis)?|legende|kürzel|erläuterung(?:en)?|zeichenerklärung)\s*[:\n]\s*"
)
_SIGNS: Final = "✓✔✗✘☑☒★☆●○◉◯⬤◐◑■□◼▪▲△▼◆◇◎*#"
_SHORT_FORM: Final = rf"(?:•(?=\s*=)|[\w.\-/&€+(){_SIGNS}]{{1,15}}(?: [\w.\-/&]{{1,10}})?)"
_EQUALS: Final = re.compile(
    rf"(?:^|[;,\n|•(]\s*|\s{{2,}})({_SHORT_FORM})\s*=\s*"
    rf"(.+?)(?=\s*(?:[;,\n|•]\s*|\s{{2,}}){_SHORT_FORM}\s*=|\s*[;.]?\s*$)",
    re.DOTALL,
)
_STANDS_FOR: Final = re.compile(rf"(?:^|[;,\n|•]\s*)({_SHORT_FORM})\s*(?::|–|-(?= ))\s*([^;,\n|•]+)")


def pairs(text: str) -> dict[str, str]:
    """The abbreviations a text explains: "HdJ = Haus der Jugend; GS = Grundschule", after "Legende:" also "HdJ: …"."""
    if len(text) > 2_000:
        return {}
    introduced = _INTRODUCED.match(text)
    if "=" not in text and not introduced:
        return {}
    body = text[introduced.end() :] if introduced else text
    found = _EQUALS.findall(body) if "=" in body else _STANDS_FOR.findall(body)
    return {
        short.strip(): (long if "(" in long else long.rstrip(" )")).strip(" ;,.")
        for short, long in found
        if len(long.strip()) > 1 and not long.strip().isdigit()
    }


def beside(cells: Sequence[Cell]) -> dict[str, str]:
    """The abbreviations explained cell by cell below a table, once a remark says that they are."""
    at = next((at for at, cell in enumerate(cells) if _CALLED.match(cell.text) and len(cell.text) < 40), None)
    if at is None:
        return {}
    rest = [cell for cell in cells[at + 1 :] if "=" not in cell.text]
    rows: dict[str, list[str]] = {}
    for cell in rest:
        rows.setdefault(re.sub("[A-Z]", "", cell.ref), []).append(cell.text)
    return {texts[0]: texts[1] for texts in rows.values() if len(texts) == 2 and len(texts[0]) <= 15}


def is_legend(headings: Sequence[str], sheet: str, title: str) -> bool:
    """Whether a table explains abbreviations: it has two columns, and its headings, title or sheet say so."""
    if len(headings) == 2 and tight(headings[0]) in SHORT and tight(headings[1]) in LONG:
        return True
    return len(headings) in (0, 2) and bool(_CALLED.search(sheet) or _CALLED.match(title))
