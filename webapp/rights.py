"""Who may do what: the one table of rights, and the check before every request.

A route that is not named here has the default of its method: reading is for everybody who signed in, changing for
editors. So a new page is never open to strangers by forgetting, and a new form never to readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from flask import abort, current_app, g, has_request_context, redirect, request, url_for

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

    from webapp.accountbook import Account, Book

SESSION_COOKIE = "pankenetz"
ASKER = "pankenetz.asker"
"""Where in the environment of a request the server says who asks when it asks itself; no header comes there."""

LEVELS: Final = ("", "public", "reader", "editor", "admin")
"""What somebody is, each more than the one before: nobody, a visitor where `--public` was said, the three roles."""

STAFF: Final = frozenset({"reader", "editor", "admin"})
"""Who reads rounds, decisions and the history, too."""

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})

FOR_ANYONE: Final = frozenset({"static", "health.healthz", "accounts.login", "accounts.logout", "accounts.link"})
"""Before signing in; they show nothing of the data."""

FOR_VISITORS: Final = frozenset(
    {
        "start.page", "search.page", "search.suggestions", "directory.listing", "directory.sheet", "directory.entry",
        "directory.links", "directory.glance", "ids.resolve", "ids.data", "connections.page", "connections.ways",
        "connections.shared", "network.page", "network.data", "network.sheet", "network.listed", "network.drawn",
        "network.interchange", "network.download",
        "geography.page", "geography.sheet", "geography.data", "matrix.page", "matrix.sheet", "vernetzung.page",
        "vernetzung.sheet", "export.page", "export.download", "export.archive", "queries.page", "queries.one",
        "sparql.endpoint", "sparql.terms", "editing.choices", "graph_store.graph_store", "graph_store.direct",
        "reference.page", "reference.one", "reference.vocabulary_file", "reference.record",
    }
)  # fmt: skip
"""Pages that show what the data graphs say. What else the store holds they cannot show: visitors read a copy."""

FOR_READERS: Final = frozenset(
    {f"questions.{name} POST" for name in ("new", "change_own", "forget", "undo")} | {"accounts.own POST"}
)
"""Forms that change nothing but what is the person's own."""

ASKING: Final = frozenset(
    {"sparql.endpoint POST"}
    | {f"graph_store.{name} {method}" for name in ("graph_store", "direct") for method in ("PUT", "POST", "DELETE")}
)
"""As reading: forms that ask and change nothing, and those where `webapp.access` asks for more than a level."""

FOR_EDITORS: Final = frozenset(
    {
        "editing.new", "editing.edit", "editing.end", "editing.withdraw", "importing.page",
        "importing.one", "importing.state", "importing.mend", "geography.bring", "matching.split", "stories.new",
        "rounds.confirm", "deciding.decide", "next_round.page", "contacts.new", "ties.page", "meeting.page",
        "meeting.table", "meeting.summary", "questions.change",
    }
)  # fmt: skip
"""Pages that only lead to a change, and uploaded lists, which may hold what has no place in the graph."""

FOR_ADMINS: Final = frozenset(
    {
        "accounts.page", "accounts.change", "contacts.choose", "contacts.forget", "contacts.processing",
        "contacts.report", "runs.page", "runs.sheet", "runs.cancel",
    }
)  # fmt: skip

_LEAST: Final = (("", FOR_ANYONE), ("public", FOR_VISITORS), ("editor", FOR_EDITORS), ("admin", FOR_ADMINS))

CONTACTS_SETTING: Final = "contacts"
"""What the admin chose: the least role that sees contacts."""


@dataclass(frozen=True)
class Asker:
    """Who asks.

    Attributes:
        name: of the account, as the history keeps it; "" for whoever sits at this machine, and for strangers.
        level: one of `LEVELS`.
        via: "machine", "session", "token", or "" for strangers.
    """

    name: str = ""
    level: str = ""
    via: str = ""

    def may(self, need: str) -> bool:
        """Whether that is enough for what is needed."""
        return LEVELS.index(self.level) >= LEVELS.index(need)


MACHINE = Asker("", "admin", "machine")


def need(endpoint: str | None, method: str) -> str:
    """What somebody must be for a route: one of `LEVELS`.

    Args:
        endpoint: None for an address that leads nowhere, whose page still proposes entries.
        method: of HTTP.
    """
    if endpoint is None:
        return "public"
    is_reading = method in READING or f"{endpoint} {method}" in ASKING
    least = next((level for level, endpoints in _LEAST if endpoint in endpoints), "reader")
    if least == "public" and not is_reading:
        least = "reader"
    if endpoint.startswith("contacts."):
        least = max(least, contacts_need(), key=LEVELS.index)
    is_own = least == "" or f"{endpoint} {method}" in FOR_READERS
    return least if is_reading or is_own else max(least, "editor", key=LEVELS.index)


def contacts_need() -> str:
    """The least role that sees contacts, as the admin chose; at first those who keep them."""
    chosen = accounts().setting(CONTACTS_SETTING, "editor") if current_app else "editor"
    return chosen if chosen in STAFF else "admin"


def install(app: Flask, book: Book) -> None:
    """Check who asks before every request, and let nothing that was for one person lie in a browser's memory."""
    app.extensions["accounts"] = book
    app.before_request(check)
    app.after_request(forget)
    app.jinja_env.globals.update(asker=asker, may=may)


def accounts() -> Book:
    """The book of accounts."""
    return cast("Book", current_app.extensions["accounts"])


def asker() -> Asker:
    """Who asks this request; outside of requests the program itself, which may do everything."""
    if not has_request_context():
        return MACHINE
    if "asker" not in g:
        g.asker = request.environ.get(ASKER) or _identified()
    return cast("Asker", g.asker)


def may(endpoint: str, method: str = "GET") -> bool:
    """Whether who asks may do that: for links that lead nowhere else."""
    return asker().may(need(endpoint, method))


def check() -> AnyResponse | None:
    """End the request of somebody who may not; strangers are led to the page to sign in."""
    wanted = need(request.endpoint, request.method)
    one = asker()
    # What may be asked is no secret, and browsers ask it without a token before they let a page of ours ask more.
    if one.may(wanted) or request.method == "OPTIONS":
        return None
    if one.via == "token" and not one.level:
        abort(401, "token")
    if one.level in STAFF:
        abort(403)
    is_page = request.method in READING and "text/html" in request.headers.get("Accept", "")
    if one.via == "token" or not is_page:
        abort(401)
    target = request.full_path.rstrip("?")
    return redirect(url_for("accounts.login", next=None if target == "/" else target), 303)


def forget(response: Response) -> Response:
    """After signing out, the way back in the browser's history must show nothing."""
    if request.endpoint != "static" and asker().via in ("session", "token"):
        response.headers["Cache-Control"] = "no-store"
    return response


def _identified() -> Asker:
    book = accounts()
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return _of_token(book.of_token(secret.strip()))
    account = book.of_session(request.cookies.get(SESSION_COOKIE, ""))
    if account:
        return Asker(account.name, account.role, "session")
    if _is_at_the_machine() and not book.has_admin():
        return MACHINE
    return Asker(level="public" if current_app.config.get("PUBLIC") else "")


def _of_token(found: tuple[Account, str] | None) -> Asker:
    """A program may never more than its person, and never what only admins may; to read unless it was to change."""
    if found is None:
        return Asker(via="token")
    account, rights = found
    level = "editor" if rights == "update" and account.role != "reader" else "reader"
    return Asker(account.name, level, "token")


def _is_at_the_machine() -> bool:
    """Whether the request comes from this machine itself, and was not passed on by a server in front of us."""
    is_passed_on = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"))
    is_near = request.remote_addr in ("127.0.0.1", "::1") or (request.remote_addr or "").startswith("127.")
    return is_near and not is_passed_on and not current_app.config.get("PROXIES")
