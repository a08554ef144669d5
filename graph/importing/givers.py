"""Money by giver: columns whose heading names who pays and whose cells say how much."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.importing.columnplans import ColumnPlan, Why
from graph.importing.headings import normal, understood, unit
from graph.importing.kinds import called_like_body, sounds_like_programme
from graph.importing.passages import is_vague
from graph.importing.values import NETWORK, YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.importing.grids import Cell
    from graph.importing.profiles import Profile
    from graph.importing.regions import Heading, RawTable

_MEANS: Final = re.compile(
    r"finanzier|foerder|mittel|geldgeb|geber\b|zuwend|zuschues|zuschus|herkunft|quelle|einnahmen|beteiligung"
)
"""In a heading over the headings of givers."""
_SUMS: Final = re.compile(
    r"kosten|summe|gesamt|betrag|rest|saldo|antrag|beantrag|bewillig|abruf|abgeruf|\bist\b|\bsoll\b|plan|\d{4}|honorar|"
    r"ausgaben|einnahmen|volumen|budget|netto|brutto|quote|anteil|euro|\beur\b|verwend|ausgezahlt|verfuegbar|sonstige|\bdavon\b|\beigen"
)
"""In a heading over amounts that says what they are for or how far they are, not who gives them."""


def paid(
    kind: str, table: RawTable, profiles: Sequence[Profile], known: Mapping[str, frozenset[str]]
) -> dict[int, ColumnPlan]:
    """The columns of a table of projects that hold what the giver in their heading pays, by position."""
    if kind not in ("project", "event"):
        return {}
    return {
        at: ColumnPlan(
            heading,
            heading.ref,
            "link:foerderer",
            0.85,
            Why("givers", heading.text),
            unit=unit(f"{heading.text} {heading.group} {table.title}"),
        )
        for at, (heading, column) in enumerate(zip(table.headings, profiles, strict=True))
        if column.count
        and column.share("amount") >= 0.8
        and column.share("money") >= 0.4
        and _names_giver(heading, table, known)
    }


def _giver(heading: Heading) -> str:
    """Who gives what stands below: the heading, or above years the one over them."""
    return heading.group if YEAR.fullmatch(heading.text) else heading.text


def _names_giver(heading: Heading, table: RawTable, known: Mapping[str, frozenset[str]]) -> bool:
    text = _giver(heading)
    plain = normal(text)
    if not plain or _SUMS.search(plain) or is_vague(text):
        return False
    read = [(sense.meaning, sure) for sense, sure, _ in understood(text)]
    if any(sure > 0.9 or (meaning.endswith(".amount") and sure > 0.7) for meaning, sure in read):
        return False
    if text == heading.text:
        return _is_body(text, known) or bool(_MEANS.search(normal(heading.group)))
    others = {one.group for one in table.headings if YEAR.fullmatch(one.text)}
    return sum(_is_body(one, known) for one in others) * 2 >= len(others)


def _is_body(text: str, known: Mapping[str, frozenset[str]]) -> bool:
    """Whether a heading is called like a body or a pot of money."""
    named = text.casefold() in known.get("actor", ()) or sounds_like_programme(text)
    return named or bool(NETWORK.search(text)) or called_like_body(text)


def written_out(cell: Cell, plan: ColumnPlan) -> Cell:
    """What such a cell says in words: the giver, and in brackets the amount."""
    if not re.search(r"[1-9]", cell.text):
        return replace(cell, text="", value=None)
    unit = "" if re.search(r"€|(?i:\bEUR)", cell.text) else f" {plan.unit or '€'}"
    when = f", {plan.heading.text}" if YEAR.fullmatch(plan.heading.text) else ""
    return replace(cell, text=f"{_giver(plan.heading)} ({cell.text}{unit}{when})", value=None)
