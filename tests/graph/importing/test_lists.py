"""Lists of offices are read right: links found, bodies kept apart, nothing lost in silence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import files
import fuzz
import notation
import pankstrasse
import pytest
import score

from graph.importing import mapping
from graph.importing.plan import as_json, plan

LEAST = 0.97
"""The share of links that must be found, and of found ones that must be right."""

needs_records = pytest.mark.skipif(
    not pankstrasse.RECORDS.is_dir(), reason="the records do not lie beside the repository"
)
SEVERAL = [name for name in files.OFFICES if len(notation.read(files.HERE / name / "list.txt")) > 1]
LISTS = [*files.OFFICES, pytest.param("pankstrasse", marks=needs_records)]
SOME = files.OFFICES[::6]
"""Lists that are taken over twice here; `python tests/lists/score.py --twice` does so with all of them."""


def written(name: str, folder: Path):
    return pankstrasse.write(folder) if name == "pankstrasse" else files.write_office(name, folder)


@pytest.mark.parametrize("name", LISTS)
def test_links_are_found_and_right_and_no_two_bodies_become_one(name: str, empty, tmp_path: Path):
    paths, truth = written(name, tmp_path)
    result = score.score(as_json(plan(empty, paths, source=name)), truth)
    assert (result.merged, result.lost) == ([], [])
    assert result.recall >= LEAST, result.missed
    assert result.precision >= LEAST, result.wrong


@pytest.mark.parametrize("name", SOME)
def test_what_a_list_says_breaks_no_shape_and_said_again_changes_nothing(name: str, empty, tmp_path: Path):
    paths, _ = written(name, tmp_path)
    assert score.said_twice(empty, paths, name) == []


@pytest.mark.parametrize("office", ["gruenau", "luebbenau", "marxloh", "neuss", "pasing", "saarbruecken"])
def test_what_is_kept_of_the_columns_reads_the_same_again(office: str, empty, tmp_path: Path):
    paths, _ = files.write_office(office, tmp_path)
    first = plan(empty, paths, source=office)
    again = plan(empty, paths, source=office, mapping=mapping.remembered(mapping.as_mapping(first.tables)))
    assert as_json(again)["links"] == as_json(first)["links"]


@pytest.mark.parametrize("office", SEVERAL)
def test_the_order_of_the_files_does_not_matter(office: str, empty, tmp_path: Path):
    paths, truth = files.write_office(office, tmp_path)
    there, back = (score.score(as_json(plan(empty, way, source=office)), truth) for way in (paths, paths[::-1]))
    assert (there.missed, there.wrong, there.split) == (back.missed, back.wrong, back.split)


def test_people_on_a_sheet_of_contacts_are_refused_and_that_is_said(empty, tmp_path: Path):
    paths, _ = files.write_office("hamburg", tmp_path)
    answer = as_json(plan(empty, paths))
    personal = [
        sheet
        for file in notation.read(files.HERE / "hamburg" / "list.txt")
        for sheet in file.sheets
        if sheet.is_personal
    ]
    told = {cell for sheet in personal for row in sheet.rows[1:] for cell in row[1:]}
    assert told
    assert [text for text in told if text in str(answer)] == []
    assert any("Personen" in problem["message"] for problem in answer["problems"])


def test_the_score_sees_what_is_missed_wrong_merged_and_lost():
    """Else the figures above would mean nothing."""
    entity = {"iri": "x", "class": "pn:Actor", "label": "A", "spellings": ["A", "B"], "action": "add"}
    project = {"iri": "p", "class": "pn:Project", "label": "P", "spellings": ["P"], "action": "add"}
    link = {"class": "pn:Involvement", "from": "x", "to": "p", "role": "partner", "start": "", "end": "", "cell": ""}
    truth = {
        "entities": [{"key": key, "class": "pn:Actor", "spellings": [key.upper()]} for key in "abc"]
        + [{"key": "p", "class": "pn:Project", "spellings": ["P"]}],
        "links": [{"from": "c", "to": "p", "role": "traeger"}],
    }
    result = score.score({"entities": [entity, project], "links": [link], "problems": [], "unmapped": []}, truth)
    assert (result.merged, result.lost, result.recall, result.precision) == ([["a", "b"]], ["C"], 0.0, 0.0)


def test_damaged_lists_are_taken_or_refused_but_never_by_half(tmp_path: Path):
    """A slice of what `python tests/lists/fuzz.py 10000` tries; which one fell, and how, is kept beside it."""
    command = [sys.executable, Path(fuzz.__file__), "15", "--seed", "3", "--keep", tmp_path]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, [result.stdout, result.stderr, *(one.read_text() for one in tmp_path.glob("*.txt"))]
    assert '"taken"' in result.stdout
