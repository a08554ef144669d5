"""The list "Wer fehlt am Tisch?": for each project, gathering, need or measure the actors who should be there."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps import matrices as m
from graph.gaps.candidates import eligible
from graph.gaps.cautions import cautions, seat_step
from graph.gaps.coverage_list import coverage_list
from graph.gaps.filters import SUBJECTS
from graph.gaps.gap import SEPARATOR, Gap, Ref, seat_id
from graph.gaps.kinds import cuts
from graph.gaps.rules import Line, chosen
from graph.gaps.seat_reasons import seat_reasons
from graph.gaps.seats import Seating, SeatScores
from graph.gaps.statements import actor_ref, statements
from graph.gaps.tables import Table
from graph.gaps.uses import Uses
from graph.gaps.weights import NORMAL, Weights

if TYPE_CHECKING:
    from scipy import sparse

    from graph.gaps.evidence import Evidence
    from graph.gaps.filters import Filters, Sides
    from graph.gaps.gap import Reason, Text
    from graph.gaps.records import Actor, Records
    from graph.gaps.tables import Subject

PER_TABLE = 10
"""Best actors of each table that enter a list over several."""

KEPT = 32
"""Tables whose scores are kept; of 20 000 actors one takes two megabytes."""

STRONG, MEDIUM = 3, 10
"""Ranks at one table up to which a line is called stark and mittel."""


class SeatList:
    """The tables of one day; each is scored when it is first asked for.

    Args:
        evidence: what was known on the day.
        written: where tables are looked up. Today that is all that is on record, what is planned for later included;
            for an earlier day only what was known then.
    """

    def __init__(self, evidence: Evidence, written: Records | None = None, weights: Weights = NORMAL) -> None:
        self.weights = weights
        self.say = statements(evidence)
        self.evidence = evidence
        self._written = written if written is not None and evidence.horizon.undated else evidence.records
        self._eligible = eligible(evidence)
        self._seating = Seating(evidence)
        self._set: dict[str, Table] = {}
        self._tables: OrderedDict[str, tuple[Table, SeatScores, np.ndarray]] = OrderedDict()
        self._reasons: dict[tuple[str, str], tuple[Reason, ...]] = {}

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines for the filters, best first; without a project those of all running ones."""
        lines = {}
        narrowed = wanted.sides(self.say, self.evidence.records.actors)
        asked = self._asked(wanted)
        for subject, _ in zip(asked, self._seating.words.foreseen([self._seats(x) for x in asked]), strict=True):
            uses = self._uses_at(subject) if wanted.order == "useful" else None
            for at in self._ranked(subject, wanted, uses, narrowed):
                lines[self._line(subject, at, uses)] = (subject, at)
        # On the list of one table or actor every line is about it; the others stand in two lines at most.
        free = frozenset({wanted.actor, wanted.subject} - {""})

        def usable(line: Line) -> bool:
            subject, at = lines[line]
            return self._id(subject, at) not in wanted.settled and bool(self.reasons(subject, at))

        taken = chosen(lines, limit, usable, free=free)
        return [self.gap(*lines[line]) for line in taken]

    def find(self, rest: str) -> Gap | None:
        """The suggestion about the table and the actor that `rest` names."""
        for table, slug in cuts(rest):
            subject, at = self._by_slug.get(table), self._actor_at.get(slug)
            if subject is not None and at is not None:
                return self.gap(subject, at) if self.may_sit(subject, at) else None
        return None

    @cached_property
    def _actor_at(self) -> dict[str, int]:
        return {actor.slug: at for at, actor in enumerate(self.evidence.records.actors)}

    @cached_property
    def _subjects(self) -> dict[str, dict[str, Subject]]:
        """Entry type → IRI → what can have a table."""
        written = self._written
        found: tuple[tuple[Subject, ...], ...] = (written.projects, written.events, written.demands)
        return {kind: {one.iri: one for one in entries} for kind, entries in zip(SUBJECTS, found, strict=True)}

    @cached_property
    def _by_slug(self) -> dict[str, Subject]:
        """As they are named in ids: a project by its slug, others with their type before it."""
        named = [
            (SEPARATOR.join((kind, subject.slug)), subject)
            for kind in SUBJECTS[1:]
            for subject in self._subjects[kind].values()
        ]
        return dict(named) | {project.slug: project for project in self._subjects[SUBJECTS[0]].values()}

    def gap(self, subject: Subject, at: int) -> Gap:
        """The line of an actor at a table, with everything behind it."""
        table, scores, order = self._table(subject)
        actor = self.evidence.records.actors[at]
        helpers = self._introducers(table, actor)
        score = float(scores.score[at])
        rank = int((order > order[at]).sum()) + 1
        return Gap(
            id=self._id(subject, at),
            kind="table",
            actors=(actor_ref(actor),),
            subject=table.ref,
            score=score / (1 + score),
            strength="stark" if rank <= STRONG else "mittel" if rank <= MEDIUM else "schwach",
            reasons=self.reasons(subject, at),
            introducers=helpers,
            cautions=cautions(self.say, (actor,), helpers),
            next_step=seat_step(actor, table, helpers),
            bridge=self._bridges(table, actor),
            newcomer=bool(self.evidence.newcomer[at]),
            uses=self._told(table, at),
        )

    def _id(self, subject: Subject, at: int) -> str:
        return seat_id(self._seats(subject).ref, self.evidence.records.actors[at].slug)

    @cached_property
    def uses(self) -> Uses:
        """What contacts are good for."""
        return Uses(self.say, coverage_list(self.evidence))

    def _carriers(self, table: Table) -> list[int]:
        return [self.evidence.actor_at[iri] for iri in table.traeger if iri in self.evidence.actor_at]

    def _uses_at(self, subject: Subject) -> np.ndarray:
        """Number of uses of each actor at a table: of its contact with the carrier for whom it has most."""
        every = np.arange(len(self.evidence.actor_at))
        carriers = self._carriers(self._seats(subject))
        found = [self.uses.count(np.full_like(every, carrier), every) for carrier in carriers]
        return np.asarray(np.max([*found, self.evidence.newcomer.astype(float)], axis=0))

    def _told(self, table: Table, at: int) -> tuple[Text, ...]:
        """The uses of an actor at a table, for the first carrier that it has any with."""
        return next((told for carrier in self._carriers(table) if (told := self.uses.told(at, carrier))), ())

    def reasons(self, subject: Subject, at: int) -> tuple[Reason, ...]:
        """The reasons for an actor at a table, worded once."""
        key = subject.iri, self.evidence.records.actors[at].iri
        if key not in self._reasons:
            table, scores, _ = self._table(subject)
            self._reasons[key] = seat_reasons(self.say, table, scores, at)
        return self._reasons[key]

    def may_sit(self, subject: Subject, at: int) -> bool:
        """Whether the actor can be suggested for the table, and why can be said."""
        return bool(np.isfinite(self._table(subject)[2][at]) and self.reasons(subject, at))

    def _asked(self, wanted: Filters) -> list[Subject]:
        """The table that is asked for; without one those of all projects that run or (today) are planned."""
        if wanted.subject:
            return [found[wanted.subject] for found in self._subjects.values() if wanted.subject in found]
        horizon = self.evidence.horizon
        projects = self._written.projects
        return [x for x in projects if horizon.running(x) or (x.start is not None and x.start > horizon.day)]

    def _ranked(self, subject: Subject, wanted: Filters, uses: np.ndarray | None, narrowed: Sides) -> list[int]:
        """Positions of the actors that may be suggested for a table and pass the filters, best first."""
        order = self._table(subject)[2] if uses is None else self._table(subject)[2] * np.where(uses > 0, uses, 0.01)
        passed = np.isfinite(order)
        if wanted.actor:
            passed &= np.arange(len(order)) == self.evidence.actor_at.get(wanted.actor, -1)
        for one, sides in narrowed:
            if not one.admits(self.say, subject.iri):
                passed &= sides
        some = np.flatnonzero(passed)
        if wanted.subject:
            return m.best_first_of(some, order[some])
        if len(some) > PER_TABLE:
            some = np.flatnonzero(passed & (order >= np.partition(order[some], -PER_TABLE)[-PER_TABLE]))
        return m.best_first_of(some, order[some])[:PER_TABLE]

    def _seats(self, subject: Subject) -> Table:
        """The table of a subject."""
        if subject.iri not in self._set:
            self._set[subject.iri] = Table.of(self._written, subject)
        return self._set[subject.iri]

    def _table(self, subject: Subject) -> tuple[Table, SeatScores, np.ndarray]:
        """A table, its scores, and the scores of those who may be suggested (others −∞); of the last `KEPT` tables."""
        if subject.iri not in self._tables:
            table = self._seats(subject)
            scores = self._seating.scores(table, self.weights)
            order = np.where(self._allowed(table, scores), scores.score, -np.inf)
            self._tables[subject.iri] = table, scores, order
            if len(self._tables) > KEPT:
                self._tables.popitem(last=False)
        return self._tables[subject.iri]

    @cached_property
    def _barred(self) -> sparse.csr_array:
        """Actors × actors: 1 where one belongs to the other or pays it."""
        return m.binary(m.csr(self.evidence.family + self.evidence.money))

    def _allowed(self, table: Table, scores: SeatScores) -> np.ndarray:
        """Eligible, not there yet, neither related to the Träger nor paying it; authorities only from their circle."""
        at = self.evidence.actor_at
        allowed = self._eligible & (~self.evidence.agency | (scores.partners > 0) | (scores.second_hand > 0.5))
        carriers = [at[iri] for iri in table.traeger if iri in at]
        allowed[[*(at[iri] for iri in table.seated if iri in at), *carriers]] = False
        for carrier in carriers:
            allowed[self._barred.indices[self._barred.indptr[carrier] : self._barred.indptr[carrier + 1]]] = False
        return np.asarray(allowed)

    def _line(self, subject: Subject, at: int, uses: np.ndarray | None) -> Line:
        table, scores, _ = self._table(subject)
        good = 1.0 if uses is None else float(uses[at])
        actor = self.evidence.records.actors[at]
        return Line(
            key=(table.iri, actor.iri),
            parts=(actor.iri, table.iri),
            score=float(scores.score[at]) * good,
            cold=float(scores.cold[at] + scores.kinds[at]) * good,
            newcomer=bool(self.evidence.newcomer[at]),
            bridge=self._bridges(table, actor),
        )

    def _bridges(self, table: Table, actor: Actor) -> bool:
        sectors = {self.say.actors[iri].sector for iri in table.traeger if iri in self.say.actors}
        return bool(actor.sector and sectors and actor.sector not in sectors)

    def _introducers(self, table: Table, actor: Actor) -> tuple[Ref, ...]:
        """Who is at the table and knows the actor, then who knows both the actor and the Träger."""
        seated = sorted(iri for iri in table.seated if iri in self.say.actors)
        known = [iri for iri in self.say.partners_of(actor.iri) if iri in seated]
        further = [iri for carrier in table.traeger for iri in self.say.common_partners(actor.iri, carrier)]
        return tuple(actor_ref(self.say.actors[iri]) for iri in dict.fromkeys([*known, *further]))[:3]
