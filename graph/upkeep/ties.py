"""Ties entered in passing: one actor, several others, one change. What is known already is confirmed, never doubled."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # dataclasses read the type at run time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import query
from graph.directory import names
from graph.errors import BadInput
from graph.upkeep.bundle import Bundle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.changes import Change
    from graph.editing import Created
    from graph.store import Store

MUTUAL = frozenset({"kooperiert-mit", "vernetzt-mit"})
"""Kinds of ties that say the same read from either side."""

_KEPT = ("via", "start")
"""What a tie that is there already keeps, if it says something there."""


@dataclass(frozen=True)
class Wanted:
    """Ties to be entered between one actor and others, and what each of them says.

    Attributes:
        actor: name or slug of an actor; "neu: Name" makes one. others: the same, of each of the others.
        kind, state: slugs of their concepts.
        via: occasion. start, end: as people write dates. source: a name, an address or a title. All may be "".
        confirmed: the day it was said. anyway: new actors may be called (nearly) like existing ones.
    """

    actor: str
    others: tuple[str, ...]
    confirmed: dt.date
    kind: str = "kooperiert-mit"
    state: str = "asserted"
    via: str = ""
    start: str = ""
    end: str = ""
    source: str = ""
    anyway: bool = False

    def texts(self) -> dict[str, list[str]]:
        """What each tie says besides its two ends, as a form takes it."""
        said = {"kind": self.kind, "state": self.state, "via": self.via, "start": self.start, "end": self.end}
        said |= {"source": self.source, "last_confirmed": self.confirmed.isoformat()}
        return {name: [text] for name, text in said.items() if text.strip()}


@dataclass(frozen=True)
class Declared:
    """What came of it: the change, how many ties are new, how many were known, what was made along the way."""

    change: Change
    actor: str
    new: int
    known: int
    created: tuple[Created, ...]


@dataclass(frozen=True)
class _Tie:
    tie: str
    one: str
    other: str
    kind: str


def declare(store: Store, wanted: Wanted, *, author: str, reason: str = "") -> Declared:
    """Enter ties between one actor and others, as one change.

    A tie of that kind between two of them that is there already gets the day, the source and the state; its occasion
    and beginning stay.

    Args:
        store: where.
        wanted: what.
        author: who.
        reason: why; by default the actor's name.

    Raises:
        BadFields: a text that names no actor, or too many; a date nobody can read.
        BadInput: no other actor. Invalid: the shapes forbid it, such as a tie with oneself.
    """
    with store.writer:
        bundle = Bundle(store, anyway=wanted.anyway)
        one, counts = add_ties(store, bundle, wanted)
        if not wanted.others and not bundle.problems:
            raise BadInput("others", "")
        label = names(store, "de").label(one) if one else wanted.actor
        change = bundle.commit(author=author, reason=reason or f"Verbindungen: {label}")
        return Declared(change, one or "", counts["new"], counts["known"], bundle.created)


def add_ties(store: Store, bundle: Bundle, wanted: Wanted) -> tuple[str | None, Counter[str]]:
    """Put ties into a bundle; returns the actor's IRI (None for a problem) and how many are "new" and "known"."""
    one = bundle.link("tie", "from_actor", wanted.actor)
    known, counts, said = ties_of(store, one, wanted.kind) if one else {}, Counter[str](), wanted.texts()
    done: set[str] = set()
    for text in wanted.others:
        other = bundle.link("tie", "to_actor", text)
        if other is None or other in done:
            continue
        done.add(other)
        if slug := known.get(other):
            bundle.say("tie", slug, said, keep=_KEPT)
        elif one:
            bundle.add("tie", {"from_actor": [wanted.actor], "to_actor": [text], **said})
        counts["known" if slug else "new"] += 1
    bundle.describe({name: said[name] for name in ("source", "last_confirmed") if name in said})
    return one, counts


def ties_of(store: Store, actor: str, kind: str) -> Mapping[str, str]:
    """The actor's ties of that kind that say what a new one would: IRI of the other end → slug of the tie."""
    found = {}
    for row in query.rows(store, "upkeep-ties", _Tie, actor=query.Iri(actor)):
        if row.kind.rpartition("/")[2] == kind and (row.one == actor or kind in MUTUAL):
            found[row.other if row.one == actor else row.one] = row.tie.rpartition("/")[2]
    return found
