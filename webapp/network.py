"""The explorer: the network drawn, listed and described, every way of looking at it an address of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from graph import merging, picture
from graph.directory import search
from graph.picture import ViewState
from webapp import current, matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response
    from werkzeug.wrappers import Response as Answer

    from graph.picture import Choices, View

blueprint = Blueprint("network", __name__)

VIEWS = {
    "actors": (lazy_gettext("Wer mit wem?"), lazy_gettext("Akteure, die Projekte teilen oder verbunden sind")),
    "projects": (lazy_gettext("Wer macht was?"), lazy_gettext("Akteure und ihre Projekte")),
    "handlungsfelder": (lazy_gettext("Wer arbeitet woran?"), lazy_gettext("Akteure und Handlungsfelder")),
    "places": (lazy_gettext("Wer ist wo?"), lazy_gettext("Akteure und Orte")),
    "networks": (lazy_gettext("Wer sitzt wo mit am Tisch?"), lazy_gettext("Akteure, Netzwerke und Gremien")),
    "all": (lazy_gettext("Alles zusammen"), lazy_gettext("Akteure, Projekte, Orte, Felder, Veranstaltungen und Geld")),
}
"""What each projection answers, and what it draws; in the order of the buttons."""

LENSES = {
    "new": lazy_gettext("Neu seit der letzten Planungsrunde"),
    "old": lazy_gettext("Seit der letzten Planungsrunde nichts Neues"),
}
_MOST_FOUND = 12


@blueprint.get("/network")
def page() -> Answer | str:
    """The explorer; with `?find=` first the entry that is meant; a focus that was merged leads on."""
    state = _state()
    kind, _slash, slug = request.args.get("focus", "").strip().partition("/")
    if matching.leads_on(kind, slug):
        return redirect(address(state), 303)
    wanted = request.args.get("find", "").strip()[:200]
    found = search(current.store(), wanted, _MOST_FOUND, language=current.language()) if wanted else []
    found = [hit for hit in found if hit.ref.type != "round"]
    if found and (len(found) == 1 or found[0].ref.label.casefold() == wanted.casefold()):
        return redirect(address(ViewState(focus=f"{found[0].ref.type}/{found[0].ref.slug}")))
    language = current.language()
    view = picture.explorer_view(current.store(), state, language)
    return render_template(
        "network/page.html",
        view=view,
        state=state,
        wanted=wanted,
        found=found,
        language=language,
        choices=picture.choices(current.store(), language),
        chips=list(_chips(view, picture.choices(current.store(), language))),
        lifts=list(_lifts(view)),
        rows=picture.rows(view, language),
        sentence=picture.sentence(view, language),
    )


@blueprint.get("/network.json")
def data() -> Response:
    """What the explorer draws for the same address."""
    language = current.language()
    return jsonify(picture.payload(picture.explorer_view(current.store(), _state(), language), language))


@blueprint.get("/network.csv")
def sheet() -> Response:
    """The connections of the same address as a spreadsheet."""
    view = picture.explorer_view(current.store(), _state().but(everything=True), current.language())
    return _file(picture.spreadsheet(view, current.language()), "text/csv", "csv")


@blueprint.get("/network.svg")
def drawn() -> Response:
    """The picture of the same address as a drawing: for documents, for paper, and where no script runs."""
    view = picture.explorer_view(current.store(), _state().but(everything=True), current.language())
    answer = _file(picture.drawing(view, picture.sentence(view, current.language())), "image/svg+xml", "svg")
    answer.headers["Content-Disposition"] = answer.headers["Content-Disposition"].replace("attachment", "inline", 1)
    return answer


@blueprint.get("/network/download.html")
def download() -> Response:
    """The picture of the same address as one page that needs no server."""
    answer = _file(picture.one_file(current.store(), state=_state(), language=current.language()), "text/html", "html")
    # The page brings its own policy; sent as a download it is never shown under our address.
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@blueprint.app_template_global("network_address")
def address(state: ViewState, endpoint: str = "network.page") -> str:
    """The address of a way of looking."""
    return url_for(endpoint, **state.query())  # type: ignore[arg-type]


@blueprint.context_processor
def names() -> dict[str, Any]:
    """What the templates call views, lenses and kinds."""
    return {"VIEWS": VIEWS, "LENSES": LENSES, "KINDS": picture.KINDS, "STEPS": picture.STEPS}


def _state() -> ViewState:
    """The way of looking that the address names; entries that were merged are those they were merged into."""
    state = picture.from_query(request.args.to_dict(flat=False))
    return state.but(focus=_present(state.focus), highlight=tuple(dict.fromkeys(map(_present, state.highlight))))


def _present(entry: str) -> str:
    kind, _slash, slug = entry.partition("/")
    return f"{kind}/{merging.replaced_by(current.store(), kind, slug) or slug}" if entry else ""


def _file(text: str, media_type: str, ending: str) -> Response:
    """A text to be kept, named after the focus."""
    name = re.sub(r"[^a-z0-9]+", "-", _state().focus.rpartition("/")[2].lower()).strip("-")
    answer = make_response(text)
    answer.content_type = f"{media_type}; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{"-".join(filter(None, ("netz", name)))}.{ending}"'
    return answer


def _chips(view: View, choices: Choices) -> Iterator[tuple[str, str]]:
    """Each filter that is on: what it says, and the address without it."""
    state = view.state
    texts = {
        "focus": _("Rund um %(name)s", name=view.focus_label),
        "round": choices.label("rounds", state.round),
        "handlungsfeld": choices.label("handlungsfelder", state.handlungsfeld),
        "since": _("ab %(start)s", start=state.since),
        "until": _("bis %(end)s", end=state.until),
        "sector": _("Bereich %(name)s", name=choices.label("sectors", state.sector)),
        "hide": _(
            "ohne %(kinds)s", kinds=", ".join(picture.KINDS[kind].plural[current.language()] for kind in state.hide)
        ),
        "hubs": _("ohne QM, Ämter und Förderer"),
    }
    for name in state.filters:
        yield texts[name], address(_lifted(state, name))
    if state.lens:
        yield str(LENSES[state.lens]), address(state.but(lens=""))
    if state.highlight:
        yield _("%(count)s hervorgehoben", count=len(state.highlight)), address(state.but(highlight=()))


def _lifts(view: View) -> Iterator[tuple[str, int, str]]:
    """For an empty picture: which filter to lift, how many entries there would be then, and the address."""
    if view.nodes or view.crowded:
        return
    language, store = current.language(), current.store()
    texts = dict(zip(view.state.filters, _chips(view, picture.choices(store, language)), strict=False))
    for name in view.state.filters:
        without = picture.explorer_view(store, _lifted(view.state, name), language)
        if count := len(without.nodes) or without.crowded:
            yield texts[name][0], count, address(_lifted(view.state, name))


def _lifted(state: ViewState, name: str) -> ViewState:
    """Without one filter; without a focus its steps mean nothing."""
    return state.without(name).but(steps=1) if name == "focus" else state.without(name)
