"""The network as a table: shades show where much happens, an empty cell asks why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import lazy_gettext

from graph import gaps, matrix, picture
from graph.errors import NotFound
from webapp import current

if TYPE_CHECKING:
    from graph.gaps import Gap
    from graph.matrix import Item, Matrix

blueprint = Blueprint("matrix", __name__)

VIEWS = {
    "fields": (lazy_gettext("Wer arbeitet in welchem Handlungsfeld?"), lazy_gettext("Akteur")),
    "sectors": (lazy_gettext("Welche Bereiche arbeiten zusammen?"), lazy_gettext("Bereich")),
    "places": (lazy_gettext("Welches Handlungsfeld ist wo?"), lazy_gettext("Ort")),
}
"""What each table answers, and what its rows are; in the order of the page."""

ROWS = 40
"""Rows shown unasked; the rest on demand."""

SUGGESTIONS = 200
"""So many of the best suggestions are looked through for those between two sectors."""

SUGGESTIONS_SHOWN = 5


@blueprint.get("/matrix")
def page() -> str:
    """One table, and what was counted in the chosen cell."""
    view, round_, hubs = _asked()
    language = current.language()
    found = matrix.matrix(current.store(), view, round_=round_, hubs=hubs, language=language)
    row, column = request.args.get("row", ""), request.args.get("column", "")
    chosen = _chosen(found, row, column) if row and column else None
    return render_template(
        "matrix/page.html",
        view=view,
        views=VIEWS,
        found=found,
        round=round_ or matrix.latest_round(current.store()),
        hubs=hubs,
        choices=picture.choices(current.store(), language),
        chosen=chosen,
        between=_between(row, column) if chosen and view == "sectors" else [],
        rows=found.rows if "all" in request.args else found.rows[:ROWS],
        here=_address,
    )


@blueprint.get("/matrix.csv")
def sheet() -> Response:
    """The table as a spreadsheet."""
    view, round_, hubs = _asked()
    found = matrix.matrix(current.store(), view, round_=round_, hubs=hubs, language=current.language())
    headers = {"Content-Disposition": f'attachment; filename="{view}.csv"'}
    return Response(matrix.spreadsheet(found, str(VIEWS[view][1])), mimetype="text/csv", headers=headers)


def _asked() -> tuple[str, str, bool]:
    return request.args.get("view", "fields"), request.args.get("round", ""), request.args.get("hubs") != "no"


def _chosen(found: Matrix, row: str, column: str) -> tuple[Item, Item]:
    """The row and column of the chosen cell."""
    by_key = {item.key: item for item in (*found.rows, *found.columns)}
    if row not in by_key or column not in by_key:
        raise NotFound("cell", f"{row} {column}")
    return by_key[row], by_key[column]


def _between(one: str, other: str) -> list[Gap]:
    """The first suggestions of who could meet whom, one of each sector."""
    store, wanted = current.store(), sorted((one, other))
    sector = matrix.sectors(store)
    found = gaps.gaps(store, "introduce", as_of=None, matches=False, limit=SUGGESTIONS)
    fitting = [gap for gap in found if sorted(sector.get(actor.iri, "") for actor in gap.actors) == wanted]
    return fitting[:SUGGESTIONS_SHOWN]


def _address(endpoint: str = "matrix.page", **changes: str | None) -> str:
    kept = {name: request.args.get(name) for name in ("view", "round", "hubs", "all")}
    return url_for(endpoint, **{name: value for name, value in {**kept, **changes}.items() if value})  # type: ignore[arg-type]
