"""Places: the same every time, apart from each other, and where people remember them."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

import graph
from graph.layout import stored_positions
from graph.layout.arrangement import positions

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

Point = tuple[float, float]


def network_of(count: int, seed: int = 1) -> nx.Graph[str]:
    """Circles of about twenty actors each, loosely tied, and some actors alone."""
    network = nx.random_partition_graph([20] * (count // 20), 0.3, 2 / count, seed=seed)
    return nx.relabel_nodes(network, {node: f"actor/{node:04d}" for node in network})


def nearest(places: dict[str, Point]) -> np.ndarray:
    """How far each node is from its nearest other, in pixels."""
    points = np.array(list(places.values()))
    return cKDTree(points).query(points, k=2)[0][:, 1]


def moved(before: dict[str, Point], after: dict[str, Point]) -> float:
    """How far the nodes of `before` moved on average, as a share of the picture's width."""
    points = np.array(list(before.values()))
    ways = np.hypot(*(np.array([after[node] for node in before]) - points).T)
    return float(ways.mean() / np.ptp(points[:, 0]))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
def test_unlinked_nodes_have_places_of_their_own(count: int):
    """Nothing, one, two or a few nodes without a tie are drawn apart."""
    places = positions(nx.empty_graph(count))
    assert len(set(places.values())) == count


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30))
def test_every_network_is_drawn_with_finite_places_apart(count: int, ties: list[tuple[int, int]]):
    """Loops, doubles, stars, chains: no place is missing, none is infinite, no two nodes touch."""
    network = nx.MultiGraph((a % count, b % count) for a, b in ties)
    network.add_nodes_from(range(count))
    places = positions(network)
    assert list(places) == list(range(count))
    assert np.isfinite(list(places.values())).all()
    assert count == 1 or nearest(places).min() > 40


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_nodes_and_ties_does_not_count(random: Random):
    """A shuffled network is the same picture."""
    network = network_of(60)
    nodes, ties = list(network), list(network.edges)
    random.shuffle(nodes)
    random.shuffle(ties)
    other: nx.Graph[str] = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from(ties)
    assert positions(other) == positions(network)


def test_another_process_draws_the_same_picture():
    """PYTHONHASHSEED, which orders sets, does not show."""
    code = "import networkx as n, graph.layout.arrangement as a; print(a.positions(n.karate_club_graph())[33])"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


@pytest.mark.parametrize("count", [60, 600])
def test_nodes_stand_apart_in_a_readable_measure(count: int):
    """Nearest neighbours are 60 to 110 pixels apart on average and never touch (nodes are about 30 wide)."""
    apart = nearest(positions(network_of(count)))
    assert 60 <= apart.mean() <= 110
    assert apart.min() > 40


def test_tied_actors_stand_nearer_than_others():
    """A picture says something: ties are far shorter than the mean distance of all pairs."""
    network = network_of(200)
    places = positions(network)
    points = np.array([places[node] for node in sorted(network)])
    tied = np.mean([np.hypot(*np.subtract(places[one], places[other])) for one, other in network.edges])
    anybody = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)).mean()
    assert tied < anybody * 0.5


def test_what_is_not_connected_stands_beneath():
    """Pairs and single actors do not lie among those they have nothing to do with."""
    places = positions(nx.union(nx.karate_club_graph(), nx.relabel_nodes(nx.path_graph(2), {0: 90, 1: 91})))
    assert min(places[90][1], places[91][1]) > max(places[node][1] for node in range(34))


def test_old_places_stay_when_some_join():
    """Five new actors among 200 move the old ones by less than a twentieth of the picture; they join their partners."""
    network = network_of(200)
    before = positions(network)
    for number in range(5):
        network.add_edge(f"new/{number}", f"actor/{number * 30:04d}")
    after = positions(network, start=before)
    assert moved(before, after) < 0.05
    assert all(np.hypot(*np.subtract(after[f"new/{n}"], after[f"actor/{n * 30:04d}"])) < 400 for n in range(5))


def test_a_newcomer_without_ties_stands_outside_the_old_picture():
    """It disturbs nobody."""
    before = positions(network_of(60))
    network = network_of(60)
    network.add_node("new")
    after = positions(network, start=before)
    assert any(after["new"][axis] > max(after[node][axis] for node in before) for axis in (0, 1))


def test_places_that_make_no_sense_are_ignored():
    """Infinite places and those of strangers do not spoil the picture."""
    network = nx.karate_club_graph()
    places = positions(network, start={0: (float("nan"), 0.0), "stranger": (1.0, 2.0), 1: (10.0, 10.0)})
    assert np.isfinite(list(places.values())).all()
    assert len(places) == 34


def test_another_seed_is_another_picture():
    """The seed is the only chance there is."""
    network = nx.karate_club_graph()
    assert positions(network, seed=2) != positions(network, seed=1)


def test_stored_places_survive_the_process(tmp_path: Path):
    """What is written is what the next start draws, to the last digit."""
    network = network_of(60)
    with graph.open(tmp_path / "data") as store:
        before = stored_positions(store, network)
    with graph.open(tmp_path / "data") as store:
        assert stored_positions(store, network) == before
    assert [file.name for file in (tmp_path / "data").glob("layout.json*")] == ["layout.json"]


def test_a_node_that_comes_back_finds_its_place():
    """Taking a withdrawal back restores the picture, near enough to recognise it."""
    whole = network_of(60)
    with graph.open(None) as store:
        before = stored_positions(store, whole)
        without = whole.copy()
        without.remove_node("actor/0007")
        stored_positions(store, without)
        after = stored_positions(store, whole)
    assert np.hypot(*np.subtract(before["actor/0007"], after["actor/0007"])) < 200
    assert moved(before, after) < 0.05


def test_pictures_of_different_names_keep_their_own_places():
    """The network of actors does not move when that of places is drawn."""
    with graph.open(None) as store:
        actors = stored_positions(store, network_of(60), "actors")
        stored_positions(store, network_of(40), "places")
        assert stored_positions(store, network_of(60), "actors") == actors


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"network": {"places": {"a": "x"}}}', '{"network": {"places": {"a": [1]}}}']
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture):
    """Places can be computed again; a broken file is no reason to stop, and the log says so."""
    with graph.open(tmp_path / "data") as store:
        (tmp_path / "data" / "layout.json").write_text(text)
        assert len(stored_positions(store, network_of(40))) == 40
    assert "layout.json" in caplog.text
    assert json.loads((tmp_path / "data" / "layout.json").read_text())["network"]["places"]


def test_two_threads_that_ask_at_once_get_one_picture():
    """The first visitor computes, the second waits."""
    with graph.open(None) as store:
        answers: list[dict[str, Point]] = []
        threads = [
            threading.Thread(target=lambda: answers.append(stored_positions(store, network_of(100)))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [answers[0]] * 4
