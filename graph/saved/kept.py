"""Keep questions in the graph, where everybody who works with it finds them, and read them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import editing, query
from graph.errors import BadBlank, NotFound
from graph.saved.filling import filled
from graph.saved.sentence import Blank, parts
from graph.saved.values import sample
from graph.syntax import asked_form, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from graph.editing import Saved
    from graph.store import Store


@dataclass(frozen=True)
class Draft:
    """What a question is made of.

    Attributes:
        sentence: with its blanks in square brackets.
        text: the query in SPARQL.
        says: how the answer is to be read; may be "".
    """

    sentence: str
    text: str
    says: str = ""

    @property
    def parts(self) -> tuple[str | Blank, ...]:
        """The sentence as texts and blanks; a sentence that cannot be read (`BadBlank`) is one text."""
        try:
            return parts(self.sentence)
        except BadBlank:
            return (self.sentence,)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Its blanks, each once."""
        return tuple(dict.fromkeys(part for part in self.parts if isinstance(part, Blank)))

    def asked(self, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
        """The query with a term in place of each blank's variable.

        Args:
            values: `Blank.key` → term, for all blanks.

        Raises:
            BadBlank: as of `filled`.
        """
        used = {token[0][1:].casefold() for token in tokens(self.text) if token.lastgroup == "variable"}
        spelt = {next(iter(blank.variables & used), blank.key): values[blank.key] for blank in self.blanks}
        return filled(self.text, spelt)


@dataclass(frozen=True)
class SavedQuestion(Draft):
    """A question that was kept; `slug` is the last part of its address."""

    slug: str = ""


@dataclass(frozen=True)
class _Row:
    question: str
    sentence: str | None
    says: str | None
    text: str


def checked(draft: Draft) -> str:
    """The query with something in each blank, to be tried before the question is kept.

    Raises:
        BadBlank: the sentence cannot be read, or the query lacks one of its variables.
        QueryError, QueryRefused: the text is no query.
    """
    asked_form(draft.text)
    parts(draft.sentence)
    return draft.asked({blank.key: sample(blank) for blank in draft.blanks})


def keep(store: Store, draft: Draft, slug: str | None = None, *, author: str) -> Saved:
    """Keep a question, or change the one that is kept under that slug; the history can take it back.

    Raises:
        BadBlank, QueryError: as of `checked`.
        BadFields, Invalid, NotFound: as of `graph.editing.save`.
    """
    checked(draft)
    texts = {"name": [draft.sentence], "description": [draft.says], "query": [draft.text]}
    return editing.save(store, "question", slug, texts, author=author, anyway=True)


def questions(store: Store) -> tuple[SavedQuestion, ...]:
    """All that are kept, by their sentences."""
    return store.cached("saved-questions", lambda: _questions(store))


def question(store: Store, slug: str) -> SavedQuestion:
    """The one of that slug, or `NotFound`."""
    for one in questions(store):
        if one.slug == slug:
            return one
    raise NotFound("question", slug)


def _questions(store: Store) -> tuple[SavedQuestion, ...]:
    """Each once; of several values the least counts."""
    found: dict[str, SavedQuestion] = {}
    for row in query.rows(store, "saved-questions", _Row):
        slug = row.question.rpartition("/")[2]
        found.setdefault(slug, SavedQuestion(row.sentence or slug, row.text, row.says or "", slug))
    return tuple(sorted(found.values(), key=lambda one: (one.sentence.casefold(), one.slug)))
