"""Keeping the data current: what is to do and how much, what to confirm, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graph import editing, entries, merging, upkeep
from graph.errors import BadInput
from ontology.schema import concepts, entity_types
from webapp import current, directory, news, urls, wording
from webapp.sheets import sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from ontology.wishes import Wish

blueprint = Blueprint("upkeep", __name__)

NEW = (
    ("actor", "project", "event", "place", "programme"),
    ("involvement", "tie", "membership", "funding"),
    ("handlungsfeld", "statement", "round", "source", "note"),
)
"""Entry types that can be entered: what there is, who has to do with what, and what is needed more rarely."""


@blueprint.get("/upkeep")
def page() -> str:
    """What is to do, and how much."""
    store, today = current.store(), current.today()
    return render_template(
        "upkeep/page.html",
        groups=NEW,
        types=entity_types(),
        due=upkeep.count_due(store, today=today),
        lacks=upkeep.count_missing(store),
        since=news.last_visit()[0],
    )


@blueprint.get("/upkeep/doubles.json")
def doubles() -> Response:
    """How many pairs wait for a judgement: comparing all names takes a moment, and the page does not wait for it."""
    return jsonify(count=len(merging.doubles(current.store())))


# to confirm


@blueprint.get("/upkeep/confirm")
def confirming() -> str | Response:
    """Entries by the day they were last confirmed, or with `?format=csv` all of them."""
    store, language, today = current.store(), current.language(), current.today()
    is_sheet = request.args.get("format") == "csv"
    number = request.args.get("page", "1")
    asked = upkeep.Asked(
        kind=request.args.get("kind", ""),
        handlungsfeld=request.args.get("handlungsfeld", ""),
        running="ended" not in request.args,
        page=None if is_sheet else int(number) if number.isdecimal() and len(number) < 7 else 0,
    )
    found = upkeep.to_confirm(store, asked, today=today, language=language)
    if is_sheet:
        return _confirm_sheet(found)
    return render_template(
        "upkeep/confirm.html",
        found=found,
        kinds=upkeep.KINDS,
        fields=upkeep.handlungsfelder(store, language),
        types=entity_types(),
        incoming_words=directory.incoming_words(),
        has_end=editing.end_field,
    )


@blueprint.post("/upkeep/confirm")
def confirm() -> AnyResponse:
    """Confirm one entry, or all that are ticked, and go back."""
    sent = [request.form["one"]] if request.form.get("one") else request.form.getlist("entry")
    wanted = [(kind, slug) for kind, _slash, slug in (text.partition("/") for text in sent) if kind in upkeep.KINDS]
    target = urls.inside(request.form.get("next") or url_for("upkeep.confirming"))
    if not wanted:
        flash(_("Bitte zuerst ankreuzen, was noch stimmt."), "message")
        return redirect(target, 303)
    author, store = current.author(), current.store()
    names = [upkeep.label_of(store, kind, slug, current.language()) for kind, slug in wanted]
    reason = _("Bestätigt: %(names)s", names=_listed(names))
    done = editing.confirm(store, wanted, author=author, day=current.today(), reason=reason)
    told = ngettext("Bestätigt: %(name)s.", "%(num)s Einträge bestätigt.", len(wanted), name=f"„{names[0]}“")
    flash(told if done.id else _("Das war heute schon bestätigt."), done.id or "message")
    return redirect(target, 303)


def _listed(names: Sequence[str], most: int = 5) -> str:
    """The first of several names, and how many more there are."""
    first = ", ".join(f"„{wording.cut(name, 60)}“" for name in names[:most])
    return first if len(names) <= most else _("%(names)s und %(num)s weitere", names=first, num=len(names) - most)


def _confirm_sheet(found: upkeep.Confirmation) -> Response:
    headings = [
        _("Klasse"),
        _("Kennung"),
        _("Name"),
        _("Zuletzt bestätigt"),
        _("Beginn"),
        _("Ende"),
        _("Wer gehört dazu?"),
    ]
    lines = (
        [
            wording.type_label(line.ref.type),
            line.ref.slug,
            line.ref.label,
            line.confirmed.isoformat() if line.confirmed else "",
            line.row.text("start"),
            line.row.text("end"),
            entries.join(f"{around.role}: {other.label}" for around in line.around for other in around.others),
        ]
        for line in found.lines
    )
    return sheet("confirm", headings, lines)


@blueprint.app_template_global("confirmable")
def confirmable(kind: str) -> bool:
    """Whether entries of that type can be confirmed."""
    return kind in upkeep.KINDS


# missing


@blueprint.get("/upkeep/missing")
def missing() -> str | Response:
    """What is missing, by what it is, or with `?format=csv` line by line."""
    store, language = current.store(), current.language()
    kind, field = request.args.get("kind", ""), request.args.get("handlungsfeld", "")
    everything = upkeep.missing(store, language=language)
    kinds = tuple(dict.fromkeys(lack.wish.kind for lack in everything))
    if kind and kind not in entity_types():
        raise BadInput("kind", kind, kinds)
    found = upkeep.missing(store, language=language, kind=kind, handlungsfeld=field)
    if request.args.get("format") == "csv":
        headings = [_("Klasse"), _("Kennung"), _("Name"), _("Was fehlt"), _("Hinweis")]
        lines = (
            [wording.type_label(ref.type), ref.slug, ref.label, one.wish.label[language], one.wish.message[language]]
            for one in found
            for ref in one.entries
        )
        return sheet("missing", headings, lines)
    return render_template(
        "upkeep/missing.html",
        found=found,
        total=sum(len(one.entries) for one in found),
        kinds=kinds,
        types=entity_types(),
        fields=upkeep.handlungsfelder(store, language),
        kind=kind,
        field=field,
        mend=_mend,
    )


def _mend(wish: Wish, kind: str, slug: str) -> str:
    """Where what is missing is entered: the field of the entry's form, or a new entry that points to it."""
    back = urls.here()
    if wish.pointing:
        role = next((one.label["de"] for one in concepts("role") if one.iri == wish.pointing[2]), "")
        entry = f"{kind}/{slug}"
        return url_for("editing.new", kind="involvement", project_or_event=entry, role=role, back=back)
    return url_for("editing.edit", kind=kind, slug=slug, back=back, _anchor=f"f-{wish.field}")
