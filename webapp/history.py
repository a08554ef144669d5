"""What was changed, by whom, when and why; and the way back."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import format_datetime, lazy_gettext
from flask_babel import gettext as _

from graph import changes
from graph import history as past
from graph.errors import BadInput, Conflict, Invalid, NotFound
from ontology.schema import entity_types
from webapp import current, urls, wording

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from graph.changes import Change

blueprint = Blueprint("history", __name__, url_prefix="/history")

UNDONE = "undone-"
"""Before the id of a change in a notice's category: it took something back, its button brings it again."""

KINDS = {"hand": lazy_gettext("von Hand"), "list": lazy_gettext("aus einer Liste"), "undo": lazy_gettext("rückgängig")}
ACTIONS = {
    "added": lazy_gettext("neu"),
    "changed": lazy_gettext("geändert"),
    "removed": lazy_gettext("entfernt"),
}
_ENTRY = re.compile(r"([a-z]+)/([A-Za-z0-9][A-Za-z0-9._~-]{0,199})")


@blueprint.get("", strict_slashes=False)
def page() -> str | Response:
    """The changes, newest first, narrowed by who, how, when and which entry; with `?format=csv` all of them."""
    filters, language = _filters(), current.language()
    if request.args.get("format") == "csv":
        text = past.spreadsheet(current.store(), filters, language=language)
        headers = {"Content-Disposition": 'attachment; filename="history.csv"'}
        return Response(text, mimetype="text/csv", headers=headers)
    found = past.listing(current.store(), filters, _page())
    summaries = {change.id: past.summary(current.store(), change.id, language) for change in found.changes}
    return render_template(
        "history/list.html",
        found=found,
        filters=filters,
        entry=_entry_name(filters.entry),
        summaries=summaries,
        kinds=KINDS,
    )


@blueprint.get("/<change>")
def one(change: str) -> str:
    """One change in words, page by page."""
    kind = request.args.get("kind")
    entry = _filters().entry
    story = past.story(
        current.store(), change, language=current.language(), kind=kind, entry=entry or None, page=_page()
    )
    return render_template(
        "history/one.html",
        story=story,
        change=story.change,
        kind=kind,
        entry=_entry_name(entry),
        undone=past.undone(current.store()).get(change),
    )


@blueprint.post("/<change>/undo")
def undo(change: str) -> AnyResponse:
    """Take a change back, say so, go to `next` of the form, else to what was done; or 409 with what is against it."""
    store, author = current.store(), current.author()
    try:
        done = changes.undo(store, change, author)
    except (Conflict, Invalid) as error:
        refusal = past.refusal(store, change, error, language=current.language())
        return make_response(render_template("history/refused.html", refusal=refusal), 409)
    said = _("Rückgängig gemacht: %(reason)s") if past.takes_back(store, done) else _("Wiederhergestellt: %(reason)s")
    tell(said % {"reason": done.reason}, done)
    target = request.form.get("next") or url_for("history.one", change=done.id)
    return redirect(urls.inside(target), 303)


def tell(sentence: str, change: Change) -> None:
    """Have the next page say what happened, with a button that takes it back; without one if nothing changed.

    Same as `flash(sentence, change.id)`, which other features may write without us.
    """
    # Notices travel in a cookie, and those are small.
    mark = UNDONE if past.takes_back(current.store(), change) else ""
    flash(wording.cut(sentence, 300), f"{mark}{change.id}" if change.id else "message")


def farewell(kind: str, slug: str) -> AnyResponse | None:
    """The page of an entry that is no more: which change removed it; None if there never was one of that name."""
    change = past.gone_with(current.store(), kind, slug)
    if change is None:
        return None
    iri = f"{current.store().base_iri}{entity_types()[kind].segment}/{slug}"
    story = past.story(current.store(), change.id, language=current.language(), kind=kind, entry=iri, length=500)
    item = next(item for item in story.items if item.ref.iri == iri)
    plural = entity_types()[kind].plural_label[current.language()]
    return make_response(render_template("history/gone.html", item=item, change=change, plural=plural), 410)


@blueprint.app_template_filter("change_title")
def change_title(change: Change) -> str:
    """Its reason; of an undo, that it takes this back or brings it again."""
    reason = wording.cut(change.reason, 200)
    if not change.undoes:
        return reason
    if past.takes_back(current.store(), change):
        return str(_("Rückgängig: %(reason)s", reason=reason))
    return str(_("Wiederhergestellt: %(reason)s", reason=reason))


@blueprint.app_template_filter("undo_words")
def undo_words(change: Change) -> str:
    """What the button is called that takes a change back."""
    is_undo = past.takes_back(current.store(), change)
    return str(_("Wieder herstellen") if is_undo else _("Rückgängig machen"))


@blueprint.app_template_filter("clock")
def clock(change: Change) -> str:
    """Day and time of a change: 22.11.2026, 21:32."""
    return str(format_datetime(change.time, _("d.M.yyyy, HH:mm")))


@blueprint.app_template_filter("change_kind")
def change_kind(change: Change) -> str:
    """By hand, from a list, or an undo."""
    return str(KINDS[past.kind_of(change)])


@blueprint.app_template_filter("action_word")
def action_word(action: str) -> str:
    """New, changed or removed."""
    return str(ACTIONS[action])


@blueprint.app_template_filter("kind_words")
def kind_words(kind: str, number: int) -> str:
    """What so many entries of a kind are called: "12 Projekte"."""
    return f"{number} {past.kind_text(kind, number, current.language())}"


def _filters() -> past.Filters:
    return past.Filters(
        author=request.args.get("author", "").strip(),
        kind=request.args.get("kind", "") if request.endpoint == "history.page" else "",
        entry=_entry(),
        day=_day(),
    )


def _entry() -> str:
    """The IRI of `?entry=actor/schule`; "" without."""
    asked = request.args.get("entry", "").strip()
    if not asked:
        return ""
    match = _ENTRY.fullmatch(asked)
    if not match or match[1] not in urls.pages().values():
        raise NotFound("entry", asked)
    return f"{current.store().base_iri}{entity_types()[match[1]].segment}/{match[2]}"


def _entry_name(iri: str) -> object:
    """The entry of an IRI as others mention it, by its last name; None for ""."""
    return past.name_of(current.store(), iri, language=current.language()) if iri else None


def _day() -> dt.date | None:
    text = request.args.get("day", "").strip()
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(_("Tag"), text, (_("JJJJ-MM-TT"),)) from error


def _page() -> int:
    page = request.args.get("page", "1")
    if not page.isdecimal() or len(page) > 6:
        abort(404)
    return int(page)
