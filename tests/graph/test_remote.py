"""A SPARQL server elsewhere as store: the same answers, the same changes, and no silent loss."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from importlib import metadata
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import graph
from builders import BASE, Quartier
from graph import changes, query
from graph.errors import BadInput, StoreOutdated, StoreUnreachable
from ontology.terms import SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = next((one.locate() for one in metadata.files("oxigraph") or () if one.name == "oxigraph"), None)


@contextmanager
def oxigraph() -> Iterator[str]:
    """Oxigraph's server with an empty dataset in memory."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [str(PROGRAM), "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D")
            yield f"http://127.0.0.1:{port}/query"
        finally:
            server.terminate()


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(url):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"{url} does not answer")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    assert PROGRAM, "Oxigraph's server is missing: pip install oxigraph"
    with oxigraph() as url:
        yield url


def alias(name: str) -> Quad:
    office = NamedNode(f"{BASE}graph/data/office")
    return Quad(NamedNode(f"{BASE}actor/a"), NamedNode(SKOS.altLabel), Literal(name, language="de"), office)


def facts(store):
    return {quad for name in store.graphs.all_data() for quad in store.quads(graph=name)}


def test_the_whole_catalogue_answers_alike_here_and_there(server, example, tmp_path):
    """Write all of the example there, open it anew, and ask every query that needs no value."""
    with graph.open_remote(server, tmp_path) as there:
        quads = [q for q in example.quads() if q.graph_name not in (example.graphs.ontology, example.graphs.derived)]
        there.apply([], [q for q in quads if "dataVersion" not in q.predicate.value or q.graph_name != q.subject])
    with graph.open_remote(server, tmp_path) as again:
        assert again.version == 1
        for named in query.catalogue():
            if named.binds.keys() - named.optional:
                continue
            here, there = (query.select(one, named.name) for one in (example, again))
            assert sorted(map(repr, here)) == sorted(map(repr, there)), named.name
        again.apply([q for q in again.quads() if q.graph_name not in (again.graphs.ontology, again.graphs.derived)], [])


def test_a_change_is_written_read_and_undone(server):
    quartier = Quartier()
    quartier.actor("A")
    with graph.open_remote(server) as store:
        changes.commit(store, added=quartier.quads, author="Bo", reason="neu")
        before = facts(store)
        change = changes.commit(store, added=[alias("Neu „so“\n\\")], author="Bo", reason="x")
    with graph.open_remote(server) as store:
        assert alias("Neu „so“\n\\") in store
        changes.undo(store, change.id, "Bo")
    with graph.open_remote(server) as store:
        assert facts(store) == before


def test_the_second_of_two_instances_does_not_overwrite_the_first(server):
    with graph.open_remote(server) as one, graph.open_remote(server) as other:
        one.apply([], [alias("eins")])
        with pytest.raises(StoreOutdated):
            other.apply([], [alias("zwei")])
        with pytest.raises(StoreOutdated):
            other.apply([], [alias(f"viele {number}") for number in range(1500)])
        assert alias("zwei") not in other
    with graph.open_remote(server) as again:
        assert {alias("eins") in again, alias("zwei") in again, alias("viele 3") in again} == {True, False}


def test_a_server_that_is_gone_is_told_and_nothing_changes_here():
    with oxigraph() as url:
        store = graph.open_remote(url)
    with store, pytest.raises(StoreUnreachable):
        store.apply([], [alias("nie")])
    assert (store.version, alias("nie") in store) == (0, False)


@pytest.mark.parametrize("url", ["ftp://x/", "file:///etc/passwd", "nonsense", "http://"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(BadInput):
        graph.open_remote(url)


def test_what_is_no_sparql_server_is_told():
    with pytest.raises(StoreUnreachable):
        graph.open_remote("http://127.0.0.1:9/sparql")
