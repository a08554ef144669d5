"""The list "Wer fehlt am Tisch?": for each project the actors who should be there."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps import matrices as m
from graph.gaps.candidates import eligible
from graph.gaps.cautions import cautions, seat_step
from graph.gaps.gap import Gap, Ref, seat_id
from graph.gaps.kinds import cuts
from graph.gaps.rules import Line, chosen
from graph.gaps.seat_reasons import seat_reasons
from graph.gaps.seats import SeatScores, Table, seat_scores
from graph.gaps.statements import Statements, actor_ref, project_ref

if TYPE_CHECKING:
    from graph.gaps.evidence import Evidence
    from graph.gaps.filters import Filters
    from graph.gaps.gap import Reason
    from graph.gaps.records import Actor, Project

PER_PROJECT = 10
"""Best actors of each project that enter a list over several projects."""

STRONG, MEDIUM = 3, 10
"""Ranks at one table up to which a line is called stark and mittel."""


class SeatList:
    """The tables of one day; each is scored when it is first asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self.say = Statements(evidence)
        self.evidence = evidence
        self._eligible = eligible(evidence)
        self._tables: dict[str, tuple[Table, SeatScores, np.ndarray]] = {}
        self._reasons: dict[tuple[str, str], tuple[Reason, ...]] = {}

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines for the filters, best first; without a project those of all running ones."""
        lines = {}
        for project in self._projects(wanted):
            for at in self._ranked(project, wanted):
                lines[self._line(project, at)] = (project, at)
        # On the list of one project or actor every line is about it; the others stand in two lines at most.
        free = frozenset({wanted.actor, wanted.project} - {""})
        taken = chosen(lines, limit, lambda line: bool(self.reasons(*lines[line])), free=free)
        return [self.gap(*lines[line]) for line in taken]

    def find(self, rest: str) -> Gap | None:
        """The suggestion about the project and the actor whose slugs `rest` names."""
        projects = {project.slug: project for project in self.evidence.records.projects}
        actors = {actor.slug: at for at, actor in enumerate(self.evidence.records.actors)}
        for slug, other in cuts(rest):
            if slug in projects and other in actors:
                project, at = projects[slug], actors[other]
                return self.gap(project, at) if self.may_sit(project, at) else None
        return None

    def gap(self, project: Project, at: int) -> Gap:
        """The line of an actor at a table, with everything behind it."""
        table, scores, order = self._table(project)
        actor = self.evidence.records.actors[at]
        helpers = self._introducers(table, actor)
        score = float(scores.score[at])
        rank = int((order > order[at]).sum()) + 1
        return Gap(
            id=seat_id(project.slug, actor.slug),
            kind="table",
            actors=(actor_ref(actor),),
            subject=project_ref(project),
            score=score / (1 + score),
            strength="stark" if rank <= STRONG else "mittel" if rank <= MEDIUM else "schwach",
            reasons=self.reasons(project, at),
            introducers=helpers,
            cautions=cautions(self.say, (actor,), helpers),
            next_step=seat_step(actor, project.label, helpers),
            bridge=self._bridges(table, actor),
            newcomer=bool(self.evidence.newcomer[at]),
        )

    def reasons(self, project: Project, at: int) -> tuple[Reason, ...]:
        """The reasons for an actor at a table, worded once."""
        key = project.iri, self.evidence.records.actors[at].iri
        if key not in self._reasons:
            table, scores, _ = self._table(project)
            self._reasons[key] = seat_reasons(self.say, table, scores, at)
        return self._reasons[key]

    def may_sit(self, project: Project, at: int) -> bool:
        """Whether the actor can be suggested for the project, and why can be said."""
        return bool(np.isfinite(self._table(project)[2][at]) and self.reasons(project, at))

    def _projects(self, wanted: Filters) -> list[Project]:
        if wanted.project:
            return [self.say.projects[wanted.project]] if wanted.project in self.say.projects else []
        return [project for project in self.evidence.records.projects if self.evidence.horizon.running(project)]

    def _ranked(self, project: Project, wanted: Filters) -> list[int]:
        """Positions of the actors that may be suggested for a project and pass the filters, best first."""
        order = self._table(project)[2]
        ranked = [at for at in np.argsort(-order, kind="stable").tolist() if np.isfinite(order[at])]
        actors = self.evidence.records.actors
        passed = (
            at
            for at in ranked
            if (not wanted.actor or actors[at].iri == wanted.actor)
            and wanted.admits(self.say, actors[at].iri, project.iri)
        )
        return list(passed if wanted.project else islice(passed, PER_PROJECT))

    def _table(self, project: Project) -> tuple[Table, SeatScores, np.ndarray]:
        """A project's table, its scores, and the scores of those who may be suggested (others −∞)."""
        if project.iri not in self._tables:
            table = Table.of(self.evidence.records, project)
            scores = seat_scores(self.evidence, table)
            order = np.where(self._allowed(table, scores), scores.score, -np.inf)
            self._tables[project.iri] = table, scores, order
        return self._tables[project.iri]

    def _allowed(self, table: Table, scores: SeatScores) -> np.ndarray:
        """Eligible, not there yet, neither related to the Träger nor paying it; authorities only from their circle."""
        at = self.evidence.actor_at
        allowed = self._eligible & (~self.evidence.agency | (scores.partners > 0) | (scores.second_hand > 0.5))
        allowed[[at[iri] for iri in table.seated | set(table.traeger) if iri in at]] = False
        carriers = np.zeros(len(at))
        carriers[[at[iri] for iri in table.traeger if iri in at]] = 1.0
        barred = m.binary(self.evidence.family + self.evidence.money) @ carriers
        return np.asarray(allowed & (barred == 0))

    def _line(self, project: Project, at: int) -> Line:
        table, scores, _ = self._table(project)
        actor = self.evidence.records.actors[at]
        return Line(
            key=(project.iri, actor.iri),
            parts=(actor.iri, project.iri),
            score=float(scores.score[at]),
            cold=float(scores.cold[at] + scores.kinds[at]),
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
