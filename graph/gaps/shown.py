"""The lists that would have been shown in the past, line by line, with what came true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph.gaps.filters import Filters
from graph.gaps.pair_list import PairList
from graph.gaps.statements import actor_ref, statements

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.gaps.gap import Ref
    from graph.gaps.panel_pairs import PairTrial
    from graph.gaps.records import Records
    from graph.gaps.statements import Statements

LINES = 20
"""Lines of a list that would have been shown."""


class Strength(NamedTuple):
    """Of `lines` suggestions of one strength so many came true."""

    hits: int
    lines: int


@dataclass(frozen=True)
class ShownLine:
    """One line: whom it named, whether it came true, and in what ("" if that is not told)."""

    actors: tuple[Ref, ...]
    came: bool
    what: str


@dataclass(frozen=True)
class Shown:
    """One list of the past.

    Attributes:
        title: the day before which it was made, or the project it was for.
        lines: as they would have stood.
        possible: how many it could have named: new pairs of the window, partners that came.
        round: the planning round that was running, "" if none is known.
    """

    title: str
    lines: tuple[ShownLine, ...]
    possible: int
    round: str = ""

    @property
    def came(self) -> int:
        """Lines that came true."""
        return sum(line.came for line in self.lines)


@dataclass(frozen=True)
class Live:
    """One window as the list of today would see it: QM, authorities beyond reach and relatives are left out.

    Attributes:
        scores, hits: of every pair the list may show.
        shown: the list its rules would have made.
    """

    scores: NDArray[np.float64]
    hits: NDArray[np.bool_]
    shown: Shown


def live_list(records: Records, trial: PairTrial) -> Live:
    """The list of `introduce` on the eve of a window, and what came true of it."""
    ranked = PairList(trial.before)
    (first, second), scores = ranked.showable()
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    hits = np.array([pair in trial.new for pair in pairs], dtype=bool)
    return Live(scores, hits, _shown(records, trial, ranked))


def _shown(records: Records, trial: PairTrial, ranked: PairList) -> Shown:
    at, later = trial.before.actor_at, statements(trial.after)
    lines = []
    for actors in ranked.chosen(Filters(), LINES):
        one, other = (actor.iri for actor in actors)
        came = (min(at[one], at[other]), max(at[one], at[other])) in trial.new
        lines.append(ShownLine(tuple(map(actor_ref, actors)), came, _joint(later, one, other) if came else ""))
    begun = [field for field in records.fields if field.start and field.start <= trial.start]
    running = max(((field.start, field.round) for field in begun if field.start), default=(None, ""))[1]
    return Shown(trial.start.isoformat(), tuple(lines), len(trial.new), running)


def _joint(say: Statements, one: str, other: str) -> str:
    """The project two actors had together."""
    shared = say.shared_project(one, other)
    return say.projects[shared[0].subject].label if shared else ""
