"""Forms for all entries: new, edit, end, withdraw; they work as plain HTML, scripts only make them quicker."""

from __future__ import annotations

from dataclasses import dataclass, field
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
from webapp import current, urls
from webapp import editing_words as words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from graph.changes import Change
    from graph.directory import Entry
    from graph.editing import FormField, Problem, Saved

blueprint = Blueprint("editing", __name__)
blueprint.add_app_template_filter(words.widget, "widget")

_DRAFT = "draft"
"""Name in the session of the draft that has just been saved, for the browser to drop."""


@dataclass
class Sheet:
    """A form as it goes to a person: with what was typed, what is wrong with it and what others did meanwhile.

    Attributes:
        form: the fields. texts: what stands in them. more: names of fields with one more spare row.
        problems: field name ("" for the whole) → sentences, with the problem where there are entries to choose from.
        conflicts: field name → what others changed. by: who did, and when.
        asks: the only thing wrong is that there are entries of that name already.
    """

    form: editing.Form
    texts: Mapping[str, Sequence[str]]
    more: frozenset[str] = frozenset()
    problems: dict[str, list[tuple[str, Problem | None]]] = field(default_factory=dict)
    conflicts: Mapping[str, editing.Disagreement] = field(default_factory=dict)
    by: Sequence[Change] = ()
    asks: bool = False
    gone: bool = False

    def rows(self, one: FormField) -> list[str]:
        """The texts of a field's rows: those typed, and an empty one where there may be more."""
        typed = [text for text in self.texts.get(one.field.name, ()) if text.strip()]
        spare = one.field.many or not typed
        return typed + [""] * (spare + (one.field.name in self.more))


@blueprint.route("/<list:kind>/new", methods=["GET", "POST"])
def new(kind: str) -> AnyResponse:
    """A new entry; what the address says stands in the form already."""
    entity = editing.editable(kind)
    if request.method == "POST":
        return _submitted(kind, None)
    names = {one.name for one in entity.fields}
    given = {name: request.args.getlist(name) for name in request.args if name in names}
    form = editing.form(current.store(), kind, given=given, language=current.language())
    return _page(Sheet(form, form.texts))


@blueprint.route("/<list:kind>/<slug:slug>/edit", methods=["GET", "POST"])
def edit(kind: str, slug: str) -> AnyResponse:
    """An entry that is there."""
    if request.method == "POST":
        return _submitted(kind, slug)
    form = editing.form(current.store(), kind, slug, language=current.language())
    return _page(Sheet(form, form.texts))


@blueprint.get("/<list:kind>/choices.json")
def choices(kind: str) -> Response:
    """Entries that a link field of this form may mean, for search-as-you-type; and what may be created in place."""
    one = next((one for one in editing.editable(kind).fields if one.name == request.args.get("field")), None)
    kinds = one.links_to if one else ()
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
                reason=_("Beendet: %(name)s", name=_label(form)),
            )
        except BadFields as error:
            problems, status = [words.unreadable(one) for one in error.problems], 422
        except Invalid as error:
            problems, status = [words.forbidden(one) for one in error.findings], 422
        else:
            flash(_("„%(name)s“ ist beendet.", name=done.label), done.change.id or "message")
            return redirect(_back(kind, slug), 303)
    if editing.end_field(form.kind) is None:
        return redirect(url_for("editing.edit", kind=kind, slug=slug), 303)
    page = render_template(
        "editing/end.html", form=form, label=_label(form), day=day, problems=problems, back=_back(kind, slug)
    )
    return make_response(page, status)


@blueprint.route("/<list:kind>/<slug:slug>/withdraw", methods=["GET", "POST"])
def withdraw(kind: str, slug: str) -> AnyResponse:
    """Take out an entry that should not have been there, if nothing links to it."""
    form = editing.form(current.store(), kind, slug, language=current.language())
    status = 200
    if request.method == "POST":
        try:
            reason = _("Zurückgezogen: %(name)s", name=_label(form))
            done = editing.withdraw(current.store(), kind, slug, author=current.author(), reason=reason)
        except Conflict:
            status = 409
        else:
            flash(_("„%(name)s“ ist zurückgezogen.", name=_label(form)), done.id)
            return redirect(urls.inside(request.form.get("back") or url_for("directory.listing", kind=kind)), 303)
    links = editing.linking(current.store(), kind, slug)
    page = render_template(
        "editing/withdraw.html", form=form, label=_label(form), links=_linked(links), back=request.args.get("back", "")
    )
    return make_response(page, status)


# what was sent


def _submitted(kind: str, slug: str | None) -> AnyResponse:
    form = editing.form(current.store(), kind, language=current.language())
    texts = dict(_typed(form, kind, slug))
    if more := request.form.getlist("more"):
        return _page(_sheet(kind, slug, texts, more=frozenset(more)))
    author, store = current.author(), current.store()
    version = request.form.get("version", "")
    try:
        done = editing.save(
            store,
            kind,
            slug,
            texts,
            author=author,
            reason=request.form.get("reason", "")[:500],
            version=int(version) if version.isdecimal() and len(version) < 10 else None,
            anyway="anyway" in request.form,
        )
    except BadFields as error:
        asks = all(one.what == "alike" for one in error.problems)
        return _page(_refused(_sheet(kind, slug, texts, asks=asks), error.problems), 409 if asks else 422)
    except Invalid as error:
        return _page(_forbidden(_sheet(kind, slug, texts), error, slug), 422)
    except EditConflict as error:
        return _page(_disputed(kind, slug, error, version), 409)
    return _told(done, is_new=slug is None)


def _typed(form: editing.Form, kind: str, slug: str | None) -> Iterator[tuple[str, list[str]]]:
    """The texts of each field, with entries picked from a list in place of what was typed, and others' words taken."""
    sent = request.form
    theirs = None
    for one in form.fields:
        name = one.field.name
        picked = {
            key.removeprefix(f"pick:{name}:"): text for key, text in sent.items() if key.startswith(f"pick:{name}:")
        }
        texts = [picked.get(text, text) for text in sent.getlist(name)]
        if sent.get(f"take:{name}") == "theirs" and slug:
            theirs = theirs or editing.form(current.store(), kind, slug, language=current.language()).texts
            texts = list(theirs[name])
        yield name, texts


def _sheet(kind: str, slug: str | None, texts: Mapping[str, Sequence[str]], **more: Any) -> Sheet:
    """The form again, as it was typed."""
    return Sheet(editing.form(current.store(), kind, slug, language=current.language()), texts, **more)


def _refused(sheet: Sheet, problems: Sequence[Problem]) -> Sheet:
    for one in problems:
        sheet.problems.setdefault(one.field, []).append((words.unreadable(one), one))
    return sheet


def _forbidden(sheet: Sheet, error: Invalid, slug: str | None) -> Sheet:
    """What the shapes say, beside its field; a rule about the period beside its end."""
    kind = sheet.form.kind
    known = {one.name for one in kind.fields}
    end_field = editing.end_field(kind)
    for finding in error.findings:
        own = finding.entry.removeprefix(current.store().base_iri).startswith(f"{kind.segment}/{slug or ''}")
        name = finding.field if own and finding.field in known else ""
        if own and not finding.field and finding.value and end_field:
            name = end_field.name
        sentence = words.forbidden(finding)
        sheet.problems.setdefault(name, []).append((sentence if own else f"{finding.label}: {sentence}", None))
    return sheet


def _disputed(kind: str, slug: str | None, error: EditConflict, version: str) -> Sheet:
    """Both versions of the fields that two people changed; an entry that is gone comes back as a new one."""
    drawn_at = int(version) if version.isdecimal() else error.version
    if not error.fields:
        return _sheet(kind, None, error.texts, gone=True)
    sheet = _sheet(kind, slug, error.texts, conflicts={one.field: one for one in error.fields})
    sheet.by = editing.who_changed(current.store(), kind, slug or "", drawn_at)
    return sheet


def _told(done: Saved, *, is_new: bool) -> AnyResponse:
    """Back to where the person came from, with a sentence about what was saved and one about what is missing."""
    flash(words.saved(done, entity_types()[done.kind], is_new=is_new), done.change.id or "message")
    if missing := words.lacking(done):
        flash(missing, "message")
    session[_DRAFT] = request.form.get("draft", "")[:500]
    return redirect(_back(done.kind, done.slug), 303)


# pages


def _page(sheet: Sheet, status: int = 200) -> AnyResponse:
    form = sheet.form
    page = render_template(
        "editing/form.html",
        sheet=sheet,
        form=form,
        kind=form.kind,
        label=_label(form),
        back=request.values.get("back", ""),
        draft=request.form.get("draft") or request.full_path.rstrip("?"),
        reason=request.form.get("reason", ""),
        cancel=_back(form.kind.name, form.slug),
        ends=editing.end_field(form.kind) is not None,
        filled={*sheet.problems, *sheet.conflicts, *(name for name, texts in sheet.texts.items() if any(texts))},
        new_text=editing.new_text,
    )
    return make_response(page, status)


def _label(form: editing.Form) -> str:
    """The name of an entry; of one without a name, what it links."""
    if form.label != form.slug:
        return form.label
    named = [one for one in form.fields if one.field.required and one.field.links_to and one.values]
    texts = [one.values[0].text for one in named] or [
        one.values[0].text for one in form.fields if one.field.name == "description" and one.values
    ]
    return " – ".join(texts) or form.label


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
            found.append((segment, slug, _label(form)))
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
