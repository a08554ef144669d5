"""The server under strangers' queries that never end: pages are answered, and nothing runs for nobody."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import graph

if TYPE_CHECKING:
    from collections.abc import Iterator

DEADLINE = 9
"""Seconds, a little less than a query may take: what is answered within them has waited for none."""
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of `pankenetz serve` on an empty data directory."""
    command = [sys.executable, "-m", "webapp", "--data", str(tmp_path / "data"), "serve", "--port", "0"]
    root = Path(graph.__file__).parents[1]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", cwd=root
    ) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().removeprefix("Pankenetz: ").strip()
        finally:
            process.kill()


def _asked(address: str, query: str) -> socket.socket:
    """A connection that has asked and does not wait for the answer."""
    place = urllib.parse.urlsplit(address)
    connection = socket.create_connection((place.hostname, place.port))
    path = f"/sparql?{urllib.parse.urlencode({'query': query})}"
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nAccept: text/csv\r\n\r\n".encode())
    return connection


def _seconds(address: str) -> float:
    start = time.monotonic()
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.status == 200
    return time.monotonic() - start


def test_pages_are_answered_while_a_dozen_queries_run_and_wait(address: str) -> None:
    _seconds(f"{address}actors")
    with ExitStack() as stack:
        for _ in range(12):
            stack.enter_context(_asked(address, RUNAWAY))
        time.sleep(0.5)
        assert max(_seconds(f"{address}actors") for _ in range(3)) < DEADLINE


def test_a_query_ends_when_its_asker_goes_away(address: str) -> None:
    _seconds(f"{address}sparql?query=ASK%7B%7D&format=json")
    for _ in range(2):  # so many run at a time
        with _asked(address, RUNAWAY):
            time.sleep(0.5)
    assert _seconds(f"{address}sparql?query=ASK%7B%7D&format=json") < DEADLINE
