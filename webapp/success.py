"""What came of a round: line by line, by Handlungsfeld, and its partnerships against those of the round before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from graph import entries, rounds
from graph.errors import BadInput
from webapp import current
from webapp import rounds_words as words
from webapp.sheets import sheet

if TYPE_CHECKING:
    from graph.rounds import Change, Comparison, FollowUp, Found, Outcome

blueprint = Blueprint("success", __name__)

RESULTS = {
    "project": lazy_gettext("gemeinsames Projekt"),
    "tie": lazy_gettext("andere Zusammenarbeit"),
    "met": lazy_gettext("waren bei derselben Veranstaltung"),
    "entered": lazy_gettext("inzwischen eingetragen, ohne Datum"),
    "known": lazy_gettext("kannten sich schon"),
    "way": lazy_gettext("unterwegs"),
    "open": lazy_gettext("noch nicht besprochen"),
    "unfit": lazy_gettext("passte nicht"),
}
"""What can have come of a line, the fruits first."""


@blueprint.get("/rounds/<slug:slug>/success")
def page(slug: str) -> str | Response:
    """What came of the lines of a round, or with `?format=csv` as a table."""
    found = rounds.follow_up(current.store(), slug, current.language())
    if request.args.get("format") == "csv":
        return _outcomes_sheet(found)
    earlier = rounds.earlier_rounds(current.store(), slug, current.language())
    return render_template(
        "rounds/success.html", found=found, space=found.space, results=RESULTS, earlier=earlier, told=told
    )


@blueprint.get("/rounds/<slug:slug>/compare")
def compare(slug: str) -> str | Response:
    """New, kept and lost partnerships against an earlier round, or with `?format=csv` pair by pair."""
    store, language = current.store(), current.language()
    space = rounds.workspace(store, slug, language)
    earlier = rounds.earlier_rounds(store, slug, language)
    before = request.args.get("with", "") or (earlier[0].slug if earlier else "")
    if before and before not in {ref.slug for ref in earlier}:
        raise BadInput("filter", before, tuple(ref.slug for ref in earlier))
    hubs = request.args.get("hubs", "no") != "no"
    found = rounds.compare(store, before, slug, hubs=hubs, language=language) if before else None
    if found and request.args.get("format") == "csv":
        return _pairs_sheet(found)
    return render_template("rounds/compare.html", found=found, space=space, earlier=earlier, before=before, hubs=hubs)


def told(one: Found) -> str:
    """What two have in common today, in words."""
    when = _("seit %(year)s", year=one.start.year) if one.start else _("ohne Datum")
    names = {
        "project": _("gemeinsames Projekt"),
        "event": _("gemeinsame Veranstaltung"),
        "body": _("gemeinsames Gremium"),
        "tie": _("eingetragene Zusammenarbeit"),
    }
    return f"{names[one.kind]} ({when})"


def _outcomes_sheet(found: FollowUp) -> Response:
    headings = [
        _("Worum es geht"), _("Ergebnis"), _("Stand"), _("Was die Angaben zeigen"), _("Warum nicht"),
        _("Handlungsfelder"),
    ]  # fmt: skip
    return sheet(f"ergebnis-{found.space.round.slug}", headings, (_outcome_row(one) for one in found.outcomes))


def _outcome_row(one: Outcome) -> list[str]:
    seen = (f"{told(each)}: {each.what.label}" if each.what else told(each) for each in one.found)
    return [
        one.line.label,
        str(RESULTS[one.result]),
        words.state_words(one.line.state),
        entries.join(seen),
        entries.join(one.why),
        entries.join(ref.label for ref in one.line.fields),
    ]


def _pairs_sheet(found: Comparison) -> Response:
    headings = [_("Handlungsfeld"), _("Was"), _("Akteur"), _("Akteur"), _("über")]
    lines = (line for change in (found.total, *found.fields) for line in _pair_rows(change))
    return sheet(f"vergleich-{found.before.slug}-{found.after.slug}", headings, lines)


def _pair_rows(change: Change) -> list[list[str]]:
    field = change.field.label if change.field else _("alle")
    groups = ((_("neu"), change.new), (_("geblieben"), change.kept), (_("beendet"), change.lost))
    return [
        [field, word, *(ref.label for ref in pair.actors), entries.join(ref.label for ref in pair.via)]
        for word, pairs in groups
        for pair in pairs
    ]
