"""How people see and change the graph: a Flask app over one open store."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from graph.sandbox import Sandbox
    from graph.scratch import Scratch
    from graph.store import Store

FEATURES = (
    "start",
    "search",
    "languages",
    "directory",
    "ids",
    "health",
    "network",
    "gaps",
    "rounds",
    "deciding",
    "next_round",
    "success",
    "handover",
    "invitation",
    "sparql",
    "questions",
    "graph_store",
    "runs",
    "reference",
    "queries",
    "history",
    "export",
    "briefing",
    "editing",
    "upkeep",
    "matching",
    "news",
    "ties",
    "meeting",
    "geography",
    "vernetzung",
    "matrix",
    "connections",
    "stories",
    "importing",
    "accounts",
    "contacts",
)
"""Modules of this package that each bring a `blueprint`, in the order in which they are registered."""


def load_features() -> None:
    """Load what `create_app` needs: most of the time a start takes, and it can be spent while a store opens."""
    for name in ("flask", "flask_babel", "flask_compress", *(f"webapp.{feature}" for feature in FEATURES)):
        import_module(name)


def create_app(
    store: Store,
    *,
    sandbox: Sandbox | None = None,
    scratch: Scratch | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Flask:
    """Build the web app over an open store.

    Args:
        store: what is shown; it stays open and belongs to the caller.
        sandbox: where strangers' queries run; without it the app makes one when the first query comes.
        scratch: a plain dataset that the SPARQL endpoint answers about instead, open for changes.
        settings: Flask settings; ours are `TRUSTED_HOSTS` (host names besides the loopback ones, none by default),
            `PUBLIC` (whether strangers read the data graphs), `PROXIES` (how many servers of yours stand in front)
            and `SECRET_KEY` (kept with the accounts; without accounts random: forms opened before a restart must be
            sent again), `CORS_ORIGINS` (other sites whose pages may ask the endpoint, none by default),
            `PUBLISHER` and `DATA_LICENCE` (an IRI) for the catalogue record.
    """
    # Not above: the command line is in this package too, and most of its commands need none of it.
    from flask import Flask
    from flask_babel import Babel
    from flask_compress import Compress

    from webapp import assets, cors, current, errors, geography, languages, logs, pace, rights, security, urls, wording
    from webapp.accountbook import Book

    app = Flask(__name__, static_url_path=f"/static/{assets.fingerprint()}")
    app.config.from_mapping(security.SETTINGS)
    app.config.from_mapping(languages.SETTINGS)
    app.config.from_mapping(geography.SETTINGS)
    book = Book(store.path)
    if secret := book.setting("secret"):
        app.config["SECRET_KEY"] = bytes.fromhex(secret)
    app.config.from_mapping(settings or {})
    urls.install(app)
    current.install(app, store, sandbox, scratch)
    Babel(app, locale_selector=current.language)
    wording.install(app)
    errors.install(app)
    logs.install(app)
    # Hooks run last in, first out: languages and security set headers, assets the ETag, Compress the last word.
    app.config.setdefault("COMPRESS_MIMETYPES", [*assets.COMPRESSED])
    Compress(app)
    assets.install(app)
    security.install(app, lambda: pace.install(app), lambda: rights.install(app, book))
    languages.install(app)
    cors.install(app)
    for feature in FEATURES:
        app.register_blueprint(import_module(f"webapp.{feature}").blueprint)
    return app
