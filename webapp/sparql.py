"""SPARQL 1.1 Protocol for programs, and a page for people who ask in SPARQL: all of it in the sandbox."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from graph import directory
from graph.endpoint import update
from graph.errors import BadInput, PankenetzError, QueryError
from graph.graph_store import FORMATS
from graph.query import catalogue
from graph.questions import NAMESPACES, PREFIXES, THEMES, questions
from graph.service import Service, description
from graph.syntax import GRAPHS, TABLES, asked_form, tokens
from graph.tidy import tidied
from graph.vocabulary import classes, properties, with_prefixes
from webapp import access, answering, current, errors, errorwords, geography, negotiation, protocol, rights
from webapp.protocol import Asked
from webapp.questions import kept_questions
from webapp.security import csrf

if TYPE_CHECKING:
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
        if request.args.get("tidy") and _is_browser():
            return _page(replace(asked, text=tidied(asked.text)))
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
    with answering.explained(asked.text):
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
    if asked.format in answering.OURS and formats is TABLES:
        return answering.file(_run(asked, TABLES["json"]), asked.format)
    media_type = _media_type(formats, asked.format)
    if media_type == HTML:
        answer = _run(asked, next(iter(formats.values())))
        return _page(asked, answering.looked(answer, is_table=formats is TABLES, address=partial(_address, asked)))
    tag = _tag(asked, media_type)
    if tag and request.if_none_match.contains(tag):
        return Response(status=304, headers={"ETag": f'"{tag}"'})
    answer = _run(asked, _ALIASES.get(media_type, media_type))
    if asked.format:
        response = answering.file(answer, asked.format)
    else:
        response = answering.sent(answer.body, f"{media_type}; charset=utf-8")
    response.vary.update(("Accept", "Authorization"))
    if tag:
        response.set_etag(tag)
    if answer.truncated:
        response.headers[TRUNCATED] = "yes"
    return response


def _address(asked: Asked, **more: str) -> str:
    """Where the same is asked, in another view or format."""
    parameters: dict[str, Any] = {
        "query": asked.text,
        "default-graph-uri": asked.default,
        "named-graph-uri": asked.named,
        **more,
    }
    return url_for("sparql.endpoint", **{name: value for name, value in parameters.items() if value})


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
    return answering.run(asked.text, media_type, asked.default, asked.named)


def _is_browser() -> bool:
    """Whether the asker would rather have a page than data."""
    return negotiation.best(request.accept_mimetypes, (TABLES["json"], GRAPHS["ttl"], HTML)) == HTML


def _page(asked: Asked, looked: answering.Looked | None = None, error: PankenetzError | None = None) -> Response:
    """The page: questions to start from, the query, its answer or what is wrong with it."""
    problem = errorwords.problem(error) if error else None
    page = render_template(
        "sparql/page.html",
        asked=asked,
        # An empty field helps nobody: one of the questions stands in it, to be run and changed.
        text=asked.text or questions()[0].text,
        looked=looked,
        place=(error.line, error.column) if isinstance(error, QueryError) else None,
        problem=problem,
        marked=marked(asked.text, error) if isinstance(error, QueryError) else None,
        question=next((one for one in questions() if one.text.strip() == unix(asked.text).strip()), None),
        about=_about(unix(asked.text).strip()),
        themes=[(heading, [one for one in questions() if one.theme == theme]) for theme, heading in THEMES.items()],
        prefixes=PREFIXES,
        formats={**TABLES, **answering.OURS, **GRAPHS},
    )
    response = Response(page, status=problem.status if problem else 200)
    response.vary.add("Accept")
    if problem and problem.status == 503:
        response.headers["Retry-After"] = str(problem.retry_after or errors.RETRY_AFTER)
    return geography.allow_tiles(response)


@dataclass(frozen=True)
class About:
    """What a query asks, in a sentence of a language, and how its answer is to be read."""

    title: str
    says: str
    language: str


def _about(text: str) -> About | None:
    """What a query asks, if it is one of ours: a ready question, a kept one, or one behind a page."""
    language = current.language()
    for one in questions():
        if one.text.strip() == text:
            return About(one.title[language], one.says[language], language)
    for kept in kept_questions():
        if unix(kept.text).strip() == text:
            return About(kept.sentence, kept.says, "de")
    found = next((named for named in catalogue() if named.text.strip() == text), None)
    return About(found.sentence, "", "en") if found else None


def marked(text: str, error: QueryError) -> tuple[str, str, str] | None:
    """The line that cannot be read, in three parts: before the place, the word at it, after it."""
    lines = unix(text).split("\n")
    if error.line is None or not 0 < error.line <= len(lines):
        return None
    line, start = lines[error.line - 1], (error.column or 1) - 1
    end = start + len(line[start:].split(" ")[0]) if start < len(line) else start
    return line[:start], line[start : max(end, start + 1)], line[max(end, start + 1) :]


def unix(text: str) -> str:
    """With the line ends of our files; browsers send two characters for each."""
    return text.replace("\r\n", "\n")
