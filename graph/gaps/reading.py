"""From the store to the records: one reading per data version, shared by every list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from graph import network, query
from graph.columns import columns, named, typed, written
from graph.gaps.records import (
    Actor,
    Demand,
    Event,
    Field,
    Funding,
    Involvement,
    Membership,
    Place,
    Project,
    Records,
    Source,
    Tie,
    Trait,
)
from graph.network.facts import slug
from ontology.terms import DCTERMS, GEO, PN, PROV, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.columns import Column
    from graph.network.facts import Facts, Link, Node
    from graph.store import Store

_TRAITS = {"field": "field", "site": "place"}
_MATCHES = ("exactMatch", "closeMatch")
"""Matches of Handlungsfelder that are followed, one step only."""


@dataclass(frozen=True)
class _DemandRow:
    statement: str
    klass: str
    text: str
    round: str | None
    field: str | None
    place: str | None


def records(store: Store) -> Records:
    """All records of the present data version."""
    return store.cached("gaps-records", lambda: _read_records(store))


def _read_records(store: Store) -> Records:
    facts = network.facts(store)
    traits = _traits(store)
    texts = _texts(store)
    callings = _callings(store)
    found = [Trait(entry, kind, value) for kind, column in traits.items() for entry, value in column.items()]
    concepts = {trait.value for trait in found}.union(*callings.values())
    german, english = (named(store, concepts, SKOS.prefLabel, language) for language in ("de", "en"))
    words = {iri: (german.get(iri) or iri, english.get(iri) or german.get(iri) or iri) for iri in concepts}
    found += [Trait(x.subject, _TRAITS[x.relation], x.object) for x in facts.links if x.relation in _TRAITS]
    matches = network.field_matches(store, _MATCHES)
    found += [Trait(field, "match", other) for field, others in matches.items() for other in others]
    return Records(
        actors=_actors(facts, {entry: kinds & german.keys() for entry, kinds in callings.items()}),
        projects=tuple(_project(node, texts) for node in _of(facts, "project")),
        events=tuple(Event(n.iri, n.slug, n.label, n.period.start) for n in _of(facts, "event")),
        places=tuple(Place(n.iri, n.label, texts.get(n.iri, "")) for n in _of(facts, "place")),
        fields=tuple(_field(node, facts) for node in _of(facts, "handlungsfeld")),
        demands=_demands(store, facts),
        traits=tuple(sorted(set(found), key=attrgetter("entry", "kind", "value"))),
        involvements=tuple(_involvement(x) for x in _links(facts, "involvement")),
        memberships=tuple(
            Membership(x.iri, x.subject, x.object, x.period.start, x.period.end) for x in _links(facts, "membership")
        ),
        ties=tuple(_tie(x) for x in _links(facts, "tie")),
        fundings=tuple(
            Funding(x.iri, x.subject, x.object)
            for x in _links(facts, "funding")
            if x.role == "payer" and facts.nodes[x.subject].type == "project"
        ),
        sources=_sources(store),
        words=words,
    )


def _traits(store: Store) -> dict[str, Column]:
    """Kind of trait → who has what, as the query `gaps-traits` tells it."""
    query.told("gaps-traits")
    found = columns(store, PN.targetGroup, PN.offers, PN.seeks)
    return dict(zip(("target", "offers", "seeks"), found, strict=True))


def _callings(store: Store) -> dict[str, set[str]]:
    """Each actor with its kinds and sectors, as the query `gaps-callings` tells it."""
    query.told("gaps-callings")
    actors = typed(store, {name: PN[name] for name in ("Actor", "Agency", "Network")})
    found: defaultdict[str, set[str]] = defaultdict(set)
    for column in columns(store, PN.kind, PN.sector):
        for entry, value in column.items():
            if entry in actors:
                found[entry].add(value)
    return found


def _texts(store: Store) -> dict[str, str]:
    """The words of each project and the shape of each place, as the query `gaps-texts` tells them, in one order."""
    query.told("gaps-texts")
    kinds = typed(store, {name: PN[name] for name in ("Project", "Place")})
    geometry, shape = columns(store, GEO.hasGeometry, GEO.asWKT)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for column in written(store, DCTERMS.description, "de", ""):
        for entry, text in column.items():
            if "Project" in kinds.get(entry, ()):
                found[entry].add(text)
    for entry, drawn in geometry.items():
        if "Place" in kinds.get(entry, ()):
            found[entry].update(shape.of(drawn))
    return {entry: " ".join(sorted(texts)) for entry, texts in found.items() if texts}


def _of(facts: Facts, *types: str) -> Iterable[Node]:
    return (node for node in facts.nodes.values() if node.type in types)


def _links(facts: Facts, relation: str) -> list[Link]:
    return sorted((link for link in facts.links if link.relation == relation), key=lambda link: link.iri)


def _actors(facts: Facts, callings: Mapping[str, set[str]]) -> tuple[Actor, ...]:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for link in facts.links:
        if link.relation == "parent":
            parents[link.subject].add(link.object)
    return tuple(
        Actor(
            iri=node.iri,
            slug=node.slug,
            label=node.label,
            klass=node.klass,
            hub=node.hub,
            sector=node.sector,
            parents=tuple(sorted(parents[node.iri])),
            place=node.place,
            callings=tuple(sorted(callings.get(node.iri, ()))),
            start=node.period.start,
            end=node.period.end,
        )
        for node in _of(facts, "actor", "network")
    )


def _project(node: Node, texts: dict[str, str]) -> Project:
    text = texts.get(node.iri, "")
    return Project(node.iri, node.slug, node.label, text, node.period.start, node.period.end, node.ongoing)


def _field(node: Node, facts: Facts) -> Field:
    """A Handlungsfeld; it is as old as its round."""
    rounds = sorted(node.rounds)
    starts = [period.start for name in rounds if (period := facts.rounds.get(name)) and period.start]
    return Field(node.iri, node.slug, node.label, rounds[0] if rounds else "", min(starts, default=None))


def _demands(store: Store, facts: Facts) -> tuple[Demand, ...]:
    """What the rounds state, each once; a statement is as old as its round."""
    found: dict[str, Demand] = {}
    for row in query.rows(store, "gaps-statements", _DemandRow):
        name = slug(row.round) if row.round else ""
        period = facts.rounds.get(name)
        found.setdefault(
            row.statement,
            Demand(
                iri=row.statement,
                slug=slug(row.statement),
                kind=slug(row.klass),
                text=row.text,
                round=name,
                field=row.field or "",
                place=row.place or "",
                start=period.start if period else None,
            ),
        )
    return tuple(found.values())


def _involvement(link: Link) -> Involvement:
    return Involvement(link.iri, link.subject, link.object, link.role, link.period.start, link.period.end)


def _tie(link: Link) -> Tie:
    state = link.state or "asserted"
    return Tie(link.iri, link.subject, link.object, link.role, state, link.period.start, link.period.end)


def _sources(store: Store) -> dict[str, tuple[Source, ...]]:
    """Entry → its sources; one with several titles or addresses stands there once for each."""
    titled: defaultdict[str, list[Source]] = defaultdict(list)
    for iri, title, url in query.texts(store, "gaps-titles"):
        titled[iri].append(Source(iri, title or url or iri, url))
    query.told("gaps-sources")
    (read,) = columns(store, PROV.wasDerivedFrom)
    alone = {iri: tuple(sources) for iri, sources in titled.items()}
    found = {entry: alone.get(iri, ()) for entry, iri in read.one.items()}
    for entry, iris in read.several.items():
        found[entry] = tuple(source for iri in sorted(set(iris)) for source in alone.get(iri, ()))
    return found
