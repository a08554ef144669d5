"""Lists and entry pages of every type, made from the shapes; every list as CSV too."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graph import directory, picture
from graph.errors import NotFound
from ontology.schema import entity_types
from webapp import current, gaps, history, matching, urls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse

blueprint = Blueprint("directory", __name__)
blueprint.add_app_template_filter(directory.by_field)

NODES = frozenset({"actor", "project", "place", "event", "handlungsfeld", "programme"})
"""Entry types that the network shows."""

MATCHES = "matches"
"""Query name of the box "auch verwandte Handlungsfelder anderer Runden"."""


@blueprint.get("/<list:kind>")
def listing(kind: str) -> str | Response:
    """One page of a list, or with `?format=csv` all of it."""
    if request.args.get("format") == "csv":
        return sheet(kind)
    found = directory.listing(current.store(), kind, _order(kind), language=current.language())
    return render_template(
        "directory/list.html", found=found, columns=_linked(found.columns), has_matches=_has_matches(found)
    )


@blueprint.get("/<list:kind>.csv")
def sheet(kind: str) -> Response:
    """The list with its filters, all pages and all fields, as CSV."""
    language = current.language()
    text = directory.spreadsheet(current.store(), kind, _order(kind), language=language)
    name = entity_types()[kind].plural
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


@blueprint.get("/<list:kind>/<slug:slug>")
def entry(kind: str, slug: str) -> str | AnyResponse:
    """All about one entry; of one that was removed, by which change; one that was merged leads on."""
    if after := matching.leads_on(kind, slug):
        return redirect(url_for("directory.entry", kind=kind, slug=after), 303)
    store = current.store()
    try:
        found = directory.entry(store, kind, slug, language=current.language())
    except NotFound:
        if farewell := history.farewell(kind, slug):
            return farewell
        raise
    return render_template(
        "directory/entry.html",
        entry=found,
        ref=found.row.ref,
        kind=found.row.kind,
        types=entity_types(),
        neighbour_words=neighbour_words(),
        incoming_words=incoming_words(),
        timeline=directory.timeline(store, found, today=current.today(), language=current.language()),
        strand_words=strand_words(),
        GAP_LISTS=gaps.LISTS,
        in_network=_in_network(kind, slug),
        surroundings=_surroundings(found),
    )


@blueprint.get("/<list:kind>/<slug:slug>/links.csv")
def links(kind: str, slug: str) -> Response:
    """All that an entry is linked with, as CSV."""
    store, language = current.store(), current.language()
    found = directory.entry(store, kind, slug, language=language)
    years = directory.timeline(store, found, today=current.today(), language=language)
    headers = {"Content-Disposition": f'attachment; filename="{slug}.csv"'}
    return Response(directory.links(found, years, language=language), mimetype="text/csv", headers=headers)


@blueprint.get("/<list:kind>/<slug:slug>/picture.svg")
def glance(kind: str, slug: str) -> Response:
    """The nearest neighbours of an entry as a small drawing."""
    if kind not in NODES:
        abort(404)
    drawing = picture.glance(current.store(), f"{kind}/{slug}", current.language())
    return Response(drawing, content_type="image/svg+xml; charset=utf-8")


def neighbour_words() -> dict[tuple[str, str], str]:
    """Headings for entries that point to the one shown, by (their type, their field); without one, their plural."""
    related = _("Verwandte Handlungsfelder anderer Runden")
    return {
        ("actor", "parent"): _("Dazu gehören"),
        ("actor", "place"): _("Wer hier seinen Sitz hat"),
        ("project", "places"): _("Projekte hier"),
        ("event", "place"): _("Veranstaltungen hier"),
        ("programme", "provider"): _("Gibt Geld für diese Programme"),
        **{("handlungsfeld", f"{name}_match"): related for name in ("exact", "close", "broad", "narrow")},
    }


def strand_words() -> dict[str | tuple[str, str], str]:
    """Headings of a timeline's strands, by their key or by (entry type, key)."""
    return {
        "project": _("Projekte"),
        "event": _("Veranstaltungen"),
        "body": _("Gremien und Netzwerke"),
        "actor": _("Wer hier seinen Sitz hat"),
        "involved": _("Wer nur eine Zeit lang dabei war, und Geld"),
        ("place", "project"): _("Projekte hier"),
        ("place", "event"): _("Veranstaltungen hier"),
        ("programme", "project"): _("Gibt Geld für"),
        ("round", "project"): _("Projekte dieser Runde"),
    }


def incoming_words() -> dict[str, str]:
    """How a directed tie reads from the side it was not declared from, by the slug of its kind."""
    return {
        "sitzt-bei": _("sitzt hier"),
        "gehoert-zu": _("gehört dazu"),
        "finanziert": _("gibt Geld"),
        "beauftragt": _("gibt den Auftrag"),
    }


def _order(kind: str) -> directory.Order:
    """What the address asks of a list; names it does not know are other features' business."""
    fields = {one.name for one in directory.filter_fields(entity_types()[kind])}
    filters = {name: key for name, key in request.args.items() if name in fields and key}
    page = request.args.get("page", "1")
    if not page.isdecimal() or len(page) > 6:
        abort(404)
    return directory.Order(
        text=request.args.get("q", "")[:200],
        filters=filters,
        matches=MATCHES in request.args,
        sort=request.args.get("sort", ""),
        page=int(page),
    )


def _linked(columns: Sequence[directory.Column]) -> list[dict[str, Any]]:
    """The columns with the address that sorts by them, the other way round when they already do."""
    asked = request.args.get("sort", "")
    found = []
    for column in columns:
        newest_first = column.numeric or column.key == "start"
        ways = (column.key, f"-{column.key}")
        first, second = reversed(ways) if newest_first else ways
        target = second if asked == first else first
        direction = dict(zip(ways, ("ascending", "descending"), strict=True)).get(asked)
        found.append({"column": column, "address": urls.here(sort=target, page=None), "direction": direction})
    return found


def _has_matches(found: directory.Listing) -> bool:
    """Whether a Handlungsfeld is chosen, so that its matches in other rounds are worth asking about."""
    return any(facet.chosen and "handlungsfeld" in facet.field.links_to for facet in found.facets)


def _in_network(kind: str, slug: str) -> str:
    """Where the entry is shown in the network; "" for types that are no node of it."""
    return url_for("network.page", focus=f"{kind}/{slug}") if kind in NODES else ""


def _surroundings(found: directory.Entry) -> str:
    """What the small picture shows, in a sentence; "" of nothing it would show.

    Counted on the page, because the network takes longer to read.
    """
    links = (found.activities, found.participants, found.partners, found.active)
    others = {one.other for group in links for one in group}
    others |= {ref for refs in found.neighbours.values() for ref in refs}
    number = Counter(ref.type for ref in others)
    words = {
        "actor": ngettext("%(num)d Akteur", "%(num)d Akteure", number["actor"]),
        "project": ngettext("%(num)d Projekt", "%(num)d Projekte", number["project"]),
        "event": ngettext("%(num)d Veranstaltung", "%(num)d Veranstaltungen", number["event"]),
    }
    named = ", ".join(text for kind, text in words.items() if number[kind])
    if not named:
        linked = [value.ref for values in found.row.cells.values() for value in values if value.ref]
        is_linked = found.fundings or others or any(ref.type in NODES for ref in linked)
        return str(_("Das Bild zeigt, womit der Eintrag verbunden ist.")) if is_linked else ""
    return str(_("Verbunden mit: %(named)s. Das Bild zeigt die nächsten.", named=named))
