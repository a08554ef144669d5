"""The store: what is written is read, by one writer at a time, from a directory that is ours."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

import graph
from graph.errors import BadInput, StoreBusy, StoreDamaged, StoreForeign, StoreUnwritable
from ontology.terms import PN, SCHEMA, SKOS, XSD

ROOT = Path(__file__).parents[2]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'https://w3id.org/pankenetz/id/actor/')) }"
LABEL = NamedNode(SKOS.prefLabel)


@pytest.fixture
def store():
    with graph.open(None) as opened:
        yield opened


def fact(store, name, where=None, value="Ä"):
    subject = NamedNode(f"{store.base_iri}actor/{name}")
    return Quad(subject, LABEL, Literal(value, language="de"), where or store.graphs.data("test"))


def stored(store):
    """What is on disk: all but what is loaded or computed at opening."""
    computed = (store.graphs.ontology, store.graphs.derived)
    return {quad for quad in store.quads() if quad.graph_name not in computed}


def count(store, graphs=None):
    return int(next(iter(store.query(COUNT, graphs=graphs)))["n"].value)


def test_what_is_applied_is_read_and_makes_a_new_version(store):
    assert store.apply([], [fact(store, "a"), fact(store, "b")]) == 1
    assert store.apply([fact(store, "a")], [fact(store, "c")]) == 2
    assert (count(store), store.version) == (2, 2)
    assert fact(store, "a") not in store


def test_reopening_finds_data_version_and_base_iri(tmp_path):
    with graph.open(tmp_path / "new" / "data", base_iri="https://example.org/") as store:
        store.apply([], [fact(store, "a")])
        before = stored(store)
    with graph.open(tmp_path / "new" / "data") as store:
        assert (store.version, store.base_iri, stored(store)) == (1, "https://example.org/", before)


def test_what_is_read_is_what_is_on_disk(tmp_path):
    with graph.open(tmp_path) as store:
        store.apply([], [fact(store, name) for name in "abc"])
        store.apply([fact(store, "a")], [])
        assert set(store._directory.disk) == stored(store)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was_written(text):
    with graph.open(None) as store:
        store.apply([], [fact(store, "a", value=text)])
        assert [quad.object.value for quad in store.quads(fact(store, "a").subject)] == [text]
        store.apply([fact(store, "a", value=text)], [])
        assert not list(store.quads(fact(store, "a").subject))


def test_writers_in_threads_lose_nothing(store):
    def write(number):
        for step in range(20):
            store.apply([], [fact(store, f"{number}-{step}")])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (count(store), store.version) == (80, 80)


def test_the_same_process_cannot_open_a_directory_twice(tmp_path):
    with graph.open(tmp_path), pytest.raises(StoreBusy) as caught:
        graph.open(tmp_path)
    assert caught.value.pid == os.getpid()


def test_a_second_process_is_told_who_has_the_directory(tmp_path):
    code = f"import graph, graph.errors as e\ntry: graph.open(__import__('pathlib').Path({str(tmp_path)!r}))\n"
    code += "except e.StoreBusy as busy: print(busy.pid)"
    with graph.open(tmp_path):
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert told.stdout.strip() == str(os.getpid())


def test_a_closed_directory_opens_again_and_refuses_to_be_written_through_the_old_store(tmp_path):
    old = graph.open(tmp_path)
    old.close()
    old.close()
    with graph.open(tmp_path) as store:
        assert store.apply([], [fact(store, "a")]) == 1
    with pytest.raises(StoreUnwritable):
        old.apply([], [fact(old, "b")])


def test_a_foreign_directory_is_named_and_left_alone(tmp_path):
    (tmp_path / "Steuer 2025.xlsx").write_text("x")
    with pytest.raises(StoreForeign) as caught:
        graph.open(tmp_path)
    assert caught.value.found == ("Steuer 2025.xlsx",)
    assert [path.name for path in tmp_path.iterdir()] == ["Steuer 2025.xlsx"]


def test_a_file_is_no_data_directory(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreForeign):
        graph.open(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', '{"format": "x", "base_iri": "http://a/"}'])
def test_unreadable_settings_are_damage(tmp_path, content):
    graph.open(tmp_path).close()
    (tmp_path / "pankenetz.json").write_text(content)
    with pytest.raises(StoreDamaged):
        graph.open(tmp_path)
    assert (tmp_path / "pankenetz.json").read_text() == content


def test_a_format_of_the_future_is_not_touched(tmp_path):
    graph.open(tmp_path).close()
    settings_file = tmp_path / "pankenetz.json"
    settings_file.write_text(json.dumps({**json.loads(settings_file.read_text()), "format": 99}))
    with pytest.raises(StoreForeign):
        graph.open(tmp_path)


@pytest.mark.parametrize("damage", ["missing", "nonsense"])
def test_a_damaged_database_is_said_to_be_damaged(tmp_path, damage):
    graph.open(tmp_path).close()
    current = tmp_path / "store" / "CURRENT"
    if damage == "missing":
        current.unlink()
    else:
        current.write_text("nonsense")
    with pytest.raises(StoreDamaged):
        graph.open(tmp_path)


def test_flipped_bytes_are_damage_not_another_process(tmp_path):
    with graph.open(tmp_path / "whole") as store:
        store.apply([], [fact(store, f"a{number}") for number in range(2000)])
    tables = sorted((tmp_path / "whole" / "store").glob("*.sst"))
    assert tables
    for table in tables:
        copy = Path(shutil.copytree(tmp_path / "whole", tmp_path / table.stem))
        content = table.read_bytes()
        (copy / "store" / table.name).write_bytes(bytes(byte ^ 0xFF for byte in content))
        with pytest.raises(StoreDamaged), graph.open(copy):
            pass


def test_a_filled_store_without_its_settings_is_damage(tmp_path):
    with graph.open(tmp_path) as store:
        store.apply([], [fact(store, "a")])
    (tmp_path / "pankenetz.json").unlink()
    with pytest.raises(StoreDamaged):
        graph.open(tmp_path)


def test_a_directory_that_was_not_finished_is_finished(tmp_path):
    graph.open(tmp_path).close()
    (tmp_path / "pankenetz.json").unlink()
    with graph.open(tmp_path) as store:
        assert store.version == 0


@pytest.mark.parametrize("base", ["id", "ftp://a/", "http://a b/", "https://a/no-slash", 'https://a/"/'])
def test_a_base_iri_must_be_one(base):
    with pytest.raises(BadInput) as caught:
        graph.open(None, base_iri=base)
    assert caught.value.where == base


def test_a_directory_keeps_its_base_iri(tmp_path):
    graph.open(tmp_path, base_iri="https://a.example/").close()
    with pytest.raises(BadInput) as caught:
        graph.open(tmp_path, base_iri="https://b.example/")
    assert caught.value.allowed == ("https://a.example/",)


def test_contacts_are_in_no_list_and_in_no_answer(store):
    store.apply([], [fact(store, "person", store.graphs.contacts)])
    for role in ("public", "reader", "editor", "admin"):
        assert count(store, store.graphs.readable(role)) == 0
    assert count(store) == 0
    assert not any("person" in quad.subject.value for quad in parse(store.dump(RdfFormat.N_QUADS), RdfFormat.N_QUADS))
    assert len(store.dataset().query(COUNT.replace("(COUNT(*) AS ?n)", "?s"))) == 0


def test_the_public_reads_data_but_no_rounds_and_no_history(store):
    store.apply([], [fact(store, "a"), fact(store, "b", store.graphs.rounds), fact(store, "c", store.graphs.history)])
    assert count(store, store.graphs.readable("public")) == 1
    assert count(store, store.graphs.readable("reader")) == 3
    assert count(store) == 2


def test_graph_cannot_leave_the_readable_graphs(store):
    store.apply([], [fact(store, "a", store.graphs.contacts)])
    for clause in ("", f"FROM {store.graphs.contacts}", f"FROM NAMED {store.graphs.contacts}"):
        text = f"SELECT * {clause} {{ GRAPH ?g {{ ?s {LABEL} ?o }} FILTER(?g = {store.graphs.contacts}) }}"
        assert not list(store.query(text))


def test_an_unknown_role_is_refused(store):
    with pytest.raises(BadInput):
        store.graphs.readable("boss")


def test_ontology_and_derived_graph_are_not_written(store):
    for where in (store.graphs.ontology, store.graphs.derived):
        with pytest.raises(BadInput):
            store.apply([], [fact(store, "a", where)])
    with pytest.raises(BadInput):
        store.apply([], [Quad(BlankNode(), LABEL, Literal("x"), store.graphs.data("test"))])
    assert store.version == 0


def test_derived_days_follow_the_data(store):
    project = NamedNode(f"{store.base_iri}project/p")
    start = Quad(
        project, NamedNode(SCHEMA.startDate), Literal("2019", datatype=NamedNode(XSD.gYear)), store.graphs.data("t")
    )
    store.apply([], [start])
    (derived,) = store.quads(project, NamedNode(PN.earliest))
    assert (dt.date.fromisoformat(derived.object.value), derived.graph_name) == (
        dt.date(2019, 1, 1),
        store.graphs.derived,
    )
    store.apply([start], [])
    assert not list(store.quads(project))


def test_listeners_hear_every_change_in_order_until_they_leave(store):
    heard = []
    leave = store.subscribe(
        lambda removed, added, version: heard.append((fact(store, "a") in removed, fact(store, "a") in added, version))
    )
    store.apply([], [fact(store, "a")])
    store.apply([fact(store, "a")], [])
    leave()
    store.apply([], [fact(store, "a")])
    assert heard == [(False, True, 1), (True, False, 2)]


def test_a_failing_listener_does_not_undo_the_change(store, caplog):
    def fail(_removed, _added, _version):
        raise RuntimeError("mine")

    store.subscribe(fail)
    assert store.apply([], [fact(store, "a")]) == 1
    assert "a listener failed" in caplog.text


def test_a_cached_value_is_built_once_per_version(store):
    built = []
    for _ in range(2):
        assert store.cached("key", lambda: built.append(1) or count(store)) == 0
    store.apply([], [fact(store, "a")])
    assert store.cached("key", lambda: built.append(1) or count(store)) == 1
    assert len(built) == 2


def test_a_value_built_across_a_change_is_not_kept(store):
    def build():
        before = count(store)
        if not before:
            store.apply([], [fact(store, "a")])
        return before

    assert [store.cached("key", build) for _ in range(2)] == [0, 1]


def test_the_dataset_is_a_copy_for_rdflib(store):
    store.apply([], [fact(store, "a")])
    dataset = store.dataset()
    (row,) = dataset.query(COUNT)
    assert int(row.n) == 1
    dataset.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert count(store) == 1


def test_a_dump_in_turtle_is_the_union_of_what_people_wrote(store):
    store.apply(
        [], [fact(store, "a"), fact(store, "a", store.graphs.data("other")), fact(store, "b", store.graphs.rounds)]
    )
    assert len(list(parse(store.dump(RdfFormat.TURTLE), RdfFormat.TURTLE))) == 2
