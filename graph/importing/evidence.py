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
_TYPE: Final = ox.NamedNode(RDF.type)


class Evidence:
    """The sources of one import.

    Args:
        store: where they may be already.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: dict[Row, ox.NamedNode] = {}
        self._tables: dict[Row, set[str]] = {}
        self._today = dt.datetime.now(dt.UTC).date().isoformat()

    def of(self, spots: Iterable[Spot]) -> Iterator[ox.NamedNode]:
        """The sources of the rows of those cells."""
        for spot in spots:
            row = spot.row
            if row not in self._rows:
                self._rows[row] = self._node(row)
            yield self._rows[row]

    def tables(self, plans: Iterable[TablePlan]) -> set[str]:
        """Take note of tables; the IRIs of their sources."""
        for plan in plans:
            row = (plan.table.file, plan.table.sheet, 0)
            self._rows[row] = self._node(row)
            self._tables.setdefault(row, set()).add(scope(plan).described())
        return {self._rows[row].value for row in self._tables}

    def statements(self) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
        """What the sources themselves say: subject, predicate, object."""
        kind = entity_types()["source"]
        klass = ox.NamedNode(kind.classes[0])
        fields = {name: kind.field(name) for name in ("title", "kind", "retrieved")}
        paths = {name: ox.NamedNode(field.path[-1]) for name, field in fields.items()}
        terms = {
            text: entries.term(fields[name], text) for name, text in (("kind", "tabelle"), ("retrieved", self._today))
        }
        for row, node in self._rows.items():
            yield node, _TYPE, klass
            yield node, paths["title"], entries.term(fields["title"], _title(*row))
            yield node, paths["kind"], terms["tabelle"]
            days = (quad.object for quad in self._store.quads(node, paths["retrieved"]))
            yield node, paths["retrieved"], next(days, terms[self._today])  # type: ignore[misc]  # a day is a literal
            for text in self._tables.get(row, ()):
                yield node, COLUMNS, ox.Literal(text)

    def _node(self, row: Row) -> ox.NamedNode:
        file, sheet, line = row
        parts = [entries.slug(file, 40), entries.slug(sheet, 30), str(line or "")]
        name = "-".join(part for part in parts if part)
        return entries.iri(self._store.base_iri, entity_types()["source"], name)


def _title(file: str, sheet: str, row: int) -> str:
    return ", ".join(filter(None, (file, sheet and f"Blatt {sheet}", f"Zeile {row}" if row else "")))


def table_of(source: str) -> str:
    """The IRI of the source for a table, from that of one of its rows."""
    return re.sub(r"-\d+$", "", source)
