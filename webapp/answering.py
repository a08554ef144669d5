"""The answer to a query, for pages: asked in the sandbox, looked at in one of several ways, taken along as a file."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from flask import Response, jsonify, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wsgi import wrap_file

from graph import geography
from graph.answermap import on_map
from graph.answers import harmless
from graph.errors import QueryError, QueryRefused
from graph.questions import NAMESPACES
from graph.syntax import GRAPHS, TABLES, clarified
from webapp import answersheet, answerviews, current, results, rights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.sandbox import Answer

VIEWS = {
    "table": lazy_gettext("Tabelle"),
    "chart": lazy_gettext("Balken"),
    "matrix": lazy_gettext("Matrix"),
    "network": lazy_gettext("Netz"),
    "map": lazy_gettext("Karte"),
    "raw": lazy_gettext("Rohdaten"),
}
"""Ways to look at rows."""

OURS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
}
"""Files that SPARQL knows nothing of, made from rows: with names instead of addresses, as points on a map."""

_LONG: Final = 1 << 20
"""Bytes of an answer whose copies take time."""


@dataclass(frozen=True)
class Looked:
    """An answer as it is looked at.

    Attributes:
        answer: as it came.
        table: its rows as people read them; None for triples.
        view: key of `VIEWS`.
        views: those the answer has: key, label, address.
        pictured: what the template of the view draws.
        files: short name of a format → address.
        permanent: the address of what is seen.
    """

    answer: Answer
    table: results.Shown | None
    view: str
    views: tuple[tuple[str, str, str], ...]
    pictured: object
    files: dict[str, str]
    permanent: str


def run(
    text: str,
    media_type: str,
    default: Sequence[str] | None = None,
    named: Sequence[str] | None = None,
) -> Answer:
    """Ask the sandbox, within what who asks may read; see `graph.sandbox.Sandbox.run`."""
    with explained(text):
        return current.sandbox().run(
            text,
            media_type,
            graphs=current.dataset().graphs.readable(rights.asker().level),
            default=default,
            named=named,
            base=request.base_url,
            # The server's word for "the browser went away"; nobody needs the answer then.
            gone=request.environ.get("waitress.client_disconnected"),
            who=_who(),
        )


@contextmanager
def explained(text: str) -> Iterator[None]:
    """What the sandbox cannot read is explained without the engine's English."""
    try:
        yield
    except QueryRefused:
        raise
    except QueryError as error:
        raise clarified(text, error, NAMESPACES) from error


def looked(answer: Answer, *, is_table: bool, address: Callable[..., str]) -> Looked:
    """How an answer is looked at: as the address says, if it can be, else as a table.

    Args:
        answer: rows as SPARQL's JSON, or triples.
        is_table: whether it is rows.
        address: of the same answer, with `view` or `format` added.
    """
    if not is_table:
        files = {name: address(format=name) for name in GRAPHS}
        return Looked(answer, None, "table", (), None, files, address())
    store, language = current.store(), current.language()
    table = results.shown(store, answer, language)
    possible = answerviews.views(table, store)
    wanted = request.values.get("view", "table")
    view = wanted if wanted in possible else "table"
    picture: object = None
    if view == "map":
        quarter = on_map(store, results.parts(table), language)
        picture = (geography.drawing(quarter), quarter.spots, address(format="geojson"))
    elif view in answerviews.PICTURES:
        picture = answerviews.PICTURES[view](table)
    views = tuple((name, str(VIEWS[name]), address(view=name)) for name in possible)
    files = {name: address(format=name) for name in ("csv", "xlsx", "json")}
    return Looked(answer, table, view, views, picture, files, address(view=view))


def sent(body: bytes, content_type: str) -> Response:
    """An answer as it is; a long one that nobody wants compressed is left to the server to read, which copies less."""
    if len(body) < _LONG or any(encoding != "identity" for encoding, _quality in request.accept_encodings):
        return Response(body, content_type=content_type)
    file = wrap_file(request.environ, BytesIO(body))
    response = Response(file, content_type=content_type, direct_passthrough=True)
    response.content_length = len(body)
    return response


def file(answer: Answer, name: str) -> Response:
    """An answer to be taken along, in the format of that short name; for those of `OURS` as rows in SPARQL's JSON."""
    media_type = {**OURS, **TABLES, **GRAPHS}[name]
    if name == "geojson":
        return jsonify(_points(answer))
    if name == "xlsx":
        table = results.shown(current.store(), answer, current.language(), None)
        response = Response(answersheet.workbook(table), mimetype=media_type)
    else:
        # Who says that it reads the standard's CSV gets it; anybody else may open it in a spreadsheet.
        is_plain = name != "csv" or TABLES["csv"] in request.headers.get("Accept", "")
        body = answer.body if is_plain else harmless(answer.body)
        response = sent(body, f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_("antwort")}.{name}"'
    return response


def _points(answer: Answer) -> dict[str, object]:
    """What the live map reads."""
    store, language = current.store(), current.language()
    table = results.shown(store, answer, language)
    pages = {value.iri: value.address for row in table.rows for value in row if value.iri}
    return geography.features(on_map(store, results.parts(table), language), pages)


def _who() -> str:
    """Whose question it is, for the journal: an account, "machine", or "" for a visitor."""
    asker = rights.asker()
    return asker.name or asker.via
