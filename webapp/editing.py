"""Forms for all entries: new, edit, end, withdraw; they work as plain HTML, scripts only make them quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _

from graph import editing
from graph.errors import BadFields, Conflict, EditConflict, Invalid
from ontology.schema import entity_types
from webapp import current, urls, wording
from webapp import editing_sheets as sheets
from webapp import editing_words as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from graph.directory import Entry
    from graph.editing import Saved

blueprint = Blueprint("editing", __name__)
blueprint.add_app_template_filter(words.widget, "widget")

_DRAFT = "draft"
"""Name in the session of the draft that has just been saved, for the browser to drop."""


@blueprint.route("/<list:kind>/new", methods=["GET", "POST"])
def new(kind: str) -> AnyResponse:
    """A new entry; what the address says stands in the form already."""
    entity = editing.editable(kind)
    if request.method == "POST":
        return _submitted(kind, None)
    names = {one.name for one in entity.fields}
    given = {name: request.args.getlist(name) for name in request.args if name in names}
    form = editing.form(current.store(), kind, given=given, language=current.language())
    return _page(sheets.Sheet(form, form.texts))


@blueprint.route("/<list:kind>/<slug:slug>/edit", methods=["GET", "POST"])
def edit(kind: str, slug: str) -> AnyResponse:
    """An entry that is there."""
    if request.method == "POST":
        return _submitted(kind, slug)
    form = editing.form(current.store(), kind, slug, language=current.language())
    return _page(sheets.Sheet(form, form.texts))


@blueprint.get("/<list:kind>/choices.json")
def choices(kind: str) -> Response:
    """Entries that a link field of this form may mean, for search-as-you-type; and what may be created in place."""
    kinds = _linked_kinds(kind, request.args.get("field", ""))
    text, language = request.args.get("q", "").strip()[:200], current.language()
    found = editing.directory_of(current.store(), language).options(text, kinds)
    labels = {kind: entity_types()[kind].label[language] for kind in kinds}
    several = len(kinds) > 1
    options = [
        {"text": one.text, "label": one.label, "hint": ", ".join(filter(None, (labels[one.kind] * several, one.hint)))}
        for one in found
    ]
    is_there = any(one.label.casefold() == text.casefold() for one in found)
    for new_kind in editing.creatable(kinds) if text and not is_there else ():
        label = _("„%(name)s“ neu anlegen", name=text)
        hint = labels[new_kind] if several else ""
        options.append({"text": editing.new_text(text, new_kind, kinds, language), "label": label, "hint": hint})
    return jsonify(options=options)


def _linked_kinds(kind: str, name: str) -> tuple[str, ...]:
    """Which entity types a field takes, or the line for a link to be added."""
    fields = {one.name: one for one in editing.editable(kind).fields}
    fields |= {one.key: one.other for one in editing.companions(kind)}
    return fields[name].links_to if name in fields else ()


@blueprint.route("/<list:kind>/<slug:slug>/end", methods=["GET", "POST"])
def end(kind: str, slug: str) -> AnyResponse:
    """Say when an entry ended."""
    form = editing.form(current.store(), kind, slug, language=current.language())
    day, problems, status = request.form.get("day", _("heute")), [], 200
    if request.method == "POST":
        try:
            done = editing.end(
                current.store(),
                kind,
                slug,
                day,
                author=current.author(),
                reason=_("Beendet: %(name)s", name=form.label),
            )
        except BadFields as error:
            problems, status = [words.unreadable(one) for one in error.problems], 422
        except Invalid as error:
            problems, status = [words.forbidden(one) for one in error.findings], 422
        else:
            flash(_("„%(name)s“ ist beendet.", name=wording.cut(done.label, 200)), done.change.id or "message")
            return redirect(_back(kind, slug), 303)
    if editing.end_field(form.kind) is None:
        return redirect(url_for("editing.edit", kind=kind, slug=slug), 303)
    page = render_template(
        "editing/end.html", form=form, label=form.label, day=day, problems=problems, back=_back(kind, slug)
    )
    return make_response(page, status)


@blueprint.route("/<list:kind>/<slug:slug>/withdraw", methods=["GET", "POST"])
def withdraw(kind: str, slug: str) -> AnyResponse:
    """Take out an entry that should not have been there, if nothing links to it."""
    form = editing.form(current.store(), kind, slug, language=current.language())
    status = 200
    if request.method == "POST":
        try:
            reason = _("Zurückgezogen: %(name)s", name=form.label)
            done = editing.withdraw(current.store(), kind, slug, author=current.author(), reason=reason)
        except Conflict:
            status = 409
        else:
            flash(_("„%(name)s“ ist zurückgezogen.", name=wording.cut(form.label, 200)), done.id)
            back = request.form.get("back", "")
            own = back.startswith(url_for("directory.entry", kind=kind, slug=slug))
            return redirect(urls.inside(back) if back and not own else url_for("directory.listing", kind=kind), 303)
    links = editing.linking(current.store(), kind, slug)
    page = render_template(
        "editing/withdraw.html", form=form, label=form.label, links=_linked(links), back=request.args.get("back", "")
    )
    return make_response(page, status)


# what was sent


def _submitted(kind: str, slug: str | None) -> AnyResponse:
    form = editing.form(current.store(), kind, language=current.language())
    texts, pairs = dict(sheets.typed(form, kind, slug)), dict(sheets.paired(kind))
    if more := request.form.getlist("more"):
        return _page(sheets.again(kind, slug, texts, pairs=pairs, more=frozenset(more)))
    author, store = current.author(), current.store()
    try:
        done = editing.save(
            store,
            kind,
            slug,
            texts,
            author=author,
            reason=request.form.get("reason", "")[:500],
            version=sheets.drawn_at(),
            anyway="anyway" in request.form,
            links=pairs,
        )
    except BadFields as error:
        asks = _asked(error.problems)
        sheet = sheets.again(kind, slug, texts, pairs=pairs, asks=asks)
        return _page(sheets.refused(sheet, error.problems), 409 if asks else 422)
    except Invalid as error:
        return _page(sheets.forbidden(sheets.again(kind, slug, texts, pairs=pairs), error, slug), 422)
    except EditConflict as error:
        return _page(sheets.conflicted(kind, slug, error, pairs=pairs), 409)
    return _told(done, is_new=slug is None)


def _asked(problems: Sequence[editing.Problem]) -> str:
    """What the person may simply confirm: "alike", "personal", or "" if something is wrong."""
    whats = {one.what for one in problems}
    return ("personal" if "personal" in whats else "alike") if whats <= {"alike", "personal"} else ""


def _told(done: Saved, *, is_new: bool) -> AnyResponse:
    """Back to where the person came from, with a sentence about what was saved and one about what is missing."""
    # Notices travel in a cookie, and those are small.
    flash(wording.cut(words.saved(done, entity_types()[done.kind], is_new=is_new), 400), done.change.id or "message")
    if missing := words.lacking(done):
        flash(wording.cut(missing, 400), "message")
    session[_DRAFT] = request.form.get("draft", "")[:500]
    return redirect(_back(done.kind, done.slug), 303)


# pages


def _page(sheet: sheets.Sheet, status: int = 200) -> AnyResponse:
    form = sheet.form
    page = render_template(
        "editing/form.html",
        sheet=sheet,
        form=form,
        kind=form.kind,
        label=form.label,
        back=request.values.get("back", ""),
        draft=request.form.get("draft") or request.full_path.rstrip("?"),
        reason=request.form.get("reason", ""),
        cancel=_back(form.kind.name, form.slug),
        ends=editing.end_field(form.kind) is not None,
        filled={*sheet.problems, *sheet.conflicts, *(name for name, texts in sheet.texts.items() if any(texts))},
        new_text=editing.new_text,
        creatable=editing.creatable,
        companions=editing.companions(form.kind.name),
    )
    return make_response(page, status)


def _back(kind: str, slug: str | None) -> str:
    """Where a form leads to: where the person came from, else the entry, else the list."""
    if back := request.values.get("back"):
        return urls.inside(back)
    return url_for("directory.entry", kind=kind, slug=slug) if slug else url_for("directory.listing", kind=kind)


def _linked(iris: Sequence[str]) -> list[tuple[str, str, str]]:
    """Entity type, slug and name of entries; people who can be reached are only counted."""
    base, found, hidden = current.store().base_iri, [], 0
    for iri in iris:
        segment, _slash, slug = iri.removeprefix(base).partition("/")
        if segment in urls.pages().values():
            form = editing.form(current.store(), segment, slug, language=current.language())
            found.append((segment, slug, form.label))
        else:
            hidden += 1
    return found + ([("", "", _("Angaben zu Ansprechpersonen"))] if hidden else [])


# for other pages


@blueprint.app_template_global("additions")
def additions(entry: Entry) -> list[tuple[str, str]]:
    """What people add on the page of an entry: words and address, the entry filled in."""
    ref = entry.row.ref
    is_network = any(value.key == "network" for value in entry.row.values("type"))
    wanted = (*(words.ADDITIONS["network"] if is_network else ()), *words.ADDITIONS.get(ref.type, ()))
    here = url_for("directory.entry", kind=ref.type, slug=ref.slug)
    given: dict[str, Any] = {"back": here}
    return [
        (str(text), url_for("editing.new", kind=kind, **(given | {name: f"{ref.type}/{ref.slug}"})))
        for kind, name, text in wanted
    ]


@blueprint.app_template_global("can_end")
def can_end(entry: Entry) -> bool:
    """Whether an entry may end, and has not."""
    one = editing.end_field(entry.row.kind)
    return one is not None and not entry.row.values(one.name)


@blueprint.app_template_global("saved_draft")
def saved_draft() -> str:
    """The draft that was saved just now, once; "" for none."""
    return str(session.pop(_DRAFT, ""))
