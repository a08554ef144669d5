"""Headers, Host check, CSRF and limits: what every answer and every request must keep to."""

from __future__ import annotations

import ipaddress
import os
import re
from typing import TYPE_CHECKING, Any

from flask import abort, current_app, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import cors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask, Response

csrf = CSRFProtect()

SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""What a page may load, and from where: nothing from elsewhere, no script or style within the page."""


def policy(sources: Mapping[str, str]) -> str:
    """A Content-Security-Policy of what may come from where."""
    return "; ".join(f"{kind} {allowed}" for kind, allowed in sources.items())


CONTENT_POLICY = policy(SOURCES)

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

SETTINGS: dict[str, Any] = {
    "SECRET_KEY": os.urandom(32),
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
    "MAX_FORM_PARTS": 500,
    "WTF_CSRF_TIME_LIMIT": None,  # as long as the browser is open: an office leaves forms open over lunch
    "TRUSTED_HOSTS": None,
    "PUBLIC": False,
    "PROXIES": 0,
    "CORS_ORIGINS": (),
    "PUBLISHER": "Quartiersmanagement",
    "DATA_LICENCE": "",
}

LONG_ADDRESSES = frozenset({"sparql", "questions", "graph_store"})
"""Features whose addresses hold whole queries."""

UPLOADS = {
    "importing.receive": 101 * 2**20,
    "graph_store.graph_store": 50 * 2**20,
    "graph_store.direct": 50 * 2**20,
}
"""Endpoints that take files, with the bytes all of them together may have; others take `MAX_CONTENT_LENGTH`."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
ANY_ADDRESS = "*"
"""Among the trusted hosts: every address in figures. A foreign page can point a name here, not an address."""
_HOST = re.compile(r"(?P<name>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
_LONGEST_ADDRESS = 8000


class _Sessions(SecureCookieSessionInterface):
    """Sessions whose cookie, as all others, goes over TLS alone where TLS is spoken."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002  # Flask's signature
        return request.is_secure


def install(app: Flask, *checks: Callable[[], None]) -> None:
    """Check every request, mark every answer.

    Args:
        app: the app.
        checks: each installs a check that comes after that of the host and before bodies are read.
    """
    # Flask's own check of TRUSTED_HOSTS knows no IPv6 addresses and leaves the error page without addresses.
    app.extensions["trusted_hosts"] = LOOPBACK | {host.lower() for host in app.config["TRUSTED_HOSTS"] or ()}
    app.config["TRUSTED_HOSTS"] = None
    if count := app.config["PROXIES"]:
        # Only by the setting: without a server in front anybody could say where they come from.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # as Flask's manual
    app.session_interface = _Sessions()
    app.before_request(check_host)
    app.before_request(check_origin)
    for check in checks:
        check()
    app.before_request(check_length)
    app.before_request(allow_files)
    csrf.init_app(app)
    app.after_request(protect)


def check_host() -> None:
    """Refuse names that are not ours: a foreign page whose name points at this machine (DNS rebinding) gets nothing."""
    match = _HOST.fullmatch(request.environ.get("HTTP_HOST", ""))
    if not match or not _is_ours(match["name"].lower()):
        abort(400, "host")


def check_origin() -> None:
    """Refuse forms that a page of another site sends; browsers say where a form comes from, programs do not."""
    origin = request.headers.get("Origin")
    if request.method in ("GET", "HEAD", "OPTIONS") or origin is None:
        return
    if cors.is_allowed(origin):
        return
    # Not the scheme: behind a server that speaks TLS for us we may not know it.
    if origin.partition("://")[2].lower() != request.host.lower():
        abort(403)


def _is_ours(name: str) -> bool:
    hosts = current_app.extensions["trusted_hosts"]
    if name in hosts:
        return True
    try:
        return ANY_ADDRESS in hosts and bool(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        return False


def check_length() -> None:
    """Refuse addresses no page of ours could have made."""
    if len(request.full_path) > _LONGEST_ADDRESS and request.blueprint not in LONG_ADDRESSES:
        abort(414)


def allow_files() -> None:
    """Let files be big where files come in; the check of the form's token, which comes next, reads them."""
    if request.endpoint in UPLOADS:
        request.max_content_length = UPLOADS[request.endpoint]


def protect(response: Response) -> Response:
    """Set the security headers; a view may have set a stricter one."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
