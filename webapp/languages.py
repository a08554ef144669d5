"""German first, English by a switch: `?lang=` on any address, remembered in a cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, request
from flask_babel import get_translations

from webapp import current, urls

if TYPE_CHECKING:
    from gettext import NullTranslations

    from flask import Flask, Response

blueprint = Blueprint("languages", __name__)

SETTINGS: dict[str, Any] = {"BABEL_DEFAULT_LOCALE": "de", "BABEL_DEFAULT_TIMEZONE": "Europe/Berlin"}
NAMES = {"de": "Deutsch", "en": "English"}
_ONE_YEAR = 365 * 24 * 60 * 60


def install(app: Flask) -> None:
    """Remember a language that was asked for, on every answer; translate what templates say."""
    app.after_request(remember)
    # Flask-Babel looks up the language for every sentence again: a tenth of the time a long page takes.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Babel's extension brings it
        lambda text: _translations().gettext(text),
        lambda one, many, count: _translations().ngettext(one, many, count),
        newstyle=True,
    )


def _translations() -> NullTranslations:
    """Those of the request, looked up once."""
    if "translations" not in g:
        g.translations = get_translations()
    found: NullTranslations = g.translations
    return found


def remember(response: Response) -> Response:
    """Set the cookie when the address asks for a language; pages differ by it, so caches must know."""
    asked = request.args.get("lang")
    if asked in current.LANGUAGES:
        response.set_cookie(
            current.LANGUAGE_COOKIE,
            asked,
            max_age=_ONE_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    if request.endpoint != "static":
        response.vary.add("Cookie")
    return response


@blueprint.app_context_processor
def switch() -> dict[str, Any]:
    """What the switch in the page's head shows: each language, its name, and this page in it."""
    choices = [(code, name, urls.here(lang=code)) for code, name in NAMES.items()]
    return {"language": current.language(), "language_choices": choices}
