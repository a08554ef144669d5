"""Uploads on the desk: read beside the server, shown cell by cell, written only as seen."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import files
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph import changes, matching
from graph.errors import BadFile, BadInput, NotFound
from graph.importing.desk import KINDS, Desk, Moved, meanings, previews, uploads, worker
from graph.importing.mapping import meanings as known_meanings
from ontology.terms import SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.importing.desk import Preview, Upload
    from graph.store import Store

HEAD = "Projekt;Träger;Partner;Laufzeit"
FEST = "Sommerfest;Bürgerverein Süd e.V.;Kita Sonne;2021 bis 2022"
BAD = "Rückwärts;Bürgerverein Süd e.V.;Kita Sonne;2022 bis 2020"
UNSURE = "Winterfest;Bürgerverein;Kita Mond;2023"


@pytest.fixture
def desk(empty: Store) -> Iterator[Desk]:
    found = Desk(empty)
    yield found
    found.close()


def handed_in(desk: Desk, *lines: str, name: str = "liste.csv") -> Upload:
    return desk.receive([(name, io.BytesIO("\n".join(lines).encode()))])


def read(desk: Desk, upload: Upload) -> Preview:
    reading = desk.read(upload)
    assert reading.done.wait(60)
    assert reading.failure == ""
    preview = desk.preview(upload)
    assert preview is not None
    return preview


def names(store: Store) -> set[str]:
    return {quad.object.value for quad in store.quads(None, ox.NamedNode(str(SKOS.prefLabel)))}


def test_what_is_read_says_how_much_is_new_and_writes_nothing(desk: Desk, empty: Store) -> None:
    summary = read(desk, handed_in(desk, HEAD, FEST)).summary
    assert summary["counts"]["add"] == {"actor": 2, "project": 1, "link": 2}
    assert (summary["outcomes"]["add"], empty.version) == (1, 0)


def test_a_row_shows_each_cell_beside_what_was_understood(desk: Desk) -> None:
    (line,), count = read(desk, handed_in(desk, HEAD, FEST)).lines("add", 1, 50)
    cells = {
        cell["heading"]: (cell["ref"], [(read["text"], read["state"]) for read in cell["read"]])
        for cell in line["cells"]
    }
    assert (count, line["about"], line["row"]) == (1, "Sommerfest", 2)
    assert cells["Projekt"] == ("A2", [("Sommerfest", "add")])
    assert cells["Partner"] == ("C2", [("Kita Sonne", "add")])
    assert cells["Laufzeit"] == ("D2", [("2021", ""), ("2022", "")])


def test_personal_columns_are_neither_shown_nor_kept(desk: Desk) -> None:
    preview = read(desk, handed_in(desk, f"{HEAD};E-Mail", f"{FEST};erika@beispiel.example"))
    kept = "".join(path.read_bytes().decode("utf-8", "replace") for path in preview.folder.iterdir())
    assert "E-Mail" in kept
    assert "erika" not in kept


def test_taking_over_is_one_change_as_seen_and_leaves_no_files(desk: Desk, empty: Store) -> None:
    upload = handed_in(desk, HEAD, FEST)
    change = desk.take_over(upload, "Test", read(desk, upload).digest)
    assert change is not None
    assert (change.id, change.imported_as, "Sommerfest" in names(empty)) == ("1", "liste", True)
    assert {path.name for path in upload.folder.iterdir()} == {"upload.json"}
    assert desk.find(upload.id).taken["change"] == "1"


def test_the_same_upload_is_taken_over_once(desk: Desk) -> None:
    upload = handed_in(desk, HEAD, FEST)
    seen = read(desk, upload).digest
    assert desk.take_over(upload, "Test", seen) is not None
    assert desk.take_over(upload, "Test", seen) is None


def test_the_same_file_again_is_nothing_to_do(desk: Desk) -> None:
    upload = handed_in(desk, HEAD, FEST)
    desk.take_over(upload, "Test", read(desk, upload).digest)
    again = read(desk, handed_in(desk, HEAD, FEST))
    assert (again.is_nothing, again.summary["outcomes"]["same"]) == (True, 1)


def test_a_corrected_file_says_from_what_to_what(desk: Desk) -> None:
    upload = handed_in(desk, HEAD, FEST)
    desk.take_over(upload, "Test", read(desk, upload).digest)
    (line,), _ = read(desk, handed_in(desk, HEAD, FEST.replace("2022", "2023"))).lines("change", 1, 50)
    ends = {(change["of"], change["old"][0], change["new"][0]) for change in line["changes"] if change["old"]}
    assert ("Sommerfest", "2022", "2023") in ends


def test_what_is_no_longer_in_the_list_is_named_and_stays(desk: Desk) -> None:
    upload = handed_in(desk, HEAD, FEST, UNSURE)
    desk.take_over(upload, "Test", read(desk, upload).digest)
    summary = read(desk, handed_in(desk, HEAD, FEST)).summary
    (said,) = summary["problems"]["no longer listed"]["items"]
    assert ("Winterfest" in said["words"]["de"], summary["removals"]) == (True, [])


def test_who_is_named_nowhere_any_more_is_said_before_it_goes(desk: Desk) -> None:
    upload = handed_in(desk, HEAD, "Fest;Verein A;Kita Mond;2021")
    desk.take_over(upload, "Test", read(desk, upload).digest)
    removals = read(desk, handed_in(desk, HEAD, "Fest;Verein A;;2021")).summary["removals"]
    assert removals == [{"kind": "actor", "label": "Kita Mond"}]


def test_bad_rows_stay_out_and_come_back_to_mend(desk: Desk, empty: Store) -> None:
    upload = handed_in(desk, HEAD, FEST, BAD)
    preview = read(desk, upload)
    assert [row["row"] for row in preview.summary["bad_rows"]] == [3]
    desk.take_over(upload, "Test", preview.digest)
    assert "Rückwärts" not in names(empty)
    assert desk.find(upload.id).to_mend("de").read_bytes().startswith(b"PK")


def test_data_that_changed_so_that_the_list_would_write_else_are_shown_again(desk: Desk, empty: Store) -> None:
    upload, other = handed_in(desk, HEAD, FEST), handed_in(desk, HEAD, FEST, name="andere.csv")
    seen = read(desk, upload).digest
    desk.take_over(other, "Test", read(desk, other).digest)
    with pytest.raises(Moved):
        desk.take_over(upload, "Test", seen)
    assert (empty.version, desk.find(upload.id).taken) == (1, {})


def test_a_list_is_taken_over_although_somebody_saves_all_the_time(desk: Desk, empty: Store) -> None:
    upload, place = handed_in(desk, HEAD, FEST), ox.NamedNode(f"{empty.base_iri}place/markt")
    seen, done = read(desk, upload).digest, threading.Event()

    def save() -> None:
        for number in itertools.takewhile(lambda _: not done.wait(0.05), itertools.count()):
            note = ox.Quad(place, ox.NamedNode(str(SKOS.note)), ox.Literal(str(number)), empty.graphs.data("office"))
            changes.commit(empty, added=[note], author="Test", reason="Ort", check=False)

    with ThreadPoolExecutor() as others:
        others.submit(save)
        try:
            assert desk.take_over(upload, "Test", seen) is not None
        finally:
            done.set()


def test_changes_that_do_not_touch_the_list_do_not_stop_it(desk: Desk, empty: Store) -> None:
    upload = handed_in(desk, HEAD, FEST)
    seen = read(desk, upload).digest
    name = ox.Quad(
        ox.NamedNode(f"{empty.base_iri}place/markt"),
        ox.NamedNode(str(SKOS.prefLabel)),
        ox.Literal("Markt", language="de"),
        empty.graphs.data("office"),
    )
    changes.commit(empty, added=[name], author="Test", reason="Ort", check=False)
    change = desk.take_over(upload, "Test", seen)
    assert change is not None
    assert change.version == 2


def test_what_was_said_of_a_table_counts_for_the_next_with_the_same_headings(desk: Desk) -> None:
    table = read(desk, handed_in(desk, HEAD, FEST)).summary["tables"][0]
    desk.say([{"headings": table["headings"], "kind": "project", "columns": {"Partner": "ignore"}}])
    columns = read(desk, handed_in(desk, HEAD, UNSURE)).summary["tables"][0]["columns"]
    assert {one["heading"]: (one["meaning"], one["why"]) for one in columns}["Partner"] == ("ignore", "mapping")


def test_a_preview_is_behind_once_something_else_was_said(desk: Desk) -> None:
    upload = handed_in(desk, HEAD, FEST)
    preview = read(desk, upload)
    assert desk.is_current(upload, preview)
    desk.say([{"headings": preview.summary["tables"][0]["headings"], "kind": "project", "columns": {}}])
    assert not desk.is_current(upload, preview)


def test_a_meaning_nobody_knows_is_not_remembered(desk: Desk) -> None:
    with pytest.raises(BadInput):
        desk.say([{"headings": ["A"], "kind": "project", "columns": {"A": "nonsense"}}])
    assert desk.said() == {"tables": []}


@pytest.mark.parametrize(("same", "actors"), [(True, 3), (False, 4)])
def test_a_judgement_counts_at_once(desk: Desk, empty: Store, same: bool, actors: int) -> None:
    upload = handed_in(desk, HEAD, FEST, UNSURE)
    (pair,) = read(desk, upload).summary["unsure"]
    one, other = (side["side"] for side in pair["sides"])
    matching.judge(empty, one, other, same, "Test", group="body")
    summary = read(desk, upload).summary
    assert (summary["unsure"], summary["counts"]["add"]["actor"]) == ([], actors)


def test_a_file_nobody_can_read_does_not_stop_the_others(desk: Desk) -> None:
    files = [("liste.csv", f"{HEAD}\n{FEST}".encode()), ("kaputt.xlsx", b"PK\x03\x04kaputt"), ("leer.csv", b"")]
    upload = desk.receive([(name, io.BytesIO(content)) for name, content in files])
    summary = read(desk, upload).summary
    assert (summary["files"], summary["counts"]["add"]["project"]) == (["liste.csv"], 1)
    assert [one["what"] for one in summary["refused"]] == ["broken"]
    assert [one["what"] for one in upload.refused] == ["empty"]


@pytest.mark.parametrize(
    ("name", "content", "what"), [("a.docx", b"PK", "type"), ("a.xls", b"x", "old format"), ("a.csv", b"", "empty")]
)
def test_a_single_file_that_is_no_list_is_not_kept(desk: Desk, name: str, content: bytes, what: str) -> None:
    with pytest.raises(BadFile) as refused:
        desk.receive([(name, io.BytesIO(content))])
    assert (refused.value.what, list(desk.room.iterdir())) == (what, [])


def test_no_file_is_bad_input(desk: Desk) -> None:
    with pytest.raises(BadInput):
        desk.receive([])


def test_rdf_is_held_against_the_shapes_before_it_is_offered(desk: Desk) -> None:
    text = "@prefix pn: <https://w3id.org/pankenetz/ns#> . <project/x> a pn:Project ."
    preview = read(desk, handed_in(desk, text, name="a.ttl"))
    assert preview.summary["violations"]


def test_rdf_that_is_there_already_is_the_same_entry_by_entry_and_link_by_link(desk: Desk, empty: Store) -> None:
    upload = handed_in(desk, HEAD, FEST)
    desk.take_over(upload, "Test", read(desk, upload).digest)
    text = empty.dump(ox.RdfFormat.N_QUADS).decode()
    preview = read(desk, handed_in(desk, text, name="bestand.nq"))
    assert (preview.is_nothing, preview.summary["outcomes"]["add"]) == (True, 0)
    assert preview.summary["outcomes"]["same"] == 5


def test_a_row_of_ties_is_about_the_first_of_the_two(desk: Desk) -> None:
    (line,), _ = read(desk, handed_in(desk, "Von;Mit;Art der Beziehung", "Verein A;Verein B;kooperiert mit")).lines(
        "", 1, 9
    )
    assert line["about"] == "Verein A"
    assert [cell["read"][0]["text"] for cell in line["cells"][:2]] == ["Verein A", "Verein B"]


def test_uploads_outlive_the_server(tmp_path: Path) -> None:
    with graph.open(tmp_path / "data") as store:
        desk = Desk(store)
        upload = handed_in(desk, HEAD, FEST)
        digest = read(desk, upload).digest
        desk.close()
    with graph.open(tmp_path / "data") as store:
        desk = Desk(store)
        (found,) = desk.waiting()
        assert desk.take_over(found, "Test", digest) is not None
        desk.close()


def test_uploads_are_private_and_go_after_a_week(desk: Desk) -> None:
    old = handed_in(desk, HEAD, FEST)
    read(desk, old)
    assert old.folder.stat().st_mode & 0o077 == 0
    past = (dt.datetime.now(dt.UTC) - uploads.KEPT - dt.timedelta(hours=1)).timestamp()
    os.utime(old.folder, (past, past))
    handed_in(desk, HEAD, FEST)
    with pytest.raises(NotFound):
        desk.find(old.id)


def test_a_reading_that_is_no_longer_wanted_ends(desk: Desk) -> None:
    upload = handed_in(desk, HEAD, FEST)
    reading = desk.read(upload)
    desk.discard(upload)
    assert reading.done.is_set()
    assert not upload.folder.exists()


@pytest.mark.parametrize("upload_id", ["../../etc", "0" * 32, "", "x" * 32])
def test_an_id_nobody_was_given_finds_nothing(desk: Desk, upload_id: str) -> None:
    with pytest.raises(NotFound):
        desk.find(upload_id)


@given(st.text(max_size=300))
def test_every_name_of_a_file_stays_in_its_folder(name: str) -> None:
    plain = uploads.plain_name(name)
    assert plain not in ("", ".", "..")
    assert not set(plain) & set("/\\\0")
    assert len(plain) < 140


def test_every_choice_is_a_meaning_that_is_understood() -> None:
    assert all({one.key for one in meanings(kind)} <= known_meanings() for kind in KINDS)
    assert all(len({one.key for one in meanings(kind)}) == len(meanings(kind)) for kind in KINDS)


@pytest.mark.parametrize("office", files.OFFICES[2::3])  # each third list elsewhere: `test_list_facts`
def test_lists_of_the_offices_can_be_shown(empty: Store, tmp_path: Path, office: str) -> None:
    """With each filled cell in its place, and as many rows as were counted."""
    (tmp_path / "files").mkdir()
    paths, _ = files.write_office(office, tmp_path / "files")
    job = {"paths": [str(path) for path in paths], "source": "liste", "round": "", "mapping": {}, "key": ""}
    worker.read(empty, job, tmp_path / "preview", lambda _step: None)
    preview = previews.load(tmp_path / "preview")
    assert preview is not None
    lines, count = preview.lines("", 1, 100_000)
    assert count == len(lines) == sum(preview.summary["outcomes"].values())
    assert count == sum(table["rows"] for table in preview.summary["tables"] if table["is_taken"])
    assert all(cell["written"] for line in lines for cell in line["cells"])
    assert {line["outcome"] for line in lines} <= set(previews.FILTERS)
