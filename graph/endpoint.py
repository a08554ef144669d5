"""What the SPARQL endpoint changes: an update, or a whole graph by the Graph Store Protocol, as one change.

The same for the real data, where it is checked by the shapes and kept in the history like every other change, and for
a plain dataset (`graph.scratch`), where it is just done. In the real data the default graph is the union of all; what
is written there goes to the office's graph, and what is deleted there goes from each graph that says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph import changes
from graph.errors import BadGraph, BadInput, NotFound, QueryError
from graph.sandbox.place import find_line
from graph.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graph.sandbox import Changed, Sandbox
    from graph.store import Store

    Dataset = Store | Scratch
    Quads = frozenset[ox.Quad]

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

DEFAULT = ox.DefaultGraph()
OFFICE = "office"
_ATTEMPTS = 3


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


def update(  # noqa: PLR0913  # the dataset of the SPARQL protocol is two arguments by its nature
    dataset: Dataset,
    sandbox: Sandbox,
    text: str,
    *,
    author: str,
    base: str,
    using: Sequence[str] | None = None,
    named: Sequence[str] | None = None,
    gone: Callable[[], bool] | None = None,
) -> str:
    """Run an update: what it would change is found in the sandbox and then done as one change.

    Args:
        dataset: what is changed.
        sandbox: the one about that dataset.
        text: SPARQL 1.1 Update.
        author: who is answerable; the reason kept is the text's first comment, else "SPARQL Update".
        base: what relative IRIs in the text are relative to.
        using: the protocol's using-graph-uri.
        named: the protocol's using-named-graph-uri.
        gone: as of `Sandbox.run`.

    Returns:
        The change's id, "" if nothing changed or the dataset keeps no history.

    Raises:
        QueryError and the others of `Sandbox.changed`.
        BadGraph: it writes into a graph that is not written.
        Invalid: the shapes forbid it.
    """
    for attempt in range(_ATTEMPTS):
        version = dataset.version
        changed = sandbox.changed(text, using=using, named=named, base=base, gone=gone, who=author)
        with dataset.writer:
            if dataset.version == version:
                return _written(dataset, changed, author, _reason(text))
            if attempt == _ATTEMPTS - 1:
                # Others keep changing the data meanwhile: now they wait.
                changed = sandbox.changed(text, using=using, named=named, base=base, gone=gone, who=author)
                return _written(dataset, changed, author, _reason(text))
    raise AssertionError


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


def _written(dataset: Dataset, changed: Changed, author: str, reason: str) -> str:
    if isinstance(dataset, Scratch):
        dataset.apply(changed.removed, changed.added, changed.named)
        return ""
    removed, added = _placed(dataset, changed)
    return changes.commit(dataset, added=added, removed=removed, author=author, reason=reason).id


def _placed(store: Store, changed: Changed) -> tuple[Quads, Quads]:
    """Removed and added quads, with those of the default graph in the graphs they mean."""
    writable = {*store.graphs.all_data(), store.graphs.rounds}
    removed = set[ox.Quad]()
    for quad in changed.removed:
        if quad.graph_name != DEFAULT:
            removed.add(quad)
            continue
        said = {one.graph_name for one in store.quads(*quad.triple)} - {store.graphs.contacts}
        removed |= {_quad(quad, graph) for graph in said & writable or said}
    office = store.graphs.data(OFFICE)
    added = {_quad(quad, office) if quad.graph_name == DEFAULT else quad for quad in changed.added}
    for quad in (*removed, *added):
        _require_writable(store, quad.graph_name)
    return frozenset(removed), frozenset(added)


def _require_writable(store: Store, name: object) -> None:
    if name != store.graphs.rounds and not str(name).startswith(f"<{store.base_iri}graph/data/"):
        raise BadGraph("graph", str(name), (f"<{store.base_iri}graph/data/…>", str(store.graphs.rounds)))


def _target(dataset: Dataset, name: str | None, method: str) -> ox.NamedNode | ox.DefaultGraph:
    """The graph that is meant: in the real data the default graph can only be added to, which adds to the office's."""
    if isinstance(dataset, Scratch):
        return DEFAULT if name is None else _named(name)
    if name is None and method == "post":
        return dataset.graphs.data(OFFICE)
    target = DEFAULT if name is None else _named(name)
    _require_writable(dataset, target)
    return target


def _quad(quad: ox.Quad, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> ox.Quad:
    """The same triple in another graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


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
    return frozenset(_quad(quad, target) for quad in _quads(given))


def _quads(given: Given) -> Iterable[ox.Quad]:
    try:
        yield from ox.parse(given.content, FORMATS[given.media_type], base_iri=given.base, rename_blank_nodes=True)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(str(error), *find_line(str(error))) from error


def _reason(text: str) -> str:
    """The first comment, which says what the update is for."""
    first = next(iter(text.strip().splitlines()), "")
    return first.lstrip("# ").strip() or "SPARQL Update" if first.startswith("#") else "SPARQL Update"
