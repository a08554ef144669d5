"""How the Vernetzung stands: every figure a sentence, with what it means, what it does not, and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import lazy_gettext

from graph import directory, picture, vernetzung
from graph.errors import BadInput
from graph.vernetzung import Question
from webapp import current

if TYPE_CHECKING:
    from graph.vernetzung import Figure

blueprint = Blueprint("vernetzung", __name__)

GROUPS = {
    "reach": (lazy_gettext("Wer ist dabei?"), ("partners", "islands", "newcomers", "asleep")),
    "strength": (lazy_gettext("Was hält das Netz?"), ("without-qm", "bottlenecks", "dependence", "centralisation")),
    "bridges": (
        lazy_gettext("Wer verbindet?"),
        ("door-openers", "between-sectors", "separate-circles", "circles", "openness"),
    ),
    "change": (lazy_gettext("Was ändert sich, was fehlt?"), ("renewal", "coverage", "gaps-in-records")),
}
"""The figures by the question they answer, in the order of the page."""

ROWS = 15
"""Lines of a table on the page; the spreadsheet has all."""

_YEARS = range(1900, 2101)


@blueprint.get("/measures")
def page() -> str:
    """All figures of the chosen part."""
    question, language = _question(), current.language()
    is_empty = not directory.overview(current.store(), today=current.today()).sizes["actor"]
    figures = [] if is_empty else vernetzung.figures(current.store(), question, language=language)
    found = {figure.name: figure for figure in figures}
    choices = picture.choices(current.store(), language)
    return render_template(
        "vernetzung/page.html",
        question=question,
        figures=found,
        groups=GROUPS,
        choices=choices,
        rows=ROWS,
        picture_address=_picture,
        query=question.query,
    )


@blueprint.get("/measures/<slug:name>.csv")
def sheet(name: str) -> Response:
    """The whole table of one figure."""
    language = current.language()
    figure = vernetzung.figures(current.store(), _question(), language=language, only=[name])[0]
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(vernetzung.as_csv(figure, language), mimetype="text/csv", headers=headers)


def _picture(figure: Figure) -> str:
    """The address of the picture that shows a figure; "" if nothing does."""
    return url_for("network.page", **figure.picture) if figure.picture else ""  # type: ignore[arg-type]  # lists too


def _question() -> Question:
    asked: dict[str, Any] = {name: request.args.get(name, "").strip() for name in ("round", "handlungsfeld")}
    until = request.args.get("to", "").strip()
    if until and not (until.isascii() and until.isdigit() and int(until[:9]) in _YEARS):
        raise BadInput("to", until, (f"{_YEARS[0]}–{_YEARS[-1]}",))
    return Question(**asked, until=int(until) if until else None, hubs=request.args.get("hubs") != "no")
