"""Missing partnerships: the two lists, one suggestion with all that is behind it, and how good the lists were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph import gaps as partnerships
from graph.errors import BadInput
from ontology.schema import entity_types
from webapp import current, matching
from webapp.gapwords import LEADS, METHODS, ORDERS, STEPS, STRENGTHS, TITLES, VOICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from werkzeug.wrappers import Response as AnyResponse

    from graph.gaps import Gap, Ref

blueprint = Blueprint("gaps", __name__, url_prefix="/gaps")

SPREADSHEET_LINES = 200
"""Lines of the CSV; the page shows fewer."""

PAGE_LINES = 20
LISTS = {"actor": ("introduce", "table"), "project": ("table",), "statement": ("table",)}
"""Entry type → the lists that have suggestions for it."""

SHORT_LINES = 5
"""Lines on the page of an actor or a project."""

GUESSED = ("introduce", "table")
"""Lists that are ranked by weights and have two orders."""

MANY = 500
"""Entries from which one is written, with suggestions, instead of being picked from a list."""

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
    as_of = day_asked()
    matches = bool(request.args.get("matches"))
    order = request.args.get("order", "").strip() or partnerships.ORDERS[0]
    as_sheet = request.args.get("format") == "csv"
    limit = SPREADSHEET_LINES if as_sheet else PAGE_LINES
    store = current.store()
    found = partnerships.gaps(store, kind, as_of=as_of, matches=matches, order=order, limit=limit, **chosen)
    if as_sheet:
        return _spreadsheet(kind, found)
    return render_template(
        "gaps/page.html",
        kind=kind,
        kinds=_kinds(),
        lead=LEADS[kind],
        gaps=found,
        chosen=chosen,
        matches=matches,
        order=order,
        orders=ORDERS if kind in GUESSED else {},
        unserved=partnerships.unserved_fields(store, as_of=as_of) if kind == "introduce" and not chosen else [],
        weights=partnerships.weights(store).steps if kind in GUESSED else {},
        voices=VOICES,
        steps=STEPS,
        as_of=request.args.get("as_of", "").strip(),
        choices=partnerships.choices(store),
        many=MANY,
        written=partnerships.written,
        address=_address,
    )


@blueprint.get("/choices.json")
def choices() -> Response:
    """Entries a list can be narrowed to, for search-as-you-type where they are too many to be listed."""
    refs = partnerships.choices(current.store()).get(request.args.get("name", ""), [])
    found = partnerships.offered(refs, request.args.get("q", "")[:200])
    return jsonify(options=[{"text": partnerships.written(refs, ref.slug), "label": ref.label} for ref in found])


@blueprint.get("/backtest")
def backtest() -> str | Response:
    """How often such lists came true in the past; with `?format=csv` as a table."""
    found = partnerships.backtest(current.store())
    if request.args.get("format") == "csv":
        headers = {"Content-Disposition": 'attachment; filename="gaps-backtest.csv"'}
        return Response(partnerships.backtest_csv(found), mimetype="text/csv", headers=headers)
    normal = partnerships.weights(current.store()) == partnerships.NORMAL
    return render_template(
        "gaps/backtest.html", found=found.as_json(), panel=found, methods=METHODS, strengths=STRENGTHS, normal=normal
    )


@blueprint.get("/strengths")
def strengths() -> str:
    """What stark, mittel and schwach were worth in earlier years: what the list fetches when it stands."""
    found = partnerships.backtest(current.store()).strengths or {}
    kind = request.args.get("kind", GUESSED[0])
    if kind not in GUESSED:
        raise BadInput(_("Liste"), kind, GUESSED)
    return render_template("gaps/_strengths_of.html", found=found.get(kind, {}), words=STRENGTHS, kind=kind)


@blueprint.post("/weights")
def weigh() -> AnyResponse:
    """Keep how much each voice counts, or go back to normal."""
    form = request.form
    steps = {} if form.get("normal") else {voice: form[voice] for voice in partnerships.VOICES if voice in form}
    reason = _("Gewichte der Vorschläge")
    change = partnerships.set_weights(current.store(), steps, current.author(), reason)
    flash(_("Die Listen sind neu gewichtet."), change.id or "message")
    kind = form.get("kind", "")
    return redirect(url_for("gaps.page", kind=kind if kind in GUESSED else GUESSED[0]), 303)


@blueprint.get("/<slug:gap_id>")
def one(gap_id: str) -> str | AnyResponse:
    """One suggestion with its reasons, their statements and sources."""
    if after := _led_on(gap_id):
        return redirect(url_for("gaps.one", gap_id=after, as_of=request.args.get("as_of")), 303)
    gap = partnerships.find_gap(current.store(), gap_id, as_of=day_asked())
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
    asked = {name: text for name in names if (text := request.args.get(name, "").strip())}
    refs = partnerships.choices(current.store()) if asked else {}
    return {name: _meant(name, refs[name], text) for name, text in asked.items()}


def _meant(name: str, refs: Sequence[Ref], text: str) -> str:
    """The slug of the entry that is asked for; where names are written, half of one will do if it is one entry's.

    Raises:
        BadInput: what was written is nobody's name, or several could be meant.
    """
    slug = partnerships.meant(refs, text)
    if len(refs) <= MANY or any(ref.slug == slug for ref in refs):
        return slug
    near = partnerships.offered(refs, text)
    if len(near) == 1:
        return near[0].slug
    raise BadInput(entity_types()[name].label[current.language()], text, tuple(ref.label for ref in near))


def day_asked() -> date | None:
    """The day the address asks for; None for today.

    Raises:
        BadInput: it is no year, month or day.
    """
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
    kept = {"as_of": as_of} | {name: request.args.get(name, "") for name in ("matches", "order")}
    values: dict[str, Any] = {**chosen, **{name: value for name, value in kept.items() if value}, **more}
    return url_for("gaps.page", kind=kind, **values)


def _spreadsheet(kind: str, found: list[Gap]) -> Response:
    text = partnerships.as_csv(found, current.language())
    headers = {"Content-Disposition": f'attachment; filename="gaps-{kind}.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)
