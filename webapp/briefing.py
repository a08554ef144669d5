"""The Vernetzung chapter of a planning round, to take along in four formats."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort
from flask_babel import lazy_gettext

from graph import briefing
from webapp import current

blueprint = Blueprint("briefing", __name__)

FORMATS: Final = {
    "docx": (lazy_gettext("Word"), lazy_gettext("zum Weiterschreiben")),
    "pdf": (lazy_gettext("PDF"), lazy_gettext("zum Drucken und Verschicken")),
    "html": (lazy_gettext("Webseite"), lazy_gettext("eine Datei für jeden Browser")),
    "xlsx": (lazy_gettext("Excel"), lazy_gettext("ein Blatt je Tabelle")),
}
"""Ending → what it is called, and what it is for."""

TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/rounds/<slug:slug>/briefing.<ending>")
def download(slug: str, ending: str) -> Response:
    """The chapter as a file.

    Raises:
        NotFound: there is no such round.
        NotInstalled: the format needs what this installation was made without.
    """
    if ending not in TYPES:
        abort(404)
    content = briefing.content(current.store(), slug, ending, today=current.today())
    headers = {"Content-Disposition": f'attachment; filename="{briefing.name_of(slug, ending)}"'}
    return Response(content, content_type=TYPES[ending], headers=headers)


@blueprint.app_context_processor
def _offer() -> dict[str, object]:
    return {"BRIEFING_FORMATS": FORMATS}
