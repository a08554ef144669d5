"""Our own questions: `queries/*.rq`, asked with bound terms, answered as dataclasses.

A query file is complete in itself and opens with comment lines that say what it is:

    # One sentence: what it answers.
    # Binds: ?actor (whose projects), ?day (optional: only those running then)      or: nothing
    # Returns: ?project ?label ?start
    # Graphs: history                                  only if it reads more than `graphs.knowledge()`

A bound variable of a SELECT must be among those it returns (Oxigraph wants it in the projection).
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from io import StringIO
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import pyoxigraph as ox

from graph import asked
from graph.errors import NotFound
from ontology.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from graph.store import Store

FOLDER = Path(__file__).parent / "queries"
SEPARATOR = "\u001f"
"""What stands between the parts of a GROUP_CONCAT that becomes a tuple of strings."""

Row = TypeVar("Row")
Value = str | int | float | bool | Decimal | dt.date | dt.datetime
_BIND = re.compile(r"\?(\w+)\s*(?:\(([^()]*)\))?")


class Iri(str):
    """A string that is an IRI: bound as a node, not as text."""

    __slots__ = ()


@dataclass(frozen=True)
class NamedQuery:
    """One file of `queries/`.

    Attributes:
        name: the file's name without ".rq".
        sentence: what it answers.
        binds: variable → what it means; an optional one may be left out.
        optional: the variables that may be left out.
        returns: the variables of its rows, in order; for CONSTRUCT: subject, predicate, object.
        graphs: "history" if it reads that graph too.
        text: the file.
    """

    name: str
    sentence: str
    binds: dict[str, str]
    optional: frozenset[str]
    returns: tuple[str, ...]
    graphs: frozenset[str]
    text: str


def catalogue() -> list[NamedQuery]:
    """All named queries, sorted by name.

    Raises:
        ValueError: a file without the header lines.
    """
    return [_find(path.stem) for path in sorted(FOLDER.glob("*.rq"))]


def find(name: str) -> NamedQuery:
    """One named query.

    Raises:
        NotFound: no such query.
    """
    if not re.fullmatch(r"[a-z][a-z-]*", name):  # it becomes a path
        raise NotFound("query", name)
    return _find(name)


def spelt_out(query: NamedQuery, bindings: Mapping[str, Value]) -> str:
    """The text with the values of bound variables written into it, so that it gives the same answer anywhere."""
    values = "".join(f"\n  VALUES ?{key} {{ {term(bindings[key])} }}" for key in query.binds if key in bindings)
    return re.sub(r"WHERE\s*\{", lambda start: start[0] + values, query.text, count=1)


def rows(store: Store, name: str, row: type[Row], /, **bindings: Value | None) -> list[Row]:
    """Ask a named query and fill one dataclass per row.

    Args:
        store: whom to ask.
        name: which query.
        row: a dataclass whose field names are variables the query returns. A field typed `str`, `int`, `float`,
            `bool`, `Decimal`, `date`, `datetime` or `Iri` is converted; with `| None` it may be unbound; one typed
            `tuple[str, ...]` is split at U+001F, an unbound or empty one is `()`. A field the query does not return
            keeps its default. The types must be there at run time, so import them outside `if TYPE_CHECKING`.
        bindings: values for the variables the query binds; None (for optional ones) leaves one free.

    Raises:
        NotFound: no such query.
        TypeError: a binding that is missing or unknown, a value that does not fit its field: a defect of ours.
    """
    query, solutions = _solutions(store, name, bindings)
    converters = _converters(cast("Hashable", row), query.returns)
    make = cast("Callable[..., Row]", row)
    found = []
    for solution in solutions:
        try:
            found.append(make(**{key: convert(solution[key]) for key, convert in converters}))
        except (TypeError, ValueError) as error:
            raise TypeError(f"query {name}: {error}: {solution}") from error
    return found


def select(store: Store, name: str, /, **bindings: Value | None) -> list[dict[str, Value | None]]:
    """Ask a named query; each row as variable → value (None if unbound), numbers, booleans and days converted."""
    query, solutions = _solutions(store, name, bindings)
    return [{key: value(solution[key]) for key in query.returns} for solution in solutions]


def texts(store: Store, name: str, /, **bindings: Value | None) -> list[list[str]]:
    """Ask a named query; each row as plain texts in the order of `Returns:`, "" where unbound, what a term is left out.

    For questions with many thousand rows: it takes a fifth of the time of `rows`. The row order is the query's.
    """
    query, solutions = _solutions(store, name, bindings)
    written = cast("ox.QuerySolutions", solutions).serialize(format=ox.QueryResultsFormat.CSV)
    try:
        _, *found = csv.reader(StringIO(cast("bytes", written).decode(), newline=""))
    except csv.Error:  # a single text longer than that module takes
        _, solutions = _solutions(store, name, bindings)
        return [[getattr(solution[key], "value", "") for key in query.returns] for solution in solutions]
    return found


def told(*names: str) -> None:
    """Note some named queries without bindings as asked: who read the same in another way (`graph.columns`) says so.

    Raises:
        NotFound: no such query.
    """
    asked.note([asked.Asked(_find(name).name) for name in names])


def table(store: Store, text: str, role: str = "reader") -> list[dict[str, Value | None]]:
    """Ask any SELECT; each row as variable → value, as `select` gives them. `pandas.DataFrame(graph.table(…))` works.

    Args:
        store: whom to ask.
        text: SPARQL of yours; it runs in this process, without a deadline.
        role: as whom: "public" or "reader".
    """
    solutions = cast("ox.QuerySolutions", store.query(text, graphs=store.graphs.readable(role)))
    names = [variable.value for variable in solutions.variables]
    return [{name: value(row[name]) for name in names} for row in solutions]


def value(term: object) -> Value | None:
    """A term as a Python value: IRIs as `Iri`, years and months as text, None for unbound."""
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return Iri(cast("ox.NamedNode", term).value)
    convert = _BY_DATATYPE.get(term.datatype.value)
    return convert(term.value) if convert else term.value


def term(value: Value) -> ox.NamedNode | ox.Literal:
    """A Python value as a term: `Iri` as node, all else as literal."""
    if isinstance(value, Iri):
        return ox.NamedNode(value)
    if isinstance(value, Decimal):
        return ox.Literal(str(value), datatype=ox.NamedNode(XSD.decimal))
    if isinstance(value, dt.datetime):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD.dateTime))
    if isinstance(value, dt.date):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD.date))
    return ox.Literal(value)


@cache
def _find(name: str) -> NamedQuery:
    path = FOLDER / f"{name}.rq"
    if not path.is_file():
        raise NotFound("query", name)
    text = path.read_text("utf-8")
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").rstrip())
    header = {key: rest.strip() for key, _, rest in (line.partition(":") for line in lines)}
    if not lines or "Binds" not in header or "Returns" not in header:
        raise ValueError(f"query {name}: the header lacks its sentence, Binds or Returns")
    binds = {variable: note or "" for variable, note in _BIND.findall(header["Binds"])}
    return NamedQuery(
        name=name,
        sentence=lines[0],
        binds=binds,
        optional=frozenset(variable for variable, note in binds.items() if note.startswith("optional")),
        returns=tuple(re.findall(r"\?(\w+)", header["Returns"])),
        graphs=frozenset(header.get("Graphs", "").replace(",", " ").split()),
        text=text,
    )


def _solutions(
    store: Store, name: str, bindings: dict[str, Value | None]
) -> tuple[NamedQuery, Iterable[ox.QuerySolution]]:
    query = _find(name)
    bound = {key: term(given) for key, given in bindings.items() if given is not None}
    unknown, missing = bindings.keys() - query.binds.keys(), query.binds.keys() - bound.keys() - query.optional
    if unknown or missing:
        raise TypeError(f"query {name}: unknown bindings {sorted(unknown)}, missing bindings {sorted(missing)}")
    given = ((key, str(value)) for key, value in sorted(bindings.items()) if value is not None)
    asked.note([asked.Asked(name, tuple(given))])
    results = store.query(query.text, bound, _graphs(store, query))
    return query, cast("Iterable[ox.QuerySolution]", results)


def _graphs(store: Store, query: NamedQuery) -> Sequence[ox.NamedNode] | None:
    return [*store.graphs.knowledge(), store.graphs.history] if "history" in query.graphs else None


@cache
def _converters(row: Any, returns: tuple[str, ...]) -> list[tuple[str, Callable[[Any], Any]]]:
    hints = get_type_hints(row)
    return [(field.name, _converter(hints[field.name])) for field in fields(row) if field.name in returns]


@cache
def _converter(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of that type from a term."""
    if get_origin(hint) in (Union, UnionType):
        (kind,) = (part for part in get_args(hint) if part is not NoneType)
        convert = _converter(kind)
        return lambda found: None if found is None else convert(found)
    if get_origin(hint) is tuple:
        return lambda found: tuple(part for part in found.value.split(SEPARATOR) if part) if found else ()
    return lambda found: _converted(found, hint)


def _converted(found: Any, kind: type[Any]) -> Any:
    if found is None:
        raise TypeError(f"unbound where {kind.__name__} is wanted")
    if kind is str:
        return found.value
    result = value(found)
    if kind is float and isinstance(result, int | Decimal):
        return float(result)
    if kind is dt.date and isinstance(result, dt.datetime):
        raise TypeError(f"{result!r} is no day")
    if not isinstance(result, kind):
        raise TypeError(f"{result!r} is no {kind.__name__}")
    return result


_BY_DATATYPE: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys((XSD.integer, XSD.int, XSD.long, XSD.nonNegativeInteger), int),
    XSD.decimal: Decimal,
    XSD.double: float,
    XSD.float: float,
    XSD.boolean: lambda text: text in ("true", "1"),
    XSD.date: lambda text: dt.date.fromisoformat(text[:10]),
    XSD.dateTime: dt.datetime.fromisoformat,
}
