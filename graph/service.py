"""The SPARQL endpoint described in its own terms: SPARQL 1.1 Service Description, with VoID counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph.endpoint import DEFAULT
from graph.graph_store import FORMATS
from graph.scratch import Scratch
from ontology.terms import RDF, SD, VOID

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.store import Store

    Node = ox.NamedNode | ox.BlankNode

_W3C = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")
_PREFIXES = {"sd": str(SD), "void": str(VOID), "format": _W3C}


@dataclass(frozen=True)
class Service:
    """One endpoint.

    Attributes:
        address: its URL.
        readable: the graphs the asker may read; None for a plain dataset.
        may_update: whether the asker may change them.
    """

    address: str
    readable: Sequence[ox.NamedNode] | None
    may_update: bool


def description(dataset: Store | Scratch, service: Service, media_type: str) -> bytes:
    """The service description.

    Args:
        dataset: what the endpoint answers about.
        service: the endpoint, as its asker has it.
        media_type: one of `graph.graph_store.FORMATS`.
    """
    triples = [*_service(service), *_dataset(dataset, service.readable)]
    return cast("bytes", ox.serialize(triples, format=FORMATS[media_type], prefixes=_PREFIXES))


_DATASET, _DEFAULT = ox.BlankNode("dataset"), ox.BlankNode("default")


def _service(service: Service) -> Iterator[ox.Triple]:
    node = ox.BlankNode("service")
    languages = [SD.SPARQL11Query, *([SD.SPARQL11Update] if service.may_update else [])]
    features = [] if service.readable is None else [SD.UnionDefaultGraph]
    facts: list[tuple[str, Node]] = [
        (RDF.type, ox.NamedNode(SD.Service)),
        (SD.endpoint, ox.NamedNode(service.address)),
        *((SD.supportedLanguage, ox.NamedNode(one)) for one in languages),
        *((SD.feature, ox.NamedNode(one)) for one in features),
        *((SD.resultFormat, ox.NamedNode(_W3C + one)) for one in (*_RESULTS, *_RDF)),
        *((SD.inputFormat, ox.NamedNode(_W3C + one)) for one in _RDF),
        (SD.defaultDataset, _DATASET),
    ]
    return (ox.Triple(node, ox.NamedNode(path), value) for path, value in facts)


def _dataset(dataset: Store | Scratch, readable: Sequence[ox.NamedNode] | None) -> Iterator[ox.Triple]:
    yield ox.Triple(_DATASET, ox.NamedNode(RDF.type), ox.NamedNode(SD.Dataset))
    yield ox.Triple(_DATASET, ox.NamedNode(SD.defaultGraph), _DEFAULT)
    names: Sequence[Node] = dataset.named_graphs() if isinstance(dataset, Scratch) else readable or ()
    counts = {name: sum(1 for _ in dataset.quads(graph=cast("ox.NamedNode", name))) for name in names}
    if isinstance(dataset, Scratch):
        total = sum(1 for _ in dataset.quads(graph=DEFAULT))
    else:
        total = len({quad.triple for name in names for quad in dataset.quads(graph=cast("ox.NamedNode", name))})
    yield from _graph(_DEFAULT, total)
    for number, (name, count) in enumerate(counts.items()):
        entry, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        yield ox.Triple(_DATASET, ox.NamedNode(SD.namedGraph), entry)
        yield ox.Triple(entry, ox.NamedNode(RDF.type), ox.NamedNode(SD.NamedGraph))
        yield ox.Triple(entry, ox.NamedNode(SD.name), name)
        yield ox.Triple(entry, ox.NamedNode(SD.graph), graph)
        yield from _graph(graph, count)


def _graph(node: ox.BlankNode, triples: int) -> Iterator[ox.Triple]:
    yield ox.Triple(node, ox.NamedNode(RDF.type), ox.NamedNode(SD.Graph))
    yield ox.Triple(node, ox.NamedNode(VOID.triples), ox.Literal(triples))
