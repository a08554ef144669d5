"""Questions somebody has kept for themselves: beside the accounts, where nobody else reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.saved import Draft
from webapp import accountnames

if TYPE_CHECKING:
    from sqlite3 import Connection

    from webapp.accountbook import Book


@dataclass(frozen=True)
class OwnQuestion(Draft):
    """A question of one account; `number` tells it from the others."""

    number: int = 0


_COLUMNS = "sentence, text, says, id"
_DAY = 86_400.0
"""Seconds for which a change can be taken back."""


def questions(book: Book, name: str) -> list[OwnQuestion]:
    """All questions of the account of that name, by their sentences."""
    key = accountnames.key(name)
    rows = book.rows(f"SELECT {_COLUMNS} FROM question WHERE key = ? ORDER BY sentence, id", key)  # noqa: S608  # our own names
    return [OwnQuestion(*row) for row in rows]


def question(book: Book, name: str, number: int) -> OwnQuestion:
    """One question of that account; `NotFound` also for somebody else's."""
    for one in questions(book, name):
        if one.number == number:
            return one
    raise NotFound("question", str(number))


def keep(book: Book, name: str, draft: Draft) -> int:
    """Keep a question for that account: its number."""
    numbers = "SELECT id FROM question UNION ALL SELECT id FROM former_question"  # one that may come back keeps its own
    with book.writing() as file:
        (number,) = file.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM ({numbers})").fetchone()  # noqa: S608  # our own names
        _insert(file, name, number, draft)
        return int(number)


def change(book: Book, name: str, number: int, draft: Draft) -> None:
    """Keep another wording or query under the same number; `NotFound` if it is none of theirs."""
    with book.writing() as file:
        _remember(book, file, name, number)
        values = (draft.sentence, draft.text, draft.says, number)
        file.execute("UPDATE question SET sentence = ?, text = ?, says = ? WHERE id = ?", values)


def forget(book: Book, name: str, number: int) -> OwnQuestion:
    """Take a question away: what it was; `NotFound` if it is none of theirs."""
    with book.writing() as file:
        gone = _remember(book, file, name, number)
        file.execute("DELETE FROM question WHERE id = ?", (number,))
    return gone


def undo(book: Book, name: str, number: int) -> None:
    """Take the account's latest `change` or `forget` back; `NotFound` if it was of another question, or a day ago."""
    key = accountnames.key(name)
    with book.writing() as file:
        _tidy(book, file)
        query = "SELECT sentence, text, says FROM former_question WHERE key = ? AND id = ?"
        row = file.execute(query, (key, number)).fetchone()
        if row is None:
            raise NotFound("question", str(number))
        file.execute("DELETE FROM former_question WHERE key = ?", (key,))
        file.execute("DELETE FROM question WHERE key = ? AND id = ?", (key, number))
        _insert(file, name, number, Draft(*row))


def _insert(file: Connection, name: str, number: int, draft: Draft) -> None:
    values = (number, accountnames.key(name), draft.sentence, draft.text, draft.says)
    file.execute("INSERT INTO question (id, key, sentence, text, says) VALUES (?, ?, ?, ?, ?)", values)


def _remember(book: Book, file: Connection, name: str, number: int) -> OwnQuestion:
    """Keep how a question is now, in place of what was kept last for that account."""
    _tidy(book, file)
    one = question(book, name, number)
    values = (accountnames.key(name), number, one.sentence, one.text, one.says, book.clock())
    file.execute(
        "REPLACE INTO former_question (key, id, sentence, text, says, since) VALUES (?, ?, ?, ?, ?, ?)", values
    )
    return one


def _tidy(book: Book, file: Connection) -> None:
    """What somebody deleted long ago is gone."""
    file.execute("DELETE FROM former_question WHERE since < ?", (book.clock() - _DAY,))
