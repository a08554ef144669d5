"""The list "Welche Lücke hat das Quartier?": open cells with what was stated, what is known, and who could help."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph.gaps.cautions import busy, long_unseen
from graph.gaps.coverage import Coverage
from graph.gaps.coverage_words import headline, next_step, reasons, unsure
from graph.gaps.gap import Gap, Ref
from graph.gaps.geometry import apart, point
from graph.gaps.statements import actor_ref, statements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.gaps.coverage import Cell
    from graph.gaps.evidence import Evidence
    from graph.gaps.filters import Filters
    from graph.gaps.gap import Text
    from graph.gaps.records import Actor

HELPERS = 3
"""Actors named for one cell who could step in."""

NEAR = 600.0
"""Metres within which an actor could step in at a place."""


def coverage_list(evidence: Evidence) -> CoverageList:
    """The open cells of that day; shared by all lists."""
    return evidence.once("coverage", lambda: CoverageList(evidence))


class CoverageList:
    """The open cells of one day, of the latest round that states anything unless another is asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self.say = statements(evidence)
        self.evidence = evidence
        self.coverage = Coverage(self.say)

    @cached_property
    def _by_id(self) -> dict[str, Cell]:
        return {self._id(cell): cell for cell in self.coverage.cells}

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines for the filters, most asked for first."""
        cells = [cell for cell in self.coverage.cells if self._admits(wanted, cell)]
        return [gap for cell in cells if (gap := self.gap(cell)).reasons][:limit]

    def find(self, rest: str) -> Gap | None:
        """The cell of that id."""
        cell = self._by_id.get(f"coverage~{rest}")
        return self.gap(cell) if cell is not None else None

    def gap(self, cell: Cell) -> Gap:
        """The line of a cell."""
        helpers = self._helpers(cell)
        agency = self.say.actors.get(cell.value) if cell.dimension == "agency" else None
        cautions: list[Text] = [*unsure(cell), *(text for one in helpers for text in busy(self.say, one))]
        if agency:
            cautions = [*long_unseen(self.say, agency, self._unseen(agency)), *cautions]
        return Gap(
            id=self._id(cell),
            kind="coverage",
            actors=(actor_ref(agency),) if agency else (),
            subject=self._subject(cell),
            score=cell.weight / (1 + cell.weight),
            strength="",
            reasons=reasons(self.say, cell),
            introducers=tuple(actor_ref(actor) for actor in helpers),
            cautions=tuple(cautions[:HELPERS]),
            next_step=next_step(self.say, cell, helpers),
            headline=headline(self.say, cell),
        )

    def _unseen(self, actor: Actor) -> float:
        return float(self.coverage.unseen[self.evidence.actor_at[actor.iri]])

    def _id(self, cell: Cell) -> str:
        return cell.id(lambda iri: self.say.fields[iri].slug if iri in self.say.fields else iri.rpartition("/")[2])

    def _subject(self, cell: Cell) -> Ref:
        if cell.field:
            field = self.say.fields[cell.field]
            return Ref(field.iri, field.label, field.slug, "handlungsfeld")
        place = self.say.places[cell.value]
        return Ref(place.iri, place.label, place.iri.rpartition("/")[2], "place")

    @cached_property
    def _latest(self) -> str:
        """Slug of the latest round with a statement about one of its fields; "" without any.

        Rounds without a day count as the earliest, and among each other by their slug.
        """
        found = [self.say.fields[cell.field] for cell in self.coverage.cells if cell.field]
        days = ((field.start.toordinal() if field.start else 0, field.round) for field in found)
        return max(days, default=(0, ""))[1]

    def _round(self, cell: Cell) -> str:
        return self.say.fields[cell.field].round if cell.field else cell.demands[0].round

    def _admits(self, wanted: Filters, cell: Cell) -> bool:
        if cell.field and wanted.fields:
            passed = cell.field in wanted.fields
        else:
            # A place without a field stands in the list of its round, and in no list of a field.
            passed = self._round(cell) == (wanted.round or self._latest) and bool(wanted.round or not wanted.fields)
        if not passed:
            return False
        if wanted.place and not self._is_at(cell, wanted.place):
            return False
        return not wanted.actor or cell.value == wanted.actor or wanted.actor in {x.iri for x in self._helpers(cell)}

    def _is_at(self, cell: Cell, place: str) -> bool:
        named = {cell.value, *(demand.place for demand in cell.demands)}
        return place in named or any(actor.place == place for actor in self._helpers(cell))

    @cached_property
    def open_cells(self) -> list[Cell]:
        """The cells of the latest round that have a field."""
        return [cell for cell in self.coverage.cells if cell.field and self._round(cell) == self._latest]

    def inside(self, cell: Cell) -> list[int]:
        """Positions of those who work in the field of a cell."""
        return [self.evidence.actor_at[iri] for iri in self.coverage.working.in_field(cell.field).people]

    def fitting(self, cell: Cell) -> list[int]:
        """Positions of all who could fill a cell: at its place, of its sector, for its people; the authority itself."""
        if cell.dimension == "agency":
            return [self.evidence.actor_at[cell.value]] if cell.value else []
        return [at for at in self._found(cell) if self._may_help[at]]

    def _found(self, cell: Cell) -> list[int]:
        fits = {"place": self._at_place, "target": self._for_people, "sector": self._of_sector}
        return fits.get(cell.dimension, self._of_before)(cell)

    def _helpers(self, cell: Cell) -> tuple[Actor, ...]:
        """Who could step in, best placed first; never the QM and its bodies."""
        found = self._who_know(cell) if cell.dimension == "agency" else self._found(cell)
        here = (at for at in found if self._may_help[at] and self.evidence.records.actors[at].iri != cell.value)
        return tuple(self.evidence.records.actors[at] for at in list(dict.fromkeys(here))[:HELPERS])

    @cached_property
    def _may_help(self) -> np.ndarray:
        from graph.gaps.candidates import eligible

        return np.asarray(eligible(self.evidence) & ~self.evidence.agency & ~self.coverage.gone)

    def _ordered(self, positions: Iterable[int], cell: Cell) -> list[int]:
        """Those who work in the field first, then by how much they do now."""
        inside = self.coverage.working.in_field(cell.field).people if cell.field else {}
        actors, standing = self.evidence.records.actors, self.evidence.standing
        return sorted(positions, key=lambda at: (actors[at].iri not in inside, -float(standing[at]), at))

    def _at_place(self, cell: Cell) -> list[int]:
        actors = self.evidence.records.actors
        there = [at for at, actor in enumerate(actors) if actor.place == cell.value]
        spot = point(self.say.places[cell.value].wkt)
        if spot is None:
            return self._ordered(there, cell)
        away = apart(self.evidence.spots, np.array(spot))
        return self._ordered([*there, *np.flatnonzero(away <= NEAR).tolist()], cell)

    def _for_people(self, cell: Cell) -> list[int]:
        return self._ordered(self._served.get(cell.value, ()), cell)

    @cached_property
    def _served(self) -> dict[str, list[int]]:
        """Target group → positions of the actors that are there for it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, actor in enumerate(self.evidence.records.actors):
            for group in self.say.holders(actor.iri, "target"):
                found[group].append(at)
        return found

    def _of_sector(self, cell: Cell) -> list[int]:
        actors, sector = self.evidence.records.actors, cell.value.rpartition("/")[2]
        return self._ordered((at for at, actor in enumerate(actors) if actor.sector == sector), cell)

    def _of_before(self, cell: Cell) -> list[int]:
        work = self.coverage.working.in_field(cell.field)
        return self._ordered((self.evidence.actor_at[iri] for iri in work.former), cell)

    def _who_know(self, cell: Cell) -> list[int]:
        """Those at work in the field who had a project with the authority."""
        if not cell.value:
            return []
        inside = self.coverage.working.in_field(cell.field).people
        known = set(self.say.partners_of(cell.value))
        return self._ordered((self.evidence.actor_at[iri] for iri in inside if iri in known), cell)
