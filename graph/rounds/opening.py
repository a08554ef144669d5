"""The workspace of a round is opened, frozen at a day, given an agenda, closed, reopened, deleted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from graph import changes
from graph.errors import BadInput, NotFound
from graph.rounds.reading import suggestions, workspace, workspace_rows
from graph.rounds.statements import described, is_there, node
from ontology.schema import entity_types

if TYPE_CHECKING:
    from graph.changes import Change
    from graph.store import Store


def opened(store: Store, round_slug: str, as_of: dt.date | None = None) -> set[ox.Quad]:
    """What is to be added so that the workspace of a round is open: nothing if it is.

    Raises:
        NotFound: no such round. BadInput: it is closed; `what` is "closed".
    """
    of_round = node(store, "round", round_slug)
    if not is_there(store, of_round):
        raise NotFound("round", round_slug)
    if kept := workspace_rows(store).get(round_slug):
        if kept.closed:
            raise BadInput("closed", round_slug)
        return set()
    values: dict[str, Any] = {"round": of_round, "as_of": as_of or today()}
    return described(store, "workspace", round_slug, values)


def open_workspace(store: Store, round_slug: str, *, author: str, as_of: dt.date | None = None) -> Change:
    """Open the workspace of a round, its state frozen at a day (default: today); nothing changes if it is open.

    Raises:
        NotFound: no such round. BadInput: it is closed, or no author.
    """
    with store.writer:
        quads = opened(store, round_slug, as_of)
        return changes.commit(
            store, added=quads, author=author, reason=_reason(store, "Arbeitsraum eröffnet", round_slug)
        )


def set_up(store: Store, round_slug: str, *, as_of: dt.date, agenda: str, author: str) -> Change:
    """Say as of which day the lists of a round are, and what the meeting talks about (an item per line).

    Raises:
        NotFound: no such round. BadInput: it is closed, or no author.
    """
    with store.writer:
        fresh = opened(store, round_slug, as_of)
        wanted = {"as_of": [ox.Literal(as_of.isoformat(), datatype=_type("as_of"))]}
        wanted["agenda"] = [ox.Literal(agenda.strip())] if agenda.strip() else []
        removed, added = _replaced(store, round_slug, wanted)
        reason = _reason(store, "Arbeitsraum eingerichtet", round_slug)
        return changes.commit(store, added=fresh | added, removed=removed - fresh, author=author, reason=reason)


def close(store: Store, round_slug: str, *, author: str, day: dt.date | None = None) -> Change:
    """Close the work on a round; its lines stay readable.

    Raises:
        NotFound: nobody opened it. BadInput: it is closed, or no author.
    """
    with store.writer:
        _require(store, round_slug)
        opened(store, round_slug)
        day = day or today()
        _, added = _replaced(
            store, round_slug, {"closed_on": [ox.Literal(day.isoformat(), datatype=_type("closed_on"))]}
        )
        reason = _reason(store, "Arbeitsraum abgeschlossen", round_slug)
        return changes.commit(store, added=added, author=author, reason=reason)


def reopen(store: Store, round_slug: str, *, author: str) -> Change:
    """Go on working on a round that was closed.

    Raises:
        NotFound: nobody opened it. BadInput: no author.
    """
    with store.writer:
        _require(store, round_slug)
        removed, _ = _replaced(store, round_slug, {"closed_on": []})
        reason = _reason(store, "Arbeitsraum wieder geöffnet", round_slug)
        return changes.commit(store, added=(), removed=removed, author=author, reason=reason)


def delete(store: Store, round_slug: str, *, author: str) -> Change:
    """Take out the workspace of a round with all its lines and verdicts; the round and what it says stay.

    What the verdicts mended in the record stays, too. Lines of later rounds that carried one of these on forget only
    that. The undo of the change brings everything back.

    Raises:
        NotFound: nobody opened it. BadInput: no author.
    """
    with store.writer:
        _require(store, round_slug)
        lines = [one for one in suggestions(store) if one.round == round_slug]
        gone = {verdict.iri for one in lines for verdict in one.verdicts} | {one.iri for one in lines}
        gone |= {quad.subject.value for quad in _workspace_nodes(store, round_slug)}
        nodes = [ox.NamedNode(iri) for iri in gone]
        removed = {quad for subject in nodes for quad in store.quads(subject, None, None, store.graphs.rounds)}
        removed |= {quad for target in nodes for quad in store.quads(None, None, target, store.graphs.rounds)}
        reason = _reason(store, "Arbeitsraum gelöscht", round_slug)
        return changes.commit(store, added=(), removed=removed, author=author, reason=reason)


def today() -> dt.date:
    """The day it is where the office is."""
    return dt.datetime.now().astimezone().date()


def _workspace_nodes(store: Store, round_slug: str) -> list[Any]:
    of_round = node(store, "round", round_slug)
    path = ox.NamedNode(entity_types()["workspace"].field("round").path[0])
    start = node(store, "workspace", "").value
    return [
        quad for quad in store.quads(None, path, of_round) if cast("ox.NamedNode", quad.subject).value.startswith(start)
    ]


def _require(store: Store, round_slug: str) -> None:
    workspace(store, round_slug)
    if round_slug not in workspace_rows(store):
        raise NotFound("workspace", round_slug)


def _replaced(store: Store, round_slug: str, wanted: dict[str, list[ox.Literal]]) -> tuple[set[ox.Quad], set[ox.Quad]]:
    kept = workspace_rows(store).get(round_slug)
    subject = ox.NamedNode(kept.workspace) if kept else node(store, "workspace", round_slug)
    removed, added = set[ox.Quad](), set[ox.Quad]()
    for name, terms in wanted.items():
        path = ox.NamedNode(entity_types()["workspace"].field(name).path[0])
        removed |= {quad for quad in store.quads(subject, path, None, store.graphs.rounds) if quad.object not in terms}
        added |= {ox.Quad(subject, path, term, store.graphs.rounds) for term in terms}
    return removed, added


def _type(name: str) -> ox.NamedNode:
    return ox.NamedNode(str(entity_types()["workspace"].field(name).datatype))


def _reason(store: Store, what: str, round_slug: str) -> str:
    return f"{what}: {workspace(store, round_slug).round.label}"
