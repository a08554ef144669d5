"""Lists come in: drop files, look at what was understood, say better, judge, take over."""

from __future__ import annotations

import io
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _

from graph import changes, matching
from graph.errors import BadFile, BadInput
from graph.importing import desk
from graph.importing.archives import BIGGEST
from graph.importing.desk import FILTERS, Desk, Moved
from webapp import current, listwords, wording
from webapp.listwords import STEPS, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as AnyResponse

    from graph.importing.desk import Preview, Upload

blueprint = Blueprint("importing", __name__, url_prefix="/import")
blueprint.add_app_template_filter(worded, "worded")

PAGE_ROWS = 50
_lock = Lock()
_WAIT = 2.5
"""Seconds in which most lists are read: so long a browser waits for the preview itself, not for a progress bar."""


@blueprint.get("", strict_slashes=False)
def page() -> str:
    """Choose files; lists that wait."""
    return _start_page()


@blueprint.post("", strict_slashes=False)
def receive() -> AnyResponse | tuple[str, int]:
    """Keep the files and begin to read them; those nobody can read are refused by name."""
    files = [(file.filename, file.stream) for file in request.files.getlist("files") if file.filename]
    try:
        upload = _desk().receive(files, request.form.get("source", ""))
    except BadInput:
        return _start_page([_("Bitte zuerst eine Datei wählen.")]), 400
    except BadFile as error:
        return _start_page([listwords.refusal(desk.facts_of(error))]), 413 if error.what == "too big" else 422
    _desk().read(upload).done.wait(_WAIT)
    preview = _desk().preview(upload)
    if preview and not preview.summary["files"]:
        sentences = [listwords.refusal(one) for one in (*upload.refused, *preview.summary["refused"])]
        _desk().discard(upload)
        return _start_page(sentences), 422
    return redirect(url_for("importing.one", upload=upload.id), 303)


@blueprint.get("/template.xlsx")
def template() -> AnyResponse:
    """The empty workbook."""
    return send_file(io.BytesIO(_template()), as_attachment=True, download_name=_("pankenetz-vorlage.xlsx"))


@blueprint.get("/<upload>")
def one(upload: str) -> str | tuple[str, int] | AnyResponse:
    """Progress, then the preview, then what came of it."""
    found = _desk().find(upload)
    if found.taken:
        return _taken_page(found)
    return _preview_page(found)


@blueprint.get("/<upload>/state.json")
def state(upload: str) -> Response:
    """How far the reading is."""
    found = _desk().find(upload)
    return jsonify(_state(found))


@blueprint.post("/<upload>/columns")
def assign(upload: str) -> AnyResponse:
    """Keep what a person says of tables, columns and the round, and read again."""
    found = _desk().find(upload)
    preview = _desk().preview(found) or abort(409)
    _desk().say(_assigned(preview, forget=request.form.get("forget", "")))
    round_ = request.form.get("round", found.round)
    if round_ != found.round:
        if round_ and round_ not in {one["slug"] for one in preview.summary["rounds"]}:
            raise BadInput(_("Runde"), round_)
        found.round = round_
        found.save()
    return _again(found, "tables")


@blueprint.post("/<upload>/judge")
def judge(upload: str) -> AnyResponse:
    """Keep whether two are the same, and read again."""
    found = _desk().find(upload)
    one, other, same = (request.form.get(name, "") for name in ("one", "other", "same"))
    change = matching.judge(current.store(), one, other, same == "yes", current.author(), group="body")
    words = _("Gemerkt: „%(one)s“ und „%(other)s“ sind dasselbe.")
    if same != "yes":
        words = _("Gemerkt: „%(one)s“ und „%(other)s“ sind zweierlei.")
    names = {name: wording.cut(request.form.get(f"{name}_label", ""), 100) for name in ("one", "other")}
    flash(words % names, change.id or "message")
    return _again(found, "unsure")


@blueprint.post("/<upload>/take")
def take(upload: str) -> AnyResponse | tuple[str, int]:
    """Write what the person has seen; if it is something else by now, show that instead."""
    found = _desk().find(upload)
    try:
        change = _desk().take_over(found, current.author(), request.form.get("seen", ""))
    except Moved:
        moved = _("Inzwischen hat sich etwas geändert. Bitte sehen Sie noch einmal nach; es wurde nichts übernommen.")
        return render_template("importing/preview.html", **_preview(found), moved=moved), 409
    if change is not None and not change.id:
        flash(_("Das steht alles schon da."))
    return redirect(url_for("importing.one", upload=upload), 303)


@blueprint.post("/<upload>/discard")
def discard(upload: str) -> AnyResponse:
    """Throw the files away."""
    found = _desk().find(upload)
    _desk().discard(found)
    if not found.taken:
        flash(_("Weggeworfen: %(files)s. Es wurde nichts übernommen.", files=wording.cut(", ".join(found.files), 150)))
    return redirect(url_for("importing.page"), 303)


@blueprint.get("/<upload>/mend.xlsx")
def mend(upload: str) -> AnyResponse:
    """The rows that were left out, to mend and to hand in again."""
    path = _desk().find(upload).to_mend(current.language())
    if not path.exists():
        abort(404)
    return send_file(io.BytesIO(path.read_bytes()), as_attachment=True, download_name=_("zu-berichtigen.xlsx"))


# what the pages show


def _start_page(sentences: list[str] | None = None) -> str:
    """The page to choose files; with sentences that say why some were refused."""
    return render_template(
        "importing/start.html",
        sentences=sentences or [],
        waiting=_desk().waiting(),
        endings=",".join(one for one in desk.ENDINGS if one != ".txt"),
        most=BIGGEST,
        source=request.form.get("source", ""),
    )


def _preview_page(upload: Upload) -> str | tuple[str, int]:
    found = _preview(upload)
    preview = found["preview"]
    if preview is None:
        status = 422 if found["state"]["state"] == "failed" else 200
        return render_template("importing/reading.html", **found), status
    if not preview.summary["files"]:
        return _start_page([listwords.refusal(one) for one in found["refused"]]), 422
    page = render_template("importing/preview.html", **found)
    return (page, 422) if preview.summary["violations"] else page


def _preview(upload: Upload) -> dict[str, Any]:
    """What the page of an upload shows; begins a reading where what was read is behind what was said."""
    preview = _desk().preview(upload)
    if not _desk().is_current(upload, preview):
        _desk().read(upload)
    found: dict[str, Any] = {"upload": upload, "preview": preview, "state": _state(upload)}
    if preview is None or not preview.summary["files"]:
        return {**found, "refused": [*upload.refused, *(preview.summary["refused"] if preview else ())]}
    summary = preview.summary
    chosen, page = request.args.get("rows", ""), request.args.get("page", "1")
    if chosen not in ("", *FILTERS) or not page.isdecimal() or len(page) > 6 or page == "0":
        abort(404)
    lines, count = preview.lines(chosen, int(page), PAGE_ROWS)
    return {
        **found,
        "summary": summary,
        "refused": [*upload.refused, *summary["refused"]],
        "lines": lines,
        "chosen": chosen,
        "number": int(page),
        "pages": max(1, -(-count // PAGE_ROWS)),
        "words": listwords,
        "can_take": not preview.is_nothing and not summary["violations"] and found["state"]["state"] == "ready",
    }


def _taken_page(upload: Upload) -> str:
    change = changes.find_change(current.store(), upload.taken["change"]) if upload.taken["change"] else None
    is_undone = change is not None and any(
        one.undoes == change.id for one in changes.history(current.store(), current.store().version - change.version)
    )
    has_rest = upload.to_mend(current.language()).exists()
    return render_template(
        "importing/taken.html", upload=upload, change=change, is_undone=is_undone, has_rest=has_rest, words=listwords
    )


def _state(upload: Upload) -> dict[str, Any]:
    """How far the reading is: "ready", "reading" (with its step) or "failed" (with a sentence)."""
    preview, reading = _desk().preview(upload), _desk().reading(upload)
    if upload.taken or (_desk().is_current(upload, preview) and (reading is None or reading.done.is_set())):
        return {"state": "ready"}
    if reading and reading.failure and reading.done.is_set():
        return {"state": "failed", "words": str(listwords.FAILURES[reading.failure])}
    step = reading.step if reading else "waiting"
    return {"state": "reading", "step": desk.STEPS.index(step), "of": len(desk.STEPS), "words": str(STEPS[step])}


# what people say


def _assigned(preview: Preview, *, forget: str) -> Iterator[dict[str, Any]]:
    """The tables of which the form says something else than what was understood, as `Desk.say` keeps them."""
    for number, table in enumerate(preview.summary["tables"]):
        name = {"headings": table["headings"]}
        if forget == str(number):
            yield {**name, "kind": "", "columns": {}}
            continue
        shown = listwords.shown_kind(table)
        kind = request.form.get(f"kind-{number}", shown)
        columns = dict(_columns(number, table))
        if kind == desk.IGNORED != shown:
            every = {_heading(column): desk.IGNORED for column in table["columns"]}
            yield {**name, "kind": table["kind"] if table["kind"] in desk.KINDS else "project", "columns": every}
        elif kind != shown:
            yield {**name, "kind": kind, "columns": columns}
        elif columns:
            said = {_heading(one): one["meaning"] for one in table["columns"] if one["why"] == "mapping"}
            yield {**name, "kind": kind, "columns": {**said, **columns}}


def _columns(number: int, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The columns of a table that the form gives another meaning, by heading."""
    for place, column in enumerate(table["columns"]):
        meaning = request.form.get(f"column-{number}-{place}", column["meaning"])
        if meaning != column["meaning"]:
            yield _heading(column), meaning


def _heading(column: dict[str, Any]) -> str:
    return f"{column['group']} {column['heading']}".strip()


def _again(upload: Upload, place: str) -> AnyResponse:
    """Read again, and back to where the person was."""
    _desk().read(upload).done.wait(_WAIT)
    return redirect(url_for("importing.one", upload=upload.id, _anchor=place), 303)


@cache
def _template() -> bytes:
    from graph.importing.template import write

    book = io.BytesIO()
    write(book)
    return book.getvalue()


def _desk() -> Desk:
    """The desk of the open store; made when the first list comes."""
    with _lock:
        if "desk" not in current_app.extensions:
            current_app.extensions["desk"] = Desk(current.store())
    return cast("Desk", current_app.extensions["desk"])
