"""SELECT * as people mean it: the columns in the order in which they stand in the text, not by the alphabet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.syntax import tokens

if TYPE_CHECKING:
    import re
    from collections.abc import Collection


def spelt_out(text: str, variables: Collection[str]) -> str | None:
    """The query with its variables instead of the star after its first SELECT.

    Args:
        text: a query that parses.
        variables: the names of all columns of its answer.

    Returns:
        None if there is no such star, or no column.
    """
    found = list(tokens(text))
    star = _star(found)
    if star is None or not variables:
        return None
    named = dict.fromkeys(token[0][1:] for token in found if token.lastgroup == "variable")
    columns = " ".join(f"?{name}" for name in named if name in variables)
    return f"{text[: star.start()]}{columns}{text[star.end() :]}"


def _star(found: list[re.Match[str]]) -> re.Match[str] | None:
    words = iter(found)
    if not any(token["word"] and token[0].upper() == "SELECT" for token in words):
        return None
    following = next(words)
    if following[0].upper() in ("DISTINCT", "REDUCED"):
        following = next(words)
    return following if following[0] == "*" else None
