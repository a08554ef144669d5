"""One window of the backtest of `introduce`: pairs ranked on its eve, by every method, and which came true."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m
from graph.gaps.baselines import pair_baselines
from graph.gaps.candidates import Pairs, candidate_pairs, eligible
from graph.gaps.evidence import Evidence
from graph.gaps.horizon import Horizon
from graph.gaps.introduce import pair_scores
from graph.gaps.products import values_at
from graph.gaps.trials import expected_hits
from graph.gaps.weights import NORMAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from graph.gaps.records import Records
    from graph.gaps.weights import Weights

LINES = 20
"""Lines of `introduce` that are judged."""


def eve(records: Records, start: date) -> Evidence:
    """What was known on the day before `start`."""
    return Evidence(records, Horizon(start - timedelta(days=1), undated=False))


@dataclass(frozen=True)
class PairTrial:
    """One window: the judged pairs, their scores by method, which came true.

    Pairs that are not judged score nothing by any method; they count in `new` and `all_pairs` only.
    """

    start: date
    before: Evidence
    after: Evidence
    pairs: Pairs
    scores: Mapping[str, NDArray[np.float64]]
    hits: NDArray[np.bool_]
    new: frozenset[tuple[int, int]]
    knowable: frozenset[tuple[int, int]]
    all_pairs: int
    known: NDArray[np.bool_]

    def precision(self, name: str) -> float:
        """Share of hits among the first lines; random draws from all pairs there are."""
        if name == "random":
            return len(self.new) / max(self.all_pairs, 1)
        return expected_hits(self.scores[name], self.hits, LINES) / LINES

    def barred_hits(self) -> float:
        """Of the hits among our first lines, those with a side that the live list leaves out."""
        scores = self.scores["pankenetz"]
        fit = eligible(self.before)
        barred = ~(fit[self.pairs.first] & fit[self.pairs.second])
        return expected_hits(scores, self.hits & barred, LINES)

    def own(self, name: str, measure: Any) -> list[float]:
        """`measure` of the own list of each known actor that found a partner."""
        first, second = self.pairs
        found = np.unique(np.concatenate([first[self.hits], second[self.hits]]))
        lists = ((first == actor) | (second == actor) for actor in found.tolist() if self.known[actor])
        return [measure(self.scores[name][mine], self.hits[mine]) for mine in lists]

    def summary(self) -> dict[str, Any]:
        """The window as it is shown."""
        return {
            "start": self.start.isoformat(),
            "new_pairs": len(self.new),
            "knowable_pairs": len(self.knowable),
            "p20": self.precision("pankenetz"),
        }


def pair_trial(records: Records, start: date, end: date, team: Weights = NORMAL) -> PairTrial:
    """One window: rank on its eve, judge by what began in it."""
    before, after = eve(records, start), Evidence(records, Horizon(end, undated=False))
    known, later = m.binary(before.partners), m.binary(after.partners)
    new = sparse.triu(m.csr(later - later.multiply(known)), 1).tocsr()
    new.eliminate_zeros()
    candidates = candidate_pairs(before, everybody=True)
    active = np.diff(before.partners.indptr) > 0
    pairs = _judged(before, candidates, active)
    ours = pair_scores(before, candidates)
    size = len(before.actor_at)

    def spread(score: NDArray[np.float64]) -> NDArray[np.float64]:
        return values_at(sparse.csr_array((score, candidates), shape=(size, size)), *pairs)

    held = sparse.csr_array((np.ones(len(candidates.first)), candidates), shape=(size, size))
    return PairTrial(
        start=start,
        before=before,
        after=after,
        pairs=pairs,
        scores={
            "pankenetz": spread(ours.score),
            **({} if team == NORMAL else {"team_weights": spread(replace(ours, weights=team).score)}),
            **pair_baselines(before, pairs),
        },
        hits=values_at(new, *pairs) > 0,
        new=_keys(new),
        knowable=_keys(m.csr(held.multiply(new))),
        all_pairs=size * (size - 1) // 2 - known.nnz // 2,
        known=(np.diff(before.any_role.indptr) > 0) | active,
    )


def _keys(matrix: sparse.csr_array) -> frozenset[tuple[int, int]]:
    return frozenset(zip(*(side.tolist() for side in matrix.nonzero()), strict=True))


def _judged(evidence: Evidence, candidates: Pairs, active: NDArray[np.bool_]) -> Pairs:
    """Our candidates and all untied pairs of actors with a partner: outside them every index is 0."""
    inside = np.flatnonzero(active)
    rows, columns = (inside[at] for at in np.triu_indices(len(inside), 1))
    size = len(evidence.actor_at)
    first, second = np.concatenate([candidates.first, rows]), np.concatenate([candidates.second, columns])
    keys = np.unique(first * size + second)
    pairs = Pairs(keys // size, keys % size)
    free = values_at(evidence.partners, *pairs) == 0
    return Pairs(pairs.first[free], pairs.second[free])
