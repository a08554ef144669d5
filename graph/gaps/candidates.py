"""Which pairs of actors are looked at at all: those with something in common, found without listing all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m
from graph.gaps.geometry import near_pairs, points

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
    found = evidence.once("alike", lambda: _something_in_common(evidence))
    barred = evidence.partners if everybody else evidence.tied + evidence.family + evidence.money
    barred = m.binary(sparse.csr_array(barred))
    allowed = sparse.csr_array(found - found.multiply(barred))
    allowed.eliminate_zeros()
    cells = sparse.triu(allowed, 1).tocsr().tocoo()
    sides = evidence.active if everybody else eligible(evidence)
    keep = sides[cells.row] & sides[cells.col]
    return Pairs(cells.row[keep].astype(np.int64), cells.col[keep].astype(np.int64))


def _something_in_common(evidence: Evidence) -> sparse.csr_array:
    found = _through_people(evidence) + _through_attributes(evidence) + _of_newcomers(evidence)
    return m.binary(m.without_diagonal(sparse.csr_array(found)))


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


def _through_people(evidence: Evidence) -> sparse.csr_array:
    near = m.binary(evidence.partners)
    middles = m.binary(evidence.middles)
    two = m.binary(sparse.csr_array(middles @ near))
    three = m.binary(sparse.csr_array(middles @ m.binary(evidence.middles.T.tocsr()) @ middles.T))
    met = evidence.events @ evidence.events.T + evidence.bodies @ evidence.bodies.T
    return m.binary(sparse.csr_array(two + two.T + three + three.T + met))


def _through_attributes(evidence: Evidence) -> sparse.csr_array:
    """Same field and near, at the same place or for the same people; seeks and offers."""
    places, targets = evidence.traits("place"), evidence.traits("target")
    close = _shared(places.actors + evidence.through_projects(places.projects))
    close = close + _shared(targets.actors + evidence.through_projects(targets.projects)) + _neighbours(evidence)
    pairs = sparse.triu(m.without_diagonal(sparse.csr_array(close)), 1).tocoo()
    fields = sparse.csr_array(evidence.fields.actors + evidence.through_projects(evidence.fields.projects))
    same = m.row_products(fields, pairs.row, pairs.col)
    agreed = sparse.csr_array((same, (pairs.row, pairs.col)), shape=close.shape)
    agreed.eliminate_zeros()
    wants = seeks_offers(evidence)
    return m.binary(sparse.csr_array(agreed + agreed.T + wants + wants.T))


def seeks_offers(evidence: Evidence) -> sparse.csr_array:
    """Actors × actors: number of resources the row seeks and the column offers."""
    seeks, offers = evidence.traits("seeks"), evidence.traits("offers")
    names = m.numbered([*seeks.names, *offers.names])
    traits = evidence.records.traits
    sought = m.incidence(evidence.actor_at, names, ((x.entry, x.value, 1.0) for x in traits if x.kind == "seeks"))
    offered = m.incidence(evidence.actor_at, names, ((x.entry, x.value, 1.0) for x in traits if x.kind == "offers"))
    return sparse.csr_array(sought @ offered.T)


def _of_newcomers(evidence: Evidence) -> sparse.csr_array:
    """Newcomers × active actors with at least one attribute in common."""
    fields, places, targets = evidence.fields, evidence.traits("place"), evidence.traits("target")
    blocks = [_rare(t.actors + evidence.through_projects(t.projects)) for t in (fields, places, targets)]
    traits = sparse.csr_array(sparse.hstack(blocks, format="csr"))
    new = evidence.newcomer.astype(float)
    some = m.row_scaled(traits, new) @ traits.T + m.row_scaled(_neighbours(evidence), new)
    return m.binary(sparse.csr_array(some + some.T))


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


def _neighbours(evidence: Evidence) -> sparse.csr_array:
    """Actors × actors: 1 within `NEAR` metres, own addresses only."""
    return evidence.once("neighbours", lambda: _found_neighbours(evidence))


def _found_neighbours(evidence: Evidence) -> sparse.csr_array:
    pairs = near_pairs(points(evidence), NEAR)
    rows, columns = pairs.T
    half = sparse.csr_array((np.ones(len(pairs)), (rows, columns)), shape=evidence.tied.shape)
    return sparse.csr_array(half + half.T)
