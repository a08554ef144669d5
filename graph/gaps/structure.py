"""What holds together on a day: who works with whom, in which Handlungsfelder, and who is QM, authority or funder."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from graph import measures
from graph.errors import BadInput, NotFound
from graph.gaps.evidence import Evidence
from graph.gaps.gap import Ref, Text
from graph.gaps.horizon import Horizon
from graph.gaps.kinds import Situation
from graph.gaps.parting import GROUPS
from graph.gaps.reading import records
from graph.gaps.statements import actor_ref, statements
from graph.network import Scope, partnerships

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from graph.gaps.records import Actor, Field, Project
    from graph.measures import CutActor
    from graph.store import Store

NAMED = 6
"""Names in one sentence; the rest is counted."""


class Bond(NamedTuple):
    """What ties two actors, as part of a sentence, with the statements behind it."""

    text: Text
    evidence: tuple[str, ...]


class Structure:
    """The partnerships of one day; shared, so nobody changes them.

    Attributes:
        evidence, horizon: of the day.
        say: the statements of the day.
        network: who works with whom: actors that existed on the day, tied as in `graph.network.one_mode`. Undated
            ties count today and on no earlier day.
    """

    def __init__(self, store: Store, evidence: Evidence) -> None:
        self.evidence, self.horizon = evidence, evidence.horizon
        self.say = statements(evidence)
        scope = Scope(as_of=self.horizon.day, dated=not self.horizon.undated)
        network = partnerships(store, scope)
        present = {actor.iri for actor in evidence.records.actors if self.horizon.active(actor)}
        # Not network.subgraph(): its order follows a set, and with it PYTHONHASHSEED.
        network.remove_nodes_from([iri for iri in network if iri not in present])
        network.graph.clear()
        self.network = nx.freeze(network)

    def ref(self, iri: str) -> Ref:
        """An actor as it is named."""
        return actor_ref(self.say.actors[iri])

    def refs(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """Actors by name."""
        return tuple(sorted(map(self.ref, iris), key=by_name))

    def iris(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """The actors with these slugs.

        Raises:
            NotFound: there is no such actor.
        """
        wanted = tuple(slugs)
        for slug in wanted:
            if slug not in self.by_slug:
                raise NotFound("actor", slug)
        return tuple(self.by_slug[slug] for slug in wanted)

    @cached_property
    def by_slug(self) -> Mapping[str, str]:
        """Slug of every actor to its IRI."""
        return {actor.slug: actor.iri for actor in self.say.actors.values()}

    @cached_property
    def groups(self) -> Mapping[str, tuple[Ref, ...]]:
        """Who is in each of `GROUPS`, by name; empty groups included, nobody in two."""
        found: dict[str, list[str]] = {name: [] for name in GROUPS}
        for iri in self.network:
            if name := self._group(self.say.actors[iri]):
                found[name].append(iri)
        return {name: self.refs(iris) for name, iris in found.items()}

    def _group(self, actor: Actor) -> str:
        if actor.hub in GROUPS:
            return actor.hub
        return "bodies" if any(self._is_qm(parent) for parent in actor.parents) else ""

    def _is_qm(self, iri: str) -> bool:
        return iri in self.say.actors and self.say.actors[iri].hub == "qm"

    def leaving(self, groups: Iterable[str] = (), slugs: Iterable[str] = ()) -> frozenset[str]:
        """IRIs of everybody in some of `GROUPS`, and of the actors with some slugs.

        Raises:
            BadInput: a group that is none of `GROUPS`.
            NotFound: there is no such actor.
        """
        for name in groups:
            if name not in GROUPS:
                raise BadInput("group", name, GROUPS)
        in_groups = {ref.iri for name in groups for ref in self.groups[name]}
        return frozenset(in_groups) | frozenset(self.iris(slugs))

    @cached_property
    def component_of(self) -> Mapping[str, frozenset[str]]:
        """Actor to all whom it reaches, itself included."""
        parts = map(frozenset, measures.components(self.network))
        return {iri: part for part in parts for iri in part}

    @cached_property
    def cuts(self) -> tuple[CutActor, ...]:
        """Actors on whom others hang, those on whom most hang first."""
        return tuple(measures.cuts(self.network))

    @cached_property
    def cut_off(self) -> Mapping[str, frozenset[str]]:
        """Cut actor to those who lose their connection without it."""
        return {cut.actor: frozenset(iri for piece in cut.pieces() for iri in piece) for cut in self.cuts}

    @cached_property
    def hubs(self) -> tuple[Ref, ...]:
        """The five with most partners: who else might be the one everything hangs on."""
        degree = dict(self.network.degree())
        order = sorted((iri for iri in degree if degree[iri] > 1), key=lambda iri: (-degree[iri], iri))
        return tuple(map(self.ref, order[:5]))

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The Handlungsfelder of the round that began last; all, if no round has a first day."""
        known = [field for field in self.evidence.records.fields if self.horizon.knows(field.start)]
        latest = max((field.start for field in known if field.start), default=None)
        return tuple(field for field in known if field.start == latest)

    @cached_property
    def works_in(self) -> Mapping[str, frozenset[str]]:
        """Actor to the Handlungsfelder of `fields` it works in, by its own statement or through projects."""
        wanted = {field.iri for field in self.fields}
        return {iri: frozenset(self.say.holders(iri, "field")) & wanted for iri in self.network}

    @cached_property
    def projects(self) -> Mapping[str, tuple[Project, ...]]:
        """Handlungsfeld to its projects that are not known to be over."""
        going = [p for p in self.evidence.records.projects if p.end is None or p.end >= self.horizon.day]
        held = {project.iri: self.say.of(project.iri, "field") for project in going}
        return {field.iri: tuple(p for p in going if field.iri in held[p.iri]) for field in self.fields}

    @cached_property
    def carriers(self) -> Mapping[str, dict[str, str]]:
        """Project to its Träger, each with the statement that says so."""
        found: dict[str, dict[str, str]] = {}
        for item in self.evidence.partnerships:
            if item.role == "traeger":
                found.setdefault(item.subject, {}).setdefault(item.actor, item.iri)
        return found

    def bond(self, one: str, other: str) -> Bond:
        """What ties two partners: their latest project, or what was said of the two themselves."""
        tie = self.network.edges[one, other]
        shared = self.say.shared_project(one, other)
        if shared:
            name, years = self.say.projects[shared[0].subject].label, self.say.years(shared[0])
            more = len(tie["via"]) - 1 + len(tie["ties"])
            text = Text(f"„{name}“{years}{_more(more).de}", f"“{name}”{years}{_more(more).en}")
            return Bond(text, self.say.sourced((shared[0].iri, shared[1].iri)))
        year = f" ({tie['last'].year})" if tie["last"] else ""
        member = "membership" in tie["kinds"]
        text = Text(f"eine Mitgliedschaft{year}", f"a membership{year}") if member else _tie_text(year)
        return Bond(text, self.say.sourced(tie["ties"]))


def _tie_text(year: str) -> Text:
    return Text(f"eine eingetragene Zusammenarbeit{year}", f"a cooperation on record{year}")


def _more(count: int) -> Text:
    if count == 1:
        return Text(" und ein weiteres", " and one more")
    return Text(f" und {count} weitere", f" and {count} more") if count else Text("", "")


def by_name(ref: Ref) -> tuple[str, str]:
    """What entries are sorted by."""
    return ref.label.casefold(), ref.iri


def named(refs: Iterable[Ref], most: int = NAMED) -> Text:
    """Some names in quotes, by commas; what is beyond `most` is counted, but for a single one."""
    found = list(refs)
    rest = len(found) - most
    shown = found[: most if rest > 1 else None]
    de, en = [f"„{ref.label}“" for ref in shown], [f"“{ref.label}”" for ref in shown]
    if rest > 1:
        return Text(f"{', '.join(de)} und {rest} weitere", f"{', '.join(en)} and {rest} more")
    return Text(_listed(de, "und"), _listed(en, "and"))


def _listed(names: list[str], word: str) -> str:
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def situation_of(store: Store, as_of: date | None) -> Situation:
    """What was known on a day, today without one."""
    horizon = Horizon.of(as_of)
    evidence = store.cached(("gaps-evidence", horizon), lambda: Evidence(records(store), horizon))
    return Situation(store, evidence)


def structure(situation: Situation) -> Structure:
    """The partnerships of a situation, made once per data version and day."""
    key = ("gaps-structure", situation.evidence.horizon)
    return situation.store.cached(key, lambda: Structure(situation.store, situation.evidence))


def groups_there(store: Store, as_of: date | None) -> frozenset[str]:
    """The groups of hubs to which anybody belongs on a day, today without one."""

    def build() -> frozenset[str]:
        return frozenset(name for name, bodies in structure(situation_of(store, as_of)).groups.items() if bodies)

    return store.trailing(("gaps-groups", Horizon.of(as_of)), build)
