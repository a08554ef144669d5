"""Missing partnerships: the two lists, one suggestion with all that is behind it, and how good the lists were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from graph import gaps as partnerships
from graph.errors import BadInput
from webapp import current, matching

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from werkzeug.wrappers import Response as AnyResponse

    from graph.gaps import Gap

blueprint = Blueprint("gaps", __name__, url_prefix="/gaps")

TITLES = {
    "table": lazy_gettext("Wer fehlt am Tisch?"),
    "coverage": lazy_gettext("Welche Lücke hat das Quartier?"),
    "introduce": lazy_gettext("Wer sollte wen kennenlernen?"),
    "renew": lazy_gettext("Wieder aufnehmen"),
    "thread": lazy_gettext("Einzelfaden"),
    "handover": lazy_gettext("Netz ohne QM"),
    "double": lazy_gettext("Doppelstruktur"),
}
LEADS = {
    "table": lazy_gettext("Akteure, die zu einem laufenden Projekt passen und dort noch nicht dabei sind."),
    "coverage": lazy_gettext("Wo das IHEK einen Bedarf nennt und niemand daran arbeitet."),
    "introduce": lazy_gettext("Paare, die etwas gemeinsam haben, aber noch nichts gemeinsam machen."),
    "renew": lazy_gettext("Frühere Partner, beide noch da, aber seit vier Jahren ohne etwas Gemeinsames."),
    "thread": lazy_gettext("Wer oder was nur über eine einzige Verbindung oder einen einzigen Akteur Anschluss hat."),
    "handover": lazy_gettext("Welche Verbindungen und Felder enden, wenn das QM geht, und was sie halten könnte."),
    "double": lazy_gettext("Gremien und Netzwerke mit fast denselben Mitgliedern und demselben Thema."),
}
STRENGTHS = {"stark": lazy_gettext("stark"), "mittel": lazy_gettext("mittel"), "schwach": lazy_gettext("schwach")}
SPREADSHEET_LINES = 200
"""Lines of the CSV; the page shows fewer."""

PAGE_LINES = 20
LISTS = {"actor": ("introduce", "table"), "project": ("table",), "statement": ("table",)}
"""Entry type → the lists that have suggestions for it."""

SHORT_LINES = 5
"""Lines on the page of an actor or a project."""

FILTERS = ("handlungsfeld", "round", "place", "actor")
TABLES = ("project", "event", "statement")
"""What can have a table at which somebody is missing."""


@blueprint.get("", strict_slashes=False)
def page() -> str | Response:
    """One list with its filters, or with `?format=csv` its table."""
    kind = request.args.get("kind", partnerships.USUAL)
    if kind not in partnerships.KINDS:
        raise BadInput(_("Liste"), kind, partnerships.KINDS)
    chosen = _chosen(kind)
    as_of = _day()
    matches = bool(request.args.get("matches"))
    if request.args.get("format") == "csv":
        found = partnerships.gaps(
            current.store(), kind, as_of=as_of, matches=matches, limit=SPREADSHEET_LINES, **chosen
        )
        return _spreadsheet(kind, found)
    found = partnerships.gaps(current.store(), kind, as_of=as_of, matches=matches, limit=PAGE_LINES, **chosen)
    return render_template(
        "gaps/page.html",
        kind=kind,
        kinds=_kinds(),
        lead=LEADS[kind],
        gaps=found,
        chosen=chosen,
        matches=matches,
        as_of=request.args.get("as_of", "").strip(),
        choices=partnerships.choices(current.store()),
        address=_address,
    )


@blueprint.get("/backtest")
def backtest() -> str | Response:
    """How often such lists came true in the past; with `?format=csv` as a table."""
    found = partnerships.backtest(current.store())
    if request.args.get("format") == "csv":
        headers = {"Content-Disposition": 'attachment; filename="gaps-backtest.csv"'}
        return Response(partnerships.backtest_csv(found), mimetype="text/csv", headers=headers)
    return render_template("gaps/backtest.html", found=found.as_json(), methods=_methods())


@blueprint.get("/<slug:gap_id>")
def one(gap_id: str) -> str | AnyResponse:
    """One suggestion with its reasons, their statements and sources."""
    if after := _led_on(gap_id):
        return redirect(url_for("gaps.one", gap_id=after, as_of=request.args.get("as_of")), 303)
    gap = partnerships.find_gap(current.store(), gap_id, as_of=_day())
    if gap.id != gap_id:
        return redirect(url_for("gaps.one", gap_id=gap.id, as_of=request.args.get("as_of")))
    sources = partnerships.sources(current.store(), gap)
    as_of = request.args.get("as_of", "").strip()
    return render_template("gaps/one.html", gap=gap, sources=sources, kinds=_kinds(), title=title_of(gap), as_of=as_of)


def _led_on(gap_id: str) -> str:
    """The id with the entries that merged ones became; "" if none was merged."""
    kind, *slugs = gap_id.split(partnerships.SEPARATOR)
    known = partnerships.LISTS[kind].parts if kind in partnerships.LISTS else ()
    types: tuple[str, ...] = next((types for types in known if len(types) == len(slugs)), ())
    after = [matching.leads_on(each, slug) if each else "" for each, slug in zip(types, slugs, strict=False)]
    now = (new or slug for new, slug in zip(after, slugs, strict=False))
    return partnerships.SEPARATOR.join((kind, *now)) if any(after) else ""


@blueprint.get("/of/<any(actor, project, statement):kind>/<slug:slug>")
def lines(kind: str, slug: str) -> str:
    """The first suggestions for an entry, of the list `?list=`: what its page fetches when it stands.

    The lists are made anew after each change, which takes longer than a page may.

    Raises:
        NotFound: no such entry.
    """
    wanted = request.args.get("list", LISTS[kind][0])
    if wanted not in LISTS[kind]:
        raise BadInput(_("Liste"), wanted, LISTS[kind])
    about = {kind: slug}
    found = partnerships.gaps(current.store(), wanted, as_of=None, matches=False, limit=SHORT_LINES, **about)
    return render_template("gaps/_lines_of.html", gaps=found, slug=slug)


def title_of(gap: Gap) -> str:
    """What a suggestion is called in titles: its headline, or else its actors and what it is about."""
    if gap.headline:
        return gap.headline.in_language(current.language())
    sides = [*gap.actors, *([gap.subject] if gap.subject else [])]
    return " – ".join(side.label for side in sides)


@blueprint.app_template_filter("said")
def said(text: Any) -> str:
    """A sentence of a gap in the language of the page."""
    return str(text.in_language(current.language()))


@blueprint.app_template_filter("strength_word")
def strength_word(strength: str) -> str:
    """stark, mittel or schwach in the language of the page."""
    return str(STRENGTHS[strength])


def _kinds() -> dict[str, Any]:
    """Titles of the lists there are, in the order in which they are offered."""
    return {kind: TITLES[kind] for kind in partnerships.KINDS}


def _chosen(kind: str) -> dict[str, str]:
    """The filters of the address; a table only where the list knows tables."""
    names = (*FILTERS, *TABLES) if kind == "table" else FILTERS
    return {name: slug for name in names if (slug := request.args.get(name, "").strip())}


def _day() -> date | None:
    text = request.args.get("as_of", "").strip()
    if not text:
        return None
    try:
        return partnerships.day_of(text)
    except BadInput as error:
        forms = _("JJJJ"), _("JJJJ-MM"), _("JJJJ-MM-TT")
        raise BadInput(_("Stand"), error.where, forms) from error


def _address(kind: str, chosen: Mapping[str, str], **more: str) -> str:
    """The list of a kind with these filters."""
    as_of = request.args.get("as_of", "").strip()
    kept = {"as_of": as_of, "matches": request.args.get("matches", "")}
    values: dict[str, Any] = {**chosen, **{name: value for name, value in kept.items() if value}, **more}
    return url_for("gaps.page", kind=kind, **values)


def _spreadsheet(kind: str, found: list[Gap]) -> Response:
    text = partnerships.as_csv(found, current.language())
    headers = {"Content-Disposition": f'attachment; filename="gaps-{kind}.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


def _methods() -> dict[str, str]:
    """What each method of the backtest is called."""
    return {
        "pankenetz": _("Pankenetz"),
        "random": _("Zufall"),
        "popularity": _("die mit den meisten Projekten"),
        "preferential_attachment": _("die mit den meisten Partnern"),
        "common_neighbours": _("gemeinsame Partner, gezählt"),
        "adamic_adar": _("gemeinsame Partner, nach Adamic und Adar"),
        "resource_allocation": _("gemeinsame Partner, nach Zhou"),
        "jaccard": _("gemeinsame Partner, nach Jaccard"),
        "katz": _("Wege im Netz, nach Katz"),
        "partners_of_traeger": _("Partner des Trägers"),
        "same_field": _("dasselbe Handlungsfeld"),
        "text": _("ähnlicher Projekttext"),
    }
