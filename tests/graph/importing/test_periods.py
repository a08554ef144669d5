"""Periods are read as exactly as they are written, and no more exactly."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.importing.periods import joined, period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018 bis 2020", "2018", "2020"),
        ("04.2019–11.2020", "2019-04", "2020-11"),
        ("Sommer 2021", "2021-06", "2021-08"),
        ("I/2022 - IV/2023", "2022-01", "2023-12"),
        ("2019", "2019", "2019"),
        ("03–11/2019", "2019-03", "2019-11"),
        ("1.4.-30.11.2020", "2020-04-01", "2020-11-30"),
        ("April bis November 2020", "2020-04", "2020-11"),
        ("2018/19", "2018", "2019"),
        ("2018, 2020", "2018", "2020"),
        ("bis 2019", "", "2019"),
        ("Q1 2022", "2022-01", "2022-03"),
        ("1. Halbjahr 2020", "2020-01", "2020-06"),
        ("2. HJ 2019 - 1. HJ 2021", "2019-07", "2021-06"),
        ("1.+2. Quartal 2022", "2022-01", "2022-06"),
        ("Schuljahr 2021/22", "2021-08", "2022-07"),
        ("Winter 2020/21", "2020-12", "2021-02"),
        ("04/19 - 11/20", "2019-04", "2020-11"),
        ("1.4.19", "2019-04-01", "2019-04-01"),
        ("Mai/Juni 2020", "2020-05", "2020-06"),
        ("1. bis 3.5.2020", "2020-05-01", "2020-05-03"),
        ("15. Aug. 2020 - 3. Sept. 2021", "2020-08-15", "2021-09-03"),
        ("November bis Februar 2021", "2020-11", "2021-02"),
        ("Mi, 15.03.2019, 14-18 Uhr", "2019-03-15", "2019-03-15"),
        ("Ende 2019", "2019", "2019"),
        ("2019.0", "2019", "2019"),
        ("2018 (verlängert bis 2020)", "2018", "2018"),
        ("2020-04-01 bis 2020-11-30", "2020-04-01", "2020-11-30"),
        ("2018–20", "2018", "2020"),
        ("2019/04", "2019-04", "2019-04"),
        ("geplant 2025", "2025", "2025"),
        ("2019 - ?", "2019", ""),
    ],
)
def test_a_period_is_read(text: str, start: str, end: str) -> None:
    read = period(text)
    assert (read.start, read.end, read.ongoing, read.problem, read.text) == (start, end, False, "", text)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("seit Mai 2016", "2016-05"),
        ("2013 ff.", "2013"),
        ("laufend", ""),
        ("ab Herbst 2021", "2021-09"),
        ("2018 - laufend", "2018"),
        ("2016-", "2016"),
        ("(seit 2015)", "2015"),
        ("seit 01.10.2021", "2021-10-01"),
        ("2020 bis heute", "2020"),
        ("Mai 2016 bis auf Weiteres", "2016-05"),
    ],
)
def test_an_open_end_is_no_end(text: str, start: str) -> None:
    read = period(text)
    assert (read.start, read.end, read.ongoing) == (start, "", True)


@pytest.mark.parametrize("text", ["Blabla", "12345", "31.2.2020", "jeden Montag", "Mai bis Juli"])
def test_what_nobody_can_read_is_unknown_and_kept(text: str) -> None:
    read = period(text)
    assert (read.start, read.end, read.text, read.problem) == ("", "", text, "unreadable")


@pytest.mark.parametrize("text", ["", "k. A.", "–", "offen"])
def test_unknown_is_no_problem(text: str) -> None:
    assert (period(text).start, period(text).end, period(text).problem) == ("", "", "")


def test_an_end_before_the_start_is_flagged_and_both_are_given() -> None:
    read = period("2020 bis 2018")
    assert (read.start, read.end, read.problem) == ("2020", "2018", "end-before-start")


def test_a_date_cell_is_a_day_and_a_serial_number_is_none() -> None:
    day, year, serial = period("", dt.datetime(2019, 3, 1)), period("2019", 2019.0), period("43466", 43466)  # noqa: DTZ001  # spreadsheets know no zones
    assert (day.start, year.start, serial.start, serial.problem) == ("2019-03-01", "2019", "", "unreadable")


def test_two_cells_make_one_period() -> None:
    read = joined(period("04.2020"), period("10.2021"))
    assert (read.start, read.end, joined(period("2017"), period("laufend")).ongoing) == ("2020-04", "2021-10", True)


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)), st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
def test_two_days_come_back_however_they_are_written(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    for text in (
        f"{first:%d.%m.%Y}-{last:%d.%m.%Y}",
        f"{first.isoformat()} bis {last.isoformat()}",
        f"vom {first:%d.%m.%y} bis {last:%d.%m.%y}",
    ):
        assert (period(text).start, period(text).end) == (first.isoformat(), last.isoformat())


@given(st.text(alphabet="0123456789./-–, bisabMaiseit(ff)IVQ'", max_size=30))
def test_no_text_breaks_it_and_dates_are_always_dates(text: str) -> None:
    read = period(text)
    for date in (read.start, read.end):
        assert re.fullmatch(r"|\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", date)
        assert len(date) < 10 or dt.date.fromisoformat(date)
