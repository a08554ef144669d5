"""The way out, for the day an office closes: one archive that needs no server and no program of ours.

What lies in it:
    LIESMICH.txt     what is what
    seite/           a page for every entry, with links; any browser opens seite/index.html
    tabellen/        the import tables as CSV files, and as one workbook
    daten/           the graph as TriG and N-Quads, the network as GraphML, vocabulary and shapes
    bilder/          the network as one interactive page, and as a drawing
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

import ontology
from graph import entries, picture
from graph.directory.values import table
from graph.export.tabulation import tables
from ontology.schema import entity_types

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from graph.directory.names import Ref
    from graph.directory.values import Row
    from graph.export import Personal, Writer
    from graph.store import Store

_HIDDEN: Final = frozenset({"contacts", "history"})
READ_ME: Final = """Das Quartier, aufgehoben am {day} (Version {version} der Daten)

seite/      Eine Seite für jeden Eintrag. Öffnen Sie seite/index.html mit einem Browser; das Internet braucht es nicht.
tabellen/   Dieselben Einträge als Tabellen: quartier.xlsx für Excel und LibreOffice, .csv für alles andere.
daten/      Dieselben Aussagen für Programme: quartier.trig und quartier.nq (RDF 1.1), netz.graphml (Gephi, yEd),
            und was die Begriffe bedeuten (.ttl, RDF Schema, SKOS und SHACL).
bilder/     netz.html zeigt das Netz zum Anfassen, netz.svg als Zeichnung.

{people} Mit Pankenetz lässt sich alles wieder einlesen:
    pankenetz import daten/quartier.trig
"""


WITHOUT: Final = "Angaben zu Ansprechpersonen und der Verlauf sind nicht dabei."
WITH: Final = (
    "In daten/ und tabellen/ stehen auch die Ansprechpersonen: Bewahren Sie das Archiv entsprechend sicher auf.\n"
    "Der Verlauf ist nicht dabei."
)


def write_archive(
    store: Store,
    path: Path,
    day: dt.date,
    formats: Mapping[str, Writer],
    personal: Personal | None = None,
) -> None:
    """Write everything people and imports brought into the graph, in every form, into one archive.

    Args:
        store: the open graph.
        path: where to; a file there is replaced by what was written whole.
        day: of today, for the pages' foot.
        formats: extension → the file of that format, as `graph.export` writes them.
        personal: contacts that go along.

    Raises:
        OSError: the place cannot be written to; what was there before stands.
    """
    draft = path.with_name(f".{path.name}.new")
    try:
        if personal:
            draft.touch(mode=0o600)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _files(store, day, formats, personal):
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _files(
    store: Store, day: dt.date, formats: Mapping[str, Writer], personal: Personal | None
) -> Iterator[tuple[str, bytes]]:
    people = WITH if personal else WITHOUT
    read_me = READ_ME.format(day=f"{day:%d.%m.%Y}", version=store.version, people=people)
    yield "LIESMICH.txt", read_me.encode("utf-8-sig")
    yield "tabellen/quartier.xlsx", formats[".xlsx"](store, personal)
    for name, lines in tables(store).items():
        yield f"tabellen/{name}.csv", _csv(lines)
    if personal:
        yield f"tabellen/{personal.title}.csv", _csv(personal.lines)
    yield "daten/quartier.trig", formats[".trig"](store, personal)
    yield "daten/quartier.nq", formats[".nq"](store, personal)
    yield "daten/netz.graphml", formats[".graphml"](store, personal)
    for source in ontology.files().values():
        if source.suffix == ".ttl":
            yield f"daten/{source.name}", source.read_bytes()
    state = picture.ViewState()
    view = picture.explorer_view(store, state)
    yield "bilder/netz.html", picture.one_file(store, state=state).encode()
    yield "bilder/netz.svg", picture.drawing(view, picture.heading(view, "de")).encode()
    yield from _site(store, day)


def _csv(lines: list[list[str]]) -> bytes:
    import csv

    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([entries.to_csv(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _site(store: Store, day: dt.date) -> Iterator[tuple[str, bytes]]:
    """The pages: a start, a list of each type, each entry with what it links to and what links to it."""
    kinds = [one for one in entity_types().values() if one.graph not in _HIDDEN]
    rows = {one.name: table(store, one.name, "de") for one in kinds}
    shown = [(one, len(rows[one.name])) for one in kinds if rows[one.name]]
    frame = {"kinds": shown, "day": f"{day:%d.%m.%Y}", "version": store.version}
    linked = _linked(rows)

    def link(ref: Ref | None) -> str:
        is_there = ref is not None and ref.slug in rows.get(ref.type, ())
        return f"{entity_types()[ref.type].plural}/{ref.slug}.html" if ref and is_there else ""

    yield "seite/stil.css", _templates().get_template("stil.css").render().encode()
    yield "seite/index.html", _page("index.html", frame, title="Das Quartier", root="")
    for kind, _count in shown:
        listed = list(rows[kind.name].values())
        yield (
            f"seite/{kind.plural}/index.html",
            _page("list.html", frame, title=kind.plural_label["de"], root="../", kind=kind, rows=listed),
        )
        for row in listed:
            about = [(other, refs) for other, _ in shown if (refs := linked[row.ref.iri].get(other.name))]
            page = _page("entry.html", frame, title=row.ref.label, root="../", row=row, linked=about, link=link)
            yield f"seite/{kind.plural}/{row.ref.slug}.html", page


def _linked(rows: Mapping[str, Mapping[str, Row]]) -> Mapping[str, Mapping[str, list[Ref]]]:
    """IRI of an entry → entry type → the entries of that type that link to it."""
    found: dict[str, dict[str, list[Ref]]] = defaultdict(lambda: defaultdict(list))
    for row in (row for listed in rows.values() for row in listed.values()):
        targets = {value.ref.iri for values in row.cells.values() for value in values if value.ref}
        for iri in targets - {row.ref.iri}:
            found[iri][row.ref.type].append(row.ref)
    return found


def _page(name: str, frame: Mapping[str, Any], **facts: Any) -> bytes:
    return _templates().get_template(name).render(**frame, **facts).encode()


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("graph.export", "site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
