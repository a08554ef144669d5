"""A round table entered as it speaks: who is there, and with whom each of them works. The graph itself keeps the state.

A meeting is an event with a source: whoever is entered takes part in the event, and all that is said names the source.
So a reload loses nothing, two people can enter at the same table, and each step is a change that can be taken back.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # `query.rows` reads the type at run time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from graph import changes, query
from graph.directory import Ref, names
from graph.editing import directory_of
from graph.editing.facts import entry_iri
from graph.errors import BadInput, NotFound
from graph.upkeep.bundle import Bundle, is_stored
from graph.upkeep.stock import by_label
from graph.upkeep.ties import Declared, Wanted, add_ties
from ontology.terms import PN, PROV, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.directory.names import Names
    from graph.store import Store

_ACTOR, _IN, _FROM, _TO = (ox.NamedNode(path) for path in (PN.actor, PN["in"], PN["from"], PN.to))
_SOURCE, _START = ox.NamedNode(PROV.wasDerivedFrom), ox.NamedNode(SCHEMA.startDate)


@dataclass(frozen=True)
class Begun:
    """A meeting that can be entered: slugs of its event and its source, and the change that made them ("" if none)."""

    event: str
    source: str
    change: changes.Change


@dataclass(frozen=True)
class Step:
    """What one step said.

    Attributes:
        change: id of its change, for taking it back. author, time: who entered it, when.
        actor: whom it was about; None if only others' ties were confirmed.
        partners: with whom it works, by name.
    """

    change: str
    author: str
    time: dt.datetime
    actor: Ref | None
    partners: tuple[Ref, ...]


@dataclass(frozen=True)
class Meeting:
    """A meeting so far.

    Attributes:
        event, source: its entries. day: as exact as known (ISO), "" if unknown.
        present: who takes part, by name. steps: what was entered, newest first.
    """

    event: Ref
    source: Ref
    day: str
    present: tuple[Ref, ...]
    steps: tuple[Step, ...]

    @property
    def everyone(self) -> tuple[Ref, ...]:
        """Who is there and who was named, by name."""
        named = (ref for step in self.steps for ref in (step.actor, *step.partners) if ref)
        return by_label(dict.fromkeys((*self.present, *named)))

    @property
    def ties(self) -> int:
        """How many different pairs were named."""
        pairs = {frozenset((step.actor, other)) for step in self.steps if step.actor for other in step.partners}
        return len(pairs)


def begin(store: Store, occasion: str, day: dt.date, source: str = "", *, author: str) -> Begun:
    """Open a meeting: its event and its source are made if they are not there.

    Args:
        store: where.
        occasion: what the meeting is called. An event of that name on that day, or without a day, is taken.
        day: when.
        source: title, address or name of the source; by default the meeting itself.
        author: who enters it.

    Raises:
        BadInput: no occasion. BadFields: a source that may be several.
    """
    name = " ".join(occasion.split())
    if not name:
        raise BadInput("occasion", "")
    with store.writer:
        bundle = Bundle(store, anyway=True)
        title = source.strip() or f"Kreis-Erfassung: {name}, {day:%d.%m.%Y}"
        iri = bundle.link("event", "source", title)
        made = [one.slug for one in bundle.created if one.kind == "source"]
        for slug in made if not source.strip() else ():
            bundle.say("source", slug, {"kind": ["gespraech"], "date": [day.isoformat()]})
        event = _event_on(store, name, day) or bundle.add(
            "event", {"name": [name], "start": [day.isoformat()], "source": [title]}
        )
        change = bundle.commit(author=author, reason=f"Kreis-Erfassung: {name}")
        return Begun(event, (iri or "").rpartition("/")[2], change)


def capture(store: Store, event: str, source: str, wanted: Wanted, *, author: str) -> Declared:
    """One step: an actor is there and works with these others, if any; all of it one change.

    Args:
        store: where.
        event: slug of the meeting's event.
        source: slug of its source.
        wanted: who with whom; occasion and source are the meeting's.
        author: who enters it.

    Raises:
        NotFound: no such meeting. BadFields, Invalid: as `graph.upkeep.declare`.
    """
    with store.writer:
        _require(store, event, source)
        bundle = Bundle(store, anyway=wanted.anyway)
        said = {"source": [f"source/{source}"], "last_confirmed": [wanted.confirmed.isoformat()]}
        one = bundle.link("involvement", "actor", wanted.actor)
        if one and one not in _participants(store, event):
            place = {"actor": [wanted.actor], "project_or_event": [f"event/{event}"], "role": ["teilnahme"]}
            bundle.add("involvement", {**place, **said})
        label = names(store, "de").label(entry_iri(store, "event", event).value)
        _, counts = add_ties(store, bundle, replace(wanted, via=label, source=f"source/{source}"))
        created = next((new.name for new in bundle.created if (one or "").endswith(f"/{new.slug}")), "")
        name = created or (names(store, "de").label(one) if one else wanted.actor)
        change = bundle.commit(author=author, reason=f"{label}: {name}")
        return Declared(change, one or "", counts["new"], counts["known"], bundle.created)


def meeting(store: Store, event: str, source: str, *, language: str = "de") -> Meeting:
    """What was entered so far.

    Raises:
        NotFound: there is no such event or source.
    """
    _require(store, event, source)
    called = names(store, language)
    refs = [called.ref(entry_iri(store, kind, slug).value) for kind, slug in (("event", event), ("source", source))]
    iri = entry_iri(store, "event", event)
    days = sorted(cast("ox.Literal", quad.object).value for quad in store.quads(iri, _START))
    return Meeting(
        event=cast("Ref", refs[0]),
        source=cast("Ref", refs[1]),
        day=next(iter(days), ""),
        present=by_label(ref for one in _participants(store, event) if (ref := called.ref(one))),
        steps=tuple(_steps(store, entry_iri(store, "source", source), called)),
    )


@dataclass(frozen=True)
class _Row:
    change: str
    author: str
    time: dt.datetime


def _steps(store: Store, source: ox.NamedNode, called: Names) -> Iterator[Step]:
    """The changes that said something with this source, without those that only opened the meeting."""
    for row in query.rows(store, "upkeep-steps", _Row, source=query.Iri(source.value)):
        change = row.change.rpartition("/")[2]
        added, _ = changes.quads(store, change)
        said = {quad.subject for quad in added if quad.predicate == _SOURCE and quad.object == source}
        there = _ends(store, said, _ACTOR)
        pairs = [
            (one, other) for node in said for one in _ends(store, {node}, _FROM) for other in _ends(store, {node}, _TO)
        ]
        if not there and not pairs:
            continue
        shared = set.intersection(*map(set, pairs)) if pairs else set()
        actor = next(iter(there), None) or (pairs[0][0] if pairs[0][0] in shared else next(iter(shared), None))
        others = {iri for pair in pairs for iri in pair} - {actor}
        yield Step(
            change=change,
            author=row.author,
            time=row.time,
            actor=called.ref(actor) if actor else None,
            partners=by_label(ref for iri in others if (ref := called.ref(iri))),
        )


def _ends(store: Store, nodes: Iterable[Any], path: ox.NamedNode) -> set[str]:
    return {cast("ox.NamedNode", quad.object).value for node in nodes for quad in store.quads(node, path)}


def _participants(store: Store, event: str) -> set[str]:
    """IRIs of the actors that take part in an event, in any role."""
    links = (quad.subject for quad in store.quads(None, _IN, entry_iri(store, "event", event)))
    return _ends(store, links, _ACTOR)


def _event_on(store: Store, name: str, day: dt.date) -> str:
    """The slug of the event of that name on that day; "" if there is none, or more than one."""
    found = []
    for iri in directory_of(store).find(name, ("event",)) if name else ():
        starts = [cast("ox.Literal", quad.object).value for quad in store.quads(ox.NamedNode(iri), _START)]
        if all(day.isoformat().startswith(start) for start in starts):
            found.append(iri.rpartition("/")[2])
    return found[0] if len(found) == 1 else ""


def _require(store: Store, event: str, source: str) -> None:
    for kind, slug in (("event", event), ("source", source)):
        if not is_stored(store, kind, slug):
            raise NotFound(kind, slug)
