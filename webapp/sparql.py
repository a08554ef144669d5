"""SPARQL 1.1 Protocol for programs, and a page for people who ask in SPARQL. Read only, in the sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from graph.errors import BadInput, PankenetzError, QueryError, QueryRefused
from graph.questions import NAMESPACES, PREFIXES, THEMES, questions
from graph.syntax import GRAPHS, TABLES, asked_form, clarified
from webapp import current, errors, negotiation, results
from webapp.security import csrf

if TYPE_CHECKING:
    from graph.sandbox import Answer

blueprint = Blueprint("sparql", __name__)
# Programs have no token of ours; and nothing is changed here, whoever sends the form.
csrf.exempt(blueprint)

HTML = "text/html"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
TRUNCATED = "Pankenetz-Truncated"
"""Header of an answer that was cut off at a cap."""

_ALIASES = {"application/json": TABLES["json"], "application/xml": TABLES["xml"], "text/xml": TABLES["xml"]}


@dataclass(frozen=True)
class Asked:
    """What a request asks.

    Attributes:
        text: the query; "" if there is none.
        format: short name of the wanted form ("csv"), "" to go by `Accept`.
        default, named: IRIs of the dataset the asker chose; None if they chose none.
    """

    text: str = ""
    format: str = ""
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query as the asker can read it; without one, in a browser, show the page to write one."""
    asked = Asked()
    try:
        asked = _asked()
        if not asked.text.strip() and _is_browser():
            return _page(asked)
        if not asked.text.strip():
            _refuse(400, _("Es fehlt die Abfrage: der Parameter „query“."))
        return _answered(asked)
    except PankenetzError as error:
        if asked.format or not _is_browser():
            raise
        return _page(asked, error=error)


def _asked() -> Asked:
    """Read the request by the protocol: GET, POST of a form, POST of the query itself."""
    if request.method == "GET":
        parameters = request.args
    elif request.mimetype == FORM:
        parameters = request.form
    elif request.mimetype == QUERY:
        return _with_graphs(_body(), in_form=False)
    elif request.mimetype == UPDATE:
        _refuse_update()
    else:
        _refuse(415, _("Eine Abfrage kommt als %(form)s oder als %(query)s.", form=FORM, query=QUERY))
    if "update" in parameters:
        _refuse_update()
    texts = parameters.getlist("query")
    if len(texts) > 1:
        _refuse(400, _("Bitte nur eine Abfrage auf einmal."))
    return _with_graphs("".join(texts), in_form=request.method == "POST")


def _with_graphs(text: str, *, in_form: bool) -> Asked:
    parameters = request.form if in_form else request.args
    graphs = [tuple(parameters.getlist(f"{kind}-graph-uri")) or None for kind in ("default", "named")]
    return Asked(text, parameters.get("format", ""), *graphs)


def _body() -> str:
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError:
        _refuse(400, _("Die Abfrage ist kein Text in UTF-8."))


def _refuse_update() -> NoReturn:
    _refuse(403, _("Hier wird nur gelesen. Änderungen per SPARQL nimmt Pankenetz nicht an."))


def _refuse(status: int, sentence: str) -> NoReturn:
    """End the request with a status and a sentence."""
    answer = errors.answer(errors.Problem(status, sentence))
    raise HTTPException(response=answer)


def _answered(asked: Asked) -> Response:
    """Run the query and answer in the form that was asked for."""
    form = asked_form(asked.text)
    formats = TABLES if form in ("SELECT", "ASK") else GRAPHS
    media_type = _media_type(formats, asked.format)
    if media_type == HTML:
        answer = _run(asked, next(iter(formats.values())))
        table = results.shown(current.store(), answer, current.language()) if formats is TABLES else None
        return _page(asked, answer=answer, table=table)
    answer = _run(asked, _ALIASES.get(media_type, media_type))
    response = Response(answer.body, content_type=f"{media_type}; charset=utf-8")
    response.vary.add("Accept")
    if answer.truncated:
        response.headers[TRUNCATED] = "yes"
    if asked.format:
        response.headers["Content-Disposition"] = f'attachment; filename="{_("antwort")}.{asked.format}"'
    return response


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
        _refuse(406, _("Diese Antwort gibt es als %(formats)s.", formats=", ".join(formats.values())))
    return found


def _run(asked: Asked, media_type: str) -> Answer:
    """Ask the sandbox; what it cannot read is explained without the engine's English."""
    try:
        return current.sandbox().run(
            asked.text,
            media_type,
            default=asked.default,
            named=asked.named,
            # The server's word for "the browser went away"; nobody needs the answer then.
            gone=request.environ.get("waitress.client_disconnected"),
        )
    except QueryRefused:
        raise
    except QueryError as error:
        raise clarified(asked.text, error, NAMESPACES) from error


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
