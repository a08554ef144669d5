"""The W3C's suites of SPARQL 1.0 and 1.1 queries, updates and result formats, over HTTP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from failures import FAILURES
from manifests import BASE, FOLDER, Case, State, cases, file, included, iri
from results import TABLES, is_ordered, read, read_file, same_csv, same_graph, same_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from endpoint import Endpoint

JSON, XML, TURTLE = "application/sparql-results+json", "application/sparql-results+xml", "application/n-triples"
READERS = {JSON: ox.QueryResultsFormat.JSON, XML: ox.QueryResultsFormat.XML}
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]+)>", re.IGNORECASE)

SUITES = {
    "query": ("sparql11/manifest-sparql11-query.ttl", 328),
    "update": ("sparql11/manifest-sparql11-update.ttl", 157),
    "results": ("sparql11/manifest-sparql11-results.ttl", 10),
    "sparql10": ("sparql10/manifest-evaluation.ttl", 283),
}


@pytest.mark.parametrize("suite", SUITES)
def test_every_test_passes_but_those_that_are_explained(endpoint: Endpoint, suite: str) -> None:
    manifest, number = SUITES[suite]
    every = [case for one in included(FOLDER / manifest) for case in cases(one)]
    wrong = {case.name for case in every if not RUNNERS[case.kind](endpoint, case)}
    assert len(every) == number
    assert wrong == set(FAILURES[suite])


def _positive_syntax(endpoint: Endpoint, case: Case) -> bool:
    # One that is readable may still fail: a function nobody knows, a graph that is not there, a LOAD.
    return endpoint.query(_text(case), "*/*").status != 400


def _negative_syntax(endpoint: Endpoint, case: Case) -> bool:
    if case.request.suffix == ".ru":
        return _negative_update_syntax(endpoint, case)
    return endpoint.query(_text(case), "*/*").status == 400


def _positive_update_syntax(endpoint: Endpoint, case: Case) -> bool:
    endpoint.load([])
    return endpoint.update(_text(case)).status != 400


def _negative_update_syntax(endpoint: Endpoint, case: Case) -> bool:
    return endpoint.update(_text(case)).status == 400


def _update(endpoint: Endpoint, case: Case) -> bool:
    endpoint.load(case.before.quads())
    reply = endpoint.update(_text(case))
    return reply.status == 204 and same_graph(endpoint.content(), case.after.quads())


def _evaluation(endpoint: Endpoint, case: Case) -> bool:
    text = _text(case)
    endpoint.load(State((*case.before.default,), (*case.before.named, *_asked_for(case, text))).quads())
    assert case.result is not None
    if case.result.suffix in (".csv", ".tsv"):
        return _as_text(endpoint, text, case)
    expected = read_file(case.result)
    if isinstance(expected, list) and expected and isinstance(expected[0], ox.Quad):
        reply = endpoint.query(text, TURTLE)
        return reply.status == 200 and same_graph(list(ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)), expected)
    accept = XML if case.result.suffix == ".srx" else JSON
    reply = endpoint.query(text, accept)
    if reply.status != 200:
        return False
    found = read(reply.body, READERS[accept])
    if isinstance(expected, bool) or isinstance(found, bool):
        return found == expected
    return same_rows(found, expected, ordered=is_ordered(case.result))


def _as_text(endpoint: Endpoint, text: str, case: Case) -> bool:
    accept = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}[case.result.suffix]
    reply = endpoint.query(text, accept)
    if reply.status != 200 or reply.media_type != accept:
        return False
    if case.result.suffix == ".tsv":
        return same_rows(read(reply.body, TABLES[".tsv"]), read_file(case.result))
    return same_csv(reply.body.decode(), case.result.read_text("utf-8"))


def _asked_for(case: Case, text: str) -> Iterator[tuple[str, object]]:
    """The files that FROM and FROM NAMED name, which the dataset must hold as graphs."""
    for address in _FROM.findall(text):
        whole = address if ":" in address else iri(case.request.parent / address)
        if whole.startswith(BASE) and file(whole).exists():
            yield whole, file(whole)


def _text(case: Case) -> str:
    return f"BASE <{iri(case.request)}>\n{case.request.read_text('utf-8')}"


RUNNERS: dict[str, Callable[[Endpoint, Case], bool]] = {
    "PositiveSyntaxTest11": _positive_syntax,
    "PositiveSyntaxTest": _positive_syntax,
    "NegativeSyntaxTest11": _negative_syntax,
    "NegativeSyntaxTest": _negative_syntax,
    "PositiveUpdateSyntaxTest11": _positive_update_syntax,
    "NegativeUpdateSyntaxTest11": _negative_update_syntax,
    "UpdateEvaluationTest": _update,
    "QueryEvaluationTest": _evaluation,
    "CSVResultFormatTest": _evaluation,
}
