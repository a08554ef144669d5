"""For the admin: which SPARQL runs and ran, for whom, how long, how it ended; what runs can be ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from webapp import current, sheets

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("runs", __name__, url_prefix="/sparql/runs")

OUTCOMES = {
    "running": lazy_gettext("läuft"),
    "done": lazy_gettext("beantwortet"),
    "QueryError": lazy_gettext("nicht lesbar"),
    "QueryRefused": lazy_gettext("abgelehnt"),
    "BadInput": lazy_gettext("abgelehnt"),
    "QueryTimeout": lazy_gettext("nach der Frist beendet"),
    "QueryTooBig": lazy_gettext("zu groß"),
    "QueryBusy": lazy_gettext("abgewiesen, weil viele warteten"),
    "QueryCancelled": lazy_gettext("abgebrochen"),
    "defect": lazy_gettext("Fehler von uns"),
}
"""How a question ended, in words."""

ASKERS = {"machine": lazy_gettext("an diesem Rechner"), "": lazy_gettext("Besuch")}
"""Who asks without an account."""


@blueprint.get("", strict_slashes=False)
def page() -> str:
    """The last questions, the latest first."""
    runs = current.whole_sandbox().journal.runs()
    return render_template("runs/page.html", runs=runs, outcomes=OUTCOMES, askers=ASKERS, clock=current.clock)


@blueprint.get("/runs.csv")
def sheet() -> Response:
    """The same as a table."""
    headings = (_("Beginn (UTC)"), _("Wer"), _("Sekunden"), _("Ende"), _("Bytes"), _("Abfrage"))
    lines = (
        (
            one.begun.isoformat(timespec="seconds"),
            str(ASKERS.get(one.who, one.who)),
            f"{one.so_far:.3f}",
            str(OUTCOMES[one.outcome]),
            str(one.size),
            one.text,
        )
        for one in current.whole_sandbox().journal.runs()
    )
    return sheets.sheet(_("abfragen"), headings, lines)


@blueprint.post("/cancel")
def cancel() -> AnyResponse:
    """End a question that runs."""
    number = request.form.get("number", "")
    if number.isdigit() and current.whole_sandbox().journal.cancel(int(number)):
        flash(_("Die Abfrage wird beendet."), "message")
    else:
        flash(_("Diese Abfrage läuft nicht mehr."), "message")
    return redirect(url_for("runs.page"), 303)
