"""Static files under a hash of their content, for ever; everything else with an ETag."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Flask, Response

FOLDER = Path(__file__).parent / "static"
COMPRESSED = (
    *("text/html", "text/css", "text/plain", "text/javascript", "application/json", "image/svg+xml", "text/xml"),
    *("application/xml", "application/geo+json", "application/sparql-results+json", "application/sparql-results+xml"),
    *("text/csv", "text/tab-separated-values", "text/turtle", "application/n-triples", "application/ld+json"),
    *("application/rdf+xml", "application/trig", "application/n-quads", "text/n3"),
)
"""Media types worth compressing, for who can read it."""

_FOREVER = "public, max-age=31536000, immutable"
_FRESH = "private, no-cache"


@cache
def fingerprint() -> str:
    """Twelve hex digits over all static files: one changed byte anywhere gives new addresses.

    One hash for the whole folder, because style sheets and scripts name their fonts and modules by relative addresses.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(path.relative_to(FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def install(app: Flask) -> None:
    """Give every answer its caching headers."""
    app.after_request(label)


def label(response: Response) -> Response:
    """Static files stay for a year; pages are asked for again, and answered 304 when nothing changed."""
    if request.endpoint == "static" and response.status_code == 200:
        response.headers["Cache-Control"] = _FOREVER
        return response
    response.headers.setdefault("Cache-Control", _FRESH)
    is_file = response.direct_passthrough  # the server reads it itself; waitress's wrapper has a length all the same
    if request.method in {"GET", "HEAD"} and response.status_code == 200 and not (is_file or response.is_streamed):
        if not response.get_etag()[0]:
            response.add_etag()
        response.make_conditional(request)
    return response
