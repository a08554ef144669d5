"""What the graph says about nodes and links, read once per data version; every network is cut from these facts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graph import query
from graph.labels import is_readable
from graph.network.scope import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.store import Store

NODE_TYPES: Final = {
    "Network": "network",
    "Agency": "actor",
    "Actor": "actor",
    "Programme": "programme",
    "Project": "project",
    "Event": "event",
    "Place": "place",
    "Handlungsfeld": "handlungsfeld",
}
"""Class to type of node, the more special class first: an agency is an actor too."""

_AGENCY_LEVELS: Final = frozenset({"bund", "senat", "bezirk"})
_TRUE: Final = frozenset({"true", "1"})


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the Quartier; concepts are slugs, `klass` is the local name of its class.

    Attributes:
        rounds: slugs of the rounds it names itself.
        period: first and last day it existed or ran, where known.
        ongoing: the record says that it has no fixed end.
    """

    iri: str
    type: str
    klass: str
    label: str
    label_en: str
    short: str
    kind: str
    sector: str
    level: str
    place: str
    notation: str
    rounds: frozenset[str]
    period: Period
    ongoing: bool
    hub: str = ""

    @property
    def slug(self) -> str:
        """Last part of the IRI."""
        return slug(self.iri)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One statement that links two nodes; `iri` is the entry on which it stands, `sources` where it was read."""

    subject: str
    object: str
    relation: str
    role: str
    iri: str
    state: str = field(compare=False)
    period: Period = field(compare=False)
    sources: tuple[str, ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """All nodes by IRI and all links between them, both in an order that depends on nothing but their content."""

    nodes: Mapping[str, Node]
    links: tuple[Link, ...]
    rounds: Mapping[str, Period]
    matches: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class _RoundRow:
    round: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class _MatchRow:
    field: str
    relation: str
    match: str


def slug(iri: str) -> str:
    """Last part of an IRI: `…/actor/silent-green` → `silent-green`."""
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


_concept = lru_cache(maxsize=5000)(slug)
"""The slug of a class or concept: the same few again and again."""


def facts(store: Store) -> Facts:
    """The facts of the present data version; shared, so nobody changes them."""
    return store.cached("network-facts", lambda: _read_facts(store))


def field_matches(store: Store, relations: Iterable[str] = ("exactMatch", "closeMatch")) -> dict[str, frozenset[str]]:
    """Fields of other rounds matched with each field by one of the SKOS `relations`, both ways, one step only.

    Returns:
        IRI of a field to IRIs of its matches; fields without a match are missing.
    """
    wanted = frozenset(relations)
    matches: defaultdict[str, set[str]] = defaultdict(set)
    for row in query.rows(store, "network-matches", _MatchRow):
        if slug(row.relation) in wanted:
            matches[row.field].add(row.match)
            matches[row.match].add(row.field)
    return {iri: frozenset(others) for iri, others in sorted(matches.items())}


def _read_facts(store: Store) -> Facts:
    nodes = _nodes(query.texts(store, "network-nodes"))
    links = _links(query.texts(store, "network-links"), nodes)
    rounds = {slug(row.round): Period(row.start, row.end) for row in query.rows(store, "network-rounds", _RoundRow)}
    matches = field_matches(store, ("exactMatch", "closeMatch", "broadMatch", "narrowMatch"))
    payers = _pure_payers(links)
    hubs = {iri: hub for iri, node in nodes.items() if (hub := _hub(node, payers))}
    nodes |= {iri: replace(nodes[iri], hub=hub) for iri, hub in hubs.items()}
    return Facts(nodes, links, rounds, matches)


def _nodes(rows: Iterable[Sequence[str]]) -> dict[str, Node]:
    by_iri: defaultdict[str, list[Sequence[str]]] = defaultdict(list)
    for iri, *said in rows:
        by_iri[iri].append(said)
    return {iri: _node(iri, by_iri[iri]) for iri in sorted(by_iri)}


def _node(iri: str, rows: list[Sequence[str]]) -> Node:
    """One node of all its rows; of several values the least counts, so that the order of rows never does."""
    classes, labels, english, shorts, kinds, sectors, levels, places, rounds, notations, ongoing, starts, ends = zip(
        *rows, strict=True
    )
    named = {_concept(name) for name in classes}
    klass = next(name for name in NODE_TYPES if name in named)
    period = _period(starts, ends)
    if klass == "Event" and period.end is None:
        period = Period(period.start, period.start)  # an event without a last day is over on the day it began
    return Node(
        iri=iri,
        type=NODE_TYPES[klass],
        klass=klass,
        label=_name(labels) or slug(iri),
        label_en=_name(english),
        short=_least(shorts),
        kind=_concept(_least(kinds)),
        sector=_concept(_least(sectors)),
        level=_concept(_least(levels)),
        place=_least(places),
        notation=_least(notations),
        rounds=frozenset(slug(name) for name in rounds if name),
        period=period,
        ongoing=not _TRUE.isdisjoint(ongoing),
    )


def _links(rows: Iterable[Sequence[str]], nodes: Mapping[str, Node]) -> tuple[Link, ...]:
    """Links with both ends in the network, each once however many sources it has."""
    by_key: defaultdict[tuple[str, str, str, str, str], list[Sequence[str]]] = defaultdict(list)
    for link, relation, subject, target, role, *said in rows:
        if subject in nodes and target in nodes and subject != target:
            by_key[subject, target, relation, _concept(role), link].append(said)
    return tuple(_link(key, by_key[key], nodes) for key in sorted(by_key))


def _link(key: tuple[str, str, str, str, str], rows: list[Sequence[str]], nodes: Mapping[str, Node]) -> Link:
    subject, target, relation, role, iri = key
    states, starts, ends, sources = zip(*rows, strict=True)
    own = _period(starts, ends)
    period = _involved(own, nodes[target]) if relation == "involvement" else own
    read = tuple(sorted({source for source in sources if source}))
    return Link(subject, target, relation, role, iri, _concept(_least(states)), period, read)


def _involved(own: Period, activity: Node) -> Period:
    """Days of an involvement: where it names none, those of its project or event."""
    start = own.start or activity.period.start
    end = own.end or activity.period.end
    if start and end and end < start:
        return own
    return Period(start, end)


def _period(starts: Sequence[str], ends: Sequence[str]) -> Period:
    """The widest period that several statements allow."""
    return Period(min(_days(starts), default=None), max(_days(ends), default=None))


def _days(texts: Iterable[str]) -> list[date]:
    return [_day(text) for text in texts if text]


@lru_cache(maxsize=20_000)
def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _pure_payers(links: Iterable[Link]) -> frozenset[str]:
    """Actors that pay for something and carry or join no project."""
    payers, doers = set(), set()
    for link in links:
        if link.relation == "funding":
            payers.add(link.object)
        elif link.relation == "involvement" and link.role in {"traeger", "partner"}:
            doers.add(link.subject)
    return frozenset(payers - doers)


def _hub(node: Node, payers: frozenset[str]) -> str:
    """The group of hubs a node belongs to, "" for none."""
    if node.type == "programme":
        return "programme"
    if node.kind == "quartiersmanagement":
        return "qm"
    if node.klass == "Agency" and node.level in _AGENCY_LEVELS:
        return node.level
    return "funder" if node.iri in payers else ""


def _name(values: Iterable[str]) -> str:
    return _least([value for value in values if value and is_readable(value)])


def _least(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else min(filter(None, values), default="")
