"""Is there such an entry already? Asked before a new one is made."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from graph.directory.values import table
from graph.editing.links import directory_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.cache import Touched
    from graph.directory.values import Row
    from graph.matching import Body
    from graph.store import Store

_COMPARED: Final = frozenset({"actor", "programme", "place", "project", "event"})
"""Entry types whose names are compared with understanding; of others only the same name counts."""


_MANY: Final = 200
"""More entries that changed than these are sooner taken apart with all others."""


def alike(store: Store, kind: str, name: str, limit: int = 4) -> list[str]:
    """The IRIs of entries that a new one of that name may be, best first: the same name, or nearly."""
    same = directory_of(store).find(name, (kind,))
    if kind not in _COMPARED:
        return same
    return list(dict.fromkeys([*same, *_known(store, kind).near(name)]))[:limit]


def _known(store: Store, kind: str) -> _Known:
    def build() -> _Known:
        return _Known(table(store, kind, "de"))

    def renew(old: _Known, _: Touched) -> _Known:
        return old.renewed(table(store, kind, "de"))

    return store.followed(("editing alike", kind), build, renew)


class _Known:
    """What the entries of a type are called, taken apart.

    There is one of it, not one per data version: it knows at once what was changed, and whoever asks at that moment
    may hear of it a little too soon.
    """

    def __init__(self, rows: Mapping[str, Row]) -> None:
        from graph.matching import Matcher

        self._rows, self._matcher, self._lock = rows, Matcher(map(_body, rows.values())), threading.Lock()

    def renewed(self, rows: Mapping[str, Row]) -> _Known:
        """What they are called after a change."""
        with self._lock:
            late = [row for slug, row in rows.items() if self._rows.get(slug) is not row]
            gone = [row for slug, row in self._rows.items() if rows.get(slug) is not row]
            if len(late) + len(gone) > _MANY:
                return _Known(rows)
            for row in gone:
                self._matcher.remove(row.ref.iri)
            for row in late:
                self._matcher.add(_body(row))
            self._rows = rows
            return self

    def near(self, name: str) -> list[str]:
        """The IRIs of entries that are called so, or nearly so, best first."""
        from graph.matching import Body

        with self._lock:
            match = self._matcher.match(Body("", (name,)))
        return list(filter(None, (match.key, *match.others))) if match.outcome != "new" else []


def _body(row: Row) -> Body:
    from graph.matching import Body

    return Body(
        row.ref.iri,
        (row.ref.label, *(value.text for value in row.values("other_names"))),
        abbreviations=tuple(value.text for value in row.values("short_name")),
    )
