"""The list "Wer sollte wen kennenlernen?": from scores to lines with reasons."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps.candidates import candidate_pairs
from graph.gaps.cautions import cautions, pair_step
from graph.gaps.gap import Gap, Ref, pair_id
from graph.gaps.introduce import PairScores, pair_scores
from graph.gaps.pair_reasons import pair_reasons
from graph.gaps.rules import Line, chosen
from graph.gaps.statements import Statements, actor_ref

if TYPE_CHECKING:
    from graph.gaps.evidence import Evidence
    from graph.gaps.filters import Filters
    from graph.gaps.gap import Reason
    from graph.gaps.records import Actor

STRONG, MEDIUM = 20, 100
"""Ranks up to which a line is called stark and mittel."""


class PairList:
    """All candidate pairs of one day, ranked; lines are worded when they are asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self.say = Statements(evidence)
        self.scores: PairScores = pair_scores(evidence, candidate_pairs(evidence))
        self.actors = evidence.records.actors
        self._new = evidence.newcomer
        self._reasons: dict[int, tuple[Reason, ...]] = {}

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines for the filters, best first."""
        lines = {line: number for number, line in enumerate(self._lines) if self._wanted(number, line, wanted)}
        free = frozenset({wanted.actor} - {""})
        taken = chosen(lines, limit, lambda line: bool(self.reasons(lines[line])), free=free)
        return [self.gap(lines[line]) for line in taken]

    def number_of(self, one: str, other: str) -> int | None:
        """The position of a pair of IRIs; None if it is no candidate or nothing can be said for it."""
        at = self.say.evidence.actor_at
        low, high = sorted((at[one], at[other]))
        found = np.flatnonzero((self.scores.pairs.first == low) & (self.scores.pairs.second == high))
        usable = len(found) and self._useful[found[0]] and self.reasons(int(found[0]))
        return int(found[0]) if usable else None

    def reasons(self, number: int) -> tuple[Reason, ...]:
        """The reasons of a pair, worded once."""
        if number not in self._reasons:
            self._reasons[number] = pair_reasons(self.say, self.scores, number)
        return self._reasons[number]

    def gap(self, number: int) -> Gap:
        """The line of a pair, with everything behind it."""
        pair = one, other = self._sides(number)
        helpers = self._introducers(one, other)
        newcomer = self._newcomer(number)
        score = float(self.scores.score[number])
        return Gap(
            id=pair_id(one.slug, other.slug),
            kind="introduce",
            actors=(actor_ref(one), actor_ref(other)),
            subject=None,
            score=score / (1 + score),
            strength=self._strength(number),
            reasons=self.reasons(number),
            introducers=helpers,
            cautions=cautions(self.say, pair, helpers),
            next_step=pair_step(one, other, helpers, newcomer=newcomer),
            bridge=_bridges(one, other),
            newcomer=newcomer,
        )

    def _sides(self, number: int) -> tuple[Actor, Actor]:
        return self.actors[self.scores.pairs.first[number]], self.actors[self.scores.pairs.second[number]]

    def _newcomer(self, number: int) -> bool:
        first, second = self.scores.pairs
        return bool(self._new[first[number]] or self._new[second[number]])

    @cached_property
    def _lines(self) -> list[Line]:
        first, second = self.scores.pairs
        columns = (first, second, self.scores.score, self.scores.cold, self._new[first] | self._new[second])
        return [self._line(*cells) for cells in zip(*(column.tolist() for column in columns), strict=True)]

    def _line(self, first: int, second: int, score: float, cold: float, newcomer: bool) -> Line:
        one, other = self.actors[first], self.actors[second]
        pair = one.iri, other.iri
        return Line(pair, pair, score, cold, newcomer, _bridges(one, other))

    def _wanted(self, number: int, line: Line, wanted: Filters) -> bool:
        if not self._useful[number] or (wanted.actor and wanted.actor not in line.parts):
            return False
        return wanted.admits(self.say, *line.parts)

    @cached_property
    def _useful(self) -> np.ndarray:
        """Pairs without authorities; with one, if somebody knows both, they met, or one seeks what the other offers."""
        first, second = self.scores.pairs
        agencies = self.say.evidence.agency[first].astype(int) + self.say.evidence.agency[second]
        near = (self.scores.partners > 0) | (self.scores.meetings > 0) | (self.scores.matches > 0)
        return np.asarray((agencies == 0) | ((agencies == 1) & near))

    def _introducers(self, one: Actor, other: Actor) -> tuple[Ref, ...]:
        iris = [*self.say.common_partners(one.iri, other.iri), *self.say.common_bodies(one.iri, other.iri)]
        return tuple(actor_ref(self.say.actors[iri]) for iri in dict.fromkeys(iris))[:3]

    def _strength(self, number: int) -> str:
        rank = int((self.scores.score > self.scores.score[number]).sum()) + 1
        return "stark" if rank <= STRONG else "mittel" if rank <= MEDIUM else "schwach"


def _bridges(one: Actor, other: Actor) -> bool:
    return bool(one.sector and other.sector and one.sector != other.sector)
