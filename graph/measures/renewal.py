"""What changes from one time to another: ties that are new, kept and lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    Tie = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Renewal:
    """The ties of two networks side by side; each tie (lesser end, greater end), sorted."""

    new: tuple[Tie, ...]
    kept: tuple[Tie, ...]
    lost: tuple[Tie, ...]

    @property
    def share_kept(self) -> float | None:
        """Share of the earlier ties that are still there, 0 to 1; None if there were none."""
        earlier = len(self.kept) + len(self.lost)
        return len(self.kept) / earlier if earlier else None


def renewal(before: nx.Graph[Any], after: nx.Graph[Any]) -> Renewal:
    """Compare the ties of two networks by their ends; weights do not count."""
    earlier, later = _ties(before), _ties(after)
    return Renewal(*(tuple(sorted(ties)) for ties in (later - earlier, earlier & later, earlier - later)))


def _ties(network: nx.Graph[Any]) -> set[Tie]:
    return {(min(tie), max(tie)) for tie in network.edges}
