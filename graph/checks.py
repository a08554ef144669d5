"""What the shapes say about the entries: everything that is wrong or missing, and what a change would make wrong.

pySHACL is the reference here. It reads rdflib graphs, so what is checked is copied: for a change only the entries it
touches with what they link to, for a report everything.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

import pyoxigraph as ox

import ontology
from ontology.schema import entity_types
from ontology.terms import DCTERMS, ORG, PN, RDF, RDFS, SH, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    import rdflib
    from rdflib.term import Node

    from graph.store import Store

    Facts = Callable[[ox.NamedNode], Iterable[ox.Quad]]

_TYPE = ox.NamedNode(RDF.type)
_PARENT = ox.NamedNode(ORG.subOrganizationOf)


@dataclass(frozen=True)
class Finding:
    """One sentence of the shapes about one entry.

    Attributes:
        severity: "violation" stops a save; "warning" is what is still missing.
        entry: IRI of the entry.
        label: its name; "" if it has none.
        field: the field's name in `ontology.schema` ("short_name"); "" for a rule about the whole entry.
        field_label: the field's heading by language; may be empty.
        message: what is wrong, by language ("de", "en").
        value: the offending value as text, None if something is missing.
    """

    severity: Literal["violation", "warning"]
    entry: str
    label: str
    field: str
    field_label: Mapping[str, str]
    message: Mapping[str, str]
    value: str | None

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two findings the same."""
        return (self.severity, self.entry, self.field, self.value or "", *sorted(self.message.values()))


def findings(store: Store) -> list[Finding]:
    """All findings about all entries but contacts, violations first, then by entry; computed once per data version."""
    return store.cached("graph.checks.findings", lambda: _all_findings(store))


def new_violations(
    store: Store,
    removed: Collection[ox.Quad],
    added: Collection[ox.Quad],
    *,
    near: Collection[str] | None = None,
    among: Collection[ox.NamedNode] | None = None,
) -> list[Finding]:
    """The violations a change would bring that are not there now.

    Looked at are the entries whose quads change, and those that link to one whose class changes or to a part of them
    without a class (a geometry). Entries that were wrong before and stay so do not stop anybody from bettering
    something else about them.

    Args:
        store: as it is before the change.
        removed: quads the change takes away.
        added: quads it adds.
        near: only entries among these IRIs, or that link to one of them afterwards; None for all.
        among: these entries and no others; None for all.
    """
    facts = _facts_after(store, removed, added)
    focus = _affected(store, removed, added) if among is None else set(among)
    if near is not None:
        focus = {node for node in focus if node.value in near or _links_to(facts(node), near)}
    after = _violations(focus, facts)
    if not after:
        return []
    known = Counter(finding.key for finding in _violations(focus, lambda node: _facts(store, node)))
    fresh = []
    for finding in after:
        if known[finding.key]:
            known[finding.key] -= 1
        else:
            fresh.append(finding)
    return fresh


def about(store: Store, entries: Iterable[str]) -> list[Finding]:
    """The findings about some entries, by IRI, as they are now: violations first."""
    focus = {ox.NamedNode(iri) for iri in entries}
    links = {quad.subject for node in focus for quad in store.quads(None, None, node)}
    # What links to them counts too (who is Träger), but without its class, which would have it checked as well.
    said = (quad for node in links - focus for quad in _facts(store, cast("ox.NamedNode", node)))
    return _findings(focus, lambda node: _facts(store, node), [quad for quad in said if quad.predicate != _TYPE])


def _all_findings(store: Store) -> list[Finding]:
    graphs = [*store.graphs.all_data(), store.graphs.rounds, store.graphs.derived]
    quads = [quad for name in graphs for quad in store.quads(graph=name)]
    said: dict[object, list[ox.Quad]] = {}
    for quad in quads:
        said.setdefault(quad.subject, []).append(quad)
    bodies = {cast("ox.NamedNode", quad.subject) for quad in quads if quad.predicate == _PARENT}
    return sorted([*_report(_copy(quads), None), *_circles(bodies, lambda node: said.get(node, ()))], key=_order)


def _violations(focus: set[ox.NamedNode], facts: Facts) -> list[Finding]:
    return [finding for finding in _findings(focus, facts) if finding.severity == "violation"]


def _findings(focus: set[ox.NamedNode], facts: Facts, more: Iterable[ox.Quad] = ()) -> list[Finding]:
    around = ox.Store()
    around.extend(_neighbourhood(focus, facts))
    around.extend(more)
    for _, rule in ontology.rules():
        # The answer bears no name: Oxigraph's may be let go by no other thread than the one that asked.
        found = [
            ox.Quad(*triple) for triple in cast("ox.QueryTriples", around.query(rule, use_default_graph_as_union=True))
        ]
        around.extend(found)
    return sorted([*_report(_copy(around), focus), *_circles(focus, facts)], key=_order)


def _order(finding: Finding) -> tuple[str, ...]:
    return finding.key


def _circles(focus: Iterable[ox.NamedNode], facts: Facts) -> Iterator[Finding]:
    """The bodies that belong, over others, to themselves: SHACL has no word for that."""
    for start in sorted(focus, key=str):
        below, seen = [start], set[object]()
        while below:
            above = {quad.object for quad in facts(below.pop()) if quad.predicate == _PARENT}
            if start in above:
                yield _circle(start, facts)
                break
            below += [cast("ox.NamedNode", node) for node in above - seen]
            seen |= above


def _circle(start: ox.NamedNode, facts: Facts) -> Finding:
    field = entity_types()["actor"].field("parent")
    said = {quad.predicate.value: cast("ox.NamedNode | ox.Literal", quad.object).value for quad in facts(start)}
    return Finding(
        severity="violation",
        entry=start.value,
        label=said.get(str(SKOS.prefLabel), ""),
        field=field.name,
        field_label=field.label,
        message={
            "de": "Die Zugehörigkeit führt im Kreis zurück; bitte bei „Gehört zu“ berichtigen.",
            "en": "What it is part of leads back to itself; please correct “Part of”.",
        },
        value=said[_PARENT.value],
    )


def _links_to(quads: Iterable[ox.Quad], iris: Collection[str]) -> bool:
    return any(isinstance(quad.object, ox.NamedNode) and quad.object.value in iris for quad in quads)


def _affected(store: Store, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> set[ox.NamedNode]:
    changed = {cast("ox.NamedNode", quad.subject) for quad in (*removed, *added)}
    reclassed = {quad.subject for quad in (*removed, *added) if quad.predicate == _TYPE}
    classless = {node for node in changed if not any(store.quads(node, _TYPE, personal=True))}
    new_links = {cast("ox.NamedNode", quad.subject) for quad in added if quad.object in classless}
    linking = {
        cast("ox.NamedNode", quad.subject)
        for node in (reclassed | classless)
        for quad in store.quads(None, None, cast("ox.NamedNode", node), personal=True)
        if quad.graph_name != store.graphs.history
    }
    return changed | linking | new_links


def _facts(store: Store, node: ox.NamedNode) -> Iterator[ox.Quad]:
    """What is said about a node, without what rules derived (they run again) and without the history."""
    apart = (store.graphs.derived, store.graphs.history)
    return (quad for quad in store.quads(node, personal=True) if quad.graph_name not in apart)


def _facts_after(store: Store, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> Facts:
    gone = frozenset(removed)
    coming: dict[object, list[ox.Quad]] = {}
    for quad in added:
        coming.setdefault(quad.subject, []).append(quad)

    def facts(node: ox.NamedNode) -> Iterator[ox.Quad]:
        yield from (quad for quad in _facts(store, node) if quad not in gone)
        yield from coming.get(node, ())

    return facts


def _neighbourhood(focus: set[ox.NamedNode], facts: Facts) -> Iterator[ox.Quad]:
    """The facts about the nodes of `focus` and about all they link to."""
    linked = set()
    for node in focus:
        for quad in facts(node):
            yield quad
            if isinstance(quad.object, ox.NamedNode) and quad.predicate != _TYPE:
                linked.add(quad.object)
    for node in linked - focus:
        yield from facts(node)


def _report(data: rdflib.Graph, focus: Collection[ox.NamedNode] | None) -> list[Finding]:
    """Findings of pySHACL about the nodes of `focus` (None: about all), sorted.

    Not by pySHACL's own `focus_nodes`: it would also skip the values that a shape sends to another shape (`sh:node`,
    `sh:or`, `sh:qualifiedValueShape`), and a wrong choice or date would pass.
    """
    import pyshacl

    wanted = None if focus is None else {node.value for node in focus}
    _, answer, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    report = cast("rdflib.Graph", answer)
    # Only what the report lists: what lies behind a result (why none of several shapes fits) is no result of its own.
    results = [(result, report.value(result, _node(SH.focusNode))) for result in report.objects(None, _node(SH.result))]
    found = [
        _finding(report, result, node, data)
        for result, node in results
        if node is not None and (wanted is None or str(node) in wanted)
    ]
    return sorted(found, key=_order)


def _finding(report: rdflib.Graph, result: Node, node: Node, data: rdflib.Graph) -> Finding:
    def fact(path: str) -> Node | None:
        return report.value(result, _node(path))

    shapes, shape, value = _shapes(), fact(SH.sourceShape), fact(SH.value)
    label = data.value(node, _node(SKOS.prefLabel)) or data.value(node, _node(DCTERMS.title))
    spoken = _texts(shapes, shape, SH.message)
    return Finding(
        severity="violation" if fact(SH.resultSeverity) == _node(SH.Violation) else "warning",
        entry=str(node),
        label=str(label or ""),
        field=str(shapes.value(shape, _node(PN.fieldName)) or ""),
        field_label=_texts(shapes, shape, SH.name),
        message=spoken or dict.fromkeys(("de", "en"), str(fact(SH.resultMessage))),
        value=None if value is None else str(value),
    )


def _texts(graph: rdflib.Graph, subject: Node | None, path: str) -> dict[str, str]:
    from rdflib import Literal as Text

    return {text.language or "de": str(text) for text in graph.objects(subject, _node(path)) if isinstance(text, Text)}


@cache
def _shapes() -> rdflib.Graph:
    """Vocabulary, lists and shapes; "of that list" is spelt out as the list's concepts.

    The shapes say it by a nested shape (`sh:node`, one property: `skos:inScheme` has this value), which pySHACL
    evaluates anew for each value: half of all its time.
    """
    shapes = ontology.load_graphs()
    in_scheme, of_shape = _node(SKOS.inScheme), _node(SH.node)
    for choice, inner in list(shapes.subject_objects(_node(SH.property))):
        scheme = shapes.value(inner, _node(SH.hasValue))
        if shapes.value(inner, _node(SH.path)) != in_scheme or scheme is None:
            continue
        for field in list(shapes.subjects(of_shape, choice)):
            shapes.remove((field, of_shape, choice))
            shapes.add((field, _node(SH["in"]), _list(shapes, shapes.subjects(in_scheme, scheme))))
    return shapes


def _list(graph: rdflib.Graph, members: Iterable[Node]) -> Node:
    """A new RDF list in `graph`."""
    import rdflib
    from rdflib.collection import Collection as RdfList

    return RdfList(graph, rdflib.BNode(), sorted(members, key=str)).uri


def _copy(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Quads as one rdflib graph, with what the shapes need to know of classes and lists."""
    import rdflib

    # It would show the inside of the program for a day that is none; that such a value is wrong is a finding.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)

    graph = rdflib.Graph()
    for path in (RDFS.subClassOf, SKOS.inScheme):
        for triple in _shapes().triples((None, _node(path), None)):
            graph.add(triple)
    for quad in quads:
        graph.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
    return graph


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.URIRef | rdflib.Literal:
    import rdflib

    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        # Not normalised: a value is shown, and judged, as it is stored.
        return rdflib.Literal(term.value, datatype=_node(term.datatype.value), normalize=False)
    return _node(cast("ox.NamedNode", term).value)


def _node(iri: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(iri)
