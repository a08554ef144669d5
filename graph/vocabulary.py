"""The words a query can be written in: classes and properties the data use, with their names; prefixes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import query
from graph.answers import short
from graph.labels import entry_of, labels
from graph.query import Iri  # noqa: TC001  # rows are filled by the types of their fields
from graph.questions import NAMESPACES
from graph.syntax import tokens

if TYPE_CHECKING:
    from graph.store import Store


@dataclass(frozen=True)
class Word:
    """A class or property.

    Attributes:
        name: as it is written in a query: `pn:Actor`, or `<IRI>` where no prefix is known.
        iri: its IRI.
        label: what it is called; "" if nothing says so.
        uses: how often the data use it.
        example: IRI of something it is said about; "" if that has none.
    """

    name: str
    iri: str
    label: str
    uses: int
    example: str


@dataclass(frozen=True)
class Example:
    """An entry that uses a term."""

    kind: str
    slug: str
    label: str


@dataclass(frozen=True)
class _Row:
    term: Iri
    uses: int
    example: Iri | None


def classes(store: Store, language: str) -> list[Word]:
    """The classes in use, the most used first. Kept per data version."""
    return store.cached(("vocabulary-classes", language), lambda: _words(store, "vocabulary-classes", language))


def properties(store: Store, language: str) -> list[Word]:
    """The properties in use, the most used first. Kept per data version."""
    return store.cached(("vocabulary-properties", language), lambda: _words(store, "vocabulary-properties", language))


def example(store: Store, word: Word, language: str) -> Example | None:
    """The entry the word's example is, with its name; None if it is no entry of ours."""
    found = entry_of(store, word.example)
    return Example(*found, labels(store, language).get(word.example, found[1])) if found else None


def with_prefixes(text: str) -> str:
    """The query with a PREFIX line for each prefix of ours that it uses and does not declare."""
    used, declared, declaring = dict[str, None](), set[str](), False
    for token in tokens(text):
        prefix = token["name"]
        if prefix is not None:
            declared.add(prefix[:-1]) if declaring else used.setdefault(prefix[:-1])
        declaring = token[0].upper() == "PREFIX"
    missing = [prefix for prefix in used if prefix in NAMESPACES and prefix not in declared]
    return "".join(f"PREFIX {prefix}: <{NAMESPACES[prefix]}>\n" for prefix in missing) + text


def _words(store: Store, name: str, language: str) -> list[Word]:
    known = labels(store, language)
    rows = query.rows(store, name, _Row)
    words = (
        Word(_written(row.term, store.base_iri), row.term, known.get(row.term, ""), row.uses, row.example or "")
        for row in rows
    )
    return sorted(words, key=lambda word: (-word.uses, word.name))


def _written(iri: str, base_iri: str) -> str:
    name = short(iri, base_iri)
    return f"<{iri}>" if name == iri or iri.startswith(base_iri) else name
