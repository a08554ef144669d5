"""The map: the Quartier and its river, what lies where, and positions from an office's own GeoJSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from graph import geography, picture
from graph.errors import BadFile, BadInput
from graph.geography import Colouring, Question
from ontology.schema import concepts
from webapp import current, security
from webapp.urls import entry_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as Answer

    from graph.geography import Quarter, Stretch
    from graph.picture import Choices

blueprint = Blueprint("geography", __name__)

KINDS = {
    "actor": lazy_gettext("Akteure"),
    "project": lazy_gettext("Projekte"),
    "event": lazy_gettext("Veranstaltungen"),
}
COLOURS = {
    "handlungsfeld": lazy_gettext("nach Handlungsfeld"),
    "round": lazy_gettext("nach Planungsrunde"),
    "none": lazy_gettext("keine"),
}
"""What the colours of the map may stand for; the first unless something else is chosen."""

DISTANCES = (100, 200, 400, 800)
"""Metres from the river that can be chosen."""

SETTINGS: dict[str, Any] = {"TILE_URL": "", "TILE_ATTRIBUTION": ""}
"""No map pictures from elsewhere unless the office configures a server of its choice."""

_LARGEST = 900_000
"""Bytes of a GeoJSON file: what a form hands on from the preview to the takeover."""

PROBLEMS = {
    "geojson": lazy_gettext("ist kein GeoJSON; bitte im Kartenprogramm als GeoJSON speichern."),
    "shape": lazy_gettext("enthält eine Form, die Pankenetz nicht kennt; möglich sind Punkte, Linien und Flächen."),
    "not in degrees": lazy_gettext("ist nicht in Grad angegeben; bitte als WGS 84 (EPSG:4326) speichern."),
    "empty": lazy_gettext("enthält keine Orte."),
    "too big": lazy_gettext("ist zu groß; bitte aufteilen (höchstens 900 KB und 5000 Orte)."),
    "missing": lazy_gettext("Bitte zuerst eine Datei auswählen."),
}


@blueprint.get("/map")
def page() -> Response:
    """The map with its filters, and the same as a list."""
    question, language = _question(), current.language()
    quarter = geography.located(current.store(), question, language)
    choices = picture.choices(current.store(), language)
    answer = make_response(
        render_template(
            "geography/page.html",
            question=question,
            quarter=quarter,
            drawing=geography.drawing(quarter),
            choices=choices,
            chips=list(_chips(question, choices, quarter)),
            colours=_colours(quarter, question),
            colour=_colour(),
            COLOURS=COLOURS,
            kinds=KINDS,
            distances=DISTANCES,
            address=address,
            stretch_name=stretch_name,
            tile_url=current_app.config["TILE_URL"],
            tile_attribution=current_app.config["TILE_ATTRIBUTION"],
        )
    )
    return allow_tiles(answer)


def allow_tiles(answer: Response) -> Response:
    """The same page, which may load map pictures if the office configured a server for them."""
    if origin := _tile_origin():
        sources = {**security.SOURCES, "img-src": f"{security.SOURCES['img-src']} {origin}"}
        answer.headers["Content-Security-Policy"] = security.policy(sources)
    return answer


@blueprint.get("/map.json")
def data() -> Response:
    """What the map shows, as GeoJSON."""
    question = _question()
    quarter = geography.located(current.store(), question, current.language())
    refs = [*(spot.ref for spot in quarter.spots), *(outline.ref for outline in quarter.outlines)]
    pages = {ref.iri: entry_url(ref.type, ref.slug) for ref in refs}
    return jsonify(geography.features(quarter, pages, _colours(quarter, question)))


@blueprint.get("/map.csv")
def sheet() -> Response:
    """The list beside the map as a spreadsheet."""
    text = geography.spreadsheet(
        geography.located(current.store(), _question(), current.language()), current.language()
    )
    return Response(text, mimetype="text/csv", headers={"Content-Disposition": 'attachment; filename="karte.csv"'})


@blueprint.route("/map/import", methods=["GET", "POST"])
def bring() -> Answer | str | tuple[str, int]:
    """Positions from a GeoJSON file: choose it, see what it would change, take it over."""
    if request.method == "GET":
        return _form()
    try:
        file, text = _uploaded()
        reading = geography.read(current.store(), text, file) if text else None
    except BadFile as error:
        return _form(problem=f"{error.file} {PROBLEMS[error.what]}"), 422
    if reading is None:
        return _form(problem=str(PROBLEMS["missing"])), 422
    if "take" not in request.form:
        return _form(reading=reading, file=file, text=text)
    try:
        origin = request.form.get("origin", "")
        done = geography.apply(current.store(), reading, origin, file=file, author=current.author())
    except BadInput:
        return _form(
            reading=reading, file=file, text=text, problem=_("Bitte wählen Sie, woher die Lagen stammen.")
        ), 422
    count = sum(feature.action != "same" for feature in reading.features)
    words = ngettext("Ein Ort hat jetzt seine Lage.", "%(num)d Orte haben jetzt ihre Lage.", count)
    flash(words if done.id else _("Nichts zu tun: Das steht alles schon da."), done.id or "message")
    return redirect(url_for("geography.page"), 303)


def address(question: Question, endpoint: str = "geography.page", **changes: object) -> str:
    """The address of a question, with some of it changed; what is None or empty is left out."""
    named: dict[str, Any] = {
        "round": question.round,
        "handlungsfeld": question.handlungsfeld,
        "show": list(question.kinds),
        "within": question.within,
        "stretch": question.stretch,
        "colour": request.args.get("colour") if request.args.get("colour") in COLOURS else "",
        **changes,
    }
    return url_for(endpoint, **{name: value for name, value in named.items() if value})


def stretch_name(stretch: Stretch) -> str:
    """What a stretch of the river is called: its number, and the places on its banks."""
    name = _("Abschnitt %(number)s", number=stretch.number)
    return f"{name}: {' – '.join(stretch.landmarks)}" if stretch.landmarks else name


def _question() -> Question:
    return Question(
        round=request.args.get("round", ""),
        handlungsfeld=request.args.get("handlungsfeld", ""),
        kinds=tuple(kind for kind in geography.KINDS if kind in request.args.getlist("show")),
        within=_number("within"),
        stretch=_number("stretch"),
    )


def _colour() -> str:
    """What the colours stand for."""
    return request.args.get("colour", "") if request.args.get("colour") in COLOURS else next(iter(COLOURS))


def _colours(quarter: Quarter, question: Question) -> Colouring:
    """The colours of what is shown."""
    if _colour() == "none":
        return Colouring()
    return geography.colouring(current.store(), quarter, _colour(), question, current.language())


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    if text and not (text.isascii() and text.isdecimal() and len(text) <= 6):
        abort(404)
    return int(text) if text else None


def _chips(question: Question, choices: Choices, quarter: Quarter) -> Iterator[tuple[str, str]]:
    """Each filter that is on: what it says, and the address without it."""
    if question.round:
        yield choices.label("rounds", question.round), address(question, round="")
    if question.handlungsfeld:
        yield choices.label("handlungsfelder", question.handlungsfeld), address(question, handlungsfeld="")
    for kind in question.kinds:
        others = [one for one in question.kinds if one != kind]
        yield _("mit %(kind)s", kind=KINDS[kind]), address(question, show=others)
    if question.within:
        yield _("höchstens %(metres)s m vom Fluss", metres=question.within), address(question, within=None)
    if question.stretch and quarter.river:
        yield stretch_name(quarter.river.stretches[question.stretch - 1]), address(question, stretch=None)


def _tile_origin() -> str:
    """Scheme and host of the configured map server; `{s}` in its name stands for any name at that place."""
    parts = urlsplit(current_app.config["TILE_URL"].replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _uploaded() -> tuple[str, str]:
    """Name and text of the file, new or handed on by the preview; no text if there is none."""
    if "text" in request.form:
        return request.form.get("file", "GeoJSON")[:200], request.form["text"]
    upload = request.files.get("upload")
    if upload is None or not upload.filename:
        return "", ""
    raw = upload.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise BadFile(upload.filename, "too big")
    return upload.filename[:200], raw.decode("utf-8-sig", "replace")


def _form(**facts: Any) -> str:
    return render_template("geography/bring.html", origins=concepts("coordinate-source"), **facts)
