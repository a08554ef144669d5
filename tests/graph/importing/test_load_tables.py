"""Tables become entries, whole or not at all; what cannot be read is named with file, row and column."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from openpyxl import Workbook

import graph
from graph import changes
from graph.errors import BadCell, BadInput, Invalid
from graph.export import tables
from graph.importing import load_tables
from ontology.terms import GEO, PN, PROV, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://w3id.org/pankenetz/id/"
ACTORS = "Kennung,Klasse,Name,Art,Bereich\nschule,Akteur,Schule am Fluss,Grundschule,Bildung\n"


@pytest.fixture
def store():
    with graph.open(None) as opened:
        yield opened


@pytest.fixture
def load(store, tmp_path: Path):
    """Write files and load them: load({"actors.csv": "…"})."""

    def loaded(files: dict[str, str], *, source: str = "probe", check: bool = False):
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8", newline="")
        return load_tables(store, tmp_path, source=source, author="Test", reason="Probe", check=check)

    return loaded


def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(path if ":" in path else BASE + path)


def objects(store, subject: str, predicate: str) -> set[str]:
    return {quad.object.value for quad in store.quads(node(subject), node(predicate))}


def test_a_row_becomes_an_entry_in_the_graph_of_its_source(load, store):
    change = load({"actors.csv": ACTORS}, check=True)
    graphs = {quad.graph_name.value for quad in store.quads(node("actor/schule"))}
    assert (change.added, graphs) == (4, {f"{BASE}graph/data/probe"})


def test_statements_of_the_ihek_go_to_the_graph_of_the_rounds(load, store):
    load({"statements.csv": "Kennung,Klasse,Text\nb-1,Bedarf,Mehr Grün\n"})
    assert {quad.graph_name for quad in store.quads(node("statement/b-1"))} == {store.graphs.rounds}


def test_links_lead_to_entries_of_the_same_import_or_of_the_store(load, store):
    load({"actors.csv": ACTORS})
    load({"actors.csv": "Kennung,Klasse,Name,Art,Bereich,Gehört zu\nhort,Akteur,Hort,Kita,Bildung,schule\n"})
    assert objects(store, "actor/hort", "http://www.w3.org/ns/org#subOrganizationOf") == {f"{BASE}actor/schule"}


def test_a_link_of_several_types_names_its_type_where_the_slug_does_not_say_enough(load, store):
    files = {
        "actors.csv": ACTORS,
        "projects.csv": "Kennung,Name\nfest,Fest\nhof,Hof\n",
        "events.csv": "Kennung,Name\nfest,Fest 2024\n",
        "involvements.csv": "Kennung,Akteur,Projekt oder Veranstaltung,Rolle\n"
        "a,schule,event/fest,Teilnahme\nb,schule,hof,Träger\n",
    }
    load(files)
    assert objects(store, "involvement/a", PN["in"]) == {f"{BASE}event/fest"}
    assert objects(store, "involvement/b", PN["in"]) == {f"{BASE}project/hof"}


def test_an_address_in_quelle_becomes_one_source_however_often_it_is_named(load, store):
    rows = "schule,Akteur,Schule,Grundschule,Bildung,https://example.org/a\nkita,Akteur,Kita,Kita,Bildung,https://example.org/a\n"
    load({"actors.csv": f"Kennung,Klasse,Name,Art,Bereich,Quelle\n{rows}"})
    sources = {quad.subject.value for quad in store.quads(None, node(RDF.type), node(PN.Source))}
    assert (
        objects(store, "actor/schule", PROV.wasDerivedFrom)
        == objects(store, "actor/kita", PROV.wasDerivedFrom)
        == sources
    )
    assert objects(store, sources.pop(), SCHEMA.url) == {"https://example.org/a"}


def test_an_address_that_the_table_of_sources_holds_is_that_source(load, store):
    files = {
        "sources.csv": "Kennung,Titel,Adresse\nseite,Die Seite,https://example.org/a\n",
        "actors.csv": "Kennung,Klasse,Name,Art,Bereich,Quelle\nschule,Akteur,S,Grundschule,Bildung,https://example.org/a\n",
    }
    load(files)
    assert objects(store, "actor/schule", PROV.wasDerivedFrom) == {f"{BASE}source/seite"}


def test_a_handlungsfeld_stands_in_the_list_of_its_round(load, store):
    load(
        {
            "rounds.csv": "Kennung,Name\n2022,IHEK 2022\n",
            "handlungsfelder.csv": "Kennung,Runde,Nummer,Name\n2022-4,2022,4,Gesundheit\n",
        }
    )
    assert objects(store, "handlungsfeld/2022-4", SKOS.inScheme) == {f"{BASE}round/2022/handlungsfelder"}
    assert objects(store, "handlungsfeld/2022-4", SKOS.notation) == {"4"}


def test_a_position_stands_on_a_node_of_its_own(load, store):
    load({"places.csv": "Kennung,Name,Lage,Herkunft der Lage\nplatz,Platz,POINT(13.37 52.55),Ungefähr\n"})
    (geometry,) = objects(store, "place/platz", GEO.hasGeometry)
    assert objects(store, geometry, GEO.asWKT) == {"POINT(13.37 52.55)"}
    assert objects(store, geometry, PN.coordinateSource) == {
        "https://w3id.org/pankenetz/scheme/coordinate-source/ungefaehr"
    }


def test_loading_again_replaces_what_the_same_source_said_and_nothing_else(load, store):
    load({"actors.csv": ACTORS}, source="andere")
    load({"actors.csv": ACTORS.replace("Schule am Fluss", "Alter Name")})
    change = load({"actors.csv": ACTORS.replace("Schule am Fluss", "Neuer Name")})
    assert (change.added, change.removed) == (1, 1)
    assert objects(store, "actor/schule", SKOS.prefLabel) == {"Schule am Fluss", "Neuer Name"}


def test_loading_the_same_twice_is_no_change(load):
    assert (load({"actors.csv": ACTORS}).version, load({"actors.csv": ACTORS}).version) == (1, 1)


def test_an_import_can_be_taken_back(load, store):
    change = load({"actors.csv": ACTORS})
    changes.undo(store, change.id, "Test")
    assert tables(store) == {}


@pytest.mark.parametrize(
    ("files", "what", "place"),
    [
        ({"actors.csv": ACTORS.replace("Grundschule", "Zauberschule")}, "choice", ("actors.csv", 2, "Art")),
        ({"actors.csv": ACTORS.replace("Schule am Fluss", "")}, "missing", ("actors.csv", 2, "Name")),
        ({"actors.csv": ACTORS.replace("Bereich", "Farbe")}, "column", ("actors.csv", 1, "Farbe")),
        ({"actors.csv": ACTORS.replace("Kennung", "Name")}, "column", ("actors.csv", 1, "Name")),
        ({"actors.csv": ACTORS.replace("schule,", ",", 1)}, "missing", ("actors.csv", 2, "Kennung")),
        ({"actors.csv": ACTORS.replace("schule,", "Große Schule,", 1)}, "slug", ("actors.csv", 2, "Kennung")),
        ({"actors.csv": ACTORS + "schule,Akteur,B,Kita,Bildung\n"}, "repeated", ("actors.csv", 3, "Kennung")),
        ({"actors.csv": ACTORS.replace("Bildung", "Bildung,zu viel")}, "row too long", ("actors.csv", 2, "")),
        ({"actors.csv": ACTORS.replace("Bereich\n", "Bereich,Ort\n").replace("Bildung\n", "Bildung,nirgends\n")},
         "no such entry", ("actors.csv", 2, "Ort")),
        ({"projects.csv": "Kennung,Name,Beginn\nfest,Fest,im Mai\n"}, "date", ("projects.csv", 2, "Beginn")),
        ({"actors.csv": ACTORS, "projects.csv": "Kennung,Name\nfest,F\n", "events.csv": "Kennung,Name\nfest,F\n",
          "involvements.csv": "Kennung,Akteur,Projekt oder Veranstaltung,Rolle\na,schule,fest,Träger\n"},
         "ambiguous", ("involvements.csv", 2, "Projekt oder Veranstaltung")),
        ({"personen.csv": "Kennung,Name\na,B\n"}, "table", ("personen.csv", 0, "")),
        ({"contacts.csv": "Kennung,Name\na,B\n"}, "table", ("contacts.csv", 0, "")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_nothing_is_written(load, store, files, what, place):
    with pytest.raises(BadCell) as refused:
        load(files)
    error = refused.value
    assert (error.what, (error.file, error.row, error.column)) == (what, place)
    assert (store.version, tables(store)) == (0, {})


def test_the_place_of_a_bad_cell_is_one_text_too(load):
    with pytest.raises(BadCell) as refused:
        load({"projects.csv": "Kennung,Name,Beginn\nfest,Fest,im Mai\n"})
    assert refused.value.where == "projects.csv:2 [Beginn] im Mai"


def test_a_folder_without_tables_is_refused(load):
    with pytest.raises(BadCell) as refused:
        load({"README.md": "nichts"})
    assert "actors.csv" in refused.value.allowed


@pytest.mark.parametrize("name", ["x.zip", "x.xlsx", "fehlt.zip", "fehlt.xlsx"])
def test_a_file_that_cannot_be_opened_is_refused(store, tmp_path, name):
    if not name.startswith("fehlt"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(BadCell, match="file"):
        load_tables(store, tmp_path / name, source="probe", author="Test", reason="Probe")


def test_a_workbook_filled_in_by_hand_is_read_as_it_looks(store, tmp_path):
    """People type numbers, days and truth values, not texts."""
    workbook = Workbook()
    workbook.active.title = "Projekte"
    workbook.active.append(["Kennung", "Name", "Beginn", "Ende", "Läuft ohne festes Ende"])
    workbook.active.append(["fest", 2024, 2023, dt.datetime(2024, 5, 17), True])  # noqa: DTZ001  # workbooks know no zones
    workbook.save(tmp_path / "quartier.xlsx")
    load_tables(store, tmp_path / "quartier.xlsx", source="probe", author="Test", reason="Probe", check=False)
    (_, line) = tables(store)["projects"]
    assert line[:8] == ["fest", "2024", "", "", "2023", "2024-05-17", "ja", ""]


def test_a_file_in_another_encoding_is_refused(load, tmp_path):
    (tmp_path / "actors.csv").write_bytes("Kennung,Name\nä".encode("latin-1"))
    with pytest.raises(BadCell, match="encoding"):
        load({})


def test_a_byte_order_mark_as_excel_writes_it_does_no_harm(load):
    assert load({"actors.csv": f"\ufeff{ACTORS}"}).added == 4


def test_the_shapes_are_asked_unless_told_otherwise(load, store):
    with pytest.raises(Invalid):
        load(
            {"actors.csv": "Kennung,Klasse,Name,Art,Bereich,PLZ\nschule,Akteur,S,Grundschule,Bildung,133\n"}, check=True
        )
    assert store.version == 0


def test_a_source_is_named_by_a_slug(load):
    with pytest.raises(BadInput, match="source"):
        load({"actors.csv": ACTORS}, source="../history")


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "a\"b'c", "\u202egnp.exe", "x" * 5000, "${7*7}{{7*7}}", "a\\u0041\nb"]
)
def test_hostile_text_is_kept_as_text(load, store, hostile):
    quoted = hostile.replace('"', '""')
    load({"actors.csv": ACTORS.replace("Schule am Fluss", f'"{quoted}"')})
    assert objects(store, "actor/schule", SKOS.prefLabel) == {hostile}
