"""The state of the network in a few counts, so that before and after stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import measures

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import networkx as nx

    from graph.gaps.kinds import Situation
    from graph.gaps.structure import Structure

CIRCLES_UP_TO = 2000
"""Actors up to which circles are counted: fifty runs over more take longer than anybody waits."""


@dataclass(frozen=True)
class Moment:
    """One state of the network.

    Attributes:
        actors: who is there. alone: of them without a partner.
        parts: separate parts of at least two. largest: how many are in the biggest of them.
        cut_actors: actors without whom others lose their connection.
        circles: stable groups (`graph.measures.groups`); None in networks of more than `CIRCLES_UP_TO` actors.
        fields: Handlungsfelder of the latest round in which somebody works, of all `of_fields`.
        cells: pairs of a Handlungsfeld and a sector with somebody, of all pairs `of_cells` of fields and sectors that
            occur on the day.
    """

    actors: int
    alone: int
    parts: int
    largest: int
    cut_actors: int
    circles: int | None
    fields: int
    of_fields: int
    cells: int
    of_cells: int


def moment(
    structure: Structure,
    network: nx.Graph[str],
    works_in: Mapping[str, Collection[str]],
    uncounted: Collection[str] = frozenset(),
) -> Moment:
    """The counts of a network.

    Args:
        structure: of the day; says which fields and sectors there are.
        network: as it is, what is left of it, or what it would become.
        works_in: actor to the Handlungsfelder it works in then.
        uncounted: actors of the network who connect others and work, but are not counted themselves.
    """
    parts = [(len(part), sum(iri not in uncounted for iri in part)) for part in measures.components(network)]
    sector = {actor.iri: actor.sector for actor in structure.evidence.records.actors}
    sectors = {sector[iri] for iri in structure.network if sector[iri]}
    worked = {(field, sector[iri]) for iri in network for field in works_in.get(iri, ())}
    return Moment(
        actors=sum(count for _, count in parts),
        alone=sum(count for size, count in parts if size == 1),
        parts=sum(size > 1 and count > 0 for size, count in parts),
        largest=max((count for size, count in parts if size > 1), default=0),
        cut_actors=sum(cut.actor not in uncounted for cut in measures.cuts(network)),
        circles=len(measures.groups(network)) if len(network) <= CIRCLES_UP_TO else None,
        fields=len({field for field, _ in worked}),
        of_fields=len(structure.fields),
        cells=sum(bool(name) for _, name in worked),
        of_cells=len(structure.fields) * len(sectors),
    )


def before(situation: Situation, structure: Structure, leaving: frozenset[str]) -> Moment:
    """The network as it is, without counting who is about to go; kept, because it is asked for again and again."""
    key = ("gaps-before", situation.evidence.horizon, leaving)
    return situation.store.cached(key, lambda: moment(structure, structure.network, structure.works_in, leaving))


def without(network: nx.Graph[str], leaving: Collection[str]) -> nx.Graph[str]:
    """A copy of the network without some actors, in the same order; of the ties only their weight."""
    rest: nx.Graph[str] = network.__class__()
    rest.add_nodes_from(iri for iri in network if iri not in leaving)
    for one, other, tie in network.edges(data=True):
        if one not in leaving and other not in leaving:
            rest.add_edge(one, other, weight=tie["weight"])
    return rest
