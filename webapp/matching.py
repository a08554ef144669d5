"""Same or not the same: doubles to judge, two entries merged into one, one taken apart into two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from graph import directory, matching, merging
from graph.entries import join
from graph.errors import BadInput, Invalid, NotFound
from ontology.schema import entity_types
from webapp import current, history, urls, wording
from webapp.sheets import sheet

if TYPE_CHECKING:
    from flask import Response as Sheet
    from werkzeug.wrappers import Response

    from graph.merging import Double, Dropped, Merged

blueprint = Blueprint("matching", __name__, url_prefix="/matching")

PER_PAGE = 5
"""Pairs on a page: each is a table of its own."""

LATER = "later"
"""Where the session keeps the pairs somebody put off."""

_MOST_LATER = 60
_MOST_FOUND = 20


@blueprint.get("", strict_slashes=False)
def page() -> str:
    """The pairs nobody has judged, most likely ones first."""
    store, language = current.store(), current.language()
    kind = request.args.get("kind", "")
    everything = merging.doubles(store)
    later = set(session.get(LATER, ()))
    found = [one for one in everything if one.id not in later and kind in ("", one.one.type)]
    pages = max(1, -(-len(found) // PER_PAGE))
    number = _number(pages)
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return render_template(
        "matching/page.html",
        pairs=[(one, _facing(one, language)) for one in shown],
        total=len(found),
        later=len([one for one in everything if one.id in later]),
        kinds=[name for name in entity_types() if any(one.one.type == name for one in everything)],
        kind=kind,
        number=number,
        pages=pages,
        types=entity_types(),
    )


@blueprint.get("/doubles.csv")
def doubles() -> Sheet:
    """The pairs nobody has judged as a spreadsheet, those put off included."""
    language, kind = current.language(), request.args.get("kind", "")
    headings = [_("Klasse"), _("Eintrag"), _("Kennung"), _("Vielleicht dasselbe"), _("Kennung davon")]
    headings += [_("Dafür"), _("Dagegen")]
    lines = [
        (
            wording.type_label(one.one.type),
            *(one.one.label, one.one.slug, one.other.label, one.other.slug),
            *(join(said.in_language(language) for said in found) for found in (one.reasons, one.doubts)),
        )
        for one in merging.doubles(current.store())
        if kind in ("", one.one.type)
    ]
    return sheet("doppelte", headings, lines)


@blueprint.post("/judge")
def judge() -> Response:
    """Two entries are two: kept, so that nobody is asked again."""
    one, other = (_iri(request.form.get(name, "")) for name in ("one", "other"))
    labels = [directory.names(current.store(), current.language()).label(iri) for iri in (one, other)]
    change = matching.judge(current.store(), one, other, same=False, author=current.author())
    words = _("„%(one)s“ und „%(other)s“ sind zwei verschiedene. Danach wird nicht mehr gefragt.")
    history.tell(words % {"one": labels[0], "other": labels[1]}, change)
    return _back()


@blueprint.post("/later")
def put_off() -> Response:
    """Show a pair no more in this visit; without a pair, show all again."""
    pair = request.form.get("pair", "")[:500]
    session[LATER] = [*session.get(LATER, ()), pair][-_MOST_LATER:] if pair else []
    return _back()


@blueprint.get("/<list:kind>/<slug:slug>")
def partner(kind: str, slug: str) -> str | Response:
    """With which entry one is to be merged: likely ones first, and a search."""
    _check_kind(kind)
    ref = _ref(kind, slug)
    wanted = request.args.get("q", "").strip()[:200]
    likely = [
        one.other if one.one.iri == ref.iri else one.one
        for one in merging.doubles(current.store())
        if ref.iri in (one.one.iri, one.other.iri)
    ]
    hits = directory.search(current.store(), wanted, _MOST_FOUND, language=current.language()) if wanted else []
    return render_template(
        "matching/partner.html",
        ref=ref,
        kind=entity_types()[kind],
        likely=likely,
        wanted=wanted,
        found=[hit.ref for hit in hits if hit.ref.type == kind and hit.ref.slug != slug],
    )


@blueprint.route("/<list:kind>/<slug:keep>/<slug:gone>", methods=["GET", "POST"])
def pair(kind: str, keep: str, gone: str) -> str | Response | tuple[str, int]:
    """Two entries side by side, and what becomes of them as one."""
    _check_kind(kind)
    if keep == gone:
        return redirect(url_for("matching.partner", kind=kind, slug=keep), 303)
    store, language = current.store(), current.language()
    clashes = merging.clashes(store, kind, keep, gone, language=language)
    problem, status = "", 200
    chosen = [clash.field.name for clash in clashes if _takes_other(clash)]
    if request.method == "POST":
        try:
            done = merging.merge(store, kind, keep, gone, current.author(), chosen=chosen)
        except Invalid as error:
            problem = " ".join(finding.message.get(language, finding.message["de"]) for finding in error.findings)
            status = 422
        else:
            _tell_merged(done, clashes[0].gone.text if clashes and clashes[0].field.name == "name" else gone)
            return redirect(url_for("directory.entry", kind=kind, slug=keep), 303)
    facing = merging.facing(store, kind, keep, gone, language=language)
    names = (keep, gone)
    double = next((one for one in merging.doubles(store) if {one.one.slug, one.other.slug} == set(names)), None)
    body = render_template(
        "matching/pair.html",
        kind=entity_types()[kind],
        facing=facing,
        clashes={clash.field.name: clash for clash in clashes},
        chosen=chosen,
        double=double if double and double.one.type == kind else None,
        problem=problem,
    )
    return body, status


@blueprint.route("/<list:kind>/<slug:slug>/split", methods=["GET", "POST"])
def split(kind: str, slug: str) -> str | Response | tuple[str, int]:
    """One entry that turned out to be two: what goes to the new one."""
    _check_kind(kind)
    store = current.store()
    parts = merging.parts(store, kind, slug, language=current.language())
    name, chosen = request.form.get("name", "").strip(), request.form.getlist("part")
    problem, status = "", 200
    if request.method == "POST":
        try:
            done = merging.split(store, kind, slug, name, current.author(), chosen=chosen)
        except BadInput as error:
            status = 422
            problem = (
                _("Bitte geben Sie dem neuen Eintrag einen Namen, der sich vom alten unterscheidet.")
                if error.what == "name"
                else _("Der Eintrag wurde inzwischen geändert. Bitte wählen Sie noch einmal.")
            )
        except Invalid as error:
            problem, status = " ".join(finding.message[current.language()] for finding in error.findings), 422
        else:
            old = _ref(kind, slug).label
            history.tell(_("Aus „%(old)s“ wurde „%(new)s“ herausgelöst.") % {"old": old, "new": name}, done.change)
            return redirect(url_for("directory.entry", kind=kind, slug=done.slug), 303)
    body = render_template(
        "matching/split.html",
        kind=entity_types()[kind],
        ref=_ref(kind, slug),
        groups={group: [part for part in parts if part.group == group] for group in ("name", "link", "fact")},
        name=name,
        chosen=chosen,
        problem=problem,
    )
    return body, status


@blueprint.app_template_global("can_merge")
def can_merge(kind: str) -> bool:
    """Whether entries of that type can be merged and split."""
    return kind in merging.MERGEABLE


@blueprint.app_template_filter("count_double")
def count_double(kind: str) -> int:
    """How many pairs of an entry type wait for a judgement; all of them for ""."""
    return sum(kind in ("", one.one.type) for one in merging.doubles(current.store()))


def leads_on(kind: str, slug: str) -> str | None:
    """The slug of the entry that one was merged into, with a sentence for the next page; None if it was not."""
    after = merging.replaced_by(current.store(), kind, slug)
    if after:
        flash(_("Der Eintrag, den Sie suchen, wurde mit diesem hier zusammengeführt."), "message")
    return after


def _takes_other(clash: merging.Clash) -> bool:
    """Whether the value of the entry that goes is chosen; before anybody chose, if it says the same more exactly."""
    if request.method == "POST":
        return request.form.get(clash.field.name) == "gone"
    return clash.field.name != "name" and clash.gone.text.startswith(clash.kept.text)


def _facing(double: Double, language: str) -> merging.Facing:
    return merging.facing(current.store(), double.one.type, double.one.slug, double.other.slug, language=language)


def _ref(kind: str, slug: str) -> directory.Ref:
    """The entry, with or without a name, or `NotFound`."""
    return directory.entry(current.store(), kind, slug, language=current.language()).row.ref


def _iri(text: str) -> str:
    """The IRI of an entry a form names as `actor/slug`."""
    kind, _slash, slug = text.partition("/")
    if kind not in merging.MERGEABLE:
        raise NotFound("list", kind)
    return _ref(kind, slug).iri


def _check_kind(kind: str) -> None:
    if kind not in merging.MERGEABLE:
        raise NotFound("list", kind)


def _number(pages: int) -> int:
    text = request.args.get("page", "1")
    if not text.isdecimal() or len(text) > 6:
        abort(404)
    # The last page may have emptied when its last pair was judged.
    return min(max(1, int(text)), pages)


def _back() -> Response:
    return redirect(urls.inside(request.form.get("next") or url_for("matching.page")), 303)


def _tell_merged(done: Merged, gone: str) -> None:
    """Say what happened, what was lost on the way included, with the way back."""
    sentence = _("„%(gone)s“ ist jetzt Teil dieses Eintrags.", gone=gone)
    if done.moved:
        sentence += " " + ngettext(
            "Eine Verbindung wurde übernommen.", "%(num)s Verbindungen wurden übernommen.", done.moved
        )
    for why, one, many in (
        ("double", _("Eine doppelte Verbindung entfiel:"), _("Doppelte Verbindungen entfielen:")),
        ("self", _("Eine Verbindung zu sich selbst entfiel:"), _("Verbindungen zu sich selbst entfielen:")),
    ):
        gone_links: list[Dropped] = [dropped for dropped in done.dropped if dropped.why == why]
        if gone_links:
            listed = ", ".join(dropped.label for dropped in gone_links[:3])
            rest = f" (+{len(gone_links) - 3})" if len(gone_links) > 3 else ""
            sentence += f" {one if len(gone_links) == 1 else many} {listed}{rest}."
    history.tell(sentence, done.change)
