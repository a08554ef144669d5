"""A SPARQL server elsewhere as store: the same answers, the same changes, and no silent loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engines import oxigraph, virtuoso
from pyoxigraph import Literal, NamedNode, Quad

import graph
from builders import BASE, Quartier
from graph import changes, query
from graph.errors import BadInput, StoreOutdated, StoreUnreachable
from graph.query import Iri
from graph.remote import RemoteDirectory
from graph.remote_text import LONGEST
from ontology.terms import GEO, PN, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.store import Store

SAMPLES = {
    "actor": ("actor/silent-green-a", "actor/panke-ev"),
    "entry": ("actor/silent-green-a", "project/kool-im-kiez-2", "place/nettelbeckplatz"),
    "target": ("actor/silent-green-a", "place/nettelbeckplatz", "round/2022"),
    "field": ("handlungsfeld/2022-1", "handlungsfeld/2022-4"),
    "source": ("source/1",),
}
"""What the queries that need a value are asked with."""
MAY_BE_EMPTY = frozenset({"matching-judgements", "rounds-decisions", "rounds-suggestions", "rounds-workspaces",
                          "saved-questions", "stories", "stories-views", "upkeep-steps", "upkeep-ties"})  # fmt: skip
"""What an office without work of its own has nothing of."""


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Both servers, each started when it is first needed, would take longer than both at once."""
    with oxigraph() as one, virtuoso(tmp_path_factory.mktemp("virtuoso")) as other:
        yield {"oxigraph": one, "virtuoso": other}


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(servers: dict[str, str], request: pytest.FixtureRequest) -> str:
    """A server without data of ours."""
    url = servers[request.param]
    here = RemoteDirectory(url, None, None)
    for row in here._rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"):
        if "/graph/" in row["g"].value and row["g"].value.startswith((BASE, here.base_iri)):
            here._update(f"CLEAR GRAPH {row['g']}")
    return url


def answers(store: Store) -> dict[str, list[str]]:
    """What the whole catalogue answers."""
    found = {}
    for named in query.catalogue():
        (key,) = named.binds.keys() - named.optional or ("",)
        iris = [PN.Project] if key == "class" else [store.base_iri + name for name in SAMPLES.get(key, ())]
        values = [{key: Iri(iri)} for iri in iris] if key else [{}]
        found[named.name] = sorted(row for bindings in values for row in rows(store, named, bindings))
    return found


def rows(store: Store, named: query.NamedQuery, bindings: dict[str, Iri]) -> list[str]:
    """The rows of a SELECT, the triples of a CONSTRUCT."""
    if not named.text.count("CONSTRUCT"):
        return [repr(row) for row in query.select(store, named.name, **bindings)]
    return [str(triple) for triple in store.query(named.text, {key: query.term(iri) for key, iri in bindings.items()})]


def alias(name: str) -> Quad:
    office = NamedNode(f"{BASE}graph/data/office")
    return Quad(NamedNode(f"{BASE}actor/a"), NamedNode(SKOS.altLabel), Literal(name, language="de"), office)


def facts(store):
    return {quad for name in store.graphs.all_data() for quad in store.quads(graph=name)}


def test_the_whole_catalogue_answers_alike_here_and_there(server: str, example: Store, tmp_path: Path) -> None:
    """Write all of the example there, open it anew, and ask every query."""
    made = (example.graphs.ontology, example.graphs.derived)
    with graph.open_remote(server, tmp_path) as there:
        quads = [quad for quad in example.quads() if quad.graph_name not in made]
        there.apply([], [q for q in quads if "dataVersion" not in q.predicate.value or q.graph_name != q.subject])
    with graph.open_remote(server, tmp_path) as again:
        assert again.version == 1
        assert {quad for quad in again.quads() if quad.graph_name not in made} == set(quads)
        here, there_too = answers(example), answers(again)
        assert {name for name, rows in here.items() if not rows} <= MAY_BE_EMPTY
        assert here == there_too


def test_long_texts_space_around_texts_and_exact_positions_come_back_as_they_were(server: str) -> None:
    where = NamedNode(f"{BASE}graph/data/office")
    point = Literal("POINT(13.37067 52.54205)", datatype=NamedNode(GEO.wktLiteral))
    texts = (Literal("Zeile „1“\n" * (LONGEST // 4)), Literal("\n a\t\\\n", language="de"), Literal(" <&>\"' "))
    quads = {Quad(NamedNode(f"{BASE}x"), NamedNode(SKOS.note), one, where) for one in (point, *texts)}
    with graph.open_remote(server, base_iri=BASE) as store:
        store.apply([], quads)
    with graph.open_remote(server, base_iri=BASE) as store:
        assert quads <= set(store.quads())
        store.apply(quads, [])
    with graph.open_remote(server, base_iri=BASE) as store:
        assert not quads & set(store.quads())


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
