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
from graph.sandbox.room import FullError
from graph.syntax import GRAPHS, TABLES, query_form, tokens

if TYPE_CHECKING:
    from graph.sandbox.room import Room

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


_LIMIT = re.compile(r"(?:^| )LIMIT((?: \d){1,9})(?: OFFSET(?: \d)+)?$", re.IGNORECASE)
"""The end of a query, token by token, that allows itself so many rows."""


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

    def place(self, content: bytes, most: int) -> int | None:
        """Where the first `most` rows end; None if there are no more than these."""
        if content.count(self.cheap) < most + self.headings:
            return None
        ends = (match.end(1) for match in self.end.finditer(content) if match[1])
        return next(itertools.islice(ends, most + self.headings - 1, None), None)

    def last_place(self, content: bytes, most: int) -> int | None:
        """Where, in what breaks off, its rows end that are surely whole, at most so many; None if there are none."""
        ends = [match.end(1) for match in self.end.finditer(content) if match[1]][: most + self.headings]
        return ends[-1] if len(ends) > self.headings else None


_ROWS = {
    # Within a JSON text `},{"` can only be its last three signs and its end, and then no variable's name follows.
    TABLES["json"]: _Rows(b"},{", re.compile(rb'(\})(?=,\{"\w)'), 0, b"]}}"),
    TABLES["xml"]: _Rows(b"</result>", re.compile(rb"(</result>)(?=<result>)"), 0, b"</results></sparql>"),
    TABLES["csv"]: _Rows(b"\n", re.compile(rb'"[^"]*(?:""[^"]*)*(?:"|\Z)|(\n)(?=.)', re.DOTALL), 1, b""),
    TABLES["tsv"]: _Rows(b"\n", re.compile(rb"(\n)(?=.)", re.DOTALL), 1, b""),
}


def answer(store: ox.Store, request: dict[str, Any], room: Room) -> bool:
    """Write the answer.

    Args:
        store: what is asked.
        request: `text`, `media_type`, `graphs`, `default`, `named`, `max_rows`, `max_bytes`.
        room: for `max_bytes`.

    Returns:
        Whether it was cut.

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
        return _write(results, request, room)
    except FullError as error:
        raise QueryTooBig(request["max_bytes"], "bytes") from error
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


def _write(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, request: dict[str, Any], room: Room) -> bool:
    """Write them; returns whether there were too many."""
    sink, media_type = cast("Any", room), request["media_type"]
    max_rows: int = request["max_rows"]
    if isinstance(results, ox.QueryTriples):
        kept = list(itertools.islice(results, max_rows + 1))
        ox.serialize(kept[:max_rows], sink, _GRAPH_FORMATS[media_type])
        return len(kept) > max_rows
    if isinstance(results, ox.QueryBoolean):
        results.serialize(sink, format=_TABLE_FORMATS[media_type])
        return False
    rows = _ROWS[media_type]
    try:
        results.serialize(sink, format=_TABLE_FORMATS[media_type])
    except FullError:
        place = rows.last_place(room.content(), max_rows)
        if place is None:
            raise
    else:
        # To count them takes a tenth of the time it took to find them.
        may_be_more = room.size > max_rows and not _keeps_to(request["text"], max_rows)
        place = rows.place(room.content(), max_rows) if may_be_more else None
    if place is not None:
        room.end(place, rows.closing)
    return place is not None


def _keeps_to(text: str, max_rows: int) -> bool:
    """Whether the query itself allows no more rows."""
    limit = _LIMIT.search(" ".join(token[0] for token in tokens(text)))
    return limit is not None and int(limit[1].replace(" ", "")) <= max_rows
