"""Kreis-Erfassung: a round table entered while it speaks. The graph keeps the state, the address says which meeting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph import upkeep
from graph.errors import BadFields, BadInput
from ontology.schema import concepts
from webapp import current, ties
from webapp import editing_words as words

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from graph.directory import Ref

blueprint = Blueprint("meeting", __name__, url_prefix="/meeting")


@blueprint.route("", methods=["GET", "POST"], strict_slashes=False)
def page() -> AnyResponse:
    """Which meeting: occasion, day, source."""
    problems: dict[str, str] = {}
    day = ties.named("day") or current.today().isoformat()
    if request.method == "POST":
        try:
            begun = upkeep.begin(
                current.store(), ties.named("occasion"), _day(day), ties.named("source"), author=current.author()
            )
        except BadFields as error:
            problems = {"source": words.unreadable(error.problems[0])}
        except BadInput as error:
            problems = {error.what: _PROBLEMS[error.what]()}
        else:
            return redirect(url_for("meeting.table", event=begun.event, source=begun.source), 303)
    return make_response(render_template("meeting/page.html", problems=problems, day=day), 422 if problems else 200)


_PROBLEMS = {
    "occasion": lambda: _("Bitte den Anlass angeben, zum Beispiel „Stadtteilrunde“."),
    "day": lambda: _("Bitte den Tag angeben, zum Beispiel 17.5.2024."),
}


def _day(text: str) -> date:
    """A day as browsers send it, or as people write it."""
    parts = text.split(".") if "." in text else text.split("-")[::-1]
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise BadInput("day", text) from None


@blueprint.get("/<slug:event>/<slug:source>")
def table(event: str, source: str) -> AnyResponse | str:
    """Who is there next; with `?actor=` whom that one works with."""
    store, language = current.store(), current.language()
    found = upkeep.meeting(store, event, source, language=language)
    if not ties.named("actor"):
        return render_template("meeting/table.html", meeting=found, unclear=None)
    one = upkeep.meant(store, ties.named("actor"), language=language)
    if isinstance(one, upkeep.Unclear):
        return render_template("meeting/table.html", meeting=found, unclear=one)
    return _partners(found, one)


@blueprint.post("/<slug:event>/<slug:source>")
def step(event: str, source: str) -> AnyResponse | str:
    """Save one step, and go on with the next actor."""
    store, language = current.store(), current.language()
    found = upkeep.meeting(store, event, source, language=language)
    one = upkeep.meant(store, ties.named("actor"), language=language)
    if isinstance(one, upkeep.Unclear):
        return make_response(render_template("meeting/table.html", meeting=found, unclear=one), 422)
    if "search" in request.form:
        return _partners(found, one)
    done = ties.attempt(lambda: upkeep.capture(store, event, source, ties.wanted(one.text), author=current.author()))
    if isinstance(done, ties.Refusal):
        return _partners(found, one, done)
    ties.tell(ties.told(done, one), done.change)
    return redirect(url_for("meeting.table", event=event, source=source), 303)


@blueprint.get("/<slug:event>/<slug:source>/summary")
def summary(event: str, source: str) -> str:
    """What was entered, and the picture of just this circle."""
    found = upkeep.meeting(current.store(), event, source, language=current.language())
    lacks: dict[Ref, list[str]] = {}
    for lack in upkeep.missing(current.store(), language=current.language(), kind="actor"):
        for ref in lack.entries:
            lacks.setdefault(ref, []).append(lack.wish.label[current.language()])
    return render_template(
        "meeting/summary.html",
        meeting=found,
        lacking=[(ref, lacks[ref]) for ref in found.everyone if ref in lacks],
        picture=url_for("network.page", view="all", focus=f"event/{event}"),
    )


def _partners(found: upkeep.Meeting, one: upkeep.Meant, refusal: ties.Refusal | None = None) -> AnyResponse:
    boxes = upkeep.tick_list(current.store(), one.ref, ties.chosen(), found.present, language=current.language())
    sheet = render_template(
        "meeting/partners.html",
        meeting=found,
        one=one,
        boxes=boxes,
        refusal=refusal,
        kinds=concepts("tie-kind"),
        states=concepts("tie-state"),
    )
    return make_response(sheet, 422 if refusal else 200)
