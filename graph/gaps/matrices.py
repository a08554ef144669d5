"""Small pieces of sparse algebra: from named rows to scipy matrices, weights, cosines."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

BLOCK = 256
"""Rows of one step of `row_products`; a block of 256 × 3000 products takes 6 MB."""

HEAD = 2000
"""So many of the best are sorted first."""

PICKED = 2
"""A picked cell takes so much longer than one of a block."""

CHUNK = 200_000
"""Pairs of one step when rows are picked; at ten cells a row that takes 50 MB."""

WORD = re.compile(r"[^\W\d_]{3,}")


def incidence(
    rows: Mapping[str, int], columns: Mapping[str, int], cells: Iterable[tuple[str, str, float]]
) -> sparse.csr_array:
    """A matrix of `rows` × `columns` holding the greatest value given for each cell; unknown names are left out."""
    best: dict[tuple[int, int], float] = {}
    for row, column, value in cells:
        at = rows.get(row), columns.get(column)
        if at[0] is not None and at[1] is not None:
            key = (at[0], at[1])
            best[key] = max(best.get(key, value), value)
    shape = (len(rows), len(columns))
    if not best:
        return sparse.csr_array(shape, dtype=float)
    where = np.array(sorted(best), dtype=np.int64)
    values = np.array([best[row, column] for row, column in sorted(best)])
    return sparse.csr_array((values, (where[:, 0], where[:, 1])), shape=shape)


def csr(matrix: Any) -> sparse.csr_array:
    """What a sum or product of sparse matrices yields, in the one format used here."""
    return sparse.csr_array(matrix)


def numbered(names: Iterable[str]) -> dict[str, int]:
    """Position of each name in sorted order."""
    return {name: position for position, name in enumerate(sorted(set(names)))}


def binary(matrix: sparse.csr_array) -> sparse.csr_array:
    """The same pattern with every value 1."""
    pattern = matrix.copy()
    pattern.eliminate_zeros()
    pattern.data = np.ones_like(pattern.data, dtype=float)
    return pattern


def column_scaled(matrix: sparse.csr_array, factors: NDArray[np.float64]) -> sparse.csr_array:
    """`matrix` with column j multiplied by `factors[j]`."""
    scaled = matrix.copy()
    scaled.data = matrix.data * factors[matrix.indices]
    return scaled


def row_scaled(matrix: sparse.csr_array, factors: NDArray[np.float64]) -> sparse.csr_array:
    """`matrix` with row i multiplied by `factors[i]`."""
    scaled = matrix.copy()
    scaled.data = matrix.data * np.repeat(factors, np.diff(matrix.indptr))
    return scaled


def row_normed(matrix: sparse.csr_array) -> sparse.csr_array:
    """`matrix` with rows of length 1; empty rows stay empty."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return row_scaled(matrix, 1 / lengths)


def rarity(matrix: sparse.csr_array) -> NDArray[np.float64]:
    """Inverse document frequency of the columns: ln((1 + rows used) / (1 + rows with it)) + 1."""
    used = int((np.diff(matrix.indptr) > 0).sum())
    counts = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return np.asarray(np.log((1 + used) / (1 + counts)) + 1)


def without_diagonal(matrix: sparse.csr_array) -> sparse.csr_array:
    """`matrix` with an empty diagonal."""
    cells = matrix.tocoo()
    keep = cells.row != cells.col
    return sparse.csr_array((cells.data[keep], (cells.row[keep], cells.col[keep])), shape=matrix.shape)


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
        counts = [_counted(text) for text in texts]
        self._columns = numbered(piece for count in counts for piece in count)
        plain = self._matrix(counts)
        self._rarity = rarity(plain)
        self.weights = row_normed(column_scaled(plain, self._rarity))

    def row(self, text: str) -> sparse.csr_array:
        """The weights of one more text (1 × pieces); pieces never met before say nothing."""
        return row_normed(column_scaled(self._matrix([_counted(text)]), self._rarity))

    def _matrix(self, counts: Sequence[Counter[str]]) -> sparse.csr_array:
        """1 + ln(times) of each piece of each text; `incidence` would sort them all, which took most of a backtest."""
        known = [
            [(self._columns[piece], times) for piece, times in c.items() if piece in self._columns] for c in counts
        ]
        cells = np.array([cell for row in known for cell in row], dtype=np.int64).reshape(-1, 2)
        starts = np.cumsum([0, *map(len, known)])
        matrix = sparse.csr_array(
            (1 + np.log(cells[:, 1]), cells[:, 0], starts), shape=(len(counts), len(self._columns))
        )
        matrix.sort_indices()
        return matrix


def row_products(matrix: sparse.csr_array, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
    """Scalar product of row `first[i]` with row `second[i]`, for each i.

    Rows are picked pair by pair where that is less work; picking copies each row as often as it has pairs, so where
    most rows are paired with most, `BLOCK` rows at a time are multiplied with all.
    """
    filled = np.diff(matrix.indptr)
    both = np.flatnonzero((filled[first] > 0) & (filled[second] > 0))  # an empty row gives 0
    if PICKED * int((filled[first[both]] + filled[second[both]]).sum()) < matrix.shape[0] ** 2:
        found = np.zeros(len(first))
        found[both] = _picked_products(matrix, first[both], second[both])
        return found
    found, columns = np.zeros(len(first)), csr(matrix.T)
    for start in range(0, matrix.shape[0], BLOCK):
        here = np.flatnonzero((first >= start) & (first < start + BLOCK))
        if len(here):
            products = (matrix[start : start + BLOCK] @ columns).toarray()
            found[here] = products[first[here] - start, second[here]]
    return found


def _picked_products(
    matrix: sparse.csr_array, first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.float64]:
    found = np.zeros(len(first))
    for start in range(0, len(first), CHUNK):
        part = slice(start, start + CHUNK)
        found[part] = np.asarray(matrix[first[part]].multiply(matrix[second[part]]).sum(axis=1)).ravel()
    return found


def best_first(some: NDArray[np.int64], scores: NDArray[np.float64]) -> Iterator[int]:
    """`some` by descending score, equal ones in their order; the far end is sorted only if anybody gets there."""
    if len(some) > HEAD:
        limit = np.partition(scores, -HEAD)[-HEAD]
        head = scores >= limit
        yield from best_first_of(some[head], scores[head])
        some, scores = some[~head], scores[~head]
    yield from best_first_of(some, scores)


def best_first_of(some: NDArray[np.int64], scores: NDArray[np.float64]) -> list[int]:
    """All of `some` by descending score, equal ones in their order."""
    ordered: list[int] = some[np.argsort(-scores, kind="stable")].tolist()
    return ordered


def pieces(text: str) -> Iterable[str]:
    """The words of a text in lower case and, of each, every five letters in a row (its ends are letters too)."""
    for word in WORD.findall(text.lower()):
        padded = f" {word} "
        yield padded
        for at in range(len(padded) - 4):
            yield padded[at : at + 5]


@lru_cache(maxsize=20_000)  # a backtest asks for the same texts on the eve of every window
def _counted(text: str) -> Counter[str]:
    return Counter(pieces(text))


def cells(matrix: sparse.csr_array, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """The value of each named cell, 0 where nothing is stored."""
    if not len(rows):
        return np.zeros(0)
    return np.asarray(matrix[rows, columns]).ravel().astype(float)


def row_best(matrix: sparse.csr_array, factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Greatest value of each row after column j was multiplied by `factors[j]` (both not negative); 0 if empty."""
    best = np.zeros(matrix.shape[0])
    owners = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    np.maximum.at(best, owners, matrix.data * factors[matrix.indices])
    return best
