"""Put terms into a query in place of its variables, wherever these stand: in subqueries, MINUS and EXISTS too.

Neither VALUES nor an engine's own binding reaches there, because a group inside is evaluated by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import BadBlank
from graph.syntax import tokens

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    import pyoxigraph as ox

_SOLUTIONS = frozenset({"GROUP", "ORDER", "HAVING"})
_AFTER_SOLUTIONS = frozenset({"LIMIT", "OFFSET", "VALUES"})


def filled(text: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """The query with terms in place of variables.

    Args:
        text: a SPARQL query.
        terms: variable (small letters, without its mark) → what stands there instead; case does not matter.

    Raises:
        BadBlank: "assigned": the query itself gives the variable a value (AS, VALUES); "missing": it has no such
            variable.
    """
    place, found, end, used = _Place(), list[str](), 0, set[str]()
    for token in tokens(text):
        name = token[0][1:].casefold() if token.lastgroup == "variable" else ""
        place.enter(token)
        if name in terms:
            used.add(name)
            found += [text[end : token.start()], place.written(token[0], str(terms[name]))]
            end = token.end()
    if missing := terms.keys() - used:
        raise BadBlank("missing", min(missing))
    return "".join([*found, text[end:]])


class _Place:
    """Where in a query one is: what a variable means there."""

    def __init__(self) -> None:
        self._clause = ""
        self._depth = 0
        self._before = ""
        self._previous = ""
        self._called = ""

    def enter(self, token: re.Match[str]) -> None:
        """Go on by one token."""
        self._called, self._previous, self._before = self._previous, self._before, token[0].upper()
        word = self._before
        if word == "SELECT":
            self._clause, self._depth = "select", 0
        elif word in _SOLUTIONS and token["word"]:
            self._clause, self._depth = "solutions", 0
        elif word == "VALUES":
            self._clause = "values"
        elif word in ("{", "}", "WHERE", "FROM") or word in _AFTER_SOLUTIONS:
            self._clause = ""
        elif word in ("(", ")"):
            self._depth += 1 if word == "(" else -1

    def written(self, variable: str, term: str) -> str:
        """The term as it may stand in place of the variable just entered."""
        if self._previous == "AS" or self._clause == "values":
            raise BadBlank("assigned", variable)
        if (self._called, self._previous) == ("BOUND", "("):
            # BOUND takes nothing but a variable. This is true, and with "!" before it false, as if it were bound.
            return f"{variable}) = BOUND({variable}"
        if self._depth == 0 and self._clause == "select":
            return f"({term} AS {variable})"
        return f"({term})" if self._depth == 0 and self._clause == "solutions" else term
