"""Which words texts are made of, weighed by how rare they are."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

APART = 8
"""Two pieces that must be brought together first take so much longer than two of rows that are written out in full."""

WORD = re.compile(r"[^\W\d_]{3,}")


class Terms:
    """tf-idf of words and their pieces, one row of length 1 per text.

    German composes words, so a word counts by its pieces of five letters as well ("Klimaanalyse" meets
    "Klimaschutz"). Written out here because importing a library for it costs more than the whole ranking.

    Attributes:
        weights: texts × pieces.

    Source:
        Salton, G., Buckley, C. (1988): Term-weighting approaches in automatic text retrieval.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        words = [WORD.findall(text.lower()) for text in texts]
        # Texts share their words: cutting each word once and adding up is many times quicker than cutting each text.
        numbers = m.numbered(word for row in words for word in row)
        cut = [_cut(word) for word in numbers]
        self._columns = m.numbered(piece for found in cut for piece in found)
        used = _counts([[numbers[word] for word in row] for row in words], len(numbers))
        made = _counts([[self._columns[piece] for piece in found] for found in cut], len(self._columns))
        plain = _dampened(m.csr(used @ made))
        self._rarity = m.rarity(plain)
        self.weights = m.row_normed(m.column_scaled(plain, self._rarity))

    @cached_property
    def _by_piece(self) -> sparse.csr_array:
        return m.csr(self.weights.T)

    def row(self, text: str) -> sparse.csr_array:
        """The weights of one more text (1 × pieces); pieces never met before say nothing."""
        known = [self._columns[piece] for piece in pieces(text) if piece in self._columns]
        return m.row_normed(m.column_scaled(_dampened(_counts([known], len(self._columns))), self._rarity))

    def likeness(self, row: sparse.csr_array) -> NDArray[np.float64]:
        """The cosine of every text with the text of `row`."""
        return self.alike(row).ravel()

    def alike(self, rows: sparse.csr_array) -> NDArray[np.float64]:
        """Texts × rows: the cosine of every text with each of several, given by the weights of their pieces."""
        shared = int(np.diff(self._by_piece.indptr)[rows.indices].sum())
        if shared * APART > self.weights.nnz * rows.shape[0]:
            return np.asarray(self.weights @ rows.T.toarray())
        return np.asarray((rows @ self._by_piece).toarray().T)


def _counts(rows: Sequence[Sequence[int]], columns: int) -> sparse.csr_array:
    """How often each number from 0 to `columns` − 1 stands in each row."""
    starts = np.cumsum([0, *map(len, rows)])
    where = np.array([number for row in rows for number in row], dtype=np.int64)
    counted = sparse.csr_array((np.ones(len(where)), where, starts), shape=(len(rows), columns))
    counted.sum_duplicates()
    return counted


def _dampened(counts: sparse.csr_array) -> sparse.csr_array:
    """1 + ln(times) of each count."""
    counts.sort_indices()
    counts.data = 1 + np.log(counts.data)
    return counts


def pieces(text: str) -> Iterable[str]:
    """The words of a text in lower case and, of each, every five letters in a row (its ends are letters too)."""
    for word in WORD.findall(text.lower()):
        yield from _cut(word)


@lru_cache(maxsize=50_000)  # a backtest asks for the same words on the eve of every window
def _cut(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return (padded, *(padded[at : at + 5] for at in range(len(padded) - 4)))
