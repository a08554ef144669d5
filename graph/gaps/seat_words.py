"""What the words of tables have in common with actors: with their projects, and with what kind of bodies they are.

Tables are looked at several at once where several are asked for: the same texts are read for all of them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from graph.gaps.evidence import Evidence
    from graph.gaps.tables import Table
    from graph.gaps.terms import Terms

    Numbers = NDArray[np.float64]

TOGETHER = 1 << 20
"""Numbers of one kind that are worked out at once; they take 8 MB."""


class Words(NamedTuple):
    """Cosines 0..1, one per actor.

    Attributes:
        texts: of the table's text with the most similar project the actor was a partner in.
        kinds: of the table's text with what kind of body and of which sector the actor is.
    """

    texts: Numbers
    kinds: Numbers


class Wording:
    """The words of the tables of one day."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._said: dict[str, Words] = {}

    def of(self, table: Table) -> Words:
        """The words of one table."""
        return self._said.pop(table.iri, None) or next(self._read([table]))

    def foreseen(self, tables: Sequence[Table]) -> Iterator[Table]:
        """The same tables, in their order; the words of those that come next are read together."""
        size = max(TOGETHER // max(len(self.evidence.actor_at), 1), 1)
        for start in range(0, len(tables), size):
            some = tables[start : start + size]
            self._said = {table.iri: words for table, words in zip(some, self._read(some), strict=True)}
            yield from some
            self._said = {}

    def _read(self, tables: Sequence[Table]) -> Iterator[Words]:
        texts = np.ascontiguousarray(self.was_in.best(self._likeness(tables)).T)
        kinds, which = self._sorts
        for text, row in zip(texts, self._kinds(tables, kinds), strict=True):
            yield Words(text, row[which])

    def _likeness(self, tables: Sequence[Table]) -> Numbers:
        """Projects × tables: cosine of their texts, of a table's own project 0."""
        own = [self.evidence.project_at.get(table.iri) for table in tables]
        alike = self.evidence.terms.alike(_rows(self.evidence.terms, tables, own))
        for column, at in enumerate(own):
            if at is not None:
                alike[at, column] = 0.0
        return alike

    @cached_property
    def was_in(self) -> m.Picks:
        """The projects each actor was a partner in."""
        return m.Picks(self.evidence.shares)

    def _kinds(self, tables: Sequence[Table], kinds: sparse.csr_array) -> Numbers:
        """Tables × kinds of bodies; 0 for gatherings, which are but names."""
        count, at = len(self.evidence.actor_at), self.evidence.project_at
        own = [count + at[table.iri] if table.iri in at else None for table in tables]
        found = np.asarray((_rows(self.evidence.callings, tables, own) @ kinds).toarray())
        found[[table.ref.type == "event" for table in tables]] = 0.0
        return found

    @cached_property
    def _sorts(self) -> tuple[sparse.csr_array, NDArray[np.int64]]:
        """Pieces × kinds of bodies, of each kind once, and which of them each actor is."""
        callings = [actor.callings for actor in self.evidence.records.actors]
        first = {calling: at for at, calling in reversed(list(enumerate(callings)))}
        column = {calling: number for number, calling in enumerate(first)}
        rows = self.evidence.callings.weights[list(first.values())]
        return m.csr(rows.T), np.array([column[calling] for calling in callings], dtype=np.int64)


def _rows(terms: Terms, tables: Sequence[Table], own: Sequence[int | None]) -> sparse.csr_array:
    """Tables × pieces: the weights of each text, which is text number `own` unless that is None."""
    known = [at for at in own if at is not None]
    if len(known) == len(own):
        return m.csr(terms.weights[known])
    rows = [
        terms.row(table.words) if at is None else terms.weights[[at]] for table, at in zip(tables, own, strict=True)
    ]
    return m.csr(sparse.vstack(rows, format="csr"))
