"""The only way to write: one change, checked, atomic, kept in the history, and taken back if need be."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from graph import changelines, checks, query
from graph.errors import BadInput, Conflict, Invalid, NotFound
from ontology.terms import PN, PROV, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.changelines import Quads
    from graph.store import Store

_REASONS = 20
_LARGE = 1000


@dataclass(frozen=True)
class Change:
    """One committed edit, import or undo.

    Attributes:
        id: its number as text: the data version it made; "" for a change that changed nothing and was not kept.
        iri: its IRI in the history graph; "" as above.
        author: who.
        time: when, UTC, to the second.
        reason: why, in the author's words; an undo keeps the reason of what it undoes.
        version: the data version after it.
        undoes: the id of the change it takes back, or None.
        imported_as: name of the source a list was imported as; None for changes by hand.
        added: how many quads it added (contacts included).
        removed: how many it removed.
    """

    id: str
    iri: str
    author: str
    time: dt.datetime
    reason: str
    version: int
    undoes: str | None
    imported_as: str | None
    added: int
    removed: int


@dataclass(frozen=True)
class _Row:
    iri: str
    author: str
    time: dt.datetime
    reason: str
    version: int
    undoes: str | None
    into: str | None


def commit(  # noqa: PLR0913  # who, why, what: a change without one of them is none
    store: Store,
    *,
    added: Iterable[ox.Quad],
    removed: Iterable[ox.Quad] = (),
    author: str,
    reason: str,
    check: bool = True,
    undoes: str | None = None,
    imported_as: str | None = None,
) -> Change:
    """Remove and add quads as one change: all of it, or nothing.

    What is already there is not added, what is not there not removed; a quad on both sides stays. Blank nodes become
    IRIs of ours, because a change must be able to name what it takes back.

    Args:
        store: where.
        added: quads in data, rounds or contacts graphs.
        removed: quads to take away.
        author: who is answerable; not blank.
        reason: why; not blank.
        check: hold what it touches against the shapes first.
        undoes: the id of the change this one takes back.
        imported_as: name of the source, if this is the import of a list.

    Raises:
        Invalid: it would bring violations of the shapes that were not there before.
        BadInput: no author, no reason, or a graph that is not written.
        StoreUnwritable: the disk refuses.
    """
    _require(author=author, reason=reason)
    wanted = _named(store, added)
    with store.writer:
        plus = frozenset(quad for quad in wanted if quad not in store)
        minus = frozenset(quad for quad in removed if quad in store and quad not in wanted)
        minus -= _meant(store, wanted, minus)
        change = _next(store, plus, minus, author, reason, undoes=undoes, imported_as=imported_as)
        if not change.id:
            return change
        if check and (findings := checks.new_violations(store, minus, plus)):
            raise Invalid(tuple(findings))
        store.apply(minus, plus | facts_of(store, change) | changelines.lines(store, change.iri, plus, minus))
        return change


def history(store: Store, limit: int | None = 50) -> list[Change]:
    """The latest changes, newest first; all of them for None."""
    found = query.rows(store, "changes", _Row)
    return [_with_counts(store, row) for row in itertools.islice(found, limit)]


def find_change(store: Store, change_id: str) -> Change:
    """The change of that id, or `NotFound`."""
    if not change_id.isdigit():
        raise NotFound("change", change_id)
    for row in query.rows(store, "changes", _Row, iri=query.Iri(f"{store.base_iri}change/{change_id}")):
        return _with_counts(store, row)
    raise NotFound("change", change_id)


def undo(store: Store, change_id: str, author: str) -> Change:
    """Take a change back, by the inverse change; undoing an undo brings it again.

    Raises:
        NotFound: no such change.
        Conflict: later changes built on it: something it added is gone, or something it removed is back.
        Invalid: without it, what others added since would break the shapes (say, link to nothing).
    """
    _require(author=author)
    with store.writer:
        change = find_change(store, change_id)
        added, removed = changelines.quads(store, change.iri, personal=True)
        if not added and not removed:  # all it told was erased for good
            raise Conflict("undo", change_id)
        gone = (f"- {quad}" for quad in sorted((quad for quad in added if quad not in store), key=str))
        back = (f"+ {quad}" for quad in sorted((quad for quad in removed if quad in store), key=str))
        if reasons := tuple(itertools.islice(itertools.chain(gone, back), _REASONS)):
            raise Conflict("undo", change_id, reasons)
        # Before the change it was as it was; only where others wrote since can something be wrong now. Of a small one
        # all is looked at all the same; of a long list that would take minutes.
        later = itertools.takewhile(lambda row: row.version > change.version, query.rows(store, "changes", _Row))
        since = changelines.subjects(store, (row.iri for row in later))
        near = since if len(added) + len(removed) > _LARGE else None
        if since and (findings := checks.new_violations(store, added, removed, near=near)):
            raise Invalid(tuple(findings))
        done = _next(store, removed, added, author, change.reason, undoes=change_id)
        store.apply(added, removed | facts_of(store, done) | changelines.swapped(store, change.iri, done.iri))
        return done


def quads(store: Store, change_id: str) -> tuple[Quads, Quads]:
    """What a change added and what it removed, without contacts."""
    return changelines.quads(store, f"{store.base_iri}change/{change_id}")


def upcoming(store: Store, author: str, reason: str) -> Change:
    """The next change as a note alone, without lines: for what must not be kept."""
    _require(author=author, reason=reason)
    nothing: Quads = frozenset()
    return _next(store, nothing, nothing, author, reason, is_note=True)


def _require(**texts: str) -> None:
    for what, text in texts.items():
        if not text.strip():
            raise BadInput(what, text)


def _next(  # noqa: PLR0913  # as `commit`
    store: Store,
    plus: Quads,
    minus: Quads,
    author: str,
    reason: str,
    *,
    undoes: str | None = None,
    imported_as: str | None = None,
    is_note: bool = False,
) -> Change:
    """The change that adds and removes these quads, if it is written now."""
    version = store.version + 1 if plus or minus or is_note else store.version
    name = str(version) if plus or minus or is_note else ""
    return Change(
        id=name,
        iri=f"{store.base_iri}change/{name}" if name else "",
        author=author.strip(),
        time=dt.datetime.now(dt.UTC).replace(microsecond=0),
        reason=reason.strip(),
        version=version,
        undoes=undoes,
        imported_as=imported_as,
        added=len(plus),
        removed=len(minus),
    )


def facts_of(store: Store, change: Change) -> Quads:
    """What the history says about a change, all but its lines."""
    iri = ox.NamedNode(change.iri)
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF.type, ox.NamedNode(PN.Change)),
        (PN.author, ox.Literal(change.author)),
        (PROV.endedAtTime, query.term(change.time)),
        (PN.reason, ox.Literal(change.reason)),
        (PN.dataVersion, ox.Literal(change.version)),
    ]
    if change.undoes:
        facts.append((PN.undoes, ox.NamedNode(f"{store.base_iri}change/{change.undoes}")))
    if change.imported_as:
        facts.append((PN.importedAs, ox.Literal(change.imported_as)))
    return frozenset(ox.Quad(iri, ox.NamedNode(path), fact, store.graphs.history) for path, fact in facts)


def _with_counts(store: Store, row: _Row) -> Change:
    added, removed = changelines.counts(store, row.iri)
    return Change(
        id=row.iri.rpartition("/")[2],
        iri=row.iri,
        author=row.author,
        time=row.time,
        reason=row.reason,
        version=row.version,
        undoes=row.undoes.rpartition("/")[2] if row.undoes else None,
        imported_as=row.into,
        added=added,
        removed=removed,
    )


def _meant(store: Store, wanted: Quads, going: Quads) -> Quads:
    """Those of `going` that are wanted in another spelling: the store keeps "2.50" as "2.5" and +00:00 as Z."""
    if not going:
        return going
    fields = {(quad.subject, quad.predicate, quad.graph_name) for quad in going}
    again = (quad for quad in wanted if (quad.subject, quad.predicate, quad.graph_name) in fields)
    return frozenset(itertools.chain.from_iterable(store.quads(*quad, personal=True) for quad in again))


def _named(store: Store, quads: Iterable[ox.Quad]) -> Quads:
    """The quads with an IRI for each blank node."""
    given = frozenset(quads)
    if not any(isinstance(one.subject, ox.BlankNode) or isinstance(one.object, ox.BlankNode) for one in given):
        return given
    names: dict[ox.BlankNode, ox.NamedNode] = {}

    def named(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal:
        if not isinstance(node, ox.BlankNode):
            return cast("ox.NamedNode | ox.Literal", node)
        return names.setdefault(node, ox.NamedNode(f"{store.base_iri}node/{uuid.uuid4().hex}"))

    def all_named(quad: ox.Quad) -> ox.Quad:
        if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode):
            return quad
        return ox.Quad(cast("ox.NamedNode", named(quad.subject)), quad.predicate, named(quad.object), quad.graph_name)

    return frozenset(map(all_named, given))
