"""The network as a table, on Quartiere a person can count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph import matrix
from graph.errors import BadInput, NotFound
from tests.builders import Quartier

if TYPE_CHECKING:
    from graph.store import Store


@pytest.fixture
def quartier() -> Store:
    """Two fields, three actors of two sectors, one place; the QM takes part everywhere."""
    built = Quartier()
    built.round("2020", start="2020", end="2021")
    built.round("2022", start="2022")
    lesen, sport = built.handlungsfeld("2022", "1", "Bildung"), built.handlungsfeld("2022", "2", "Sport")
    schule, kita = built.actor("Schule", sector="bildung"), built.actor("Kita", sector="bildung")
    verein = built.actor("Verein", sector="sport")
    qm = built.actor("QM", kind="quartiersmanagement", sector="verwaltung")
    hof = built.place("Hof")
    built.project("Lesefest", traeger=[schule], partner=[kita, qm], fields=[lesen], places=[hof], start="2022")
    built.project("Lauf", traeger=[verein], partner=[schule], fields=[sport, lesen], start="2022")
    return built.store()


def test_actors_by_fields_count_projects(quartier: Store) -> None:
    """The school has two projects in Bildung, one in Sport; the rows begin with who has most."""
    found = matrix.matrix(quartier, "fields")
    assert [row.label for row in found.rows] == ["Schule", "Verein", "Kita", "QM"]
    assert [column.label for column in found.columns] == ["2022 · 1 Bildung", "2022 · 2 Sport"]
    cell = found.cell("actor/schule", "handlungsfeld/2022-1")
    assert (cell.count, [refs[0].label for refs in cell.evidence]) == (2, ["Lauf", "Lesefest"])
    assert found.empty == 2


def test_without_the_qm_its_row_is_gone(quartier: Store) -> None:
    """And the others stay as they were."""
    found = matrix.matrix(quartier, "fields", hubs=False)
    assert [row.label for row in found.rows] == ["Schule", "Verein", "Kita"]


def test_places_by_fields_count_projects(quartier: Store) -> None:
    """Only the Lesefest has a place."""
    found = matrix.matrix(quartier, "places")
    assert [(row.label, found.cell(row.key, "handlungsfeld/2022-1").count) for row in found.rows] == [("Hof", 1)]


def test_sectors_stand_beside_what_chance_would_bring(quartier: Store) -> None:
    """Two ties without the QM: one within Bildung, one to Sport; Bildung has three of the four ends."""
    found = matrix.matrix(quartier, "sectors", hubs=False)
    within, between = found.cell("bildung", "bildung"), found.cell("bildung", "sport")
    assert (within.count, between.count) == (1, 1)
    assert within.expected == pytest.approx(2 * 9 / 16)
    assert between.expected == pytest.approx(2 * 2 * 3 / 16)
    assert found.cell("sport", "bildung") == between


def test_what_chance_brings_adds_up_to_all_ties(example: Store) -> None:
    """Each tie is expected somewhere exactly once."""
    found = matrix.matrix(example, "sectors")
    keys = [row.key for row in found.rows]
    halves = [(one, other) for place, one in enumerate(keys) for other in keys[place:]]
    total = sum(found.cell(*pair).count for pair in halves)
    assert sum(found.cell(*pair).expected or 0 for pair in halves) == pytest.approx(total)


def test_a_shade_is_there_exactly_where_something_is(example: Store) -> None:
    """From 1 to the deepest; nothing has none."""
    for view in matrix.VIEWS:
        for cell in matrix.matrix(example, view).cells.values():
            assert (cell.level > 0) == (cell.count > 0)
            assert cell.level <= matrix.LEVELS


def test_the_latest_round_with_projects_is_shown_unasked(quartier: Store) -> None:
    """An earlier one without fields is an empty table, not an error."""
    assert matrix.latest_round(quartier) == "2022"
    assert matrix.matrix(quartier, "fields", round_="2020").rows == ()
    assert matrix.matrix(Quartier().store(), "sectors").rows == ()


def test_unknown_views_and_rounds_are_refused(quartier: Store) -> None:
    """By what is there instead."""
    with pytest.raises(BadInput):
        matrix.matrix(quartier, "people")
    with pytest.raises(NotFound):
        matrix.matrix(quartier, "fields", round_="1999")


def test_the_spreadsheet_has_a_line_for_each_row(quartier: Store) -> None:
    """Counts as numbers."""
    lines = matrix.spreadsheet(matrix.matrix(quartier, "fields"), "Akteur").splitlines()
    assert lines[0] == "\ufeffAkteur,2022 · 1 Bildung,2022 · 2 Sport"
    assert lines[1] == "Schule,2,1"
