"""Ways in which an entry comes to an end, or is found to be true still: end, withdraw, confirm."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import changes
from graph.editing.facts import Facts, entry_iri, facts, writable
from graph.editing.form import editable
from graph.editing.saving import Saved, save
from graph.errors import BadInput, Conflict, NotFound
from graph.labels import entry_of, labels
from ontology.terms import PN, SCHEMA, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.changes import Change
    from graph.store import Store
    from ontology.schema import EntityType, Field


def end_field(kind: EntityType) -> Field | None:
    """The field that says when an entry of that type ended; None if they do not end."""
    return next((one for one in kind.fields if one.path == (SCHEMA.endDate,)), None)


def end(  # noqa: PLR0913  # as `save`
    store: Store, kind: str, slug: str, day: str | dt.date, *, author: str, reason: str = ""
) -> Saved:
    """Say when an entry ended; a tie is then also in the state "ended", a project no longer without a fixed end.

    Raises:
        BadInput: entries of that type do not end. BadFields, Invalid, NotFound: as `save`.
    """
    entity = editable(kind)
    field = end_field(entity)
    if field is None:
        raise BadInput("end", kind)
    texts = {field.name: [day if isinstance(day, str) else day.isoformat()]}
    for one in entity.fields:
        if one.scheme == "tie-state":
            texts[one.name] = ["ended"]
        if one.path == (PN.ongoing,):
            texts[one.name] = []
    return save(store, kind, slug, texts, author=author, reason=reason)


def linking(store: Store, kind: str, slug: str) -> tuple[str, ...]:
    """The IRIs of what links to an entry, contacts included; sorted."""
    subject = entry_iri(store, kind, slug)
    graphs = writable(store) | {store.graphs.contacts}
    said = facts(store, editable(kind), subject)
    own = {subject, *(quad.subject for quad in said.quads)}
    links = (quad.subject for quad in store.quads(None, None, subject, personal=True) if quad.graph_name in graphs)
    return tuple(sorted({node.value for node in links if node not in own}))  # type: ignore[union-attr]  # no blank nodes


def withdraw(store: Store, kind: str, slug: str, *, author: str, reason: str = "") -> Change:
    """Take an entry out that should not have been there; what is over is ended instead.

    Raises:
        NotFound: no such entry.
        Conflict: something links to it; `reasons` are the IRIs of what does.
    """
    with store.writer:
        said = _required(store, kind, slug)
        if found := linking(store, kind, slug):
            raise Conflict("withdraw", slug, found)
        label = labels(store, "de").get(said.subject.value, slug)
        why = reason.strip() or f"{editable(kind).label['de']}: {label}"
        return changes.commit(store, added=(), removed=said.quads, author=author, reason=why)


def confirm(
    store: Store, wanted: Iterable[tuple[str, str]], *, author: str, day: dt.date | None = None, reason: str = ""
) -> Change:
    """Say of several entries, by type and slug, that on that day (default: today) all about them was true.

    Raises:
        NotFound: one of them is not there; nothing is confirmed. BadInput: none is named.
    """
    today = day or dt.datetime.now().astimezone().date()
    value = ox.Literal(today.isoformat(), datatype=ox.NamedNode(XSD.date))
    path = ox.NamedNode(PN.lastConfirmed)
    with store.writer:
        found = [_required(store, kind, slug) for kind, slug in dict.fromkeys(wanted)]
        if not found:
            raise BadInput("entries", "")
        removed = {quad for said in found for quad in said.quads if quad.predicate == path}
        added = {ox.Quad(said.subject, path, value, _graph(store, said)) for said in found}
        names = labels(store, "de")
        why = reason.strip() or ", ".join(names.get(said.subject.value, said.subject.value) for said in found[:5])
        # One day in place of another breaks no shape: checking some hundred entries would take seconds.
        return changes.commit(store, added=added, removed=removed, author=author, reason=why, check=False)


def _required(store: Store, kind: str, slug: str) -> Facts:
    said = facts(store, editable(kind), entry_iri(store, kind, slug))
    if not said:
        raise NotFound(kind, slug)
    return said


def _graph(store: Store, said: Facts) -> ox.NamedNode:
    found = entry_of(store, said.subject.value)
    is_rounds = found is not None and editable(found[0]).graph == "rounds"
    return store.graphs.rounds if is_rounds else store.graphs.data("office")
