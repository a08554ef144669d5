"""The list of changes is newest first, in pages, and can be narrowed by who, how, when and what."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from changed import HOFFEST, SCHULE, change, statement

from graph import changes
from graph.errors import BadInput, NotFound
from graph.history import Filters, gone_with, kind_of, listing, name_of, spreadsheet, undone, when
from ontology.terms import SKOS


def ids(store, **filters: Any):
    return [one.id for one in listing(store, Filters(**filters)).changes]


def test_newest_first_in_pages(past):
    assert ids(past) == ["4", "3", "2", "1"]
    second = listing(past, Filters(), 2, length=3)
    assert ([one.id for one in second.changes], second.found, second.pages) == (["1"], 4, 2)
    with pytest.raises(NotFound):
        listing(past, Filters(), 3, length=3)


def test_by_person(past):
    assert ids(past, author="Bo") == ["4", "2"]
    assert listing(past, Filters()).authors == ("Ada", "Bo")


def test_by_kind(past):
    changes.undo(past, "4", "Cy")
    quads = [statement(SCHULE, SKOS.altLabel, "Schule am Park", source="liste")]
    changes.commit(past, added=quads, author="Cy", reason="liste.xlsx", imported_as="liste")
    assert (ids(past, kind="undo"), ids(past, kind="list"), ids(past, kind="hand")[0]) == (["5"], ["6"], "4")
    with pytest.raises(BadInput):
        ids(past, kind="zauber")


def test_by_entry_also_where_others_link_to_it(past):
    assert ids(past, entry=SCHULE) == ["3", "2", "1"]
    assert ids(past, entry=HOFFEST) == ["2"]
    assert ids(past, entry=SCHULE[:-1]) == []


def test_by_day(past):
    today = when(changes.find_change(past, "1")).date()
    assert len(ids(past, day=today)) == 4
    assert ids(past, day=today.replace(year=1999)) == []


def test_a_change_is_in_force_again_when_its_undo_is_undone(past):
    changes.undo(past, "4", "Cy")
    assert undone(past) == {"4": "5"}
    changes.undo(past, "5", "Cy")
    assert undone(past) == {"5": "6"}
    changes.undo(past, "6", "Cy")
    assert undone(past) == {"6": "7", "4": "5"}
    assert kind_of(changes.find_change(past, "7")) == "undo"


def test_an_entry_that_was_removed_knows_by_which_change(past):
    assert gone_with(past, "project", "hoffest") is None
    changes.undo(past, "4", "Cy")
    changes.undo(past, "2", "Cy")
    assert gone_with(past, "project", "hoffest").id == "6"
    assert name_of(past, HOFFEST).label == "Hoffest"
    assert gone_with(past, "project", "nie-da") is gone_with(past, "contact", "1") is gone_with(past, "x", "y") is None


def test_the_spreadsheet_says_what_changed_and_holds_no_formula(past):
    change(past, [statement(SCHULE, SKOS.altLabel, "x")], reason='=HYPERLINK("x")')
    rows = list(csv.reader(io.StringIO(spreadsheet(past, Filters()).removeprefix("\ufeff"))))
    assert rows[0] == ["Änderung", "Zeit", "Wer", "Art", "Warum", "Was"]
    assert rows[1][4] == '\'=HYPERLINK("x")'
    assert rows[3][5] == "Grundschule – geändert: Name: Schule → Grundschule"
