"""How soon one sees what changed: what one changed oneself at once, and what takes long a moment later if others did.

After each change the network, the gaps, the figures and the map are worked out anew. Who opens one of them meanwhile
gets what was true some seconds ago (`graph.store.Store.trailing`) instead of waiting, but never less than they have
seen: a browser's session keeps the version of its last change. A change from elsewhere (a program, a token, the command
line) is seen by everybody at once, for nobody can tell who asks after it; and so is everything by who asks with
`Cache-Control: no-cache` or `max-age=0`, as browsers do to load a page again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import finalize

from flask import current_app, g, has_request_context, request, session

from graph.cache import be_content_with

if TYPE_CHECKING:
    from flask import Flask, Response

    from graph.store import Store

_SEEN: Final = "seen"


class Elsewhere:
    """Whose changes nobody can be told apart by.

    Attributes:
        version: of the last change that came from no browser.
    """

    def __init__(self, version: int) -> None:
        self.version = version

    def note(self, _removed: object, _added: object, version: int) -> None:
        """Hear of a change."""
        if has_request_context() and _has_session():
            g.changed = version
        else:
            self.version = version


def install(app: Flask, store: Store) -> None:
    """Note who changes what, and what each request has to see."""
    elsewhere = app.extensions["freshness"] = Elsewhere(store.version)
    finalize(app, store.subscribe(elsewhere.note))
    app.before_request(_begin)
    app.after_request(_remember)
    app.teardown_request(_end)


def _has_session() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def _begin() -> None:
    said = request.cache_control
    if request.method in {"GET", "HEAD"} and not said.no_cache and said.max_age != 0:
        own = session.get(_SEEN, 0) if _has_session() else 0
        be_content_with(max(own, current_app.extensions["freshness"].version))


def _remember(response: Response) -> Response:
    if version := g.pop("changed", 0):
        session[_SEEN] = version
    return response


def _end(_error: BaseException | None) -> None:
    be_content_with(None)
