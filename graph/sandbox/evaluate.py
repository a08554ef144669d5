"""Answer one query, in the process that was forked for it: evaluate, serialise, keep to the caps."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from graph.errors import BadInput, QueryError, QueryRefused, QueryTooBig
from graph.sandbox import columns, dataset
from graph.sandbox.place import find_place
from graph.syntax import GRAPHS, TABLES, query_form

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE_FORMATS = {
    TABLES["json"]: ox.QueryResultsFormat.JSON,
    TABLES["xml"]: ox.QueryResultsFormat.XML,
    TABLES["csv"]: ox.QueryResultsFormat.CSV,
    TABLES["tsv"]: ox.QueryResultsFormat.TSV,
}
_GRAPH_FORMATS = {
    GRAPHS["ttl"]: ox.RdfFormat.TURTLE,
    GRAPHS["nt"]: ox.RdfFormat.N_TRIPLES,
    GRAPHS["jsonld"]: ox.RdfFormat.JSON_LD,
    GRAPHS["rdfxml"]: ox.RdfFormat.RDF_XML,
    GRAPHS["trig"]: ox.RdfFormat.TRIG,
    GRAPHS["nq"]: ox.RdfFormat.N_QUADS,
}
_PLACE = re.compile(r"^.*?at \d+:\d+(?:-\d+:\d+)?:? *")


@dataclass(frozen=True)
class _Rows:
    """How one row follows another in a serialisation.

    Attributes:
        cheap: bytes that occur wherever a row follows another, and perhaps elsewhere.
        end: matches texts whole, and as its group 1 the end of a row (or of the heading) that another row follows.
        headings: how many of these ends belong to no row.
        closing: what a document cut there still needs.
    """

    cheap: bytes
    end: re.Pattern[bytes]
    headings: int
    closing: bytes

    def cut(self, content: bytes, most: int) -> bytes | None:
        """The document with its first `most` rows; None if it has no more than these."""
        if content.count(self.cheap) < most + self.headings:
            return None
        ends = (match.end(1) for match in self.end.finditer(content) if match[1])
        place = next(itertools.islice(ends, most + self.headings - 1, None), None)
        return None if place is None else content[:place] + self.closing

    def whole(self, content: bytes, most: int) -> bytes | None:
        """Of a document that breaks off: its rows, at most so many, that are surely whole; None if there are none."""
        ends = [match.end(1) for match in self.end.finditer(content) if match[1]][: most + self.headings]
        return content[: ends[-1]] + self.closing if len(ends) > self.headings else None


_ROWS = {
    # Within a JSON text `},{"` can only be its last three signs and its end, and then no variable's name follows.
    TABLES["json"]: _Rows(b"},{", re.compile(rb'(\})(?=,\{"\w)'), 0, b"]}}"),
    TABLES["xml"]: _Rows(b"</result>", re.compile(rb"(</result>)(?=<result>)"), 0, b"</results></sparql>"),
    TABLES["csv"]: _Rows(b"\n", re.compile(rb'"[^"]*(?:""[^"]*)*(?:"|\Z)|(\n)(?=.)', re.DOTALL), 1, b""),
    TABLES["tsv"]: _Rows(b"\n", re.compile(rb"(\n)(?=.)", re.DOTALL), 1, b""),
}


class _Full(Exception):  # noqa: N818  # no error: a signal within this module
    """The answer has reached its cap."""


class _Bounded:
    """Collects bytes up to a cap; Oxigraph writes into it, 8 kB at a time."""

    def __init__(self, most: int) -> None:
        self.content = bytearray()
        self._most = most

    def write(self, part: bytes) -> int:
        room = self._most - len(self.content)
        self.content += part[:room]
        if len(part) > room:
            raise _Full
        return len(part)

    def flush(self) -> None:
        """Nothing to do: the bytes are here."""


def answer(store: ox.Store, request: dict[str, Any]) -> tuple[bytes | bytearray, bool]:
    """The answer's bytes, and whether it was cut.

    Args:
        store: what is asked.
        request: `text`, `media_type`, `graphs`, `default`, `named`, `max_rows`, `max_bytes`.

    Raises:
        QueryError, QueryRefused: the text.
        BadInput: a media type that does not suit it.
        QueryTooBig: a graph beyond the cap of bytes (tables are cut after a row instead).
    """
    text, media_type = request["text"], request["media_type"]
    results = _results(store, request)
    allowed = _GRAPH_FORMATS if isinstance(results, ox.QueryTriples) else _TABLE_FORMATS
    if media_type not in allowed:
        raise BadInput("media_type", media_type, tuple(allowed))
    try:
        if isinstance(results, ox.QueryTriples):
            return _graph(results, media_type, request["max_rows"], request["max_bytes"])
        return _table(results, media_type, request["max_rows"], request["max_bytes"])
    except (OSError, RuntimeError, ValueError) as error:
        raise _query_error(error, text) from error


def _query_error(error: Exception, text: str) -> QueryError:
    """An error of the engine: of syntax with its place, of evaluation without one."""
    message = _PLACE.sub("", str(error))
    return QueryError(message, *find_place(text)) if isinstance(error, SyntaxError) else QueryError(message)


def _results(store: ox.Store, request: dict[str, Any]) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    text = request["text"]
    chosen = dataset.chosen(text, request["graphs"], request["default"], request["named"], request["base"])
    try:
        results = store.query(text, base_iri=request["base"], **cast("dict[str, Any]", chosen))
        names = [one.value for one in results.variables] if isinstance(results, ox.QuerySolutions) else []
        if in_order := columns.spelt_out(text, names):
            results = store.query(in_order, base_iri=request["base"], **cast("dict[str, Any]", chosen))
    except (SyntaxError, OSError, RuntimeError, ValueError) as error:
        if query_form(text) == "UPDATE":
            raise QueryRefused("UPDATE") from error
        raise _query_error(error, text) from error
    # Nothing has been evaluated yet: Oxigraph does that while the answer is written.
    dataset.refuse_service(text)
    return results


def _graph(triples: Iterable[ox.Triple], media_type: str, max_rows: int, max_bytes: int) -> tuple[bytes, bool]:
    kept = list(itertools.islice(triples, max_rows + 1))
    sink = _Bounded(max_bytes)
    try:
        ox.serialize(kept[:max_rows], cast("Any", sink), _GRAPH_FORMATS[media_type])
    except _Full as error:
        raise QueryTooBig(max_bytes, "bytes") from error
    return bytes(sink.content), len(kept) > max_rows


def _table(
    results: ox.QuerySolutions | ox.QueryBoolean, media_type: str, max_rows: int, max_bytes: int
) -> tuple[bytes | bytearray, bool]:
    sink, rows = _Bounded(max_bytes), _ROWS[media_type]
    try:
        results.serialize(cast("Any", sink), format=_TABLE_FORMATS[media_type])
    except _Full as full:
        cut = rows.whole(bytes(sink.content), max_rows)
        if cut is None:
            raise QueryTooBig(max_bytes, "bytes") from full
        return cut, True
    if isinstance(results, ox.QueryBoolean) or sink.content.count(rows.cheap) < max_rows:
        return sink.content, False  # as it is: a copy of an answer near its cap costs as much as sending it
    content = bytes(sink.content)
    cut = rows.cut(content, max_rows)
    return (content, False) if cut is None else (cut, True)
