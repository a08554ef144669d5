"""Lists of missing partnerships beside their peers: `pytest -s tests/benchmarks/bench_gaps.py`.

Twelve features of all pairs at distance two of a drawn network of 100 000 actors, beside the bare product of the same
matrix by scipy; the pairs of a network of 5 000 actors beside networkx's generator over all its non-edges; and where
the seconds go in a district of 20 000.
"""

from __future__ import annotations

import gc
import sys
from functools import partial
from itertools import islice
from time import process_time
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from drawn_districts import drawn_district
from scipy import sparse

from graph.gaps import KINDS, gaps
from graph.gaps import matrices as m
from graph.gaps.products import row_products
from graph.gaps.reading import records
from graph.network import facts

if TYPE_CHECKING:
    from collections.abc import Callable

FEATURES = 12


def say(text: str) -> None:
    """Show a figure (pytest -s)."""
    sys.stdout.write(f"\n{text}\n")


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of `work`."""
    start = process_time()
    work()
    return process_time() - start


def drawn(actors: int) -> sparse.csr_array:
    """Who works with whom: two partners each on average, drawn."""
    chance = np.random.default_rng(1)
    rows, columns = chance.integers(0, actors, (2, actors))
    half = sparse.csr_array((np.ones(actors), (rows, columns)), shape=(actors, actors))
    return m.binary(m.without_diagonal(m.csr(half + half.T)))


def test_twelve_features_cost_little_more_than_bare_scipy() -> None:
    near = drawn(100_000)
    pairs = sparse.triu(m.csr(near @ near), 1).tocoo()
    first, second = pairs.row.astype(np.int64), pairs.col.astype(np.int64)

    def bare() -> None:
        for _ in range(FEATURES):
            np.asarray(near[first].multiply(near[second]).sum(axis=1))

    def ours() -> None:
        for _ in range(FEATURES):
            row_products(near, first, second)

    peer, own = seconds(bare), seconds(ours)
    say(f"{len(first)} pairs, {FEATURES} features: bare scipy {peer:.2f} s, ours {own:.2f} s: {own / peer:.2f} times")
    assert own < 1.5 * peer


def test_pairs_come_hundreds_of_times_faster_than_from_networkx() -> None:
    near = drawn(5_000)
    network = nx.from_scipy_sparse_array(near)
    some = 20_000
    part = seconds(lambda: list(islice(nx.resource_allocation_index(network), some)))
    every = part * (5_000 * 4_999 / 2 - network.number_of_edges()) / some

    def ours() -> None:
        found = sparse.triu(m.csr(near @ near), 1).tocoo()
        row_products(near, found.row.astype(np.int64), found.col.astype(np.int64))

    own = seconds(ours)
    say(f"networkx, all non-edges: {every:.1f} s (from {some} of them); ours {own:.3f} s: {every / own:.0f} times")
    assert every > 300 * own


def test_where_the_seconds_go_in_a_district_of_twenty_thousand() -> None:
    """Reading and each list, every one cold but for what those before it left; figures only, no limit.

    Python looks for circles as often as it does in commands (`graph.cli.frame`).
    """
    gc.set_threshold(50_000, 20, 50)
    with drawn_district(20_000).store() as store:
        parts = {"the facts of the network": facts, "the records": records}
        parts |= {kind: partial(gaps, kind=kind) for kind in KINDS}
        taken = {name: seconds(partial(part, store)) for name, part in parts.items()}
    for name, spent in taken.items():
        say(f"{name}: {spent:.1f} s")
    say(f"all: {sum(taken.values()):.1f} s")
