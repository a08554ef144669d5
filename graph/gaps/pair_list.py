"""The list "Wer sollte wen kennenlernen?": from scores to lines with reasons."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m
from graph.gaps.candidates import Pairs, candidate_pairs
from graph.gaps.cautions import cautions, pair_step
from graph.gaps.coverage_list import coverage_list
from graph.gaps.filters import Filters
from graph.gaps.gap import Gap, Ref, pair_id
from graph.gaps.introduce import PairScores, pair_scores
from graph.gaps.kinds import cuts
from graph.gaps.matrices import best_first
from graph.gaps.pair_reasons import pair_reasons
from graph.gaps.rules import Line, Ranks, taken
from graph.gaps.statements import actor_ref, statements
from graph.gaps.uses import Uses
from graph.gaps.weights import NORMAL, Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graph.gaps.evidence import Evidence
    from graph.gaps.gap import Reason
    from graph.gaps.records import Actor

STRONG, MEDIUM = 20, 100
"""Ranks up to which a line is called stark and mittel."""


class PairList:
    """All candidate pairs of one day, ranked; lines are worded when they are asked for."""

    def __init__(self, evidence: Evidence, weights: Weights = NORMAL) -> None:
        self.say = statements(evidence)
        self.scores: PairScores = pair_scores(evidence, candidate_pairs(evidence), weights)
        self.actors = evidence.records.actors
        self._reasons: dict[int, tuple[Reason, ...]] = {}

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines for the filters, best first."""
        return [self.gap(number) for number in self._chosen(wanted, limit)]

    def chosen(self, wanted: Filters, limit: int) -> list[tuple[Actor, Actor]]:
        """The two actors of each of these lines, without the wording."""
        return [self._sides(number) for number in self._chosen(wanted, limit)]

    def _chosen(self, wanted: Filters, limit: int) -> list[int]:
        numbers = np.flatnonzero(self._useful & self._wanted(wanted))
        score, cold = self._order(wanted.order)
        known: dict[Line, int] = {}

        def ranked(some: np.ndarray, by: np.ndarray) -> Iterator[Line]:
            # Pairs stand in the order of their keys, and a stable sort leaves ties in it. Of millions of pairs only
            # those looked at become lines.
            for number in best_first(some, by[some]):
                line = self._line(number, float(score[number]), float(cold[number]))
                known[line] = number
                yield line

        def usable(line: Line) -> bool:
            return self._id(known[line]) not in wanted.settled and bool(self.reasons(known[line]))

        def belonging(both: np.ndarray) -> Callable[[Line], bool]:
            return lambda line: bool(both[known[line]])

        ranks = Ranks(
            every=ranked(numbers, score),
            newcomers=ranked(numbers[self._newcomers[numbers]], cold),
            bridges=ranked(numbers[self._bridges[numbers]], score),
            fields=[(belonging(both), ranked(numbers[both[numbers]], score)) for both in self._needed(wanted).values()],
        )
        free = frozenset({wanted.actor} - {""})
        lines = taken(ranks, limit, usable, free=free)
        return [known[line] for line in lines]

    def showable(self) -> tuple[Pairs, np.ndarray]:
        """The pairs that may be shown, and their scores."""
        kept = self._useful
        return Pairs(*(side[kept] for side in self.scores.pairs)), self.scores.score[kept]

    def _order(self, order: str) -> tuple[np.ndarray, np.ndarray]:
        """The scores by which lines, and those by which newcomers' lines are ranked.

        *Nützlich* is (1 + Thema + …) × uses: being busy is no use, so *bereit* is left out.
        """
        if order == "obvious":
            return self.scores.score, self.scores.cold
        uses = self.uses.count(*self.scores.pairs)
        return self.scores.bracket * uses, self.scores.cold * uses

    @cached_property
    def uses(self) -> Uses:
        """What the pairs are good for."""
        return Uses(self.say, coverage_list(self.say.evidence))

    def _needed(self, wanted: Filters) -> dict[str, np.ndarray]:
        """Field of the latest round with a stated need → pairs who both work in it; {} for a narrowed list."""
        if wanted.fields or wanted.actor or wanted.place:
            return {}
        evidence = self.say.evidence
        fields = evidence.fields
        active = m.binary(m.csr(fields.actors + evidence.through_projects(fields.projects))).tocsc()
        first, second = self.scores.pairs
        found = {}
        for field in sorted(self.needed_fields):
            works = np.zeros(len(self.actors), dtype=bool)
            if field in fields.names:
                column = fields.names[field]
                works[active.indices[active.indptr[column] : active.indptr[column + 1]]] = True
            found[field] = works[first] & works[second]
        return found

    def unserved(self) -> list[Ref]:
        """Fields with a stated need in which no two actors could be introduced to each other."""
        usable = self._useful
        open_fields = (
            field
            for field, both in self._needed(Filters()).items()
            if not any(self.reasons(number) for number in np.flatnonzero(both & usable).tolist())
        )
        named = [self.say.fields[field] for field in open_fields]
        return [Ref(field.iri, field.label, field.slug, "handlungsfeld") for field in named]

    @cached_property
    def needed_fields(self) -> frozenset[str]:
        """IRIs of the fields of the latest round for which anything is stated."""
        records = self.say.evidence.records
        asked = {demand.field for demand in records.demands}
        fields = [field for field in records.fields if field.iri in asked]
        latest = max(((f.start.toordinal() if f.start else 0, f.round) for f in fields), default=(0, ""))[1]
        return frozenset(field.iri for field in fields if field.round == latest)

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
        return m.united(
            *(numbers[starts[at] : starts[at + 1]].astype(np.int64) for at in actors), np.zeros(0, np.int64)
        )

    @cached_property
    def _by_actor(self) -> tuple[np.ndarray, np.ndarray]:
        """Where the pairs of each actor begin in a list of pairs in the order of their actors, and that list."""
        # Turning a table of pairs round counts who has how many, which is quicker than sorting them.
        sides = np.stack(self.scores.pairs, axis=1).ravel()
        pairs = sparse.csr_array(
            (np.ones(len(sides), dtype=np.int8), sides, np.arange(0, len(sides) + 1, 2)),
            shape=(len(sides) // 2, len(self.actors)),
        )
        turned = pairs.tocsc()
        return turned.indptr, turned.indices

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
            id=self._id(number),
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
            uses=self.uses.told(*(int(side[number]) for side in self.scores.pairs)),
        )

    def _id(self, number: int) -> str:
        one, other = self._sides(number)
        return pair_id(one.slug, other.slug)

    def _sides(self, number: int) -> tuple[Actor, Actor]:
        return self.actors[self.scores.pairs.first[number]], self.actors[self.scores.pairs.second[number]]

    @cached_property
    def _newcomers(self) -> np.ndarray:
        return self.uses.newcomers(*self.scores.pairs)

    @cached_property
    def _bridges(self) -> np.ndarray:
        return self.uses.bridges(*self.scores.pairs)

    def _line(self, number: int, score: float, cold: float) -> Line:
        one, other = self._sides(number)
        pair = one.iri, other.iri
        return Line(pair, pair, score, cold, bool(self._newcomers[number]), bool(self._bridges[number]))

    def _wanted(self, wanted: Filters) -> np.ndarray:
        """Pairs that pass the filters: the actor, a side of the field and a side at the place."""
        first, second = self.scores.pairs
        passed = np.ones(len(first), dtype=bool)
        if wanted.actor:
            at = self.say.evidence.actor_at.get(wanted.actor, -1)
            passed &= (first == at) | (second == at)
        for _, sides in wanted.sides(self.say, self.actors):
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

    @cached_property
    def _best(self) -> np.ndarray:
        """The best `MEDIUM` scores: further down a line is schwach wherever it stands."""
        score = self.scores.score
        return np.asarray(np.partition(score, -MEDIUM)[-MEDIUM:] if len(score) > MEDIUM else score)

    def _strength(self, number: int) -> str:
        rank = int((self._best > self.scores.score[number]).sum()) + 1
        return "stark" if rank <= STRONG else "mittel" if rank <= MEDIUM else "schwach"
