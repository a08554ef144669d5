"""From the store to nodes and links: property by property, which for all of them is sooner than row by row."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from graph import query
from graph.columns import affirmed, columns, typed, written
from graph.labels import is_readable
from graph.neighbours import about
from graph.network.facts import Link, Node, slug
from graph.network.scope import Period
from ontology.terms import ORG, PN, PROV, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.columns import Column
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

_OF_NODES: Final = (
    PN.shortName, PN.kind, PN.sector, PN.level, ORG.hasSite, SKOS.notation, PN.earliest
)  # fmt: skip
"""Of several values of these the least counts."""

_FURTHER: Final = (
    PN.round, PN.latest,
    PN.actor, PN["in"], PN.role, ORG.member, ORG.organization, PN["from"], PN.to, PN.state,
    PN.project, PN.programme, PN.payer, PN.provider, PROV.wasDerivedFrom,
)  # fmt: skip
_OWN: Final = {
    ORG.hasSite: "site",
    PN.place: "site",
    PN.activeIn: "field",
    PN.handlungsfeld: "field",
    ORG.subOrganizationOf: "parent",
}
"""What entries say of themselves, by property: the relation of the link."""

_PLAIN: Final = tuple(dict.fromkeys((*_OF_NODES, *_FURTHER, *_OWN)))

_Key = tuple[str, str, str, str, str]
"""What makes a link: subject, object, relation, role, entry."""

_concept = lru_cache(maxsize=5000)(slug)
"""The slug of a class or concept: the same few again and again."""


def nodes_and_links(store: Store) -> tuple[dict[str, Node], tuple[Link, ...]]:
    """All that can stand in a network, in order of the IRIs, and all statements that link two of these, in order.

    It is what the queries `network-nodes` and `network-links` tell, in the order of `Facts`.
    """
    query.told("network-nodes", "network-links")
    said = dict(zip(_PLAIN, columns(store, *_PLAIN), strict=True))
    found = _nodes(store, said)
    return found, _links(said, found)


def nodes_about(store: Store, iris: Iterable[str]) -> dict[str, Node]:
    """Those of these things that can stand in a network, in order."""
    part = about(store, iris)
    return _nodes(part, dict(zip(_PLAIN, columns(part, *_PLAIN), strict=True)))


def links_of(store: Store, iris: Iterable[str], nodes: Mapping[str, Node]) -> tuple[Link, ...]:
    """The links that stand on these entries, in order."""
    part = about(store, iris)
    return _links(dict(zip(_PLAIN, columns(part, *_PLAIN), strict=True)), nodes)


def _nodes(store: Store, said: Mapping[str, Column]) -> dict[str, Node]:
    names = [_readable(column) for column in written(store, SKOS.prefLabel, "de", "en")]
    ongoing = affirmed(store, PN.ongoing)
    classes = typed(store, {name: PN[name] for name in NODE_TYPES})
    short, kind, sector, level, place, notation, start = (said[name].least for name in _OF_NODES)
    rounds, end = said[PN.round], said[PN.latest].most
    found = {}
    for iri in sorted(classes):
        klass = next(name for name in NODE_TYPES if name in classes[iri])
        period = _period(start.get(iri, ""), end.get(iri, ""))
        if klass == "Event" and period.end is None:
            period = _span(period.start, period.start)  # without a last day it is over on the day it began
        found[iri] = Node(
            iri=iri,
            type=NODE_TYPES[klass],
            klass=klass,
            label=names[0].get(iri) or slug(iri),
            label_en=names[1].get(iri, ""),
            short=short.get(iri, ""),
            kind=_concept(kind.get(iri, "")),
            sector=_concept(sector.get(iri, "")),
            level=_concept(level.get(iri, "")),
            place=place.get(iri, ""),
            notation=notation.get(iri, ""),
            rounds=frozenset(slug(name) for name in rounds.of(iri) if name),
            period=period,
            ongoing=iri in ongoing,
        )
    return found


def _readable(names: Column) -> dict[str, str]:
    """Names of which there is something to see; of several the least."""
    found = {entry: name for entry, name in names.one.items() if is_readable(name)}
    return found | {x: min(filter(is_readable, texts), default="") for x, texts in names.several.items()}


def _links(said: Mapping[str, Column], nodes: Mapping[str, Node]) -> tuple[Link, ...]:
    state, start, end = said[PN.state].least, said[PN.earliest].least, said[PN.latest].most
    source = said[PROV.wasDerivedFrom]
    found = {key for key in _keys(said) if key[0] in nodes and key[1] in nodes and key[0] != key[1]}
    return tuple(
        Link(
            subject,
            target,
            relation,
            role,
            iri,
            _concept(state.get(iri, "")) if relation == "tie" else "",
            _days(relation, _period(start.get(iri, ""), end.get(iri, "")), nodes[target]),
            _sorted(source.several[iri]) if iri in source.several else _alone(source.one.get(iri, "")),
        )
        for subject, target, relation, role, iri in sorted(found)
    )


def _keys(said: Mapping[str, Column]) -> Iterator[_Key]:
    """What makes each link, whatever stands at its ends."""
    yield from _joined("involvement", said[PN.actor], said[PN["in"]], said[PN.role])
    yield from _joined("membership", said[ORG.member], said[ORG.organization], said[PN.role], needed=False)
    yield from _joined("tie", said[PN["from"]], said[PN.to], said[PN.kind])
    yield from _fundings(said)
    for name, relation in _OWN.items():
        yield from ((iri, target, relation, "", iri) for iri, target in said[name].items())


def _fundings(said: Mapping[str, Column]) -> Iterator[_Key]:
    project, programme, payer = said[PN.project], said[PN.programme], said[PN.payer]
    for iri, one in project.items():
        yield from ((one, other, "funding", "programme", iri) for other in programme.of(iri))
        yield from ((one, other, "funding", "payer", iri) for other in payer.of(iri))
    for iri, one in programme.items():
        if iri not in project.one:
            yield from ((one, other, "funding", "payer", iri) for other in payer.of(iri))
    yield from ((iri, target, "funding", "provider", iri) for iri, target in said[PN.provider].items())


def _joined(relation: str, subjects: Column, targets: Column, roles: Column, *, needed: bool = True) -> Iterator[_Key]:
    """Entries that have all three, or (the role not `needed`) the first two."""
    several = subjects.several.keys() | targets.several.keys() | roles.several.keys()
    others, named = targets.one, roles.one
    for iri, subject in subjects.one.items():
        if iri not in others or (needed and iri not in named):
            continue
        if iri not in several:
            yield subject, others[iri], relation, _concept(named.get(iri, "")), iri
        else:
            for one, other, role in product(subjects.of(iri), targets.of(iri), roles.of(iri) or ("",)):
                yield one, other, relation, _concept(role), iri


def _days(relation: str, own: Period, target: Node) -> Period:
    """Days of a link; an involvement that names none has those of its project or event."""
    if relation != "involvement":
        return own
    start, end = own.start or target.period.start, own.end or target.period.end
    return own if start and end and end < start else _span(start, end)


@lru_cache(maxsize=20_000)
def _period(start: str, end: str) -> Period:
    return _span(*(date.fromisoformat(text[:10]) if text else None for text in (start, end)))


_span = lru_cache(maxsize=20_000)(Period)
"""Periods are shared: most things of a year have the same."""


def _sorted(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(filter(None, iris))))


@lru_cache(maxsize=5000)
def _alone(iri: str) -> tuple[str, ...]:
    """Shared, because the thousand rows of a list have one source."""
    return (iri,) if iri else ()
