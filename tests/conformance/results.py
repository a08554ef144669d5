"""Read results of SPARQL queries in all their forms, and compare them up to the names of blank nodes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
from manifests import FORMATS, iri, quads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Row = dict[str, object]
    Rows = list[Row]

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
TABLES = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}


def same_graph(one: Sequence[ox.Quad], other: Sequence[ox.Quad]) -> bool:
    return _canonical(one) == _canonical(other)


def _canonical(found: Sequence[ox.Quad]) -> ox.Dataset:
    # Through a store, which writes numbers and days in one way only, as the product's does.
    store = ox.Store()
    store.extend(found)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@cache
def _kept(term: object) -> object:
    """The term as the store keeps it: numbers, days and truths in one spelling each ("01" is "1")."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), term))
    return next(iter(store)).object


def read(content: bytes, form: ox.QueryResultsFormat) -> bool | Rows:
    found = ox.parse_query_results(content, form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in found]


def read_file(path: Path) -> bool | Rows | list[ox.Quad]:
    """What a query should answer: rows, truth, or triples."""
    if path.suffix in TABLES:
        return read(path.read_bytes(), TABLES[path.suffix])
    found = quads(path) if path.suffix in FORMATS else []
    sets = [quad.subject for quad in found if quad.object == ox.NamedNode(RS + "ResultSet")]
    return _result_set(found, sets[0]) if sets else found


def is_ordered(path: Path) -> bool:
    return path.suffix in FORMATS and f"{iri(path)}" != "" and "rs:index" in path.read_text("utf-8")


def same_rows(one: Rows, other: Rows, *, ordered: bool = False) -> bool:
    """Whether two results are the same, for some naming of their blank nodes."""
    if len(one) != len(other):
        return False
    one, other = ([{name: _kept(term) for name, term in row.items()} for row in rows] for rows in (one, other))
    if ordered:
        return all(_matches(a, b, {}) is not None for a, b in zip(one, other, strict=True))
    plain, rest = _split(one)
    other_plain, other_rest = _split(other)
    return plain == other_plain and _assign(rest, other_rest, {})


def same_csv(one: str, other: str) -> bool:
    """CSV and TSV, line by line; blank nodes count as one."""
    return _lines(one) == _lines(other)


def _lines(text: str) -> Counter[tuple[str, ...]]:
    rows = csv.reader(io.StringIO(text, newline=""))
    return Counter(tuple(re.sub(r"^_:.*", "_:", cell) for cell in row) for row in rows)


def _split(rows: Rows) -> tuple[Counter[frozenset], Rows]:
    blank = [row for row in rows if any(isinstance(term, ox.BlankNode) for term in row.values())]
    return Counter(frozenset(row.items()) for row in rows if row not in blank), blank


def _assign(rows: Rows, others: Rows, known: dict) -> bool:
    if not rows:
        return not others
    for place, other in enumerate(others):
        grown = _matches(rows[0], other, known)
        if grown is not None and _assign(rows[1:], others[:place] + others[place + 1 :], grown):
            return True
    return False


def _matches(row: Row, other: Row, known: dict) -> dict | None:
    if row.keys() != other.keys():
        return None
    grown = dict(known)
    for name, term in row.items():
        if isinstance(term, ox.BlankNode) and isinstance(other[name], ox.BlankNode):
            taken = grown.setdefault(term, other[name])
            if taken != other[name] or list(grown.values()).count(taken) > 1:
                return None
        elif term != other[name]:
            return None
    return grown


def _result_set(found: list[ox.Quad], node: object) -> bool | Rows:
    facts: dict = {}
    for quad in found:
        facts.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)
    if (node, RS + "boolean") in facts:
        return facts[node, RS + "boolean"][0].value == "true"

    def place(solution: object) -> int:
        return int(facts[solution, RS + "index"][0].value) if (solution, RS + "index") in facts else 0

    return [
        {
            facts[binding, RS + "variable"][0].value: facts[binding, RS + "value"][0]
            for binding in facts.get((solution, RS + "binding"), [])
        }
        for solution in sorted(facts.get((node, RS + "solution"), []), key=place)
    ]
