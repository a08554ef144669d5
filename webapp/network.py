"""The explorer: the network drawn, listed and described, every way of looking at it an address of its own."""

from __future__ import annotations

import re
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from graph import merging, picture
from graph.directory import search
from graph.errors import BadInput, NotFound
from graph.picture import ViewState
from webapp import current, history, matching

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
_MOST_ROWS = 500


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
    try:
        view = picture.explorer_view(current.store(), state, language)
    except NotFound:
        if farewell := history.farewell(kind, slug):
            return farewell
        raise
    choices = picture.choices(current.store(), language)
    return render_template(
        "network/page.html",
        view=view,
        state=state,
        wanted=wanted,
        found=found,
        language=language,
        choices=choices,
        last_year=min(choices.years[1], current.today().year) if choices.years else None,
        chips_on=list(_chips(view, choices)),
        lifts=_lifts(view, choices),
        elsewhere=_elsewhere(state),
        group_of={member: cluster.core for cluster in view.clusters for member in cluster.members},
        most_rows=_MOST_ROWS,
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


@blueprint.get("/network/list.csv")
def listed() -> Response:
    """The entries of the same address as a spreadsheet; with `pick` only these."""
    view = picture.explorer_view(current.store(), _state().but(everything=True), current.language())
    return _file(picture.node_sheet(view, request.args.getlist("pick"), current.language()), "text/csv", "csv")


@blueprint.post("/network/places")
def places() -> Response:
    """Keep where somebody put nodes of the picture of the same address; without any, take all of it back."""
    said = request.get_json(silent=True)
    try:
        pinned = {str(node): (float(x), float(y)) for node, (x, y) in dict(said or {}).items()}
    except (TypeError, ValueError) as error:
        raise BadInput("places", str(said)[:80], ('{"actor/…": [x, y]}',)) from error
    picture.pin(current.store(), _state(), pinned)
    return make_response("", 204)


@blueprint.get("/network.svg")
def drawn() -> Response:
    """The picture of the same address as a drawing: for documents, for paper, and where no script runs."""
    view = picture.explorer_view(current.store(), _state().but(everything=True), current.language())
    answer = _file(picture.drawing(view, picture.sentence(view, current.language())), "image/svg+xml", "svg")
    answer.headers["Content-Disposition"] = answer.headers["Content-Disposition"].replace("attachment", "inline", 1)
    return answer


@blueprint.get("/network.<any(graphml, gexf):ending>")
def interchange(ending: str) -> Response:
    """The network of the same address for other network programs."""
    view = picture.explorer_view(current.store(), _state().but(everything=True), current.language())
    return _file(picture.interchange(view, ending), f"application/{ending}+xml", ending)


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
    return {
        "VIEWS": VIEWS,
        "LENSES": LENSES,
        "KINDS": picture.KINDS,
        "LOOKS": picture.LOOKS,
        "STEPS": picture.STEPS,
    }


def _state() -> ViewState:
    """The way of looking that the address names; entries that were merged are those they were merged into."""
    state = picture.from_query(request.args.to_dict(flat=False))
    present = {name: tuple(dict.fromkeys(map(_present, getattr(state, name)))) for name in ("highlight", "open")}
    return state.but(focus=_present(state.focus), **present)


def _present(entry: str) -> str:
    kind, _slash, slug = entry.partition("/")
    return f"{kind}/{merging.replaced_by(current.store(), kind, slug) or slug}" if entry else ""


def _file(content: str | bytes, media_type: str, ending: str) -> Response:
    """A file to be kept, named after the focus."""
    name = re.sub(r"[^a-z0-9]+", "-", _state().focus.rpartition("/")[2].lower()).strip("-")
    answer = make_response(content)
    answer.content_type = f"{media_type}; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{"-".join(filter(None, ("netz", name)))}.{ending}"'
    return answer


def _chips(view: View, choices: Choices) -> Iterator[tuple[str, str, str]]:
    """Everything that narrows the picture down: a key, what it says, and the address without it."""
    state = view.state
    texts = _texts(view, choices)
    for name in state.filters:
        if name != "hide":
            yield name, texts[name], address(_lifted(state, name))
    for name in state.hide:
        yield name, _("ohne %(kinds)s", kinds=_word(name)), address(state.toggled(name))
    if state.open:
        yield "open", _("%(count)s aufgeklappt", count=len(state.open)), address(state.but(open=()))
    if state.lens:
        yield "lens", str(LENSES[state.lens]), address(state.but(lens=""))
    if state.highlight:
        text = _("%(count)s hervorgehoben", count=len(state.highlight))
        yield "highlight", text, address(state.but(highlight=()))


def _texts(view: View, choices: Choices) -> dict[str, str]:
    """What each filter that may be on says."""
    state = view.state
    return {
        "focus": _("Rund um %(name)s", name=view.focus_label),
        "round": choices.label("rounds", state.round),
        "handlungsfeld": choices.label("handlungsfelder", state.handlungsfeld),
        "since": _("ab %(start)s", start=state.since),
        "until": _("bis %(end)s", end=state.until),
        "sector": _("Bereich %(name)s", name=choices.label("sectors", state.sector)),
        "compare": _("verglichen mit %(name)s", name=view.compared_label or choices.label("rounds", state.compare)),
        "hide": _("ohne %(kinds)s", kinds=", ".join(map(_word, state.hide))),
        "hubs": _("ohne QM, Ämter und Förderer"),
    }


def _word(name: str) -> str:
    """What the legend calls a kind of node or a look of connection."""
    language = current.language()
    return picture.KINDS[name].plural[language] if name in picture.KINDS else picture.LOOKS[name].word[language]


def _lifts(view: View, choices: Choices) -> list[tuple[tuple[str, ...], int, str]]:
    """For an empty picture: which filter to lift, how many entries there would be then, and the address.

    Where no single one helps, which two.
    """
    if view.nodes or view.crowded:
        return []
    texts = _texts(view, choices)
    for together in (1, 2):
        tried = [(names, reduce(_lifted, names, view.state)) for names in combinations(view.state.filters, together)]
        found = [
            (tuple(texts[name] for name in names), count, address(state))
            for names, state in tried
            if (count := _size(state))
        ]
        if found:
            return found
    return []


def _size(state: ViewState) -> int:
    """How many entries a way of looking shows, or would show on demand."""
    view = picture.explorer_view(current.store(), state, current.language())
    return len(view.nodes) or view.crowded


def _elsewhere(state: ViewState) -> dict[str, str]:
    """The filters of a way of looking that the page of measures understands too."""
    kept = {name: value for name, value in state.query().items() if name in {"round", "handlungsfeld", "to", "hubs"}}
    return {name: value for name, value in kept.items() if isinstance(value, str)}


def _lifted(state: ViewState, name: str) -> ViewState:
    """Without one filter; without a focus its steps mean nothing."""
    return state.without(name).but(steps=1, open=()) if name == "focus" else state.without(name)
