"""Measures against values that others published, or that a person can work out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from drawn_networks import random_networks
from hypothesis import given
from hypothesis import strategies as st

from graph import measures

if TYPE_CHECKING:
    from random import Random

KITE = (
    nx.krackhardt_kite_graph()
)  # 0 Andre, 1 Beverly, 2 Carol, 3 Diane, 4 Ed, 5 Fernando, 6 Garth, 7 Heather, 8 Ike, 9 Jane
KARATE = nx.Graph(nx.karate_club_graph().edges)  # Zachary 1977, without the weights networkx adds
BORGATTI = nx.Graph(["AB", "AE", "AF", "AG", "BD", "BG", "CG", "DG", "EG", "FG"])  # Borgatti 1997, figure 1


def shuffled(network: nx.Graph[Any], random: Random) -> nx.Graph[Any]:
    """The same network, its nodes and ties in another order."""
    nodes, ties = list(network.nodes(data=True)), list(network.edges(data=True))
    random.shuffle(nodes)
    random.shuffle(ties)
    other: nx.Graph[Any] = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from((v, u, data) if random.random() < 0.5 else (u, v, data) for u, v, data in ties)
    return other


def test_partners_of_the_kite_are_krackhardts():
    """Krackhardt 1990, table 1: Diane has most partners (6), Jane one."""
    assert [measures.partners(KITE)[actor] for actor in range(10)] == [4, 4, 3, 6, 3, 5, 5, 3, 2, 1]


def test_betweenness_of_the_kite_is_krackhardts():
    """Krackhardt 1990, table 1, to three places: Heather .389, Fernando and Garth .231, Ike .222, Diane .102 …"""
    values = measures.betweenness(KITE)
    expected = {7: 0.389, 5: 0.231, 6: 0.231, 8: 0.222, 3: 0.102, 0: 0.023, 1: 0.023, 2: 0, 4: 0, 9: 0}
    assert {actor: round(value, 3) for actor, value in values.items()} == expected


def test_betweenness_of_zacharys_club_is_the_published_one():
    """Mr. Hi (0) and the officer (33): 231.07 and 160.55 of 528 pairs, as in UCINET and igraph's manuals."""
    values = measures.betweenness(KARATE)
    assert values[0] * 528 == pytest.approx(231.07, abs=0.005)
    assert values[33] * 528 == pytest.approx(160.55, abs=0.005)


def test_betweenness_is_the_same_whoever_computes_it():
    """Above the threshold igraph counts, and counts what networkx counts."""
    network = nx.gnm_random_graph(measures.brokerage.IGRAPH_FROM + 20, 700, seed=3)
    assert measures.betweenness(network) == pytest.approx(nx.betweenness_centrality(network))


def test_effective_size_of_borgattis_example():
    """Borgatti 1997: G has six contacts with four ties among them, 6 − 2 · 4 / 6 = 4.67."""
    assert measures.effective_size(BORGATTI)["G"] == pytest.approx(4.67, abs=0.005)


def test_constraint_of_borgattis_example():
    """Hand computation, agreeing with the values networkx gives for the same figure: G .400, A .595, C 1."""
    values = measures.constraint(BORGATTI)
    assert {actor: round(values[actor] or 0, 3) for actor in "GAC"} == {"G": 0.4, "A": 0.595, "C": 1.0}


@pytest.mark.parametrize(
    ("network", "actor", "expected"),
    [
        (nx.path_graph(2), 0, 1.0),  # all invested in one who knows nobody else
        (nx.star_graph(5), 0, 1 / 5),  # five who do not know each other: 5 · (1/5)²
        (nx.complete_graph(3), 0, 1.125),  # Burt's maximum: 2 · (1/2 + 1/2 · 1/2)²
        (nx.empty_graph(1), 0, None),  # nobody to be constrained by
    ],
)
def test_constraint_of_textbook_cases(network: nx.Graph[int], actor: int, expected: float | None):
    """Worked out by hand from the formula."""
    assert measures.constraint(network)[actor] == pytest.approx(expected)


@given(random_networks())
def test_constraint_and_effective_size_are_what_their_formulas_say(network: nx.Graph[int]):
    """Burt's and Borgatti's formulas, written out once more as they stand in the books."""
    nx.set_edge_attributes(network, {(u, v): 1 / (1 + (u * v) % 5) for u, v in network.edges}, "weight")
    constraint, size = measures.constraint(network), measures.effective_size(network)

    def share(i: int, j: int) -> float:
        return network.edges[i, j]["weight"] / network.degree(i, "weight") if network.has_edge(i, j) else 0

    for i, partners in network.adjacency():
        among = network.subgraph(partners).number_of_edges()
        indirect = {j: sum(share(i, q) * share(q, j) for q in network) for j in partners}
        expected = sum((share(i, j) + indirect[j]) ** 2 for j in partners) if partners else None
        assert constraint[i] == pytest.approx(expected)
        assert size[i] == pytest.approx(len(partners) - 2 * among / len(partners) if partners else None)


def test_heather_and_ike_are_the_kites_bottlenecks():
    """Without Heather two others lose their connection, without Ike one; each of the two last ties holds as many."""
    assert measures.cut_actors(KITE) == {7: 2, 8: 1}
    assert measures.cut_ties(KITE) == [measures.CutTie(7, 8, 2), measures.CutTie(8, 9, 1)]


@given(random_networks())
def test_cut_actors_are_those_whose_absence_parts_others(network: nx.Graph[int]):
    """By the definition itself: take each actor out and look."""
    expected = {}
    for actor in network:
        mine = nx.node_connected_component(network, actor) - {actor}
        pieces = list(nx.connected_components(network.subgraph(mine)))
        if len(pieces) > 1:
            expected[actor] = len(mine) - max(map(len, pieces))
    assert measures.cut_actors(network) == expected


@given(random_networks())
def test_cut_ties_are_the_bridges(network: nx.Graph[int]):
    """The same ties as networkx finds, and each loses its smaller side."""
    cuts = measures.cut_ties(network)
    assert {(cut.one, cut.other) for cut in cuts} == {(min(tie), max(tie)) for tie in nx.bridges(network)}
    for cut in cuts:
        without = nx.restricted_view(network, [], [(cut.one, cut.other)])
        sides = [len(nx.node_connected_component(without, end)) for end in (cut.one, cut.other)]
        assert cut.loses == min(sides)


def test_a_chain_of_many_actors_is_walked():
    """Nothing here calls itself, so a chain longer than Python's stack is no problem."""
    assert measures.cut_actors(nx.path_graph(3001))[1500] == 1500


def test_groups_find_two_circles_and_name_them_after_their_best_tied():
    """Two cliques of five joined by one tie are two groups in every run."""
    network = nx.barbell_graph(5, 0)
    found = measures.groups(network)
    assert [group.members for group in found] == [(0, 1, 2, 3, 4), (5, 6, 7, 8, 9)]
    assert [(group.core, group.stability) for group in found] == [(0, 1.0), (5, 1.0)]


def test_groups_of_zacharys_club_part_its_two_leaders():
    """Zachary 1977: the club split between Mr. Hi (0) and the officer (33)."""
    found = measures.groups(KARATE)
    group_of = {actor: group.core for group in found for actor in group.members}
    assert group_of[0] != group_of[33]
    assert {0, 33} <= {group.core for group in found}


def test_a_pair_or_nobody_is_no_group():
    """Groups begin at three."""
    assert measures.groups(nx.path_graph(2)) == []
    assert measures.groups(nx.empty_graph(4)) == []


def test_openness_stands_beside_its_value_by_chance():
    """Two of three ties cross; four actors in two sectors of two: chance 1 − 2 · (2 + 2) / (4 · 3) = 1/3."""
    network: nx.Graph[str] = nx.Graph(["ab", "bc", "cd"])
    nx.set_node_attributes(network, {"a": "kita", "b": "kultur", "c": "kultur", "d": "kita"}, "sector")
    assert measures.openness(network) == measures.Openness(pytest.approx(1 / 3), pytest.approx(1 / 3), 3)


def test_chance_is_the_mean_over_all_ways_to_deal_the_sectors():
    """The formula for chance against every permutation of five actors' sectors."""
    from itertools import permutations

    network = nx.path_graph(5)
    sectors = ["kita", "kita", "kita", "kultur", "sport"]
    values = []
    for dealt in permutations(sectors):
        nx.set_node_attributes(network, dict(enumerate(dealt)), "sector")
        values.append(measures.openness(network).value)
    assert measures.openness(network).by_chance == pytest.approx(sum(values) / len(values))


def test_openness_without_known_sectors_is_undefined():
    """Unknown is not open and not closed."""
    assert measures.openness(KITE) is None
    assert set(measures.actor_openness(KITE).values()) == {None}


def test_newcomers_take_part_in_at_most_one_project():
    """Two projects make an actor known; places and events do not count."""
    network: nx.Graph[str] = nx.Graph([("neu", "p1"), ("alt", "p1"), ("alt", "p2"), ("neu", "ort")])
    network.add_node("insel")
    types = {"neu": "actor", "alt": "actor", "insel": "actor", "p1": "project", "p2": "project", "ort": "place"}
    nx.set_node_attributes(network, types, "type")
    assert measures.newcomers(network) == ["neu", "insel"]


def test_a_star_is_wholly_centralised_and_a_circle_not_at_all():
    """Freeman 1978: the two ends of the scale."""
    assert measures.centralisation(nx.star_graph(6)) == 1
    assert measures.centralisation(nx.cycle_graph(6)) == 0
    assert measures.centralisation(nx.path_graph(2)) is None


def test_the_summary_of_the_kite():
    """Ten actors, eighteen ties (Krackhardt 1990), one component, two bottlenecks, two threads."""
    found = measures.summary(nx.union(KITE, nx.relabel_nodes(nx.empty_graph(1), {0: 10})))
    assert (found.actors, found.ties, found.isolates, found.components, found.largest) == (11, 18, 1, 2, 10)
    assert (found.cut_actors, found.cut_ties) == (2, 2)
    assert found.mean_partners == pytest.approx(36 / 11)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_smallest_networks_have_measures_too(count: int):
    """Nothing divides by nothing."""
    network = nx.empty_graph(count)
    assert measures.summary(network).actors == count
    assert len(measures.measure_table(network)) == count


@given(random_networks(9), st.randoms(use_true_random=False))
def test_no_measure_depends_on_the_order_of_nodes_or_ties(network: nx.Graph[int], random: Random):
    """The table and the summary of a network are those of its shuffled copy, to the last digit shown."""
    nx.set_edge_attributes(network, {(u, v): 1 / (1 + (u * v) % 5) for u, v in network.edges}, "weight")
    nx.set_node_attributes(network, {actor: "abc"[actor % 3] for actor in network}, "sector")
    other = shuffled(network, random)
    assert [line.row() for line in measures.measure_table(other)] == [
        line.row() for line in measures.measure_table(network)
    ]
    assert measures.summary(other) == measures.summary(network)


def test_every_measure_is_a_column_with_words_in_both_languages():
    """What the interface explains is what the table holds, and it never says a German word in English."""
    columns = measures.ActorMeasures.__dataclass_fields__
    for measure in measures.MEASURES:
        assert measure.name in columns
        for texts in (measure.label, measure.means, measure.not_means):
            assert texts["de"] != texts["en"]
            assert all(texts.values())
