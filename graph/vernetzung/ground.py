"""What all figures stand on: the networks that a question cuts out, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graph.directory import names
from graph.network import HUB_GROUPS, Scope, facts, partnerships, two_mode

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from graph.directory import Ref
    from graph.store import Store

    Network = nx.Graph[str]


@dataclass(frozen=True)
class Question:
    """Which part of the Quartier: everything empty is all that is known.

    Attributes:
        round: slug of a planning round. handlungsfeld: slug of a field of one round.
        until: last year that counts. day: last day that counts, where the year is not exact enough.
        hubs: with Quartiersmanagement, authorities and funders.
    """

    round: str = ""
    handlungsfeld: str = ""
    until: int | None = None
    day: date | None = None
    hubs: bool = True

    def scope(self, *, hubs: bool | None = None) -> Scope:
        """The part of the graph it means; `hubs` overrides its own."""
        return Scope(
            as_of=self.day or (date(self.until, 12, 31) if self.until else None),
            rounds=frozenset({self.round} - {""}),
            handlungsfelder=frozenset({self.handlungsfeld} - {""}),
            without=frozenset() if (self.hubs if hubs is None else hubs) else frozenset(HUB_GROUPS),
        )

    @property
    def query(self) -> dict[str, str | list[str]]:
        """The same as parameters of the explorer."""
        asked: dict[str, Any] = {
            "round": self.round,
            "handlungsfeld": self.handlungsfeld,
            "to": str(self.until or (self.day.year if self.day else "")),
            "hubs": "" if self.hubs else "no",
        }
        return {name: value for name, value in asked.items() if value}


class Ground:
    """The networks of one question.

    Attributes:
        store, question, language: as given.
        called: names of entries.
    """

    def __init__(self, store: Store, question: Question, language: str) -> None:
        self.store, self.question, self.language = store, question, language
        self.called = names(store, language)

    @cached_property
    def all(self) -> nx.MultiGraph[str]:
        """Everything at first hand."""
        return two_mode(self.store, self.question.scope())

    @cached_property
    def partners(self) -> Network:
        """Who works with whom."""
        return partnerships(self.store, self.question.scope())

    @cached_property
    def without_hubs(self) -> Network:
        """Who works with whom if Quartiersmanagement, authorities and funders are gone."""
        return partnerships(self.store, self.question.scope(hubs=False))

    @cached_property
    def last_seen(self) -> dict[str, date | None]:
        """Actor to the last day anything of it is known; None where no day is."""
        network = self.all
        return {actor: self._last(network, actor) for actor in self.partners}

    @cached_property
    def first_seen(self) -> dict[str, date | None]:
        """Actor to the first day anything of it is known; None where no day is."""
        network = self.all
        days = {actor: [edge["start"] for *_, edge in network.edges(actor, data=True)] for actor in self.partners}
        return {actor: min(filter(None, found), default=None) for actor, found in days.items()}

    @property
    def since(self) -> date | None:
        """First day of the planning round that is asked for, else of the one that began last."""
        rounds = facts(self.store).rounds
        if self.question.round:
            return rounds[self.question.round].start
        last = self.question.scope().as_of
        starts = [one.start for one in rounds.values() if one.start and (not last or one.start <= last)]
        return max(starts, default=None)

    def ref(self, iri: str) -> Ref | str:
        """The entry of an address, as a cell of a table."""
        return self.called.ref(iri) or self.called.label(iri)

    def refs(self, iris: Iterable[str]) -> tuple[tuple[Ref | str], ...]:
        """Rows of one cell each, in order of names."""
        return tuple((self.ref(iri),) for iri in sorted(iris, key=self.order))

    def order(self, iri: str) -> tuple[str, str]:
        """What entries are sorted by."""
        return self.called.label(iri).casefold(), iri

    def listed(self, iris: Iterable[str], most: int = 3) -> str:
        """The first names of several, for a sentence."""
        return ", ".join(self.called.label(iri) for iri in list(iris)[:most])

    @staticmethod
    def _last(network: nx.MultiGraph[str], actor: str) -> date | None:
        days = []
        for *_, edge in network.edges(actor, data=True):
            days += [edge["end"] or edge["start"]]
        return max(filter(None, days), default=None)
