"""How a ranking is judged: hits among the first lines, with ties at their expected value and an interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Hits = NDArray[np.bool_]

RESAMPLES = 1000
"""Bootstrap samples of an interval."""

SHUFFLES = 20
"""Random orders of equal scores over which average precision is averaged."""


class Measured(NamedTuple):
    """A mean with its 95 % interval over windows or projects."""

    value: float
    low: float
    high: float


def expected_hits(scores: Numbers, hits: Hits, first: int) -> float:
    """Expected number of hits among the `first` best scores when equal scores are in random order."""
    if len(scores) <= first:
        return float(hits.sum())
    if first <= 0:
        return 0.0
    limit = np.partition(scores, -first)[-first]
    above, level = scores > limit, scores == limit
    return float(hits[above].sum() + (first - above.sum()) * hits[level].mean())


def any_hit(scores: Numbers, hits: Hits, first: int) -> float:
    """Probability that at least one of the `first` best scores is a hit when equal scores are in random order."""
    if len(scores) <= first:
        return float(hits.any())
    limit = np.partition(scores, -first)[-first]
    above, level = scores > limit, scores == limit
    if hits[above].any():
        return 1.0
    misses, drawn = int((level & ~hits).sum()), int(first - above.sum())
    total = int(level.sum())
    # The chance that all drawn are misses: (misses choose drawn) / (total choose drawn).
    steps = np.arange(drawn)
    return float(1 - np.prod(np.maximum(misses - steps, 0) / (total - steps)))


def average_precision(scores: Numbers, hits: Hits) -> float:
    """Mean over hits of the share of hits down to each, averaged over random orders of equal scores; 0 without hits."""
    if not hits.any():
        return 0.0
    levels = np.unique(scores, return_inverse=True)[1]
    chance = np.random.default_rng(1).random((SHUFFLES, len(scores)))
    found = hits[np.argsort(chance - levels, axis=1)]
    precision = np.cumsum(found, axis=1) / np.arange(1, len(scores) + 1)
    return float((precision * found).sum() / SHUFFLES / hits.sum())


def measured(values: Sequence[float]) -> Measured:
    """The mean of `values` and its 95 % interval by resampling them; zeros if there are none.

    Source:
        Efron, B. (1979): Bootstrap methods: another look at the jackknife. Annals of Statistics 7.
    """
    if not values:
        return Measured(0.0, 0.0, 0.0)
    drawn = np.random.default_rng(1).choice(np.array(values), size=(RESAMPLES, len(values)))
    low, high = np.quantile(drawn.mean(axis=1), [0.025, 0.975])
    return Measured(float(np.mean(values)), float(low), float(high))
