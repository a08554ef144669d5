"""The list of actors to tick: whom somebody may work with, and what a typed name means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph import query
from graph.directory import Ref, names
from graph.directory.names import alphabetical
from graph.editing import Option, directory_of, new_text
from graph.editing.links import wanted_new

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graph.store import Store

_ACTOR = ("actor",)


@dataclass(frozen=True)
class Meant:
    """What a text stands for: `text` names exactly it in a form; `ref` is None for an actor that is yet to be made."""

    text: str
    label: str
    ref: Ref | None


@dataclass(frozen=True)
class Unclear:
    """A text that names no actor, or several: who may be meant, and the text that makes a new one."""

    text: str
    options: tuple[Option, ...]
    new: str


@dataclass(frozen=True)
class Tick:
    """One box.

    Attributes:
        meant: the actor. ticked: it is chosen.
        known: the two are known to work together. here: it sits at the table.
    """

    meant: Meant
    ticked: bool = False
    known: bool = False
    here: bool = False


@dataclass(frozen=True)
class TickList:
    """Boxes for one actor; `unclear` is what was typed and needs a choice."""

    ticks: tuple[Tick, ...]
    unclear: tuple[Unclear, ...] = ()


@dataclass(frozen=True)
class _Links:
    actor: str
    links: int


@dataclass(frozen=True)
class _Tie:
    one: str
    other: str


@dataclass(frozen=True)
class _Together:
    partner: str


def is_new(text: str) -> bool:
    """Whether a text asks for a new actor: "neu: Name"."""
    return wanted_new(text, _ACTOR) is not None


def meant(store: Store, text: str, *, language: str = "de") -> Meant | Unclear:
    """Which actor a text means: its name, another name, its slug, or "neu: Name" for a new one."""
    directory, called = directory_of(store, language), names(store, language)
    found = directory.find(text, _ACTOR)
    if len(found) == 1 and (ref := called.ref(found[0])):
        return Meant(directory.text(ref.iri, _ACTOR), ref.label, ref)
    if not found and (wanted := wanted_new(text, _ACTOR)):
        return Meant(text, wanted[1], None)
    if found:
        options = [directory.option(iri, _ACTOR) for iri in found]
    else:
        options = [*directory.options(text, _ACTOR), *directory.near(text, _ACTOR)]
    return Unclear(text, tuple(dict.fromkeys(options)), new_text(text, "actor", _ACTOR, language))


def tick_list(
    store: Store, actor: Ref | None, chosen: Iterable[str] = (), present: Collection[Ref] = (), *, language: str = "de"
) -> TickList:
    """Whom to offer: those at the table, known partners, the busiest; and whoever is chosen already.

    Args:
        store: whom to ask.
        actor: for whom; None for one that is yet to be made.
        chosen: texts of those that are ticked.
        present: those at the table.
        language: of the names.
    """
    readings = [meant(store, text, language=language) for text in dict.fromkeys(chosen)]
    wanted = {one.text: one for one in readings if isinstance(one, Meant)}
    offered = _offered(store, actor, present, language)
    known = {one.meant.text for one in offered}
    added = [Tick(one) for text, one in wanted.items() if text not in known]
    ticks = tuple(replace(one, ticked=one.meant.text in wanted) for one in (*added, *offered))
    return TickList(ticks, tuple(one for one in readings if isinstance(one, Unclear)))


def _offered(store: Store, actor: Ref | None, present: Collection[Ref], language: str, most: int = 16) -> list[Tick]:
    called, directory = names(store, language), directory_of(store, language)
    own = actor.iri if actor else ""
    partners = _partners(store, own) if own else set()
    here = {ref.iri for ref in present} - {own}
    near = sorted(partners - here, key=lambda iri: alphabetical(called.label(iri)))
    busy = [row.actor for row in store.cached("upkeep-links", lambda: query.rows(store, "upkeep-links", _Links))]
    others = [iri for iri in dict.fromkeys((*near, *busy)) if iri != own and iri not in here]
    refs = [ref for ref in present if ref.iri in here]
    refs += [ref for iri in others[: max(most, len(near))] if (ref := called.ref(iri))]
    return [
        Tick(Meant(directory.text(ref.iri, _ACTOR), ref.label, ref), known=ref.iri in partners, here=ref.iri in here)
        for ref in refs
    ]


def _partners(store: Store, actor: str) -> set[str]:
    iri = query.Iri(actor)
    declared = {end for row in query.rows(store, "upkeep-ties", _Tie, actor=iri) for end in (row.one, row.other)}
    together = {row.partner for row in query.rows(store, "directory-partners", _Together, actor=iri)}
    return (declared | together) - {actor}
