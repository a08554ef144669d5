"""The places of the map in colours: by Handlungsfeld of one round, or by planning round."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from graph.directory import Ref, names
from graph.errors import BadInput
from graph.geography.located import Question
from graph.network import Period, facts, field_matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.geography.located import Quarter
    from graph.network import Facts
    from graph.store import Store

BY: Final = ("handlungsfeld", "round")
"""What the colours of a map can stand for."""

COLOURS: Final = 8
"""How many can be told apart; what comes later shares the last."""


@dataclass(frozen=True)
class Key:
    """One line of the legend.

    Attributes:
        number: of the colour, from 1 to `COLOURS`.
        ref: the Handlungsfeld or round it stands for.
        count: places that have it, above 0.
    """

    number: int
    ref: Ref
    count: int


@dataclass(frozen=True)
class Colouring:
    """Colours of a map.

    Attributes:
        keys: the legend, in the order of Handlungsfelder or of time.
        of: what stands at each place, by its IRI, in the order of the legend; places without any are missing.
        round: the round whose Handlungsfelder these are; None for rounds themselves, or without any.
    """

    keys: tuple[Key, ...] = ()
    of: Mapping[str, tuple[Key, ...]] | None = None
    round: Ref | None = None

    def at(self, place: str) -> tuple[Key, ...]:
        """What stands at a place; nothing where it has no colour."""
        return (self.of or {}).get(place, ())


def colouring(
    store: Store, quarter: Quarter, by: str, asked: Question | None = None, language: str = "de"
) -> Colouring:
    """The colours of what a map shows.

    Args:
        store: the open graph.
        quarter: what is shown.
        by: one of `BY`.
        asked: what the map was asked for: the round in it, or that of the Handlungsfeld in it, is the one whose
            Handlungsfelder count; without either, the last that is worked on here. Fields of other rounds count where
            they are matched with one of them.
        language: of the names.

    Raises:
        BadInput: a `by` that is none of `BY`.
    """
    if by not in BY:
        raise BadInput("colour", by, BY)
    called, known = names(store, language), facts(store)
    if by == "round":
        order = sorted(known.rounds, key=lambda slug: (known.rounds[slug].start or date.max, slug))
        keys, found, chosen = [f"{store.base_iri}round/{slug}" for slug in order], _rounds(store, quarter), ""
    else:
        chosen = _chosen(store, quarter, asked or Question())
        keys, found = _fields_of(known, chosen), _fields(store, quarter)
    refs = [ref for iri in keys if (ref := called.ref(iri))]
    return _coloured(refs, found, called.ref(f"{store.base_iri}round/{chosen}") if chosen else None)


def _coloured(refs: list[Ref], found: Mapping[str, Iterable[str]], round_: Ref | None) -> Colouring:
    counts = Counter(iri for iris in found.values() for iri in iris)
    used = [ref for ref in refs if counts[ref.iri]]
    keys = tuple(Key(min(number, COLOURS), ref, counts[ref.iri]) for number, ref in enumerate(used, 1))
    of = {place: tuple(key for key in keys if key.ref.iri in iris) for place, iris in found.items()}
    return Colouring(keys, {place: mine for place, mine in of.items() if mine}, round_)


def _chosen(store: Store, quarter: Quarter, asked: Question) -> str:
    """Slug of the round whose Handlungsfelder count; "" if there is none."""
    known = facts(store)
    iris = {ref.iri for spot in quarter.spots for ref in spot.fields}
    if asked.handlungsfeld:
        iris = {f"{store.base_iri}handlungsfeld/{asked.handlungsfeld}"}
    slugs = {slug for iri in iris if iri in known.nodes for slug in known.nodes[iri].rounds}
    begun = [(known.rounds[slug].start or date.min, slug) for slug in slugs if slug in known.rounds]
    return asked.round or max(begun, default=(date.min, ""))[1]


def _fields_of(known: Facts, round_: str) -> list[str]:
    """The Handlungsfelder of a round in their order."""
    mine = [node for node in known.nodes.values() if node.type == "handlungsfeld" and round_ in node.rounds]
    return [node.iri for node in sorted(mine, key=lambda node: (len(node.notation), node.notation, node.iri))]


def _fields(store: Store, quarter: Quarter) -> dict[str, set[str]]:
    """The Handlungsfelder worked on at each place, and those matched with them."""
    matches = field_matches(store)
    return {
        spot.ref.iri: {one for ref in spot.fields for one in {ref.iri} | matches.get(ref.iri, frozenset())}
        for spot in quarter.spots
    }


def _rounds(store: Store, quarter: Quarter) -> dict[str, set[str]]:
    """The rounds of the projects at each place: of their fields, named by themselves, or else of their time."""
    known = facts(store)
    fields: defaultdict[str, set[str]] = defaultdict(set)
    for link in known.links:
        if link.relation == "field":
            fields[link.subject].add(link.object)

    def rounds(project: str) -> set[str]:
        node = known.nodes[project]
        named = {slug for iri in (project, *fields[project]) for slug in known.nodes[iri].rounds}
        dated = known.rounds.items() if node.period.start else ()
        return named or {slug for slug, days in dated if days != Period() and days.meets(node.period)}

    return {
        spot.ref.iri: {
            f"{store.base_iri}round/{slug}" for ref in spot.found.get("project", ()) for slug in rounds(ref.iri)
        }
        for spot in quarter.spots
    }
