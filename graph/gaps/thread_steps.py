"""What would help against a thread: the most obvious acquaintance that makes a second way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph.gaps.gap import Reason, Ref, Text
from graph.gaps.structure import named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graph.gaps.gap import Gap
    from graph.gaps.pair_list import PairList
    from graph.gaps.structure import Structure
    from graph.gaps.threads import Thread


class Way(NamedTuple):
    """What would help.

    Attributes:
        step: what to do now.
        reasons: why the two who should meet fit; () if nobody is known.
        introducers: who knows both.
        bridge, newcomer: of the two.
    """

    step: Text
    reasons: tuple[Reason, ...] = ()
    introducers: tuple[Ref, ...] = ()
    bridge: bool = False
    newcomer: bool = False


class SecondWays:
    """Looks for second ways among the pairs that have something in common (the list `introduce`)."""

    def __init__(self, structure: Structure, pairs: PairList) -> None:
        self.structure, self.pairs = structure, pairs

    def way(self, thread: Thread) -> Way:
        """What would help against a thread; who to ask where no pair is known."""
        if thread.sort == "field":
            return self._second_carrier(thread)
        number = self._number(thread)
        return self._meeting(self.pairs.gap(number)) if number is not None else self._asking(thread)

    def pair(self, thread: Thread) -> tuple[str, str] | None:
        """IRIs of the two who should meet; None where nobody is known."""
        number = None if thread.sort == "field" else self._number(thread)
        return None if number is None else self._ends(number)

    def _ends(self, number: int) -> tuple[str, str]:
        one, other = (self.pairs.actors[side[number]].iri for side in self.pairs.scores.pairs)
        return one, other

    def _number(self, thread: Thread) -> int | None:
        """The best pair of one who hangs there and one who keeps the connection, best without `holds`, too."""
        piece = thread.hangs[0]
        there = self.structure.component_of[piece[0]] - {thread.holds, *(iri for one in thread.hangs for iri in one)}
        firm = there - self.structure.cut_off.get(thread.holds, frozenset())
        return next((number for others in (firm, there) for number in self._across(piece, others)), None)

    def _across(self, some: Collection[str], others: Collection[str]) -> Iterator[int]:
        """Pairs of one of `some` with one of `others` for which something speaks, best first."""
        at = self.structure.evidence.actor_at
        side = np.zeros(len(at), dtype=np.int8)
        side[[at[iri] for iri in others]] = 2
        side[[at[iri] for iri in some]] = 1
        numbers = self.pairs.pairs_of(at[iri] for iri in some)
        first, second = self.pairs.scores.pairs
        across = numbers[side[first[numbers]] + side[second[numbers]] == 3]
        return (number for number in self.pairs.fit(across).tolist() if self.pairs.reasons(number))

    def _meeting(self, gap: Gap) -> Way:
        one, other = (ref.label for ref in gap.actors)
        text = Text(
            f"Einen zweiten Weg schaffen: „{one}“ und „{other}“ einander vorstellen.",
            f"Make a second way: introduce “{one}” and “{other}” to each other.",
        )
        if gap.introducers:
            helper = gap.introducers[0].label
            text = Text(
                f"Einen zweiten Weg schaffen: „{helper}“ bitten, „{one}“ und „{other}“ einander vorzustellen.",
                f"Make a second way: ask “{helper}” to introduce “{one}” and “{other}” to each other.",
            )
        why = gap.reasons[0]
        said = Text(
            f"Für „{one}“ und „{other}“ spricht: {why.text.de}", f"For “{one}” and “{other}” speaks: {why.text.en}"
        )
        return Way(text, (Reason("second_way", said, why.evidence),), gap.introducers, gap.bridge, gap.newcomer)

    def _asking(self, thread: Thread) -> Way:
        who = named(self.structure.refs(thread.hangs[0]), most=2)
        return Way(
            Text(
                f"Ein naheliegender zweiter Weg ist nicht bekannt. {who.de} fragen, mit wem sie sonst zu tun haben.",
                f"No obvious second way is known. Ask {who.en} whom else they deal with.",
            )
        )

    def _second_carrier(self, thread: Thread) -> Way:
        structure = self.structure
        others = [iri for iri, fields in structure.works_in.items() if thread.end in fields and iri != thread.holds]
        standing, at = structure.evidence.standing, structure.evidence.actor_at
        best = sorted(others, key=lambda iri: (-standing[at[iri]], iri))[:3]
        if not best:
            return Way(
                Text(
                    "Sonst ist niemand bekannt, der in diesem Handlungsfeld arbeitet: in der Planungsrunde fragen.",
                    "Nobody else is known to work in this field of action: ask in the planning round.",
                )
            )
        who = named(map(structure.ref, best))
        return Way(
            Text(
                f"Einen zweiten Träger gewinnen. In diesem Handlungsfeld arbeiten schon: {who.de}.",
                f"Win a second Träger. Already working in this field of action: {who.en}.",
            )
        )
