"""Which pairs of actors are looked at at all: those with something in common, found without listing all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m
from graph.gaps.geometry import near_pairs, points
from graph.gaps.products import row_products

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.gaps.evidence import Evidence

NEAR = 600.0
"""Metres within which two actors of one Handlungsfeld count as neighbours."""

TOO_COMMON = 400
"""An attribute shared by more actors than this finds no pairs; it would pair everybody with everybody."""


class Pairs(NamedTuple):
    """Pairs of actors by their positions, `first` < `second`, in ascending order."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]


def candidate_pairs(evidence: Evidence, *, everybody: bool = False) -> Pairs:
    """Pairs that have something in common and are neither tied, related nor payer and paid.

    Union of: common partner, path of length three, same event or body, same Handlungsfeld together with the same
    place, target group or a distance up to `NEAR`, one seeks what the other offers; for newcomers every active actor
    with one attribute in common.

    Args:
        evidence: the day's matrices.
        everybody: True bars nothing but earlier partnerships and lets QM and agencies be a side: the set on which
            the backtest compares all methods. No list shown to anybody uses it.
    """
    keys = evidence.once("alike", lambda: _something_in_common(evidence))
    barred = evidence.partners if everybody else evidence.tied + evidence.family + evidence.money
    first, second = _sides(evidence, keys)
    sides = evidence.active if everybody else eligible(evidence)
    keep = sides[first] & sides[second]
    known = _keys(evidence, barred)
    at = np.searchsorted(keys, known)
    met = at < len(keys)
    keep[at[met][keys[at[met]] == known[met]]] = False
    return Pairs(first[keep], second[keep])


def _something_in_common(evidence: Evidence) -> NDArray[np.int64]:
    return m.united(_through_people(evidence), _through_attributes(evidence), _of_newcomers(evidence))


def _keys(evidence: Evidence, *matrices: Any) -> NDArray[np.int64]:
    """Each pair that has a value in one of some square matrices, once, as a single number in the order of pairs.

    Whichever of the two cells of a pair has it; numbers are united and looked up many times faster than matrices.
    """
    found = [np.zeros(0, dtype=np.int64)]
    for matrix in matrices:
        cells = sparse.coo_array(matrix)
        some = (cells.data != 0) & (cells.row != cells.col)
        found.append(_key(evidence, cells.row[some], cells.col[some]))
    return m.united(*found)


def _key(evidence: Evidence, one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.int64]:
    return np.asarray(np.minimum(one, other).astype(np.int64) * len(evidence.actor_at) + np.maximum(one, other))


def _sides(evidence: Evidence, keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.divmod(keys, max(len(evidence.actor_at), 1))


def eligible(evidence: Evidence) -> NDArray[np.bool_]:
    """Actors that may be a side of a suggestion: active, and likely to be still there and within reach.

    Not: a QM and the bodies that belong to it (they end with it), authorities of Senat and Bund, and an authority that
    has parts of its own (its department is the one to talk to).
    """
    actors = evidence.records.actors
    umbrellas = {parent for actor in actors if actor.klass == "Agency" for parent in actor.parents}
    managements = {actor.iri for actor in actors if actor.hub == "qm"}
    barred = [
        actor.hub in {"qm", "senat", "bund"}
        or (actor.klass == "Agency" and actor.iri in umbrellas)
        or not managements.isdisjoint(actor.parents)
        for actor in actors
    ]
    return np.asarray(evidence.active & ~np.array(barred, dtype=bool))


def _through_people(evidence: Evidence) -> NDArray[np.int64]:
    near = m.binary(evidence.partners)
    middles = m.binary(evidence.middles)
    three = m.binary(m.csr(middles @ m.binary(m.csr(evidence.middles.T)))) @ middles.T
    met = evidence.events @ evidence.events.T, evidence.bodies @ evidence.bodies.T
    return _keys(evidence, middles @ near, three, *met)


def _through_attributes(evidence: Evidence) -> NDArray[np.int64]:
    """Same field and near, at the same place or for the same people; seeks and offers."""
    shared = [
        _shared(traits.actors + evidence.through_projects(traits.projects))
        for traits in map(evidence.traits, ("place", "target"))
    ]
    close = m.united(_keys(evidence, *shared), _neighbours(evidence))
    fields = sparse.csr_array(evidence.fields.actors + evidence.through_projects(evidence.fields.projects))
    agreed = row_products(fields, *_sides(evidence, close)) != 0
    return m.united(close[agreed], _keys(evidence, seeks_offers(evidence)))


def seeks_offers(evidence: Evidence) -> sparse.csr_array:
    """Actors × actors: number of resources the row seeks and the column offers."""
    seeks, offers = evidence.traits("seeks"), evidence.traits("offers")
    names = m.numbered([*seeks.names, *offers.names])
    traits = evidence.records.traits
    sought = m.incidence(evidence.actor_at, names, ((x.entry, x.value, 1.0) for x in traits if x.kind == "seeks"))
    offered = m.incidence(evidence.actor_at, names, ((x.entry, x.value, 1.0) for x in traits if x.kind == "offers"))
    return sparse.csr_array(sought @ offered.T)


def _of_newcomers(evidence: Evidence) -> NDArray[np.int64]:
    """Newcomers with active actors with at least one attribute in common."""
    fields, places, targets = evidence.fields, evidence.traits("place"), evidence.traits("target")
    blocks = [_rare(t.actors + evidence.through_projects(t.projects)) for t in (fields, places, targets)]
    traits = sparse.csr_array(sparse.hstack(blocks, format="csr"))
    near, new = _neighbours(evidence), evidence.newcomer
    first, second = _sides(evidence, near)
    alike = m.row_scaled(traits, new.astype(float)) @ traits.T
    return m.united(_keys(evidence, alike), near[new[first] | new[second]])


def _rare(matrix: sparse.csr_array) -> sparse.csr_array:
    """`matrix` as pattern, without the columns nearly everybody has."""
    pattern = m.binary(sparse.csr_array(matrix))
    common = np.bincount(pattern.indices, minlength=pattern.shape[1]) > TOO_COMMON
    kept = m.column_scaled(pattern, np.where(common, 0.0, 1.0))
    kept.eliminate_zeros()
    return kept


def _shared(matrix: sparse.csr_array) -> sparse.csr_array:
    rare = _rare(matrix)
    return sparse.csr_array(rare @ rare.T)


def _neighbours(evidence: Evidence) -> NDArray[np.int64]:
    """Pairs within `NEAR` metres, own addresses only."""
    return evidence.once("neighbours", lambda: _found_neighbours(evidence))


def _found_neighbours(evidence: Evidence) -> NDArray[np.int64]:
    return m.united(_key(evidence, *near_pairs(points(evidence), NEAR)))
