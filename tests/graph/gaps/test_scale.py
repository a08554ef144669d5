"""The lists for a whole district: arithmetic on blocks gives what pairs give, and nobody waits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from builders import BASE, Quartier
from graph.gaps import gaps
from graph.gaps.geometry import apart, apart_by_pair, located, metres
from graph.gaps.matrices import Picks, binary, row_best
from graph.gaps.products import CHUNK, _picked_products, _spread_products, row_products

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

ACTORS = 1000


@given(st.integers(1, 600), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_products_of_rows_are_those_of_each_pair(rows: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    matrix = sparse.csr_array(sparse.random(rows, 7, density=0.4, rng=chance, format="csr"))
    first, second = chance.integers(0, rows, (2, 50))
    dense = matrix.toarray()
    assert np.allclose(row_products(matrix, first, second), (dense[first] * dense[second]).sum(axis=1))


@given(st.integers(0, 40), st.integers(1, 60), st.floats(0, 1), st.integers(0, 2**32 - 1))
@settings(max_examples=50, deadline=None)
def test_laid_out_columns_give_the_greatest_of_each_row(rows: int, columns: int, density: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    matrix = sparse.csr_array(sparse.random(rows, columns, density=density, rng=chance, format="csr"))
    values = chance.random(columns)
    assert Picks(matrix).best(values).tolist() == row_best(binary(matrix), values).tolist()


@given(st.integers(0, 2**32 - 1), st.booleans())
@settings(max_examples=20, deadline=None)
def test_spreading_long_rows_gives_what_picking_them_gives_to_the_last_digit(seed: int, sort: bool) -> None:
    chance = np.random.default_rng(seed)
    wide = sparse.csr_array(sparse.random(300, 40, density=0.4, rng=chance, format="csr"))
    matrix = sparse.csr_array(wide @ sparse.random(40, 60, density=0.2, rng=chance, format="csr"))
    if sort:
        matrix.sort_indices()
    first, second = chance.integers(0, 300, (2, 200))
    assert (_spread_products(matrix, first, second) == _picked_products(matrix, first, second)).all()


@given(st.integers(1, 400), st.integers(1, 60), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_products_of_very_many_pairs_are_those_of_each(rows: int, columns: int, seed: int) -> None:
    """In order, each once, they are looked up where rows have little in common; else added up column by column."""
    chance = np.random.default_rng(seed)
    matrix = sparse.csr_array(sparse.random(rows, columns, density=chance.random(), rng=chance, format="csr"))
    keys = np.sort(chance.integers(0, rows**2, CHUNK + 1))
    dense = matrix.toarray() @ matrix.toarray().T
    for asked in (keys, np.unique(keys), keys[::-1]):
        first, second = np.divmod(asked, rows)
        assert np.allclose(row_products(matrix, first, second), dense[first, second])


def test_distances_of_many_are_those_of_each_and_unknown_where_a_side_is() -> None:
    spots = {0: (13.36, 52.54), 2: (13.38, 52.55)}
    rows = located(spots, 3)
    told = pytest.approx([metres(spots[0], spots[2]), np.nan], nan_ok=True)
    assert apart(rows[[0, 0]], rows[[2, 1]]) == told
    assert apart_by_pair(rows, np.array([0, 0]), np.array([2, 1])) == told


@pytest.fixture(scope="module")
def district() -> Iterator[Store]:
    """A thousand actors close together in few fields, so that half of all pairs have something in common."""
    chance, quartier = np.random.default_rng(1), Quartier()
    for number in range(6):
        quartier.handlungsfeld("2022", str(number), f"Feld {number}")
    fields = [f"{BASE}handlungsfeld/2022-{number}" for number in range(6)]
    places = [
        quartier.place(f"Ort {n}", at=(13.36 + chance.random() / 80, 52.54 + chance.random() / 80)) for n in range(90)
    ]
    actors = [
        quartier.actor(f"Akteur {n}", sector="bildung", place=places[n % 90], fields=[fields[n % 6]])
        for n in range(ACTORS)
    ]
    for n in range(150):
        carrier, *partners = (actors[at] for at in chance.choice(ACTORS, 4, replace=False))
        quartier.project(f"Projekt {n}", traeger=[carrier], partner=partners, start="2024", fields=[fields[n % 6]])
    with quartier.store() as store:
        yield store


@pytest.mark.parametrize("asked", [{}, {"handlungsfeld": "2022-1"}, {"actor": "akteur-7"}, {"limit": 100}])
def test_nobody_waits_for_a_thousand_actors(district: Store, asked: dict[str, str]) -> None:
    start = time.process_time()
    found = gaps(district, "introduce", **asked)  # type: ignore[arg-type]
    assert found
    assert time.process_time() - start < 5  # it took fifteen seconds and more when pairs were met one by one
