"""Scalar products of the rows of a sparse matrix, for as many pairs of rows as there may be.

Five ways lead there. Which of them is the shortest depends on how many pairs there are and how many columns and cells
the matrix has; they differ in the last digit at most, and each by itself always gives the same.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Positions = NDArray[np.int64]
    Numbers = NDArray[np.float64]

BLOCK = 256
"""Rows of one step of `_block_products`; a block of 256 × 3000 products takes 6 MB."""

PICKED = 2
"""A picked cell takes so much longer than one of a block."""

CHUNK = 20_000
"""Pairs of one step: few enough that what is picked for them stays near the processor."""

SPREAD = 10
"""A cell that is picked for both rows and compared takes so much longer than one of a block that is spread out."""

LONG = 16
"""Cells of a pair from which spreading one of its rows is worth while."""

DENSE = 1 << 19
"""Cells of a block that is spread out; it takes 4 MB."""

NARROW = 16
"""Columns up to which the products of many pairs are added up column by column."""

TURNS = 2
"""So many products of all rows with all may be made for each pair that is asked for, before picking takes less."""


def row_products(matrix: sparse.csr_array, first: Positions, second: Positions) -> Numbers:
    """Scalar product of row `first[i]` with row `second[i]`, for each i.

    Where rows have little in common, all products there are are made at once and looked up; where the columns are
    few, they are added up one by one. Otherwise rows are picked pair by pair where that is less work; picking copies
    each row as often as it has pairs, so where most rows are paired with most, `BLOCK` rows at a time are multiplied
    with all.
    """
    if len(first) > CHUNK:
        if _products_of_all(matrix) <= TURNS * len(first):
            return values_at(sparse.csr_array(matrix @ matrix.T), first, second)
        if matrix.shape[1] <= NARROW:
            return _by_columns(matrix, first, second)
    filled = np.diff(matrix.indptr)
    both = np.flatnonzero((filled[first] > 0) & (filled[second] > 0))  # an empty row gives 0
    cells = int(filled[first[both]].sum() + filled[second[both]].sum())
    if PICKED * cells >= matrix.shape[0] ** 2:
        return _block_products(matrix, first, second)
    found = np.zeros(len(first))
    is_long = cells > LONG * len(both) and SPREAD * cells > matrix.shape[0] * matrix.shape[1]
    products = _spread_products if is_long else _picked_products
    found[both] = products(matrix, first[both], second[both])
    return found


def _products_of_all(matrix: sparse.csr_array) -> int:
    """How many products of two cells it takes to multiply all rows with all."""
    return int((np.bincount(matrix.indices, minlength=1).astype(np.int64) ** 2).sum())


def values_at(matrix: sparse.csr_array, first: Positions, second: Positions) -> Numbers:
    """The value in row `first[i]` and column `second[i]`, for each i; 0 where nothing is stored.

    Quick if the cells are asked for in their order, each once: then the few that are stored are looked for among them.
    """
    width = matrix.shape[1]
    asked = first * width + second
    if not (asked[1:] > asked[:-1]).all():
        return np.asarray(matrix[first, second]).ravel().astype(float) if len(first) else np.zeros(0)
    cells = matrix.tocoo()
    stored = cells.row.astype(np.int64) * width + cells.col
    at = np.searchsorted(asked, stored)
    is_asked = at < len(asked)
    is_asked[is_asked] = asked[at[is_asked]] == stored[is_asked]
    found = np.zeros(len(first))
    found[at[is_asked]] = cells.data[is_asked]
    return found


def _by_columns(matrix: sparse.csr_array, first: Positions, second: Positions) -> Numbers:
    """The same where the columns are few: added up one after the other."""
    found, columns = np.zeros(len(first)), np.ascontiguousarray(matrix.toarray().T)
    for start in range(0, len(first), CHUNK):
        part = slice(start, start + CHUNK)
        for column in columns:
            found[part] += column[first[part]] * column[second[part]]
    return found


def _block_products(matrix: sparse.csr_array, first: Positions, second: Positions) -> Numbers:
    """The same where most rows are paired with most."""
    found, columns = np.zeros(len(first)), sparse.csr_array(matrix.T)
    for start in range(0, matrix.shape[0], BLOCK):
        here = np.flatnonzero((first >= start) & (first < start + BLOCK))
        if len(here):
            products = (matrix[start : start + BLOCK] @ columns).toarray()
            found[here] = products[first[here] - start, second[here]]
    return found


def _picked_products(matrix: sparse.csr_array, first: Positions, second: Positions) -> Numbers:
    found = np.zeros(len(first))
    for start in range(0, len(first), CHUNK):
        part = slice(start, start + CHUNK)
        found[part] = np.asarray(matrix[first[part]].multiply(matrix[second[part]]).sum(axis=1)).ravel()
    return found


def _spread_products(matrix: sparse.csr_array, first: Positions, second: Positions) -> Numbers:
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
