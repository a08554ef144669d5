"""Score of "Wer fehlt am Tisch?": every actor's reasons to be at the table of a project, gathering or statement.

score = 6·(partners of the Träger + ½·their partners) + text + 3·kind + ½·(field + activity + cold start), each of
these between 0 and 1.

- Partners count 6, as less loses to them alone in districts where the same ones work together again; "field" is
  whether the actor was lately active in a field of the table.
- "Kind" asks whether the project's text speaks of bodies of the actor's kind and sector ("… in der Bibliothek"); it
  and the weights of text and field came in because the backtest gained by them.
- "Cold start" is the mean of: sector usual in this field, near the place, stated field, target group, leaving out
  what is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps import matrices as m
from graph.gaps.geometry import apart, point
from graph.gaps.seat_words import Wording
from graph.gaps.weights import NORMAL, Weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy import sparse

    from graph.gaps.evidence import Evidence, Traits
    from graph.gaps.tables import Table

    Numbers = NDArray[np.float64]
    Wanted = tuple[str, ...]

PEOPLE = 6.0
"""Weight of partners of the Träger."""

KINDS = 3.0
"""Weight of what kind of body an actor is."""

KEPT = 64
"""Sums that are kept for tables without a place; of 20 000 actors they take ten megabytes."""


@dataclass(frozen=True)
class SeatScores:
    """What speaks for each actor to be at a table; arrays of one number 0..1 per actor, NaN where unknown.

    `cold` is the mean of the known of: usual sector, nearness, stated field, target group.
    """

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
    cold: Numbers
    weights: Weights = NORMAL

    @cached_property
    def score(self) -> Numbers:
        """The sum, each summand times the weight of its voice."""
        people = self.weights.partners * PEOPLE * (self.partners + 0.5 * self.second_hand)
        theme = self.weights.theme * (self.texts + KINDS * self.kinds + 0.5 * self.fields)
        return np.asarray(people + theme + 0.5 * (self.weights.readiness * self.activity + self.cold))


class Seating:
    """Scores tables of one day; what several tables have in common (a field, a target group) is worked out once.

    Args:
        evidence: the day's matrices.

    Attributes:
        words: what the texts of tables say; reads several at once where it knows which come next.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.words = Wording(evidence)
        self._kept: dict[tuple[str, Wanted], Numbers] = {}
        self._without_place: dict[tuple[Wanted, Wanted, Weights], Numbers] = {}
        self._plain: dict[tuple[str, Wanted], tuple[Numbers, Numbers]] = {}

    def scores(self, table: Table, weights: Weights = NORMAL) -> SeatScores:
        """Evidence for every actor, in the order of `evidence.records.actors`."""
        circle, second = self._circle(table)
        fields, groups = table.named("field"), table.named("target")
        near, words = self._nearness(table), self.words.of(table)
        return SeatScores(
            partners=circle,
            second_hand=second,
            fields=self._once("fields", fields, self._field_activity),
            texts=words.texts,
            kinds=words.kinds,
            activity=self._once("activity", (), lambda _: _scaled(self.evidence.standing)),
            usual=self._once("usual", fields, self._usual_sector),
            near=near,
            stated=self._once("stated", fields, self._stated),
            targets=self._once("targets", groups, self._targets),
            cold=self._cold(fields, groups, near, weights),
            weights=weights,
        )

    def _cold(self, fields: Wanted, groups: Wanted, near: Numbers, weights: Weights) -> Numbers:
        """The mean of what is known; what is unknown counts neither for nor against."""
        if near is not self._nowhere:
            return self._mean(fields, groups, near, weights)
        key = fields, groups, weights
        if key not in self._without_place:
            if len(self._without_place) >= KEPT:
                self._without_place.clear()
            self._without_place[key] = self._mean(fields, groups, near, weights)
        return self._without_place[key]

    def _mean(self, fields: Wanted, groups: Wanted, near: Numbers, weights: Weights) -> Numbers:
        usual, has_usual = self._known("usual", fields, self._usual_sector)
        stated, has_stated = self._known("stated", fields, self._stated)
        targets, has_targets = self._known("targets", groups, self._targets)
        has_near = ~np.isnan(near)
        total = usual + weights.nearness * np.where(has_near, near, 0.0)
        total += weights.theme * stated
        total += targets
        count = has_usual + has_near
        count += has_stated
        count += has_targets
        return np.asarray(total / np.maximum(count, 1.0))

    def _known(self, name: str, wanted: Wanted, build: Callable[[Wanted], Numbers]) -> tuple[Numbers, Numbers]:
        """What is the same for all tables of the same fields or groups, 0 for unknown, and 1 where it is known."""
        if (name, wanted) not in self._plain:
            found = self._once(name, wanted, build)
            known = ~np.isnan(found)
            self._plain[name, wanted] = np.where(known, found, 0.0), known.astype(float)
        return self._plain[name, wanted]

    def _once(self, name: str, wanted: Wanted, build: Callable[[Wanted], Numbers]) -> Numbers:
        """What is the same for all tables of the same fields or groups."""
        if (name, wanted) not in self._kept:
            self._kept[name, wanted] = build(wanted)
        return self._kept[name, wanted]

    def _circle(self, table: Table) -> tuple[Numbers, Numbers]:
        """Partners of the Träger, and their partners: w shared out among the partners of each."""
        evidence = self.evidence
        carriers = sorted({evidence.actor_at[iri] for iri in table.traeger if iri in evidence.actor_at})
        near = m.row_sum(evidence.partners, np.array(carriers, dtype=np.int64), np.ones(len(carriers)))
        middles = np.flatnonzero((near > 0) & self._open)
        further = m.row_sum(evidence.partners, middles, near[middles] / self._shares[middles])
        further[near > 0] = 0.0
        return np.minimum(near, 1.0), _scaled(further)

    @cached_property
    def _open(self) -> NDArray[np.bool_]:
        """Through whom others can meet."""
        return np.asarray(~(self.evidence.quartiersmanagement | self.evidence.agency))

    @cached_property
    def _shares(self) -> Numbers:
        return np.maximum(np.asarray(self.evidence.partners.sum(axis=1)).ravel(), 1e-9)

    def _wanted_fields(self, wanted: Wanted) -> Numbers:
        return _row(self.evidence.fields, wanted)

    def _field_activity(self, wanted: Wanted) -> Numbers:
        """Projects in the fields of the table, recent ones counting more: 1 − e^(−sum)."""
        projects = _overlap(self.evidence.fields.projects, self._wanted_fields(wanted))
        return np.asarray(1 - np.exp(-np.nan_to_num(self.evidence.shares @ np.nan_to_num(projects))))

    def _stated(self, wanted: Wanted) -> Numbers:
        return _overlap(self.evidence.fields.actors, self._wanted_fields(wanted))

    def _usual_sector(self, wanted: Wanted) -> Numbers:
        """Share of an actor's sector among those active in the fields, against its share among all; NaN if unknown."""
        actors = self.evidence.records.actors
        names = m.numbered(actor.sector for actor in actors)
        of = np.array([names[actor.sector] for actor in actors], dtype=np.int64)
        busy = np.nan_to_num(self._once("fields", wanted, self._field_activity))
        here = np.bincount(of, weights=busy, minlength=len(names))
        usual = here / max(here.sum(), 1e-9)
        unknown = np.array([not actor.sector for actor in actors], dtype=bool)
        return np.where(unknown, np.nan, _scaled(usual)[of])

    def _nearness(self, table: Table) -> Numbers:
        """e^(−metres/400) from an actor's own address to the nearest place of the table; NaN where unknown."""
        spots = [spot for name in table.named("place") if (spot := point(self._shapes.get(name, ""))) is not None]
        if not spots:
            return self._nowhere
        known, which = self._addresses
        near = np.exp(-np.min([apart(known, np.array(spot)) for spot in spots], axis=0) / 400)
        return np.asarray(np.append(near, np.nan)[which])

    @cached_property
    def _nowhere(self) -> Numbers:
        """How near a table is that names no place."""
        return np.full(len(self.evidence.actor_at), np.nan)

    @cached_property
    def _addresses(self) -> tuple[Numbers, NDArray[np.int64]]:
        """The addresses on the map, and which of them each actor has; one more stands for none."""
        at = np.flatnonzero(~np.isnan(self.evidence.spots[:, 0]))
        known, which = np.unique(self.evidence.spots[at], axis=0, return_inverse=True)
        of = np.full(len(self.evidence.actor_at), len(known))
        of[at] = which.ravel()
        return np.asfortranarray(known), of  # longitudes and latitudes are gone through one after the other

    @cached_property
    def _shapes(self) -> dict[str, str]:
        return {place.iri: place.wkt for place in self.evidence.records.places}

    def _targets(self, wanted: Wanted) -> Numbers:
        groups = self.evidence.traits("target")
        row = _row(groups, wanted)
        own, served = _overlap(groups.actors, row), _overlap(groups.projects, row)
        through = self.words.was_in.best(np.nan_to_num(served))
        known = ~np.isnan(own) | (self.evidence.projects_of > 0)
        return np.where(known, np.maximum(np.nan_to_num(own), through), np.nan)


def _scaled(values: Numbers) -> Numbers:
    """`values` divided by the greatest of them."""
    top = values.max(initial=0.0)
    return np.asarray(values / top if top > 0 else values)


def _row(traits: Traits, wanted: Wanted) -> Numbers:
    row = np.zeros(len(traits.names))
    row[[traits.names[name] for name in wanted if name in traits.names]] = 1.0
    return row


def _overlap(matrix: sparse.csr_array, wanted: Numbers) -> Numbers:
    """Best agreement of each row with the wanted columns, 0..1; NaN for rows without any."""
    known = np.diff(matrix.indptr) > 0
    best = m.row_best(matrix, wanted)
    return np.where(known, np.minimum(best, 1.0), np.nan)
