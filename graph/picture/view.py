"""One way of looking at the network, worked out: what is drawn, listed and counted. Plain facts only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.picture.looks import UNCOUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.picture.state import ViewState


@dataclass(frozen=True)
class Node:
    """One node of a picture.

    ``id`` is ``type/slug``, as in addresses. ``degree`` counts connections in this picture, ``more`` those the
    picture leaves out. ``distance`` is the number of steps from the focus (0 without a focus). ``lit`` is whether a
    lens or a highlight picks it out; ``side`` where its name stands ("" below); ``short`` the short name of what has
    a long one. ``folded`` is the kind that all it leaves out have in common, ``opened`` whether it was unfolded.
    ``change`` is "new" or "lost" if it is connected only now or only in the round compared with. ``x`` and ``y`` are
    pixels at scale 1.
    """

    id: str
    label: str
    kind: str
    sector: str
    degree: int
    more: int = 0
    distance: int = 0
    lit: bool = False
    side: str = ""
    short: str = ""
    folded: str = ""
    opened: bool = False
    change: str = ""
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class Edge:
    """One connection: ``source`` and ``target`` are node ids; ``directed`` when the order means something.

    ``kind`` says what connects: a relation of `graph.network`, or ``shared`` (through what ``via`` names). ``role``
    is the slug of the role or tie kind, if any. ``since`` and ``until`` are years as far as known. ``weight`` grows
    with the closeness, 1 for a single statement. ``look`` is one of `graph.picture.looks.LOOKS`: its state, or what
    became of it since the round compared with. ``lit`` is whether a lens picks it out; ``aside`` whether it connects
    two that stand equally far from the focus, which lies behind what leads from ring to ring.
    """

    source: str
    target: str
    kind: str
    role: str = ""
    via: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    weight: float = 1.0
    directed: bool = False
    look: str = "derived"
    lit: bool = False
    aside: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is a connection, not one that is only wished for, failed, or no more."""
        return self.look not in UNCOUNTED


@dataclass(frozen=True)
class Cluster:
    """A group of actors: named after its best-tied one and the Handlungsfeld most of them work in ("" if none).

    ``members`` are node ids, ``links`` pairs of them: the shortest lines that hold all of them together.
    """

    core: str
    field: str
    members: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sector:
    """A Handlungsfeld round the focus, from angle ``low`` to ``high`` (radians, clockwise, -π/2 at the top).

    ``inner`` and ``outer`` are the radii of the first and of the last ring, in pixels at scale 1.
    """

    name: str
    low: float
    high: float
    inner: float
    outer: float


@dataclass(frozen=True)
class View:
    """What there is to see for one `ViewState`.

    ``counts`` has the nodes of each kind before the legend hides any, in the legend's order, and ``looks`` the
    connections of each look. ``clusters`` are the groups, where they are asked for, biggest first, ``sectors`` the
    Handlungsfelder round a focus, clockwise from the top. ``total`` is the number of nodes before focus and legend,
    ``unlinked`` how many actors asked for have no connection and are therefore not drawn. ``crowded`` is the number of
    nodes if the picture would be too large to draw unasked, and then nothing else is filled in. ``focus_label`` names
    the focus, shown or not, ``compared_label`` the round compared with and ``present_label`` the round that is
    compared, if it is one. ``missing_focus`` tells that the focus exists, but not in what the filters leave. ``pinned``
    tells that somebody put nodes elsewhere by hand.
    """

    state: ViewState
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    focus: Node | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    looks: Mapping[str, int] = field(default_factory=dict)
    clusters: tuple[Cluster, ...] = ()
    sectors: tuple[Sector, ...] = ()
    total: int = 0
    unlinked: int = 0
    crowded: int = 0
    focus_label: str = ""
    compared_label: str = ""
    present_label: str = ""
    missing_focus: bool = False
    pinned: bool = False

    @property
    def labels(self) -> Mapping[str, str]:
        """Name of each node by id."""
        return {node.id: node.label for node in self.nodes}

    @property
    def listed(self) -> tuple[Node, ...]:
        """The nodes as a table lists them: nearest to the focus first, then the most connected, then by name."""
        return tuple(sorted(self.nodes, key=lambda node: (node.distance, -node.degree, node.label.casefold(), node.id)))

    def neighbours(self, node_id: str) -> tuple[Node, ...]:
        """The nodes connected with one, by name."""
        near = {edge.target for edge in self.edges if edge.source == node_id}
        near |= {edge.source for edge in self.edges if edge.target == node_id}
        return tuple(sorted((n for n in self.nodes if n.id in near), key=lambda n: (n.label.casefold(), n.id)))
