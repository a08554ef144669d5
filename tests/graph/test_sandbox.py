"""The sandbox: strangers' queries are answered whole, or refused, or ended, and nothing else happens."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from builders import Quartier
from graph import changes
from graph.errors import (
    BadInput,
    QueryBusy,
    QueryCancelled,
    QueryError,
    QueryRefused,
    QueryTimeout,
    QueryTooBig,
)
from graph.sandbox import Sandbox, backlog, confine
from graph.sandbox.dataset import readable
from graph.sandbox.place import find_place
from graph.syntax import GRAPHS, TABLES
from ontology.terms import SKOS

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOSTILE = 'x},{"}},{"a":{"type":"<result></result>\r\n,"" ;\t}},{'
BASE = "https://w3id.org/pankenetz/id/"
linux = pytest.mark.skipif(sys.platform != "linux", reason="sealing off sockets needs Linux")


@pytest.fixture(scope="module")
def store():
    quartier = Quartier()
    names = [f"Akteur {number}" for number in range(30)]
    for name in names:
        quartier.actor(name, sector="kultur", alt=HOSTILE)
    with quartier.store() as opened:
        opened.apply([], [alias(opened, "Erika", opened.graphs.contacts)])
        yield opened


@pytest.fixture(scope="module")
def sandbox(store):
    with Sandbox(store, timeout=20) as running:
        yield running


def alias(store, name, where=None):
    subject = NamedNode(f"{store.base_iri}actor/akteur-1")
    return Quad(subject, NamedNode(SKOS.altLabel), Literal(name, language="de"), where or store.graphs.data("test"))


def elements(body):
    """The rows of a result in XML that we have just made ourselves."""
    return list(ET.fromstring(body)[1])  # noqa: S314  # our own answer


def rows(answer):
    bindings = json.loads(answer.body)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in binding.items()} for binding in bindings]


def ask(sandbox, text, **more: Any):
    return rows(sandbox.run(text, TABLES["json"], **more))


def number(sandbox, where="{ ?s ?p ?o }", **more: Any):
    return int(ask(sandbox, f"SELECT (COUNT(*) AS ?n) {where}", **more)[0]["n"])


NAMES = f"SELECT ?a ?n {{ ?a <{SKOS.altLabel}> ?n FILTER(LANG(?n) = 'de' && CONTAINS(STR(?a), 'actor/')) }} ORDER BY ?a"


def test_the_answer_is_that_of_the_store(sandbox, store):
    assert ask(sandbox, NAMES) == [{"a": row["a"].value, "n": row["n"].value} for row in store.query(NAMES)]


@pytest.mark.parametrize("name", TABLES)
def test_every_form_of_table_is_well_formed(sandbox, name):
    body = sandbox.run(NAMES, TABLES[name]).body.decode()
    readers = {
        "json": lambda: len(json.loads(body)["results"]["bindings"]),
        "xml": lambda: len(elements(body)),
        "csv": lambda: len(list(csv.reader(io.StringIO(body, newline="")))) - 1,
        "tsv": lambda: body.count("\n") - 1,
    }
    assert readers[name]() == 30


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("caps", [{"max_rows": 7}, {"max_bytes": 3000}])
def test_a_table_beyond_its_cap_is_cut_after_a_row_and_says_so(store, name, caps):
    with Sandbox(store, **caps) as small:
        whole, cut = Sandbox(store), small.run(NAMES, TABLES[name])
        with whole:
            full = whole.run(NAMES, TABLES[name])
    assert (cut.truncated, full.truncated) == (True, False)
    body = cut.body.decode()
    if name == "json":
        found = rows(cut)
        assert found == rows(full)[: len(found)]
    elif name == "xml":
        found = elements(body)
    else:
        found = body.splitlines()
        assert full.body.startswith(cut.body)
    assert found
    assert "max_rows" not in caps or name == "csv" or len(found) - (name == "tsv") == 7


@pytest.mark.parametrize("rows_there", [6, 7, 8])
def test_only_what_exceeds_the_cap_is_called_truncated(store, rows_there):
    with Sandbox(store, max_rows=7) as small:
        for media_type in TABLES.values():
            answer = small.run(f"{NAMES} LIMIT {rows_there}", media_type)
            assert answer.truncated == (rows_there > 7)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 50 } }",
        "SELECT (?s AS ?LIMIT5) { ?s ?p ?o } ORDER BY ?LIMIT5",
        "SELECT * { ?s ?p ?o BIND(' LIMIT 5' AS ?x) } # LIMIT 5",
        "SELECT * { ?s ?p ?o } limit 50 OFFSET 5",
        "SELECT * { ?s ?p ?o } OFFSET 5 LIMIT 0000000000000050",
    ],
)
def test_no_query_gets_around_the_cap(store, text):
    with Sandbox(store, max_rows=7, parallel=1) as small:
        answer = small.run(text, TABLES["json"])
    assert (len(rows(answer)), answer.truncated) == (7, True)


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o } LIMIT 7", "SELECT * { ?s ?p ?o }\nlimit 7 offset 20 # 50"])
def test_a_query_that_keeps_to_the_cap_is_answered_whole(store, text):
    with Sandbox(store, max_rows=7, parallel=1) as small:
        answer = small.run(text, TABLES["json"])
    assert (len(rows(answer)), answer.truncated) == (7, False)


@pytest.mark.parametrize(
    ("name", "form"), [("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES), ("rdfxml", RdfFormat.RDF_XML)]
)
def test_constructed_graphs_are_readable(sandbox, name, form):
    answer = sandbox.run(NAMES.replace("SELECT ?a ?n", "CONSTRUCT { ?a <http://x/name> ?n } WHERE"), GRAPHS[name])
    assert len(list(parse(answer.body, form))) == 30


def test_described_entries_come_as_json_ld(sandbox):
    answer = sandbox.run(f"DESCRIBE <{BASE}actor/akteur-1>", GRAPHS["jsonld"])
    assert json.loads(answer.body)


def test_a_graph_beyond_its_cap_of_bytes_is_refused(store):
    with Sandbox(store, max_bytes=500) as small, pytest.raises(QueryTooBig) as caught:
        small.run("CONSTRUCT WHERE { ?s ?p ?o }", GRAPHS["nt"])
    assert (caught.value.limit, caught.value.unit) == (500, "bytes")


def test_a_form_that_does_not_suit_names_those_that_do(sandbox):
    with pytest.raises(BadInput) as caught:
        sandbox.run("ASK {}", GRAPHS["ttl"])
    assert set(caught.value.allowed) == set(TABLES.values())


def test_a_mistake_has_line_and_column(sandbox):
    with pytest.raises(QueryError) as caught:
        sandbox.run("SELECT * {\n  ?s ?p }", TABLES["json"])
    assert (caught.value.line, caught.value.column) == (2, 9)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT * WHERE { ?s ?p ?o", (1, 26)),
        ("SELEC * WHERE { ?s ?p ?o }", (1, 1)),
        ("SELECT * WHERE {\n ?s a pn:Actor .\n}", (2, 7)),
        ("SELECT ?s WHERE {\n ?s a ?t ;\n ?p .\n}", (3, 5)),
        ("SELECT ?s WHERE {\n ?s a ?t . ?x\n\n}\nORDER BY ?s", (4, 1)),
        ("SELECT ?s { ?s ?p 'abc }\nLIMIT 3", (1, 25)),
        ("SELECT ?s { ?s ?p ?o } GROUP ?s", (1, 30)),
        ("SELECT ?s { ?s ?p ?o }}", (1, 23)),
        ("SELECT ?ö { ?ä ?p 'ü' oops", (1, 23)),
    ],
)
def test_a_mistake_is_found_at_the_token_that_makes_it(text, place):
    assert find_place(text) == place


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "SELECT", "hallo", "{" * 50_000, "SELECT * { ?s ?p '", "\ufeffASK", "ASK { ?a b:c 1 }"]
)
def test_what_is_no_query_is_an_error_of_its_own(sandbox, text):
    with pytest.raises((QueryError, QueryTooBig)):
        sandbox.run(text, TABLES["json"])
    assert number(sandbox) > 0


@pytest.mark.parametrize("text", ["INSERT DATA { <a:a> <a:b> 1 }", "LOAD <http://127.0.0.1/>", "CLEAR ALL", "DROP ALL"])
def test_updates_are_refused(sandbox, text):
    before = number(sandbox)
    with pytest.raises(QueryRefused) as caught:
        sandbox.run(text, TABLES["json"])
    assert (caught.value.message, number(sandbox)) == ("UPDATE", before)


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_no_other_server_is_ever_asked(sandbox, silent):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(QueryRefused) as caught:
            sandbox.run(f"SELECT * {{\n service {silent}<{address}> {{ ?s ?p ?o }} }}", TABLES["json"])
        assert (caught.value.message, caught.value.line, caught.value.column) == ("SERVICE", 2, 2)
        with pytest.raises(TimeoutError):
            server.accept()


def test_the_word_service_in_a_text_a_name_or_a_remark_is_harmless(sandbox):
    text = """PREFIX service: <http://x/>
        # SERVICE
        SELECT ?service { BIND('SERVICE <a:b>' AS ?service) MINUS { ?a service:b 1 } }"""
    assert len(ask(sandbox, text)) == 1


@linux
def test_a_sealed_process_opens_neither_sockets_nor_files_nor_programs():
    code = (
        "import os, socket, sys\nfrom graph.sandbox import confine\nassert confine.seal()\n"
        "def refused(call, *arguments):\n    try: call(*arguments)\n    except PermissionError: return True\n"
        "print(refused(socket.socket), refused(open, '/etc/passwd'), refused(os.execv, sys.executable, ['x']))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert found.stdout.split() == ["True", "True", "True"]


@linux
def test_this_machine_can_seal():
    assert confine.can_seal()


def test_a_runaway_ends_at_its_deadline(sandbox):
    with pytest.raises(QueryTimeout) as caught:
        sandbox.run(RUNAWAY, TABLES["json"], timeout=0.4)
    assert caught.value.seconds == 0.4


def test_others_are_answered_while_a_query_runs(sandbox):
    answered = threading.Event()
    with ThreadPoolExecutor(1) as other:
        runaway = other.submit(sandbox.run, RUNAWAY, TABLES["json"], gone=answered.is_set)
        beside = [sandbox.run("ASK { ?s ?p ?o }", TABLES["json"]).body for _ in range(5)]
        running = not runaway.done()
        answered.set()
        assert isinstance(runaway.exception(), QueryCancelled)
    assert running
    assert all(b"true" in body for body in beside)


def test_memory_ends_where_it_is_capped(store):
    with Sandbox(store, memory_mb=100, timeout=20) as small:
        with pytest.raises(QueryTooBig) as caught:
            small.run("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", TABLES["csv"])
        assert (caught.value.limit, caught.value.unit) == (100, "MB")
        assert number(small) > 0


def test_who_goes_away_ends_the_query(sandbox):
    """Long before its deadline, else the error would be that of the deadline."""
    start = time.monotonic()
    with pytest.raises(QueryCancelled):
        sandbox.run(RUNAWAY, TABLES["json"], gone=lambda: time.monotonic() > start + 0.3)


def processes(sandbox):
    """Those that wait for a query or answer one."""
    return set(Path(f"/proc/{sandbox._pool.pid}/task/{sandbox._pool.pid}/children").read_text().split())


def confined(code):
    """What a process of its own prints."""
    root = Path(__file__).parents[2]
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    return found.stdout.split()


def waited_for(condition):
    """Whether it comes true within some seconds."""
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@linux
def test_a_process_that_was_ended_is_replaced_by_another_and_leaves_nothing_behind(store):
    with Sandbox(store) as fresh:
        fresh.warm()
        assert waited_for(lambda: len(processes(fresh)) == 2)
        before = processes(fresh)
        with pytest.raises(QueryTimeout):
            fresh.run(RUNAWAY, TABLES["json"], timeout=0.2)
        assert waited_for(lambda: len(processes(fresh)) == 2 and len(processes(fresh) & before) == 1)


@linux
def test_a_process_answers_one_question_after_the_other(store):
    with Sandbox(store, parallel=1) as single:
        single.warm()
        assert waited_for(lambda: len(processes(single)) == 1)
        before = processes(single)
        for text in ("ASK {}", "no query", "SELECT * { ?s ?p ?o }"):
            with contextlib.suppress(QueryError):
                single.run(text, TABLES["json"])
        assert processes(single) == before


@linux
def test_the_limits_of_one_query_are_not_those_of_the_next():
    code = (
        "import resource, signal\nfrom graph.sandbox.confine import Bounds\nbounds = Bounds()\n"
        "bounds.tighten(60, 1000)\nbounds.loosen()\n"
        "print(signal.getitimer(signal.ITIMER_REAL)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])"
    )
    assert confined(code) == ["0.0", "-1"]


@linux
def test_processes_that_died_while_they_waited_are_not_missed(sandbox):
    before = number(sandbox)
    waiting = processes(sandbox)
    for process in waiting:
        os.kill(int(process), signal.SIGKILL)
    assert waited_for(lambda: not waiting & processes(sandbox))
    assert number(sandbox) == before


@linux
def test_a_process_that_has_grown_answers_no_more():
    code = (
        "from graph.sandbox.confine import Bounds\nbounds = Bounds()\nbounds.tighten(60, 1000)\n"
        "print(bounds.is_small(100))\ngrown = bytearray(60 * 2**20)\nprint(bounds.is_small(100))"
    )
    assert confined(code) == ["True", "False"]


def test_what_an_update_would_change_is_in_no_later_answer(sandbox):
    before = number(sandbox)
    changed = sandbox.changed("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <x:a> <x:b> 1 }")
    assert (len(changed.added), len(changed.removed) > 100) == (1, True)
    assert [number(sandbox) for _ in range(3)] == [before] * 3


def test_a_change_too_big_to_be_told_bit_by_bit_is_in_the_next_answer(store, monkeypatch):
    monkeypatch.setattr(backlog, "_MOST", 3)
    with Sandbox(store) as fresh:
        before = number(fresh)
        changes.commit(store, added=[alias(store, f"Name {n}") for n in range(9)], author="Bo", reason="x")
        assert number(fresh) >= before + 9
        changes.undo(store, str(store.version), "Bo")


def test_more_than_run_and_wait_are_turned_away(store):
    seen = threading.Event()
    with Sandbox(store, parallel=1, queue=1, timeout=60) as crowded, ThreadPoolExecutor(4) as askers:
        asked = [askers.submit(crowded.run, RUNAWAY, TABLES["json"], gone=seen.is_set) for _ in range(4)]
        first = [one.exception() for one in itertools.islice(as_completed(asked), 2)]
        seen.set()
        assert [type(error) for error in first] == [QueryBusy] * 2
        assert sorted(type(one.exception()).__name__ for one in asked) == ["QueryBusy"] * 2 + ["QueryCancelled"] * 2


def test_no_two_answers_have_the_same_chance(sandbox):
    found = {ask(sandbox, "SELECT (STRUUID() AS ?u) {}")[0]["u"] for _ in range(4)}
    assert len(found) == 4


def test_a_change_shows_in_the_next_answer(store, sandbox):
    text = "ASK { ?s ?p 'Neuer Name'@de }"
    assert b"false" in sandbox.run(text, TABLES["json"]).body
    changes.commit(store, added=[alias(store, "Neuer Name")], author="Bo", reason="x")
    assert b"true" in sandbox.run(text, TABLES["json"]).body
    changes.undo(store, str(store.version), "Bo")
    assert b"false" in sandbox.run(text, TABLES["json"]).body


def test_a_killed_zygote_comes_back_with_all_it_knew(sandbox):
    before = number(sandbox)
    for _ in range(2):
        os.kill(sandbox._pool.pid, signal.SIGKILL)
        assert number(sandbox) == before


def test_a_question_does_not_pay_for_the_start(store, tmp_path, monkeypatch):
    slow = tmp_path / "python"
    slow.write_text(f'#!/bin/sh\nsleep 4\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    slow.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(slow))
    with Sandbox(store) as fresh:
        assert b"true" in fresh.run("ASK {}", TABLES["json"], timeout=3.5).body


def test_a_zygote_that_cannot_start_is_no_endless_wait(store, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Sandbox(store) as broken, pytest.raises(QueryBusy):
        broken.run("ASK {}", TABLES["json"])


def test_the_zygote_ends_with_a_server_that_is_killed():
    code = (
        "import graph, time\nfrom graph.sandbox import Sandbox\nsandbox = Sandbox(graph.open(None))\n"
        "sandbox.warm()\nprint(sandbox._pool.pid, flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as server:
        zygote = Path(f"/proc/{int(server.stdout.readline())}/stat")
        server.kill()
    deadline = time.monotonic() + 30
    while zygote.exists() and zygote.read_text().split()[2] != "Z" and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not zygote.exists() or zygote.read_text().split()[2] == "Z"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'Erika'@de }",
        "SELECT * { GRAPH ?g { ?s ?p 'Erika'@de } }",
        "SELECT * { GRAPH <%s> { ?s ?p ?o } }",
        "SELECT * FROM <%s> { ?s ?p ?o }",
        "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
        "BASE <https://w3id.org/pankenetz/id/> SELECT * FROM <graph/contacts> { ?s ?p ?o }",
        "PREFIX g: <https://w3id.org/pankenetz/id/graph/> SELECT * FROM g:contacts FROM NAMED g:contacts { ?s ?p ?o }",
    ],
)
def test_contacts_cannot_be_asked_for(sandbox, store, text):
    assert ask(sandbox, text.replace("%s", store.graphs.contacts.value)) == []
    assert ask(sandbox, text.replace("%s", store.graphs.contacts.value), graphs=[store.graphs.contacts]) == []


def test_from_narrows_what_may_be_read(sandbox, store):
    data = store.graphs.data("test").value
    narrowed = number(sandbox, f"FROM <{data}> {{ ?s ?p ?o }}")
    assert narrowed == len(list(store.quads(graph=store.graphs.data("test")))) < number(sandbox)
    assert number(sandbox, f"FROM <{data}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == 0
    assert number(sandbox, default=[data]) == narrowed
    assert number(sandbox, graphs=[store.graphs.rounds], default=[data]) == 0


def test_from_never_widens_what_may_be_read(sandbox, store):
    text = f"FROM {store.graphs.history} FROM NAMED {store.graphs.history} {{ ?s ?p ?o }}"
    changes.commit(store, added=[alias(store, "Widening")], author="Bo", reason="x")
    assert number(sandbox, text, graphs=store.graphs.readable("reader")) > 0
    assert number(sandbox, text, graphs=store.graphs.readable("public")) == 0


@given(
    st.lists(
        st.sampled_from(
            [
                "FROM",
                "NAMED",
                "<http://a/>",
                "p:b",
                "PREFIX p: <http://c/>",
                "SELECT",
                "*",
                "{",
                "'FROM <http://d/>'",
                "# FROM <http://e/>\n",
            ]
        )
    )
)
def test_reading_from_clauses_takes_any_text(parts):
    default, named = readable(" ".join(parts), ["http://a/"], None, None)
    assert {name.value for name in (*default, *named)} <= {"http://a/"}
