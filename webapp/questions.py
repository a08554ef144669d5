"""Questions the team or somebody has kept: fill in the blanks of a sentence, and look at the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph import saved
from graph.editing import directory_of
from graph.errors import BadBlank, PankenetzError
from graph.questions import questions
from graph.saved.sentence import ENTRIES
from graph.syntax import GRAPHS, TABLES, asked_form
from webapp import answering, current, errorwords, geography, ownquestions, rights, sheets, wording
from webapp.ownquestions import OwnQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as Answer

    from graph.saved import Blank, Draft, SavedQuestion

blueprint = Blueprint("questions", __name__, url_prefix="/questions")

_RESERVED = frozenset({"view", "format", "lang"})
"""What an address says already: a blank of that name gets another."""


@blueprint.get("", strict_slashes=False)
def page() -> Response | str:
    """All questions: those of the team, and one's own; with `?format=csv` as a table."""
    if request.args.get("format") == "csv":
        return _sheet()
    return render_template("questions/page.html", shared=saved.questions(current.store()), own=own())


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Answer | str | tuple[str, int]:
    """Keep a query as a question."""
    if request.method == "GET":
        given = request.args
        text = given.get("query", "").replace("\r\n", "\n")
        ready = next((one for one in questions() if one.text.strip() == text.strip()), None)
        title, says = (ready.title["de"], ready.says["de"]) if ready else ("", "")
        return _form(saved.Draft(given.get("sentence", title), text, given.get("says", says)))
    draft = _sent()
    try:
        _try(draft)
        if request.form.get("to") == "mine" and has_own():
            number = ownquestions.keep(rights.accounts(), rights.asker().name, draft)
            flash(_("„%(name)s“ ist gemerkt, nur für Sie.", name=wording.cut(draft.sentence, 200)), "message")
            return redirect(url_for("questions.mine", number=number), 303)
        return _shared(draft, None)
    except PankenetzError as error:
        return _form(draft, error=error), 422


@blueprint.route("/<slug:slug>/edit", methods=["GET", "POST"])
def change(slug: str) -> Answer | str | tuple[str, int]:
    """Another wording or query for a question of the team."""
    found = saved.question(current.store(), slug)
    if request.method == "GET":
        return _form(found)
    draft = _sent()
    try:
        _try(draft)
        return _shared(draft, slug)
    except PankenetzError as error:
        return _form(draft, found=found, error=error), 422


@blueprint.route("/mine/<int:number>/edit", methods=["GET", "POST"])
def change_own(number: int) -> Answer | str | tuple[str, int]:
    """Another wording or query for a question of one's own, or give it to the team."""
    found = ownquestions.question(rights.accounts(), rights.asker().name, number)
    if request.method == "GET":
        return _form(found)
    draft = _sent()
    try:
        _try(draft)
        if request.form.get("to") == "all":
            done = _shared(draft, None)
            ownquestions.forget(rights.accounts(), rights.asker().name, number)
            return done
    except PankenetzError as error:
        return _form(draft, found=found, error=error), 422
    ownquestions.change(rights.accounts(), rights.asker().name, number, draft)
    flash(_("„%(name)s“ ist gemerkt, nur für Sie.", name=wording.cut(draft.sentence, 200)), f"question-{number}")
    return redirect(url_for("questions.mine", number=number), 303)


@blueprint.post("/mine/<int:number>/forget")
def forget(number: int) -> Answer:
    """Take a question of one's own away."""
    gone = ownquestions.forget(rights.accounts(), rights.asker().name, number)
    flash(_("„%(name)s“ ist gelöscht.", name=wording.cut(gone.sentence, 200)), f"question-{number}")
    return redirect(url_for("questions.page"), 303)


@blueprint.post("/mine/<int:number>/undo")
def undo(number: int) -> Answer:
    """Take the latest change of a question of one's own back."""
    ownquestions.undo(rights.accounts(), rights.asker().name, number)
    flash(_("Ihre Frage ist wieder, wie sie war."), "message")
    return redirect(url_for("questions.mine", number=number), 303)


@blueprint.get("/<slug:slug>")
def one(slug: str) -> Response:
    """A question of the team, to be filled in; with its answer once it is."""
    return _asked(saved.question(current.store(), slug))


@blueprint.get("/mine/<int:number>")
def mine(number: int) -> Response:
    """A question of one's own, likewise."""
    return _asked(ownquestions.question(rights.accounts(), rights.asker().name, number))


@blueprint.get("/entries.json")
def entries() -> Response:
    """Entries that a blank may mean, for search-as-you-type."""
    kind, text = request.args.get("kind", ""), request.args.get("q", "").strip()[:200]
    if kind not in ENTRIES:
        abort(404)
    found = directory_of(current.store(), current.language()).options(text, (kind,))
    return jsonify(options=[{"text": one.text, "label": one.label, "hint": one.hint} for one in found])


@blueprint.app_template_global("kept_questions")
def kept_questions() -> list[SavedQuestion | OwnQuestion]:
    """The questions of the team and one's own, for who may ask them."""
    return [*saved.questions(current.store()), *own()] if rights.may("questions.page") else []


@blueprint.app_template_global("question_url")
def address(found: SavedQuestion | OwnQuestion, **more: str) -> str:
    """The page of a question."""
    if isinstance(found, OwnQuestion):
        return url_for("questions.mine", number=found.number, **more)  # type: ignore[arg-type]  # names of blanks
    return url_for("questions.one", slug=found.slug, **more)  # type: ignore[arg-type]  # as above


@blueprint.app_template_global("blank_name")
def blank_name(blank: Blank) -> str:
    """What a blank is called in an address."""
    return f"{blank.key}_" if blank.key in _RESERVED else blank.key


def own() -> list[OwnQuestion]:
    """The questions of who asks."""
    return ownquestions.questions(rights.accounts(), rights.asker().name) if has_own() else []


def has_own() -> bool:
    """Whether who asks can keep something for themselves: who signed in; else all at this machine are one."""
    return rights.asker().via == "session"


def _sheet() -> Response:
    headings = (
        _("Frage"),
        _("Wie die Antwort zu lesen ist"),
        _("Wer sieht sie?"),
        _("Abfrage in SPARQL"),
        _("Adresse"),
    )
    everybody, me = _("alle, die sich hier anmelden"), _("nur ich")
    lines = (
        (one.sentence, one.says, me if isinstance(one, OwnQuestion) else everybody, one.text, _whole_address(one))
        for one in kept_questions()
    )
    return sheets.sheet(_("fragen"), headings, lines)


def _whole_address(found: SavedQuestion | OwnQuestion) -> str:
    return request.host_url.rstrip("/") + address(found)


def _sent() -> Draft:
    form = request.form
    sentence = " ".join(form.get("sentence", "").split())[:1000]
    return saved.Draft(sentence, form.get("query", "").replace("\r\n", "\n").strip(), form.get("says", "").strip())


def _try(draft: Draft) -> None:
    """Whether the query can be read, as it is and with its blanks filled; asked of nothing, it costs nothing."""
    if not draft.sentence:
        raise BadBlank("empty", _("Frage"))
    _run_on_nothing(draft.text)  # first as it was written: its mistakes are at the places where they were made
    _run_on_nothing(saved.checked(draft))


def _run_on_nothing(text: str) -> None:
    formats = TABLES if asked_form(text) in ("SELECT", "ASK") else GRAPHS
    with answering.explained(text):
        current.sandbox().run(text, next(iter(formats.values())), graphs=[], base=request.base_url)


def _shared(draft: Draft, slug: str | None) -> Answer:
    """Keep it for all who work with the graph."""
    if not rights.asker().may("editor"):
        abort(403)
    done = saved.keep(current.store(), draft, slug, author=current.author())
    flash(_("„%(name)s“ ist gemerkt.", name=wording.cut(done.label, 200)), done.change.id or "message")
    return redirect(url_for("questions.one", slug=done.slug), 303)


def _form(draft: Draft, *, found: Draft | None = None, error: PankenetzError | None = None) -> str:
    """The form; `found` is the kept question that is changed."""
    return render_template(
        "questions/form.html",
        draft=draft,
        found=found or (draft if type(draft) is not saved.Draft else None),
        problem=errorwords.problem(error).detail if error else "",
        has_own=has_own(),
        may_share=rights.asker().may("editor"),
        to=request.form.get("to") or ("mine" if has_own() else "all"),
        words=saved.examples(),
    )


def _asked(found: SavedQuestion | OwnQuestion) -> Response:
    """The question with what was filled in, and its answer if everything was."""
    typed = {blank.key: request.args.get(blank_name(blank), "") for blank in found.blanks}
    is_asked = not typed or any(blank_name(blank) in request.args for blank in found.blanks)
    looked, problems, problem, text = None, dict[str, BadBlank](), None, ""
    if is_asked:
        terms, problems = _terms(found, typed)
        try:
            text = "" if problems else found.asked(terms)
            if text and request.args.get("format"):
                return _file(text)
            looked = _looked(text, found, typed) if text else None
        except PankenetzError as error:
            if request.args.get("format"):
                raise
            problem = errorwords.problem(error)
    body = render_template(
        "questions/one.html",
        found=found,
        typed=typed,
        looked=looked,
        problems={key: errorwords.problem(error).detail for key, error in problems.items()},
        candidates={key: error.allowed for key, error in problems.items() if error.what in ("several", "unknown")},
        problem=problem,
        text=text,
        lists=saved.lists,
        is_own=isinstance(found, OwnQuestion),
    )
    status = problem.status if problem else 422 if problems else 200
    return geography.allow_tiles(Response(body, status=status))


def _terms(found: Draft, typed: Mapping[str, str]) -> tuple[dict[str, saved.Term], dict[str, BadBlank]]:
    """What was filled in as terms, and what is wrong with it, by blank."""
    terms, problems = dict[str, saved.Term](), dict[str, BadBlank]()
    for blank in found.blanks:
        try:
            terms[blank.key] = saved.value(current.store(), blank, typed[blank.key], current.language())
        except BadBlank as error:
            problems[blank.key] = error
    return terms, problems


def _looked(text: str, found: SavedQuestion | OwnQuestion, typed: Mapping[str, str]) -> answering.Looked:
    is_table = asked_form(text) in ("SELECT", "ASK")
    answer = answering.run(text, next(iter((TABLES if is_table else GRAPHS).values())))
    filled = {blank_name(blank): typed[blank.key] for blank in found.blanks}
    return answering.looked(answer, is_table=is_table, address=lambda **more: address(found, **filled, **more))


def _file(text: str) -> Response:
    formats = {**answering.OURS, **TABLES} if asked_form(text) in ("SELECT", "ASK") else GRAPHS
    name = request.args["format"]
    if name not in formats:
        abort(404)
    return answering.file(answering.run(text, TABLES["json"] if name in answering.OURS else formats[name]), name)
