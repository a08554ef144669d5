"""The entries of a store as they are compared: names, addresses, and what they are in with whom."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.matching.body import Body
from ontology.schema import entity_types, names_by_class
from ontology.terms import ORG, PN, PROV, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

GROUPS: Final = {"actor": "body", "programme": "body", "project": "project", "event": "event", "place": "place"}
"""Entity type → what it is compared with."""

_SHORT: Final = 5
"""Characters of a short form that is no name by itself ("HdJ"); longer ones are ("Caritas")."""

_WANTED: Final = (
    SKOS.prefLabel, SKOS.altLabel, PN.shortName, SCHEMA.streetAddress, SCHEMA.postalCode, SCHEMA.url, ORG.hasSite,
    ORG.subOrganizationOf, PN.kind, PN.place, SCHEMA.startDate, SCHEMA.endDate,
)  # fmt: skip
_LINKS: Final = ((PN.actor, PN["in"]), (ORG.member, ORG.organization), (PN["from"], PN.to))
"""The two ends of involvements, memberships and ties."""


@dataclass(frozen=True)
class Stored:
    """An entry with what else helps to tell whether it is another one.

    Attributes:
        body: what names and addresses say; its key is the entry's IRI.
        group: what it is compared with.
        kind: IRI of its kind ("Kita"), "" if unknown.
        parent: IRI of what it belongs to, "" if unknown.
        places: IRIs of its places.
        start, end: as exact as known, "" if unknown.
        links: IRI of what it has to do with → where that stands (source documents).
        carriers: IRIs of who is responsible for it, if it is a project.
    """

    body: Body
    group: str
    kind: str = ""
    parent: str = ""
    places: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    links: dict[str, frozenset[str]] = field(default_factory=dict)
    carriers: frozenset[str] = frozenset()


def stored(store: Store) -> dict[str, Stored]:
    """All entries that can be doubles, by IRI."""
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    kinds = dict(_kinds(store))
    for path in _WANTED:
        for subject, value in _values(store, path):
            if subject in kinds:
                facts[subject][path].append(value)
    links, carriers = _links(store, kinds)
    called = {iri: next(iter(sorted(facts[iri][SKOS.prefLabel])), "") for iri in kinds}
    networks = {iri for iri, (_, klass) in kinds.items() if klass == "Network"}
    return {
        iri: _stored(iri, kind, klass, facts[iri], called, links.get(iri, {}), networks, carriers.get(iri, frozenset()))
        for iri, (kind, klass) in sorted(kinds.items())
        if called[iri]
    }


def _stored(  # noqa: PLR0913, PLR0917  # all that is known of one entry
    iri: str,
    kind: str,
    klass: str,
    facts: dict[str, list[str]],
    called: dict[str, str],
    links: dict[str, frozenset[str]],
    networks: set[str],
    carriers: frozenset[str],
) -> Stored:
    def first(path: str) -> str:
        return min(facts[path], default="")

    shorts = sorted(facts[PN.shortName])
    others = [*sorted(facts[SKOS.altLabel]), *(short for short in shorts if len(short) > _SHORT)]
    places = tuple(sorted({*facts[ORG.hasSite], *facts[PN.place]}))
    body = Body(
        key=iri,
        names=tuple(dict.fromkeys((called[iri], *others))),
        abbreviations=tuple(shorts),
        address=" ".join((first(SCHEMA.streetAddress), first(SCHEMA.postalCode))).strip(),
        place=next((called[place] for place in places if called.get(place)), ""),
        website=first(SCHEMA.url),
        networks=tuple(sorted(networks & links.keys())),
        klass=klass,
    )
    return Stored(
        body,
        GROUPS[kind],
        first(PN.kind),
        first(ORG.subOrganizationOf),
        places,
        first(SCHEMA.startDate),
        first(SCHEMA.endDate),
        links,
        carriers,
    )


def _kinds(store: Store) -> Iterator[tuple[str, tuple[str, str]]]:
    """Entity type and last part of the class of each entry."""
    for klass, kind in names_by_class().items():
        if kind in GROUPS:
            start = f"{store.base_iri}{entity_types()[kind].segment}/"
            for subject, _ in _values(store, RDF.type, ox.NamedNode(klass)):
                if subject.startswith(start):
                    yield subject, (kind, re.split(r"[#/]", klass)[-1])


def _links(
    store: Store, kinds: dict[str, tuple[str, str]]
) -> tuple[dict[str, dict[str, frozenset[str]]], dict[str, frozenset[str]]]:
    """What each entry has to do with, and where that stands; and who is responsible for which project."""
    sources: dict[str, set[str]] = defaultdict(set)
    for subject, source in _values(store, PROV.wasDerivedFrom):
        # Rows of one table are one document: who wrote it told their names apart.
        sources[subject].add(re.sub(r"-\d+$", "", source))
    roles = dict(_values(store, PN.role))
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    carriers: dict[str, set[str]] = defaultdict(set)
    for start, end in _LINKS:
        ends = dict(_values(store, end))
        for node, one in _values(store, start):
            other = ends.get(node, "")
            if one in kinds and other in kinds:
                for here, there in ((one, other), (other, one)):
                    found[here][there] = found[here].get(there, frozenset()) | sources[node]
                if roles.get(node, "").endswith("/role/traeger"):
                    carriers[other].add(one)
    return found, {project: frozenset(actors) for project, actors in carriers.items()}


def _values(store: Store, path: str, value: ox.NamedNode | None = None) -> Iterator[tuple[str, str]]:
    apart = (store.graphs.derived, store.graphs.history, store.graphs.contacts, store.graphs.ontology)
    for quad in store.quads(None, ox.NamedNode(path), value):
        if quad.graph_name not in apart:
            yield quad.subject.value, quad.object.value  # type: ignore[union-attr]  # the store holds no blank nodes
