"""What if these suggestions came true, and what if somebody went: the network before and after.

A suggestion of two actors is a tie of the two; a seat at a table ties the actor to all who sit there and lets it work
in the project's Handlungsfelder; an Einzelfaden stands for the second way it proposes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, cast

from graph.gaps.evidence import TEAM_CAP
from graph.gaps.gap import SEPARATOR
from graph.gaps.kinds import cuts, gap_list
from graph.gaps.moment import Moment, before, moment, without
from graph.gaps.statements import project_ref
from graph.gaps.structure import situation_of, structure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graph.gaps.gap import Ref
    from graph.gaps.kinds import Situation
    from graph.gaps.records import Project
    from graph.gaps.threads import ThreadList
    from graph.store import Store


TIES = frozenset({"introduce", "renew", "handover"})
"""Kinds whose suggestions add a tie of the two actors they name."""


@dataclass(frozen=True)
class Added:
    """A suggestion taken as come true.

    Attributes:
        id: of the suggestion.
        actors: who it is about. project: at whose table, if it is a seat.
        ties: how many new partnerships it brings; 0 if all are there already, or one who belongs to it goes.
    """

    id: str
    actors: tuple[Ref, ...]
    project: Ref | None
    ties: int


@dataclass(frozen=True)
class WhatIf:
    """Before and after.

    Attributes:
        leaving: who goes, by name; counted neither before nor after.
        added: the suggestions that count, in the order given.
        unmoved: ids of those that say nothing of ties (gaps of coverage, doubles), or that are no more.
        before, after: the counts.
    """

    leaving: tuple[Ref, ...]
    added: tuple[Added, ...]
    unmoved: tuple[str, ...]
    before: Moment
    after: Moment


def what_if(
    store: Store,
    ids: Iterable[str],
    *,
    groups: Iterable[str] = (),
    actors: Iterable[str] = (),
    as_of: date | None = None,
) -> WhatIf:
    """The network with some suggestions come true.

    Args:
        store: whose records.
        ids: of suggestions of any kind; unknown ones are named in the answer, not refused, so that an address sent to
            a colleague works when an entry is gone.
        groups: of `graph.gaps.parting.GROUPS`, who goes.
        actors: slugs of others who go.
        as_of: the day; without it today.

    Raises:
        BadInput: no such group.
        NotFound: no such actor.
    """
    situation = situation_of(store, as_of)
    leaving = structure(situation).leaving(groups, actors)
    asked = tuple(dict.fromkeys(ids))
    key = ("gaps-what-if", situation.evidence.horizon, leaving, asked)
    return store.cached(key, lambda: _Supposed(situation, leaving).answer(asked))


class _Supposed:
    """A network into which suggestions are written one by one."""

    def __init__(self, situation: Situation, leaving: frozenset[str]) -> None:
        self.situation, self.structure = situation, structure(situation)
        self.leaving = leaving & set(self.structure.network)
        self.network = without(self.structure.network, self.leaving)
        self.works = {iri: set(fields) for iri, fields in self.structure.works_in.items()}

    def answer(self, ids: tuple[str, ...]) -> WhatIf:
        found = {gap_id: self._added(gap_id) for gap_id in ids}
        return WhatIf(
            leaving=self.structure.refs(self.leaving),
            added=tuple(one for one in found.values() if one),
            unmoved=tuple(gap_id for gap_id, one in found.items() if not one),
            before=before(self.situation, self.structure, self.leaving),
            after=moment(self.structure, self.network, self.works),
        )

    def _added(self, gap_id: str) -> Added | None:
        kind, _, rest = gap_id.partition(SEPARATOR)
        if kind == "table":
            return self._seat(gap_id, rest)
        pair = self._thread(rest) if kind == "thread" else self._pair(rest) if kind in TIES else None
        if pair is None:
            return None
        ties = self._tie([(pair[0], pair[1])])
        return Added(gap_id, tuple(map(self.structure.ref, pair)), None, ties)

    def _pair(self, rest: str) -> tuple[str, str] | None:
        known = self.structure.by_slug
        pairs = ((known[one], known[other]) for one, other in cuts(rest) if one in known and other in known)
        return next((pair for pair in pairs if pair[0] != pair[1]), None)

    def _thread(self, rest: str) -> tuple[str, str] | None:
        return cast("ThreadList", gap_list(self.situation, "thread")).second_tie(rest)

    def _seat(self, gap_id: str, rest: str) -> Added | None:
        projects = {project.slug: project for project in self.structure.evidence.records.projects}
        known = self.structure.by_slug
        for slug, actor in cuts(rest):
            if slug in projects and actor in known:
                return self._seated(gap_id, projects[slug], known[actor])
        return None

    def _seated(self, gap_id: str, project: Project, iri: str) -> Added:
        found = self.structure
        team = sorted({item.actor for item in found.evidence.partnerships if item.subject == project.iri} - {iri})
        ties = self._tie(product([iri], team)) if len(team) < TEAM_CAP else 0
        fields = {field.iri for field in found.fields} & found.say.of(project.iri, "field")
        self.works.setdefault(iri, set()).update(fields)
        return Added(gap_id, (found.ref(iri),), project_ref(project), ties)

    def _tie(self, pairs: Iterable[tuple[str, str]]) -> int:
        """Write ties of those who are there; how many are new."""
        new = [(a, b) for a, b in pairs if a in self.network and b in self.network and not self.network.has_edge(a, b)]
        self.network.add_edges_from(new, weight=1.0)
        return len(new)
