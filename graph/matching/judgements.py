"""What people judged to be the same, or not: data beside the decisions of the team, asked by every import."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import changes, labels, query
from graph.errors import BadInput, NotFound
from graph.matching.body import Judgement
from graph.matching.sides import is_entry, plain_side
from ontology.schema import entity_types
from ontology.terms import PN, PROV, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.changes import Change
    from graph.store import Store

GROUPS: Final = {"body": PN.Actor, "project": PN.Project, "event": PN.Event, "place": PN.Place}
"""What is compared with each other, and the class that says so in the data."""

_BODIES: Final = frozenset({"actor", "programme"})


@dataclass(frozen=True)
class _Row:
    judgement: str
    entries: tuple[str, ...]
    spellings: tuple[str, ...]
    same: bool
    among: str
    author: str
    time: dt.datetime
    reason: str | None


def judgements(store: Store) -> tuple[Judgement, ...]:
    """All stored judgements, newest first; those whose two sides are no longer two are left out."""
    return store.cached("judgements", lambda: tuple(_judgements(store)))


def _judgements(store: Store) -> Iterator[Judgement]:
    groups = {klass: group for group, klass in GROUPS.items()}
    for row in query.rows(store, "matching-judgements", _Row):
        sides = (*row.spellings, *row.entries)
        if len(sides) == 2 and row.among in groups:
            yield Judgement(
                *sides, row.same, groups[row.among], row.author, row.time, row.reason or "", iri=row.judgement
            )


def judge(  # noqa: PLR0913  # two sides, the decision, who and why
    store: Store, one: str, other: str, same: bool, author: str, *, group: str = "", reason: str = ""
) -> Change:
    """Keep what a person decided; an earlier judgement on the same two is replaced, as one change.

    Args:
        store: where.
        one: a spelling as it stands in a list, or the IRI of an entry.
        other: likewise.
        same: whether both mean the same.
        author: who decided.
        group: among which entries, a key of `GROUPS`; needed only for two spellings.
        reason: why, may be blank.

    Raises:
        NotFound: an IRI of no entry.
        BadInput: blank or equal sides, or two that cannot be the same (a place and a project).
    """
    first, second = _side(store, one), _side(store, other)
    groups = {found for side in (first, second) if (found := group_of(store, side))} | ({group} if group else set())
    if len(groups) != 1 or not groups <= GROUPS.keys():
        raise BadInput("group", ", ".join(sorted(groups)) or group, tuple(GROUPS))
    if plain_side(first) == plain_side(second):
        raise BadInput("pair", one)
    new = Judgement(first, second, same, groups.pop(), author, reason=reason)
    return changes.commit(
        store,
        added=quads(store, new),
        removed=[quad for old in on(store, new) for quad in store.quads(ox.NamedNode(old.iri))],
        author=author,
        reason=reason.strip() or (" = " if same else " ≠ ").join(_name(store, side) for side in (first, second)),
        check=False,  # made here from the shape; pySHACL would only repeat it
    )


def on(store: Store, pair: Judgement) -> list[Judgement]:
    """The stored judgements on the same two, whichever way round."""
    wanted = {plain_side(pair.name), plain_side(pair.key)}
    return [
        found
        for found in judgements(store)
        if found.group == pair.group and {plain_side(found.name), plain_side(found.key)} == wanted
    ]


def quads(store: Store, judgement: Judgement) -> set[ox.Quad]:
    """A new judgement as it is stored, made now."""
    sides = sorted((judgement.name, judgement.key))
    name = hashlib.sha256("\n".join([judgement.group, *map(plain_side, sides)]).encode()).hexdigest()[:16]
    node = ox.NamedNode(f"{store.base_iri}{entity_types()['judgement'].segment}/{name}")
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF.type, ox.NamedNode(PN.Judgement)),
        (PN.same, ox.Literal(judgement.same)),
        (PN.among, ox.NamedNode(GROUPS[judgement.group])),
        (PN.author, ox.Literal(judgement.author.strip())),
        (PROV.endedAtTime, query.term(dt.datetime.now(dt.UTC).replace(microsecond=0))),
    ]
    if judgement.reason.strip():
        facts.append((PN.reason, ox.Literal(judgement.reason.strip())))
    facts += [(PN.about, ox.NamedNode(side)) if is_entry(side) else (PN.spelling, ox.Literal(side)) for side in sides]
    return {ox.Quad(node, ox.NamedNode(path), fact, store.graphs.rounds) for path, fact in facts}


def group_of(store: Store, side: str) -> str:
    """The group an entry's IRI belongs to; "" for a spelling.

    Raises:
        NotFound: an entry of a type that is not compared.
    """
    if not is_entry(side):
        return ""
    kind = (labels.entry_of(store, side) or ("", ""))[0]
    if kind not in GROUPS and kind not in _BODIES:
        raise NotFound(kind or "entry", side)
    return "body" if kind in _BODIES else kind


def _side(store: Store, text: str) -> str:
    side = " ".join(text.split())
    if not plain_side(side):
        raise BadInput("name", text)
    if is_entry(side) and not any(store.quads(ox.NamedNode(side), ox.NamedNode(RDF.type))):
        raise NotFound("entry", side)
    return side


def _name(store: Store, side: str) -> str:
    return labels.labels(store, "de").get(side, side)
