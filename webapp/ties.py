"""Ties entered in passing, from an actor's page or the picture; and what the meeting shares with that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graph import upkeep
from graph.errors import BadFields, BadInput, Invalid
from ontology.schema import concepts
from webapp import current, urls, wording
from webapp import editing_words as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response as AnyResponse

    from graph.changes import Change
    from graph.editing import Problem

blueprint = Blueprint("ties", __name__)


@dataclass(frozen=True)
class Refusal:
    """Why ties were not entered: sentences; and new actors that may be there already."""

    sentences: tuple[str, ...]
    alike: tuple[Problem, ...] = ()


@blueprint.route("/upkeep/ties", methods=["GET", "POST"])
def page() -> AnyResponse:
    """Quick form: one actor, several others; what is unclear comes back to choose from."""
    store, language = current.store(), current.language()
    one = upkeep.meant(store, named("actor"), language=language) if named("actor") else None
    refusal = None
    if request.method == "POST" and one and "search" not in request.form:
        done = attempt(lambda: upkeep.declare(store, wanted(one.text), author=current.author()))
        if isinstance(done, upkeep.Declared):
            return _declared(done, one)
        refusal = done
    actor = one.ref if isinstance(one, upkeep.Meant) else None
    sheet = render_template(
        "upkeep/ties.html",
        one=one,
        boxes=upkeep.tick_list(store, actor, chosen(), language=language),
        refusal=refusal,
        kinds=concepts("tie-kind"),
        states=concepts("tie-state"),
        back=request.values.get("back", ""),
    )
    return make_response(sheet, 422 if refusal else 200)


def _declared(done: upkeep.Declared, one: upkeep.Meant | upkeep.Unclear) -> AnyResponse:
    tell(told(done, one), done.change)
    target = url_for("directory.entry", kind="actor", slug=done.actor.rpartition("/")[2])
    return redirect(urls.inside(request.form.get("back") or target), 303)


# what the quick form and the meeting share


def named(field: str) -> str:
    """One text of the request, as typed, or what was picked in its place."""
    return _picked(request.values.get(field, ""))


def chosen() -> list[str]:
    """Those ticked, and the one typed, each or what was picked in its place."""
    texts = map(_picked, (*request.values.getlist("with"), request.values.get("more", "")))
    return [text for text in dict.fromkeys(texts) if text]


def wanted(actor: str) -> upkeep.Wanted:
    """The ties that a form asks for."""
    names = ("kind", "state", "via", "start", "end", "source")
    said = {name: text for name in names if (text := request.form.get(name, "").strip()[:300])}
    return upkeep.Wanted(actor, tuple(chosen()), current.today(), anyway=_all_asked(), **said)


PICK = "pick:"
"""Before a text in the name of the choice that says whom it means; the text itself means somebody new."""


def _picked(text: str) -> str:
    text = text.strip()[:200]
    return request.form.get(PICK + text, text)


def _all_asked() -> bool:
    """Whether every new actor of the form was asked about and is to be made all the same."""
    texts = (request.form.get("actor", ""), *request.form.getlist("with"))
    asked = [text for text in texts if upkeep.is_new(text)]
    return bool(asked) and all(PICK + text.strip() in request.form for text in asked)


_ASKED = frozenset({"alike", "unknown entry", "several entries"})
"""Problems that the form asks about."""


def attempt(declare: Callable[[], upkeep.Declared]) -> upkeep.Declared | Refusal:
    """Enter ties, or say why not, so that the form can come back as it was."""
    try:
        return declare()
    except BadFields as error:
        once = {one.text: one for one in error.problems}.values()
        return Refusal(
            tuple(words.unreadable(one) for one in once if one.what not in _ASKED),
            tuple(one for one in once if one.what == "alike"),
        )
    except Invalid as error:
        return Refusal(tuple(dict.fromkeys(map(words.forbidden, error.findings))))
    except BadInput as error:
        if error.what != "others":
            raise
        return Refusal((str(_("Bitte mindestens einen Akteur ankreuzen oder eintragen.")),))


def told(done: upkeep.Declared, one: upkeep.Meant | upkeep.Unclear) -> str:
    """One sentence about what was entered."""
    name = wording.cut(one.label if isinstance(one, upkeep.Meant) else one.text, 80)
    if not done.change.id:
        return str(_("„%(name)s“: Das war alles schon eingetragen.", name=name))
    parts = []
    if done.new:
        parts.append(ngettext("eine Verbindung eingetragen", "%(num)s Verbindungen eingetragen", done.new))
    if done.known:
        parts.append(ngettext("eine bestätigt", "%(num)s bestätigt", done.known))
    if done.created:
        names = ", ".join(f"„{wording.cut(new.name, 40)}“" for new in done.created)
        parts.append(_("neu angelegt: %(names)s", names=names))
    what = ", ".join(parts) or _("ist dabei")
    return f"„{name}“: {what}."


def tell(sentence: str, change: Change) -> None:
    """Have the next page say what happened, with the way back."""
    flash(sentence, change.id or "message")
