"""What a chapter is about: the planning round, the day of its state, the round before, and how things are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import labels, rounds
from graph.briefing.citations import Citations
from graph.directory import names
from graph.directory.values import table
from graph.network import facts
from graph.vernetzung import Question

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graph.directory import Ref, Row
    from graph.network import Period
    from graph.rounds import Workspace
    from graph.store import Store

LANGUAGE = "de"
"""The chapter is part of a German plan; there is no other."""


@dataclass(frozen=True)
class Occasion:
    """The planning round a chapter is written for.

    Attributes:
        store: the open graph.
        slug: of the round. day: whose state is told.
        past: that day is not today. begun: the round had begun; False if no first day is known.
        period: first and last day of the round, as far as known.
        workspace: what the team took up and decided in the round.
        before: slug of the round that began last before this one, "" if there is none.
        citations: numbers of the sources, in the order in which they are named.
    """

    store: Store
    slug: str
    day: date
    past: bool
    begun: bool
    period: Period
    before: str
    workspace: Workspace
    citations: Citations

    @classmethod
    def of(cls, store: Store, slug: str, today: date) -> Occasion:
        """The occasion of a round: as of the day its team froze, else as it ended, else as things stand today.

        Raises:
            NotFound: there is no such round.
        """
        labels.require(store, "round", slug)
        known = facts(store).rounds
        period = known[slug]
        space = rounds.workspace(store, slug, LANGUAGE)
        frozen = space.as_of if space.as_of and space.as_of <= today else None
        over = frozen is None and period.end is not None and period.end < today
        earlier = [(one.start, other) for other, one in known.items() if _before(one.start, period.start)]
        return cls(
            store=store,
            slug=slug,
            day=frozen or (period.end if over and period.end else today),
            past=over or (frozen is not None and frozen < today),
            begun=period.start is not None and period.start <= (frozen or today),
            period=period,
            before=max(earlier, default=(None, ""))[1],
            workspace=space,
            citations=Citations(table(store, "source", LANGUAGE)),
        )

    @property
    def as_of(self) -> date | None:
        """The day for analyses; None for today, when facts without a date count too."""
        return self.day if self.past else None

    @property
    def question(self) -> Question:
        """The part of the network the chapter tells of: the years of the round; before it begins, all that is known."""
        return Question(round=self.slug if self.begun else "", day=self.as_of)

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
