"""A field's values as people write them in a form, and the way back; more lenient than a cell of a table.

Links are written in `graph.editing.links`.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import entries
from graph.errors import BadInput
from ontology.terms import GEO, XSD

if TYPE_CHECKING:
    from ontology.schema import Field

    Term = ox.NamedNode | ox.Literal

TODAY: Final = frozenset({"heute", "today"})
"""What may stand for today's date in a field that takes days."""

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_NUMBER: Final = re.compile(r"(-?)(\d+)(?:\.(\d+))?", re.ASCII)
_BARE_ADDRESS: Final = re.compile(r"(?!https?:)[\w-]+(\.[\w-]+)+([/?#]\S*)?")
_POINT: Final = re.compile(r"POINT ?\((-?[0-9.]+) (-?[0-9.]+)\)")


def shown(field: Field, stored: Term) -> str:
    """A stored value as it stands in a form.

    Days and amounts are in German writing, points as maps give them, choices by their German label.
    """
    written = entries.written(field, stored)
    if not isinstance(stored, ox.Literal):
        return written
    if field.datatype == XSD.date and (day := _DAY.fullmatch(written)):
        return f"{int(day[3])}.{int(day[2])}.{day[1]}"
    if field.datatype == XSD.date and (month := _MONTH.fullmatch(written)):
        return f"{int(month[2])}/{month[1]}"
    if field.datatype == GEO.wktLiteral and (point := _POINT.fullmatch(written)):
        return f"{point[2]}, {point[1]}"
    if field.datatype == XSD.decimal and (number := _NUMBER.fullmatch(stored.value)):
        whole = f"{int(number[2]):,}".replace(",", ".")
        return f"{number[1]}{whole}" + (f",{number[3]:0<2}" if number[3] else "")
    return written


def read(field: Field, text: str) -> Term:
    """What is stored for a text that a person wrote.

    Besides what cells of tables take: "heute", "Mai 2024", "17.5.24", "12 T€", an address without https://.

    Raises:
        BadInput: as `graph.entries.term`.
    """
    text = entries.text(text)
    try:
        return entries.term(field, text)
    except BadInput:
        reading = _rewritten(field, text)
        if reading is None:
            raise
        return entries.term(field, reading)


def _rewritten(field: Field, text: str) -> str | None:
    """The same in the writing of cells; None if there is none."""
    if field.datatype == XSD.date:
        return dt.datetime.now().astimezone().date().isoformat() if text.casefold() in TODAY else _moment(text)
    if field.datatype == XSD.decimal:
        return _amount(text)
    if field.datatype == XSD.anyURI and _BARE_ADDRESS.fullmatch(text):
        return f"https://{text}"
    return None


def _moment(text: str) -> str | None:
    """One year, month or day in any usual writing; None for a season, a period or anything unclear."""
    from graph.importing.moments import MOMENT, moment

    match = MOMENT.fullmatch(text)
    found = moment(match) if match else None
    return found.start if found and found.year and found.start == found.end else None


def _amount(text: str) -> str | None:
    """An amount of euros that is exact."""
    from graph.importing.amounts import amount

    found = amount(text)
    known = found.euro is not None and found.qualifier == "exact"
    return f"{Decimal(found.euro or 0):f}".replace(".", ",") if known else None
