"""The backtest of `table`: each project that begins in a window, ranked on the eve of the latest of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps.panel_pairs import eve
from graph.gaps.seats import Seating
from graph.gaps.shown import Shown, ShownLine
from graph.gaps.statements import actor_ref
from graph.gaps.tables import Table
from graph.gaps.trials import any_hit, average_precision, expected_hits
from graph.gaps.weights import NORMAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from graph.gaps.records import Actor, Project, Records
    from graph.gaps.weights import Weights

SEATS = 10
"""Lines of `table` that are judged."""

MOST_TABLES = 400
"""Projects that are judged; of more, so many are drawn."""


@dataclass(frozen=True)
class SeatTrial:
    """One project: who could have been asked, the scores by method, who came besides the Träger."""

    table: Table
    actors: tuple[Actor, ...]
    scores: Mapping[str, NDArray[np.float64]]
    hits: NDArray[np.bool_]

    def measures(self, name: str) -> tuple[float, float, float]:
        """any10, recall10 and average precision of a method."""
        scores = self.scores[name]
        found = expected_hits(scores, self.hits, SEATS) / int(self.hits.sum())
        return any_hit(scores, self.hits, SEATS), found, average_precision(scores, self.hits)

    def shown(self) -> Shown:
        """Its first ten lines, with who came."""
        order = np.argsort(-self.scores["pankenetz"], kind="stable")[:SEATS].tolist()
        lines = tuple(ShownLine((actor_ref(self.actors[at]),), bool(self.hits[at]), "") for at in order)
        return Shown(self.table.ref.label, lines, int(self.hits.sum()))


def seat_trials(records: Records, windows: Sequence[tuple[date, date]], team: Weights = NORMAL) -> list[SeatTrial]:
    """The trials of all projects with a Träger and somebody else, each judged once; latest windows first."""
    of = _latest_windows(records, windows)
    if len(of) > MOST_TABLES:
        drawn = np.random.default_rng(1).choice(len(of), MOST_TABLES, replace=False)
        of = [of[at] for at in sorted(drawn.tolist())]
    trials: list[SeatTrial] = []
    for start, projects in groupby(of, key=itemgetter(0)):
        seating = Seating(eve(records, start))
        for _, project in projects:
            trial = _seat_trial(records, seating, Table.of(records, project), team)
            trials += [trial] if trial else []
    return trials


def _latest_windows(records: Records, windows: Sequence[tuple[date, date]]) -> list[tuple[date, Project]]:
    """Each project that can be judged with the start of the latest window it begins in; latest windows first."""
    found: list[tuple[date, Project]] = []
    seen: set[str] = set()
    for start, end in reversed(windows):
        for project in records.projects:
            # Windows overlap: a project is judged once, on the eve of the latest window it begins in.
            if project.start and start <= project.start <= end and project.iri not in seen:
                seen.add(project.iri)
                if all(_sides(records, project.iri)):
                    found.append((start, project))
    return found


def _sides(records: Records, project: str) -> tuple[set[str], set[str]]:
    """Who carries a project, and who takes part besides."""
    involved = records.taking_part.get(project, [])
    carriers = {item.actor for item in involved if item.role == "traeger"}
    return carriers, {item.actor for item in involved if item.role in {"partner", "ort"}} - carriers


def _seat_trial(records: Records, seating: Seating, table: Table, team: Weights) -> SeatTrial | None:
    """The trial of one project; None if it has no Träger or nobody else."""
    carriers, wanted = _sides(records, table.iri)
    if not carriers or not wanted:
        return None
    evidence = seating.evidence
    ours = seating.scores(replace(table, traeger=tuple(sorted(carriers))))
    scores = {
        "pankenetz": ours.score,
        **({} if team == NORMAL else {"team_weights": replace(ours, weights=team).score}),
        "random": np.zeros(len(ours.texts)),
        "popularity": evidence.projects_of,
        "partners_of_traeger": ours.partners,
        "same_field": np.nan_to_num(ours.fields),
        "text": ours.texts,
    }
    actors = evidence.records.actors
    others = np.array([actor.iri not in carriers for actor in actors], dtype=bool)
    hits = np.array([actor.iri in wanted for actor in actors], dtype=bool)[others]
    left = tuple(actor for actor, kept in zip(actors, others.tolist(), strict=True) if kept)
    return SeatTrial(table, left, {name: values[others] for name, values in scores.items()}, hits)
