"""SPARQL written tidily: a triple to a line, what lies in braces moved in, keywords in capitals, comments kept.

Nothing but white space and the case of keywords changes, and no white space is added or taken between tokens that stay
on a line: so the query asks what it asked, and a text that cannot be read is tidied as far as its tokens go.
"""

from __future__ import annotations

import re
from typing import Final

from graph.syntax import pieces

_STEP: Final = "  "
_STARTS: Final = frozenset(
    {
        "BASE", "PREFIX", "SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT",
        "OFFSET", "VALUES", "OPTIONAL", "GRAPH", "SERVICE", "MINUS", "FILTER", "BIND", "INSERT", "DELETE", "WITH",
        "USING", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD",
    }
)  # fmt: skip
"""Words that begin a line, but within parentheses."""
_KEYWORDS: Final = _STARTS | frozenset(
    {
        "FROM", "NAMED", "DISTINCT", "REDUCED", "BY", "ASC", "DESC", "UNION", "AS", "NOT", "EXISTS", "IN", "UNDEF",
        "SILENT", "DATA", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "SEPARATOR", "STR", "LANG",
        "LANGMATCHES", "DATATYPE", "BOUND", "CONCAT", "STRLEN", "UCASE", "LCASE", "CONTAINS", "STRSTARTS", "STRENDS",
        "STRBEFORE", "STRAFTER", "YEAR", "MONTH", "DAY", "COALESCE", "IF", "REGEX", "SUBSTR", "REPLACE",
    }
)  # fmt: skip
_JOINED: Final = frozenset({("INSERT", "WHERE"), ("DELETE", "WHERE"), ("CLEAR", "GRAPH"), ("DROP", "GRAPH")})
"""A word and the one before it, which share a line."""
_CLOSED: Final = re.compile(
    r""" \"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3} | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' """,
    re.VERBOSE | re.DOTALL,
)


def tidied(text: str) -> str:
    """The query or update, written tidily; the same again changes nothing. A text with an open quote stays as it is."""
    writer = _Writer()
    for piece in pieces(text):
        if piece["text"] is not None and not _CLOSED.fullmatch(piece[0]):
            return text  # what follows may be within the quotes, where space has a meaning
        if piece["space"] is None:
            writer.token(piece)
        elif piece[0].startswith("#"):
            writer.comment(piece[0].rstrip())
        else:
            writer.space(piece[0])
    return writer.text()


class _Writer:
    """Writes one piece after another."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._before = ""
        self._space = ""
        self._open: list[int] = []  # for each open brace the parentheses that were open before it
        self._is_values = False  # whether the values of VALUES come, in braces that stay on the line
        self._parentheses = 0
        self._follows = False  # whether the line goes on with a subject of the line before

    def text(self) -> str:
        """All that was written."""
        self._end()
        return "\n".join(self._lines).strip("\n") + "\n"

    def space(self, text: str) -> None:
        """White space as it was."""
        self._space += text

    def comment(self, text: str) -> None:
        """A comment stays behind what it stood behind, or on a line of its own."""
        if self._line and "\n" not in self._space:
            self._line += f"  {text}"
            self._end()
        elif not self._line and self._lines and "\n" not in self._space and self._before in "{}.;":
            self._lines[-1] += f"  {text}"
        else:
            self._end()
            self._skip()
            self._lines.append(self._indent() + text)
        self._space = ""

    def token(self, piece: re.Match[str]) -> None:
        """A token, on the line or on a new one."""
        word = piece[0].upper() if piece["word"] and piece[0].upper() in _KEYWORDS else piece[0]
        if self._is_values and word in ("{", "}"):
            self._add(word, " ")
            if word == "}":
                self._end()
                self._is_values = False
        elif word == "{":
            if self._before == ")" and self._open and self._parentheses <= 0:
                self._end()  # a group of its own behind a FILTER
            self._add(word, " ")
            self._open.append(self._parentheses)
            self._parentheses = 0
            self._end()
        elif word == "}":
            self._end()
            self._parentheses = self._open.pop() if self._open else 0
            self._add(word, "")
        else:
            if self._starts(word):
                self._end()
            self._add(word, " " if self._space else "")
            self._parentheses += (word in ("(", "[")) - (word in (")", "]"))
        if word in (".", ";") and self._parentheses <= 0 and not piece.string[piece.end() : piece.end() + 1].isdigit():
            self._end()
            self._follows = word == ";" and bool(self._open)
        self._is_values = self._is_values or word == "VALUES"
        self._before = word

    def _add(self, word: str, gap: str) -> None:
        if self._line:
            self._line += gap + word
        else:
            self._skip()
            self._line = self._indent() + word
        self._space = ""

    def _starts(self, word: str) -> bool:
        """Whether the word begins a line."""
        if self._before == "}" and self._line.strip() == "}":
            return word not in (".", ";", "UNION", "AS", ")", ",")
        if self._parentheses > 0 or word not in _STARTS:
            return False
        return (self._before, word) not in _JOINED

    def _end(self) -> None:
        """End the line; what follows stands on a new one."""
        if self._line:
            self._lines.append(self._line.rstrip())
            self._line = ""
        self._follows = False

    def _skip(self) -> None:
        """Keep one empty line where there were some, but not within what was one line."""
        if self._space.count("\n") > 1 and self._lines and self._lines[-1] and not self._lines[-1].endswith("{"):
            self._lines.append("")

    def _indent(self) -> str:
        return _STEP * (len(self._open) + self._follows)
