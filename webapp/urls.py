"""What may stand in an address: slugs, lists, and targets that stay inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from flask import g, request, url_for
from werkzeug.routing import BaseConverter, ValidationError

from ontology.schema import entity_types

if TYPE_CHECKING:
    from flask import Flask

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,199}")
HIDDEN_GRAPHS = frozenset({"contacts", "history"})
"""Entry types of these graphs have no public pages."""


def pages() -> dict[str, str]:
    """Plural name in the address → entity type, for every type that has pages."""
    return {kind.plural: kind.name for kind in entity_types().values() if kind.graph not in HIDDEN_GRAPHS}


class SlugConverter(BaseConverter):
    """The last part of an entry's IRI: letters, digits and `-._~`, at most 200."""

    regex = _PLAIN.pattern


class ListConverter(BaseConverter):
    """`actors` in the address, `actor` in Python."""

    regex = r"[a-z]+"

    def to_python(self, value: str) -> str:
        """The entity type of a plural; anything else is no such page."""
        if value not in pages():
            raise ValidationError(value)
        return pages()[value]

    def to_url(self, value: str) -> str:
        """The plural of an entity type."""
        return entity_types()[value].plural


def install(app: Flask) -> None:
    """Teach the app our converters and the templates our addresses."""
    app.url_map.converters["slug"] = SlugConverter
    app.url_map.converters["list"] = ListConverter
    app.jinja_env.globals.update(here=here, entry_url=entry_url)


def entry_url(kind: str, slug: str) -> str:
    """The page of an entry; "" for types without pages."""
    if not _PLAIN.fullmatch(slug):
        return url_for("directory.entry", kind=kind, slug=slug) if kind in pages().values() else ""
    starts: dict[str, str] = g.setdefault("entry_urls", {})  # a long list links thousands
    if kind not in starts:
        starts[kind] = url_for("directory.entry", kind=kind, slug="x")[:-1] if kind in pages().values() else ""
    return starts[kind] and starts[kind] + slug


def here(**changes: str | int | None) -> str:
    """The address of this page with some of its query changed; None takes a name out."""
    query: list[tuple[str, Any]] = [pair for pair in request.args.items(multi=True) if pair[0] not in changes]
    query += [(name, value) for name, value in changes.items() if value is not None]
    # `request.path` may begin with two slashes, which a browser would read as another host.
    path = "/" + request.path.lstrip("/\\")
    return urlsplit(path)._replace(query=urlencode(query)).geturl() if query else path


def inside(target: str | None) -> str:
    """The target if it is a path of this app, else the start page: nobody is sent elsewhere."""
    start = url_for("start.page")
    if not target or not target.isprintable() or "\\" in target:
        return start
    parts = urlsplit(target)
    is_path = target.startswith("/") and not target.startswith("//")
    return target if is_path and not parts.scheme and not parts.netloc else start
