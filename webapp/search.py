"""Search over everything, with the reason for each hit; and suggestions while typing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flask import Blueprint, abort, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from graph import directory
from ontology.schema import entity_types
from webapp import current, urls, wording
from webapp.sheets import sheet

if TYPE_CHECKING:
    from flask import Response

    from graph.directory import Hit

blueprint = Blueprint("search", __name__)

PAGE = 30
"""Hits on one page."""

SUGGESTED = 8
"""Hits shown while typing."""

_MOST = 2000

WHERE = {
    "other": lazy_gettext("auch oder früher"),
    "address": lazy_gettext("Adresse"),
    "website": lazy_gettext("Website"),
    "kind": lazy_gettext("Art"),
    "description": lazy_gettext("in der Beschreibung"),
    "note": lazy_gettext("in einer Anmerkung"),
    "statement": lazy_gettext("im IHEK"),
    "place": lazy_gettext("Ort"),
    "activity": lazy_gettext("beteiligt an"),
    "actor": lazy_gettext("mit dabei"),
}
"""Where a hit was found, if not in its name."""


@blueprint.get("/search")
def page() -> str | Response:
    """Entries that fit `?q=`, best first, of all types or one, or with `?format=csv` all of them."""
    text, kind = _text(), request.args.get("type", "")
    number = request.args.get("page", "1")
    if not number.isdecimal() or len(number) > 4 or (kind and kind not in directory.NAMED):
        abort(404)
    hits = directory.search(current.store(), text, _MOST, language=current.language())
    shown = [hit for hit in hits if kind in ("", hit.ref.type)]
    if request.args.get("format") == "csv":
        return _sheet(shown)
    first = (int(number) - 1) * PAGE
    return render_template(
        "search/page.html",
        searched=text,
        hits=shown[max(first, 0) : first + PAGE],
        found=len(shown),
        page=int(number),
        pages=-(-len(shown) // PAGE),
        kind=kind,
        kinds=_kinds(hits),
        nearest=[] if hits or not text else directory.nearest(current.store(), text, language=current.language()),
        reason=reason,
        types=entity_types(),
    )


@blueprint.get("/search.json")
def suggestions() -> Response:
    """The best hits while somebody types: their name, kind and reason, and where they lead."""
    hits = directory.search(current.store(), _text(), SUGGESTED, language=current.language())
    options = [
        {
            "text": hit.ref.label,
            "label": wording.cut(hit.ref.label, 80),
            "hint": " · ".join(filter(None, (wording.type_label(hit.ref.type), wording.cut(reason(hit), 60)))),
            "address": urls.entry_url(hit.ref.type, hit.ref.slug),
        }
        for hit in hits
    ]
    return jsonify(options=options)


def reason(hit: Hit) -> str:
    """Why it was found; "" if it bears the name."""
    where = f"{WHERE[hit.where]}: {hit.found}" if hit.where in WHERE else ""
    return ", ".join(filter(None, (str(_("ähnlich geschrieben")) if hit.guess else "", where)))


def _text() -> str:
    return request.args.get("q", "").strip()[:200]


def _kinds(hits: list[Hit]) -> dict[str, int]:
    """How many hits each entry type has, the likelier types first."""
    number = Counter(hit.ref.type for hit in hits)
    return {kind: number[kind] for kind in directory.NAMED if number[kind]}


def _sheet(hits: list[Hit]) -> Response:
    headings = [_("Klasse"), _("Kennung"), _("Name"), _("Warum gefunden")]
    lines = ([wording.type_label(hit.ref.type), hit.ref.slug, hit.ref.label, reason(hit)] for hit in hits)
    return sheet("search", headings, lines)
