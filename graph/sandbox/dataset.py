"""What a query asks to read (FROM, FROM NAMED), against what its asker may read; and whether it asks elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pyoxigraph as ox

from graph.errors import QueryRefused
from graph.syntax import tokens

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Sequence

    Graphs = list[ox.NamedNode]


def chosen(
    text: str,
    allowed: Sequence[str] | None,
    default: Sequence[str] | None,
    named: Sequence[str] | None,
    base: str = "",
) -> dict[str, Graphs]:
    """The `default_graph` and `named_graphs` to hand to the engine.

    Args:
        text: a query that parses.
        allowed: IRIs of the graphs the asker may read; None for a plain dataset, which the engine itself reads rightly.
        default: the protocol's default-graph-uri; None for none.
        named: the protocol's named-graph-uri, likewise.
        base: what relative IRIs in the text are relative to.
    """
    if allowed is not None:
        graphs = readable(text, allowed, default, named, base)
    elif default is None and named is None:
        return {}
    else:
        graphs = [ox.NamedNode(iri) for iri in default or ()], [ox.NamedNode(iri) for iri in named or ()]
    # Both, always: together they override FROM, FROM NAMED and GRAPH; one alone leaves a way around.
    return dict(zip(("default_graph", "named_graphs"), graphs, strict=True))


def readable(
    text: str, allowed: Sequence[str], default: Sequence[str] | None, named: Sequence[str] | None, base: str = ""
) -> tuple[Graphs, Graphs]:
    """The default graph (a union) and the named graphs to answer from.

    Args:
        text: a query that parses.
        allowed: IRIs of the graphs the asker may read.
        default: the protocol's default-graph-uri, which override FROM; None for none.
        named: the protocol's named-graph-uri, likewise.
        base: what relative IRIs in the text are relative to.

    Returns:
        All that is allowed if nothing was asked for; else of what was asked for that which is allowed.
    """
    if default is None and named is None:
        default, named = _clauses(text, base)
        if not default and not named:
            default = named = allowed
    return _both(default or (), allowed), _both(named or (), allowed)


def refuse_service(text: str) -> None:
    """Raise `QueryRefused("SERVICE")`, with line and column, if a query asks another server."""
    for token in tokens(text):
        if token["word"] and token["word"].upper() == "SERVICE":
            before = text[: token.start()]
            raise QueryRefused("SERVICE", before.count("\n") + 1, len(before) - before.rfind("\n"))


def _both(asked: Collection[str], allowed: Sequence[str]) -> Graphs:
    return [ox.NamedNode(iri) for iri in allowed if iri in asked]


def _clauses(text: str, base: str) -> tuple[list[str], list[str]]:
    """The IRIs of FROM and of FROM NAMED."""
    prefixes = dict[str, str]()
    found: tuple[list[str], list[str]] = ([], [])
    before: list[re.Match[str]] = []
    for token in tokens(text):
        words = [match[0].upper() for match in before[-2:]]
        if token["iri"] or token["name"]:
            iri = _iri(token, base, prefixes)
            if words[-1:] == ["BASE"]:
                base = iri
            elif words[-2:-1] == ["PREFIX"]:
                prefixes[before[-1]["name"]] = iri
            elif words[-1:] == ["FROM"]:
                found[0].append(iri)
            elif words == ["FROM", "NAMED"]:
                found[1].append(iri)
        before = [*before[-1:], token]
    return found


def _iri(token: re.Match[str], base: str, prefixes: dict[str, str]) -> str:
    return urljoin(base, str(token["iri"])[1:-1]) if token["iri"] else prefixes.get(token["name"], "") + token["local"]
