"""A plan as quads: what is new, what changes, and what stays because people or other sources say so.

What a source says stands in its own graph. Lists of the same name that come again replace what they said before, except
where a person has changed it since: that stays, and is said.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from graph import changes, checks, entries
from graph.errors import BadRows
from graph.importing.earlier import Earlier
from graph.importing.evidence import FROM, Evidence
from graph.importing.facts import Problem, Spot
from graph.importing.quads import web_source, web_source_quads
from graph.importing.values import way_to_reach
from ontology.schema import entity_types
from ontology.terms import DCTERMS, ORG, PN, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.changes import Change
    from graph.importing.entities import Cast, Entity
    from graph.importing.plan import Link, Plan
    from graph.store import Store
    from ontology.schema import EntityType, Field

    Pair = tuple[ox.NamedNode, ox.NamedNode]

_TYPE: Final = ox.NamedNode(RDF.type)
_PARENT: Final = ox.NamedNode(ORG.subOrganizationOf)
_REPLACED: Final = ox.NamedNode(DCTERMS.isReplacedBy)
_SHOWN: Final = 12
"""So many names of what is no longer listed are told."""

_LINKS: Final = {
    "involvement": ("actor", "project_or_event", "role"),
    "funding": ("payer", "project", ""),
    "membership": ("member", "network", ""),
    "tie": ("from_actor", "to_actor", "kind"),
}
"""The fields of a link that hold its two ends and its role."""

_FREE: Final = frozenset({str(RDF.langString), str(XSD.string)})


@dataclass
class Weighed:
    """What a plan comes to against the store: quads to add and to remove, and what stays against the lists.

    Attributes:
        version: of the store it was compared with.
    """

    version: int = -1
    added: set[ox.Quad] = field(default_factory=set)
    removed: set[ox.Quad] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def weigh(store: Store, plan: Plan) -> Weighed:
    """Compare a plan with the store; marks its entries that are there already as "same" or "change"."""
    draft = _Draft(store, plan)
    draft.write()
    draft.outcome.version = store.version
    draft.outcome.problems += draft.ways_to_reach()
    touched = {quad.subject for quad in draft.outcome.added | draft.outcome.removed}
    for entity in plan.entities:
        if entity.known and entity.action != "unsure":
            entity.action = "change" if draft.node(entity) in touched else "same"
    return draft.outcome


def apply(store: Store, plan: Plan, author: str) -> Change:
    """Write a plan as one change: all of it, or nothing.

    Args:
        store: the store the plan was made for; if it changed since, the plan is weighed anew.
        plan: what a person has seen.
        author: who is answerable.

    Raises:
        BadRows: the lists hold rows that must be mended or left out first.
        Invalid: the shapes forbid what a file says in our own terms.
        BadInput: no author.
    """
    if plan.errors:
        raise BadRows(plan.errors)
    with store.writer:
        outcome = plan.weighed if plan.weighed.version == store.version else weigh(store, plan)
        if errors := tuple(problem for problem in outcome.problems if problem.severity == "error"):
            raise BadRows(errors)
        return changes.commit(
            store,
            added=outcome.added,
            removed=outcome.removed,
            author=author,
            reason=", ".join(plan.files),
            imported_as=plan.source,
            # What comes from lists is made field by field from the shapes, with nothing left for them to refuse (a test
            # holds it to that) but what has been weighed; pySHACL would take 3 ms for each entry to say the same.
            check=bool(plan.given.quads),
        )


class _Draft:
    """The quads of one plan while they are written."""

    def __init__(self, store: Store, plan: Plan) -> None:
        self._store, self._plan = store, plan
        self._graph = store.graphs.data(plan.source)
        self._wanted: set[ox.Quad] = set()
        self._evidence = Evidence(store, self._graph)
        self._own: dict[int, set[Spot]] = defaultdict(set)
        self._guessed: set[Pair] = set()
        self._terms: dict[tuple[int, str], ox.NamedNode | ox.Literal] = {}
        self._strangers: dict[ox.NamedNode, bool] = {}
        self._belonging: set[ox.NamedNode] = set()
        self._by_hand = _touched_by_hand(store)
        self._merged = {quad.object for quad in store.quads(None, _REPLACED) if quad.graph_name != store.graphs.history}
        self._labels: dict[ox.NamedNode, str] = {}
        self._spots: dict[ox.NamedNode, Spot] = {}
        self.outcome = Weighed()

    def ways_to_reach(self) -> list[Problem]:
        """Where a free text holds a mail address or a telephone number, which everybody could read."""
        found = []
        for quad in self.outcome.added:
            if not isinstance(quad.object, ox.Literal) or quad.object.datatype.value not in _FREE:
                continue
            passage = way_to_reach(quad.object.value)
            if passage and isinstance(quad.subject, ox.NamedNode) and quad.subject in self._spots:
                problem = Problem(self._spots[quad.subject], "warning", "way to reach", {"text": passage})
                found.append((str(quad), problem))
        return [problem for _, problem in sorted(found, key=itemgetter(0))]

    def node(self, entity: Entity) -> ox.NamedNode:
        """The IRI of an entry."""
        return entries.iri(self._store.base_iri, entity_types()[entity.type_name], entity.slug)

    def write(self) -> None:
        """Fill `outcome`."""
        for row in self._plan.facts.told:
            self._own[id(cast("Cast", self._plan.cast).entity(row.about))].add(row.about.spot)
        for entity in self._plan.entities:
            self._write_entity(entity)
        taken: set[str] = set()
        for link in self._plan.links:
            self._write_link(link, taken)
        given = self._plan.given.quads
        theirs = {quad.subject for quad in given}
        earlier = Earlier(
            self._store,
            self._plan,
            self._graph,
            self.node,
            self._evidence.tables(self._plan.tables),
            self._by_hand,
        )
        self._wanted |= set(self._evidence.quads())
        settled = earlier.settled({quad for quad in self._wanted if quad.subject not in theirs}, self._guessed)
        self.outcome.added = {quad for quad in settled.added if not self._is_kept(quad)} | given
        self.outcome.removed = {quad for quad in settled.removed if not self._is_kept(quad)}
        self.outcome.removed |= self._plan.given.replaced - given
        self._report_missing(settled.missing)
        self._report_conflicts()
        self._report_violations(settled.mixed)

    def _write_entity(self, entity: Entity) -> None:
        kind, subject = entity_types()[entity.type_name], self.node(entity)
        self._labels[subject], self._spots[subject] = entity.label, entity.spot
        filled = self._plan.fields_of(entity)
        self._write_type(subject, ox.NamedNode(PN[entity.klass]))
        texts = {"name": [entity.label], **filled.texts}
        for name, values in texts.items():
            self._write_field(subject, kind, name, values, is_guess=name in filled.guessed)
        spots = {value.spot for values in entity.values.values() for value in values} | self._own[id(entity)]
        self._wanted |= set(self._evidence.of(subject, spots or {entity.spot}))

    def _write_link(self, link: Link, taken: set[str]) -> None:
        kind, subject = entity_types()[link.kind], self._link_node(link, taken)
        link.iri = subject.value
        start_field, end_field, role_field = _link_fields(link)
        self._labels[subject], self._spots[subject] = f"{link.start.label} – {link.end.label}", link.spot
        self._write_type(subject, ox.NamedNode(kind.classes[0]))
        for name, end in ((start_field, link.start), (end_field, link.end)):
            path, target = ox.NamedNode(kind.field(name).path[-1]), self.node(end)
            if all(quad.object != target for quad in self._elsewhere(subject, path)):
                self._wanted.add(ox.Quad(subject, path, target, self._graph))
        if role_field:
            self._write_field(subject, kind, role_field, [link.role])
        if link.kind == "tie":
            self._write_field(subject, kind, "state", ["asserted"])
        for name, values in link.filled.texts.items():
            self._write_field(subject, kind, name, values)
        self._wanted |= set(self._evidence.of(subject, {link.spot, *link.also}))

    def _link_node(self, link: Link, taken: set[str]) -> ox.NamedNode:
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
        return node if any(self._store.quads(node, _TYPE)) else self._link_of_merged(link) or node

    def _link_of_merged(self, link: Link) -> ox.NamedNode | None:
        """A link that is there already, under the name of an entry that was merged into one of its ends."""
        start, end = self.node(link.start), self.node(link.end)
        if not self._merged or not self._merged & {start, end}:
            return None
        start_field, end_field, role_field = (
            name and ox.NamedNode(entity_types()[link.kind].field(name).path[-1]) for name in _link_fields(link)
        )
        for quad in sorted(self._store.quads(None, start_field or None, start), key=str):
            node = quad.subject
            roles = [fact.object for fact in self._store.quads(node, role_field)] if role_field else []  # type: ignore[arg-type]  # no blank nodes
            same_role = not roles or any(str(role).endswith(f"/{link.role}>") for role in roles)
            if same_role and any(self._store.quads(node, end_field or None, end)):  # type: ignore[arg-type]  # as above
                return node  # type: ignore[return-value]  # as above
        return None

    def _write_type(self, subject: ox.NamedNode, klass: ox.NamedNode) -> None:
        if not self._elsewhere(subject, _TYPE):
            self._wanted.add(ox.Quad(subject, _TYPE, klass, self._graph))

    def _write_field(
        self, subject: ox.NamedNode, kind: EntityType, name: str, texts: list[str], *, is_guess: bool = False
    ) -> None:
        """The values of one field. What another source says already is not said again, nor spoken against."""
        field_, path = kind.field(name), ox.NamedNode(kind.field(name).path[-1])
        if path == _PARENT and texts:
            self._belonging.add(subject)
        stored = {quad.object for quad in self._elsewhere(subject, path)}
        if is_guess:
            self._guessed.add((subject, path))
        for text in texts:
            term = self._cached_term(field_, text)
            if term in stored:
                continue
            if stored and not field_.many:
                if not is_guess and name not in ("name", "note"):
                    self._differs("stored differs", subject, field_.label["de"], stored, term)
                continue
            self._wanted.add(ox.Quad(subject, path, term, self._graph))

    def _cached_term(self, kind: Field, text: str) -> ox.NamedNode | ox.Literal:
        key = (id(kind), text)  # fields live as long as the program
        if key not in self._terms:
            self._terms[key] = self._term(kind, text)
        return self._terms[key]

    def _term(self, kind: Field, text: str) -> ox.NamedNode | ox.Literal:
        if not kind.links_to:
            return entries.term(kind, text)
        if kind.links_to == ("source",):
            node = web_source(self._store, text)
            if not self._elsewhere(node, _TYPE):
                self._wanted |= set(web_source_quads(text, node, self._graph))
            return node
        return entries.iri(self._store.base_iri, entity_types()[kind.links_to[0]], text)

    def _elsewhere(self, subject: ox.NamedNode, path: ox.NamedNode) -> list[ox.Quad]:
        """What other graphs of people and lists say."""
        if subject not in self._strangers:
            self._strangers[subject] = not any(map(self._is_elsewhere, self._store.quads(subject)))
        return [] if self._strangers[subject] else list(filter(self._is_elsewhere, self._store.quads(subject, path)))

    def _is_elsewhere(self, quad: ox.Quad) -> bool:
        return quad.graph_name not in (self._graph, self._store.graphs.derived, self._store.graphs.history)

    # what was there before

    def _is_kept(self, quad: ox.Quad) -> bool:
        return (quad.subject, quad.predicate) in self._by_hand

    def _report_missing(self, names: list[str]) -> None:
        if names:
            more = " …" if len(names) > _SHOWN else ""
            facts = {"count": len(names), "names": f"{', '.join(names[:_SHOWN])}{more}"}
            self.outcome.problems.append(Problem(Spot(self._plan.files[0]), "note", "no longer listed", facts))

    def _report_conflicts(self) -> None:
        """Where the lists want what a person has changed; the wish alone to say less is no conflict."""
        kept = {quad for quad in self._wanted if self._is_kept(quad) and quad not in self._store}
        for quad in sorted(kept, key=str):
            stored = {other.object for other in self._store.quads(quad.subject, quad.predicate)}  # type: ignore[arg-type]
            if quad.object not in stored and quad.predicate not in (FROM, _TYPE):
                self._differs("kept by hand", quad.subject, _heading(quad.predicate), stored, quad.object)  # type: ignore[arg-type]

    def _report_violations(self, mixed: set[ox.NamedNode]) -> None:
        """What no field says by itself: an end before the start that others give, bodies that belong in a circle."""
        focus = {node for node, alone in self._strangers.items() if not alone} | self._belonging | mixed
        if focus:
            focus &= {cast("ox.NamedNode", quad.subject) for quad in self.outcome.added}
        found = (
            checks.new_violations(self._store, self.outcome.removed, self.outcome.added, among=focus) if focus else ()
        )
        entities = {self.node(entity): entity for entity in self._plan.entities} if found else {}
        for finding in found:
            node = ox.NamedNode(finding.entry)
            values = entities[node].values.get(finding.field, ()) if node in entities else ()
            spot = next((value.spot for value in values), self._spots.get(node, Spot(self._plan.files[0])))
            facts = {"name": self._labels.get(node, finding.label), **finding.message}
            self.outcome.problems.append(Problem(spot, "error", "against the rules", facts))

    def _differs(self, what: str, subject: ox.NamedNode, heading: str, stored: Iterable[object], term: object) -> None:
        spot = self._spots.get(subject, Spot(self._plan.files[0]))
        facts = {
            "name": self._labels.get(subject, subject.value),
            "field": heading,
            "stored": ", ".join(sorted(_shown(one) for one in stored)) or "–",
            "text": _shown(term),
        }
        self.outcome.problems.append(Problem(spot, "warning", what, facts))


def _link_fields(link: Link) -> tuple[str, str, str]:
    """The fields of a link that hold its two ends and its role."""
    start, end, role = _LINKS[link.kind]
    if link.kind == "funding":
        start = "programme" if link.start.type_name == "programme" else "payer"
        end = "programme" if link.end.type_name == "programme" else "project"
    return start, end, role


def _touched_by_hand(store: Store) -> frozenset[Pair]:
    """Subjects and predicates that changes other than imports touched and that were not taken back."""
    past = changes.history(store, None)
    by_id = {change.id: change for change in past}
    undone = {change.undoes for change in past if change.undoes and change.id not in {c.undoes for c in past}}

    def is_import(change: Change) -> bool:
        return change.imported_as is not None or (change.undoes is not None and is_import(by_id[change.undoes]))

    return frozenset(
        (quad.subject, quad.predicate)  # type: ignore[misc]  # no blank nodes
        for change in past
        if change.id not in undone and change.undoes not in undone and not is_import(change)
        for quads in changes.quads(store, change.id)
        for quad in quads
    )


def _heading(path: ox.NamedNode) -> str:
    fields = (field for kind in entity_types().values() for field in kind.fields)
    return next((field.label["de"] for field in fields if field.path[-1] == path.value), path.value)


def _shown(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value.rpartition("/")[2]
    return str(getattr(term, "value", term))
