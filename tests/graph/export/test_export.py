"""What is exported says the same as the graph, comes back as the same graph, and holds no contact."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import graph
from graph import changes, entries
from graph.errors import BadInput
from graph.export import export, tables
from graph.importing import load_tables

RDF_FORMATS = (".trig", ".nq", ".ttl", ".jsonld")
HOSTILE = [
    "=1+1",
    "-2",
    "@x",
    "'=a",
    "+4",
    "a;b",
    "a \\; b",
    "#N/A",
    "1e5",
    "0013",
    "TRUE",
    "<b>&amp;",
    "ja",
    " ",
    "_x0041_",
    "a\nb",
    "„x“",
]


def statements(store):
    """All that is said in data and rounds, whatever the graph."""
    return {quad.triple for name in (*store.graphs.all_data(), store.graphs.rounds) for quad in store.quads(graph=name)}


def reloaded(store, extension: str):
    """What is said after an export to such a file and its import into an empty store."""
    with tempfile.TemporaryDirectory() as folder, graph.open(None) as empty:
        path = Path(folder, f"quartier{extension}")
        export(store, path)
        load_tables(empty, path, source="probe", author="Test", reason="Probe", check=False)
        return statements(empty)


@pytest.mark.parametrize("extension", RDF_FORMATS)
def test_rdf_comes_back_triple_for_triple(example, tmp_path, extension):
    path = tmp_path / f"example{extension}"
    export(example, path)
    copy = ox.Store()
    copy.load(path=path, format=ox.RdfFormat.from_extension(extension[1:]))
    assert {quad.triple for quad in copy} == statements(example)


@pytest.mark.parametrize("extension", [".trig", ".nq", ".jsonld"])
def test_formats_with_named_graphs_keep_them(example, tmp_path, extension):
    path = tmp_path / f"example{extension}"
    export(example, path)
    copy = ox.Store()
    copy.load(path=path, format=ox.RdfFormat.from_extension(extension[1:]))
    assert set(copy.named_graphs()) == {example.graphs.data("pankstrasse"), example.graphs.rounds}


@pytest.mark.parametrize("extension", [".zip", ".xlsx"])
def test_the_tables_of_the_example_come_back_as_the_same_graph(example, extension):
    assert reloaded(example, extension) == statements(example)


text = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40)).filter(entries.text)
actors = st.lists(
    st.tuples(text, st.lists(text, max_size=3), st.sampled_from(["", "2024", "2024-05", "2024-05-17"])),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("extension", [".zip", ".xlsx"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actors=actors)
def test_any_text_comes_back_the_same_from_tables(extension, actors):
    with graph.open(None) as store:
        quads = [quad for number, actor in enumerate(actors) for quad in _actor(store, f"a-{number}", *actor)]
        changes.commit(store, added=quads, author="Test", reason="Probe", check=False)
        assert reloaded(store, extension) == statements(store)


def _actor(store, slug, name, other_names, start):
    """An actor's quads, written as a form would."""
    kind = entries.entity_types()["actor"]
    cells = {"type": ["Akteur"], "name": [name], "kind": ["Verein"], "sector": ["Kultur"], "other_names": other_names}
    for field_name, values in (cells | ({"start": [start]} if start else {})).items():
        field = kind.field(field_name)
        for value in values:
            node = entries.iri(store.base_iri, kind, slug)
            yield ox.Quad(node, ox.NamedNode(field.path[0]), entries.term(field, value), store.graphs.data("probe"))


def test_a_workbook_holds_texts_only(example, tmp_path):
    export(example, tmp_path / "example.xlsx")
    workbook = load_workbook(tmp_path / "example.xlsx", read_only=True)
    kinds = {cell.data_type for row in workbook["Projekte"].iter_rows() for cell in row if cell.value is not None}
    workbook.close()
    assert kinds == {"s"}


@pytest.mark.parametrize("extension", [*RDF_FORMATS, ".zip", ".graphml", ".gexf"])
def test_no_contact_is_in_any_export(tmp_path, extension):
    with graph.open(None) as store:
        secret = ox.Quad(store_node("contact/1"), store_node("x"), ox.Literal("0305550123"), store.graphs.contacts)
        changes.commit(
            store, added=[secret, *_actor(store, "a", "Verein", [], "")], author="T", reason="R", check=False
        )
        export(store, tmp_path / f"x{extension}")
    content = (tmp_path / f"x{extension}").read_bytes()
    if extension == ".zip":
        with zipfile.ZipFile(tmp_path / "x.zip") as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"0305550123" not in content
    assert b"Verein" in content


def store_node(path: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://w3id.org/pankenetz/id/{path}")


@pytest.mark.parametrize(("extension", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_the_network_can_be_read_by_other_programs(example, tmp_path, extension, read):
    export(example, tmp_path / f"network{extension}")
    network = read(tmp_path / f"network{extension}")
    assert network.nodes["https://w3id.org/pankenetz/id/actor/silent-green-a"]["label"] == "silent green Kulturquartier"
    assert network.number_of_edges() > 1000


def test_the_same_graph_gives_the_same_zip(example, tmp_path):
    export(example, tmp_path / "a.zip")
    export(example, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_an_empty_graph_is_exported_too(tmp_path):
    with graph.open(None) as store:
        for extension in (*RDF_FORMATS, ".zip", ".xlsx", ".graphml", ".gexf"):
            export(store, tmp_path / f"leer{extension}")
        assert tables(store) == {}
    assert len(list(tmp_path.iterdir())) == 8


@pytest.mark.parametrize("name", ["x.docx", "x"])
def test_another_extension_is_refused_with_those_there_are(example, tmp_path, name):
    with pytest.raises(BadInput) as refused:
        export(example, tmp_path / name)
    assert ".trig" in refused.value.allowed


def test_a_place_that_cannot_be_written_is_named_and_an_old_file_stays(example, tmp_path):
    (tmp_path / "belegt.ttl").mkdir()
    for path in (tmp_path / "fehlt" / "x.ttl", tmp_path / "belegt.ttl"):
        with pytest.raises(BadInput, match="file"):
            export(example, path)
    assert [path.name for path in tmp_path.iterdir()] == ["belegt.ttl"]
