"""A server that is killed while it writes loses nothing it acknowledged, and leaves nothing half."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

import graph
from graph import changes
from ontology.terms import PN

WRITER = """
import sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
import graph
from graph import changes
store = graph.open(Path(sys.argv[1]))
where, name, twin = store.graphs.data("test"), NamedNode("http://x/name"), NamedNode("http://x/twin")
while True:
    entry = NamedNode(f"{store.base_iri}actor/{store.version}")
    quads = [Quad(entry, path, Literal(store.version), where) for path in (name, twin)]
    print(changes.commit(store, added=quads, author="Bo", reason="x", check=False).id, flush=True)
"""
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("milliseconds", [5, 40, 170])
def test_what_was_acknowledged_survives_a_kill_and_nothing_is_half(tmp_path, milliseconds):
    for _ in range(3):
        last = killed_writer(tmp_path, milliseconds)
        with graph.open(tmp_path) as store:
            history = changes.history(store, None)
            assert store.version == len(history) >= last
            assert {change.added for change in history} == {2}
            for path in ("http://x/name", "http://x/twin"):
                assert len(list(store.quads(None, NamedNode(path)))) == store.version
            assert len(list(store.quads(store.graphs.history, NamedNode(PN.dataVersion)))) == 1


def test_a_kill_while_the_directory_is_made_leaves_one_that_opens(tmp_path):
    for milliseconds in range(0, 60, 12):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path / "data"], stdout=subprocess.PIPE, cwd=ROOT)
        deadline = time.monotonic() + 20
        while not (tmp_path / "data").exists() and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(milliseconds / 1000)
        writer.kill()
        writer.communicate()
        with graph.open(tmp_path / "data") as store:
            assert store.version == len(changes.history(store, None))


def killed_writer(path, milliseconds):
    """Let a process write for so long, kill it; the last change it acknowledged."""
    with subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        first = writer.stdout.readline()
        time.sleep(milliseconds / 1000)
        writer.kill()
        told = [first, *writer.stdout.readlines()]
    return max(int(line) for line in told if line.endswith("\n"))
