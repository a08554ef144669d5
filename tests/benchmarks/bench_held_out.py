"""Do the lists hold where nobody looked when they were made? `pytest -s tests/benchmarks/bench_held_out.py`.

One Handlungsfeld after the other is held out of the example, with its matched fields of all rounds: the normal weights
and weights chosen on the other fields alone are judged on its projects and pairs, beside the indices of the same run.
Then the backtest of two drawn districts. The figures stand in `graph.gaps.panel`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from drawn_districts import drawn_district
from scipy import sparse

from graph.gaps import backtest
from graph.gaps.candidates import candidate_pairs
from graph.gaps.introduce import pair_scores
from graph.gaps.panel import _windows, without_leaks
from graph.gaps.panel_pairs import LINES, eve, pair_trial
from graph.gaps.panel_tables import _seat_trial
from graph.gaps.products import values_at
from graph.gaps.reading import records
from graph.gaps.seats import Seating
from graph.gaps.tables import Table
from graph.gaps.trials import any_hit, average_precision, expected_hits
from graph.gaps.weights import NORMAL, Weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.gaps.records import Records
    from graph.store import Store

GRID = [Weights(a, b, c, c, d) for a, b, c, d in product((0.5, 1, 2), (0, 1, 2), (0.5, 1, 2), (0.5, 1, 2))]
"""Weights that could have been chosen: theme, nearness, people, readiness."""

OURS = {"normal", "chosen by the rest"}


@dataclass(frozen=True)
class Judged:
    """One ranking with the themes it belongs to: what each weighing and each index scores, and the hits."""

    themes: frozenset[str]
    ours: Mapping[Weights, Any]
    others: Mapping[str, Any]
    hits: Any


def say(text: str) -> None:
    """Show a figure (pytest -s)."""
    sys.stdout.write(f"\n{text}\n")


def themes(every: Records) -> dict[str, frozenset[str]]:
    """Project → its themes: Handlungsfelder that are matched with each other are one."""
    matched = nx.Graph((t.entry, t.value) for t in every.traits if t.kind == "match")
    matched.add_nodes_from(field.iri for field in every.fields)
    of = {iri: min(part) for part in nx.connected_components(matched) for iri in part}
    found = defaultdict(set)
    for trait in every.traits:
        if trait.kind == "field":
            found[trait.entry].add(of[trait.value])
    return {entry: frozenset(some) for entry, some in found.items()}


def seats(every: Records) -> Iterator[Judged]:
    """Each project once, on the eve of the latest window it begins in."""
    of, seen = themes(every), set()
    for start, end in reversed(_windows(every)):
        seating = Seating(eve(every, start))
        for project in every.projects:
            if project.start and start <= project.start <= end and project.iri not in seen:
                seen.add(project.iri)
                table = Table.of(every, project)
                trials = {by: _seat_trial(every, seating, table, by) for by in GRID}
                if trial := trials[NORMAL]:
                    scores = {
                        by: one.scores.get("team_weights", trial.scores["pankenetz"])
                        for by, one in trials.items()
                        if one
                    }
                    others = {k: v for k, v in trial.scores.items() if k not in {"pankenetz", "random"}}
                    yield Judged(of.get(project.iri, frozenset()), scores, others, trial.hits)


def windows(every: Records) -> Iterator[tuple[Judged, list[frozenset[str]]]]:
    """Each window, with the themes of each judged pair: those a side worked in before."""
    of = themes(every)
    for start, end in _windows(every):
        trial = pair_trial(every, start, end)
        candidates = candidate_pairs(trial.before, everybody=True)
        scores, size = pair_scores(trial.before, candidates), len(trial.before.actor_at)
        spread = {
            by: values_at(sparse.csr_array((replace(scores, weights=by).score, candidates), (size, size)), *trial.pairs)
            for by in GRID
        }
        works: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for item in trial.before.partnerships:
            works[item.actor] |= of.get(item.subject, frozenset())
        own = [works[actor.iri] for actor in trial.before.records.actors]
        others = {name: value for name, value in trial.scores.items() if name not in {"pankenetz", "random"}}
        yield (
            Judged(frozenset(), spread, others, trial.hits),
            [own[a] | own[b] for a, b in zip(*trial.pairs, strict=True)],
        )


@pytest.fixture(scope="module")
def every(example: Store) -> Records:
    return without_leaks(records(example))


def test_tables_of_a_handlungsfeld_nobody_chose_weights_by(every: Records) -> None:
    trials = list(seats(every))
    precision = {
        (at, by): average_precision(trial.ours[by], trial.hits) for at, trial in enumerate(trials) for by in GRID
    }
    found = defaultdict(list)
    for theme in sorted({theme for trial in trials for theme in trial.themes}):
        inside = [at for at, trial in enumerate(trials) if theme in trial.themes]
        outside = [at for at in range(len(trials)) if at not in inside]
        if len(inside) < 2:
            continue
        best = max(GRID, key=lambda by: sum(precision[at, by] for at in outside))
        for trial in (trials[at] for at in inside):
            scores = {"normal": trial.ours[NORMAL], "chosen by the rest": trial.ours[best], **trial.others}
            for name, values in scores.items():
                found[name].append((any_hit(values, trial.hits, 10), average_precision(values, trial.hits)))
    means = {name: np.mean(values, axis=0).round(3).tolist() for name, values in found.items()}
    say("\n".join(f"table {name}: any10 {hit}, map {mean}" for name, (hit, mean) in means.items()))
    assert all(
        means["normal"] > values for name, values in means.items() if name not in {"normal", "chosen by the rest"}
    )


def test_pairs_of_a_handlungsfeld_nobody_chose_weights_by(every: Records) -> None:
    trials = list(windows(every))
    found = defaultdict(list)
    for theme in sorted({one for _, pairs in trials for both in pairs for one in both}):
        sides = [np.array([theme in both for both in pairs]) for _, pairs in trials]
        if sum(int(trial.hits[side].sum()) for (trial, _), side in zip(trials, sides, strict=True)) < 5:
            continue

        def precision(scores: list[Any], kept: list[Any]) -> float:
            pairs = zip(scores, trials, kept, strict=True)
            return float(np.mean([expected_hits(s[k], trial.hits[k], LINES) / LINES for s, (trial, _), k in pairs]))

        rest = [~side for side in sides]
        best = max(GRID, key=lambda by: precision([trial.ours[by] for trial, _ in trials], rest))
        found["normal"].append(precision([trial.ours[NORMAL] for trial, _ in trials], sides))
        found["chosen by the rest"].append(precision([trial.ours[best] for trial, _ in trials], sides))
        for name in trials[0][0].others:
            found[name].append(precision([trial.others[name] for trial, _ in trials], sides))
    means = {name: round(float(np.mean(values)), 3) for name, values in found.items()}
    say("\n".join(f"introduce {name}: p20 {value}" for name, value in means.items()))
    assert all(means["normal"] > value for name, value in means.items() if name not in OURS)


@pytest.mark.parametrize("seed", [1, 2])
def test_another_quartier(seed: int) -> None:
    """Where triangles close, the indices that know nothing else are as good, see `graph.gaps.panel`."""
    with drawn_district(250, seed).store() as store:
        found = backtest(store)
    for kind, methods in (("introduce", found.introduce["methods"]), ("table", found.table["methods"])):
        for name, values in methods.items():
            say(f"{kind} {name}: {', '.join(f'{measure} {value[0]:.3f}' for measure, value in values.items())}")
    ours = found.table["methods"]["pankenetz"]
    assert all(ours["any10"] > found.table["methods"][name]["any10"] for name in ("popularity", "same_field", "text"))
