"""The statements that go and those that come when the fields of an entry shall say something else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.editing.facts import TYPE, Facts
from ontology.terms import PN, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.store import Store
    from ontology.schema import EntityType, Field

    Term = ox.NamedNode | ox.Literal
    Quads = set[ox.Quad]

_IN_SCHEME: Final = ox.NamedNode(SKOS.inScheme)


def differences(
    store: Store, kind: EntityType, said: Facts, subject: ox.NamedNode, wanted: Mapping[str, frozenset[Term]]
) -> tuple[Quads, Quads]:
    """What is to be removed and what added.

    What is new goes to the office's own graph (what rounds say, to theirs); what is replaced goes from whichever graph
    holds it.

    Args:
        store: where.
        kind: entity type of the entry.
        said: what is said about it now.
        subject: the entry.
        wanted: values by field name; fields that are not named keep theirs; what is new and not said to be of a class
            is of the first its kind has.
    """
    graph = store.graphs.rounds if kind.graph == "rounds" else store.graphs.data("office")
    removed, added, left = set[ox.Quad](), set[ox.Quad](), Counter[object]()
    if not said and not any(one.path == (RDF.type,) and one.name in wanted for one in kind.fields):
        added.add(ox.Quad(subject, TYPE, ox.NamedNode(kind.classes[0]), graph))
    for one in kind.fields:
        stored = said.of(one)
        terms = wanted.get(one.name, frozenset(stored))
        node = _node(said, subject, one)
        removed |= {quad for term, quads in stored.items() if term not in terms for quad in quads}
        new = terms - stored.keys()
        added |= {ox.Quad(node, ox.NamedNode(one.path[-1]), term, graph) for term in new}
        if len(one.path) > 1:
            left[node] += len(terms)
            if new and node not in said.nodes(one):
                added.add(ox.Quad(subject, ox.NamedNode(one.path[0]), node, graph))
        if one.path == (PN.round,) and PN.Handlungsfeld in kind.classes:
            gone, come = _list_of_round(said, subject, terms, graph)
            removed |= gone
            added |= come
    steps = {one.path[0] for one in kind.fields if len(one.path) > 1}
    ends = {quad for quad in said.quads if quad.subject == subject and quad.predicate.value in steps}
    removed |= {quad for quad in ends if left.get(quad.object) == 0}
    return removed, added


def _list_of_round(
    said: Facts, subject: ox.NamedNode, rounds: frozenset[Term], graph: ox.NamedNode
) -> tuple[Quads, Quads]:
    """A Handlungsfeld stands in the list of its round."""
    lists = {ox.NamedNode(f"{one.value}/handlungsfelder") for one in rounds}
    stored = {quad for quad in said.quads if quad.predicate == _IN_SCHEME}
    new = lists - {quad.object for quad in stored}
    entered = {ox.Quad(subject, _IN_SCHEME, one, graph) for one in new}
    opened = {ox.Quad(one, TYPE, ox.NamedNode(SKOS.ConceptScheme), graph) for one in new}
    return {quad for quad in stored if quad.object not in lists}, entered | opened


def _node(said: Facts, subject: ox.NamedNode, one: Field) -> ox.NamedNode:
    """What a value of the field is said of: the entry, or its part, which is named like the import names it."""
    if len(one.path) == 1:
        return subject
    step = one.path[0].replace("#", "/").rpartition("/")[2].removeprefix("has").lower()
    return min(said.nodes(one), key=str, default=ox.NamedNode(f"{subject.value}#{step}"))
