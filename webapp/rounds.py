"""Planning rounds as work spaces: what the IHEK says, what the team decides; set up, filled, closed, opened again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graph import entries, rounds
from graph import gaps as partnerships
from graph.errors import BadInput
from ontology.schema import concepts, entity_types
from webapp import current
from webapp import rounds_words as words
from webapp.gapwords import TITLES
from webapp.sheets import sheet
from webapp.what_if import KINDS as WHAT_IF_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from graph.changes import Change
    from graph.rounds import Suggestion, Workspace

blueprint = Blueprint("rounds", __name__)
for name in ("verdict_word", "state_words", "rung_word", "kind_word"):
    blueprint.add_app_template_filter(getattr(words, name), name)

AMOUNTS = (5, 10, 20)
"""How many suggestions of each list can be fetched at once."""


@blueprint.get("/rounds/<slug:slug>/workspace")
def work(slug: str) -> str | Response:
    """The workspace of a round, or with `?format=csv` its lines."""
    space = rounds.workspace(current.store(), slug, current.language())
    field, show = request.args.get("handlungsfeld", ""), request.args.get("show", "")
    if show not in words.STATES:
        raise BadInput("filter", show, tuple(words.STATES))
    if field and field not in {part.field.slug for part in space.parts if part.field}:
        raise BadInput("filter", field, tuple(part.field.slug for part in space.parts if part.field))
    lines = shown(space.of_field(field), show)
    if request.args.get("format") == "csv":
        return _spreadsheet(space, lines)
    return render_template(
        "rounds/work.html",
        space=space,
        field=field,
        show=show,
        lines=lines,
        parts=[part for part in space.parts if not field or (part.field and part.field.slug == field)],
        counts={name: len(shown(space.of_field(field), name)) for name in words.STATES},
        states=words.STATES,
        kinds={kind: TITLES[kind] for kind in partnerships.KINDS},
        amounts=AMOUNTS,
        tickable=WHAT_IF_KINDS,
        today=current.today(),
    )


def shown(lines: Iterable[Suggestion], show: str) -> list[Suggestion]:
    """Those of the lines that a team wants to see."""
    today = current.today()
    tests: dict[str, Callable[[Suggestion], bool]] = {
        "open": lambda one: one.is_open,
        "undecided": lambda one: not one.verdicts,
        "disputed": lambda one: one.disputed,
        "due": lambda one: one.is_overdue(today),
        "done": lambda one: not one.is_open,
    }
    return [one for one in lines if not show or tests[show](one)]


@blueprint.post("/rounds/<slug:slug>/workspace/setup")
def setup(slug: str) -> AnyResponse:
    """Say as of which day the lists are, and what the meeting talks about."""
    try:
        as_of = day(request.form.get("as_of", "")) or current.today()
        done = rounds.set_up(
            current.store(), slug, as_of=as_of, agenda=request.form.get("agenda", "")[:5000], author=current.author()
        )
    except BadInput as error:
        return refused(slug, error)
    return told(slug, _("Der Arbeitsraum ist eingerichtet."), done)


@blueprint.post("/rounds/<slug:slug>/workspace/fill")
def fill(slug: str) -> AnyResponse:
    """Fetch the first suggestions of some lists, as of the day of the workspace."""
    store, field = current.store(), request.form.get("handlungsfeld", "")
    space = rounds.workspace(store, slug)
    kinds = [kind for kind in request.form.getlist("kind") if kind in partnerships.KINDS]
    amount = int(request.form.get("amount", "")) if request.form.get("amount", "") in map(str, AMOUNTS) else AMOUNTS[1]
    narrowed: dict[str, Any] = {"handlungsfeld": field} if field else {}
    found = [
        (gap, place)
        for kind in kinds
        for place, gap in enumerate(partnerships.gaps(store, kind, as_of=space.as_of, limit=amount, **narrowed), 1)
    ]
    try:
        done, count = rounds.take_up_all(store, slug, found, author=current.author())
    except BadInput as error:
        return refused(slug, error)
    if not kinds:
        return told(slug, _("Bitte mindestens eine Liste ankreuzen."), None, handlungsfeld=field)
    sentence = ngettext("Ein neuer Vorschlag ist da.", "%(num)s neue Vorschläge sind da.", count)
    nothing = _("In den Listen steht gerade nichts, was hier noch fehlt.")
    return told(slug, sentence if count else nothing, done, handlungsfeld=field, _anchor="lines")


STEPS = {"close": rounds.close, "reopen": rounds.reopen, "delete": rounds.delete}


@blueprint.route("/rounds/<slug:slug>/workspace/<any(close, reopen, delete):step>", methods=["GET", "POST"])
def confirm(slug: str, step: str) -> AnyResponse:
    """Close, reopen or delete a workspace: asked first, taken back with one click."""
    space = rounds.workspace(current.store(), slug, current.language())
    if request.method == "GET":
        return make_response(render_template("rounds/confirm.html", space=space, step=step))
    try:
        done = STEPS[step](current.store(), slug, author=current.author())
    except BadInput as error:
        return refused(slug, error)
    sentences = {
        "close": _("Der Arbeitsraum ist abgeschlossen. Alles bleibt lesbar."),
        "reopen": _("Der Arbeitsraum ist wieder offen."),
        "delete": _("Der Arbeitsraum ist gelöscht, mit allen Vorschlägen und Entscheidungen."),
    }
    return told(slug, sentences[step], done)


def day(text: str) -> dt.date | None:
    """A day as people write it; None for a blank text.

    Raises:
        BadInput: it is none; `what` is "day".
    """
    if not text.strip():
        return None
    field = entity_types()["workspace"].field("as_of")
    return dt.date.fromisoformat(entries.term(field, text).value)


def told(slug: str, sentence: str, change: Change | None, **where: Any) -> AnyResponse:
    """Back to the workspace, with a sentence and, if anything changed, the way back."""
    flash(sentence, change.id if change and change.id else "message")
    return redirect(url_for("rounds.work", slug=slug, **{name: value for name, value in where.items() if value}), 303)


def refused(slug: str, error: BadInput) -> AnyResponse:
    """The sentence about what is wrong, and the way back."""
    space = rounds.workspace(current.store(), slug, current.language())
    return make_response(render_template("rounds/refused.html", space=space, problem=words.refusal(error)), 422)


def _spreadsheet(space: Workspace, lines: Sequence[Suggestion]) -> Response:
    headings = [
        _("Art"), _("Worum es geht"), _("Handlungsfelder"), _("Dafür spricht"), _("Zu bedenken"), _("Stand"),
        _("Entscheidungen"), _("Nächster Schritt"), _("Zuständig"), _("Bis wann"), _("Stufe"), _("Herkunft"),
    ]  # fmt: skip
    return sheet(f"runde-{space.round.slug}", headings, (_row(one) for one in lines))


def _row(one: Suggestion) -> list[str]:
    step, language = one.next_step, current.language()
    said = (f"{v.time:%Y-%m-%d} {v.author}: {words.verdict_word(v.verdict)} {v.reason}".strip() for v in one.verdicts)
    return [
        words.kind_word(one.kind),
        one.label,
        entries.join(ref.label for ref in one.fields),
        " ".join(one.reasons[language]),
        " ".join(one.cautions[language]),
        words.state_words(one.state),
        entries.join(said),
        step.next_step if step else "",
        step.responsible if step else "",
        step.due.isoformat() if step and step.due else "",
        words.rung_word(one.rung),
        _("von Hand") if one.by_hand else _("aus der Liste"),
    ]


# for other pages


@blueprint.app_template_global("open_rounds")
def open_rounds() -> list[tuple[str, str]]:
    """Slug and name of the rounds a suggestion can be kept in, the usual one first."""
    return [(ref.slug, ref.label) for ref in rounds.open_rounds(current.store(), current.language())]


@blueprint.app_template_global("verdict_choices")
def verdict_choices() -> list[Any]:
    """The verdicts in the order of the work."""
    known = {one.slug: one for one in concepts("verdict")}
    return [known[slug] for slug in rounds.VERDICTS]


@blueprint.app_template_global("day_text")
def day_text(one: dt.date | None = None) -> str:
    """A day (today by default) as it stands in a field, to be read again by `day`."""
    one = one or current.today()
    return one.isoformat() if current.language() == "en" else f"{one.day}.{one.month}.{one.year}"


@blueprint.app_template_global("rung_choices")
def rung_choices() -> tuple[Any, ...]:
    """The rungs of the ladder, lowest first."""
    return concepts("rung")


@blueprint.app_template_global("standing_of")
def standing_of(gap_id: str) -> Any:
    """What the team said about a gap; None if nobody took it up."""
    return rounds.verdicts_by_gap(current.store(), current.language()).get(gap_id)


@blueprint.app_template_global("rounds_due")
def rounds_due() -> list[dict[str, Any]]:
    """Of each open workspace how much is undecided, disputed and overdue."""
    store, today = current.store(), current.today()
    found = []
    for slug in rounds.workspaces(store):
        space = rounds.workspace(store, slug, current.language())
        if not space.closed:
            open_ones = [one for one in space.suggestions if one.is_open]
            overdue = sum(one.is_overdue(today) for one in open_ones)
            found.append({"round": space.round, "open": len(open_ones), "overdue": overdue})
    return found
