"""What hangs together, what joins it again, who reaches everybody: held against trying all possibilities."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

import networkx as nx
from drawn_networks import random_networks
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import measures

small = random_networks(9)


@given(random_networks())
def test_the_pieces_of_a_cut_actor_are_what_its_absence_leaves(network: nx.Graph[int]) -> None:
    for cut in measures.cuts(network):
        others = nx.node_connected_component(network, cut.actor) - {cut.actor}
        left = sorted(map(sorted, nx.connected_components(network.subgraph(others))), key=lambda one: (-len(one), one))
        assert cut.pieces() == left[1:]
        assert cut.loses == sum(map(len, cut.pieces()))


@given(random_networks())
def test_the_side_of_a_cut_tie_is_what_loses_its_connection(network: nx.Graph[int]) -> None:
    for tie in measures.cut_ties(network):
        without = nx.restricted_view(network, [], [(tie.one, tie.other)])
        sides = [sorted(nx.node_connected_component(without, end)) for end in (tie.one, tie.other)]
        assert tie.side() == min(sides, key=lambda side: (len(side), side))


def reached(network: nx.Graph[int], some: Any) -> set[int]:
    return {one for chosen in some for one in (chosen, *network[chosen])}


@settings(max_examples=60, deadline=None)
@given(small, st.data())
def test_a_cover_reaches_all_within_its_bounds_of_the_smallest(network: nx.Graph[int], data: st.DataObject) -> None:
    """Against all sets, by size: never smaller than possible, never below the bound, often the smallest."""
    barred = data.draw(st.sets(st.sampled_from(range(9)), max_size=2))
    reach = {one: [one, *network[one]] for one in network if one not in barred}
    pinned = sorted(reach)[:1]
    found = measures.cover(reach, network, pinned=pinned)
    possible = reached(network, reach)
    assert reached(network, found.chosen) == possible
    assert set(found.unreached) == set(network) - possible
    assert set(pinned) <= set(found.chosen) <= set(reach)
    fewest = next(
        size
        for size in range(len(network) + 1)
        for some in combinations(sorted(reach), size)
        if reached(network, some) == possible and set(pinned) <= set(some)
    )
    most = max((len(one) for one in reach.values()), default=0)
    assert found.at_least <= fewest <= len(found.chosen)
    assert len(found.chosen) - len(pinned) <= sum(1 / n for n in range(1, most + 1)) * max(fewest - len(pinned), 0)


def test_whom_greed_took_first_may_turn_out_to_be_needless() -> None:
    """Greed takes the middle of four, then both others; the two others are enough."""
    found = measures.cover({"top": [1, 2, 3], "low": [4, 5, 6], "mid": [1, 2, 4, 5]}, range(1, 7))
    assert found == measures.Cover(("low", "top"), (), 2)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 1), max_size=6), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=9))
def test_joining_is_the_smallest_set_that_joins_as_much_as_any(wholes: list[int], drawn: list[tuple[int, int]]) -> None:
    """Against all sets of candidates: as few parts stay apart as with all, with as few ties as possible."""
    pairs = [(a, b) for a, b in drawn if a < len(wholes) and b < len(wholes)]
    inside = [number for number, (a, b) in enumerate(pairs) if wholes[a] == wholes[b]]

    def parts(numbers: Any) -> int:
        network: nx.Graph[int] = nx.Graph()
        network.add_nodes_from(range(len(wholes)))
        network.add_edges_from(pairs[number] for number in numbers)
        return nx.number_connected_components(network)

    found = measures.joining(wholes, pairs)
    fewest = next(n for n in range(len(pairs) + 1) for some in combinations(inside, n) if parts(some) == parts(inside))
    assert set(found.ties) <= set(inside)
    assert parts(found.ties) == parts(inside)
    assert len(found.ties) == fewest
    assert sum(len(groups) - 1 for groups in found.apart) == parts(inside) - len(set(wholes))


def test_a_candidate_nothing_speaks_for_is_not_chosen() -> None:
    found = measures.joining([0, 0], [(0, 1), (1, 0)], usable=lambda number: number == 1)
    assert found.ties == (1,)
    assert measures.joining([0, 0], [(0, 1)], usable=lambda _: False).apart == (((0,), (1,)),)


def test_sifting_candidates_in_portions_changes_nothing() -> None:
    """Against Kruskal's rule applied to every candidate in turn."""
    chance, parts = Random(1), nx.utils.UnionFind(range(900))  # noqa: S311  # the same candidates each time
    pairs = [(chance.randrange(900), chance.randrange(900)) for _ in range(9000)]
    wanted = []
    for number, (one, other) in enumerate(pairs):
        if one % 3 == other % 3 and parts[one] != parts[other]:
            parts.union(one, other)
            wanted.append(number)
    assert measures.joining([part % 3 for part in range(900)], pairs).ties == tuple(wanted)
