"""What the graph of one source says of an entry or a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from graph.importing.evidence import FROM
from ontology.schema import entity_types
from ontology.terms import ORG, PN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.store import Store

    Node = ox.NamedNode

ENDS: Final = {
    "involvement": ((PN.actor,), (PN["in"],), PN.role),
    "funding": ((PN.programme, PN.payer), (PN.project, PN.programme), ""),
    "membership": ((ORG.member,), (ORG.organization,), ""),
    "tie": ((PN["from"],), (PN.to,), PN.kind),
}
"""Of each kind of link the predicates of its start, its end and its role."""


class Said:
    """What a graph says.

    Args:
        store: it. graph: of the source.
    """

    def __init__(self, store: Store, graph: Node) -> None:
        self._store, self._graph = store, graph
        self._kinds = {kind.segment: name for name, kind in entity_types().items()}

    def kind(self, node: object) -> str:
        """The entity type of an IRI of ours, "" if it is none."""
        segment = value(node).removeprefix(self._store.base_iri).partition("/")[0]
        return self._kinds.get(segment, "")

    def field(self, subject: Node, path: Node) -> tuple[str, bool]:
        """The name of a field and whether it may have several values."""
        kind = entity_types().get(self.kind(subject))
        found = next((one for one in kind.fields if one.path[-1] == path.value), None) if kind else None
        return (found.name, found.many) if found else ("", True)

    def ends(self, link: Node) -> tuple[Node, Node]:
        """The two ends of a link."""
        starts, ends, _ = ENDS[self.kind(link)]
        for order in (starts, starts[::-1]):  # who funds a programme has no project at the other end
            start, at = self._first(link, order)
            end, _ = self._first(link, [path for path in ends if path != at])
            if end != link:
                break
        return start, end

    def _first(self, link: Node, paths: Iterable[str]) -> tuple[Node, str]:
        for path in paths:
            for quad in self._store.quads(link, ox.NamedNode(path)):
                return cast("Node", quad.object), path
        return link, ""

    def role(self, link: Node) -> str:
        """The slug of the role or kind of a link, "" if it has none."""
        path = ENDS[self.kind(link)][2]
        found = self._store.quads(link, ox.NamedNode(path)) if path else ()
        return next((value(quad.object).rpartition("/")[2] for quad in found), "")

    def evidence(self, subject: Node) -> list[str]:
        """The IRIs of the sources it comes from in this graph."""
        return [value(quad.object) for quad in self._store.quads(subject, FROM, graph=self._graph)]

    def is_ours(self, node: Node) -> bool:
        """Whether no other graph says anything of it."""
        apart = (self._graph, self._store.graphs.derived, self._store.graphs.history)
        return all(quad.graph_name in apart for quad in self._store.quads(node))


def value(term: object) -> str:
    """The text of a term."""
    return str(getattr(term, "value", term))
