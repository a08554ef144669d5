"""What people write into a blank, as the term it stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.editing import directory_of
from graph.editing.texts import read
from graph.errors import BadBlank, BadInput
from ontology.schema import Choice, concepts, entity_types
from ontology.terms import XSD

if TYPE_CHECKING:
    from graph.saved.sentence import Blank
    from graph.store import Store

Term = ox.NamedNode | ox.Literal
"""What stands in a blank, for the query."""

_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_NUMBER: Final = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,\d{1,9})?|-?\d{1,15}\.\d{1,2}", re.ASCII)
_THOUSANDS: Final = re.compile(r"\.(?=\d{3})")
_LIST: Final = "list:"
LONGEST: Final = 200
"""Characters of what stands in a blank; more are cut off."""


def value(store: Store, blank: Blank, text: str, language: str = "de") -> Term:
    """The term a text stands for.

    Args:
        store: where entries are looked up.
        blank: which blank.
        text: an entry's name or address, "2022", "17.5.2024", "1,5", a choice of a list, any text.
        language: of the names ("de", "en").

    Returns:
        An entry's or a choice's node; a year or a whole number as xsd:integer, other numbers as xsd:decimal, a day as
        xsd:date, a text as it is.

    Raises:
        BadBlank: "empty"; "several" and "unknown" (entries: `allowed` are those that may be meant); "year", "day",
            "number"; "choice".
    """
    text = text.strip()[:LONGEST]
    if not text:
        raise BadBlank("empty", blank.name)
    if blank.kind.startswith(_LIST):
        return _choice(blank, text)
    if blank.kind in ("year", "number", "day"):
        return _figure(blank, text)
    return ox.Literal(text) if blank.kind == "text" else _entry(store, blank, text, language)


def lists(blank: Blank) -> tuple[Choice, ...]:
    """What a blank is chosen from; () for one that is typed."""
    return concepts(blank.kind.removeprefix(_LIST)) if blank.kind.startswith(_LIST) else ()


def sample(blank: Blank) -> Term:
    """Some term of the kind that fills the blank, to try a query with."""
    integer = ox.NamedNode(XSD.integer)
    samples = {
        "year": ox.Literal("2000", datatype=integer),
        "number": ox.Literal("1", datatype=integer),
        "day": ox.Literal("2000-01-01", datatype=ox.NamedNode(XSD.date)),
        "text": ox.Literal("x"),
    }
    return samples.get(blank.kind) or ox.NamedNode("http://example.org/x")


def _choice(blank: Blank, text: str) -> Term:
    wanted = text.casefold()
    for one in lists(blank):
        if wanted in (one.slug, one.iri, *(label.casefold() for label in one.label.values())):
            return ox.NamedNode(one.iri)
    raise BadBlank("choice", blank.name, tuple(one.label["de"] for one in lists(blank)[:12]), text)


def _figure(blank: Blank, text: str) -> Term:
    if blank.kind == "day":
        return _day(blank, text)
    if (_YEAR if blank.kind == "year" else _NUMBER).fullmatch(text):
        number = _THOUSANDS.sub("", text).replace(",", ".")
        return ox.Literal(number, datatype=ox.NamedNode(XSD.decimal if "." in number else XSD.integer))
    raise BadBlank(blank.kind, blank.name, (), text)


def _day(blank: Blank, text: str) -> Term:
    """A day in any writing that forms take; not a month or a year."""
    try:
        found = read(entity_types()["project"].field("start"), text)
    except BadInput as error:
        raise BadBlank("day", blank.name, (), text) from error
    if isinstance(found, ox.Literal) and found.datatype.value == XSD.date:
        return found
    raise BadBlank("day", blank.name, (), text)


def _entry(store: Store, blank: Blank, text: str, language: str) -> Term:
    directory, kinds = directory_of(store, language), (blank.kind,)
    found = directory.find(text, kinds)
    if len(found) == 1:
        return ox.NamedNode(found[0])
    near = [directory.option(iri, kinds) for iri in found] or directory.near(text, kinds)
    what = "several" if found else "unknown"
    raise BadBlank(what, blank.name, tuple(one.text for one in near), text)
