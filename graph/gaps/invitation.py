"""Whom to invite: the smallest set of actors that together reaches everybody, or everybody in a Handlungsfeld.

An actor reaches itself and its partners. Who cannot come is left out, who is coming is kept, and the rest is worked out
anew (`graph.measures.cover`). Actors without a partner can only be reached by inviting them; they are listed, and
invited only on demand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import measures
from graph.errors import NotFound
from graph.gaps.moment import without
from graph.gaps.structure import situation_of, structure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graph.gaps.gap import Ref
    from graph.gaps.structure import Structure
    from graph.store import Store


@dataclass(frozen=True)
class Guest:
    """One to invite.

    Attributes:
        actor: who. pinned: it is coming anyhow.
        reaches: its partners among those who are to be reached, by name.
        only: of them (and itself) those whom nobody else on the list reaches, by name.
    """

    actor: Ref
    pinned: bool
    reaches: tuple[Ref, ...]
    only: tuple[Ref, ...]


@dataclass(frozen=True)
class Invitation:
    """Whom to invite.

    Attributes:
        guests: those who are coming first, then those who reach most.
        reached: how many are reached, guests included. wanted: how many were to be reached.
        unreached: whom nobody on the list reaches: their partners cannot come, and they themselves neither; by name.
        alone: without a partner, to be addressed one by one, by name; () if they are invited, too.
        out: who cannot come, by name.
        at_least: no list can be shorter than this; equal to the length of `guests`: this is the shortest.
    """

    guests: tuple[Guest, ...]
    reached: int
    wanted: int
    unreached: tuple[Ref, ...]
    alone: tuple[Ref, ...]
    out: tuple[Ref, ...]
    at_least: int


def invitation(  # noqa: PLR0913 - one argument per thing a person may choose
    store: Store,
    *,
    handlungsfeld: str = "",
    groups: Iterable[str] = ("qm",),
    out: Iterable[str] = (),
    coming: Iterable[str] = (),
    alone: bool = False,
    as_of: date | None = None,
) -> Invitation:
    """The smallest set of actors that reaches everybody.

    Args:
        store: whose records.
        handlungsfeld: slug; only those who work in it must be reached, by whomever.
        groups: of `graph.gaps.parting.GROUPS`, who neither invites nor must be reached: the hosts.
        out: slugs of actors who cannot come; they must be reached all the same.
        coming: slugs of actors who are coming; who is said to be both is coming.
        alone: invite actors without a partner, too.
        as_of: the day; without it today.

    Raises:
        BadInput: no such group.
        NotFound: no such actor or Handlungsfeld.
    """
    found = structure(situation_of(store, as_of))
    network = without(found.network, found.leaving(groups))
    pinned = [iri for iri in found.iris(dict.fromkeys(coming)) if iri in network]
    barred = set(found.iris(out)) - set(pinned)
    wanted = set(network)
    if handlungsfeld:
        wanted &= _working(found, handlungsfeld)
    lonely = {iri for iri in wanted if not network[iri]} - set(pinned)
    wanted -= set() if alone else lonely
    reach = {iri: [iri, *network[iri]] for iri in network if iri not in barred}
    cover = measures.cover(reach, wanted, pinned=pinned)
    times = Counter(iri for one in cover.chosen for iri in reach[one])
    guests = tuple(
        Guest(
            found.ref(one),
            one in pinned,
            found.refs(wanted.intersection(network[one])),  # not `&` keys of networkx, which walks through all wanted
            found.refs(iri for iri in wanted & set(reach[one]) if times[iri] == 1),
        )
        for one in cover.chosen
    )
    return Invitation(
        guests=guests,
        reached=len(wanted) - len(cover.unreached),
        wanted=len(wanted),
        unreached=found.refs(cover.unreached),
        alone=() if alone else found.refs(lonely),
        out=found.refs(barred),
        at_least=cover.at_least,
    )


def _working(found: Structure, handlungsfeld: str) -> set[str]:
    """Who works in a Handlungsfeld, by its own statement or through a project."""
    field = next((one.iri for one in found.evidence.records.fields if one.slug == handlungsfeld), None)
    if field is None:
        raise NotFound("handlungsfeld", handlungsfeld)
    return {iri for iri in found.network if field in found.say.holders(iri, "field")}
