"""One window of the backtest of `introduce`: pairs ranked on its eve, by every method, and which came true."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
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

MOST_PAIRS = 4_000_000
"""Pairs that are judged at most beside our candidates; they take 400 MB."""

MOST_LISTS = 400
"""Own lists that are judged of one window."""


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
        """`measure` of the own lists of known actors that found a partner: of all, or of `MOST_LISTS` drawn ones."""
        return [measure(self.scores[name][mine], self.hits[mine]) for mine in self._lists]

    @cached_property
    def _lists(self) -> list[NDArray[np.integer]]:
        """The numbers of the pairs of each of these actors."""
        sides = np.stack(self.pairs, axis=1)
        found = np.unique(sides[self.hits])
        found = found[self.known[found]]
        if len(found) > MOST_LISTS:
            found = np.sort(np.random.default_rng(1).choice(found, MOST_LISTS, replace=False))
        shape = len(sides), len(self.known)
        every = (np.ones(sides.size, dtype=np.int8), sides.ravel(), np.arange(0, sides.size + 1, 2))
        turned = sparse.csr_array(every, shape=shape).tocsc()
        return [turned.indices[turned.indptr[actor] : turned.indptr[actor + 1]] for actor in found.tolist()]

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
    """Our candidates and all untied pairs of actors with a partner: outside them every index is 0.

    Where those are more than `MOST_PAIRS`, the candidates alone, which whoever has a common partner is among.
    """
    inside, size = np.flatnonzero(active), len(evidence.actor_at)
    keys = candidates.first * size + candidates.second
    if len(inside) ** 2 <= 2 * MOST_PAIRS:
        rows, columns = (inside[at] for at in np.triu_indices(len(inside), 1))
        keys = m.united(keys, rows * size + columns)
    pairs = Pairs(keys // max(size, 1), keys % max(size, 1))
    free = values_at(evidence.partners, *pairs) == 0
    return Pairs(pairs.first[free], pairs.second[free])
