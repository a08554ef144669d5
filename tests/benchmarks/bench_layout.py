"""How fast places are found, beside networkx: `python -m pytest -s tests/benchmarks/bench_layout.py`."""

from __future__ import annotations

import sys
from time import perf_counter
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

from graph.layout.arrangement import positions

if TYPE_CHECKING:
    from collections.abc import Callable


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


def circles(count: int) -> nx.Graph[int]:
    """Circles of thirty, loosely tied: about four ties per node within, one between."""
    return nx.random_partition_graph([30] * (count // 30), 0.28, 2 / count, seed=1)


def test_places_are_found_faster_than_networkx_springs():
    """Six hundred nodes: at least five times as fast as networkx.spring_layout in the same run."""
    network = circles(600)
    ours, theirs = seconds(lambda: positions(network)), seconds(lambda: nx.spring_layout(network, seed=1))
    say(f"600 nodes: {ours:.2f} s, networkx.spring_layout {theirs:.2f} s: {theirs / ours:.1f} times as fast")
    assert theirs / ours > 5


@pytest.mark.parametrize(("count", "limit"), [(600, 1.0), (3000, 4.0)])
def test_places_are_found_while_a_visitor_waits(count: int, limit: float):
    """The time at 600 and 3 000 nodes, and that a restart costs no more than a third of it."""
    network = circles(count)
    fresh = seconds(lambda: positions(network))
    old = positions(network)
    again = seconds(lambda: positions(network, start=old))
    say(f"{count} nodes, {network.number_of_edges()} ties: {fresh:.2f} s, restarted {again:.2f} s")
    assert fresh < limit
    assert again < fresh / 3


def test_circles_stay_more_apart_than_in_networkx_springs():
    """What people look for: the circles. Distance within by distance of any two, ours against networkx's."""
    network = circles(300)
    ours, theirs = (_within(network, places) for places in (positions(network), nx.spring_layout(network, seed=1)))
    say(f"within a circle by any two: {ours:.2f}, networkx.spring_layout {theirs:.2f}")
    assert ours < theirs * 1.1


def _within(network: nx.Graph[int], places: dict[int, Any]) -> float:
    points = np.array([places[node] for node in sorted(network)])
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    circle = np.arange(len(points)) // 30
    return float(apart[circle[:, None] == circle].mean() / apart.mean())
