"""Build small Quartiere for tests, in the words of the office.

    quartier = Quartier()
    schule = quartier.actor("Schule", sector="bildung")
    quartier.project("Hoffest", traeger=[schule], start="2023")
    store = quartier.store()

Every method returns the IRI of what it added; IRIs come from the names, so that a test can foresee them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad

import graph
from ontology.terms import DCTERMS, GEO, ORG, PN, PNS, PROV, RDF, SCHEMA, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

BASE = "https://w3id.org/pankenetz/id/"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def slug(name: str) -> str:
    """The last part of an IRI made from a name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().translate(_UMLAUTS)).strip("-")


class Quartier:
    """A small Quartier, collected entry by entry; `store()` opens it in memory."""

    def __init__(self, source: str = "test") -> None:
        self.quads: list[Quad] = []
        self._graph = NamedNode(f"{BASE}graph/data/{source}")
        self._rounds_graph = NamedNode(f"{BASE}graph/rounds")
        self._numbers: dict[str, int] = {}

    def actor(self, name: str, *, klass: str = "Actor", kind: str = "verein", sector: str = "", **more: Any) -> str:
        """An actor; `klass` is Actor, Agency or Network."""
        iri = self._entry("actor", name, klass)
        self._concept(iri, PN.kind, "actor-kind", kind)
        self._concept(iri, PN.sector, "sector", sector)
        self._link(iri, ORG.hasSite, more.pop("place", None))
        self._link(iri, ORG.subOrganizationOf, more.pop("parent", None))
        self._links(iri, PN.activeIn, more.pop("fields", ()))
        self._concepts(iri, PN.seeks, "resource", more.pop("seeks", ()))
        self._concepts(iri, PN.offers, "resource", more.pop("offers", ()))
        self._concepts(iri, PN.targetGroup, "target-group", more.pop("groups", ()))
        return self._finish(iri, more)

    def programme(self, name: str, **more: Any) -> str:
        """A programme or fund."""
        return self._finish(self._entry("programme", name, "Programme"), more)

    def place(self, name: str, *, at: tuple[float, float] | None = None, along_panke: bool = False) -> str:
        """A place; `at` is (longitude, latitude)."""
        iri = self._entry("place", name, "Place")
        self._add(iri, PN.alongPanke, Literal(along_panke))
        if at:
            geometry = f"{iri}/geometry"
            self._link(iri, GEO.hasGeometry, geometry)
            wkt = Literal(f"POINT({at[0]} {at[1]})", datatype=NamedNode(str(GEO.wktLiteral)))
            self._add(geometry, GEO.asWKT, wkt)
        return iri

    def project(
        self,
        name: str,
        *,
        traeger: Iterable[str] = (),
        partner: Iterable[str] = (),
        start: str = "",
        end: str = "",
        **more: Any,
    ) -> str:
        """A project with its Träger and partners, who take part from its start to its end."""
        iri = self._entry("project", name, "Project")
        self._links(iri, PN.place, more.pop("places", ()))
        self._links(iri, PN.handlungsfeld, more.pop("fields", ()))
        self._concepts(iri, PN.targetGroup, "target-group", more.pop("groups", ()))
        for role, actors in (("traeger", traeger), ("partner", partner)):
            for actor in actors:
                self.involvement(actor, iri, role=role, start=start, end=end)
        return self._finish(iri, {"start": start, "end": end, **more})

    def event(self, name: str, *, actors: Iterable[str] = (), start: str = "", place: str | None = None) -> str:
        """An event at which actors took part."""
        iri = self._entry("event", name, "Event")
        self._link(iri, PN.place, place)
        for actor in actors:
            self.involvement(actor, iri, role="teilnahme", start=start)
        return self._finish(iri, {"start": start})

    def round(self, name: str, **more: Any) -> str:
        """A planning round with its days; fields of that slug belong to it."""
        self._numbers[slug(name)] = 1
        return self._finish(self._entry("round", name, "Round"), more)

    def handlungsfeld(self, round_slug: str, number: str, name: str) -> str:
        """A field of action of one round; the round is added with its first field."""
        round_iri = f"{BASE}round/{round_slug}"
        scheme = f"{round_iri}/handlungsfelder"
        if round_slug not in self._numbers:
            self._numbers[round_slug] = 1
            self._entry("round", round_slug, "Round")
            self._link(scheme, RDF.type, str(SKOS.ConceptScheme))
        iri = self._entry("handlungsfeld", f"{round_slug}-{number}", "Handlungsfeld", label=name)
        self._link(iri, PN.round, round_iri)
        self._link(iri, SKOS.inScheme, scheme)
        self._add(iri, SKOS.notation, Literal(number))
        return iri

    def statement(self, round_slug: str, text: str, *, kind: str = "Need", field: str = "", place: str = "") -> str:
        """What the concept document of a round states; `kind` is Need, Goal, Focus or Measure."""
        iri = self._node("statement", kind)
        self._link(iri, PN.round, f"{BASE}round/{round_slug}")
        self._link(iri, PN.handlungsfeld, field)
        self._link(iri, PN.place, place)
        return self._finish(iri, {"description": text})

    def match(self, one: str, other: str, *, how: str = "exactMatch") -> None:
        """Two fields of different rounds mean the same (or nearly so)."""
        self._link(one, SKOS[how], other)

    def involvement(self, actor: str, project: str, *, role: str = "partner", **more: Any) -> str:
        """One actor in one project or event, in one role."""
        iri = self._node("involvement", "Involvement")
        self._link(iri, PN.actor, actor)
        self._link(iri, getattr(PN, "in"), project)
        self._concept(iri, PN.role, "role", role)
        return self._finish(iri, more)

    def funding(self, project: str, *, programme: str | None = None, payer: str | None = None, **more: Any) -> str:
        """Money for a project, by a programme or an actor."""
        iri = self._node("funding", "Funding")
        self._link(iri, PN.project, project)
        self._link(iri, PN.programme, programme)
        self._link(iri, PN.payer, payer)
        if "amount" in more:
            self._add(iri, PN.amount, Literal(str(more.pop("amount")), datatype=NamedNode(str(XSD.decimal))))
        return self._finish(iri, more)

    def membership(self, actor: str, network: str, **more: Any) -> str:
        """An actor in a network or body."""
        iri = self._node("membership", "Membership")
        self._link(iri, ORG.member, actor)
        self._link(iri, ORG.organization, network)
        return self._finish(iri, more)

    def tie(self, one: str, other: str, *, kind: str = "kooperiert-mit", state: str = "asserted", **more: Any) -> str:
        """A declared relation of two actors."""
        iri = self._node("tie", "Tie")
        self._link(iri, getattr(PN, "from"), one)
        self._link(iri, PN.to, other)
        self._concept(iri, PN.kind, "tie-kind", kind)
        self._concept(iri, PN.state, "tie-state", state)
        return self._finish(iri, more)

    def store(self) -> Store:
        """All that was added, opened in memory."""
        store = graph.open(None)
        store.apply([], self.quads)
        return store

    def _entry(self, segment: str, name: str, klass: str, label: str | None = None) -> str:
        iri = f"{BASE}{segment}/{slug(name)}"
        self._link(iri, RDF.type, str(PN[klass]))
        self._add(iri, SKOS.prefLabel, Literal(label or name, language="de"))
        self._source(iri)
        return iri

    def _node(self, segment: str, klass: str) -> str:
        self._numbers[segment] = self._numbers.get(segment, 0) + 1
        iri = f"{BASE}{segment}/{self._numbers[segment]}"
        self._link(iri, RDF.type, str(PN[klass]))
        self._source(iri)
        return iri

    def _source(self, iri: str) -> None:
        source = f"{BASE}source/test"
        if not self._numbers.get("source/test"):
            self._numbers["source/test"] = 1
            self._link(source, RDF.type, str(PN.Source))
            self._add(source, DCTERMS.title, Literal("Test"))
        self._link(iri, PROV.wasDerivedFrom, source)

    def _finish(self, iri: str, more: dict[str, Any]) -> str:
        for key, path in (("start", SCHEMA.startDate), ("end", SCHEMA.endDate)):
            if text := more.pop(key, ""):
                self._add(iri, path, Literal(text, datatype=NamedNode(str(_DATE_TYPES[len(text)]))))
        for key, path in (("description", DCTERMS.description), ("alt", SKOS.altLabel)):
            if text := more.pop(key, ""):
                self._add(iri, path, Literal(text, language="de"))
        if text := more.pop("short", ""):
            self._add(iri, PN.shortName, Literal(text))
        if more:
            raise TypeError(f"unknown: {sorted(more)}")
        return iri

    def _add(self, subject: str, path: Any, value: Literal | NamedNode) -> None:
        self.quads.append(Quad(NamedNode(subject), NamedNode(str(path)), value, self._graph))

    def _link(self, subject: str, path: Any, target: str | None) -> None:
        if target:
            self._add(subject, path, NamedNode(target))

    def _links(self, subject: str, path: Any, targets: Iterable[str]) -> None:
        for target in targets:
            self._link(subject, path, target)

    def _concept(self, subject: str, path: Any, scheme: str, concept: str) -> None:
        if concept:
            self._link(subject, path, f"{PNS}{scheme}/{concept}")

    def _concepts(self, subject: str, path: Any, scheme: str, concepts: Iterable[str]) -> None:
        for concept in concepts:
            self._concept(subject, path, scheme, concept)
