"""What a query costs in the sandbox beyond its evaluation: `python -m pytest -s tests/benchmarks/bench_sandbox.py`.

Measured November 2026, before others on 2 cores (`chrt -r 10`), example (23 000 quads), median of 30 in turns: start
0.3 s; ASK 0.1 + 0.7 ms, all actors 1.9 + 0.9 ms, co-participation 12 - 0.6 ms (the sandbox's copy is sorted), all
23 000 rows 66 + 21 ms. Raw is Oxigraph in this process, same bytes.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import QueryResultsFormat

from graph.sandbox import Sandbox
from graph.syntax import TABLES

sys.path.insert(0, str(Path(__file__).parent))

from bench_endpoint import in_turns

if TYPE_CHECKING:
    from graph.store import Store

PREFIX = "PREFIX pn: <https://w3id.org/pankenetz/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
QUERIES = {
    "yes or no": "ASK { ?s a pn:Actor }",
    "all actors": "SELECT ?a ?n { ?a a pn:Actor ; skos:prefLabel ?n }",
    "two hops": "SELECT (COUNT(*) AS ?n) { ?i pn:actor ?a ; pn:in ?p . ?j pn:actor ?b ; pn:in ?p }",
    "everything": "SELECT * { ?s ?p ?o }",
}
TIMES = 30


def say(text: str) -> None:
    """Show a figure (pytest -s)."""
    sys.stdout.write(f"\n{text}\n")


def test_what_the_sandbox_costs_beside_a_bare_evaluation(example: Store) -> None:
    """One line per query: raw, sandbox, difference. An answer is the same in both, so no query may fail in one."""
    with Sandbox(example) as sandbox:
        start = time.perf_counter()
        sandbox.warm()
        sandbox.run("ASK {}", TABLES["csv"])
        say(f"start {1000 * (time.perf_counter() - start):.0f} ms")
        allowed = example.graphs.readable("reader")
        for name, text in QUERIES.items():
            query = PREFIX + text
            raw, boxed = in_turns(
                lambda query=query: example.query(query, None, allowed).serialize(format=QueryResultsFormat.JSON),
                lambda query=query: sandbox.run(query, TABLES["json"]),
                times=TIMES,
            )
            say(f"{name:12} raw {raw:7.1f} ms   sandbox {boxed:7.1f} ms   {boxed - raw:+.1f} ms")
            assert not sandbox.run(query, TABLES["json"]).truncated
