"""What happens when some go, as two drawings in the same places: who goes stands between those who stay and the rest.

The biggest part is drawn as one node, because what holds together anyhow would only hide what does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.gaps.structure import structure
from graph.picture.drawing import drawing
from graph.picture.explorer import LONG_NAME, TELLING_NAME
from graph.picture.filtering import kind_of
from graph.picture.state import ViewState
from graph.picture.view import Edge, Node, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.gaps.handover import Handover
    from graph.gaps.kinds import Situation
    from graph.gaps.structure import Structure

    Tie = tuple[str, str]

WIDTH: Final = 820.0
"""Of a drawing in its own units."""

MOST: Final = 20
"""Actors drawn in one column; more would leave no room for their names."""

_REST: Final = "rest"
_COLUMNS: Final = (0.0, 190.0, 400.0, 610.0)
_TALL: Final = 480.0


def before_and_after(
    situation: Situation, found: Handover, ties: Iterable[Tie], titles: tuple[str, str], rest: str
) -> tuple[str, str]:
    """Two SVG documents: with those who go, and without them but with some new ties.

    From left to right: everybody else as one node, who of them gets a new tie, who goes, who loses the connection (or,
    if nobody does, a partner). At most `MOST` in a column, those most concerned. Who goes stands hollow afterwards, a
    new tie is green.

    Args:
        situation: of the day.
        found: what happens.
        ties: pairs of IRIs that are new afterwards.
        titles: what either picture shows, in a sentence.
        rest: what the node of everybody else is called; `{count}` is how many that are.
    """
    scene = _Scene(structure(situation), found, tuple(ties), rest)
    before, after = scene.view(is_after=False), scene.view(is_after=True)
    return drawing(before, titles[0], width=WIDTH), drawing(after, titles[1], width=WIDTH)


class _Scene:
    """Who is drawn where, in both pictures."""

    def __init__(self, known: Structure, found: Handover, ties: tuple[Tie, ...], rest: str) -> None:
        self.known, self.ties, self.network = known, ties, known.network
        off = [loss.actor.iri for loss in found.losses if loss.off or not loss.after]
        losing = off or [loss.actor.iri for loss in found.losses]
        self.right = losing[:MOST]
        leaving = {ref.iri for ref in found.leaving}
        near = {iri: len(self.network[iri].keys() & set(self.right)) for iri in leaving}
        concerned = {iri for iri in leaving if near[iri]} or leaving
        self.leaving = sorted(concerned, key=lambda iri: (-near[iri], iri))[:MOST]
        ends = {iri for tie in ties for iri in tie if set(tie) & set(self.right)}
        self.ends = sorted(ends - set(self.right))[:MOST]
        self.gone = leaving
        self.behind = set(self.network) - leaving - set(losing) - set(self.ends)
        self.rest = rest.format(count=len([iri for iri in self.behind if self.network[iri]]))

    def view(self, *, is_after: bool) -> View:
        """One of the two pictures."""
        columns = ([_REST] if self.behind else [], self.ends, self.leaving, self.right)
        nodes = [
            self._node(iri, (x + (60.0 if number % 2 and len(column) > 4 else 0.0), y), is_after=is_after)
            for x, column in zip(_COLUMNS, columns, strict=True)
            for number, (iri, y) in enumerate(zip(column, _spread(len(column)), strict=True))
        ]
        return View(ViewState(), nodes=tuple(nodes), edges=tuple(self._edges({node.id for node in nodes}, is_after)))

    def _edges(self, shown: set[str], is_after: bool) -> Iterable[Edge]:
        gone = self.gone if is_after else set()
        for iri in (*self.ends, *self.leaving, *self.right):
            partners = self.network[iri].keys() - gone if iri not in gone else set()
            if partners & self.behind and _REST in shown:
                yield Edge(_REST, self._id(iri), "shared", look="asserted")
            for other in sorted(partners):
                if iri < other and self._id(other) in shown:
                    yield Edge(self._id(iri), self._id(other), "shared", look="asserted")
        if is_after:
            new = ((self._id(one), self._id(other)) for one, other in self.ties)
            yield from (Edge(one, other, "shared", look="new") for one, other in new if {one, other} <= shown)

    def _node(self, iri: str, at: tuple[float, float], *, is_after: bool) -> Node:
        if iri == _REST:
            return Node(_REST, self.rest, "actor", "", 40, x=at[0], y=at[1], lit=True)
        node = self.network.nodes[iri]
        short = node["short"] if len(node["label"]) > LONG_NAME and len(node["short"]) >= TELLING_NAME else ""
        change = "lost" if is_after and iri in self.gone else ""
        kind, sector = kind_of(node), node["sector"]
        return Node(self._id(iri), node["label"], kind, sector, 4, short=short, change=change, x=at[0], y=at[1])

    def _id(self, iri: str) -> str:
        return "/".join(iri.rsplit("/", 2)[-2:])


def _spread(count: int) -> Sequence[float]:
    """Places of so many in a column, from top to bottom; one stands in the middle."""
    return [_TALL * (number + 0.5) / count for number in range(count)]
