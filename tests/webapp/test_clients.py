"""The endpoint as other people's programs ask it: SPARQLWrapper, curl, and whatever reads a CSV address."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

sys.path.insert(0, str(Path(__file__).parents[1] / "conformance"))

from endpoint import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

UPDATE = "INSERT DATA { <a:kita> <a:name> 'Kita „Sonne“' . <a:schule> <a:name> '=Schule' }"
NAMES = "SELECT ?name { ?s <a:name> ?name } ORDER BY ?name"
EXPECTED = ["=Schule", "Kita „Sonne“"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`pankenetz serve --scratch`, filled by SPARQLWrapper."""
    with serving(tmp_path_factory.mktemp("clients")) as endpoint:
        url = f"{endpoint.address.rstrip('/')}/sparql"
        client = SPARQLWrapper(url)
        client.setMethod(POST)
        client.setQuery(UPDATE)
        client.query()
        yield url


def asked(address: str, query: str, form: str, method: str = "GET") -> object:
    client = SPARQLWrapper(address, returnFormat=form)
    client.setMethod(method)
    client.setQuery(query)
    return client.query().convert()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_rows_in_every_form(address: str, method: str) -> None:
    rows = asked(address, NAMES, JSON, method)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == EXPECTED
    document = asked(address, NAMES, XML, method)
    assert [one.firstChild.data for one in document.getElementsByTagName("literal")] == EXPECTED
    text = asked(address, NAMES, CSV, method).decode()
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["name", *EXPECTED]


def test_sparqlwrapper_reads_yes_and_triples_and_understands_a_refusal(address: str) -> None:
    assert asked(address, "ASK { <a:kita> ?p ?o }", JSON)["boolean"] is True
    assert b"<a:kita>" in asked(address, "CONSTRUCT { ?s <a:b> <a:c> } WHERE { ?s <a:name> ?n }", TURTLE)
    with pytest.raises(QueryBadFormed):
        asked(address, "SELECT ?name {", JSON)


def test_curl_asks_as_the_readme_says(address: str, tmp_path: Path) -> None:
    question = tmp_path / "question.rq"
    question.write_text(NAMES)
    command = ["curl", "-sS", "--fail", "-H", "Accept: text/csv", "--data-urlencode", f"query@{question}", address]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["name", *EXPECTED]


def test_an_address_is_a_table_for_what_reads_csv_from_the_web(address: str) -> None:
    """As R's read.csv and the web source of BI tools do: one address, no headers. Spreadsheets do, too: no formulas."""
    with urllib.request.urlopen(f"{address}?{urlencode({'format': 'csv', 'query': NAMES})}") as answer:
        rows = list(csv.reader(io.StringIO(answer.read().decode("utf-8"))))
    assert rows == [["name"], ["'=Schule"], ["Kita „Sonne“"]]
