"""The start page: what people ask, the Quartier at a glance, what is new, what is to do; and the main menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph import asked, directory, geography, upkeep
from graph.changes import history
from ontology.schema import entity_types
from webapp import current, rights

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("start", __name__)

_CHANGES = 5


@blueprint.get("/")
def page() -> str | Response:
    """Questions, Handlungsfelder, what is new and to do; `/?q=` searches."""
    if request.args.get("q", "").strip():
        return redirect(url_for("search.page", q=request.args["q"]), 303)
    store, today = current.store(), current.today()
    return render_template(
        "start/page.html",
        overview=directory.overview(store, today=today, language=current.language()),
        types=entity_types(),
        changes=store.cached("last-changes", lambda: history(store, _CHANGES)),
        due=upkeep.count_due(store, today=today),
        lacks=upkeep.count_missing(store),
        river=geography.river_name(store, current.language()),
    )


@blueprint.app_context_processor
def navigation() -> dict[str, Any]:
    """The main menu: names with an address, or with the names and addresses of a group."""
    views = {
        "network.page": _("Bild"),
        "geography.page": _("Karte"),
        "matrix.page": _("Tafel"),
        "connections.page": _("Wege"),
        "stories.page": _("Geschichten"),
    }
    lists = {
        "actor": _("Akteure"),
        "project": _("Projekte"),
        "place": _("Orte"),
        "event": _("Veranstaltungen"),
        "handlungsfeld": _("Handlungsfelder"),
        "round": _("Planungsrunden"),
        "programme": _("Förderprogramme"),
    }
    entries = [
        (_("Start"), url_for("start.page")),
        (_("Netz"), [(name, url_for(view)) for view, name in views.items()]),
        (_("Verzeichnis"), [(name, url_for("directory.listing", kind=kind)) for kind, name in lists.items()]),
        (_("Wer fehlt?"), url_for("gaps.page")),
        (_("Vernetzung"), url_for("vernetzung.page")),
        (_("Pflegen"), url_for("upkeep.page")),
        (_("Abfragen"), url_for("sparql.endpoint")),
    ]
    allowed = [(name, inside) for name, inside in entries if not isinstance(inside, str) or _is_open(inside)]
    allowed = [
        (name, inside if isinstance(inside, str) else [one for one in inside if _is_open(one[1])])
        for name, inside in allowed
    ]
    return {"navigation_entries": allowed, "here_and_above": here_and_above}


def _is_open(address: str) -> bool:
    """Whether who asks may see that page."""
    if rights.asker().level in rights.STAFF:
        return True
    endpoint, _values = current_app.url_map.bind("").match(address)
    return rights.may(endpoint)


def here_and_above() -> list[str]:
    """The address of the page and those it lies under: "/actors/kita" and "/actors"."""
    parts = request.path.rstrip("/").split("/")
    return ["/".join(parts[:length]) for length in range(len(parts), 1, -1)] or ["/"]


@blueprint.app_context_processor
def state_of_data() -> dict[str, Any]:
    """The data version, the day of the last change and whom to credit, for the foot of every page."""
    store = current.store()
    with asked.recorded():  # what the foot asks is not what the page is about
        last = store.cached("last-change", lambda: history(store, 1))
        credited = directory.credits_openstreetmap(store)
    return {
        "data_version": store.version,
        "data_day": last[0].time.date().isoformat() if last else "",
        "openstreetmap": credited,
    }
