"""Small pieces of sparse algebra: from named rows to scipy matrices, weights, cosines."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

HEAD = 2000
"""So many of the best are sorted first."""

FEW = 16
"""Columns of a row that are compared row by row at once; those of longer rows one row after the other."""


def incidence(
    rows: Mapping[str, int], columns: Mapping[str, int], cells: Iterable[tuple[str, str, float]]
) -> sparse.csr_array:
    """A matrix of `rows` × `columns` holding the greatest value given for each cell; unknown names are left out."""
    shape = (len(rows), len(columns))
    named = tuple(zip(*cells, strict=True)) or ((), (), ())
    row_at, column_at = _positions(rows, named[0]), _positions(columns, named[1])
    known = np.flatnonzero((row_at >= 0) & (column_at >= 0))
    if not len(known):
        return sparse.csr_array(shape, dtype=float)
    keys = row_at[known] * len(columns) + column_at[known]
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], np.array(named[2], dtype=float)[known[order]]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    greatest = np.maximum.reduceat(values, starts)
    return sparse.csr_array((greatest, np.divmod(keys[starts], len(columns))), shape=shape)


def _positions(of: Mapping[str, int], names: Sequence[str]) -> NDArray[np.int64]:
    """The number of each name; −1 for unknown ones."""
    return np.fromiter(map(of.get, names, repeat(-1)), dtype=np.int64, count=len(names))


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


def united(*numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """All numbers in ascending order, each once; ten times as fast as `numpy.unique`, which keeps them in a table."""
    found = np.sort(np.concatenate(numbers))
    return np.asarray(found[np.flatnonzero(np.diff(found, prepend=found[:1] - 1))])


def row_sum(matrix: sparse.csr_array, rows: NDArray[np.int64], factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of a few rows, each times its factor."""
    starts, lengths = matrix.indptr[rows], np.diff(matrix.indptr)[rows]
    each = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    values = matrix.data[each] * np.repeat(factors, lengths)
    return np.asarray(np.bincount(matrix.indices[each], weights=values, minlength=matrix.shape[1]), dtype=float)


def row_best(matrix: sparse.csr_array, factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Greatest value of each row after column j was multiplied by `factors[j]` (both not negative); 0 if empty."""
    best = np.zeros(matrix.shape[0])
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        best[filled] = np.maximum.reduceat(matrix.data * factors[matrix.indices], matrix.indptr[filled])
    return best


class Picks:
    """Which columns each row has, laid out to find the greatest of their values again and again.

    Args:
        matrix: whose pattern counts, not its values.
    """

    def __init__(self, matrix: sparse.csr_array) -> None:
        lengths, starts = np.diff(matrix.indptr), matrix.indptr[:-1]
        self._rows = matrix.shape[0]
        # The rows with most columns first: those that have a k-th column are always the first so many.
        short = np.flatnonzero((lengths > 0) & (lengths <= FEW))
        self._short = short[np.argsort(-lengths[short], kind="stable")]
        having = [self._short[lengths[self._short] > turn] for turn in range(FEW)]
        self._turns = [matrix.indices[starts[rows] + turn] for turn, rows in enumerate(having) if len(rows)]
        self._long = np.flatnonzero(lengths > FEW)
        self._parts = [matrix.indices[starts[row] : starts[row] + lengths[row]] for row in self._long]

    def best(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Greatest value (none is negative) among the columns of each row; 0 for rows without any.

        Args:
            values: one for each column, or a row of several for each.
        """
        width = values.shape[1:]
        best, found = np.zeros((self._rows, *width)), np.zeros((len(self._short), *width))
        for columns in self._turns:
            part = found[: len(columns)]
            np.maximum(part, values[columns], out=part)
        best[self._short] = found
        for row, columns in zip(self._long, self._parts, strict=True):
            best[row] = values[columns].max(axis=0)
        return best
