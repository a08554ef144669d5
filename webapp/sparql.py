"""SPARQL 1.1 Protocol for programs, and a page for people who ask in SPARQL: all of it in the sandbox."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from graph import directory
from graph.answers import harmless
from graph.endpoint import FORMATS, update
from graph.errors import BadInput, PankenetzError, QueryError, QueryRefused
from graph.questions import NAMESPACES, PREFIXES, THEMES, questions
from graph.service import Service, description
from graph.syntax import GRAPHS, TABLES, asked_form, clarified, tokens
from graph.vocabulary import classes, properties, with_prefixes
from webapp import access, answerviews, current, errors, negotiation, protocol, results, rights
from webapp.protocol import Asked
from webapp.security import csrf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.sandbox import Answer

blueprint = Blueprint("sparql", __name__)
# Programs have no form token of ours; who may change something is decided by `webapp.access`.
csrf.exempt(blueprint)

HTML = "text/html"
TRUNCATED = "Pankenetz-Truncated"
"""Header of an answer that was cut off at a cap."""
CHANGE = "Pankenetz-Change"
"""Header of an update's answer: the number of the change, to be looked at or undone in the history."""

_FICKLE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_STARTED = secrets.token_hex(8)
"""Tells this run of the server from others, which may have had another ontology."""

VIEWS = {
    "table": lazy_gettext("Tabelle"),
    "chart": lazy_gettext("Balken"),
    "matrix": lazy_gettext("Matrix"),
    "network": lazy_gettext("Netz"),
    "raw": lazy_gettext("Rohdaten"),
}
"""Ways to look at rows."""

_ALIASES = {"application/json": TABLES["json"], "application/xml": TABLES["xml"], "text/xml": TABLES["xml"]}


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query or do an update; without one show the page to write one, or tell programs what is here."""
    asked = Asked()
    try:
        asked = protocol.asked()
        if asked.operation == "query" and not asked.format and _is_browser():
            asked = replace(asked, text=with_prefixes(asked.text))
        if asked.operation == "update":
            return _updated(asked)
        if not asked.text.strip() and _is_browser():
            return _page(asked)
        if not asked.operation and request.method == "GET":
            return _description()
        if not asked.text.strip():
            access.refuse(400, _("Es fehlt die Abfrage: der Parameter „query“."))
        return _answered(asked)
    except PankenetzError as error:
        if asked.format or not _is_browser():
            raise
        return _page(asked, error=error)


@blueprint.get("/sparql/terms.json")
def terms() -> Response:
    """What a query can be completed with: classes and properties in use, prefixes; with `q` entries of that name."""
    store, language = current.store(), current.language()
    if wanted := request.args.get("q", "").strip()[:80]:
        hits = directory.search(store, wanted, 12, language=language)
        return jsonify(entries=[{"iri": hit.ref.iri, "label": hit.ref.label} for hit in hits])
    return jsonify(
        classes=[asdict(word) for word in classes(store, language)],
        properties=[asdict(word) for word in properties(store, language)],
        prefixes=NAMESPACES,
    )


def _updated(asked: Asked) -> Response:
    """Do the update as one change, and say which."""
    author = access.require_update()
    with _explained(asked.text):
        change = update(
            current.dataset(),
            current.whole_sandbox(),
            asked.text,
            author=author,
            base=request.base_url,
            using=asked.default,
            named=asked.named,
            gone=request.environ.get("waitress.client_disconnected"),
        )
    response = Response(status=204)
    if change:
        response.headers[CHANGE] = change
    return response


def _description() -> Response:
    """What this endpoint is, for programs."""
    media_type = negotiation.best(request.accept_mimetypes, tuple(FORMATS))
    if media_type is None:
        access.refuse(406, _("Diese Antwort gibt es als %(formats)s.", formats=", ".join(FORMATS)))
    dataset = current.dataset()
    service = Service(request.base_url, dataset.graphs.readable(rights.asker().level), access.may_update())
    response = Response(description(dataset, service, media_type), content_type=f"{media_type}; charset=utf-8")
    response.vary.add("Accept")
    return response


def _answered(asked: Asked) -> Response:
    """Run the query and answer in the form that was asked for."""
    form = asked_form(asked.text)
    formats = TABLES if form in ("SELECT", "ASK") else GRAPHS
    media_type = _media_type(formats, asked.format)
    if media_type == HTML:
        answer = _run(asked, next(iter(formats.values())))
        table = results.shown(current.store(), answer, current.language()) if formats is TABLES else None
        return _page(asked, answer=answer, table=table)
    tag = _tag(asked, media_type)
    if tag and request.if_none_match.contains(tag):
        return Response(status=304, headers={"ETag": f'"{tag}"'})
    answer = _run(asked, _ALIASES.get(media_type, media_type))
    body = harmless(answer.body) if asked.format == "csv" else answer.body
    response = Response(body, content_type=f"{media_type}; charset=utf-8")
    response.vary.update(("Accept", "Authorization"))
    if tag:
        response.set_etag(tag)
    if answer.truncated:
        response.headers[TRUNCATED] = "yes"
    if asked.format:
        response.headers["Content-Disposition"] = f'attachment; filename="{_("antwort")}.{asked.format}"'
    return response


def _tag(asked: Asked, media_type: str) -> str:
    """What the answer depends on, in short: the same again needs no second run. "" if it depends on chance or time."""
    if any(token["word"] and token[0].upper() in _FICKLE for token in tokens(asked.text)):
        return ""
    parts = (_STARTED, current.dataset().version, rights.asker().level, media_type, asked)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _media_type(formats: dict[str, str], asked: str) -> str:
    """The media type to answer with: the one asked for by name, else the best by `Accept`."""
    if asked:
        if asked not in formats:
            raise BadInput("format", asked, tuple(formats))
        return formats[asked]
    aliases = [alias for alias, media_type in _ALIASES.items() if media_type in formats.values()]
    offers = (*formats.values(), *aliases, HTML)
    found = negotiation.best(request.accept_mimetypes, offers)
    if found is None:
        access.refuse(406, _("Diese Antwort gibt es als %(formats)s.", formats=", ".join(formats.values())))
    return found


def _run(asked: Asked, media_type: str) -> Answer:
    """Ask the sandbox."""
    with _explained(asked.text):
        return current.sandbox().run(
            asked.text,
            media_type,
            graphs=current.dataset().graphs.readable(rights.asker().level),
            default=asked.default,
            named=asked.named,
            base=request.base_url,
            # The server's word for "the browser went away"; nobody needs the answer then.
            gone=request.environ.get("waitress.client_disconnected"),
            who=_who(),
        )


def _who() -> str:
    """Whose question it is, for the journal: an account, "machine", or "" for a visitor."""
    asker = rights.asker()
    return asker.name or asker.via


@contextmanager
def _explained(text: str) -> Iterator[None]:
    """What the sandbox cannot read is explained without the engine's English."""
    try:
        yield
    except QueryRefused:
        raise
    except QueryError as error:
        raise clarified(text, error, NAMESPACES) from error


def _is_browser() -> bool:
    """Whether the asker would rather have a page than data."""
    return negotiation.best(request.accept_mimetypes, (TABLES["json"], GRAPHS["ttl"], HTML)) == HTML


def _page(
    asked: Asked,
    *,
    answer: Answer | None = None,
    table: results.Shown | None = None,
    error: PankenetzError | None = None,
) -> Response:
    """The page: questions to start from, the query, its answer or what is wrong with it."""
    problem = errors.problem(error) if error else None
    page = render_template(
        "sparql/page.html",
        asked=asked,
        # An empty field helps nobody: one of the questions stands in it, to be run and changed.
        text=asked.text or questions()[0].text,
        view=_view(table),
        views={name: VIEWS[name] for name in (answerviews.views(table) if table else ())},
        pictured=_pictured(table),
        place=(error.line, error.column) if isinstance(error, QueryError) else None,
        answer=answer,
        table=table,
        problem=problem,
        marked=_marked(asked.text, error) if isinstance(error, QueryError) else None,
        question=next((one for one in questions() if one.text.strip() == _unix(asked.text).strip()), None),
        themes=[(heading, [one for one in questions() if one.theme == theme]) for theme, heading in THEMES.items()],
        prefixes=PREFIXES,
        formats={**TABLES, **GRAPHS},
        downloads=("csv", "json") if table else tuple(GRAPHS),
        most_rows=results.MOST_ROWS,
        permanent=url_for("sparql.endpoint", query=asked.text),
    )
    response = Response(page, status=problem.status if problem else 200)
    response.vary.add("Accept")
    if problem and problem.status == 503:
        response.headers["Retry-After"] = str(problem.retry_after or errors.RETRY_AFTER)
    return response


def _view(table: results.Shown | None) -> str:
    """The view that was asked for, if the answer can be looked at so; else the table."""
    wanted = request.values.get("view", "table")
    return wanted if table and wanted in answerviews.views(table) else "table"


def _pictured(table: results.Shown | None) -> object:
    """What the template of the chosen view draws."""
    view = _view(table)
    if table is None or view not in ("chart", "matrix", "network"):
        return None
    if view == "chart":
        return answerviews.bars(table)
    return answerviews.matrix(table) if view == "matrix" else answerviews.network(table)


def _marked(text: str, error: QueryError) -> tuple[str, str, str] | None:
    """The line that cannot be read, in three parts: before the place, the word at it, after it."""
    lines = _unix(text).split("\n")
    if error.line is None or not 0 < error.line <= len(lines):
        return None
    line, start = lines[error.line - 1], (error.column or 1) - 1
    end = start + len(line[start:].split(" ")[0]) if start < len(line) else start
    return line[:start], line[start : max(end, start + 1)], line[max(end, start + 1) :]


def _unix(text: str) -> str:
    """With the line ends of our files; browsers send two characters for each."""
    return text.replace("\r\n", "\n")
