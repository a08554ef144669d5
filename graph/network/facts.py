"""What the graph says about nodes and links, read once per data version; every network is cut from these facts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003  # the rows' types are read while the program runs
from typing import TYPE_CHECKING, Final

from graph import query
from graph.labels import is_readable
from graph.network.scope import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
class _NodeRow:
    node: str
    klass: str
    label: str | None
    label_en: str | None
    short: str | None
    kind: str | None
    sector: str | None
    level: str | None
    place: str | None
    round: str | None
    notation: str | None
    ongoing: bool | None
    start: date | None
    end: date | None


@dataclass(frozen=True)
class _LinkRow:
    link: str
    relation: str
    subject: str
    object: str
    role: str | None
    state: str | None
    start: date | None
    end: date | None
    source: str | None


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
    nodes = _nodes(query.rows(store, "network-nodes", _NodeRow))
    links = _links(query.rows(store, "network-links", _LinkRow), nodes)
    rounds = {slug(row.round): Period(row.start, row.end) for row in query.rows(store, "network-rounds", _RoundRow)}
    matches = field_matches(store, ("exactMatch", "closeMatch", "broadMatch", "narrowMatch"))
    payers = _pure_payers(links)
    nodes = {iri: replace(node, hub=_hub(node, payers)) for iri, node in nodes.items()}
    return Facts(nodes, links, rounds, matches)


def _nodes(rows: Iterable[_NodeRow]) -> dict[str, Node]:
    by_iri: defaultdict[str, list[_NodeRow]] = defaultdict(list)
    for row in rows:
        by_iri[row.node].append(row)
    return {iri: _node(iri, by_iri[iri]) for iri in sorted(by_iri)}


def _node(iri: str, rows: list[_NodeRow]) -> Node:
    """One node of all its rows; of several values the least counts, so that the order of rows never does."""
    klass = next(name for name in NODE_TYPES if any(slug(row.klass) == name for row in rows))
    period = _period(rows)
    if klass == "Event" and period.end is None:
        period = Period(period.start, period.start)  # an event without a last day is over on the day it began
    return Node(
        iri=iri,
        type=NODE_TYPES[klass],
        klass=klass,
        label=_name(row.label for row in rows) or slug(iri),
        label_en=_name(row.label_en for row in rows),
        short=_least(row.short for row in rows),
        kind=slug(_least(row.kind for row in rows)),
        sector=slug(_least(row.sector for row in rows)),
        level=slug(_least(row.level for row in rows)),
        place=_least(row.place for row in rows),
        notation=_least(row.notation for row in rows),
        rounds=frozenset(slug(row.round) for row in rows if row.round),
        period=period,
        ongoing=any(row.ongoing for row in rows),
    )


def _links(rows: Iterable[_LinkRow], nodes: Mapping[str, Node]) -> tuple[Link, ...]:
    """Links with both ends in the network, each once however many sources it has."""
    by_key: defaultdict[tuple[str, str, str, str, str], list[_LinkRow]] = defaultdict(list)
    for row in rows:
        if row.subject in nodes and row.object in nodes and row.subject != row.object:
            by_key[row.subject, row.object, row.relation, slug(row.role or ""), row.link].append(row)
    return tuple(_link(key, by_key[key], nodes) for key in sorted(by_key))


def _link(key: tuple[str, str, str, str, str], rows: list[_LinkRow], nodes: Mapping[str, Node]) -> Link:
    subject, target, relation, role, iri = key
    own = _period(rows)
    state = slug(_least(row.state for row in rows))
    sources = tuple(sorted({row.source for row in rows if row.source}))
    period = _involved(own, nodes[target]) if relation == "involvement" else own
    return Link(subject, target, relation, role, iri, state, period, sources)


def _involved(own: Period, activity: Node) -> Period:
    """Days of an involvement: where it names none, those of its project or event."""
    start = own.start or activity.period.start
    end = own.end or activity.period.end
    if start and end and end < start:
        return Period(own.start, own.end)
    return Period(start, end)


def _period(rows: Iterable[_NodeRow | _LinkRow]) -> Period:
    """The widest period that several statements allow."""
    listed = list(rows)
    starts = [row.start for row in listed if row.start]
    ends = [row.end for row in listed if row.end]
    return Period(min(starts, default=None), max(ends, default=None))


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


def _name(values: Iterable[str | None]) -> str:
    return _least(value for value in values if value and is_readable(value))


def _least(values: Iterable[str | None]) -> str:
    return min((value for value in values if value), default="")
