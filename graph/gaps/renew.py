"""The list "Wieder aufnehmen": former partners, both still at work, with nothing in common for four years.

Former partners are never mixed with gaps: they know each other. No guess is made here, so no line is called stark or
schwach. The order is *bereit* × (1 + ln(1 + joint records) + same field lately), as in `introduce`.
"""

from __future__ import annotations

from functools import cached_property
from math import log1p
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps.candidates import eligible
from graph.gaps.cautions import busy, unknown
from graph.gaps.former import former_partners, lately_active
from graph.gaps.gap import SEPARATOR, Gap, Reason, Text
from graph.gaps.kinds import cuts
from graph.gaps.products import values_at
from graph.gaps.rules import Line, chosen
from graph.gaps.statements import actor_ref, statements

if TYPE_CHECKING:
    from graph.gaps.evidence import Evidence
    from graph.gaps.filters import Filters
    from graph.gaps.former import Former, Pair
    from graph.gaps.records import Involvement

MOST = 3
"""Reasons and cautions told for one line."""


class RenewList:
    """Former partners of one day."""

    def __init__(self, evidence: Evidence) -> None:
        self.say = statements(evidence)
        self.evidence = evidence

    @cached_property
    def pairs(self) -> dict[Pair, Former]:
        """Former partners that may be brought together again."""
        at, evidence = self.evidence.actor_at, self.evidence
        fit = eligible(evidence)
        here = {iri for iri in lately_active(evidence) if fit[at[iri]]}
        found = {pair: former for pair, former in former_partners(evidence).items() if here.issuperset(pair)}
        first, second = (np.array([at[pair[side]] for pair in found], dtype=np.int64) for side in (0, 1))
        barred = values_at(evidence.family, first, second) + values_at(evidence.money, first, second)
        return {pair: former for (pair, former), bar in zip(found.items(), barred.tolist(), strict=True) if not bar}

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines for the filters, best first."""
        lines = {
            Line(pair, pair, self._score(pair), bridge=self._bridge(pair)): pair
            for pair in self.pairs
            if wanted.actor in {"", *pair} and wanted.admits(self.say, *pair)
        }
        taken = chosen(lines, limit, lambda line: bool(self._reasons(lines[line])), free=frozenset({wanted.actor}))
        return [self.gap(lines[line]) for line in taken]

    def find(self, rest: str) -> Gap | None:
        """The suggestion about the two actors whose slugs `rest` names."""
        slugs = {actor.slug: actor.iri for actor in self.evidence.records.actors}
        for one, other in cuts(rest):
            if one in slugs and other in slugs:
                pair = min(slugs[one], slugs[other]), max(slugs[one], slugs[other])
                return self.gap(pair) if pair in self.pairs and self._reasons(pair) else None
        return None

    def gap(self, pair: Pair) -> Gap:
        """The line of two former partners."""
        one, other = (self.say.actors[iri] for iri in pair)
        helpers = tuple(actor_ref(self.say.actors[iri]) for iri in self.say.common_partners(*pair)[:MOST])
        score = self._score(pair)
        return Gap(
            id=SEPARATOR.join(("renew", *sorted((one.slug, other.slug)))),
            kind="renew",
            actors=(actor_ref(one), actor_ref(other)),
            subject=None,
            score=score / (1 + score),
            strength="",
            reasons=self._reasons(pair),
            introducers=helpers,
            cautions=self._cautions(pair),
            next_step=Text(
                f"Bei „{one.label}“ und „{other.label}“ nachfragen, warum es damals endete und was heute ginge.",
                f"Ask “{one.label}” and “{other.label}” why it ended then and what could be done today.",
            ),
            bridge=self._bridge(pair),
        )

    def _bridge(self, pair: Pair) -> bool:
        sectors = {self.say.actors[iri].sector for iri in pair}
        return len(sectors) == 2 and "" not in sectors

    def _score(self, pair: Pair) -> float:
        former = self.pairs[pair]
        standing = [float(self.evidence.standing[self.evidence.actor_at[iri]]) for iri in pair]
        together = log1p(len(former.projects) + len(former.ties))
        return (0.1 + standing[0] * standing[1]) * (1 + together + bool(self._shared_field(pair)))

    def _reasons(self, pair: Pair) -> tuple[Reason, ...]:
        found = [self._once(pair), self._field(pair), self._now(pair)]
        return tuple(reason for reason in found if reason is not None and reason.evidence)

    def _once(self, pair: Pair) -> Reason | None:
        """What they did together, the latest named."""
        former, say = self.pairs[pair], self.say
        more = len(former.projects) + len(former.ties) - 1
        if former.projects:
            mine, theirs = former.projects[0]
            name, years = say.projects[mine.subject].label, say.years(_longer(mine, theirs))
            text = Text(f"Haben in „{name}“{years} zusammengearbeitet", f"Worked together in “{name}”{years}")
            evidence: tuple[str, ...] = (mine.iri, theirs.iri)
        else:
            years, evidence = say.years(former.ties[0]), (former.ties[0].iri,)
            text = Text(f"Haben zusammengearbeitet{years}", f"Worked together{years}")
        if more > 0:
            text = Text(
                f"{text.de}, dazu {more} {'weiteres' if more == 1 else 'weitere'} Mal",
                f"{text.en}, and {more} more {'time' if more == 1 else 'times'}",
            )
        return Reason("together", Text(text.de + ".", text.en + "."), say.sourced(evidence))

    def _shared_field(self, pair: Pair) -> tuple[str, str] | None:
        """The field both work in or say they do, and the actor's involvement or entry behind it for each."""
        mine, theirs = (self.say.holders(iri, "field") for iri in pair)
        shared = sorted(mine.keys() & theirs.keys(), key=self._latest)
        for field in shared:
            both = [held[field] for held in (mine, theirs)]
            if all(item is None or self._late(item) for item in both):
                said = [item.iri if item is not None else iri for item, iri in zip(both, pair, strict=True)]
                return field, SEPARATOR.join(said)
        return None

    def _latest(self, field: str) -> tuple[int, str]:
        start = self.say.fields[field].start
        return (-start.toordinal() if start else 0, field)

    def _late(self, item: Involvement) -> bool:
        return bool(item.start or item.end) and self.evidence.ages[item.iri] < 4

    def _field(self, pair: Pair) -> Reason | None:
        shared = self._shared_field(pair)
        if shared is None:
            return None
        field = self.say.fields[shared[0]]
        text = Text(
            f"Beide arbeiten heute im Handlungsfeld „{field.label}“ (Runde {field.round}).",
            f"Both work in the field of action “{field.label}” (round {field.round}) today.",
        )
        return Reason("field", text, self.say.sourced(shared[1].split(SEPARATOR)))

    def _now(self, pair: Pair) -> Reason | None:
        """What each has been doing since."""
        items = [next((x for x in self.say.partnerships[iri] if self._late(x)), None) for iri in pair]
        if items[0] is None or items[1] is None:
            return None
        told = [
            f"{self.say.actors[item.actor].label}“ mit „{self.say.projects[item.subject].label}“{self.say.years(item)}"
            for item in items
            if item is not None
        ]
        english = [
            f"{self.say.actors[item.actor].label}” with “{self.say.projects[item.subject].label}”{self.say.years(item)}"
            for item in items
            if item is not None
        ]
        text = Text(
            f"Beide sind weiter dabei: „{told[0]} und „{told[1]}.",
            f"Both are still at work: “{english[0]} and “{english[1]}.",
        )
        return Reason("active", text, self.say.sourced(item.iri for item in items if item is not None))

    def _cautions(self, pair: Pair) -> tuple[Text, ...]:
        former = self.pairs[pair]
        actors = [self.say.actors[iri] for iri in pair]
        year = self.evidence.horizon.years_back(former.age).year
        found = [
            Text(
                f"Seit {year} ist nichts Gemeinsames mehr verzeichnet; warum, steht nirgends.",
                f"Nothing in common is on record since {year}; why is not written down.",
            )
        ]
        if former.undated:
            found.append(
                Text(
                    "Zu einer gemeinsamen Sache fehlen die Jahre: Sie kann jünger sein.",
                    "One thing they had in common has no years: it may be younger.",
                )
            )
        found += [text for actor in actors for text in (*busy(self.say, actor), *unknown(self.say, actor))]
        return tuple(found[:MOST])


def _longer(mine: Involvement, theirs: Involvement) -> Involvement:
    """The involvement that says more about the years both were there: the one that ended first."""
    return min(mine, theirs, key=lambda item: (item.end is None, item.end or item.start, item.iri))
