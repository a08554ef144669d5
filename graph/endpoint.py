"""What a SPARQL update changes, as one change.

The same for the real data, where it is checked by the shapes and kept in the history like every other change, and for
a plain dataset (`graph.scratch`), where it is just done. In the real data the default graph is the union of all; what
is written there goes to the office's graph, and what is deleted there goes from each graph that says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import changes
from graph.errors import BadGraph
from graph.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.sandbox import Changed, Sandbox
    from graph.store import Store

    Dataset = Store | Scratch
    Quads = frozenset[ox.Quad]

DEFAULT = ox.DefaultGraph()
OFFICE = "office"
_ATTEMPTS = 3


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
        removed |= {moved(quad, graph) for graph in said & writable or said}
    office = store.graphs.data(OFFICE)
    added = {moved(quad, office) if quad.graph_name == DEFAULT else quad for quad in changed.added}
    for quad in (*removed, *added):
        require_writable(store, quad.graph_name)
    return frozenset(removed), frozenset(added)


def require_writable(store: Store, name: object) -> None:
    """Raise `BadGraph` unless this is a graph that programs may write: one of the data's, or the rounds'."""
    if name != store.graphs.rounds and not str(name).startswith(f"<{store.base_iri}graph/data/"):
        raise BadGraph("graph", str(name), (f"<{store.base_iri}graph/data/…>", str(store.graphs.rounds)))


def moved(quad: ox.Quad, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> ox.Quad:
    """The same triple in another graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _reason(text: str) -> str:
    """The first comment, which says what the update is for."""
    first = next(iter(text.strip().splitlines()), "")
    return first.lstrip("# ").strip() or "SPARQL Update" if first.startswith("#") else "SPARQL Update"
