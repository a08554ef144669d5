"""Rows of tables as quads: each cell a statement about its row's entry, in the graph where such entries are kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from graph import entries
from graph.entries import KEY
from graph.errors import BadInput
from ontology.schema import entity_types
from ontology.terms import DCTERMS, PN, RDF, SCHEMA, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.importing.tables import Row
    from graph.store import Store
    from ontology.schema import Field

    Term = ox.NamedNode | ox.Literal

_TYPE: Final = ox.NamedNode(RDF.type)
_ANY_URI: Final = ox.NamedNode(XSD.anyURI)


class Writer:
    """Turns rows into quads; knows which entries there are, in the rows and in the store.

    Args:
        store: where the entries will go, and where links may lead.
        rows: all rows of one import.
        source: name of the data graph.
    """

    def __init__(self, store: Store, rows: Iterable[Row], source: str) -> None:
        self._store = store
        self._rows = list(rows)
        self._graphs = {"data": store.graphs.data(source), "rounds": store.graphs.rounds}
        self._known = {(row.entry_type.name, row.slug) for row in self._rows}
        self._address = next(field for field in entity_types()["source"].fields if field.path == (SCHEMA.url,))
        self._sources = {
            row.cells[self._address.name]: self._iri(row)
            for row in self._rows
            if row.entry_type.name == "source" and self._address.name in row.cells
        }
        self._new_sources: dict[str, ox.NamedNode] = {}

    def quads(self) -> set[ox.Quad]:
        """What the rows say, sources they name by address included.

        Raises:
            BadCell: a cell cannot be read, a required one is blank, or it links to an entry that does not exist.
        """
        found = {quad for row in self._rows for quad in self._entry(row)}
        graph = self._graphs["data"]
        return found | {quad for url, node in self._new_sources.items() for quad in web_source_quads(url, node, graph)}

    def replaced(self) -> Iterator[ox.Quad]:
        """What the store says now, in the same graphs, about the entries of the rows."""
        for row in self._rows:
            subject, graph = self._iri(row), self._graphs[row.entry_type.graph]
            parts = {part(subject, field) for field in row.entry_type.fields if len(field.path) > 1}
            for node in (subject, *parts):
                yield from self._store.quads(node, graph=graph)

    def _iri(self, row: Row) -> ox.NamedNode:
        try:
            return entries.iri(self._store.base_iri, row.entry_type, row.slug)
        except BadInput as error:
            raise row.bad("slug", KEY, row.slug) from error

    def _entry(self, row: Row) -> Iterator[ox.Quad]:
        kind = row.entry_type
        subject, graph = self._iri(row), self._graphs[kind.graph]
        if not any(field.path == (RDF.type,) for field in kind.fields):
            yield ox.Quad(subject, _TYPE, ox.NamedNode(kind.classes[0]), graph)
        for field in kind.fields:
            cell = row.cells.get(field.name, "")
            if not cell:
                if field.required:
                    raise row.bad("missing", field.label["de"], "")
                continue
            node = subject
            if len(field.path) > 1:
                node = part(subject, field)
                yield ox.Quad(subject, ox.NamedNode(field.path[0]), node, graph)
            for value in entries.split(cell) if field.many else [cell]:
                term = self._term(row, field, value)
                yield ox.Quad(node, ox.NamedNode(field.path[-1]), term, graph)
                if field.path == (PN.round,) and PN.Handlungsfeld in kind.classes:
                    yield from in_scheme(subject, term, graph)

    def _term(self, row: Row, field: Field, value: str) -> Term:
        try:
            return self._link(row, field, value) if field.links_to else entries.term(field, value)
        except BadInput as error:
            raise row.bad(error.what, field.label["de"], value, error.allowed) from error

    def _link(self, row: Row, field: Field, value: str) -> ox.NamedNode:
        """The entry a cell names: by slug, by `type/slug` where it may be of several types, a source by address."""
        if field.links_to == ("source",) and "://" in value:
            return self._named_source(str(entries.term(self._address, value).value))
        segment, _, slug = value.rpartition("/")
        types = [entity_types()[name] for name in field.links_to]
        candidates = [kind for kind in types if segment in ("", kind.segment)]
        found = [kind for kind in candidates if self._exists(kind.name, slug)]
        if len(found) == 1:
            return entries.iri(self._store.base_iri, found[0], slug)
        what = "ambiguous" if found else "no such entry"
        raise row.bad(what, field.label["de"], value, tuple(f"{kind.segment}/…" for kind in found or types))

    def _exists(self, type_name: str, slug: str) -> bool:
        if (type_name, slug) in self._known:
            return True
        if not entries.SLUG.fullmatch(slug):
            return False
        kind = entity_types()[type_name]
        node = entries.iri(self._store.base_iri, kind, slug)
        if any(quad.object.value in kind.classes for quad in self._store.quads(node, _TYPE)):  # type: ignore[union-attr]  # a class is an IRI
            self._known.add((type_name, slug))
            return True
        return False

    def _named_source(self, url: str) -> ox.NamedNode:
        """The source of that address: in the rows, in the store, or a new one."""
        if url not in self._sources:
            self._sources[url] = web_source(self._store, url)
            if not any(self._store.quads(self._sources[url], _TYPE)):
                self._new_sources[url] = self._sources[url]
        return self._sources[url]


def web_source(store: Store, url: str) -> ox.NamedNode:
    """The source of that address: the one in the store, else the name a new one gets."""
    address = ox.Literal(url, datatype=_ANY_URI)
    stored = [quad.subject for quad in store.quads(None, ox.NamedNode(SCHEMA.url), address)]
    known = [node for node in stored if any(store.quads(node, _TYPE, ox.NamedNode(PN.Source)))]  # type: ignore[arg-type]  # subjects are IRIs
    if known:
        return min(known, key=str)  # type: ignore[return-value]  # the store holds no blank nodes
    # The digest keeps two addresses apart that read the same without punctuation, whatever else is imported.
    name = f"{entries.slug(url.partition('://')[2], 50)}-{hashlib.sha256(url.encode()).hexdigest()[:6]}"
    return entries.iri(store.base_iri, entity_types()["source"], name.strip("-"))


def web_source_quads(url: str, node: ox.NamedNode, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """What is said of a new source that is known by its address only."""
    parts = urlsplit(url)
    title = unquote(f"{parts.netloc.removeprefix('www.')}{parts.path}").rstrip("/")
    yield ox.Quad(node, _TYPE, ox.NamedNode(PN.Source), graph)
    yield ox.Quad(node, ox.NamedNode(DCTERMS.title), ox.Literal(title), graph)
    yield ox.Quad(node, ox.NamedNode(SCHEMA.url), ox.Literal(url, datatype=_ANY_URI), graph)


def in_scheme(field: ox.NamedNode, round_: Term, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """What follows from the round of a Handlungsfeld: it stands in the list of that round."""
    scheme = ox.NamedNode(f"{round_.value}/handlungsfelder")
    yield ox.Quad(field, ox.NamedNode(SKOS.inScheme), scheme, graph)
    yield ox.Quad(scheme, _TYPE, ox.NamedNode(SKOS.ConceptScheme), graph)


def part(subject: ox.NamedNode, field: Field) -> ox.NamedNode:
    """The node between an entry and a value two steps away: `…#geometry` for `geo:hasGeometry`.

    It gets no class of its own: that a thing with `geo:asWKT` is a geometry follows from GeoSPARQL.
    """
    step = field.path[0].replace("#", "/").rpartition("/")[2]
    return ox.NamedNode(f"{subject.value}#{step.removeprefix('has').lower()}")
