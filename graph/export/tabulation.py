"""The graph as import tables, and what no table can say beside them: together they are all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph import entries
from graph.entries import KEY, importable
from graph.errors import BadInput
from graph.importing import further
from graph.importing.quads import in_scheme, part
from ontology.schema import entity_types
from ontology.terms import PN, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store
    from ontology.schema import EntityType, Field

    Lines = list[list[str]]
    Term = ox.NamedNode | ox.Literal

_LONGEST_CELL: Final = 32_767
"""Characters a cell of a workbook may hold (Excel's limit); openpyxl would cut the rest off without a word."""

_TYPE: Final = ox.NamedNode(RDF.type)


@dataclass(frozen=True)
class _Said:
    """A value that a cell can say: as text, and what is stored."""

    text: str
    node: ox.NamedNode
    value: Term


def tables(store: Store) -> dict[str, Lines]:
    """The import tables that have entries, by name: headings first, then the entries in order of their slugs.

    Last, under `further.NAME`, what no cell of theirs would bring back as it is stored, if there is such.
    """
    return _Tabulation(store).tables()


class _Tabulation:
    """Sorts what is stored into cells that say it exactly, and the rest."""

    def __init__(self, store: Store) -> None:
        self._base = store.base_iri
        self._facts: dict[ox.NamedNode, dict[str, list[Term]]] = {}
        self._rest: set[ox.Triple] = set()
        for graph in (*store.graphs.all_data(), store.graphs.rounds):
            self._rest |= {quad.triple for quad in store.quads(graph=graph)}
        for triple in self._rest:
            values = self._facts.setdefault(triple.subject, {})  # type: ignore[arg-type]  # the store holds no blank nodes
            values.setdefault(triple.predicate.value, []).append(triple.object)  # type: ignore[arg-type]  # and no quoted triples
        self._rows = self._found_rows()

    def tables(self) -> dict[str, Lines]:
        """All tables; what they say leaves the rest."""
        by_kind: dict[str, Lines] = {}
        for node in sorted(self._rows, key=lambda node: node.value):
            kind = self._rows[node]
            headings = [[KEY, *(field.label["de"] for field in kind.fields)]]
            by_kind.setdefault(kind.plural, headings).append(self._line(node, kind))
        found = {name: by_kind[name] for name in importable() if name in by_kind}
        return found | ({further.NAME: further.lines(self._rest)} if self._rest else {})

    def _found_rows(self) -> dict[ox.NamedNode, EntityType]:
        """The entries that can be rows: with a slug and a class of ours, and a value for every required field."""
        kinds = {kind.segment: kind for kind in importable().values()}
        rows = {}
        for node, values in self._facts.items():
            segment, _, slug = node.value.removeprefix(self._base).partition("/")
            kind = kinds.get(segment) if node.value.startswith(self._base) else None
            if kind and entries.SLUG.fullmatch(slug) and self._is_of(kind, values):
                rows[node] = kind
        self._rows = rows
        # An entry that cannot be a row cannot be linked to from one, which may keep others from being rows.
        while missing := [node for node, kind in rows.items() if not self._is_complete(node, kind)]:
            for node in missing:
                del rows[node]
        return rows

    @staticmethod
    def _is_of(kind: EntityType, values: dict[str, list[Term]]) -> bool:
        classes = {node.value for node in values.get(RDF.type, ())}
        chosen = any(field.path == (RDF.type,) for field in kind.fields)
        return not classes.isdisjoint(kind.classes if chosen else kind.classes[:1])

    def _is_complete(self, node: ox.NamedNode, kind: EntityType) -> bool:
        return all(self._said(node, field) for field in kind.fields if field.required)

    def _line(self, node: ox.NamedNode, kind: EntityType) -> list[str]:
        if not any(field.path == (RDF.type,) for field in kind.fields):
            self._rest.discard(ox.Triple(node, _TYPE, ox.NamedNode(kind.classes[0])))
        cells = [self._cell(node, kind, field) for field in kind.fields]
        return [node.value.rpartition("/")[2], *cells]

    def _cell(self, node: ox.NamedNode, kind: EntityType, field: Field) -> str:
        """The values of one field as one text."""
        said = self._said(node, field)
        for one in said:
            self._rest.discard(ox.Triple(one.node, ox.NamedNode(field.path[-1]), one.value))
            if len(field.path) > 1:
                self._rest.discard(ox.Triple(node, ox.NamedNode(field.path[0]), one.node))
            if field.path == (PN.round,) and PN.Handlungsfeld in kind.classes:
                self._rest -= {quad.triple for quad in in_scheme(node, one.value, _TYPE)}
        return _joined(field, said)

    def _said(self, node: ox.NamedNode, field: Field) -> list[_Said]:
        """The values of a field that its cell can say, as many as fit."""
        inner = part(node, field) if len(field.path) > 1 else node
        if inner is not node and inner not in self._facts.get(node, {}).get(field.path[0], ()):
            return []
        values = self._facts.get(inner, {}).get(field.path[-1], ())
        found = sorted(
            (_Said(text, inner, value) for value in values for text in self._texts(field, value)),
            key=lambda one: one.text,
        )
        found = found if field.many else found[:1]
        while len(_joined(field, found)) > _LONGEST_CELL:
            found.pop()
        return found

    def _texts(self, field: Field, value: Term) -> Iterator[str]:
        """How a cell says the value; nothing if it would be read as another."""
        if field.links_to:
            kind = self._rows.get(value) if isinstance(value, ox.NamedNode) else None
            if kind and kind.name in field.links_to:
                path = str(value.value).removeprefix(self._base)
                segments = {entity_types()[name].segment for name in field.links_to}
                yield path.rpartition("/")[2] if len(segments) == 1 else path
            return
        text = entries.written(field, value)
        try:
            is_same = bool(text.strip()) and entries.term(field, text) == value
        except BadInput:
            return
        if is_same:
            yield text


def _joined(field: Field, said: list[_Said]) -> str:
    texts = (one.text for one in said)
    return entries.join(texts) if field.many else next(texts, "")
