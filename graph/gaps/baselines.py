"""The standard indices a ranking of pairs must beat, on the plain network of partnerships.

Source:
    Liben-Nowell, D., Kleinberg, J. (2007): The link-prediction problem for social networks. JASIST 58;
    Zhou, T., Lü, L., Zhang, Y.-C. (2009): Predicting missing links via local information. Eur. Phys. J. B 71.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.gaps import matrices as m
from graph.gaps.products import row_products, values_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.gaps.candidates import Pairs
    from graph.gaps.evidence import Evidence

    Numbers = NDArray[np.float64]

KATZ = 0.05
"""Damping of each step of Katz's index."""

STEPS = 4
"""Greatest length of the paths it counts."""


def pair_baselines(evidence: Evidence, pairs: Pairs) -> dict[str, Numbers]:
    """Every standard index for every pair, by name; `random` scores all alike."""
    near = m.binary(evidence.partners)
    degrees = np.diff(near.indptr).astype(float)
    first, second = pairs
    common = row_products(near, first, second)
    careful = np.maximum(degrees, 1)
    weighed = m.column_scaled(near, 1 / np.sqrt(np.log(np.maximum(degrees, 2))))
    return {
        "random": np.zeros(len(first)),
        "popularity": evidence.projects_of[first] + evidence.projects_of[second],
        "preferential_attachment": degrees[first] * degrees[second],
        "common_neighbours": common,
        "adamic_adar": row_products(weighed, first, second),
        "resource_allocation": row_products(m.column_scaled(near, 1 / np.sqrt(careful)), first, second),
        "jaccard": common / np.maximum(degrees[first] + degrees[second] - common, 1),
        "katz": _katz(evidence, pairs),
    }


def _katz(evidence: Evidence, pairs: Pairs) -> Numbers:
    """Σ KATZ^l × paths of length l, l = 1..STEPS.

    Source:
        Katz, L. (1953): A new status index derived from sociometric analysis. Psychometrika 18.
    """
    step = m.binary(evidence.partners)
    reach, found = step, np.zeros(len(pairs.first))
    for length in range(1, STEPS + 1):
        found += KATZ**length * values_at(reach, *pairs)
        reach = m.csr(reach @ step)
    return found
