"""Whatever stops people who work in many ways: what was acknowledged is there, nothing is half, and it opens soon.

Five hundred kills: `PANKENETZ_KILLS=500 python -m pytest tests/faults/test_mixed.py`; the suite does a few.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from changed import told
from lying import at_rest

import graph
from graph import changes, editing
from graph.datafiles import note_digests
from graph.errors import EditConflict, StoreDamaged

if TYPE_CHECKING:
    from graph.store import Store

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("PANKENETZ_KILLS", "6"))
HARMLESS = ("LOG", "OPTIONS-", "IDENTITY", "LOCK", "MANIFEST-")
"""Files of the store that hold nothing of ours: what was logged, what it would choose again or find in the others."""
MIXED = [sys.executable, str(Path(__file__).parent / "mixed.py")]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def stated(store: Store) -> set[ox.Quad]:
    """What is said in the graphs that are written, without the history."""
    apart = {store.graphs.ontology, store.graphs.derived, store.graphs.history}
    return {quad for quad in store.everything() if quad.graph_name not in apart}


def check(path: Path, acknowledged: int) -> None:
    begin = time.monotonic()
    with graph.open(path) as store:
        seconds = time.monotonic() - begin
        assert store.version == len(changes.history(store, None)) >= acknowledged
        assert stated(store) == told(store)
    assert seconds < 20  # under 2 s on a machine that does nothing else; see the long run


def numbers(lines: list[str]) -> list[int]:
    return [int(line) for line in lines if line.strip().isdigit() and line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="kill means another thing there")
def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    chance = random.Random(KILLS)  # noqa: S311  # no secret
    for seed in range(KILLS):
        data = tmp_path / str(seed // 20)  # some twenty kills on one directory, then a new one
        with subprocess.Popen([*MIXED, data, str(seed)], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as worker:
            assert worker.stdout
            first = worker.stdout.readline()
            time.sleep(chance.expovariate(1 / 0.25))
            worker.kill()
            lines = [first, *worker.stdout.readlines()]
        check(data, max(numbers(lines), default=0))


@pytest.mark.skipif(sys.platform != "linux", reason="needs seccomp")
@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_a_disk_that_refuses_at_any_moment_loses_nothing(tmp_path: Path, fault: str) -> None:
    chance = random.Random(fault)  # noqa: S311  # no secret
    for seed in range(max(2, KILLS // 3)):
        data, after = tmp_path / str(seed), str(1.0 + chance.random() * 3)
        command = [*MIXED, data, str(seed), fault, after]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=120)
        assert "refused" in done.stdout, done.stderr
        check(data, max(numbers(done.stdout.splitlines(keepends=True)), default=0))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with small changes in the log and a large one in the tables."""
    data = tmp_path_factory.mktemp("filled") / "data"
    where, name = "https://w3id.org/pankenetz/id/graph/data/x", ox.NamedNode("http://x/name")
    with graph.open(data) as store:
        for size in (1500, 3, 3, 3):
            nodes = (ox.NamedNode(f"http://x/{store.version}/{number}") for number in range(size))
            quads = [ox.Quad(node, name, ox.Literal("Wort " * 20), ox.NamedNode(where)) for node in nodes]
            changes.commit(store, added=quads, author="Bo", reason="x", check=False)
        content = at_rest(data / "store")  # as it lies there while it is open
    for path in (data / "store").iterdir():
        path.unlink()
    for file, bytes_ in content.items():
        (data / "store" / file).write_bytes(bytes_)
    note_digests(data, data / "store")
    return data


@pytest.mark.parametrize("harm", ["cut", "flip"])
def test_a_file_that_was_cut_or_changed_is_noticed(tmp_path: Path, filled: Path, harm: str) -> None:
    for file in sorted(path.name for path in (filled / "store").iterdir()):
        data = tmp_path / file
        shutil.copytree(filled, data)
        content = bytearray((data / "store" / file).read_bytes())
        if content:
            content[len(content) // 2] ^= 0x10
        (data / "store" / file).write_bytes(content if harm == "flip" else content[: len(content) // 2])
        try:
            store = graph.open(data)
        except StoreDamaged:
            continue
        else:  # it holds nothing of ours, or only what stands in a table by now
            with store:
                assert (store.version, stated(store)) == (4, told(store))
            assert file.startswith(HARMLESS) or file < max(path.name for path in (filled / "store").glob("*.log"))


def test_twenty_people_on_the_same_entry_lose_nothing(tmp_path: Path) -> None:
    """Each adds a name of their own to one field; who comes too late is told, looks again and adds it then."""
    with graph.open(tmp_path) as store:
        editing.save(store, "actor", None, {"type": ["Akteur"], "name": ["Treff"]}, author="Ada")
        told_of: list[int] = []

        def add(number: int) -> None:
            while True:
                drawn = editing.form(store, "actor", "treff")
                texts = {"other_names": [*drawn.texts["other_names"], f"Name {number}"]}
                try:
                    editing.save(store, "actor", "treff", texts, author=f"P{number}", version=drawn.version)
                except EditConflict:
                    told_of.append(number)
                else:
                    return

        people = [threading.Thread(target=add, args=(number,)) for number in range(20)]
        for one, act in itertools.product(("start", "join"), people):
            getattr(act, one)()
        assert set(editing.form(store, "actor", "treff").texts["other_names"]) == {f"Name {n}" for n in range(20)}
        assert store.version == 21
    with graph.open(tmp_path) as store:
        assert stated(store) == told(store)
