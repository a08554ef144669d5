"""The start page: what people ask, the Quartier at a glance, what is new; and search over everything."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph import directory
from graph.changes import history
from ontology.schema import entity_types
from webapp import current

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("start", __name__)

_FOUND = 100


@blueprint.get("/")
def page() -> str | Response:
    """Questions, Handlungsfelder, what is new; `/?q=` searches."""
    if request.args.get("q", "").strip():
        return redirect(url_for("start.search", q=request.args["q"]), 303)
    overview = directory.overview(current.store(), today=current.today(), language=current.language())
    return render_template("start/page.html", overview=overview, types=entity_types())


@blueprint.get("/search")
def search() -> str:
    """Entries of all types that fit `?q=`, by type, best first."""
    text = request.args.get("q", "").strip()[:200]
    hits = directory.search(current.store(), text, _FOUND, language=current.language())
    groups: dict[str, list[directory.Hit]] = defaultdict(list)
    for hit in hits:
        groups[hit.ref.type].append(hit)
    return render_template("start/search.html", searched=text, hits=hits, groups=groups, types=entity_types())


@blueprint.app_context_processor
def navigation() -> dict[str, Any]:
    """The main menu: (name, address, whether pages below it belong to it)."""
    lists = {
        "actor": _("Akteure"),
        "project": _("Projekte"),
        "place": _("Orte"),
        "event": _("Veranstaltungen"),
        "handlungsfeld": _("Handlungsfelder"),
        "round": _("Planungsrunden"),
    }
    entries = [
        (_("Start"), url_for("start.page"), False),
        (_("Netz"), url_for("network.page"), True),
        (_("Karte"), url_for("geography.page"), True),
        *((name, url_for("directory.listing", kind=kind), True) for kind, name in lists.items()),
        (_("Wer fehlt?"), url_for("gaps.page"), True),
        (_("Pflegen"), url_for("upkeep.page"), True),
        (_("Abfragen"), url_for("sparql.endpoint"), True),
    ]
    return {"navigation_entries": entries}


@blueprint.app_context_processor
def state_of_data() -> dict[str, Any]:
    """The data version, the day of the last change and whom to credit, for the foot of every page."""
    store = current.store()
    last = store.cached("last-change", lambda: history(store, 1))
    return {
        "data_version": store.version,
        "data_day": last[0].time.date().isoformat() if last else "",
        "openstreetmap": directory.credits_openstreetmap(store),
    }
