"""What the graph says about nodes and links, read once per data version; every network is cut from these facts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003 - the rows of a query are filled by looking at these types
from typing import TYPE_CHECKING, Final

from graph import query
from graph.neighbours import pointing
from graph.network.scope import Period

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graph.store import Store

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
    """All nodes by IRI and all links between them, both in an order that depends on nothing but their content.

    Attributes:
        shape: the same object as long as changes touch nothing but names and nodes without a link: what is counted
            along links stays the same.
    """

    nodes: Mapping[str, Node]
    links: tuple[Link, ...]
    rounds: Mapping[str, Period]
    matches: Mapping[str, frozenset[str]]
    shape: object = field(default_factory=object, compare=False, repr=False)


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
    return store.followed(
        "network-facts", lambda: _read_facts(store), lambda old, touched: _renewed_facts(store, old, touched.subjects)
    )


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
    from graph.network import reading

    return _facts(store, *reading.nodes_and_links(store))


def _renewed_facts(store: Store, old: Facts, touched: Collection[str]) -> Facts:
    """The facts after a change; the old ones, if it touched none of them."""
    from graph.network import reading

    fresh = reading.nodes_about(store, touched)
    nodes = {iri: replace(node, hub="") if node.hub else node for iri, node in old.nodes.items() if iri not in touched}
    nodes = dict(sorted((nodes | fresh).items()))
    # A link is there if both its ends are, and may take its days from one of them.
    moved = [iri for iri in touched if _ends(old.nodes.get(iri)) != _ends(fresh.get(iri))]
    again = pointing(store, moved).union(touched)
    links = reading.links_of(store, again, nodes)
    kept = [link for link in old.links if link.iri not in again]
    gone = [link for link in old.links if link.iri in again]
    found = _facts(store, nodes, tuple(sorted([*kept, *links])))
    told_alike = [*map(_told, gone)] == [*map(_told, links)]
    is_same = told_alike and (found.nodes, found.rounds) == (old.nodes, old.rounds)
    if is_same and found.matches == old.matches:
        return old
    return replace(found, shape=old.shape) if told_alike and _is_same_shape(old, found, touched) else found


def _is_same_shape(old: Facts, new: Facts, touched: Collection[str]) -> bool:
    """Whether two states with the same links differ at most in names and in nodes that are not linked."""
    if (old.rounds, old.matches) != (new.rounds, new.matches):
        return False
    changed = {iri for iri in touched if _frame(old.nodes.get(iri)) != _frame(new.nodes.get(iri))}
    nodes = [facts.nodes[iri] for facts in (old, new) for iri in changed if iri in facts.nodes]
    if any(node.type == "handlungsfeld" for node in nodes):  # they are asked for by name
        return False
    return not any(link.subject in changed or link.object in changed for link in new.links)


def _frame(node: Node | None) -> Node | None:
    return replace(node, label="", label_en="", short="") if node else None


def _told(link: Link) -> tuple[object, ...]:
    """All that a link says: two that make the same tie are equal, whatever their days."""
    return link, link.state, link.period, link.sources


def _ends(node: Node | None) -> Period | None:
    return node.period if node else None


def _facts(store: Store, nodes: Mapping[str, Node], links: tuple[Link, ...]) -> Facts:
    rounds = {slug(row.round): Period(row.start, row.end) for row in query.rows(store, "network-rounds", _RoundRow)}
    matches = field_matches(store, ("exactMatch", "closeMatch", "broadMatch", "narrowMatch"))
    payers = _pure_payers(links)
    hubs = {iri: hub for iri, node in nodes.items() if (hub := _hub(node, payers))}
    named = {iri: replace(nodes[iri], hub=hub) for iri, hub in hubs.items()}
    return Facts({**nodes, **named}, links, rounds, matches)


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
    if node.klass == "Agency":
        return node.level if node.level in _AGENCY_LEVELS else "agency"
    return "funder" if node.iri in payers else ""
