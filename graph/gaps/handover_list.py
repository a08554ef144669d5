"""The list "Netz ohne QM": the fewest new ties that hold what the Quartiersmanagement and its bodies hold today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.gaps.gap import SEPARATOR, Gap, Reason, Text
from graph.gaps.handover import new_ties
from graph.gaps.kinds import cuts
from graph.gaps.parting import ENDING
from graph.gaps.structure import named, structure

if TYPE_CHECKING:
    from graph.gaps.filters import Filters
    from graph.gaps.handover import NewTie
    from graph.gaps.kinds import Situation
    from graph.gaps.structure import Structure

MOST_REASONS = 3
"""Reasons told for one line."""


class HandoverList:
    """The new ties, those that bring back most first; () where no Quartiersmanagement is known."""

    def __init__(self, situation: Situation) -> None:
        self.structure = structure(situation)
        leaving = self.structure.leaving(ENDING)
        ties = sorted(new_ties(situation, leaving), key=lambda tie: (-len(tie.back), tie.gap.id))
        self.lines = {line.id: line for tie in ties if (line := tie_line(self.structure, leaving, tie))}

    def gaps(self, wanted: Filters, limit: int) -> list[Gap]:
        """At most `limit` lines that pass the filters."""
        return [line for line in self.lines.values() if self._admitted(line, wanted)][:limit]

    def find(self, rest: str) -> Gap | None:
        """The tie of two slugs, in either order."""
        ids = (tie_id(one, other) for one, other in cuts(rest))
        return next((self.lines[one] for one in ids if one in self.lines), None)

    def _admitted(self, line: Gap, wanted: Filters) -> bool:
        iris = [ref.iri for ref in line.actors]
        return wanted.admits(self.structure.say, *iris) and (not wanted.actor or wanted.actor in iris)


def tie_id(one: str, other: str) -> str:
    """Id of a new tie of two actor slugs, whatever their order."""
    return SEPARATOR.join(("handover", *sorted((one, other))))


def tie_line(structure: Structure, leaving: frozenset[str], tie: NewTie) -> Gap:
    """A new tie as a line: what it holds when those go, then why the two fit."""
    network = structure.network
    bonds = [(ref.iri, hub) for ref in tie.back for hub in sorted(leaving.intersection(network[ref.iri]))]
    gone, back = named(structure.refs({hub for _, hub in bonds}), most=2), named(tie.back)
    text = Text(
        f"Ohne {gone.de} verlieren den Anschluss: {back.de}. Diese Bekanntschaft hält ihn.",
        f"Without {gone.en} these lose their connection: {back.en}. This acquaintance keeps it.",
    )
    evidence = dict.fromkeys(iri for bond in bonds for iri in structure.bond(*bond).evidence)
    cautions = tie.gap.cautions
    if tie.gap.introducers and {ref.iri for ref in tie.gap.introducers} <= leaving:
        cautions = (
            Text("Wer beide kennt, geht: jetzt vorstellen lassen.", "Who knows both goes: ask for it now."),
            *cautions,
        )
    return replace(
        tie.gap,
        id=tie_id(*(ref.slug for ref in tie.gap.actors)),
        kind="handover",
        score=len(tie.back) / (1 + len(tie.back)),
        strength="",
        reasons=(Reason("holds", text, tuple(evidence)), *tie.gap.reasons)[:MOST_REASONS],
        cautions=cautions[:MOST_REASONS],
    )
