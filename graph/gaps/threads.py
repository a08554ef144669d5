"""The list "Einzelfaden": actors, groups and Handlungsfelder that hang on one actor or one tie.

An actor is told if others lose their connection without it, a tie if it alone connects some with the rest. An actor
that holds one group by one tie only would say twice what the tie says, so that it is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from graph import measures
from graph.gaps.gap import SEPARATOR, Gap, Ref
from graph.gaps.kinds import gap_list
from graph.gaps.structure import structure
from graph.gaps.thread_reasons import actor_reasons, field_reasons, thread_cautions, tie_reasons
from graph.gaps.thread_steps import SecondWays

if TYPE_CHECKING:
    from graph.gaps.filters import Filters
    from graph.gaps.gap import Reason
    from graph.gaps.kinds import Situation
    from graph.gaps.pair_list import PairList
    from graph.measures import CutActor, CutTie


@dataclass(frozen=True)
class Thread:
    """One thing that hangs on another.

    Attributes:
        id: `thread~actor~<slug>`, `thread~tie~<slug>~<slug>` or `thread~field~<slug>`.
        holds: the actor on whom it hangs.
        hangs: who loses the connection: IRIs of the pieces, bigger ones first; of a Handlungsfeld nobody.
        loses: how many that are; of a Handlungsfeld its projects.
        end: of a tie the one who loses the connection with `holds`; of a Handlungsfeld its IRI.
    """

    id: str
    holds: str
    loses: int
    hangs: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    end: str = ""

    @property
    def sort(self) -> str:
        """actor, tie or field."""
        return self.id.split(SEPARATOR)[1]


class ThreadList:
    """All threads of one day, those on which most hangs first."""

    def __init__(self, situation: Situation) -> None:
        self.structure = structure(situation)
        self.ways = SecondWays(self.structure, cast("PairList", gap_list(situation, "introduce")))
        found = [*self._of_actors(), *self._of_ties(), *self._of_fields()]
        self.threads = {one.id: one for one in sorted(found, key=lambda one: (-one.loses, one.id))}

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines that pass the filters; a line passes if who holds or who hangs does."""
        found: list[Gap] = []
        for thread in self.threads.values():
            if len(found) >= limit:
                break
            if self._admitted(thread, wanted):
                found.append(self.gap(thread))
        return found

    def find(self, rest: str) -> Gap | None:
        """The thread of that id; the ends of a tie in either order."""
        sort, _, slugs = rest.partition(SEPARATOR)
        parts = slugs.split(SEPARATOR)
        swapped = (SEPARATOR.join((*parts[at:], *parts[:at])) for at in range(1, len(parts)) if sort == "tie")
        ids = (SEPARATOR.join(("thread", sort, one)) for one in (slugs, *swapped))
        return next((self.gap(self.threads[one]) for one in ids if one in self.threads), None)

    def gap(self, thread: Thread) -> Gap:
        """The line of a thread, with what would help."""
        told = {"actor": actor_reasons, "tie": tie_reasons, "field": field_reasons}[thread.sort]
        reasons: tuple[Reason, ...] = told(self.structure, thread)
        way = self.ways.way(thread)
        return Gap(
            id=thread.id,
            kind="thread",
            actors=self._actors(thread),
            subject=self._field(thread.end) if thread.sort == "field" else None,
            score=thread.loses / (1 + thread.loses),
            strength="",
            reasons=(*reasons, *way.reasons),
            introducers=way.introducers,
            cautions=thread_cautions(self.structure, thread),
            next_step=way.step,
            bridge=way.bridge,
            newcomer=way.newcomer,
        )

    def second_tie(self, rest: str) -> tuple[str, str] | None:
        """The two actors (IRIs) whose acquaintance would be a second way; None if nobody is known."""
        thread = self.threads.get(SEPARATOR.join(("thread", rest)))
        return self.ways.pair(thread) if thread else None

    def _actors(self, thread: Thread) -> tuple[Ref, ...]:
        ends = (thread.end, thread.holds) if thread.sort == "tie" else (thread.holds,)
        return tuple(map(self.structure.ref, ends))

    def _field(self, iri: str) -> Ref:
        one = self.structure.say.fields[iri]
        return Ref(iri, f"{one.round}: {one.label}" if one.round else one.label, one.slug, "handlungsfeld")

    def _admitted(self, thread: Thread, wanted: Filters) -> bool:
        about = [thread.holds, *(iri for piece in thread.hangs for iri in piece)]
        if wanted.actor and wanted.actor not in about:
            return False
        of_field = thread.sort == "field" and thread.end in wanted.fields and not wanted.place
        return of_field or wanted.admits(self.structure.say, *about)

    def _of_actors(self) -> list[Thread]:
        cuts = [(cut, cut.pieces()) for cut in self.structure.cuts]
        return [self._of_actor(cut, pieces) for cut, pieces in cuts if not self._told_by_tie(cut, pieces)]

    def _of_actor(self, cut: CutActor, pieces: list[list[str]]) -> Thread:
        slug = self.structure.ref(cut.actor).slug
        return Thread(SEPARATOR.join(("thread", "actor", slug)), cut.actor, cut.loses, tuple(map(tuple, pieces)))

    def _told_by_tie(self, cut: CutActor, pieces: list[list[str]]) -> bool:
        return len(pieces) == 1 and len(self.structure.network[cut.actor].keys() & set(pieces[0])) == 1

    def _of_ties(self) -> list[Thread]:
        """Ties that part somebody from others; two who have but each other part from nobody."""
        ties = [(tie, tie.side()) for tie in measures.cut_ties(self.structure.network)]
        return [self._of_tie(tie, side) for tie, side in ties if tie.loses > 1 or self._leads_on(tie)]

    def _leads_on(self, tie: CutTie) -> bool:
        return max(len(self.structure.network[end]) for end in (tie.one, tie.other)) > 1

    def _of_tie(self, tie: CutTie, side: list[str]) -> Thread:
        end, holds = (tie.one, tie.other) if tie.one in side else (tie.other, tie.one)
        slugs = sorted(self.structure.ref(iri).slug for iri in (end, holds))
        return Thread(SEPARATOR.join(("thread", "tie", *slugs)), holds, tie.loses, (tuple(side),), end)

    def _of_fields(self) -> list[Thread]:
        """Handlungsfelder of whose projects, as far as they have a known Träger, all have the same one."""
        found = []
        for one in self.structure.fields:
            carried = [set(c) for p in self.structure.projects[one.iri] if (c := self.structure.carriers.get(p.iri))]
            for holder in sorted(set.intersection(*carried)) if carried else ():
                found.append(Thread(SEPARATOR.join(("thread", "field", one.slug)), holder, len(carried), (), one.iri))
                break
        return found
