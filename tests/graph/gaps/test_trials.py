"""Rankings are judged fairly: equal scores get their expected value, nothing after the eve is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, permutations
from math import comb
from typing import TYPE_CHECKING

import numpy as np
import pytest
from drawn_districts import drawn_district
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import Quartier
from graph.gaps import backtest, panel_pairs, panel_tables
from graph.gaps import matrices as m
from graph.gaps.candidates import candidate_pairs
from graph.gaps.evidence import Evidence
from graph.gaps.geometry import metres, near_pairs
from graph.gaps.horizon import Horizon
from graph.gaps.introduce import pair_scores
from graph.gaps.panel import backtest as judged
from graph.gaps.panel import without_leaks
from graph.gaps.panel_pairs import pair_trial
from graph.gaps.reading import records
from graph.gaps.trials import any_hit, average_precision, expected_hits, measured
from graph.gaps.weights import Weights
from graph.rounds import add_line

if TYPE_CHECKING:
    from graph.gaps.panel import Backtest
    from graph.store import Store

small = st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def panel(example: Store) -> Backtest:
    return backtest(example)


def orders(pairs: list[tuple[int, bool]]) -> list[list[bool]]:
    """The hits in every order that the scores allow."""
    every = permutations(pairs)
    return [
        [hit for _, hit in order] for order in every if [s for s, _ in order] == sorted((s for s, _ in order))[::-1]
    ]


@settings(deadline=None)
@given(small, st.integers(1, 6))
def test_expected_hits_are_the_mean_over_all_orders_of_equal_scores(pairs: list[tuple[int, bool]], first: int) -> None:
    scores, hits = np.array([float(s) for s, _ in pairs]), np.array([h for _, h in pairs])
    mean = np.mean([sum(order[:first]) for order in orders(pairs)])
    assert expected_hits(scores, hits, first) == pytest.approx(mean)


@settings(deadline=None)
@given(small, st.integers(1, 6))
def test_any_hit_is_the_share_of_orders_with_a_hit(pairs: list[tuple[int, bool]], first: int) -> None:
    scores, hits = np.array([float(s) for s, _ in pairs]), np.array([h for _, h in pairs])
    assert any_hit(scores, hits, first) == pytest.approx(np.mean([any(order[:first]) for order in orders(pairs)]))


def test_average_precision_of_known_orders() -> None:
    """Hits at ranks 1 and 3 of 4: (1/1 + 2/3) / 2 (Manning, Raghavan, Schütze 2008, section 8.4)."""
    hits = np.array([True, False, True, False])
    assert average_precision(np.array([4.0, 3.0, 2.0, 1.0]), hits) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.array([1.0, 2.0]), np.array([False, False])) == 0


def test_the_interval_holds_the_mean() -> None:
    found = measured([0.0, 0.1, 0.2, 0.4])
    assert found.low <= found.value <= found.high
    assert found.value == pytest.approx(0.175)
    assert measured([]) == (0, 0, 0)


def test_random_order_hits_as_often_as_combinatorics_says() -> None:
    hits = np.array([True] * 3 + [False] * 17)
    assert any_hit(np.zeros(20), hits, 10) == pytest.approx(1 - comb(17, 10) / comb(20, 10))


def test_ours_beats_every_index_on_the_example(panel: Backtest) -> None:
    ours = panel.introduce["methods"]["pankenetz"]
    others = [values for name, values in panel.introduce["methods"].items() if name != "pankenetz"]
    assert ours["p20"].value >= 0.05
    for measure in ("p20", "map", "any10"):
        assert all(ours[measure].value > values[measure].value for values in others)


def test_ours_finds_more_of_the_missing_at_a_table_than_any_other(panel: Backtest) -> None:
    ours = panel.table["methods"]["pankenetz"]
    others = [values for name, values in panel.table["methods"].items() if name != "pankenetz"]
    assert ours["any10"].value >= 0.50
    assert ours["recall10"].value >= 0.28
    assert ours["map"].value >= 0.16
    for measure in ("any10", "recall10", "map"):
        assert all(ours[measure].value > values[measure].value for values in others)


@pytest.mark.parametrize("seed", [1, 2])
def test_ours_keeps_up_with_every_index_in_a_district_no_weight_was_chosen_by(seed: int) -> None:
    """Where partners of partners find each other, the indices that know nothing else are hard to beat."""
    with drawn_district(200, seed).store() as store:
        found = backtest(store)
    for methods in (found.introduce["methods"], found.table["methods"]):
        ours = methods["pankenetz"]["map"].value
        assert all(ours > 0.9 * values["map"].value for values in methods.values())


def test_where_pairs_are_too_many_the_candidates_alone_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """By every method; who has a common partner that may introduce is among them, so that no index loses."""
    with drawn_district(60).store() as store:
        every = without_leaks(records(store))
    day, last = date(2020, 1, 1), date(2021, 12, 31)
    all_pairs = set(zip(*pair_trial(every, day, last).pairs, strict=True))
    monkeypatch.setattr(panel_pairs, "MOST_PAIRS", 0)
    trial = pair_trial(every, day, last)
    candidates = set(zip(*candidate_pairs(trial.before, everybody=True), strict=True))
    assert set(zip(*trial.pairs, strict=True)) == candidates < all_pairs
    near = m.binary(trial.before.middles)
    met = {(a, b) for a, b in zip(*m.csr(near @ near.T).nonzero(), strict=True) if a < b}
    assert met & all_pairs <= candidates


def test_of_very_many_own_lists_and_projects_some_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel_pairs, "MOST_LISTS", 3)
    monkeypatch.setattr(panel_tables, "MOST_TABLES", 2)
    with drawn_district(60).store() as store:
        every = records(store)
    assert judged(every).table["projects"] == 2
    trial = pair_trial(without_leaks(every), date(2020, 1, 1), date(2021, 12, 31))
    assert len(trial.own("random", average_precision)) == 3


def test_the_panel_names_all_baselines_and_what_nobody_could_know(panel: Backtest) -> None:
    document = panel.as_json()
    indices = {"preferential_attachment", "common_neighbours", "adamic_adar", "resource_allocation", "jaccard", "katz"}
    assert {"pankenetz", "random", "popularity"} | indices == document["introduce"]["methods"].keys()
    assert document["introduce"]["knowable_pairs"] < document["introduce"]["new_pairs"]
    assert document["introduce"]["methods"]["pankenetz"]["p20"][0] <= document["introduce"]["ceiling"]


def test_the_panel_is_as_agreed_and_nothing_more(panel: Backtest) -> None:
    document = panel.as_json()
    assert set(document["introduce"]) == {"methods", "windows", "ceiling", "new_pairs", "knowable_pairs"}
    assert set(document["table"]) == {"methods", "projects"}


def test_each_strength_is_worth_what_came_true_of_it(panel: Backtest) -> None:
    assert panel.strengths is not None
    for found in panel.strengths.values():
        shares = [strength.hits / strength.lines for strength in found.values()]
        assert shares == sorted(shares, reverse=True)
        assert all(0 <= strength.hits <= strength.lines for strength in found.values())


def test_what_came_true_is_named_in_the_lists_of_the_past(panel: Backtest) -> None:
    assert len(panel.shown) == len(panel.introduce["windows"])
    assert len(panel.seats) == panel.table["projects"]
    assert sum(list_.came for list_ in panel.seats) > len(panel.seats) / 2
    assert all(line.came or not line.what for list_ in panel.shown for line in list_.lines)


def test_weights_of_the_team_are_judged_beside_the_normal_ones(example: Store) -> None:
    found = judged(records(example), Weights(partners=0.0))
    assert found.introduce["methods"]["team_weights"] != found.introduce["methods"]["pankenetz"]
    assert "team_weights" in found.table["methods"]


def test_a_verdict_costs_no_new_backtest_and_a_new_project_does() -> None:
    made = drawn_district(30)
    with made.store() as store:
        before = backtest(store)
        pair = [f"{store.base_iri}actor/{actor.slug}" for actor in records(store).actors[:2]]
        add_line(store, "2022", pair, "Nachbarn", author="Ada")
        assert backtest(store) is before
        tie = Quartier()
        tie.tie(*pair, start="2013")
        store.apply([], tie.quads)
        assert backtest(store) is not before


def test_the_eve_of_a_window_knows_nothing_of_the_window(example: Store) -> None:
    """Scores stay the same when everything later is taken out of the records by hand."""
    every, eve = records(example), Horizon(date(2017, 12, 31), undated=False)
    involvements = tuple(x for x in every.involvements if x.start and x.start <= eve.day)
    begun = {x.subject for x in involvements}
    past = replace(
        every,
        involvements=involvements,
        ties=tuple(x for x in every.ties if x.start and x.start <= eve.day),
        memberships=(),
        projects=tuple(x for x in every.projects if x.iri in begun or (x.start and x.start <= eve.day)),
        events=tuple(x for x in every.events if x.start and x.start <= eve.day),
    )
    found = [Evidence(some, eve) for some in (replace(every, memberships=()), past)]
    scores = [pair_scores(evidence, candidate_pairs(evidence, everybody=True)) for evidence in found]
    assert len(scores[0].score) == len(scores[1].score) > 0
    assert np.allclose(scores[0].score, scores[1].score)


@given(st.lists(st.tuples(st.floats(13.36, 13.39), st.floats(52.54, 52.56)), max_size=12))
def test_near_pairs_are_those_within_the_radius(spots: list[tuple[float, float]]) -> None:
    found = set(zip(*(keys.tolist() for keys in near_pairs(dict(enumerate(spots)), 600)), strict=True))
    for one, other in combinations(range(len(spots)), 2):
        away = metres(spots[one], spots[other])
        if abs(away - 600) > 3:  # the two planes differ by some 1 ‰
            assert ((one, other) in found) == (away < 600)
