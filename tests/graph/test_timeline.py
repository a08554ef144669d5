"""The timeline of an entry shows when it did what, as exactly as the data know it."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import Quartier
from graph import directory
from graph.directory.names import Ref
from graph.directory.parts import Activity
from graph.directory.timeline import Bar, Timeline, _Axis

if TYPE_CHECKING:
    from graph.store import Store

TODAY = date(2026, 11, 22)


def of(store: Store, kind: str, slug: str) -> Timeline:
    return directory.timeline(store, directory.entry(store, kind, slug), today=TODAY)


def bar(start: str = "", end: str = "") -> tuple[Timeline, Bar]:
    """The bar of a school's only project."""
    quartier = Quartier()
    school = quartier.actor("Schule")
    quartier.project("Fest", traeger=[school], start=start, end=end)
    line = of(quartier.store(), "actor", "schule")
    return line, line.strands[0].bars[0]


def test_a_whole_year_covers_its_year_of_the_axis() -> None:
    line, found = bar("2020", "2020")
    years = line.last + 1 - line.first
    assert (line.first, line.last, found.start) == (2020, 2026, 0.0)
    assert found.end == pytest.approx(100 / years, abs=0.01)


def test_an_unknown_end_is_open_and_an_unknown_start_is_said() -> None:
    assert (bar("2020")[1].start_known, bar("2020")[1].end_known) == (True, False)
    assert (bar("", "2020")[1].start_known, bar("", "2020")[1].end_known) == (False, True)


def test_what_runs_without_a_fixed_end_reaches_today() -> None:
    one = Activity(Ref("x", "x", "x", "project"), (), start="2020", ongoing=True)
    axis = _Axis([one], TODAY)
    assert axis.bar(one).end == axis.share(axis.now)
    assert not axis.bar(one).end_known


def test_without_a_date_there_is_a_line_but_no_bar() -> None:
    line, found = bar()
    assert not found.drawn
    assert not line.is_drawn


def test_a_school_of_1890_does_not_press_all_else_into_a_corner() -> None:
    quartier = Quartier()
    place = quartier.place("Hof")
    quartier.project("Gründung", places=[place], start="1890", end="1891")
    quartier.project("Fest", places=[place], start="2024")
    line = of(quartier.store(), "place", "hof")
    assert (line.last - line.first, [one.drawn for one in line.strands[0].bars]) == (39, [True, False])


DATES = st.one_of(
    st.just(""),
    st.dates(date(1850, 1, 1), date(2099, 12, 31)).map(str),
    st.integers(1000, 2999).map(str),
    st.sampled_from(["2020-13", "-0044", "bald", "2020-02-30"]),
)


@given(DATES, DATES)
def test_every_bar_lies_on_its_axis(start: str, end: str) -> None:
    one = Activity(Ref("x", "x", "x", "project"), (), start=start, end=end)
    axis = _Axis([one], TODAY)
    found = axis.bar(one)
    assert 0 <= found.start <= found.end <= 100
    assert all(0 <= at <= 100 for _, at in axis.ticks())


def test_rounds_stand_behind_the_bars_in_order_and_none_inside_another(example: Store) -> None:
    bands = of(example, "actor", "qm-pankstrasse").bands
    assert [band.label for band in bands] == ["2008", "2009", "2015", "2019", "2022", "2025"]
    assert all(one.end <= other.start for one, other in itertools.pairwise(bands))


def test_an_actor_has_its_projects_events_and_bodies(example: Store) -> None:
    strands = of(example, "actor", "qm-pankstrasse").strands
    assert [strand.key for strand in strands] == ["project", "event", "body"]
    assert sum(len(strand.bars) for strand in strands) == 112


def test_a_place_has_who_and_what_was_there(example: Store) -> None:
    line = of(example, "place", "silent-green")
    assert [(strand.key, len(strand.bars)) for strand in line.strands] == [("project", 2), ("event", 5), ("actor", 5)]
    assert ("actor", "place") in line.covered


def test_a_handlungsfeld_has_its_projects_by_round_and_those_of_the_fields_like_it(example: Store) -> None:
    strands = of(example, "handlungsfeld", "2022-4").strands
    assert [strand.round.slug for strand in strands if strand.round] == ["2022", "2019"]
    assert {bool(one.what.roles) for one in strands[0].bars} == {False}
    assert all(one.what.roles[0].startswith("2019 · ") for one in strands[1].bars)
