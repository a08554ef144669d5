"""The sources of a chapter, numbered in the order in which they are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.directory import Row


class Citations:
    """Gives every source a number when it is named first."""

    def __init__(self, known: Mapping[str, Row]) -> None:
        self._known = {row.ref.iri: row for row in known.values()}
        self._numbers: dict[str, int] = {}

    def numbers(self, sources: Iterable[str]) -> str:
        """The numbers of some sources as they stand in a text: "3, 7"; "" for none; unknown ones are left out."""
        found = {self._number(iri) for iri in sources if iri in self._known}
        return ", ".join(map(str, sorted(found)))

    def cited(self, row: Row) -> str:
        """The numbers of the sources of an entry."""
        return self.numbers(ref.iri for ref in row.refs("source"))

    @property
    def rows(self) -> tuple[tuple[int, Row], ...]:
        """All sources named so far, by number."""
        return tuple((number, self._known[iri]) for iri, number in self._numbers.items())

    def _number(self, iri: str) -> int:
        return self._numbers.setdefault(iri, len(self._numbers) + 1)
