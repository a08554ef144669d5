"""Saved views, and stories for a meeting: steps of text and picture, full screen, by arrow keys, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from graph import stories
from graph.errors import BadFields, BadInput, Invalid
from webapp import current, editing, errorwords

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from graph.changes import Change
    from graph.stories import SavedView, Story

blueprint = Blueprint("stories", __name__)


@blueprint.get("/stories")
def page() -> str:
    """All stories and saved views."""
    store = current.store()
    return render_template("stories/page.html", stories=stories.stories(store), views=stories.saved_views(store))


@blueprint.route("/stories/new", methods=["GET", "POST"])
def new() -> Answer | str | tuple[str, int]:
    """The form of every class; here only because a story's own page would take its address."""
    return editing.new("story")


@blueprint.get("/stories/<slug:slug>")
def one(slug: str) -> str:
    """A story with its steps, to be put in order."""
    found = stories.story(current.store(), slug)
    return render_template("stories/one.html", story=found, shown=_shown(found))


@blueprint.get("/stories/<slug:slug>/show")
def show(slug: str) -> str:
    """The story as it is shown: one step at a time with JavaScript, all below each other without and on paper."""
    found = stories.story(current.store(), slug)
    return render_template("stories/show.html", story=found, shown=_shown(found))


@blueprint.get("/stories/<slug:slug>/<slug:step>.svg")
def picture(slug: str, step: str) -> Response:
    """The picture of a step. It is only ever shown as an image: text that came with a list must not run."""
    found = stories.drawn(current.store(), _step(stories.story(current.store(), slug), step), current.language())
    if not found.picture:
        abort(404)
    answer = Response(found.picture, mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


@blueprint.post("/stories/keep")
def keep() -> Answer | tuple[str, int]:
    """Save the view a form was sent from."""
    form = request.form
    into = form.get("new", "").strip()
    try:
        saved = stories.keep(
            current.store(),
            name=form.get("name", ""),
            address=form.get("address", ""),
            text=form.get("text", ""),
            into=f"neu: {into}" if into else form.get("story", ""),
            author=current.author(),
        )
    except (BadFields, BadInput, Invalid) as error:
        problem = errorwords.problem(error)
        return render_template("stories/keep.html", form=form, problem=problem.detail, stories=_all()), 422
    flash(_("„%(name)s“ ist gemerkt.", name=saved.label), saved.change.id or "message")
    story = next((one for one in _all() if any(step.slug == saved.slug for step in one.steps)), None)
    return redirect(url_for("stories.one", slug=story.slug) if story else url_for("stories.page"), 303)


@blueprint.post("/stories/<slug:slug>/order")
def order(slug: str) -> Answer:
    """Move one step up or down."""
    names = [step.slug for step in stories.story(current.store(), slug).steps]
    name, by = request.form.get("step", ""), -1 if request.form.get("to") == "up" else 1
    if name not in names:
        abort(404)
    place = names.index(name)
    names.insert(max(0, place + by), names.pop(place))
    return _done(slug, stories.reorder(current.store(), slug, names, author=current.author()), _("Neu geordnet."))


@blueprint.post("/stories/<slug:slug>/freeze")
def freeze(slug: str) -> Answer:
    """Keep the pictures as they are today."""
    done = stories.freeze(current.store(), slug, author=current.author(), language=current.language())
    return _done(slug, done, _("Die Bilder bleiben jetzt so, wie sie heute sind."))


@blueprint.post("/stories/<slug:slug>/thaw")
def thaw(slug: str) -> Answer:
    """Show today's data again."""
    done = stories.thaw(current.store(), slug, author=current.author())
    return _done(slug, done, _("Die Bilder zeigen wieder den Stand von heute."))


@blueprint.app_template_global("all_stories")
def _all() -> tuple[Story, ...]:
    return stories.stories(current.store())


def _done(slug: str, change: Change, sentence: str) -> Answer:
    flash(sentence, change.id or "message")
    return redirect(url_for("stories.one", slug=slug), 303)


def _shown(found: Story) -> dict[str, stories.Drawn]:
    return {step.slug: stories.drawn(current.store(), step, current.language()) for step in found.steps}


def _step(found: Story, name: str) -> SavedView:
    step = next((one for one in found.steps if one.slug == name), None)
    return step or abort(404)
