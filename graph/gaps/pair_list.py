"""The list "Wer sollte wen kennenlernen?": from scores to lines with reasons."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps import matrices as m
from graph.gaps.candidates import candidate_pairs
from graph.gaps.cautions import cautions, pair_step
from graph.gaps.filters import Filters
from graph.gaps.gap import Gap, Ref, pair_id
from graph.gaps.introduce import PairScores, pair_scores
from graph.gaps.kinds import cuts
from graph.gaps.pair_reasons import pair_reasons
from graph.gaps.rules import Line, Ranks, taken
from graph.gaps.statements import Statements, actor_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.gaps.evidence import Evidence
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
        self._reasons: dict[int, tuple[Reason, ...]] = {}

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines for the filters, best first."""
        numbers = np.flatnonzero(self._useful & self._wanted(wanted))
        score, cold = self.scores.score, self.scores.cold
        known: dict[Line, int] = {}

        def ranked(some: np.ndarray, by: np.ndarray) -> Iterator[Line]:
            # Pairs stand in the order of their keys, and a stable sort leaves ties in it. Of millions of pairs only
            # those looked at become lines.
            for number in some[np.argsort(-by[some], kind="stable")].tolist():
                line = self._line(number)
                known[line] = number
                yield line

        ranks = Ranks(
            every=ranked(numbers, score),
            newcomers=ranked(numbers[self._newcomers[numbers]], cold),
            bridges=ranked(numbers[self._bridges[numbers]], score),
        )
        free = frozenset({wanted.actor} - {""})
        lines = taken(ranks, limit, lambda line: bool(self.reasons(known[line])), free=free)
        return [self.gap(known[line]) for line in lines]

    def find(self, rest: str) -> Gap | None:
        """The suggestion about the two actors whose slugs `rest` names."""
        for slugs in cuts(rest):
            named = [self._slugs.get(slug) for slug in slugs]
            if named[0] is not None and named[1] is not None and named[0] != named[1]:
                number = self.number_of(named[0], named[1])
                return self.gap(number) if number is not None else None
        return None

    @cached_property
    def _slugs(self) -> dict[str, str]:
        return {actor.slug: actor.iri for actor in self.actors}

    def number_of(self, one: str, other: str) -> int | None:
        """The position of a pair of IRIs; None if it is no candidate or nothing can be said for it."""
        at = self.say.evidence.actor_at
        low, high = sorted((at[one], at[other]))
        found = np.flatnonzero((self.scores.pairs.first == low) & (self.scores.pairs.second == high))
        usable = len(found) and self._useful[found[0]] and self.reasons(int(found[0]))
        return int(found[0]) if usable else None

    def fit(self, numbers: np.ndarray) -> np.ndarray:
        """Of some pairs those that may be suggested, best first; whether there is a reason is asked when it is told."""
        some = numbers[self._useful[numbers]]
        return np.asarray(some[np.argsort(-self.scores.score[some], kind="stable")])

    def pairs_of(self, actors: Iterable[int]) -> np.ndarray:
        """The numbers of all pairs with one of some actors, given by their positions; each number once."""
        starts, numbers = self._by_actor
        return np.unique(np.concatenate([np.zeros(0, int), *(numbers[starts[at] : starts[at + 1]] for at in actors)]))

    @cached_property
    def _by_actor(self) -> tuple[np.ndarray, np.ndarray]:
        """Where the pairs of each actor begin in a list of pairs in the order of their actors, and that list."""
        sides = np.concatenate(self.scores.pairs)
        order = np.argsort(sides, kind="stable")
        starts = np.searchsorted(sides[order], np.arange(len(self.actors) + 1))
        return starts, order % max(len(self.scores.pairs.first), 1)

    def reasons(self, number: int) -> tuple[Reason, ...]:
        """The reasons of a pair, worded once."""
        if number not in self._reasons:
            self._reasons[number] = pair_reasons(self.say, self.scores, number)
        return self._reasons[number]

    def gap(self, number: int) -> Gap:
        """The line of a pair, with everything behind it."""
        pair = one, other = self._sides(number)
        helpers = self._introducers(one, other)
        newcomer = bool(self._newcomers[number])
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
            bridge=bool(self._bridges[number]),
            newcomer=newcomer,
        )

    def _sides(self, number: int) -> tuple[Actor, Actor]:
        return self.actors[self.scores.pairs.first[number]], self.actors[self.scores.pairs.second[number]]

    @cached_property
    def _newcomers(self) -> np.ndarray:
        """Pairs with a newcomer."""
        first, second = self.scores.pairs
        new = self.say.evidence.newcomer
        return np.asarray(new[first] | new[second])

    @cached_property
    def _bridges(self) -> np.ndarray:
        """Pairs of different sectors."""
        first, second = self.scores.pairs
        sectors = m.numbered(actor.sector for actor in self.actors)
        of = np.array([sectors[actor.sector] if actor.sector else -1 for actor in self.actors], dtype=np.int64)
        return np.asarray((of[first] != of[second]) & (of[first] >= 0) & (of[second] >= 0))

    def _line(self, number: int) -> Line:
        one, other = self._sides(number)
        pair = one.iri, other.iri
        score, cold = float(self.scores.score[number]), float(self.scores.cold[number])
        return Line(pair, pair, score, cold, bool(self._newcomers[number]), bool(self._bridges[number]))

    def _wanted(self, wanted: Filters) -> np.ndarray:
        """Pairs that pass the filters: the actor, a side of the field and a side at the place."""
        first, second = self.scores.pairs
        passed = np.ones(len(first), dtype=bool)
        if wanted.actor:
            at = self.say.evidence.actor_at.get(wanted.actor, -1)
            passed &= (first == at) | (second == at)
        for one in (Filters(fields=wanted.fields), Filters(place=wanted.place)):
            if one != Filters():
                sides = np.array([one.admits(self.say, actor.iri) for actor in self.actors], dtype=bool)
                passed &= sides[first] | sides[second]
        return passed

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
