"""Wie komme ich zu …? Ways between two actors, and what two to five of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request, url_for
from flask_babel import lazy_gettext
from markupsafe import Markup

from graph import connections, picture, upkeep
from graph.upkeep import Meant
from webapp import current

if TYPE_CHECKING:
    from graph.connections import Connections

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
    store, language = current.store(), current.language()
    texts = [text.strip()[:200] for text in request.args.getlist("actor") if text.strip()]
    meant = [upkeep.meant(store, text, language=language) for text in dict.fromkeys(texts)][: connections.MOST]
    refs = [one.ref for one in meant if isinstance(one, Meant) and one.ref]
    found = None
    if len(refs) == len(meant) and len({ref.iri for ref in refs}) >= connections.FEWEST:
        hubs = request.args.get("hubs") == "yes"
        found = connections.connections(store, [ref.iri for ref in refs], hubs=hubs, language=language)
    return render_template(
        "connections/page.html",
        meant=meant,
        found=found,
        kinds=KINDS,
        most=connections.MOST,
        drawn=_drawn(found),
        picture=_picture(found) if found else "",
        with_choice=lambda number, text: _with_choice(texts, number, text),
    )


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
