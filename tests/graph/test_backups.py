"""Copies are whole, of one moment, checked, kept by a rule, and come back exactly."""

from __future__ import annotations

import datetime as dt
import json
import threading
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from lying import at_rest

import graph
from graph import backups, changes
from graph.errors import BackupDamaged, BadInput, StoreBusy, StoreDamaged, StoreForeign, StoreUnwritable

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store

NAME = ox.NamedNode("http://x/name")
NOW = dt.datetime(2026, 11, 27, 20, 30, tzinfo=dt.UTC)


def write(store: Store, number: int) -> None:
    quads = [
        ox.Quad(ox.NamedNode(f"http://x/{number}/{half}"), NAME, ox.Literal(number), store.graphs.data("x"))
        for half in "ab"
    ]
    changes.commit(store, added=quads, author="Bo", reason="x", check=False)


def everything(store: Store) -> set[ox.Quad]:
    apart = (store.graphs.ontology, store.graphs.derived)
    return {quad for quad in store.everything() if quad.graph_name not in apart}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with graph.open(tmp_path / "data", base_iri="https://x.example/id/") as store:
        for number in range(3):
            write(store, number)
    return tmp_path / "data"


def test_a_copy_comes_back_exactly(tmp_path: Path, data: Path) -> None:
    with graph.open(data) as store:
        wanted = everything(store)
        note = backups.backup(store, tmp_path / "copies")
    assert backups.restore(tmp_path / "copies", tmp_path / "other") == note
    with graph.open(tmp_path / "other") as store:
        assert everything(store) == wanted
        assert (store.version, store.base_iri) == (3, "https://x.example/id/")
        write(store, 9)


def test_no_copy_is_left_that_could_not_be_noted(tmp_path: Path, data: Path) -> None:
    """Whoever is forgotten is told in which copies they still stand."""
    (data / "backups.json.new").mkdir()
    with graph.open(data) as store, pytest.raises(StoreUnwritable):
        backups.backup(store, tmp_path / "copies")
    assert backups.copies(tmp_path / "copies") == []


def test_a_change_of_any_length_comes_back(tmp_path: Path, data: Path) -> None:
    """Oxigraph parses no text of more than 16 MB from a stream; what a long list brought stands in one."""
    with graph.open(data) as store:
        long = ox.Quad(ox.NamedNode("http://x/long"), NAME, ox.Literal("x" * 17_000_000), store.graphs.data("x"))
        changes.commit(store, added=[long], author="Bo", reason="x", check=False)
        backups.backup(store, tmp_path / "copies")
    backups.restore(tmp_path / "copies", tmp_path / "other")
    with graph.open(tmp_path / "other") as store:
        assert long in store


def test_a_copy_taken_while_others_write_is_of_one_moment(tmp_path: Path, data: Path) -> None:
    with graph.open(data) as store:
        writer = threading.Thread(target=lambda: [write(store, number) for number in range(3, 60)])
        writer.start()
        notes = [backups.backup(store, tmp_path / str(number)) for number in range(4)]
        writer.join()
    for number, note in enumerate(notes):
        backups.restore(tmp_path / str(number), tmp_path / "back", force=True)
        with graph.open(tmp_path / "back") as store:
            assert store.version == note.version == len(changes.history(store, None))
            assert len(list(store.quads(None, NAME))) == 2 * note.version


def test_what_is_there_is_replaced_only_when_that_was_said_and_kept_beside(tmp_path: Path, data: Path) -> None:
    with graph.open(data) as store:
        backups.backup(store, tmp_path / "copies")
        write(store, 7)
    with pytest.raises(BadInput, match="not empty"):
        backups.restore(tmp_path / "copies", data)
    backups.restore(tmp_path / "copies", data, force=True)
    assert (data / "replaced" / "CURRENT").is_file()
    with graph.open(data) as store:
        assert store.version == 3


def test_a_damaged_store_comes_back(tmp_path: Path, data: Path) -> None:
    with graph.open(data) as store:
        backups.backup(store, tmp_path / "copies")
    (data / "store" / "CURRENT").write_bytes(b"nonsense")
    with pytest.raises(StoreDamaged):
        graph.open(data)
    backups.restore(tmp_path / "copies", data, force=True)
    with graph.open(data) as store:
        assert store.version == 3


@pytest.mark.parametrize("harm", ["cut", "flip", "gone", "record"])
def test_a_copy_that_was_changed_does_not_come_back(tmp_path: Path, data: Path, harm: str) -> None:
    with graph.open(data) as store:
        note = backups.backup(store, tmp_path / "copies")
    file = note.path / (backups.RECORD if harm == "record" else backups.GRAPH)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes({"cut": bytes(content[:-20]), "flip": bytes(content), "record": b"{}"}[harm])
    with pytest.raises(BackupDamaged):
        backups.restore(tmp_path / "copies", data, force=True)
    with graph.open(data) as store:
        assert store.version == 3


def test_a_record_cannot_lead_out_of_its_copy(tmp_path: Path, data: Path) -> None:
    with graph.open(data) as store:
        note = backups.backup(store, tmp_path / "copies")
    record = json.loads((note.path / backups.RECORD).read_text())
    record["files"]["../../etc/passwd"] = "0"
    (note.path / backups.RECORD).write_text(json.dumps(record))
    with pytest.raises(BackupDamaged):
        backups.restore(tmp_path / "copies", tmp_path / "other")


def test_nothing_is_restored_over_what_is_open_or_not_ours(tmp_path: Path, data: Path) -> None:
    with graph.open(data) as store:
        backups.backup(store, tmp_path / "copies")
        with pytest.raises(StoreBusy):
            backups.restore(tmp_path / "copies", data, force=True)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "love.txt").write_text("x")
    with pytest.raises(StoreForeign):
        backups.restore(tmp_path / "copies", tmp_path / "letters", force=True)
    with pytest.raises(BadInput, match="backup"):
        backups.restore(tmp_path / "letters", tmp_path / "other")


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path, data: Path) -> None:
    (tmp_path / "file").write_text("x")
    with graph.open(data) as store, pytest.raises(StoreUnwritable):
        backups.backup(store, tmp_path / "file")


def test_who_has_the_data_open_takes_the_copy_that_is_asked_for(tmp_path: Path, data: Path) -> None:
    with graph.open(data) as store:
        ended = threading.Event()

        def serve() -> None:
            while not ended.wait(0.02):
                backups.obey(store)

        server = threading.Thread(target=serve)
        server.start()
        note = backups.ask(data, tmp_path / "copies")
        ended.set()
        server.join()
    assert backups.copies(tmp_path / "copies") == [note]
    with pytest.raises(StoreBusy):
        backups.ask(data, tmp_path / "copies", seconds=0.1)


def test_the_rule_keeps_days_weeks_and_months(tmp_path: Path) -> None:
    """Four a day over two years: two weeks of days, two months of weeks, two years of months, and always the newest."""
    for hours in range(0, 24 * 730, 24 * 3):
        moment = NOW - dt.timedelta(hours=hours)
        folder = tmp_path / f"{moment:%Y%m%d%H}"
        folder.mkdir()
        record = {"base_iri": "x", "version": 1, "time": moment.isoformat(), "files": {}}
        (folder / backups.RECORD).write_text(json.dumps(record))
    backups.prune(tmp_path, NOW)
    ages = [(NOW - note.time).days for note in backups.copies(tmp_path)]
    assert ages[0] == 0
    assert [age for age in ages if age < 14] == [0, 3, 6, 9, 12]
    assert 4 <= len([age for age in ages if 14 <= age < 56]) <= 8
    assert 18 <= len([age for age in ages if age >= 56]) <= 24
    assert backups.prune(tmp_path, NOW) == []


def test_a_store_that_lost_its_last_changes_is_damaged(data: Path) -> None:
    """A log cut at its end opens without a word, and would show an older day."""
    with graph.open(data) as store:
        write(store, 8)
        copy = at_rest(data / "store")
    for path in (data / "store").iterdir():
        path.unlink()
    newest = max(name for name in copy if name.endswith(".log"))
    for name, content in (copy | {newest: copy[newest][:-40]}).items():
        (data / "store" / name).write_bytes(content)
    with pytest.raises(StoreDamaged, match="version 3 < 4"):
        graph.open(data)
