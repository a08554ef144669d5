"""The graph as files for other programs: RDF, the import tables as CSV or workbook, the network.

No contact is in them but those that are handed over (`Personal`).
"""

from __future__ import annotations

import csv
import io
import os
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph import entries
from graph.entries import KEY, importable
from graph.errors import BadInput
from graph.export.tabulation import tables
from graph.importing import further
from ontology import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import networkx as nx

    from graph.store import Store

    Writer = Callable[[Store, "Personal | None"], bytes]

__all__ = ["Personal", "export", "export_all", "tables", "write_whole"]


@dataclass(frozen=True)
class Personal:
    """Contacts that go along, because who asked may have them; `graph.contacts.taken_along` makes it.

    Attributes:
        quads: what is said about them.
        title: what they are called, as the name of a sheet.
        lines: the same as a table, headings first.
    """

    quads: frozenset[ox.Quad]
    title: str
    lines: list[list[str]]


def export(store: Store, path: Path, personal: Personal | None = None) -> None:
    """Write what people and imports brought into the graph to a file; ontology and derived statements stay out.

    Args:
        store: the open graph.
        path: `.trig .nq .jsonld` (with the named graphs), `.ttl` (their union), `.zip` (import tables as CSV files),
            `.xlsx` (the same in a workbook), `.graphml .gexf` (the two-mode network). A file there is replaced.
        personal: contacts that go along; such a file is readable by its owner only. A network has no place for them.

    Raises:
        BadInput: another extension, or a place nothing can be written to.
    """
    allowed = tuple(name for name in _WRITERS if personal is None or name not in _NETWORKS)
    if path.suffix.lower() not in allowed:
        raise BadInput("format", path.name, allowed)
    content = _WRITERS[path.suffix.lower()](store, personal)
    try:
        write_whole(path, content, is_private=personal is not None)
    except OSError as error:
        raise BadInput("file", str(path)) from error


def export_all(store: Store, path: Path, day: date, personal: Personal | None = None) -> None:
    """Write everything, in every form, into one archive that opens without a server; see `graph.export.archive`.

    Contacts that go along stand in its data and tables, not on its pages.

    Raises:
        BadInput: another extension than .zip, or a place nothing can be written to.
    """
    from graph.export.archive import write_archive

    if path.suffix.lower() != ".zip":
        raise BadInput("format", path.name, (".zip",))
    try:
        write_archive(store, path, day, _WRITERS, personal)
    except OSError as error:
        raise BadInput("file", str(path)) from error


def write_whole(path: Path, content: bytes, *, is_private: bool = False) -> None:
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
        if is_private:
            draft.touch(mode=0o600)
        draft.write_bytes(content)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _rdf(format_: ox.RdfFormat) -> Writer:
    prefixes = {
        "pn": terms.PN, "pns": terms.PNS, "org": terms.ORG, "skos": terms.SKOS, "prov": terms.PROV, "geo": terms.GEO,
        "dcterms": terms.DCTERMS, "schema": terms.SCHEMA, "rdf": terms.RDF, "rdfs": terms.RDFS, "xsd": terms.XSD,
    }  # fmt: skip
    names = {name: str(namespace) for name, namespace in prefixes.items()}
    return lambda store, personal: store.dump(format_, prefixes=names, more=personal.quads if personal else ())


def _zip(store: Store, personal: Personal | None) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in (tables(store) | _table(personal)).items():
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows([entries.to_csv(cell) for cell in line] for line in lines)
            # A fixed time: the same graph gives the same file.
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), text.getvalue(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _table(personal: Personal | None) -> dict[str, list[list[str]]]:
    """The contacts beside the other tables; an import takes no sheet of that name for entries."""
    return {personal.title: personal.lines} if personal else {}


def _xlsx(store: Store, personal: Personal | None) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    kinds, found = importable(), tables(store) | _table(personal)
    titles = {name: kind.plural_label["de"] for name, kind in kinds.items()} | {further.NAME: further.TITLE}
    workbook = Workbook(write_only=True)
    for name, lines in found.items():
        sheet = workbook.create_sheet(titles.get(name, name))
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


def _graphml(store: Store, _personal: Personal | None) -> bytes:
    import networkx as nx

    content = io.BytesIO()
    nx.write_graphml(_network(store), content)
    return content.getvalue()


def _gexf(store: Store, _personal: Personal | None) -> bytes:
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


_NETWORKS: Final = (".graphml", ".gexf")
_WRITERS: Final[dict[str, Writer]] = {
    ".trig": _rdf(ox.RdfFormat.TRIG),
    ".nq": _rdf(ox.RdfFormat.N_QUADS),
    ".ttl": _rdf(ox.RdfFormat.TURTLE),
    ".jsonld": _rdf(ox.RdfFormat.JSON_LD),
    ".zip": _zip,
    ".xlsx": _xlsx,
    ".graphml": _graphml,
    ".gexf": _gexf,
}
