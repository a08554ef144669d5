"""The graph as files for other programs: RDF, the import tables as CSV or workbook, the network. Never a contact."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph import entries
from graph.entries import KEY, importable
from graph.errors import BadInput
from ontology import terms
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import networkx as nx

    from graph.store import Store
    from ontology.schema import EntityType, Field

    Lines = list[list[str]]
    Facts = dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]

_LONGEST_CELL: Final = 32_767
"""Characters a cell of a workbook may hold (Excel's limit); openpyxl would cut the rest off without a word."""


def export(store: Store, path: Path) -> None:
    """Write what people and imports brought into the graph to a file; ontology and derived statements stay out.

    Args:
        store: the open graph.
        path: `.trig .nq .jsonld` (with the named graphs), `.ttl` (their union), `.zip` (import tables as CSV files),
            `.xlsx` (the same in a workbook), `.graphml .gexf` (the two-mode network). A file there is replaced.

    Raises:
        BadInput: another extension, a place nothing can be written to, or a text too long for a workbook.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise BadInput("format", path.name, tuple(_WRITERS))
    content = write(store)
    try:
        write_whole(path, content)
    except OSError as error:
        raise BadInput("file", str(path)) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; through a link to what it leads to. What is no file (a device) is just written.

    Raises:
        OSError: the place cannot be written to; what was there before stands.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    draft = target.with_name(f".pankenetz.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def tables(store: Store) -> dict[str, Lines]:
    """The import tables that have entries, by name: headings first, then the entries in order of their slugs."""
    facts = _facts(store)
    every = {name: _lines(store, kind, facts) for name, kind in importable().items()}
    return {name: lines for name, lines in every.items() if len(lines) > 1}


def _facts(store: Store) -> Facts:
    """All objects by subject and predicate, of data and rounds."""
    found: Facts = {}
    for graph in (*store.graphs.all_data(), store.graphs.rounds):
        for quad in store.quads(graph=graph):
            objects = found.setdefault(_value(quad.subject), {}).setdefault(quad.predicate.value, [])
            if quad.object not in objects:
                objects.append(quad.object)  # type: ignore[arg-type]  # the store holds no blank nodes and no quoted triples
    return found


def _lines(store: Store, kind: EntityType, facts: Facts) -> Lines:
    prefix = f"{store.base_iri}{kind.segment}/"
    subjects = sorted(
        subject
        for subject, values in facts.items()
        if any(_value(node) in kind.classes for node in values.get(terms.RDF.type, ()))
    )
    lines = [
        [subject.removeprefix(prefix), *(_cell(store, facts, subject, field) for field in kind.fields)]
        for subject in subjects
    ]
    return [[KEY, *(field.label["de"] for field in kind.fields)], *lines]


def _cell(store: Store, facts: Facts, subject: str, field: Field) -> str:
    """The values of one field as one text."""
    nodes = [subject]
    for step in field.path[:-1]:
        nodes = [_value(node) for start in nodes for node in facts.get(start, {}).get(step, ())]
    values = [value for node in nodes for value in facts.get(node, {}).get(field.path[-1], ())]
    texts = sorted(_written(store, field, value) for value in values if _in_language(field, value))
    return entries.join(texts) if field.many else next(iter(texts), "")


def _in_language(field: Field, value: ox.NamedNode | ox.Literal) -> bool:
    return field.language is None or (isinstance(value, ox.Literal) and value.language == field.language)


def _written(store: Store, field: Field, value: ox.NamedNode | ox.Literal) -> str:
    text = entries.written(field, value)
    if not field.links_to:
        return text
    path = text.removeprefix(store.base_iri)
    segments = [entity_types()[name].segment for name in field.links_to]
    return path.removeprefix(f"{segments[0]}/") if len(segments) == 1 else path


def _value(node: object) -> str:
    return str(node.value)  # type: ignore[attr-defined]  # nodes and literals both have one


def _rdf(format_: ox.RdfFormat) -> Callable[[Store], bytes]:
    prefixes = {
        "pn": terms.PN, "pns": terms.PNS, "org": terms.ORG, "skos": terms.SKOS, "prov": terms.PROV, "geo": terms.GEO,
        "dcterms": terms.DCTERMS, "schema": terms.SCHEMA, "rdf": terms.RDF, "rdfs": terms.RDFS, "xsd": terms.XSD,
    }  # fmt: skip
    return lambda store: store.dump(format_, prefixes={name: str(namespace) for name, namespace in prefixes.items()})


def _zip(store: Store) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in tables(store).items():
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows([entries.to_csv(cell) for cell in line] for line in lines)
            # A fixed time: the same graph gives the same file.
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), text.getvalue(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _xlsx(store: Store) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    kinds, found = importable(), tables(store)
    if too_long := [cell for lines in found.values() for line in lines for cell in line if len(cell) > _LONGEST_CELL]:
        raise BadInput("cell too long", f"{too_long[0][:80]}…")
    workbook = Workbook(write_only=True)
    for name, lines in found.items():
        sheet = workbook.create_sheet(kinds[name].plural_label["de"])
        sheet.freeze_panes = "B2"
        for number, heading in enumerate(lines[0], start=1):
            sheet.column_dimensions[get_column_letter(number)].width = max(14, len(heading) + 2)
        for number, line in enumerate(lines):
            cells = [_text_cell(sheet, text) for text in line]
            for cell in cells if number == 0 else ():
                cell.font = Font(bold=True)
            sheet.append(cells)
    if not workbook.worksheets:
        workbook.create_sheet(kinds["actors"].plural_label["de"]).append([KEY])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    """A cell that holds a text and nothing else: no formula, number or error, whatever the text looks like."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=entries.text(text))
    cell.data_type = "s"
    return cell


def _graphml(store: Store) -> bytes:
    import networkx as nx

    content = io.BytesIO()
    nx.write_graphml(_network(store), content)
    return content.getvalue()


def _gexf(store: Store) -> bytes:
    import networkx as nx

    content = io.BytesIO()
    nx.write_gexf(_network(store), content)
    return content.getvalue()


def _network(store: Store) -> nx.MultiGraph[str]:
    """The whole two-mode network, its attributes as the formats know them: no dates, no lists, nothing unknown."""
    import networkx as nx

    from graph.network import ALL_ROLES, Scope, two_mode

    network = two_mode(store, replace(Scope(), roles=ALL_ROLES))
    plain: nx.MultiGraph[str] = nx.MultiGraph()
    plain.add_nodes_from((node, dict(_attributes(values))) for node, values in network.nodes(data=True))
    for subject, object_, key, values in network.edges(keys=True, data=True):
        plain.add_edge(subject, object_, key=key, **dict(_attributes(values)))
    return plain


_RENAMED: Final = {"start": "first_day", "end": "last_day"}
"""GEXF keeps `start` and `end` for its own notion of time."""


def _attributes(values: dict[str, Any]) -> Iterator[tuple[str, str | bool | int | float]]:
    for name, value in values.items():
        known = _RENAMED.get(name, name)
        if isinstance(value, date):
            yield known, value.isoformat()
        elif isinstance(value, tuple):
            yield known, entries.join(value)
        elif isinstance(value, str):
            yield known, entries.text(value)
        elif value is not None:
            yield known, value


_WRITERS: Final[dict[str, Callable[[Store], bytes]]] = {
    ".trig": _rdf(ox.RdfFormat.TRIG),
    ".nq": _rdf(ox.RdfFormat.N_QUADS),
    ".ttl": _rdf(ox.RdfFormat.TURTLE),
    ".jsonld": _rdf(ox.RdfFormat.JSON_LD),
    ".zip": _zip,
    ".xlsx": _xlsx,
    ".graphml": _graphml,
    ".gexf": _gexf,
}
