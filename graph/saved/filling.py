"""Put terms into a query in place of its variables, wherever these stand: in subqueries, MINUS and EXISTS too.

Neither VALUES nor an engine's own binding reaches there, because a group inside is evaluated by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import BadBlank
from graph.syntax import tokens

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

_SOLUTIONS = frozenset({"GROUP", "ORDER", "HAVING"})
_AFTER_SOLUTIONS = frozenset({"LIMIT", "OFFSET", "VALUES"})


def filled(text: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """The query with terms in place of variables.

    Args:
        text: a SPARQL query.
        terms: variable (small letters, without its mark) → what stands there instead; case does not matter.

    Raises:
        BadBlank: "assigned": the query itself gives the variable a value (AS, VALUES); "subject": a text or number
            would stand where something is said of it, which no data do; "missing": it has no such variable.
    """
    place, found, end, used = _Place(), list[str](), 0, set[str]()
    for token in tokens(text):
        name = token[0][1:].casefold() if token.lastgroup == "variable" else ""
        place.enter(token)
        if name in terms:
            used.add(name)
            found += [text[end : token.start()], place.written(token[0], terms[name])]
            end = token.end()
    if missing := terms.keys() - used:
        raise BadBlank("missing", min(missing))
    return "".join([*found, text[end:]])


class _Place:
    """Where in a query one is: what a variable means there."""

    def __init__(self) -> None:
        self._clause = ""
        self._brackets = list[bool]()  # of each open one: whether an expression is in it (else a path, a list)
        self._closed_expression = False
        self._before = ""
        self._previous = ""
        self._called = ""

    def enter(self, token: re.Match[str]) -> None:
        """Go on by one token."""
        self._called, self._previous, self._before = self._previous, self._before, token[0].upper()
        word = self._before
        if word == "SELECT":
            self._clause, self._brackets = "select", []
        elif word in _SOLUTIONS and token["word"]:
            self._clause, self._brackets = "solutions", []
        elif word == "VALUES":
            self._clause = "values"
        elif word in ("{", "}", "WHERE", "FROM") or word in _AFTER_SOLUTIONS:
            self._clause = ""
        elif word == "(":
            is_called = self._previous.isalpha() and self._previous != "A"
            self._brackets.append(is_called or self._called == "FILTER")
        elif word == ")":
            self._closed_expression = bool(self._brackets) and self._brackets.pop()

    def written(self, variable: str, term: ox.NamedNode | ox.Literal) -> str:
        """The term as it may stand in place of the variable just entered."""
        if self._previous == "AS" or self._clause == "values":
            raise BadBlank("assigned", variable)
        if self._is_subject and isinstance(term, ox.Literal):
            raise BadBlank("subject", variable)
        if (self._called, self._previous) == ("BOUND", "("):
            # BOUND takes nothing but a variable. This is true, and with "!" before it false, as if it were bound.
            return f"{variable}) = BOUND({variable}"
        if self._clause == "select" and not self._brackets:
            return f"({term} AS {variable})"
        return f"({term})" if self._clause == "solutions" and not self._brackets else str(term)

    @property
    def _is_subject(self) -> bool:
        """Whether what was just entered begins a statement."""
        if self._clause or self._brackets:
            return False
        return self._previous.endswith(("{", "}", ".")) or (self._previous == ")" and self._closed_expression)
