"""Wie komme ich zu …? Ways between two actors, and what two to five of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup

from graph import connections, picture, upkeep
from graph.entries import join
from graph.upkeep import Meant
from webapp import current
from webapp.sheets import sheet

if TYPE_CHECKING:
    from flask import Response

    from graph.connections import Connections
    from graph.upkeep import Unclear

blueprint = Blueprint("connections", __name__)

KINDS = {
    "activity": lazy_gettext("Projekte und Veranstaltungen"),
    "network": lazy_gettext("Netzwerke und Gremien"),
    "place": lazy_gettext("Orte"),
    "handlungsfeld": lazy_gettext("Handlungsfelder"),
}


@blueprint.get("/connections")
def page() -> str:
    """Who is asked about, and what connects them; names that are unclear are asked back."""
    texts, meant = _asked()
    found = _found(meant)
    return render_template(
        "connections/page.html",
        meant=meant,
        found=found,
        kinds=KINDS,
        most=connections.MOST,
        drawn=_drawn(found),
        picture=_picture(found) if found else "",
        with_choice=lambda number, text: _with_choice(texts, number, text),
        csv=lambda endpoint: url_for(endpoint, actor=texts, hubs=request.args.get("hubs")),
    )


@blueprint.get("/connections.csv")
def ways() -> Response:
    """The ways as a spreadsheet: a line for each step."""
    found = _found(_asked()[1])
    headings = [_("Weg"), _("Schritt"), _("Von"), _("Zu"), _("Über")]
    lines = [
        (str(way), str(step), one.start.label, one.end.label, join(ref.label for ref in one.via))
        for way, steps in enumerate((way.steps for way in found.ways) if found else (), 1)
        for step, one in enumerate(steps, 1)
    ]
    return sheet("wege", headings, lines)


@blueprint.get("/connections/shared.csv")
def shared() -> Response:
    """What they have in common, and their common partners, as a spreadsheet."""
    found = _found(_asked()[1])
    things = (*found.shared, *found.partners) if found else ()
    words = {**KINDS, "actor": _("Gemeinsame Partner")}
    lines = [(str(words[one.kind]), one.ref.label, join(ref.label for ref in one.who)) for one in things]
    return sheet("gemeinsames", [_("Art"), _("Name"), _("Wer")], lines)


def _asked() -> tuple[list[str], list[Meant | Unclear]]:
    """The names as they were typed, and whom they mean."""
    texts = [text.strip()[:200] for text in request.args.getlist("actor") if text.strip()]
    store, language = current.store(), current.language()
    meant = [upkeep.meant(store, text, language=language) for text in dict.fromkeys(texts)]
    return texts, meant[: connections.MOST]


def _found(meant: list[Meant | Unclear]) -> Connections | None:
    """What connects them; None as long as a name is unclear or there is only one."""
    refs = [one.ref for one in meant if isinstance(one, Meant) and one.ref]
    if len(refs) < len(meant) or len({ref.iri for ref in refs}) < connections.FEWEST:
        return None
    hubs = request.args.get("hubs") == "yes"
    return connections.connections(current.store(), [ref.iri for ref in refs], hubs=hubs, language=current.language())


def _with_choice(texts: list[str], number: int, text: str) -> str:
    """The address with one unclear name made clear."""
    hubs = request.args.get("hubs")
    return url_for("connections.page", actor=[*texts[:number], text, *texts[number + 1 :]], hubs=hubs)


def _picture(found: Connections) -> str:
    """The whole network with everybody on the ways highlighted."""
    on_ways = {f"{ref.type}/{ref.slug}" for way in found.ways for ref in way.actors}
    return url_for("network.page", highlight=sorted(on_ways))


def _drawn(found: Connections | None) -> Markup:
    """The ways as a drawing within the page; "" without any."""
    if not found or not found.ways:
        return Markup()
    title = f"{found.actors[0].label} – {found.actors[-1].label}"
    return Markup(picture.drawing(connections.picture_of(found), title))  # noqa: S704  # our own XML, written by a serializer
