"""What was changed, by whom, when and why; and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from graph import changes
from webapp import current, urls, wording

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from graph.changes import Change

blueprint = Blueprint("history", __name__, url_prefix="/history")

UNDONE = "undone-"
"""Before the id of a change in a notice's category: it took something back, its button brings it again."""


@blueprint.post("/<change>/undo")
def undo(change: str) -> Response:
    """Take a change back, say so, and go to `next` of the form, else to what was done."""
    author = current.author()
    again = changes.find_change(current.store(), change).undoes is not None
    done = changes.undo(current.store(), change, author)
    words = _("Wiederhergestellt: %(reason)s") if again else _("Rückgängig gemacht: %(reason)s")
    tell(words % {"reason": done.reason}, done)
    target = request.form.get("next") or url_for("history.one", change=done.id)
    return redirect(urls.inside(target), 303)


def tell(sentence: str, change: Change) -> None:
    """Have the next page say what happened, with a button that takes it back; without one if nothing changed.

    Same as `flash(sentence, change.id)`, which other features may write without us.
    """
    # Notices travel in a cookie, and those are small.
    flash(wording.cut(sentence, 300), f"{UNDONE if change.undoes else ''}{change.id}" if change.id else "message")


@blueprint.get("/<change>")
def one(change: str) -> str:
    """One change in words."""
    return changes.find_change(current.store(), change).reason
