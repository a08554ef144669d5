"""Questions somebody has kept for themselves: beside the accounts, where nobody else reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.saved import Draft
from webapp import accountnames

if TYPE_CHECKING:
    from webapp.accountbook import Book


@dataclass(frozen=True)
class OwnQuestion(Draft):
    """A question of one account; `number` tells it from the others."""

    number: int = 0


_COLUMNS = "sentence, text, says, id"


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
    with book.writing() as file:
        values = (accountnames.key(name), draft.sentence, draft.text, draft.says)
        done = file.execute("INSERT INTO question (key, sentence, text, says) VALUES (?, ?, ?, ?)", values)
        return int(done.lastrowid or 0)


def change(book: Book, name: str, number: int, draft: Draft) -> None:
    """Keep another wording or query under the same number; `NotFound` if it is none of theirs."""
    question(book, name, number)
    with book.writing() as file:
        values = (draft.sentence, draft.text, draft.says, number)
        file.execute("UPDATE question SET sentence = ?, text = ?, says = ? WHERE id = ?", values)


def forget(book: Book, name: str, number: int) -> OwnQuestion:
    """Take a question away: what it was; `NotFound` if it is none of theirs."""
    gone = question(book, name, number)
    with book.writing() as file:
        file.execute("DELETE FROM question WHERE id = ?", (number,))
    return gone
