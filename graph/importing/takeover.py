"""A plan against the store: what is new, what changes, and what stays because people or other sources say so.

What a source says stands in its own graph. Lists of the same name that come again replace what they said before, except
where a person has changed it since: that stays, and is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import changes, checks
from graph.errors import BadRows
from graph.importing.drafts import TYPE, Draft
from graph.importing.earlier import Earlier
from graph.importing.evidence import FROM
from graph.importing.facts import Problem, Spot
from graph.importing.values import way_to_reach
from ontology.schema import entity_types
from ontology.terms import RDF, XSD

if TYPE_CHECKING:
    from graph.changes import Change
    from graph.importing.plan import Plan
    from graph.store import Store
    from ontology.schema import Field

    Node = ox.NamedNode
    Pair = tuple[Node, Node]

_SHOWN: Final = 12
"""So many names of what is no longer listed are told."""

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
    comparison = _Comparison(store, plan)
    outcome = comparison.outcome
    known = [entity for entity in plan.entities if entity.known and entity.action != "unsure"]
    touched = {quad.subject for quad in outcome.added | outcome.removed} if known else set()
    for entity in known:
        entity.action = "change" if comparison.draft.node(entity) in touched else "same"
    return outcome


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


class _Comparison:
    """What a plan says beside what the store has.

    Attributes:
        draft: what the lists say. outcome: what comes of it.
    """

    def __init__(self, store: Store, plan: Plan) -> None:
        self._store, self._plan = store, plan
        self._by_hand = _touched_by_hand(store)
        self.draft = Draft(store, plan, self._by_hand)
        self.draft.write()
        self.outcome = Weighed(store.version)
        self._settle()
        self.outcome.problems += [*self.draft.problems, *self._ways_to_reach()]

    def _settle(self) -> None:
        given, draft = self._plan.given.quads, self.draft
        theirs = {quad.subject for quad in given}
        own = {subject: quads for subject, quads in draft.wanted.items() if subject not in theirs}
        graph = self._store.graphs.data(self._plan.source)
        earlier = Earlier(self._store, self._plan, graph, draft.node, draft.tables, self._by_hand)
        settled = earlier.settled(own, draft.guessed)
        self.outcome.added = self._changeable(settled.added) | given
        self.outcome.removed = self._changeable(settled.removed) | (self._plan.given.replaced - given)
        self._report_missing(settled.missing)
        self._report_conflicts()
        self._report_violations(settled.mixed)

    def _changeable(self, quads: set[ox.Quad]) -> set[ox.Quad]:
        """Without what a person has the last word on."""
        if not self._by_hand:
            return quads
        return {quad for quad in quads if (quad.subject, quad.predicate) not in self._by_hand}

    def _ways_to_reach(self) -> list[Problem]:
        """Where a free text holds a mail address or a telephone number, which everybody could read."""
        found = []
        spots, free = self.draft.spots, _free()
        for quad in self.outcome.added:
            if quad.predicate not in free or quad.subject not in spots or not isinstance(quad.object, ox.Literal):
                continue
            if quad.object.datatype.value in _FREE and (passage := way_to_reach(quad.object.value)):
                problem = Problem(self.draft.spot(quad.subject), "warning", "way to reach", {"text": passage})  # type: ignore[arg-type]  # no blank nodes
                found.append((str(quad), problem))
        return [problem for _, problem in sorted(found, key=itemgetter(0))]

    def _report_missing(self, names: list[str]) -> None:
        if names:
            more = " …" if len(names) > _SHOWN else ""
            facts = {"count": len(names), "names": f"{', '.join(names[:_SHOWN])}{more}"}
            self.outcome.problems.append(Problem(Spot(self._plan.files[0]), "note", "no longer listed", facts))

    def _report_conflicts(self) -> None:
        """Where the lists want what a person has changed; the wish alone to say less is no conflict."""
        touched = {subject for subject, _ in self._by_hand}
        wanted = (quad for subject in touched for quad in self.draft.wanted.get(subject, ()))
        kept = [quad for quad in wanted if (quad.subject, quad.predicate) in self._by_hand and quad not in self._store]
        for quad in sorted(kept, key=str):
            stored = {other.object for other in self._store.quads(quad.subject, quad.predicate)}  # type: ignore[arg-type]  # no blank nodes
            kind = None if quad.predicate in (FROM, TYPE) else _field(quad.predicate)
            if kind and quad.object not in stored:
                self.draft.differs("kept by hand", quad.subject, kind, stored, quad.object)  # type: ignore[arg-type]  # as above

    def _report_violations(self, mixed: set[Node]) -> None:
        """What no field says by itself: an end before the start that others give, bodies that belong in a circle."""
        outcome, draft = self.outcome, self.draft
        focus = draft.known | draft.belonging | mixed
        if focus:
            focus &= {quad.subject for quad in outcome.added}
        found = checks.new_violations(self._store, outcome.removed, outcome.added, among=focus) if focus else ()
        for finding in found:
            node = ox.NamedNode(finding.entry)
            spot = draft.spot(node, finding.field)
            facts = {"name": draft.labels.get(node, finding.label), **finding.message}
            outcome.problems.append(Problem(spot, "error", "against the rules", facts))


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


def _field(path: Node) -> Field | None:
    fields = (field for kind in entity_types().values() for field in kind.fields)
    return next((field for field in fields if field.path[-1] == path.value), None)


@cache
def _free() -> frozenset[Node]:
    """The predicates of fields of free text."""
    fields = (one for kind in entity_types().values() for one in kind.fields)
    return frozenset(ox.NamedNode(one.path[-1]) for one in fields if _FREE & {one.datatype, *one.datatypes})
