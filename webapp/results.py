"""The rows of a SPARQL answer as a person reads them: names and links instead of IRIs, dates and numbers in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from graph.answermap import Part
from graph.answers import short, table
from graph.labels import entry_of, labels
from ontology.terms import GEO, XSD
from webapp import urls, wording

if TYPE_CHECKING:
    from graph.answers import Cell
    from graph.sandbox import Answer
    from graph.store import Store
    from webapp.current import Language

MOST_ROWS = 500
"""Rows on the page; the files have them all."""

NUMBERS = frozenset({str(XSD.integer), str(XSD.decimal), str(XSD.double), str(XSD.float)})
_WKT = str(GEO.wktLiteral)
DAYS = frozenset({str(XSD.date), str(XSD.gYearMonth), str(XSD.gYear)})


@dataclass(frozen=True)
class Value:
    """One cell of the page.

    Attributes:
        text: what is read.
        address: where it links to, "" for nowhere.
        iri: the IRI behind the name, "" for a literal.
        is_number: whether it stands to the right.
        number: the number it is, 0 for all else.
        wkt: the position it is, "" for all else.
    """

    text: str
    address: str = ""
    iri: str = ""
    is_number: bool = False
    number: float = 0.0
    wkt: str = ""


@dataclass(frozen=True)
class Shown:
    """A table for the page; `total` counts all rows, `rows` holds the first `MOST_ROWS`; `truth` answers an ASK."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int
    truth: bool | None = None


def shown(store: Store, answer: Answer, language: Language, most: int | None = MOST_ROWS) -> Shown:
    """The answer (in SPARQL's JSON) as a table in that language, with at most so many rows (None for all)."""
    found = table(answer.body)
    rows = tuple(tuple(_value(store, cell, language) for cell in row) for row in found.rows[:most])
    return Shown(found.columns, rows, len(found.rows), found.truth)


def parts(table: Shown) -> list[tuple[Part, ...]]:
    """The rows for the map."""
    return [tuple(Part(value.text, value.iri, value.wkt) for value in row) for row in table.rows]


def _value(store: Store, cell: Cell, language: Language) -> Value:
    if cell.kind == "iri":
        name = labels(store, language).get(cell.text) or short(cell.text, store.base_iri)
        return Value(name, _address(store, cell.text), cell.text)
    if cell.datatype in NUMBERS:
        return Value(_number(cell.text), is_number=True, number=_float(cell.text))
    if cell.datatype in DAYS:
        return Value(wording.day(cell.text))
    if cell.datatype == str(XSD.boolean):
        return Value(_("ja") if cell.text in ("true", "1") else _("nein"))
    return Value(cell.text, wkt=cell.text if cell.datatype == _WKT else "")


def _float(text: str) -> float:
    """The number, 0 for what is no finite number."""
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def _number(text: str) -> str:
    """The number in the language's way; what is no finite number stays as it is."""
    try:
        return wording.number(float(text))
    except (ValueError, OverflowError):
        return text


def _address(store: Store, iri: str) -> str:
    """The page of an entry of ours, the address itself for the web, nothing for what only names something."""
    if iri.startswith(store.base_iri):
        entry = entry_of(store, iri)
        return urls.entry_url(*entry) if entry else ""
    return ""
