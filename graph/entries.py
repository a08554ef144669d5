"""An entry's values as people write them in a cell and as they are stored, and the way from either to the other."""

from __future__ import annotations

import calendar
import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from graph.errors import BadInput
from ontology.schema import entity_types
from ontology.terms import GEO, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ontology import Choice
    from ontology.schema import EntityType, Field

    Term = ox.NamedNode | ox.Literal

SLUG: Final = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
"""What an entry's own part of its IRI looks like; two hyphens join the parts of an n-ary entry's slug."""

SEPARATOR: Final = " ; "
"""Between the values of one cell; a semicolon inside a value is written with a backslash before it."""

KEY: Final = "Kennung"
"""Heading of the first column of every table: the entry's slug."""

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_BETWEEN: Final = re.compile(r"(?<!\\)(?:\\\\)*;")
_INVISIBLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_FORMULA: Final = re.compile(r"'*[=+\-@\t]")
_URL: Final = re.compile(r"https?://[^\s<>\"]+")
_WKT: Final = re.compile(r"(?:MULTI)?(?:POINT|LINESTRING|POLYGON) ?\([-0-9., ()]+\)")
_LATITUDE_LONGITUDE: Final = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]+)?)[,;]\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)")
_YES: Final = frozenset({"ja", "yes", "true", "wahr", "x", "1"})
_NO: Final = frozenset({"nein", "no", "false", "falsch", "0"})


def importable() -> dict[str, EntityType]:
    """The entry types that have tables, by table name: all but contacts (never in tables) and the history."""
    return {kind.plural: kind for kind in entity_types().values() if kind.graph in ("data", "rounds")}


def slug(text: str, longest: int = 60) -> str:
    """A name as the last part of an IRI: lower case ASCII with hyphens.

    Args:
        text: any name.
        longest: most characters; cut at a hyphen where there is one.

    Returns:
        "silent-green" for "silent green"; "" for a text without letters and digits of the Latin alphabet.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_UMLAUTS)).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(name) <= longest:
        return name
    return (name[: longest + 1].rpartition("-")[0] or name[:longest]).strip("-")


def iri(base: str, entry_type: EntityType, name: str) -> ox.NamedNode:
    """The IRI of the entry of that type and slug.

    Raises:
        BadInput: `name` cannot be the last part of an IRI.
    """
    if not SLUG.fullmatch(name):
        raise BadInput("slug", name)
    return ox.NamedNode(f"{base}{entry_type.segment}/{name}")


def split(cell: str) -> list[str]:
    r"""The values of a cell, in order; blank ones and repetitions left out; `\;` stands for a semicolon."""
    ends = [(found.end() - 1, found.end()) for found in _BETWEEN.finditer(cell)]
    starts, stops = [0, *(after for _, after in ends)], [*(before for before, _ in ends), len(cell)]
    parts = (text(cell[start:stop]) for start, stop in zip(starts, stops, strict=True))
    return list(dict.fromkeys(re.sub(r"\\([\\;])", r"\1", part) for part in parts if part))


def join(values: Iterable[str]) -> str:
    """One cell that `split` reads as these values."""
    return SEPARATOR.join(re.sub(r"([\\;])", r"\\\1", value) for value in values)


def to_csv(cell: str) -> str:
    """A text so that no spreadsheet program takes it for a formula when it opens the CSV file."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def from_csv(cell: str) -> str:
    """The text that `to_csv` wrote."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def text(value: str) -> str:
    """A text as it is kept: without space around it, with plain line ends, without control characters.

    Control characters mean nothing to readers, and workbooks and XML cannot hold them.
    """
    return _INVISIBLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")).strip()


def term(field: Field, value: str) -> Term:
    """What is stored for a value as written in a cell; links are not written here (see `graph.importing`).

    Args:
        field: which field of which entry type.
        value: one value, not blank.

    Raises:
        BadInput: the value cannot be read; `what` is "choice", "date", "day", "number", "yes or no", "position",
            "address" or "language"; `allowed` lists the choices, if it is chosen from a list.
    """
    value = text(value)
    if field.choices:
        return ox.NamedNode(_choice(field, value).iri)
    if field.datatype in _READERS:
        return _READERS[field.datatype](field, value)
    if field.datatype == RDF.langString:
        return _worded(field, value)
    return ox.Literal(value, datatype=ox.NamedNode(field.datatype or XSD.string))


def written(field: Field, stored: Term) -> str:
    """How a stored value is written in a cell, so that `term` reads the same again; of a link, its IRI."""
    if isinstance(stored, ox.NamedNode):
        return next((choice.label["de"] for choice in field.choices if choice.iri == stored.value), stored.value)
    if field.datatype == XSD.boolean:
        return "ja" if stored.value in ("true", "1") else "nein"
    if field.datatype == XSD.decimal:
        return stored.value.replace(".", ",")
    if field.datatype == RDF.langString and field.language is None:
        return f"{stored.value}@{stored.language}"
    return stored.value


def _choice(field: Field, value: str) -> Choice:
    """By label in either language, then by slug, then by another spelling; upper and lower case count the same."""
    wanted = value.casefold()
    readings: tuple[Callable[[Choice], Iterable[str]], ...] = (
        lambda choice: choice.label.values(),
        lambda choice: (choice.slug, choice.iri),
        lambda choice: choice.alternatives,
    )
    for spellings in readings:
        for choice in field.choices:
            if wanted in (spelling.casefold() for spelling in spellings(choice)):
                return choice
    raise BadInput("choice", value, tuple(choice.label["de"] for choice in field.choices))


def _worded(field: Field, value: str) -> ox.Literal:
    if field.language:
        return ox.Literal(value, language=field.language)
    words, _, language = value.rpartition("@")
    if not words or not re.fullmatch("[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*", language):
        raise BadInput("language", value, ("…@de", "…@en"))
    return ox.Literal(words, language=language)


def _partial_date(field: Field, value: str) -> ox.Literal:
    """A year, month or day, as exact as written; the German order (17.5.2024, 5/2024) is understood too."""
    day = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", value)
    month = re.fullmatch(r"(\d{1,2})[./](\d{4})", value)
    parts = day.groups()[::-1] if day else month.groups()[::-1] if month else value.split("-")
    sizes = [len(part) for part in parts]
    known = all(re.fullmatch("[0-9]+", part) for part in parts) and sizes[0] == 4 and max(sizes[1:], default=2) <= 2
    datatype = (XSD.gYear, XSD.gYearMonth, XSD.date)[len(parts) - 1] if known and len(parts) <= 3 else ""
    if datatype not in field.datatypes or not _exists([int(part) for part in parts]):
        raise BadInput("date" if XSD.gYear in field.datatypes else "day", value)
    return ox.Literal("-".join(part.zfill(2) for part in parts), datatype=ox.NamedNode(datatype))


def _exists(parts: list[int]) -> bool:
    """Whether year, month, day (as many as given) are in the calendar."""
    year, month, day = [*parts, 1, 1][:3]
    return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _number(_: Field, value: str) -> ox.Literal:
    """As written in Germany: 13.600.000 or 1250,50 (and 1250.5, where the point can only be a decimal one)."""
    digits = re.sub(r"\s|€|Euro|EUR", "", value)
    if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", digits):
        digits = digits.replace(".", "")
    digits = digits.replace(",", ".")
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", digits):
        raise BadInput("number", value)
    whole, _dot, fraction = digits.partition(".")
    whole = re.sub(r"^(-?)0+(?=[0-9])", r"\1", whole)
    fraction = fraction.rstrip("0")
    return ox.Literal(f"{whole}.{fraction}" if fraction else whole, datatype=ox.NamedNode(XSD.decimal))


def _yes_or_no(_: Field, value: str) -> ox.Literal:
    if value.casefold() not in _YES | _NO:
        raise BadInput("yes or no", value, ("ja", "nein"))
    return ox.Literal(value.casefold() in _YES)


def _address(_: Field, value: str) -> ox.Literal:
    if not is_address(value):
        raise BadInput("address", value, ("https://…",))
    return ox.Literal(value, datatype=ox.NamedNode(XSD.anyURI))


def is_address(text: str) -> bool:
    """Whether a text is the address of something on the web; "http://[" only begins like one."""
    try:
        return bool(_URL.fullmatch(text) and urlsplit(text).hostname)
    except ValueError:
        return False


def _position(_: Field, value: str) -> ox.Literal:
    """WKT with longitude before latitude, or a point as maps give it: latitude, longitude."""
    if point := _LATITUDE_LONGITUDE.fullmatch(value):
        value = f"POINT({point[2]} {point[1]})"
    pairs = re.findall(r"(-?[0-9.]+) (-?[0-9.]+)", value)
    if not _WKT.fullmatch(value) or not pairs or not all(_on_earth(*pair) for pair in pairs):
        raise BadInput("position", value, ("52.5465, 13.3692",))
    return ox.Literal(value, datatype=ox.NamedNode(GEO.wktLiteral))


def _on_earth(longitude: str, latitude: str) -> bool:
    try:
        return abs(float(longitude)) <= 180 and abs(float(latitude)) <= 90
    except ValueError:
        return False


_READERS: Final[dict[str | None, Callable[[Field, str], ox.Literal]]] = {
    XSD.date: _partial_date,
    XSD.decimal: _number,
    XSD.boolean: _yes_or_no,
    XSD.anyURI: _address,
    GEO.wktLiteral: _position,
}
