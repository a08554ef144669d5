"""What lists say, as quads by entry and field: made from the plan field by field, as the shapes have them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from graph import entries
from graph.importing.evidence import FROM, Evidence
from graph.importing.facts import Problem, Spot
from graph.importing.quads import web_source, web_source_quads
from ontology.schema import entity_types
from ontology.terms import DCTERMS, ORG, PN, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.importing.entities import Cast, Entity
    from graph.importing.plan import Link, Plan
    from graph.store import Store
    from ontology.schema import Field

    Node = ox.NamedNode
    Pair = tuple[Node, Node]

TYPE: Final = ox.NamedNode(RDF.type)
_PARENT: Final = ox.NamedNode(ORG.subOrganizationOf)
_REPLACED: Final = ox.NamedNode(DCTERMS.isReplacedBy)

_LINKS: Final = {
    "involvement": ("actor", "project_or_event", "role"),
    "funding": ("payer", "project", ""),
    "membership": ("member", "network", ""),
    "tie": ("from_actor", "to_actor", "kind"),
}
"""The fields of a link that hold its two ends and its role."""


class Draft:
    """The quads of one plan.

    Args:
        store: what there is already: what another source says is not said again.
        plan: what the lists say.
        by_hand: subjects and predicates that people have the last word on.

    Attributes:
        wanted: the quads by subject.
        guessed: subjects and predicates of which the lists only let it be guessed.
        entities: by their IRIs.
        labels, spots: what an entry or link is called, and where it stands first.
        belonging: what belongs to another body.
        tables: IRIs of the sources of the tables.
        problems: where another source says otherwise.
    """

    def __init__(self, store: Store, plan: Plan, by_hand: frozenset[Pair]) -> None:
        self._store, self._plan, self._by_hand = store, plan, by_hand
        self._graph = store.graphs.data(plan.source)
        self._apart = (self._graph, store.graphs.derived, store.graphs.history)
        self._evidence = Evidence(store)
        self._own: dict[int, set[Spot]] = defaultdict(set)
        self._nodes: dict[int, Node] = {}
        self._terms: dict[tuple[int, str], Node | ox.Literal] = {}
        self._strangers: dict[Node, bool] = {}
        self._merged = {quad.object for quad in store.quads(None, _REPLACED) if quad.graph_name != store.graphs.history}
        self.wanted: dict[Node, set[ox.Quad]] = defaultdict(set)
        self.guessed: set[Pair] = set()
        self.entities: dict[Node, Entity] = {}
        self.labels: dict[Node, str] = {}
        self.spots: dict[Node, Spot] = {}
        self.belonging: set[Node] = set()
        self.tables: set[str] = set()
        self.problems: list[Problem] = []

    def write(self) -> None:
        """Fill `wanted`."""
        for row in self._plan.facts.told:
            self._own[id(cast("Cast", self._plan.cast).entity(row.about))].add(row.about.spot)
        for entity in self._plan.entities:
            self._write_entity(entity)
        taken: set[str] = set()
        for link in self._plan.links:
            self._write_link(link, taken)
        self.tables = self._evidence.tables(self._plan.tables)
        for subject, path, term in self._evidence.statements():
            self._want(subject, path, term)

    def node(self, entity: Entity) -> Node:
        """The IRI of an entry."""
        if id(entity) not in self._nodes:  # entries live as long as their plan
            kind = entity_types()[entity.type_name]
            self._nodes[id(entity)] = entries.iri(self._store.base_iri, kind, entity.slug)
        return self._nodes[id(entity)]

    @property
    def known(self) -> set[Node]:
        """What other sources speak of as well."""
        return {node for node, alone in self._strangers.items() if not alone}

    def differs(self, what: str, subject: Node, kind: Field, stored: Iterable[object], term: object) -> None:
        """Take note of what the lists say otherwise than the store does."""
        facts = {
            "name": self.labels.get(subject, subject.value),
            "field": kind.label["de"],
            "stored": ", ".join(sorted(_shown(one) for one in stored)) or "–",
            "text": _shown(term),
        }
        self.problems.append(Problem(self.spot(subject, kind.name), "warning", what, facts))

    def spot(self, subject: Node, name: str = "") -> Spot:
        """Where a field of an entry stands, else the entry or link itself; of anything else, the file."""
        values = self.entities[subject].values.get(name, ()) if subject in self.entities else ()
        return next((value.spot for value in values), self.spots.get(subject, Spot(self._plan.files[0])))

    def _want(self, subject: Node, path: Node, term: Node | ox.Literal) -> None:
        self.wanted[subject].add(ox.Quad(subject, path, term, self._graph))

    def _write_entity(self, entity: Entity) -> None:
        subject = self.node(entity)
        self.entities[subject], self.labels[subject], self.spots[subject] = entity, entity.label, entity.spot
        filled = self._plan.fields_of(entity)
        self._write_type(subject, ox.NamedNode(PN[entity.klass]))
        texts = {"name": [entity.label], **filled.texts}
        for name, values in texts.items():
            self._write_field(subject, entity.type_name, name, values, is_guess=name in filled.guessed)
        spots = {value.spot for values in entity.values.values() for value in values} | self._own[id(entity)]
        self._derive(subject, spots or {entity.spot})

    def _write_link(self, link: Link, taken: set[str]) -> None:
        subject = self._link_node(link, taken)
        link.iri = subject.value
        start_field, end_field, role_field = _link_fields(link)
        self.labels[subject], self.spots[subject] = f"{link.start.label} – {link.end.label}", link.spot
        self._write_type(subject, _class(link.kind))
        for name, end in ((start_field, link.start), (end_field, link.end)):
            (_, path), target = _place(link.kind, name), self.node(end)
            if all(quad.object != target for quad in self._elsewhere(subject, path)):
                self._want(subject, path, target)
        if role_field:
            self._write_field(subject, link.kind, role_field, [link.role])
        if link.kind == "tie":
            self._write_field(subject, link.kind, "state", ["asserted"])
        for name, values in link.filled.texts.items():
            self._write_field(subject, link.kind, name, values)
        self._derive(subject, {link.spot, *link.also})

    def _link_node(self, link: Link, taken: set[str]) -> Node:
        parts = (
            [link.end.slug, link.start.slug]
            if link.kind in ("involvement", "funding")
            else [link.start.slug, link.end.slug]
        )
        if link.kind in ("involvement", "tie"):
            parts.append(link.role)
        name = "--".join(parts)
        if f"{link.kind}/{name}" in taken and link.text("start"):
            name = f"{name}--{link.text('start')}"
        taken.add(f"{link.kind}/{name}")
        node = entries.iri(self._store.base_iri, entity_types()[link.kind], name)
        return node if any(self._store.quads(node, TYPE)) else self._link_of_merged(link) or node

    def _link_of_merged(self, link: Link) -> Node | None:
        """A link that is there already, under the name of an entry that was merged into one of its ends."""
        start, end = self.node(link.start), self.node(link.end)
        if not self._merged or not self._merged & {start, end}:
            return None
        start_field, end_field, role_field = (
            _place(link.kind, name)[1] if name else None for name in _link_fields(link)
        )
        for quad in sorted(self._store.quads(None, start_field, start), key=str):
            node = quad.subject
            roles = [fact.object for fact in self._store.quads(node, role_field)] if role_field else []  # type: ignore[arg-type]  # no blank nodes
            same_role = not roles or any(str(role).endswith(f"/{link.role}>") for role in roles)
            if same_role and any(self._store.quads(node, end_field, end)):  # type: ignore[arg-type]  # as above
                return node  # type: ignore[return-value]  # as above
        return None

    def _write_type(self, subject: Node, klass: Node) -> None:
        if not self._elsewhere(subject, TYPE):
            self._want(subject, TYPE, klass)

    def _write_field(self, subject: Node, kind: str, name: str, texts: list[str], *, is_guess: bool = False) -> None:
        """The values of one field. What another source says already is not said again, nor spoken against."""
        field_, path = _place(kind, name)
        if path == _PARENT and texts:
            self.belonging.add(subject)
        stored = {quad.object for quad in self._elsewhere(subject, path)}
        if is_guess:
            self.guessed.add((subject, path))
        for text in texts:
            term = self._cached_term(field_, text)
            if term in stored:
                continue
            if stored and not field_.many:
                if not is_guess and name not in ("name", "note"):
                    what = "kept by hand" if (subject, path) in self._by_hand else "stored differs"
                    self.differs(what, subject, field_, stored, term)
                continue
            self._want(subject, path, term)

    def _derive(self, subject: Node, spots: Iterable[Spot]) -> None:
        """That something comes from the rows of those cells."""
        for row in self._evidence.of(spots):
            self._want(subject, FROM, row)

    def _cached_term(self, kind: Field, text: str) -> Node | ox.Literal:
        key = (id(kind), text)  # fields live as long as the program
        if key not in self._terms:
            self._terms[key] = self._term(kind, text)
        return self._terms[key]

    def _term(self, kind: Field, text: str) -> Node | ox.Literal:
        if not kind.links_to:
            return entries.term(kind, text)
        if kind.links_to == ("source",):
            node = web_source(self._store, text)
            if not self._elsewhere(node, TYPE):
                self.wanted[node].update(web_source_quads(text, node, self._graph))
            return node
        return entries.iri(self._store.base_iri, entity_types()[kind.links_to[0]], text)

    def _elsewhere(self, subject: Node, path: Node) -> list[ox.Quad]:
        """What other graphs of people and lists say."""
        if subject not in self._strangers:
            self._strangers[subject] = not any(map(self._is_elsewhere, self._store.quads(subject)))
        return [] if self._strangers[subject] else list(filter(self._is_elsewhere, self._store.quads(subject, path)))

    def _is_elsewhere(self, quad: ox.Quad) -> bool:
        return quad.graph_name not in self._apart


@cache
def _place(kind: str, name: str) -> tuple[Field, Node]:
    """A field of an entity type and its predicate."""
    found = entity_types()[kind].field(name)
    return found, ox.NamedNode(found.path[-1])


@cache
def _class(kind: str) -> Node:
    return ox.NamedNode(entity_types()[kind].classes[0])


def _link_fields(link: Link) -> tuple[str, str, str]:
    """The fields of a link that hold its two ends and its role."""
    start, end, role = _LINKS[link.kind]
    if link.kind == "funding":
        start = "programme" if link.start.type_name == "programme" else "payer"
        end = "programme" if link.end.type_name == "programme" else "project"
    return start, end, role


def _shown(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value.rpartition("/")[2]
    return str(getattr(term, "value", term))
