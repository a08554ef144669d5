"""What kind of SPARQL a text is, seen before anything runs it, and in which forms its answer can be had."""

from __future__ import annotations

import re
from typing import Literal

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "UPDATE", ""]

TABLES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""Short name → media type of an answer that is rows (SELECT) or yes/no (ASK)."""

GRAPHS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""Short name → media type of an answer that is triples (CONSTRUCT, DESCRIBE)."""

_UPDATES = frozenset("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split())
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*')
      | (?P<blank>_:[\w.-]+)
      | (?P<variable>[?$]\w+)
      | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<name>(?:[^\W\d_][\w.-]*)?:)(?P<local>(?:\w|[:.-]|%[0-9A-Fa-f]{2}|\\.)*)
      | (?P<word>[^\W\d_]\w*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


def query_form(text: str) -> Form:
    """The form of a SPARQL text: its first keyword after PREFIX and BASE lines.

    Args:
        text: a SPARQL query or update, broken ones included.

    Returns:
        One of the four query forms, "UPDATE" for any update, "" if the text begins like neither.
    """
    for kind, token, _ in _tokens(text):
        word = token.upper()
        if kind in ("name", "iri") or word in ("PREFIX", "BASE"):
            continue
        if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return word  # type: ignore[return-value]  # the four words are the literal's members
        return "UPDATE" if word in _UPDATES else ""
    return ""


def form_position(text: str) -> tuple[int, int]:
    """Line and column (from 1) of the word at which a query form was expected; the end of a text without one."""
    for kind, token, offset in _tokens(text):
        if kind not in ("name", "iri") and token.upper() not in ("PREFIX", "BASE"):
            return position(text, offset)
    return position(text, len(text))


def unknown_prefix(text: str) -> tuple[str, int, int] | None:
    """The first prefix used without a PREFIX line before it, as (prefix with colon, line, column); None if all are known."""
    known: set[str] = set()
    declaring = False
    for kind, token, offset in _tokens(text):
        if kind == "name" and declaring:
            known.add(token)
        elif kind == "name" and token not in known:
            return (token, *position(text, offset))
        declaring = kind == "word" and token.upper() == "PREFIX"
    return None


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1, in characters) of an offset in a text."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def _tokens(text: str) -> list[tuple[str, str, int]]:
    """Kind, text and offset of each token that is neither white space nor comment."""
    return [
        (match.lastgroup if match["name"] is None else "name", match["name"] or match[0], match.start())  # type: ignore[misc]
        for match in _TOKEN.finditer(text)
        if match["space"] is None
    ]
