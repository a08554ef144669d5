"""What belongs to the request being answered: the open store, the sandbox, the language."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Literal, cast

from flask import current_app, g, has_request_context, request

if TYPE_CHECKING:
    from flask import Flask

    from graph.sandbox import Sandbox
    from graph.store import Store

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")
LANGUAGE_COOKIE = "language"
_sandbox_lock = Lock()


def install(app: Flask, store: Store, sandbox: Sandbox | None) -> None:
    """Keep the store and the sandbox with the app."""
    app.extensions["store"] = store
    app.extensions["sandbox"] = sandbox


def store() -> Store:
    """The open store."""
    return cast("Store", current_app.extensions["store"])


def sandbox() -> Sandbox:
    """Where strangers' queries run; made when the first one comes."""
    with _sandbox_lock:
        if current_app.extensions["sandbox"] is None:
            from graph.sandbox import Sandbox

            current_app.extensions["sandbox"] = Sandbox(store())
        return cast("Sandbox", current_app.extensions["sandbox"])


def language() -> Language:
    """The language of the answer: `?lang=`, else the visitor's cookie, else German."""
    if not has_request_context():
        return "de"
    if "language" not in g:
        asked = (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
        g.language = next((one for one in asked if one in LANGUAGES), "de")
    return cast("Language", g.language)
