"""What a new contact would be good for: the order *nützlich*, beside the one of what is obvious.

Four uses are looked at: it bridges two sectors or two parts of the network, it is a second way where there was one,
it brings together who works in a field with an open cell (see `coverage`) and who could fill it, and it takes in a
newcomer. Each counts 1. Hits of the past say nothing about them, so the backtest does not judge this order.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from graph.gaps import matrices as m
from graph.gaps.coverage_words import headline
from graph.gaps.gap import Text
from graph.gaps.products import row_products
from ontology.concepts import concept

if TYPE_CHECKING:
    from collections.abc import Iterator

    import igraph
    from numpy.typing import NDArray

    from graph.gaps.coverage_list import CoverageList
    from graph.gaps.statements import Statements

    Numbers = NDArray[np.float64]
    Positions = NDArray[np.int64]
    Bools = NDArray[np.bool_]


class Uses:
    """The uses of contacts on one day.

    Args:
        say: the statements of the day.
        coverage: its open cells.
    """

    def __init__(self, say: Statements, coverage: CoverageList) -> None:
        self.say = say
        self.evidence = say.evidence
        self._coverage = coverage

    def count(self, first: Positions, second: Positions) -> Numbers:
        """Number of uses of each pair of positions, 0..5."""
        found = (
            self.bridges(first, second).astype(float) + self.newcomers(first, second) + self.second_ways(first, second)
        )
        return np.asarray(found + self.parts(first, second) + self._served(first, second))

    def bridges(self, first: Positions, second: Positions) -> Bools:
        """Pairs of different sectors, both known."""
        of = self._sectors
        return np.asarray((of[first] != of[second]) & (of[first] >= 0) & (of[second] >= 0))

    @cached_property
    def _sectors(self) -> Positions:
        """Number of each actor's sector; −1 where it is unknown."""
        actors = self.evidence.records.actors
        names = m.numbered(actor.sector for actor in actors)
        return np.array([names[actor.sector] if actor.sector else -1 for actor in actors], dtype=np.int64)

    def newcomers(self, first: Positions, second: Positions) -> Bools:
        """Pairs with a newcomer."""
        new = self.evidence.newcomer
        return np.asarray(new[first] | new[second])

    @cached_property
    def _near(self) -> sparse.csr_array:
        """Who works with whom, the QM left out: what it holds together ends with it."""
        keep = np.where(self.evidence.quartiersmanagement, 0.0, 1.0)
        near = m.row_scaled(m.column_scaled(m.binary(self.evidence.partners), keep), keep)
        near.eliminate_zeros()
        return near

    @cached_property
    def _drawn(self) -> igraph.Graph:
        import igraph

        cells = sparse.triu(self._near, 1).tocoo()
        return igraph.Graph(self._near.shape[0], list(zip(cells.row.tolist(), cells.col.tolist(), strict=True)))

    @cached_property
    def _part_of(self) -> Positions:
        """Number of the part of the network each actor is in."""
        return np.array(self._drawn.connected_components().membership, dtype=np.int64)

    def parts(self, first: Positions, second: Positions) -> Bools:
        """Pairs in two parts of the network of two actors or more that nothing connects without the QM."""
        apart = self._part_of[first] != self._part_of[second]
        sizes = np.bincount(self._part_of)
        return np.asarray(apart & (sizes[self._part_of[first]] > 1) & (sizes[self._part_of[second]] > 1))

    @cached_property
    def _blocks(self) -> tuple[sparse.csr_array, Bools]:
        """Actors × blocks (what stays connected whoever leaves), and who is a cut actor.

        Source:
            Hopcroft, J., Tarjan, R. (1973): Efficient algorithms for graph manipulation. CACM 16.
        """
        size, blocks = self._near.shape[0], self._drawn.biconnected_components()
        members = [(actor, number) for number, block in enumerate(blocks) for actor in block]
        cut = np.zeros(size, dtype=bool)
        cut[self._drawn.articulation_points()] = True
        if not members:
            return sparse.csr_array((size, 1), dtype=float), cut
        rows, columns = np.array(members).T
        return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, len(blocks))), cut

    def second_ways(self, first: Positions, second: Positions) -> Bools:
        """Pairs of one part whose every connection runs through a cut actor."""
        blocks, _ = self._blocks
        together = self._part_of[first] == self._part_of[second]
        return np.asarray(together & (row_products(blocks, first, second) == 0))

    @cached_property
    def _cells(self) -> list[tuple[Bools, Bools, Text]]:
        """Of each open cell of the latest round: who works in the field, who could fill it, what it is called."""
        found = []
        for cell in self._coverage.open_cells:
            inside = np.zeros(len(self.evidence.actor_at), dtype=bool)
            inside[self._coverage.inside(cell)] = True
            helpers = np.zeros_like(inside)
            helpers[self._coverage.fitting(cell)] = True
            found.append((inside, helpers & ~inside, headline(self.say, cell)))
        return found

    def _served(self, first: Positions, second: Positions) -> Bools:
        found = np.zeros(len(first), dtype=bool)
        for inside, helpers, _ in self._cells:
            found |= (inside[first] & helpers[second]) | (inside[second] & helpers[first])
        return found

    def told(self, one: int, other: int) -> tuple[Text, ...]:
        """The uses of one pair as sentences."""
        return tuple(self._told(one, other))

    def _told(self, one: int, other: int) -> Iterator[Text]:
        first, second = np.array([one]), np.array([other])
        actors = self.evidence.records.actors
        served = (text for ins, fit, text in self._cells if (ins[one] & fit[other]) | (ins[other] & fit[one]))
        need = next(served, None)
        if need is not None:
            yield Text(f"Kann eine Lücke schließen: {need.de}.", f"Can close a gap: {need.en}.")
        if self.second_ways(first, second)[0]:
            yield self._way(one, other)
        if self.parts(first, second)[0]:
            yield Text(
                "Verbindet zwei Teile des Netzes, die ohne das QM nichts verbindet.",
                "Connects two parts of the network that nothing connects without the QM.",
            )
        if self.bridges(first, second)[0]:
            named = [concept("sector", actors[at].sector).label for at in (one, other)]
            yield Text(
                f"Verbindet die Bereiche {named[0]['de']} und {named[1]['de']}.",
                f"Connects the sectors {named[0]['en']} and {named[1]['en']}.",
            )
        new = [actors[at].label for at in (one, other) if self.evidence.newcomer[at]]
        if new:
            yield Text(
                f"Holt {' und '.join(f'„{name}“' for name in new)} dazu, bisher kaum eingebunden.",
                f"Takes in {' and '.join(f'“{name}”' for name in new)}, hardly involved so far.",
            )

    def _way(self, one: int, other: int) -> Text:
        """The second way, with the cut actor where it is a common partner."""
        near, (_, cut) = self._near, self._blocks
        common = near[[one]].multiply(near[[other]]).tocoo().col
        through = [at for at in sorted(common.tolist()) if cut[at]]
        if not through:
            return Text(
                "Gibt dem Netz einen zweiten Weg, wo bisher alles über einen einzigen Akteur läuft.",
                "Gives the network a second way where all runs through a single actor so far.",
            )
        name = self.evidence.records.actors[through[0]].label
        return Text(
            f"Gibt einen zweiten Weg, falls „{name}“ ausfällt.",
            f"Gives a second way in case “{name}” drops out.",
        )
