"""Links after a merge: those that lead from an entry to itself go, those that say the same twice become one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import pyoxigraph as ox

from graph import labels
from graph.merging.draft import Draft, fills, moved
from ontology.schema import entity_types
from ontology.terms import PNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ontology.schema import EntityType

_IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "involvement": ("actor", "project_or_event", "role"),
    "funding": ("project", "programme", "payer"),
    "membership": ("member", "network", "role"),
    "tie": ("from_actor", "to_actor", "kind"),
}
"""The fields that say which link it is; two links equal in them are one if nothing else they say differs."""

_ENDS: Final = {"membership": ("member", "network"), "tie": ("from_actor", "to_actor")}
"""Links whose two ends must be two."""

_EVEN: Final = frozenset({PNS["tie-kind/kooperiert-mit"], PNS["tie-kind/vernetzt-mit"]})
"""Kinds of ties that are the same from either end."""


@dataclass(frozen=True)
class Dropped:
    """A link that a merge took away.

    Attributes:
        why: "self" (it would lead from the entry to itself) or "double" (the entry has the same link already).
        label: its ends by name, before the merge.
        type: its entry type; of a fact of the entry itself, that entry's.
    """

    why: Literal["self", "double"]
    label: str
    type: str


class Joiner:
    """Tidies the links of a draft that now lead to `keep`.

    Args:
        draft: in which links to the gone entry have been moved.
        keep: where they lead.
    """

    def __init__(self, draft: Draft, keep: ox.NamedNode) -> None:
        self._draft, self._keep = draft, keep
        self.dropped: list[Dropped] = []

    def tidy(self, nodes: Iterable[ox.NamedNode]) -> None:
        """Look at the links that were moved."""
        moved_ones = set(nodes)
        twins: dict[tuple[str, ...], list[ox.NamedNode]] = defaultdict(list)
        for other in sorted({quad.subject for quad in self._draft.pointing(self._keep)} - moved_ones, key=str):
            if isinstance(other, ox.NamedNode) and (kind := self._kind(other)):
                twins[self._identity(other, kind)].append(other)
        for node in sorted(moved_ones, key=str):
            kind = self._kind(node)
            if kind is None:
                continue
            if kind.name in _ENDS and len({self._end(node, kind, name) for name in _ENDS[kind.name]}) == 1:
                self._drop(node, kind, "self", self._keep)
                continue
            same = (other for other in twins[self._identity(node, kind)] if self._agree(node, other, kind))
            if twin := next(same, None):
                self._hand_over(node, twin, kind)
                self._drop(node, kind, "double", twin)

    def _kind(self, node: ox.NamedNode) -> EntityType | None:
        found = labels.entry_of(self._draft.store, node.value)
        return entity_types()[found[0]] if found and found[0] in _IDENTITY else None

    def _end(self, node: ox.NamedNode, kind: EntityType, name: str) -> str:
        return next((str(quad.object) for quad in self._draft.values(node, kind.field(name))), "")

    def _identity(self, node: ox.NamedNode, kind: EntityType) -> tuple[str, ...]:
        parts = [self._end(node, kind, name) for name in _IDENTITY[kind.name]]
        is_even = kind.name == "tie" and parts[2].strip("<>") in _EVEN
        return (kind.name, *(sorted(parts[:2]) if is_even else parts[:2]), parts[2])

    def _agree(self, one: ox.NamedNode, other: ox.NamedNode, kind: EntityType) -> bool:
        for field in kind.fields:
            if field.many or field.name in _IDENTITY[kind.name] or field.name == "last_confirmed":
                continue
            both = [{quad.object for quad in self._draft.values(node, field)} for node in (one, other)]
            if all(both) and both[0] != both[1]:
                return False
        return True

    def _hand_over(self, node: ox.NamedNode, twin: ox.NamedNode, kind: EntityType) -> None:
        """Give the twin what only the other says: periods, sources."""
        single = [field for field in kind.fields if not field.many]
        for quad in self._draft.facts(node):
            field = next((field for field in single if fills(field, quad)), None)
            if field is None or not self._draft.values(twin, field):
                self._draft.add(moved(quad, node, twin))

    def _label(self, node: ox.NamedNode, kind: EntityType) -> str:
        called = labels.labels(self._draft.store, "de")
        stored = {quad.predicate.value: quad.object for quad in self._draft.stored(node)}
        ends = (stored.get(kind.field(name).path[0]) for name in _IDENTITY[kind.name])
        return " – ".join(called[end.value] for end in ends if isinstance(end, ox.NamedNode) and end.value in called)

    def _drop(self, node: ox.NamedNode, kind: EntityType, why: Literal["self", "double"], heir: ox.NamedNode) -> None:
        self.dropped.append(Dropped(why, self._label(node, kind), kind.name))
        for quad in self._draft.facts(node):
            self._draft.remove(quad)
        for quad in list(self._draft.pointing(node)):
            self._draft.remove(quad)
            self._draft.add(moved(quad, node, heir))
