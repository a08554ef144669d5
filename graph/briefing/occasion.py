"""What a chapter is about: the planning round, the day of its state, the round before, and how things are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import labels
from graph.briefing.citations import Citations
from graph.directory import names
from graph.directory.values import table
from graph.network import Scope, facts
from graph.vernetzung import Question

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graph.directory import Ref, Row
    from graph.network import Period
    from graph.store import Store

LANGUAGE = "de"
"""The chapter is part of a German plan; there is no other."""


@dataclass(frozen=True)
class Occasion:
    """The planning round a chapter is written for.

    Attributes:
        store: the open graph.
        slug: of the round. day: whose state is told.
        over: the round had ended by that day. begun: it had begun; False if no first day is known.
        period: first and last day of the round, as far as known.
        before: slug of the round that began last before this one, "" if there is none.
        citations: numbers of the sources, in the order in which they are named.
    """

    store: Store
    slug: str
    day: date
    over: bool
    begun: bool
    period: Period
    before: str
    citations: Citations

    @classmethod
    def of(cls, store: Store, slug: str, today: date) -> Occasion:
        """The occasion of a round: of one that is over as it ended, of another as things stand today.

        Raises:
            NotFound: there is no such round.
        """
        labels.require(store, "round", slug)
        known = facts(store).rounds
        period = known[slug]
        over = period.end is not None and period.end < today
        earlier = [(one.start, other) for other, one in known.items() if _before(one.start, period.start)]
        return cls(
            store=store,
            slug=slug,
            day=period.end if over and period.end else today,
            over=over,
            begun=period.start is not None and period.start <= today,
            period=period,
            before=max(earlier, default=(None, ""))[1],
            citations=Citations(table(store, "source", LANGUAGE)),
        )

    @property
    def as_of(self) -> date | None:
        """The day for analyses; None for today, when facts without a date count too."""
        return self.day if self.over else None

    @property
    def question(self) -> Question:
        """The part of the network the chapter tells of: the years of the round; before it begins, all that is known."""
        return Question(round=self.slug if self.begun else "", until=self.day.year if self.over else None)

    @property
    def scope(self) -> Scope:
        """The same for networks."""
        return self.question.scope()

    @property
    def ref(self) -> Ref:
        """The round."""
        return self.table("round")[self.slug].ref

    @property
    def years(self) -> str:
        """The years of the round, "" if none is known."""
        ends = [str(day.year) if day and day.year < 9999 else "" for day in (self.period.start, self.period.end)]
        return "–".join(dict.fromkeys(ends)) if any(ends) else ""

    def table(self, kind: str) -> Mapping[str, Row]:
        """All entries of a type by slug, sorted by name."""
        return table(self.store, kind, LANGUAGE)

    def called(self, iri: str) -> str:
        """The name of an entry; a Handlungsfeld with its round."""
        return names(self.store, LANGUAGE).label(iri)

    def known(self, day: date | None) -> bool:
        """Whether something of that first day had begun; what has no date may have."""
        return day is None or day <= self.day


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other
