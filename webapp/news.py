"""What is new: since the last visit, a day or a data version."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _

from graph import upkeep
from graph.errors import BadInput
from ontology.schema import entity_types
from webapp import current, wording
from webapp.sheets import sheet

if TYPE_CHECKING:
    from flask import Response

    from graph.directory import Ref

blueprint = Blueprint("news", __name__)

SEEN_COOKIE = "seen"
"""Day and data version of a person's visit to the news, and those of the visit before, on an earlier day."""

_A_YEAR = 365 * 24 * 3600
_RECENTLY = timedelta(days=30)


@blueprint.get("/upkeep/news")
def page() -> Response:
    """What is new since the last visit, a day or a data version, or with `?format=csv` line by line."""
    store, language, today = current.store(), current.language(), current.today()
    day, version = _since()
    found = upkeep.news(store, version, day, today=today, language=language)
    if request.args.get("format") == "csv":
        return _news_sheet(found)
    answer = make_response(
        render_template("upkeep/news.html", found=found, day=day, types=entity_types(), last_visit=last_visit()[0])
    )
    answer.set_cookie(SEEN_COOKIE, _visits(), max_age=_A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def _since() -> tuple[date, int]:
    """From when on: as the address says, else since the last visit."""
    store = current.store()
    if text := request.args.get("version", "").strip():
        if not text.isdecimal() or len(text) > 9:
            raise BadInput(_("Version"), text)
        return upkeep.day_of(store, int(text)) or current.today(), int(text)
    if text := request.args.get("since", "").strip():
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise BadInput("date", text, (_("JJJJ-MM-TT"),)) from None
        return day, upkeep.version_before(store, day)
    return last_visit()


def last_visit() -> tuple[date, int]:
    """Day and data version of the last visit on an earlier day; without one, 30 days ago."""
    visits = _seen()
    if len(visits) == 2 and visits[0][0] == current.today():
        return visits[1]
    if visits and visits[0][0] != current.today():
        return visits[0]
    day = current.today() - _RECENTLY
    return day, upkeep.version_before(current.store(), day)


def _visits() -> str:
    """What the cookie says after this visit: now, and the last one on an earlier day."""
    (day, version), now = last_visit(), current.today()
    return f"{now.isoformat()}.{current.store().version}.{day.isoformat()}.{version}"


def _seen() -> list[tuple[date, int]]:
    """The visits in the cookie, the latest first; [] for none or nonsense."""
    parts = request.cookies.get(SEEN_COOKIE, "").split(".")
    try:
        return [(date.fromisoformat(parts[at]), int(parts[at + 1])) for at in range(0, len(parts) - 1, 2)]
    except ValueError:
        return []


def _news_sheet(found: upkeep.News) -> Response:
    headings = [_("Was"), _("Klasse"), _("Kennung"), _("Name"), _("Einzelheiten")]
    lines: list[list[str]] = []

    def add(what: str, ref: Ref, details: str) -> None:
        lines.append([what, wording.type_label(ref.type), ref.slug, ref.label, details])

    for ref in found.new:
        add(_("neu"), ref, "")
    for link in found.links:
        add(_("neue Verbindung"), link.ref, link.role)
    for what, changed in ((_("geändert"), found.changed), (_("beendet"), found.ended)):
        for one in changed:
            add(what, one.ref, ", ".join(one.fields))
    lines.extend([_("zurückgezogen"), wording.type_label(kind), "", name, ""] for kind, name in found.gone)
    for what, happened in ((_("hat begonnen"), found.begun), (_("ist zu Ende gegangen"), found.finished)):
        for event in happened:
            add(what, event.ref, event.day.isoformat())
    return sheet("news", headings, lines)
