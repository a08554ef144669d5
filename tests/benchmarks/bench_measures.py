"""What measures cost, beside networkx: `python -m pytest -s tests/benchmarks/bench_measures.py`."""

from __future__ import annotations

import sys
from time import perf_counter
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from graph import measures

if TYPE_CHECKING:
    from collections.abc import Callable

NETWORK = nx.barabasi_albert_graph(1000, 4, seed=1)


def say(text: str) -> None:
    """Show a figure (pytest -s)."""
    sys.stdout.write(f"\n{text}\n")


def seconds(work: Callable[[], Any]) -> float:
    """The better of two runs, so that the first's imports do not count."""
    runs = []
    for _ in range(2):
        begin = perf_counter()
        work()
        runs.append(perf_counter() - begin)
    return min(runs)


def test_betweenness_of_a_thousand_actors_is_faster_than_networkx():
    """Same network, same values, same run: at least ten times as fast."""
    mine, peer = seconds(lambda: measures.betweenness(NETWORK)), seconds(lambda: nx.betweenness_centrality(NETWORK))
    say(f"betweenness: {mine:.3f} s, networkx {peer:.3f} s: {peer / mine:.0f} times as fast")
    assert measures.betweenness(NETWORK) == pytest.approx(nx.betweenness_centrality(NETWORK))
    assert peer / mine > 10


def test_cut_actors_cost_one_walk():
    """With how many lose their connection, at most four times what networkx needs to name them."""
    network = nx.gnm_random_graph(5000, 6000, seed=1)
    mine, peer = seconds(lambda: measures.cut_actors(network)), seconds(lambda: list(nx.articulation_points(network)))
    say(f"cut actors: {mine:.3f} s, networkx without the losses {peer:.3f} s")
    assert mine < 4 * peer


def test_the_whole_table_is_there_while_one_waits():
    """A thousand actors, all measures, fifty runs of Leiden."""
    network = NETWORK.copy()
    took = seconds(lambda: measures.measure_table(network))
    say(f"all measures of 1000 actors: {took:.2f} s")
    assert took < 10
