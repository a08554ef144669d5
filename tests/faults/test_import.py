"""An import that is killed, or finds the disk full, has written all of it or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import graph
from graph import changes
from graph.datadir import change

ROOT = Path(__file__).parents[2]
IMPORT = [sys.executable, "-m", "webapp", "--data"]
ROWS = 1500


def listed(path: Path, rows: int = ROWS) -> Path:
    lines = (
        f"Projekt {number};Verein {number % 40} e.V.;Kita {number % 9};{2000 + number % 20}" for number in range(rows)
    )
    path.write_text("\n".join(["Projekt;Träger;Partner;Beginn", *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize("share", [0.3, 0.6, 0.8, 0.9, 0.97])
def test_an_import_that_is_killed_has_written_all_or_nothing(
    tmp_path: Path, whole: tuple[float, int], share: float
) -> None:
    seconds, size = whole
    command = [*IMPORT, tmp_path / "data", "import", listed(tmp_path / "liste.csv")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds * share)
        process.kill()
    with graph.open(tmp_path / "data") as store:
        history = changes.history(store, None)
        data = sum(1 for name in store.graphs.all_data() for _ in store.quads(graph=name))
        assert (len(history), data) in {(0, 0), (1, size)}
        assert store.version == len(history)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple[float, int]:
    """How long the import takes undisturbed, and how many statements it brings."""
    folder = tmp_path_factory.mktemp("whole")
    begin = time.monotonic()
    subprocess.run(
        [*IMPORT, folder / "data", "import", listed(folder / "liste.csv")], cwd=ROOT, check=True, capture_output=True
    )
    seconds = time.monotonic() - begin
    with graph.open(folder / "data") as store:
        return seconds, sum(1 for name in store.graphs.all_data() for _ in store.quads(graph=name))


def test_a_large_change_that_was_torn_from_its_number_is_whole(tmp_path: Path, monkeypatch) -> None:
    """What only adds goes in at once; the number of the version before may outlive a crash, and means nothing then."""
    from graph.importing.plan import plan
    from graph.importing.takeover import apply

    monkeypatch.setattr(
        "graph.datadir.change", lambda store, removed, added, _outdated=(): change(store, removed, added)
    )
    with graph.open(tmp_path / "data") as store:
        apply(store, plan(store, [listed(tmp_path / "eins.csv", 5)]), "Test")
        apply(store, plan(store, [listed(tmp_path / "zwei.csv", 200)]), "Test")
        assert store.version == 2
    monkeypatch.undo()
    with graph.open(tmp_path / "data") as store:
        assert (store.version, len(changes.history(store, None))) == (2, 2)
        apply(store, plan(store, [listed(tmp_path / "drei.csv", 3)]), "Test")
        assert store.version == 3


def test_what_a_huge_change_left_half_done_is_taken_back(tmp_path: Path) -> None:
    where, name = ox.NamedNode("http://x/g"), ox.NamedNode("http://x/name")
    quads = [ox.Quad(ox.NamedNode(f"http://x/{number}"), name, ox.Literal("x"), where) for number in range(1000)]
    with graph.open(tmp_path) as store:
        changes.commit(store, added=quads[:1], author="Bo", reason="x", check=False)
    quads.append(ox.Quad(quads[0].subject, name, ox.Literal("y" * 17_000_000), where))  # as the history of a long list
    (tmp_path / "pending.nq").write_bytes(ox.serialize(quads[1:], format=ox.RdfFormat.N_QUADS) or b"")
    disk = ox.Store(tmp_path / "store")
    disk.bulk_extend(quads[:500])
    del disk
    with graph.open(tmp_path) as store:
        assert list(store.quads(None, name)) == quads[:1]
        assert store.version == 1
    assert not (tmp_path / "pending.nq").exists()


def test_a_full_disk_is_one_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk: the system refuses just as it does when that is full."""
    path = listed(tmp_path / "liste.csv")
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000));"
        "from webapp.cli import main; main(sys.argv[1:], prog_name='pankenetz')"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, "--data", tmp_path / "data", "import", path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode in {1, 3}
    assert "Traceback" not in result.stderr
    assert "lässt sich nicht schreiben" in result.stderr
    with graph.open(tmp_path / "data") as store:
        assert (store.version, changes.history(store, None)) == (0, [])


def test_ctrl_c_during_an_import_writes_all_or_nothing(tmp_path: Path, whole: tuple[float, int]) -> None:
    command = [*IMPORT, tmp_path / "data", "import", listed(tmp_path / "liste.csv")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        time.sleep(whole[0] * 0.7)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(30) in {0, 130}
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()
    with graph.open(tmp_path / "data") as store:
        assert store.version == len(changes.history(store, None))
