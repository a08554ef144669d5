"""Score of "Wer sollte wen kennenlernen?": bereit × (1 + Thema + Nähe + p·Partner + 10·Begegnung), for candidate pairs.

p is 2 where common partners are as usual as in the Quartier the formula was found in, and up to ten times as much where
they are rarer: like a rare word or field, a rare common partner says more. With the same factor everywhere the lists of
other districts were worse than those of resource allocation alone. For the same reason *bereit* begins at 1: from 0.1
the busiest took all lines where many are busy.

Nähe is the number of shared places plus e^(−metres/400) between own addresses (nothing where one is unknown): it costs
nothing in the backtest and helps among the pairs a list may show. Begegnung is 1/(n−1) of a shared event or body of n,
so that a gathering of eleven counts like one shared place. It joined the bracket, and events and all roles joined the
activity, because the backtest gained by it (see `panel`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m
from graph.gaps.candidates import Pairs, seeks_offers
from graph.gaps.geometry import apart_by_pair
from graph.gaps.products import row_products, values_at
from graph.gaps.weights import NORMAL, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.gaps.evidence import Evidence

    Numbers = NDArray[np.float64]


READY = 1.0
"""How ready the idlest are taken to be."""

PARTNER = 2.0
"""Weight of common partners where they are usual."""

USUAL = 0.08
"""Share of pairs with a common partner from which that is usual."""

MOST_TELLING = 10.0
"""Common partners count at most this many times as much where they are rare."""

MEETING = 10.0
"""Weight of shared events and bodies."""


@dataclass(frozen=True)
class PairScores:
    """What speaks for each pair; all arrays in the order of `pairs`.

    Attributes:
        pairs: the pairs.
        ready: 1 + g(a)·g(b), how busy both are now (`Evidence.standing`).
        fields: cosine of the Handlungsfelder, rare ones counting more (0..1).
        texts: cosine of the project texts (0..1).
        places: number of shared places of projects and addresses.
        partners: resource allocation Σ 1/degree over common partners who are no QM and no agency.
        meetings: Σ 1/(n−1) over shared events (fading) and bodies.
        matches: number of resources one seeks and the other offers.
        targets: number of shared target groups.
        near: e^(−metres/400) between own addresses; NaN where one is unknown.
        weights: how much each voice counts.
        score: the product; larger is more obvious.

    Source:
        Zhou, T., Lü, L., Zhang, Y.-C. (2009): Predicting missing links via local information (resource allocation).
    """

    pairs: Pairs
    ready: Numbers
    fields: Numbers
    texts: Numbers
    places: Numbers
    partners: Numbers
    meetings: Numbers
    matches: Numbers
    targets: Numbers
    near: Numbers
    weights: Weights = NORMAL

    @cached_property
    def partner(self) -> float:
        """Weight of common partners, `PARTNER` or more: the fewer pairs have one, the more it says."""
        count = np.count_nonzero(self.partners)
        telling = USUAL * len(self.partners) / count if count else 1.0
        return PARTNER * float(np.clip(telling, 1.0, MOST_TELLING))

    @cached_property
    def bracket(self) -> Numbers:
        """1 + Thema + Nähe + p·Partner + 10·Begegnung, each times its weight."""
        by = self.weights
        people = by.partners * self.partner * self.partners + by.meetings * MEETING * self.meetings
        near = self.places + np.nan_to_num(self.near, nan=0.0)
        return np.asarray(1 + by.theme * (self.fields + self.texts) + by.nearness * near + people)

    @cached_property
    def score(self) -> Numbers:
        """The product of `ready` and `bracket`."""
        return np.asarray(self.ready**self.weights.readiness * self.bracket)

    @cached_property
    def cold(self) -> Numbers:
        """Order of the newcomers' lines: the bracket plus what is known of actors without a past."""
        return np.asarray(self.bracket + 0.5 * self.targets + self.matches)


def pair_scores(evidence: Evidence, pairs: Pairs, weights: Weights = NORMAL) -> PairScores:
    """Evidence of every pair, by products of rows."""
    first, second = pairs
    fields = evidence.fields
    theme = sparse.csr_array(evidence.through_projects(fields.projects) + fields.actors)
    theme = m.row_normed(m.column_scaled(theme, m.rarity(m.binary(fields.projects))))
    texts = m.row_normed(evidence.through_projects(evidence.terms.weights))
    places, targets = evidence.traits("place"), evidence.traits("target")
    sites = m.binary(sparse.csr_array(evidence.through_projects(places.projects) + places.actors))
    groups = m.binary(sparse.csr_array(evidence.through_projects(targets.projects) + targets.actors))
    wants = seeks_offers(evidence)
    return PairScores(
        pairs=pairs,
        ready=READY + evidence.standing[first] * evidence.standing[second],
        fields=row_products(theme, first, second),
        texts=row_products(texts, first, second),
        places=row_products(sites, first, second),
        partners=_resource_allocation(evidence, pairs),
        meetings=row_products(evidence.events, first, second) + row_products(evidence.bodies, first, second),
        matches=values_at(sparse.csr_array(wants + wants.T), first, second),
        targets=row_products(groups, first, second),
        near=_nearness(evidence, pairs),
        weights=weights,
    )


def _resource_allocation(evidence: Evidence, pairs: Pairs) -> Numbers:
    near = m.binary(evidence.middles)
    degrees = np.maximum(np.diff(evidence.partners.indptr), 1)
    return row_products(m.column_scaled(near, 1 / np.sqrt(degrees)), *pairs)


def _nearness(evidence: Evidence, pairs: Pairs) -> Numbers:
    return np.asarray(np.exp(-apart_by_pair(evidence.spots, *pairs) / 400))
