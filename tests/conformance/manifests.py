"""The W3C's SPARQL test suites: their manifests as plain records. They lie beside the repository, not in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "w3c-sparql" / "sparql"
BASE = "http://www.w3.org/2026/suites/"
"""Stands for `FOLDER` in the IRIs of the files."""

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}


class Facts:
    """The triples of a manifest, to be walked along."""

    def __init__(self, path: Path) -> None:
        self._store = ox.Store()
        self._store.extend(ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=iri(path)))

    def all(self, node: object, path: str) -> list:
        return [quad.object for quad in self._store.quads_for_pattern(node, ox.NamedNode(path), None, None)]

    def one(self, node: object, path: str) -> object | None:
        return next(iter(self.all(node, path)), None)

    def text(self, node: object, path: str) -> str:
        found = self.one(node, path)
        return "" if found is None else found.value

    def list(self, node: object | None) -> Iterator[object]:
        while node is not None and getattr(node, "value", "") != RDF + "nil":
            yield self.one(node, RDF + "first")
            node = self.one(node, RDF + "rest")

    def subjects(self, path: str) -> list:
        return [quad.subject for quad in self._store.quads_for_pattern(None, ox.NamedNode(path), None, None)]


@dataclass(frozen=True)
class State:
    """Files that make up a dataset: the default graph, and the named graphs by IRI."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()

    def quads(self) -> list[ox.Quad]:
        found = [quad for path in self.default for quad in quads(path)]
        for name, path in self.named:
            found += [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(name)) for q in quads(path)]
        return found


@dataclass(frozen=True)
class Case:
    """One test of evaluation or syntax.

    Attributes:
        name: folder and local name: unique, and to be found again.
        kind: local name of its type: "QueryEvaluationTest" …
        request: the file with the query or update.
        before, after: the dataset; of a query only before.
        result: the file with the rows or triples expected.
    """

    name: str
    kind: str
    request: Path
    before: State = field(default_factory=State)
    after: State = field(default_factory=State)
    result: Path | None = None


def iri(path: Path) -> str:
    return BASE + path.relative_to(FOLDER).as_posix()


def file(address: str) -> Path:
    return FOLDER / address.removeprefix(BASE)


def quads(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=path, format=FORMATS[path.suffix], base_iri=iri(path), rename_blank_nodes=True))


def included(manifest: Path) -> list[Path]:
    facts = Facts(manifest)
    lists = (facts.one(ox.NamedNode(iri(manifest)), MF + name) for name in ("include", "conformanceRequirement"))
    return [file(one.value) for found in lists for one in facts.list(found)]


def cases(manifest: Path) -> Iterator[Case]:
    """The tests of one folder, in their order."""
    facts = Facts(manifest)
    (entries,) = facts.subjects(MF + "entries")
    for entry in facts.list(facts.one(entries, MF + "entries")):
        name = f"{manifest.parent.name}/{entry.value.rpartition('#')[2] or entry.value.rpartition('/')[2]}"
        kind = facts.text(entry, RDF + "type").rpartition("#")[2]
        action, result = facts.one(entry, MF + "action"), facts.one(entry, MF + "result")
        request = facts.one(action, QT + "query") or facts.one(action, UT + "request") or action
        before, after = _state(facts, action), State()
        if isinstance(result, ox.BlankNode):
            after, result = _state(facts, result), None
        yield Case(name, kind, file(request.value), before, after, file(result.value) if result else None)


def _state(facts: Facts, node: object) -> State:
    if not isinstance(node, ox.BlankNode):
        return State()
    default = [*facts.all(node, QT + "data"), *facts.all(node, UT + "data")]
    named = [(one.value, file(one.value)) for one in facts.all(node, QT + "graphData") if isinstance(one, ox.NamedNode)]
    for one in facts.all(node, UT + "graphData"):
        graph = facts.one(one, UT + "graph") or facts.one(one, UT + "data")
        named.append((facts.text(one, RDFS + "label"), file(graph.value)))
    return State(tuple(file(one.value) for one in default), tuple(named))
