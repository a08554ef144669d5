"""Is there such an entry already? Asked before a new one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.directory.values import table
from graph.editing.links import directory_of

if TYPE_CHECKING:
    from graph.matching import Matcher
    from graph.store import Store

_COMPARED: Final = frozenset({"actor", "programme", "place", "project", "event"})
"""Entry types whose names are compared with understanding; of others only the same name counts."""


def alike(store: Store, kind: str, name: str, limit: int = 4) -> list[str]:
    """The IRIs of entries that a new one of that name may be, best first: the same name, or nearly."""
    same = directory_of(store).find(name, (kind,))
    if kind not in _COMPARED:
        return same
    from graph.matching import Body

    match = _matcher(store, kind).match(Body("", (name,)))
    near = [match.key, *match.others] if match.outcome != "new" else []
    return list(dict.fromkeys([*same, *filter(None, near)]))[:limit]


def _matcher(store: Store, kind: str) -> Matcher:
    def build() -> Matcher:
        from graph.matching import Body, Matcher

        rows = table(store, kind, "de").values()
        return Matcher(
            Body(
                row.ref.iri,
                (row.ref.label, *(value.text for value in row.values("other_names"))),
                abbreviations=tuple(value.text for value in row.values("short_name")),
            )
            for row in rows
        )

    return store.cached(("editing alike", kind), build)
