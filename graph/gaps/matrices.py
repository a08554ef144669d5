"""Small pieces of sparse algebra: from named rows to scipy matrices, weights, cosines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

BLOCK = 256
"""Rows of one step of `row_products`; a block of 256 × 3000 products takes 6 MB."""

HEAD = 2000
"""So many of the best are sorted first."""

PICKED = 2
"""A picked cell takes so much longer than one of a block."""

CHUNK = 20_000
"""Pairs of one step when rows are picked: few enough that what is picked stays near the processor."""


SPREAD = 10
"""A cell that is picked for both rows and compared takes so much longer than one of a block that is spread out."""

LONG = 16
"""Cells of a pair from which spreading one of its rows is worth while."""

DENSE = 1 << 19
"""Cells of a block that is spread out; it takes 4 MB."""


FEW = 16
"""Columns of a row that are compared row by row at once; those of longer rows one row after the other."""


def incidence(
    rows: Mapping[str, int], columns: Mapping[str, int], cells: Iterable[tuple[str, str, float]]
) -> sparse.csr_array:
    """A matrix of `rows` × `columns` holding the greatest value given for each cell; unknown names are left out."""
    shape = (len(rows), len(columns))
    known = [
        (at, to, value)
        for row, column, value in cells
        if (at := rows.get(row)) is not None and (to := columns.get(column)) is not None
    ]
    if not known:
        return sparse.csr_array(shape, dtype=float)
    row_at, column_at, values = map(np.array, zip(*known, strict=True))
    keys = row_at.astype(np.int64) * len(columns) + column_at
    order = np.argsort(keys, kind="stable")
    found, starts = np.unique(keys[order], return_index=True)
    greatest = np.maximum.reduceat(values[order].astype(float), starts)
    return sparse.csr_array((greatest, (found // len(columns), found % len(columns))), shape=shape)


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


def row_products(matrix: sparse.csr_array, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
    """Scalar product of row `first[i]` with row `second[i]`, for each i.

    Rows are picked pair by pair where that is less work; picking copies each row as often as it has pairs, so where
    most rows are paired with most, `BLOCK` rows at a time are multiplied with all.
    """
    filled = np.diff(matrix.indptr)
    both = np.flatnonzero((filled[first] > 0) & (filled[second] > 0))  # an empty row gives 0
    if PICKED * int((filled[first[both]] + filled[second[both]]).sum()) < matrix.shape[0] ** 2:
        found = np.zeros(len(first))
        cells = int(filled[first[both]].sum() + filled[second[both]].sum())
        is_long = cells > LONG * len(both) and SPREAD * cells > matrix.shape[0] * matrix.shape[1]
        products = _spread_products if is_long else _picked_products
        found[both] = products(matrix, first[both], second[both])
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


def _spread_products(
    matrix: sparse.csr_array, first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The same where rows have many cells of few columns: those of `second` are spread out, and looked up.

    The products are added up as scipy would add those of two rows, so that not even the last digit differs.
    """
    found, width = np.zeros(len(first)), matrix.shape[1]
    picked = matrix if matrix.has_canonical_format else _backwards(matrix)
    last = 0 if picked is matrix else matrix.shape[0] - 1
    height = max(DENSE // max(width, 1), 1)
    order = np.argsort(second, kind="stable")
    starts = np.searchsorted(second[order], np.arange(0, matrix.shape[0] + height, height))
    for block, (start, end) in enumerate(pairwise(starts.tolist())):
        if start < end:
            spread = matrix[block * height : (block + 1) * height].toarray().ravel()
        for at in range(start, end, CHUNK):
            part = order[at : min(at + CHUNK, end)]
            rows = picked[abs(first[part] - last)]
            begins = (second[part] - block * height) * width
            rows.data = rows.data * spread[np.repeat(begins, np.diff(rows.indptr)) + rows.indices]
            rows.eliminate_zeros()
            found[part] = np.asarray(rows.sum(axis=1)).ravel()
    return found


def _backwards(matrix: sparse.csr_array) -> sparse.csr_array:
    """The cells in opposite order, the last row first: in that order scipy multiplies rows that are not sorted."""
    ends = matrix.indptr[-1] - matrix.indptr[::-1]
    return sparse.csr_array((matrix.data[::-1], matrix.indices[::-1], ends), shape=matrix.shape)


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


def cells(matrix: sparse.csr_array, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """The value of each named cell, 0 where nothing is stored."""
    if not len(rows):
        return np.zeros(0)
    return np.asarray(matrix[rows, columns]).ravel().astype(float)


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
        """Greatest value (none is negative) among the columns of each row; 0 for rows without any."""
        best, found = np.zeros(self._rows), np.zeros(len(self._short))
        for columns in self._turns:
            part = found[: len(columns)]
            np.maximum(part, values[columns], out=part)
        best[self._short] = found
        best[self._long] = [values[columns].max() for columns in self._parts]
        return best
