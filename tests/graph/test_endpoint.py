"""Updates and whole graphs by SPARQL: one change each, checked, kept, to be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

from builders import BASE, Quartier
from graph import changes, endpoint, graph_store
from graph.errors import BadGraph, Invalid, NotFound, QueryError, QueryRefused
from graph.graph_store import Given
from graph.sandbox import Sandbox
from graph.sandbox.updating import with_dataset

PREFIXES = f"""PREFIX pn: <https://w3id.org/pankenetz/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX id: <{BASE}> PREFIX g: <{BASE}graph/>
"""
RENAME = """DELETE { ?a skos:prefLabel ?old } INSERT { ?a skos:prefLabel 'Neu'@de }
WHERE { ?a a pn:Actor ; skos:prefLabel ?old }"""


@pytest.fixture(scope="module")
def asked():
    quartier = Quartier()
    quartier.actor("Panke e. V.")
    with quartier.store() as store, Sandbox(store) as sandbox:
        yield store, sandbox


def update(asked, text, **more: Any):
    store, sandbox = asked
    return endpoint.update(store, sandbox, PREFIXES + text, author="Bo", base="http://localhost/sparql", **more)


def snapshot(store):
    return {quad for quad in store.quads() if quad.graph_name != store.graphs.history}


def name(store):
    (row,) = store.query(PREFIXES + "SELECT ?n { ?a a pn:Actor ; skos:prefLabel ?n }")
    return row["n"].value


def test_an_update_is_one_change_that_can_be_taken_back(asked):
    store, before = asked[0], snapshot(asked[0])
    change = update(asked, RENAME)
    assert name(store) == "Neu"
    found = changes.find_change(store, change)
    assert (found.author, found.added, found.removed) == ("Bo", 1, 1)
    changes.undo(store, change, "Bo")
    assert snapshot(store) == before


def test_several_operations_are_one_change(asked):
    store = asked[0]
    change = update(
        asked,
        f"{RENAME} ; DELETE DATA {{ id:actor/panke-e-v skos:altLabel 'nie' }}".replace(
            "id:actor/panke-e-v", f"<{BASE}actor/panke-e-v>"
        ),
    )
    assert changes.undo(store, change, "Bo").undoes == change


def test_the_first_comment_is_the_reason(asked):
    store, sandbox = asked
    text = f"# Wir heißen neu\n{PREFIXES}{RENAME}"
    change = endpoint.update(store, sandbox, text, author="Bo", base="http://localhost/")
    assert changes.find_change(store, change).reason == "Wir heißen neu"
    changes.undo(store, change, "Bo")


def test_what_is_written_without_a_graph_is_of_the_office(asked):
    store = asked[0]
    change = update(asked, f"INSERT DATA {{ <{BASE}actor/panke-e-v> skos:altLabel 'VE'@de }}")
    (added,) = changes.quads(store, change)[0]
    assert added.graph_name == store.graphs.data("office")
    changes.undo(store, change, "Bo")


def test_what_changes_nothing_is_no_change(asked):
    version = asked[0].version
    assert update(asked, "DELETE DATA { <a:b> <a:b> <a:b> }") == ""
    assert asked[0].version == version


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("CLEAR ALL", BadGraph),
        (f"DROP GRAPH <{BASE}graph/ontology>", BadGraph),
        (f"INSERT DATA {{ GRAPH <{BASE}graph/contacts> {{ <a:b> <a:b> 1 }} }}", BadGraph),
        (f"INSERT DATA {{ GRAPH <{BASE}graph/history> {{ <a:b> <a:b> 1 }} }}", BadGraph),
        ("INSERT DATA { GRAPH <http://elsewhere/> { <a:b> <a:b> 1 } }", BadGraph),
        ("DELETE WHERE { pn:Actor ?p ?o }", BadGraph),
        ("DELETE WHERE { ?a skos:prefLabel 'Panke e. V.'@de }", Invalid),
        ("INSERT DATA { <a:b> }", QueryError),
        ("LOAD <http://127.0.0.1:1/x>", QueryRefused),
        ("LOAD <file:///etc/passwd>", QueryRefused),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused),
        ("SELECT * { ?s ?p ?o }", QueryRefused),
        ("CREATE GRAPH <a:b> ; CREATE GRAPH <a:b>", QueryError),
    ],
)
def test_what_may_not_be_changes_nothing(asked, text, error):
    store, before = asked[0], snapshot(asked[0])
    with pytest.raises(error):
        update(asked, text)
    assert snapshot(store) == before


def test_contacts_cannot_be_deleted_by_who_cannot_see_them(asked):
    store = asked[0]
    secret = Quad(NamedNode("x:a"), NamedNode("x:b"), NamedNode("x:c"), store.graphs.contacts)
    store.apply([], [secret])
    assert update(asked, "DELETE WHERE { <x:a> <x:b> <x:c> }") == ""
    assert secret in store
    store.apply([secret], [])


def test_the_dataset_of_the_protocol_is_what_where_reads(asked):
    elsewhere = {"using": [f"{BASE}graph/rounds"]}
    assert update(asked, RENAME, **elsewhere) == ""
    change = update(asked, RENAME, using=[f"{BASE}graph/data/test"])
    changes.undo(asked[0], change, "Bo")


@pytest.mark.parametrize("clause", ["WITH <a:g>", "USING <a:g>", "USING NAMED <a:g>"])
def test_a_dataset_in_the_text_beside_that_of_the_protocol_is_refused(clause):
    start, end = (clause, "") if clause.startswith("WITH") else ("", clause)
    with pytest.raises(QueryError) as caught:
        with_dataset(f"{start} INSERT {{ ?s ?p 1 }} {end} WHERE {{ ?s ?p ?o }}", ["a:x"], None)
    assert caught.value.line == 1


def test_delete_where_gets_a_dataset_too():
    assert with_dataset("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", ["a:x"], ["a:y"]) == (
        "DELETE { GRAPH ?g { ?s ?p ?o } } USING <a:x> USING NAMED <a:y> WHERE { GRAPH ?g { ?s ?p ?o } }"
    )


def test_a_graph_is_added_to_replaced_and_removed_by_name(asked):
    store, graph = asked[0], f"{BASE}graph/data/versuch"
    turtle = Given(
        f"<{BASE}actor/panke-e-v> <http://www.w3.org/2004/02/skos/core#altLabel> 'A'@de .".encode(), "text/turtle", BASE
    )
    assert graph_store.put_graph(store, graph, turtle, author="Bo")
    assert not graph_store.post_graph(store, graph, [turtle], author="Bo")
    readable = store.graphs.readable("public")
    assert len(graph_store.find_graph(store, graph, readable)) == 1
    graph_store.delete_graph(store, graph, author="Bo")
    with pytest.raises(NotFound):
        graph_store.find_graph(store, graph, store.graphs.readable("admin"))
    assert changes.history(store)[0].reason == f"DELETE <{graph}>"


@pytest.mark.parametrize("graph", ["ontology", "history", "contacts", "derived", "other"])
def test_graphs_of_the_house_are_not_written_from_outside(asked, graph):
    with pytest.raises(BadGraph):
        graph_store.put_graph(asked[0], f"{BASE}graph/{graph}", Given(b"", "text/turtle", BASE), author="Bo")


def test_the_union_cannot_be_replaced(asked):
    with pytest.raises(BadGraph):
        graph_store.put_graph(asked[0], None, Given(b"", "text/turtle", BASE), author="Bo")
    with pytest.raises(BadGraph):
        graph_store.delete_graph(asked[0], None, author="Bo")


def test_who_may_not_read_a_graph_does_not_learn_of_it(asked):
    store = asked[0]
    for graph in (store.graphs.history, store.graphs.contacts):
        with pytest.raises(NotFound):
            graph_store.find_graph(store, graph.value, store.graphs.readable("public"))


def test_broken_rdf_is_told_with_its_place(asked):
    with pytest.raises(QueryError) as caught:
        graph_store.post_graph(asked[0], None, [Given(b"<a:b> <a:b>\n nope:x .", "text/turtle", BASE)], author="Bo")
    assert caught.value.line == 2
