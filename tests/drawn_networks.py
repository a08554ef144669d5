"""Small networks for property tests."""

from __future__ import annotations

import networkx as nx
from hypothesis import strategies as st


def random_networks(most: int = 14) -> st.SearchStrategy[nx.Graph[int]]:
    """Networks of 0 to `most` numbered actors."""

    def build(count: int, pairs: list[tuple[int, int]]) -> nx.Graph[int]:
        network: nx.Graph[int] = nx.Graph()
        network.add_nodes_from(range(count))
        network.add_edges_from((a % count, b % count) for a, b in pairs if count and a % count != b % count)
        return network

    number = st.integers(0, most - 1)
    return st.builds(build, st.integers(0, most), st.lists(st.tuples(number, number), max_size=25))
