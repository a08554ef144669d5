"""Pages of other sites that may ask the endpoint from a browser: none, unless the setting `CORS_ORIGINS` names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, current_app, request

if TYPE_CHECKING:
    from flask import Flask

OPEN = frozenset({"sparql", "graph_store", "ids", "reference"})
"""Features whose answers other sites may be let read."""

_METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
_HEADERS = "Accept, Authorization, Content-Type, If-None-Match"
_EXPOSED = "ETag, Location, Pankenetz-Change, Pankenetz-Truncated"
_DAY = "86400"


def install(app: Flask) -> None:
    """Mark the answers that other sites may read."""
    app.after_request(allow)


def is_allowed(origin: str) -> bool:
    """Whether a page from there may ask what this request asks."""
    return request.blueprint in OPEN and origin in current_app.config["CORS_ORIGINS"]


def allow(response: Response) -> Response:
    """Cookies stay out: who asks from another site is known by a token or not at all."""
    if not current_app.config["CORS_ORIGINS"] or request.blueprint not in OPEN:
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if not is_allowed(origin):
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Allow-Headers"] = _HEADERS
        response.headers["Access-Control-Max-Age"] = _DAY
    return response
