"""What kind of SPARQL a text is, seen before anything runs it, and in which forms its answer can be had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from graph.errors import QueryError, QueryRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "UPDATE", ""]
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
"""What a query may begin with."""

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
    "trig": "application/trig",
    "nq": "application/n-quads",
}
"""Short name → media type of an answer that is triples (CONSTRUCT, DESCRIBE)."""

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
# Strangers send megabytes of broken SPARQL, so no character is looked at again and again: quotes that nothing closes
# hold all that follows (to the end of the line), and a prefix has at most 256 characters.
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<text>\"{3}(?:\\.|[^\\])*?(?:\"{3}|\\?\Z)|'{3}(?:\\.|[^\\])*?(?:'{3}|\\?\Z)
          |"(?:\\.|[^"\\\n\r])*"?|'(?:\\.|[^'\\\n\r])*'?)
      | (?P<blank>_:[\w.-]+)
      | (?P<variable>[?$]\w+)
      | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<name>(?:[^\W\d_][\w.-]{0,255}+)?:)(?P<local>(?:\w|[:.-]|%[0-9A-Fa-f]{2}|\\.)*)
      | (?P<word>[^\W\d_]\w*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


_TELLING = frozenset({"WHERE", "BY", "AS", "FROM", "LIMIT", "OFFSET", "HAVING", "VALUES", "PREFIX"})
"""Keywords worth naming when the engine expects them; the others are among its guesses nearly everywhere."""
_COMPLAINTS = {"variable that is unbound": "GROUP BY", "Duplicated variable name": "AS ?…"}
_EXPECTED = re.compile(r'"(?P<sign>[^"]+)"|\b(?P<word>[A-Z]{2,}(?: [A-Z]{2,})*)\b')
_CHARACTERS = re.compile(r"\[[^\]\n]*(?:\n[^\]]*)?\]")


def query_form(text: str) -> Form:
    """The form of a SPARQL text: its first keyword after PREFIX and BASE lines.

    Args:
        text: a SPARQL query or update, broken ones included.

    Returns:
        One of the four query forms, "UPDATE" for any update, "" if the text begins like neither.
    """
    first = _first_word(text)
    word = first[0].upper() if first else ""
    if word in FORMS:
        return cast("Form", word)
    return "UPDATE" if word in _UPDATES else ""


def asked_form(text: str) -> Form:
    """The form of a text that is to be answered: one of `FORMS`.

    Raises:
        QueryRefused: it is an update ("UPDATE").
        QueryError: it begins like nothing SPARQL knows.
    """
    form = query_form(text)
    if form == "UPDATE":
        raise QueryRefused("UPDATE")
    if not form:
        first = _first_word(text)
        raise QueryError(", ".join(FORMS), *_position(text, first[1] if first else len(text)))
    return form


def clarified(text: str, error: QueryError, namespaces: Mapping[str, str]) -> QueryError:
    """The same error with a message that needs no English: what would be expected at its place ("" if unclear).

    Oxigraph names the furthest place it came to, which for a prefix nobody declared lies far behind the prefix.

    Args:
        text: the query the engine could not read.
        error: with the engine's message, such as `expected one of ".", "}", [_]`.
        namespaces: prefix → namespace IRI, to name the whole PREFIX line that is missing.

    An error without a place is about what a readable query meets, and stays as it is.
    """
    if error.line is None:
        return error
    if found := _unknown_prefix(text):
        prefix, offset = found
        namespace = namespaces.get(prefix.rstrip(":"), "…")
        return QueryError(f"PREFIX {prefix} <{namespace}>", *_position(text, offset))
    for complaint, missing in _COMPLAINTS.items():
        if complaint in error.message:
            return QueryError(missing, error.line, error.column)
    _, _, list_of_expected = error.message.partition("expected")
    found_parts = _EXPECTED.finditer(_CHARACTERS.sub("", list_of_expected))
    shown = [part["sign"] or part["word"] for part in found_parts if part["sign"] or part["word"] in _TELLING]
    return QueryError(" ".join(word for word in dict.fromkeys(shown) if "\\" not in word), error.line, error.column)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens of a SPARQL text, broken ones included, without white space and comments.

    Yields:
        Matches whose `lastgroup` is what the token is: `iri`, `text`, `blank`, `variable`, `tag`, `word`, `other`, or
        `local` for a prefixed name, whose groups are then `name` (the prefix with its colon) and `local`.
    """
    return (match for match in _TOKEN.finditer(text) if match["space"] is None)


def pieces(text: str) -> Iterator[re.Match[str]]:
    """All of a SPARQL text: its tokens as of `tokens`, and white space and comments, whose group is `space`."""
    return _TOKEN.finditer(text)


def _first_word(text: str) -> tuple[str, int] | None:
    """The first token after PREFIX and BASE lines, and its offset."""
    for token in tokens(text):
        if token.lastgroup not in ("local", "iri") and token[0].upper() not in ("PREFIX", "BASE"):
            return token[0], token.start()
    return None


def _unknown_prefix(text: str) -> tuple[str, int] | None:
    """The first prefix used without a PREFIX line before it, with its colon, and its offset."""
    known: set[str] = set()
    declaring = False
    for token in tokens(text):
        prefix = token["name"]
        if prefix is not None and declaring:
            known.add(prefix)
        elif prefix is not None and prefix not in known:
            return prefix, token.start()
        declaring = token[0].upper() == "PREFIX"
    return None


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1, in characters) of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
