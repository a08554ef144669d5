"""People one can reach at an actor: seen by whom the admin says, and forgotten when their time has come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph import labels
from graph.contacts import Contacts, kind
from graph.errors import BadFields, Conflict, Invalid, NotFound
from webapp import accountwords, current, editing_words, rights

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from graph.contacts import Contact

blueprint = Blueprint("contacts", __name__, url_prefix="/contacts")

SOON = 30
"""Days before a contact must go in which the page says so."""


@blueprint.get("", strict_slashes=False)
def page() -> str:
    """All of them, of one actor, or those whose time has come."""
    actor, only_due = request.args.get("actor", "")[:200], "due" in request.args
    soon = current.today() + dt.timedelta(days=SOON)
    found = _contacts().due(soon) if only_due else _contacts().all(actor)
    return render_template(
        "contacts/page.html",
        found=found,
        actor=actor,
        actor_label=_actor_label(actor),
        only_due=only_due,
        due={one.slug for one in found if one.is_due(soon)},
        overdue={one.slug for one in found if one.is_due(current.today())},
        seen_by=rights.contacts_need(),
        roles=accountwords.ROLES,
    )


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> AnyResponse:
    """A new one, for the actor the address names."""
    if request.method == "POST":
        return _submitted(None)
    return _form({"actor": request.args.get("actor", "")[:200]}, None)


@blueprint.route("/<slug:slug>", methods=["GET", "POST"])
def edit(slug: str) -> AnyResponse:
    """One of them, to read and to change."""
    contact = _contacts().find(slug)
    if request.method == "POST":
        return _submitted(contact)
    return _form(dict(contact.texts), contact)


@blueprint.get("/<slug:slug>/report")
def report(slug: str) -> str:
    """What is held about a person, to hand over (Art. 15 GDPR)."""
    found = _contacts().report(slug)
    return render_template("contacts/report.html", report=found, fields=kind().fields, day=current.today())


@blueprint.route("/<slug:slug>/forget", methods=["GET", "POST"])
def forget(slug: str) -> AnyResponse:
    """Erase a person everywhere (Art. 17 GDPR), and say what is left to people."""
    contact = _contacts().find(slug)
    if request.method == "GET":
        return make_response(render_template("contacts/forget.html", contact=contact))
    erased = _contacts().forget(contact.iri, author=current.author())
    return make_response(render_template("contacts/forgotten.html", erased=erased))


@blueprint.get("/processing")
def processing() -> str:
    """The record of processing activities (Art. 30 GDPR), as things stand."""
    accounts = rights.accounts().accounts()
    seen_by = rights.contacts_need()
    return render_template(
        "contacts/processing.html",
        purposes=_contacts().purposes(),
        fields=[one for one in kind().fields if one.name not in ("actor", "note", "source", "last_confirmed")],
        readers=[one for one in accounts if rights.Asker(level=one.role).may(seen_by)],
        accounts=accounts,
        day=current.today(),
        overdue=len(_contacts().due(current.today())),
    )


@blueprint.post("/who")
def choose() -> AnyResponse:
    """Who may see contacts."""
    role = request.form.get("role", "")
    if role in accountwords.ROLES:
        rights.accounts().choose(rights.CONTACTS_SETTING, role)
        what = accountwords.ROLES[role][0]
        flash(_("Ansprechpersonen sieht ab jetzt nur, wer mindestens %(what)s.", what=what), "message")
    return redirect(url_for("contacts.page"), 303)


def _contacts() -> Contacts:
    """The only door to them, behind the check of rights that each of these pages has."""
    return Contacts(current.store())


def _submitted(contact: Contact | None) -> AnyResponse:
    typed = {one.name: request.form.get(one.name, "")[:2000] for one in kind().fields}
    was = {one.name: request.form.get(f"was:{one.name}", "") for one in kind().fields} if contact else {}
    slug, language = contact.slug if contact else None, current.language()
    problems: dict[str, list[str]] = {}
    try:
        saved = _contacts().save(slug, typed, author=current.author(), was=was)
    except BadFields as error:
        for one in error.problems:
            words = editing_words.unreadable(one)
            problems.setdefault(one.field, []).append(words)
    except Invalid as error:
        for finding in error.findings:
            problems.setdefault(finding.field, []).append(finding.message.get(language, finding.message["de"]))
    except Conflict:
        problems[""] = [_("Inzwischen hat jemand anderes diese Angaben geändert. Bitte sehen Sie sie sich neu an.")]
    else:
        flash(_("Gespeichert."), "message")
        return redirect(url_for("contacts.page", actor=saved.texts["actor"]), 303)
    return _form(typed, contact, problems)


def _form(texts: dict[str, str], contact: Contact | None, problems: dict[str, list[str]] | None = None) -> AnyResponse:
    store = current.store()
    names = labels.labels(store, current.language())
    actors = [(slug, names[f"{store.base_iri}actor/{slug}"]) for slug in labels.slugs(store, "actor")]
    page = render_template(
        "contacts/form.html",
        fields=kind().fields,
        texts=texts,
        contact=contact,
        problems=problems or {},
        actors=sorted(actors, key=lambda one: one[1].casefold()),
    )
    return make_response(page, 422 if problems else 200)


def _actor_label(slug: str) -> str:
    if not slug:
        return ""
    iri = f"{current.store().base_iri}actor/{slug}"
    found = labels.labels(current.store(), current.language()).get(iri)
    if found is None:
        raise NotFound("actor", slug)
    return str(found)


@blueprint.app_template_global("contacts_of")
def contacts_of(slug: str) -> int:
    """How many people of an actor are kept, for who may know; else 0."""
    return len(_contacts().all(slug)) if rights.may("contacts.page") else 0


@blueprint.app_template_global("contacts_due")
def contacts_due() -> int:
    """How many must go soon, for who may see to it; else 0."""
    soon = current.today() + dt.timedelta(days=SOON)
    return len(_contacts().due(soon)) if rights.may("contacts.edit", "POST") else 0
