"""Where entries and links come from: a source for each row of a list, and one for each table that knows its columns."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import entries
from graph.importing.speaking import scope
from ontology.schema import entity_types
from ontology.terms import PN, PROV, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.importing.columnplans import TablePlan
    from graph.importing.facts import Row, Spot
    from graph.store import Store

FROM: Final = ox.NamedNode(PROV.wasDerivedFrom)
COLUMNS: Final = ox.NamedNode(PN.columns)


class Evidence:
    """The sources of one import.

    Args:
        store: where they may be already.
        graph: where they go.
    """

    def __init__(self, store: Store, graph: ox.NamedNode) -> None:
        self._store, self._graph = store, graph
        self._rows: dict[Row, ox.NamedNode] = {}
        self._tables: dict[Row, set[str]] = {}

    def of(self, subject: ox.NamedNode, spots: Iterable[Spot]) -> Iterator[ox.Quad]:
        """That something comes from the rows of those cells."""
        for spot in spots:
            if spot.row not in self._rows:
                self._rows[spot.row] = self._node(spot.row)
            yield ox.Quad(subject, FROM, self._rows[spot.row], self._graph)

    def tables(self, plans: Iterable[TablePlan]) -> set[str]:
        """Take note of tables; the IRIs of their sources."""
        for plan in plans:
            row = (plan.table.file, plan.table.sheet, 0)
            self._rows[row] = self._node(row)
            self._tables.setdefault(row, set()).add(scope(plan).described())
        return {self._rows[row].value for row in self._tables}

    def quads(self) -> Iterator[ox.Quad]:
        """What the sources themselves say."""
        kind = entity_types()["source"]
        for row, node in self._rows.items():
            yield ox.Quad(node, ox.NamedNode(RDF.type), ox.NamedNode(kind.classes[0]), self._graph)
            for name, text in self._texts(node, *row).items():
                field = kind.field(name)
                yield ox.Quad(node, ox.NamedNode(field.path[-1]), entries.term(field, text), self._graph)
            for text in self._tables.get(row, ()):
                yield ox.Quad(node, COLUMNS, ox.Literal(text), self._graph)

    def _texts(self, node: ox.NamedNode, file: str, sheet: str, row: int) -> dict[str, str]:
        retrieved = ox.NamedNode(entity_types()["source"].field("retrieved").path[-1])
        days = [str(quad.object.value) for quad in self._store.quads(node, retrieved)]  # type: ignore[union-attr]  # a day is a literal
        return {
            "title": ", ".join(filter(None, (file, sheet and f"Blatt {sheet}", f"Zeile {row}" if row else ""))),
            "kind": "tabelle",
            "retrieved": next(iter(days), dt.datetime.now(dt.UTC).date().isoformat()),
        }

    def _node(self, row: Row) -> ox.NamedNode:
        file, sheet, line = row
        parts = [entries.slug(file, 40), entries.slug(sheet, 30), str(line or "")]
        name = "-".join(part for part in parts if part)
        return entries.iri(self._store.base_iri, entity_types()["source"], name)


def table_of(source: str) -> str:
    """The IRI of the source for a table, from that of one of its rows."""
    return re.sub(r"-\d+$", "", source)
