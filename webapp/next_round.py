"""A new round begins where the old one stopped: asked for its name and fields, then for each match and open line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from graph import directory, rounds
from graph.errors import BadInput, Invalid
from webapp import current
from webapp import editing_words as forms
from webapp import rounds_words as words
from webapp.rounds import told

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from graph.rounds import NextRound, Workspace

blueprint = Blueprint("next_round", __name__)

RELATIONS = {
    "": lazy_gettext("keine Entsprechung"),
    "exact": lazy_gettext("dasselbe wie"),
    "close": lazy_gettext("fast dasselbe wie"),
    "broad": lazy_gettext("ein Teil von"),
    "narrow": lazy_gettext("mehr als"),
}
"""How a new field relates to an old one."""

WHY = {
    "stored": lazy_gettext("schon so eingetragen"),
    "same name": lazy_gettext("gleicher Name"),
    "like name": lazy_gettext("ähnlicher Name"),
    "like words": lazy_gettext("einzelne Wörter gleich – bitte prüfen"),
    "same number": lazy_gettext("nur die Nummer ist gleich – bitte prüfen"),
}
"""Why a match is proposed."""


@blueprint.route("/rounds/<slug:slug>/next", methods=["GET", "POST"])
def page(slug: str) -> AnyResponse:
    """First the new round and its fields; then the matches, field by field, and the open lines; then it begins."""
    space = rounds.workspace(current.store(), slug, current.language())
    if request.method == "GET":
        return make_response(_asked(space))
    try:
        new = _new()
    except BadInput as error:
        return make_response(_asked(space, words.refusal(error)), 422)
    if request.form.get("step") != "begin":
        return make_response(_mapped(space, new))
    try:
        done = rounds.begin(
            current.store(), slug, new, _matches(new), request.form.getlist("line"), author=current.author()
        )
    except BadInput as error:
        return make_response(_asked(space, words.refusal(error)), 422)
    except Invalid as error:
        return make_response(_asked(space, forms.forbidden(error.findings[0])), 422)
    count = ngettext("ein Vorschlag geht weiter", "%(num)s Vorschläge gehen weiter", done.lines)
    return told(done.round, _("Die neue Runde hat begonnen, %(count)s.", count=count), done.change)


def _new() -> NextRound:
    """The round as the form says it.

    Raises:
        BadInput: it has no name, or a field lacks its number or name.
    """
    form, store = request.form, current.store()
    if slug := form.get("round", ""):
        stored = rounds.stored_fields(store, slug)
        return rounds.NextRound(slug=slug, fields=stored or rounds.read_fields(form.get("fields", "")[:5000]))
    if not form.get("name", "").strip():
        raise BadInput("round", "")
    texts = {name: form.get(name, "").strip()[:200] for name in ("name", "short", "start", "end")}
    return rounds.NextRound(fields=rounds.read_fields(form.get("fields", "")[:5000]), **texts)


def _matches(new: NextRound) -> dict[str, tuple[str, str]]:
    """What was chosen for each new field."""
    found = {}
    for one in new.fields:
        relation, old = (request.form.get(f"{name}-{one.number}", "") for name in ("relation", "old"))
        if relation and old:
            found[one.number] = (old, relation)
    return found


def _asked(space: Workspace, problem: str = "") -> str:
    store = current.store()
    listed = directory.listing(store, "round", language=current.language()).rows
    later = [row.ref for row in listed if row.ref.slug != space.round.slug and row.text("start") > space.start]
    old = [one.field for one in space.parts if one.field]
    return render_template(
        "rounds/next.html", space=space, later=later, old=old, form=request.form, problem=problem, fields=_typed(old)
    )


def _typed(old: Any) -> str:
    """The fields as they stand in the form: as typed, else those of the old round, to be changed."""
    if "fields" in request.form:
        return request.form["fields"]
    return "\n".join(ref.label.partition(" · ")[2] or ref.label for ref in old)


def _mapped(space: Workspace, new: NextRound) -> str:
    store, language = current.store(), current.language()
    return render_template(
        "rounds/mapping.html",
        space=space,
        new=new,
        proposals=rounds.propose(store, space.round.slug, new.fields, language),
        old=rounds.working_fields(store, space.round.slug, language),
        lines=rounds.open_lines(store, space.round.slug, language),
        relations=RELATIONS,
        why=WHY,
        form=request.form,
        back=url_for("next_round.page", slug=space.round.slug),
    )
