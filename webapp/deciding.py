"""Decide on a suggestion, from a list, its own page or a workspace; keep one for later; add one by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph import editing, rounds
from graph import gaps as partnerships
from graph.editing.links import wanted_new
from graph.errors import BadInput, Invalid, NotFound
from webapp import current, urls, wording
from webapp import editing_words as forms
from webapp import rounds_words as words

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from graph.gaps import Gap
    from graph.rounds import Decided, Said, Suggestion, Workspace

blueprint = Blueprint("deciding", __name__, url_prefix="/deciding")

_LONGEST = 1000


@dataclass(frozen=True)
class Target:
    """What is decided on: a line of a workspace, or a gap that becomes one."""

    space: Workspace
    line: Suggestion | None
    gap: Gap | None

    @property
    def key(self) -> str:
        """The line's slug or the gap's id."""
        return self.line.slug if self.line else self.gap.id if self.gap else ""


@blueprint.route("/decide", methods=["GET", "POST"])
def decide() -> AnyResponse:
    """The form for one suggestion; sent, the verdict is kept and the next line is shown."""
    target = _target()
    if request.method == "GET":
        return make_response(_page(target))
    try:
        done = rounds.decide(
            current.store(),
            target.space.round.slug,
            target.line.slug if target.line else _gap(target),
            _said(),
            author=current.author(),
            position=_position(),
        )
    except BadInput as error:
        return make_response(_page(target, words.refusal(error)), 422)
    except Invalid as error:
        return make_response(_page(target, forms.forbidden(error.findings[0])), 422)
    _tell(done, words.verdict_word(request.form["verdict"]))
    return redirect(_after(target), 303)


@blueprint.post("/take")
def take() -> AnyResponse:
    """Keep a gap for the meeting, without a verdict."""
    target = _target()
    try:
        done = rounds.take_up(
            current.store(), target.space.round.slug, _gap(target), author=current.author(), position=_position()
        )
    except BadInput as error:
        return make_response(_page(target, words.refusal(error)), 422)
    name = wording.cut(done.label, 120)
    sentence = _("„%(name)s“ ist vorgemerkt: %(round)s.", name=name, round=target.space.round.label)
    flash(sentence if done.change.id else _("„%(name)s“ war schon vorgemerkt.", name=name), done.change.id or "message")
    return redirect(_after(target), 303)


@blueprint.post("/add")
def add() -> AnyResponse:
    """Keep a line that no list suggested."""
    slug = request.form.get("round", "")
    space = rounds.workspace(current.store(), slug, current.language())
    try:
        found = [_meant(text, ("actor",)) for text in request.form.getlist("actor") if text.strip()]
        found += [_meant(text, ("project", "event")) for text in request.form.getlist("doing") if text.strip()]
        done = rounds.add_line(
            current.store(), slug, found, request.form.get("reason", "")[:_LONGEST], author=current.author()
        )
    except BadInput as error:
        page = render_template("rounds/add.html", space=space, problem=words.refusal(error), form=request.form)
        return make_response(page, 422)
    name = wording.cut(done.label, 120)
    sentence = _("„%(name)s“ steht jetzt mit in der Liste.", name=name)
    flash(sentence if done.change.id else _("„%(name)s“ stand schon da.", name=name), done.change.id or "message")
    field = request.form.get("handlungsfeld") or None
    here = rounds.workspace(current.store(), slug)
    kept = field if field and any(one.slug == done.suggestion for one in here.of_field(field)) else None
    return redirect(url_for("rounds.work", slug=slug, handlungsfeld=kept, _anchor=f"line-{done.suggestion}"), 303)


# what was asked for


def _target() -> Target:
    """The round, and the line or gap of it.

    Raises:
        NotFound: there is none of that name.
    """
    store, language = current.store(), current.language()
    space = rounds.workspace(store, request.values.get("round", "") or rounds.usual_round(store), language)
    if name := request.values.get("line", ""):
        line = space.find(name)
        if line is None:
            raise NotFound("suggestion", name)
        return Target(space, line, None)
    name = request.values.get("gap", "")
    if line := space.find(name):
        return Target(space, line, None)
    text = request.values.get("as_of", "").strip()
    as_of = partnerships.day_of(text) if text else None
    return Target(space, None, partnerships.find_gap(store, name, as_of=as_of))


def _gap(target: Target) -> Gap:
    """The gap, or of a line that is kept already the gap it was made from, to be kept again without effect."""
    if target.gap:
        return target.gap
    return partnerships.find_gap(current.store(), target.line.gap_id if target.line else "")


def _said() -> Said:
    """The verdict as it was typed; a form has a field for each verdict, and only that of the chosen one counts."""
    form = {name: text.strip()[:_LONGEST] for name, text in request.form.items()}
    verdict = form.get("verdict", "")
    days = {rounds.KNOWN: "since", "vorgestellt": "introduced"}
    project, new_project = _project(form.get("project", "")) if verdict == rounds.PROJECT else ("", "")
    return rounds.Said(
        verdict=verdict,
        reason=form.get("why" if verdict == rounds.UNFIT else "reason", "") or form.get("reason", ""),
        next_step=form.get("next_step", "") if verdict not in rounds.DONE else "",
        responsible=form.get("responsible", "") if verdict not in rounds.DONE else "",
        due=form.get("due", "") if verdict not in rounds.DONE else "",
        rung=form.get("rung", "") if verdict not in rounds.DONE else "",
        day=form.get(days.get(verdict, ""), ""),
        project=project,
        new_project=new_project,
    )


def _project(text: str) -> tuple[str, str]:
    """The IRI of the project that a text means, or the name of a new one.

    Raises:
        BadInput: no project, or several, are called that.
    """
    if wanted := wanted_new(text, ("project",)):
        return "", wanted[1]
    return (_meant(text, ("project",)), "") if text else ("", "")


def _meant(text: str, kinds: tuple[str, ...]) -> str:
    found = editing.directory_of(current.store(), current.language()).find(text.strip()[:200], kinds)
    if len(found) != 1:
        raise BadInput("unknown", text.strip())
    return found[0]


def _position() -> int | None:
    text = request.form.get("position", "")
    return int(text) if text.isdecimal() and len(text) < 6 else None


# what is answered


def _page(target: Target, problem: str = "") -> str:
    return render_template("rounds/decide.html", target=target, problem=problem, form=request.values)


def _tell(done: Decided, verdict: str) -> None:
    sentence = _("%(verdict)s: „%(name)s“.", verdict=verdict, name=wording.cut(done.label, 120))
    if done.mended:
        sentence += " " + _("Die Angaben im Netz sind ergänzt, Quelle ist das Team.")
    flash(sentence, done.change.id or "message")


def _after(target: Target) -> str:
    """Where a verdict leads: the address the form names, there to the next line nobody has decided on."""
    back: Any = request.form.get("next", "")
    if not back:
        back = url_for("rounds.work", slug=target.space.round.slug)
    follows = request.form.get("follows", "").strip()
    anchor = f"#line-{follows}" if follows.isalnum() else ""
    return urls.inside(back).partition("#")[0] + anchor
