"""Repair the record: what the team knows and the data did not, with the team as its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph import entries
from graph.rounds.statements import concept, described, is_there, node
from ontology.schema import entity_types
from ontology.terms import PN, RDF

if TYPE_CHECKING:
    from graph.directory import Ref
    from graph.store import Store

_MUTUAL: Final = ("vernetzt-mit", "kooperiert-mit")
"""Kinds of ties that say two actors know each other; the first is what a repair says."""

_FROM, _TO = ox.NamedNode(PN["from"]), ox.NamedNode(PN.to)
_ACTOR, _IN, _KIND = ox.NamedNode(PN.actor), ox.NamedNode(PN["in"]), ox.NamedNode(PN.kind)


@dataclass(frozen=True)
class About:
    """A line that is being written.

    Attributes:
        slug: of the line. refs: whom and what it is about. fields: IRIs of its Handlungsfelder.
        quads: what is to be added so that it is there.
    """

    slug: str
    refs: tuple[Ref, ...]
    fields: tuple[str, ...]
    quads: frozenset[ox.Quad]

    @property
    def actors(self) -> tuple[Ref, ...]:
        """The actors among them."""
        return tuple(ref for ref in self.refs if ref.type == "actor")

    @property
    def label(self) -> str:
        """Whom it is about, in one line."""
        return " – ".join(ref.label for ref in self.refs) or self.slug


def team_source(store: Store, round_slug: str, label: str) -> tuple[ox.NamedNode, set[ox.Quad]]:
    """The source "Team, Runde …" and what is to be added about it (nothing if it is there)."""
    slug = entries.slug(f"team-runde-{round_slug}")
    subject = node(store, "source", slug)
    if is_there(store, subject):
        return subject, set()
    kind = concept("source-kind", "eigene-kenntnis")
    return subject, described(store, "source", slug, {"title": f"Team, Runde {label}", "kind": kind}, office=True)


def known_links(store: Store, line: About, since: str, source: ox.NamedNode) -> set[ox.Quad]:
    """The ties and involvements that a line suggested and that are there already in the world, since that year or day.

    Two and more actors without a project are tied with each other; actors with a project or event take part in it.
    What the records know already is not said twice.

    Raises:
        BadInput: `since` is no date; `what` is "date".
    """
    said = {"start": since, "source": source}
    doings = [ref for ref in line.refs if ref.type in ("project", "event")]
    quads: set[ox.Quad] = set()
    if doings:
        for actor in line.actors:
            for doing in doings:
                if not _takes_part(store, actor.iri, doing.iri):
                    ends = {"actor": ox.NamedNode(actor.iri), "project_or_event": ox.NamedNode(doing.iri)}
                    role = concept("role", "partner" if doing.type == "project" else "teilnahme")
                    quads |= _link(store, "involvement", (doing.slug, actor.slug), {**ends, "role": role, **said})
        return quads
    for place, one in enumerate(line.actors):
        for other in line.actors[place + 1 :]:
            if not _tied(store, one.iri, other.iri):
                ends = {"from_actor": ox.NamedNode(one.iri), "to_actor": ox.NamedNode(other.iri)}
                kinds = {"kind": concept("tie-kind", _MUTUAL[0]), "state": concept("tie-state", "asserted")}
                quads |= _link(store, "tie", (one.slug, other.slug), {**ends, **kinds, **said})
    return quads


def project(store: Store, line: About, name: str, source: ox.NamedNode) -> tuple[ox.NamedNode, set[ox.Quad]]:
    """A new project that came of a line, its actors partners of it.

    Returns:
        Its IRI, and what is to be added.
    """
    slug = _free(store, "project", entries.slug(name) or "projekt")
    values: dict[str, Any] = {
        "name": name,
        "handlungsfelder": [ox.NamedNode(iri) for iri in line.fields],
        "source": source,
    }
    quads = described(store, "project", slug, values, office=True)
    subject = node(store, "project", slug)
    for actor in line.actors:
        ends = {"actor": ox.NamedNode(actor.iri), "project_or_event": subject, "role": concept("role", "partner")}
        quads |= _link(store, "involvement", (slug, actor.slug), {**ends, "source": source})
    return subject, quads


def _link(store: Store, kind: str, ends: tuple[str, str], values: dict[str, Any]) -> set[ox.Quad]:
    last = {"tie": _MUTUAL[0], "involvement": "team"}[kind]
    slug = _free(store, kind, "--".join(filter(None, (*map(entries.slug, ends), last))))
    return described(store, kind, slug, values, office=True)


def _free(store: Store, kind: str, start: str) -> str:
    slug, number = start, 1
    while any(store.quads(node(store, kind, slug))):
        number += 1
        slug = f"{start}-{number}"
    return slug


def _tied(store: Store, one: str, other: str) -> bool:
    kinds = {concept("tie-kind", slug) for slug in _MUTUAL}
    pairs = ((one, other), (other, one))
    ties = [
        quad.subject
        for first, second in pairs
        for quad in store.quads(None, _FROM, ox.NamedNode(first))
        if any(store.quads(quad.subject, _TO, ox.NamedNode(second)))  # type: ignore[arg-type]  # the store holds no blank nodes
    ]
    return any(quad.object in kinds for tie in ties for quad in store.quads(tie, _KIND))  # type: ignore[arg-type]  # as above


def _takes_part(store: Store, actor: str, doing: str) -> bool:
    links = (quad.subject for quad in store.quads(None, _ACTOR, ox.NamedNode(actor)))
    return any(any(store.quads(link, _IN, ox.NamedNode(doing))) for link in links)  # type: ignore[arg-type]  # as above


def kind_of(store: Store, iri: str) -> str:
    """The entry type of what stands at an address; "" for nothing."""
    classes = {quad.object for quad in store.quads(ox.NamedNode(iri), ox.NamedNode(RDF.type))}
    names = (kind.name for kind in entity_types().values() if any(ox.NamedNode(one) in classes for one in kind.classes))
    return next(names, "")
