"""The answer to a SPARQL SELECT or ASK as a table: read from SPARQL's own JSON, IRIs shortened for people."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.questions import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Mapping


_FORMULA = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


@dataclass(frozen=True)
class Cell:
    """One value of an answer.

    Attributes:
        text: the value as it is: an IRI, a literal's text, a blank node's name; "" if unbound.
        kind: "iri", "literal", "blank", "triple", or "" if unbound.
        datatype: IRI of a literal's datatype, "" for plain text.
        language: a literal's language tag, "" without one.
    """

    text: str = ""
    kind: str = ""
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True)
class Table:
    """An answer in rows.

    Attributes:
        columns: the variables' names, in the order of the SELECT; empty for ASK.
        rows: one cell per column.
        truth: the answer to ASK, None for SELECT.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    truth: bool | None = None


def table(body: bytes) -> Table:
    """The table in a SPARQL 1.1 Query Results JSON document, such as the sandbox answers with."""
    document = json.loads(body)
    if "boolean" in document:
        return Table((), (), bool(document["boolean"]))
    columns = tuple(document["head"]["vars"])
    bindings = document["results"]["bindings"]
    return Table(columns, tuple(tuple(_cell(binding.get(name)) for name in columns) for binding in bindings))


def harmless(body: bytes) -> bytes:
    """SPARQL's CSV for people who open it in a spreadsheet: nothing in it is taken for a formula.

    The protocol's own CSV stays as the standard says; this is for files that are downloaded from a page.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    for row in csv.reader(io.StringIO(body.decode(), newline="")):
        writer.writerow([_harmless(cell) for cell in row])
    return target.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in _FORMULA and not _NUMBER.fullmatch(cell) else cell


def short(iri: str, base_iri: str) -> str:
    """An IRI as people write it: `actor/silent-green` for entries, `pn:Actor` for terms, else the whole IRI."""
    if iri.startswith(base_iri):
        return iri.removeprefix(base_iri)
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


_KINDS = {"uri": "iri", "literal": "literal", "typed-literal": "literal", "bnode": "blank"}


def _cell(binding: Mapping[str, object] | None) -> Cell:
    if binding is None:
        return Cell()
    value, kind = binding["value"], _KINDS.get(str(binding["type"]), "triple")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Cell(text, kind, str(binding.get("datatype", "")), str(binding.get("xml:lang", "")))
