"""What an update would change: run on the copy of the graphs that its process has, and told as quads.

The process ends afterwards, and its copy with it. Who asked decides what becomes of the quads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.errors import QueryError, QueryRefused, QueryTooBig
from graph.sandbox.place import find_update_place
from graph.sandbox.room import FullError
from graph.syntax import query_form, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.sandbox.room import Room

_PLACE = re.compile(r"^.*?at \d+:\d+(?:-\d+:\d+)?:? *")
_BRACES = {"{": 1, "}": -1}


def changed(store: ox.Store, request: dict[str, Any], room: Room) -> dict[str, Any]:
    """Write what the update changes, as N-Quads: the removed lines and then the added ones.

    Args:
        store: a copy that nobody else needs.
        request: `text`, `base`, `using`, `using_named`, `max_bytes`, `sealed` (whether the process has no sockets and
            files, so that what reads elsewhere may be left to fail); `graphs` is None for a plain dataset, else the
            default graph is the union of all graphs, and what the update does to it is told as quads without a graph.
        room: for `max_bytes`.

    Returns:
        How many bytes are `removed`, and which graphs are `named` afterwards.

    Raises:
        QueryError, QueryRefused: the text.
        QueryTooBig: it changes more than the cap of bytes.
    """
    text = with_dataset(request["text"], request["using"], request["using_named"])
    if request["graphs"] is not None:
        store.extend([ox.Quad(*quad.triple) for quad in store])
    before = _lines(store)
    if not request["sealed"]:
        refuse_outside(request["text"])
    try:
        store.update(text, base_iri=request["base"])
    except SyntaxError as error:
        raise _syntax_error(error, request["text"]) from error
    except (OSError, RuntimeError, ValueError) as error:
        refuse_outside(request["text"])
        raise QueryError(str(error)) from error
    refuse_outside(request["text"])
    after = _lines(store)
    removed, added = b"".join(before - after), b"".join(after - before)
    try:
        room.write(removed)
        room.write(added)
    except FullError as error:
        raise QueryTooBig(request["max_bytes"], "bytes") from error
    named = [str(name) for name in store.named_graphs()] if request["graphs"] is None else []
    return {"removed": len(removed), "named": named}


def refuse_outside(text: str) -> None:
    """Raise `QueryRefused`, with line and column, if an update reads from elsewhere.

    LOAD SILENT passes: it says itself that nothing need come of it, and in a sealed process nothing does.
    """
    found = list(tokens(text))
    for token, following in zip(found, [*found[1:], None], strict=True):
        word = token["word"].upper() if token["word"] else ""
        is_silent = following is not None and following[0].upper() == "SILENT"
        if word == "SERVICE" or (word == "LOAD" and not is_silent):
            before = text[: token.start()]
            raise QueryRefused(word, before.count("\n") + 1, len(before) - before.rfind("\n"))


def with_dataset(text: str, using: Sequence[str] | None, using_named: Sequence[str] | None) -> str:
    """The update with the protocol's dataset written into each operation that has a WHERE.

    Args:
        text: a SPARQL update.
        using: the protocol's using-graph-uri.
        using_named: the protocol's using-named-graph-uri.

    Raises:
        QueryError: the update names a dataset itself (USING, WITH), which the protocol forbids beside these; message
            is "USING", with line and column.
    """
    if not using and not using_named:
        return text
    clauses = "".join(f" USING {ox.NamedNode(iri)}" for iri in using or ())
    clauses += "".join(f" USING NAMED {ox.NamedNode(iri)}" for iri in using_named or ())
    edits = [(offset, insertion + clauses + " ") for offset, insertion in _wheres(text)]
    for offset, insertion in reversed(edits):
        text = text[:offset] + insertion + text[offset:]
    return text


def _wheres(text: str) -> Iterator[tuple[int, str]]:
    """Where in the text a dataset belongs, and what must stand before it there.

    DELETE WHERE { pattern } is short for DELETE { pattern } WHERE { pattern } and has no place for one.
    """
    depth, found = 0, list(tokens(text))
    for place, token in enumerate(found):
        depth += _BRACES.get(token[0], 0) if token.lastgroup == "other" else 0
        word = token["word"].upper() if token["word"] and not depth else ""
        if word in ("USING", "WITH"):
            before = text[: token.start()]
            raise QueryError("USING", before.count("\n") + 1, len(before) - before.rfind("\n"))
        if word == "WHERE":
            is_short = place > 0 and found[place - 1][0].upper() == "DELETE"
            yield token.start(), _group(text, found[place + 1 :]) if is_short else ""


def _group(text: str, following: Sequence[Any]) -> str:
    """The group in braces that begins at the first of these tokens."""
    depth = 0
    for token in following:
        depth += _BRACES.get(token[0], 0) if token.lastgroup == "other" else 0
        if not depth:
            return text[following[0].start() : token.end()]
    return ""


def _lines(store: ox.Store) -> set[bytes]:
    return set((store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))


def _syntax_error(error: Exception, text: str) -> QueryError:
    if query_form(text) not in ("UPDATE", ""):
        return QueryRefused("QUERY")
    return QueryError(_PLACE.sub("", str(error)), *find_update_place(text))
