"""Score of "Wer fehlt am Tisch?": every actor's reasons to be at the table of a project, gathering or statement.

score = 1·partners of the Träger + 1·text + 3·kind + ½·(their partners + same field recently + activity + cold start),
each summand between 0 and 1.

- "Kind" asks whether the project's text speaks of bodies of the actor's kind and sector ("… in der Bibliothek"); it
  and the weights of text and field came in because the backtest gained by them.
- "Cold start" is the mean of: sector usual in this field, near the place, stated field, target group, leaving out
  what is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps import matrices as m
from graph.gaps.geometry import apart, point
from graph.gaps.weights import NORMAL, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from graph.gaps.evidence import Evidence, Traits
    from graph.gaps.tables import Table

    Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class SeatScores:
    """What speaks for each actor to be at a table; arrays of one number 0..1 per actor, NaN where unknown."""

    partners: Numbers
    second_hand: Numbers
    fields: Numbers
    texts: Numbers
    kinds: Numbers
    activity: Numbers
    usual: Numbers
    near: Numbers
    stated: Numbers
    targets: Numbers
    weights: Weights = NORMAL

    @property
    def cold(self) -> Numbers:
        """Mean of the known of: usual sector, nearness, stated field, target group."""
        by = self.weights
        parts = np.stack([self.usual, by.nearness * self.near, by.theme * self.stated, self.targets])
        known = ~np.isnan(parts)
        return np.asarray(np.where(known, parts, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1))

    @property
    def score(self) -> Numbers:
        """The sum, each summand times the weight of its voice."""
        people = self.weights.partners * (self.partners + 0.5 * self.second_hand)
        theme = self.weights.theme * (self.texts + 3 * self.kinds + 0.5 * self.fields)
        return np.asarray(people + theme + 0.5 * (self.weights.readiness * self.activity + self.cold))


def seat_scores(evidence: Evidence, table: Table, weights: Weights = NORMAL) -> SeatScores:
    """Evidence for every actor, in the order of `evidence.records.actors`."""
    circle, second = _circle(evidence, table)
    wanted = _row(evidence.fields, table, "field")
    return SeatScores(
        partners=circle,
        second_hand=second,
        fields=_field_activity(evidence, wanted),
        texts=_texts(evidence, table),
        kinds=_kinds(evidence, table),
        activity=_scaled(evidence.standing),
        usual=_usual_sector(evidence, wanted),
        near=_nearness(evidence, table),
        stated=_overlap(evidence.fields.actors, wanted),
        targets=_targets(evidence, table),
        weights=weights,
    )


def _scaled(values: Numbers) -> Numbers:
    """`values` divided by the greatest of them."""
    top = values.max(initial=0.0)
    return np.asarray(values / top if top > 0 else values)


def _row(traits: Traits, table: Table, kind: str) -> Numbers:
    row = np.zeros(len(traits.names))
    for name in table.named(kind):
        if name in traits.names:
            row[traits.names[name]] = 1.0
    return row


def _circle(evidence: Evidence, table: Table) -> tuple[Numbers, Numbers]:
    """Partners of the Träger, and their partners: w shared out among the partners of each."""
    carriers = np.zeros(len(evidence.actor_at))
    carriers[[evidence.actor_at[iri] for iri in table.traeger if iri in evidence.actor_at]] = 1.0
    near = evidence.partners.T @ carriers
    shares = np.maximum(np.asarray(evidence.partners.sum(axis=1)).ravel(), 1e-9)
    through = np.where(evidence.quartiersmanagement | evidence.agency, 0.0, near / shares)
    further = evidence.partners.T @ through
    return np.minimum(near, 1.0), _scaled(np.where(near > 0, 0.0, further))


def _field_activity(evidence: Evidence, wanted: Numbers) -> Numbers:
    """Projects in the fields of the table, recent ones counting more: 1 − e^(−sum)."""
    projects = _overlap(evidence.fields.projects, wanted)
    return np.asarray(1 - np.exp(-np.nan_to_num(evidence.shares @ np.nan_to_num(projects))))


def _overlap(matrix: sparse.csr_array, wanted: Numbers) -> Numbers:
    """Best agreement of each row with the wanted columns, 0..1; NaN for rows without any."""
    known = np.diff(matrix.indptr) > 0
    best = m.row_best(matrix, wanted)
    return np.where(known, np.minimum(best, 1.0), np.nan)


def _texts(evidence: Evidence, table: Table) -> Numbers:
    at = evidence.project_at.get(table.iri)
    alike = _likeness(evidence.terms, table, at)
    if at is not None:
        alike[at] = 0.0
    return m.row_best(m.binary(evidence.shares), alike)


def _kinds(evidence: Evidence, table: Table) -> Numbers:
    """Cosine of an actor's kind and sector in words with the text; 0 for gatherings, which have no more than a name."""
    if table.ref.type == "event":
        return np.zeros(len(evidence.actor_at))
    at = evidence.project_at.get(table.iri)
    alike = _likeness(evidence.callings, table, None if at is None else len(evidence.actor_at) + at)
    return np.asarray(alike[: len(evidence.actor_at)])


def _likeness(terms: m.Terms, table: Table, at: int | None) -> Numbers:
    """Cosine of every text with the project's, which is text `at` (None if it is not among them)."""
    row = terms.row(table.words) if at is None else terms.weights[[at]]
    return np.asarray((terms.weights @ row.T).toarray().ravel())


def _usual_sector(evidence: Evidence, wanted: Numbers) -> Numbers:
    """Share of an actor's sector among those active in the fields, against its share among all; NaN if unknown."""
    names = m.numbered(actor.sector for actor in evidence.records.actors)
    of = np.array([names[actor.sector] for actor in evidence.records.actors], dtype=np.int64)
    busy = np.nan_to_num(_field_activity(evidence, wanted))
    here = np.bincount(of, weights=busy, minlength=len(names))
    usual = here / max(here.sum(), 1e-9)
    unknown = np.array([not actor.sector for actor in evidence.records.actors], dtype=bool)
    return np.where(unknown, np.nan, _scaled(usual)[of])


def _nearness(evidence: Evidence, table: Table) -> Numbers:
    """e^(−metres/400) from an actor's own address to the nearest place of the project; NaN where unknown."""
    near = np.full(len(evidence.actor_at), np.nan)
    shapes = {place.iri: place.wkt for place in evidence.records.places}
    spots = [spot for name in table.named("place") if (spot := point(shapes.get(name, ""))) is not None]
    if spots:
        near = np.exp(-np.min([apart(evidence.spots, np.array(spot)) for spot in spots], axis=0) / 400)
    return near


def _targets(evidence: Evidence, table: Table) -> Numbers:
    groups = evidence.traits("target")
    own = _overlap(groups.actors, _row(groups, table, "target"))
    served = _overlap(groups.projects, _row(groups, table, "target"))
    through = m.row_best(m.binary(evidence.shares), np.nan_to_num(served))
    known = ~np.isnan(own) | (evidence.projects_of > 0)
    return np.where(known, np.maximum(np.nan_to_num(own), through), np.nan)
