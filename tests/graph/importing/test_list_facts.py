"""Beside the links of a list: its periods, the people it names, and the same list a year later."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import files
import pytest
import score

from graph.importing.plan import as_json, plan
from graph.importing.takeover import apply

if TYPE_CHECKING:
    from pathlib import Path

BY_QUESTION = {"akafoe", "b.kult", "ifakj", "kitah2"}
"""Bodies of the second year a careful reader asks about: an abbreviation, a short name, a branch, a second house."""

PERIODS = """
PREFIX pn: <https://w3id.org/pankenetz/ns#>
PREFIX schema: <https://schema.org/>
SELECT ?project ?start ?end WHERE {
  ?project a pn:Project .
  OPTIONAL { ?project schema:startDate ?start }
  OPTIONAL { ?project schema:endDate ?end }
}
"""


@pytest.mark.parametrize("office", files.OFFICES[::3])  # a third, and another below: each takes a second
def test_projects_have_the_periods_the_list_says(office: str, empty, tmp_path: Path):
    paths, truth = files.write_office(office, tmp_path)
    planned = plan(empty, paths, source=office)
    apply(empty, plan(empty, paths, source=office, without=planned.bad_rows), "Test")
    found = defaultdict(set)
    keys = score.readings(as_json(planned), truth)
    for project, start, end in empty.query(PERIODS):
        for key in keys.get(project.value, ()):
            found[key].add((start.value if start else "-", end.value if end else "-"))
    wanted = {date["key"]: (date["start"], date["end"] or "-") for date in truth["dates"]}
    assert {key: found[key] for key, period in wanted.items() if period not in found[key]} == {}


@pytest.mark.parametrize("office", files.OFFICES[1::3])
def test_nothing_that_is_read_names_a_person(office: str, empty, tmp_path: Path):
    paths, truth = files.write_office(office, tmp_path)
    planned = plan(empty, paths, source=office)
    read = str(as_json(planned)) + " ".join(str(quad) for quad in planned.weighed.added)
    assert [one["text"] for one in truth["never"] if one["text"] in read] == []


@pytest.fixture
def second_year(empty, tmp_path: Path):
    """What the list of 2023 changes in a store that holds the list of 2022, and its true answers."""
    first, before = files.write_office("bochum-2022", tmp_path)
    apply(empty, plan(empty, first, source="bochum"), "Test")
    second, truth = files.write_office("bochum-2023", tmp_path)
    known = {entity["key"] for entity in before["entities"]}
    return as_json(plan(empty, second, source="bochum")), truth, known


def test_a_year_later_known_bodies_are_known_and_only_new_ones_are_added(second_year):
    answer, truth, known = second_year
    keys = score.readings(answer, truth)
    told = {key: entity["action"] for entity in answer["entities"] for key in keys[entity["iri"]]}
    assert {key for key, action in told.items() if action == "add" and key in known} == set()
    assert {key for key, action in told.items() if action in ("same", "change") and key not in known} == set()
    assert {key for key, action in told.items() if action == "unsure"} <= BY_QUESTION


def test_a_year_later_wrongly_corrected_cells_are_refused_with_their_place(second_year):
    """An end before the start, dollars."""
    answer, _, _ = second_year
    assert {problem["cell"] for problem in answer["problems"] if problem["severity"] == "error"} == {"E6", "H7"}


def test_a_new_list_in_another_layout_adds_to_what_is_known_and_takes_nothing_away(empty, tmp_path: Path):
    first, before = files.write_office("neuss", tmp_path)
    apply(empty, plan(empty, first, source="neuss-2023"), "Test")
    second, truth = files.write_office("neuss-2024", tmp_path)
    planned = plan(empty, second, source="neuss-2024")
    known = {entity["key"] for entity in before["entities"]}
    keys = score.readings(as_json(planned), truth)
    added = {key for entity in as_json(planned)["entities"] if entity["action"] == "add" for key in keys[entity["iri"]]}
    assert planned.weighed.removed == set()
    assert added == {entity["key"] for entity in truth["entities"]} - known
