"""What belongs to the request being answered: the open store, the sandbox, the language."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from threading import Lock
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import quote, unquote
from weakref import finalize
from zoneinfo import ZoneInfo

from flask import current_app, g, has_request_context, request

from webapp import freshness, rights

if TYPE_CHECKING:
    from flask import Flask, Response

    from graph.sandbox import Limited, Sandbox
    from graph.scratch import Scratch
    from graph.store import Store

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")
LANGUAGE_COOKIE = "language"
AUTHOR_COOKIE = "author"
_LONGEST_NAME = 80
_HERE = ZoneInfo("Europe/Berlin")
_A_YEAR = 365 * 24 * 3600
_lock = Lock()


def install(app: Flask, store: Store, sandbox: Sandbox | None, scratch: Scratch | None) -> None:
    """Keep the store, the sandbox and the dataset for trying things with the app."""
    app.extensions["scratch"] = scratch
    app.extensions["store"] = store
    app.extensions["sandbox"] = sandbox
    app.jinja_env.globals["current_author"] = author
    app.after_request(_remember_author)
    freshness.install(app, store)


def store() -> Store:
    """The open store as who asks may read it: whole for staff, a copy of the public part, or an empty one.

    Contacts are in none of them; see `graph.contacts`.
    """
    level = rights.asker().level
    return _whole_store() if level in rights.STAFF else _copy(level)


def dataset() -> Store | Scratch:
    """What the SPARQL endpoint answers about and changes, whole: the data, or a plain dataset for trying things.

    Who may read which of its graphs is for the caller to ask: `graphs.readable(level)`.
    """
    return cast("Store | Scratch", current_app.extensions["scratch"] or _whole_store())


def is_scratch() -> bool:
    """Whether the endpoint is there for trying things, and open for changes."""
    return current_app.extensions["scratch"] is not None


def whole_sandbox() -> Sandbox:
    """Where strangers' queries run; made when the first one comes, closed when the app is no more."""
    with _lock:
        if current_app.extensions["sandbox"] is None:
            from graph.sandbox import Sandbox

            made = current_app.extensions["sandbox"] = Sandbox(dataset())
            finalize(current_app._get_current_object(), made.close)  # type: ignore[attr-defined]  # noqa: SLF001  # Flask's documented way
        return cast("Sandbox", current_app.extensions["sandbox"])


def sandbox() -> Sandbox | Limited:
    """The same, limited to what who asks may read."""
    whole = whole_sandbox()
    if rights.asker().level in rights.STAFF:
        return whole
    from graph.sandbox import Limited

    return Limited(whole, store().graphs)


def _whole_store() -> Store:
    return cast("Store", current_app.extensions["store"])


def _copy(level: str) -> Store:
    """What strangers read, made when the first of them comes: the public part, or nothing."""
    from graph.copies import ReadCopy

    key = f"store for {level or 'nobody'}"
    with _lock:
        if key not in current_app.extensions:
            current_app.extensions[key] = ReadCopy(_whole_store(), level or None)
        return cast("Store", current_app.extensions[key])


def language() -> Language:
    """The language of the answer: `?lang=`, else the visitor's cookie, else German."""
    if not has_request_context():
        return "de"
    if "language" not in g:
        asked = (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
        g.language = next((one for one in asked if one in LANGUAGES), "de")
    return cast("Language", g.language)


def today() -> date:
    """The day it is where the Quartier is."""
    return datetime.now(tz=UTC).astimezone(_HERE).date()


def clock(moment: datetime) -> str:
    """Hours, minutes and seconds of a moment where the Quartier is, with the day if it is not today's."""
    here = moment.astimezone(_HERE)
    return here.strftime("%H:%M:%S" if here.date() == today() else "%d.%m. %H:%M:%S")


def author() -> str:
    """Who is at work, for the history: the account; without accounts as the form says, else as it said last time.

    Without accounts nobody checks it: it tells colleagues apart who share a machine. Else it is the system's user.
    """
    if account := rights.asker().name:
        return account
    if name := _name(request.form.get("author", "")):
        g.author = name
        return name
    return _name(unquote(request.cookies.get(AUTHOR_COOKIE, ""))) or getpass.getuser()


def _name(said: str) -> str:
    return " ".join(said.split())[:_LONGEST_NAME]


def _remember_author(response: Response) -> Response:
    """Keep the name a form gave; only where a view asked for it, because other forms may be too big to read."""
    if "author" in g:
        name = quote(g.author)
        response.set_cookie(
            AUTHOR_COOKIE, name, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response
