"""Answer every error a person meets as a page, as JSON or as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from graph import directory
from graph import errors as graph_errors
from webapp import accountwords, current
from webapp.errorwords import PAGES, Problem, problem

if TYPE_CHECKING:
    from flask import Flask, Response

RETRY_AFTER = 5
"""Seconds after which a busy server may be asked again."""


def install(app: Flask) -> None:
    """Answer errors of the graph, of HTTP, and defects."""
    app.register_error_handler(graph_errors.PankenetzError, answer_graph_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(CSRFError, answer_stale_form)


def answer_graph_error(error: graph_errors.PankenetzError) -> Response:
    """An error raised on purpose; one that nobody worded is a defect and goes to the journal."""
    found = problem(error)
    if found.status == 500:
        current_app.logger.error("no wording for this error", exc_info=error)
    return answer(found)


def answer_stale_form(_error: CSRFError) -> Response:
    """A form without our token: left open over a restart, or not ours; or the browser keeps no cookies."""
    if not request.cookies:
        return answer(
            Problem(
                400, _("Ihr Browser nimmt keine Cookies von Pankenetz an. Bitte erlauben Sie sie für diese Adresse.")
            )
        )
    return answer(
        Problem(400, _("Das Formular ist veraltet. Bitte laden Sie die Seite neu und senden Sie es noch einmal ab."))
    )


def answer_http_error(error: HTTPException) -> Response:
    """What Flask or a view refused; an unexpected exception arrives here as 500, already in the journal."""
    status = error.code or 500
    if status < 400 and error.response is None:
        return make_response(error.get_response())
    if error.description == "host":
        # No page of ours for a foreign name: its links and forms would belong to that name.
        return make_response(
            _("Diese Adresse gehört nicht zu Pankenetz. Öffnen Sie http://127.0.0.1 mit der Portnummer."), 400, _PLAIN
        )
    detail = ""
    if error.description == "token":
        detail = _("Diesen Zugangsschlüssel gibt es nicht, oder er ist abgelaufen.")
    if not isinstance(error, InternalServerError) and status not in PAGES:
        detail = f"{status} {error.name}"
    if status == 403 and not error.response:
        detail = accountwords.who_can_help()
    response = answer(Problem(status, detail))
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


def answer(found: Problem) -> Response:
    """The error as a page, as JSON or as plain text, as the asker can read it."""
    title, advice = found.words
    detail = found.detail
    if _wants_json():
        body = jsonify(error={"status": found.status, "title": str(title), "detail": detail, "advice": str(advice)})
        response = make_response(body, found.status)
    elif _wants_page():
        response = make_response(_page(found), found.status)
    else:
        response = make_response(
            "\n".join(filter(None, (str(title), detail, str(advice)))) + "\n", found.status, _PLAIN
        )
    if found.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Pankenetz"'
    if found.status in {429, 503}:
        response.headers["Retry-After"] = str(found.retry_after or RETRY_AFTER)
    return response


def _page(found: Problem) -> str:
    """The error among the ways to all other pages; a defect that breaks those too stands alone."""
    title, advice = found.words
    nearest = _nearest() if found.status == 404 else []
    said = {"title": title, "detail": found.detail, "advice": advice, "status": found.status, "nearest": nearest}
    try:
        return render_template("errors/page.html", **said)
    except Exception:
        if found.status != 500:
            raise  # and come here again, as a defect
        current_app.logger.exception("the page that tells of a defect has one")
        return render_template("errors/bare.html", **said)


def _nearest() -> list[directory.Hit]:
    """Entries that the end of an unknown address may have meant."""
    words = request.path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("-", " ")
    return directory.search(current.store(), words[:80], 5, language=current.language())


def _wants_json() -> bool:
    accepted = request.headers.get("Accept", "")
    return request.path.endswith((".json", ".jsonld")) or ("json" in accepted and "text/html" not in accepted)


def _wants_page() -> bool:
    accepted = request.headers.get("Accept", "")
    return "text/html" in accepted or (
        request.blueprint not in ("sparql", "graph_store") and ("*/*" in accepted or not accepted)
    )
