"""Whole graphs by the SPARQL Graph Store Protocol: read, replaced, added to and removed, each as one change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph import changes
from graph.endpoint import DEFAULT, OFFICE, moved, require_writable
from graph.errors import BadInput, NotFound, QueryError
from graph.sandbox.place import find_line
from graph.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.endpoint import Dataset, Quads

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "text/n3": ox.RdfFormat.N3,
}
"""Media types in which a graph comes and goes, the preferred first."""

DATASETS = ("application/trig", "application/n-quads", "application/ld+json")
"""Those of them in which several graphs come at once, the preferred first."""


@dataclass(frozen=True)
class Given:
    """RDF somebody sent.

    Attributes:
        content: its bytes.
        media_type: one of `FORMATS`.
        base: what relative IRIs in it are relative to.
    """

    content: bytes
    media_type: str
    base: str


def find_graph(dataset: Dataset, name: str | None, readable: Sequence[ox.NamedNode] | None) -> list[ox.Quad]:
    """The quads of a graph.

    Args:
        dataset: where.
        name: IRI of a named graph; None for the default graph.
        readable: the graphs the asker may read; None for a plain dataset.

    Raises:
        NotFound: no such graph, or not for this asker.
    """
    if name is None:
        graphs: Iterable[ox.NamedNode | ox.DefaultGraph] = [DEFAULT] if readable is None else readable
        return [ox.Quad(*triple) for triple in {quad.triple for one in graphs for quad in _in(dataset, one)}]
    node = _named(name)
    found = list(_in(dataset, node)) if readable is None or node in readable else []
    if not found and not (isinstance(dataset, Scratch) and node in dataset.named_graphs()):
        raise NotFound("graph", name)
    return found


def graph_content(
    dataset: Dataset, name: str | None, readable: Sequence[ox.NamedNode] | None, media_type: str
) -> bytes:
    """A graph as RDF; arguments and errors as of `find_graph`, `media_type` one of `FORMATS`."""
    triples = (quad.triple for quad in find_graph(dataset, name, readable))
    return cast("bytes", ox.serialize(triples, format=FORMATS[media_type]))


def everything(dataset: Dataset, readable: Sequence[ox.NamedNode] | None, media_type: str) -> bytes:
    """All graphs the asker may read, in a format with named graphs."""
    if readable is None:
        quads: Iterable[ox.Quad] = dataset.quads()
    else:
        quads = (quad for name in readable for quad in dataset.quads(graph=name))
    return cast("bytes", ox.serialize(quads, format=FORMATS[media_type]))


def new_graph(dataset: Dataset, address: str, name: str) -> str:
    """The IRI for a new graph: its address in a plain dataset, else one among those that are written."""
    return address if isinstance(dataset, Scratch) else dataset.graphs.data(name).value


def put_graph(dataset: Dataset, name: str | None, given: Given, *, author: str) -> bool:
    """Replace a graph by what is given.

    Returns:
        Whether the graph is new.

    Raises:
        As `post_graph`.
    """
    target = _target(dataset, name, "put")
    quads = _parsed(given, target)
    with dataset.writer:
        before = set(_in(dataset, target))
        is_new = not _exists(dataset, target)
        _commit(
            dataset, added=quads - before, removed=before - quads, author=author, reason=f"PUT {target}", also=target
        )
    return is_new


def post_graph(dataset: Dataset, name: str | None, given: Sequence[Given], *, author: str) -> bool:
    """Add what is given to a graph.

    Returns:
        Whether the graph is new.

    Raises:
        QueryError: RDF that cannot be read, with line and column.
        BadGraph: a graph that is not written.
        Invalid: the shapes forbid it.
    """
    target = _target(dataset, name, "post")
    quads = frozenset[ox.Quad]().union(*(_parsed(one, target) for one in given))
    with dataset.writer:
        is_new = not _exists(dataset, target)
        _commit(dataset, added=quads, removed=(), author=author, reason=f"POST {target}", also=target)
    return is_new


def delete_graph(dataset: Dataset, name: str | None, *, author: str) -> None:
    """Remove a graph.

    Raises:
        NotFound: no such graph.
        BadGraph: a graph that is not written.
        Invalid: other graphs build on it.
    """
    target = _target(dataset, name, "delete")
    with dataset.writer:
        if not _exists(dataset, target):
            raise NotFound("graph", name or "")
        before = set(_in(dataset, target))
        if isinstance(dataset, Scratch):
            dataset.apply(before, (), set(dataset.named_graphs()) - {target})
        else:
            changes.commit(dataset, added=(), removed=before, author=author, reason=f"DELETE {target}")


def put_everything(dataset: Dataset, given: Given) -> None:
    """Replace a plain dataset, all graphs of it, by what is given; `BadInput` for the real data."""
    if not isinstance(dataset, Scratch):
        raise BadInput("graph", "")
    quads = frozenset(_quads(given))
    with dataset.writer:
        named = {quad.graph_name for quad in quads} - {DEFAULT}
        dataset.apply(set(dataset.quads()), quads, cast("set[ox.NamedNode]", named))


def _target(dataset: Dataset, name: str | None, method: str) -> ox.NamedNode | ox.DefaultGraph:
    """The graph that is meant: in the real data the default graph can only be added to, which adds to the office's."""
    if isinstance(dataset, Scratch):
        return DEFAULT if name is None else _named(name)
    if name is None and method == "post":
        return dataset.graphs.data(OFFICE)
    target = DEFAULT if name is None else _named(name)
    require_writable(dataset, target)
    return target


def _in(dataset: Dataset, name: ox.NamedNode | ox.DefaultGraph) -> Iterable[ox.Quad]:
    """The quads of a graph; real data have none without a name."""
    if isinstance(dataset, Scratch):
        return dataset.quads(graph=name)
    return () if isinstance(name, ox.DefaultGraph) else dataset.quads(graph=name)


def _named(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError as error:
        raise BadInput("graph", name) from error


def _exists(dataset: Dataset, name: ox.NamedNode | ox.DefaultGraph) -> bool:
    if isinstance(dataset, Scratch) and (name == DEFAULT or name in dataset.named_graphs()):
        return True
    return next(iter(_in(dataset, name)), None) is not None


def _commit(  # noqa: PLR0913  # as `changes.commit`
    dataset: Dataset,
    *,
    added: Iterable[ox.Quad],
    removed: Iterable[ox.Quad],
    author: str,
    reason: str,
    also: ox.NamedNode | ox.DefaultGraph,
) -> None:
    """Do it; in a plain dataset the graph `also` is there afterwards even if nothing is in it."""
    if isinstance(dataset, Scratch):
        named = {*dataset.named_graphs(), *(() if isinstance(also, ox.DefaultGraph) else (also,))}
        dataset.apply(removed, added, named)
    else:
        changes.commit(dataset, added=added, removed=removed, author=author, reason=reason)


def _parsed(given: Given, target: ox.NamedNode | ox.DefaultGraph) -> Quads:
    """The triples given, in that graph; graphs that the content names are set aside for it."""
    return frozenset(moved(quad, target) for quad in _quads(given))


def _quads(given: Given) -> Iterable[ox.Quad]:
    try:
        yield from ox.parse(given.content, FORMATS[given.media_type], base_iri=given.base, rename_blank_nodes=True)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(str(error), *find_line(str(error))) from error
