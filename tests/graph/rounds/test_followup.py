"""What came of a round is read from the records, dated after its day, whatever anybody ticked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from graph import rounds
from graph.rounds import Said
from tests.builders import Quartier

if TYPE_CHECKING:
    from graph.store import Store

DAY = dt.date(2025, 6, 1)


def opened(**project: Any) -> Store:
    """Two actors in a round as of `DAY`; if dates are given, with a project of both."""
    quartier = Quartier()
    quartier.round("2025", start="2025")
    one, other = quartier.actor("Schule"), quartier.actor("Verein")
    if project:
        quartier.project("Hoffest", traeger=[one], partner=[other], **project)
    store = quartier.store()
    rounds.set_up(store, "2025", as_of=DAY, agenda="", author="Ada")
    rounds.add_line(store, "2025", [one, other], author="Ada")
    return store


def result(store: Store) -> rounds.Outcome:
    return rounds.follow_up(store, "2025").outcomes[0]


def decide(store: Store, said: Said, author: str = "Ada") -> None:
    rounds.decide(store, "2025", rounds.suggestions(store)[0].slug, said, author=author)


def test_a_project_that_began_since_is_found_though_nobody_decided() -> None:
    found = result(opened(start="2026"))
    assert (found.result, found.confirmed) == ("project", True)
    assert found.found[0].what
    assert found.found[0].what.label == "Hoffest"


@pytest.mark.parametrize(("start", "expected"), [("2024", "open"), ("", "entered")])
def test_what_was_there_before_or_bears_no_date_is_no_fruit(start: str, expected: str) -> None:
    assert result(opened(start=start)).result == expected


def test_what_the_team_reports_counts_and_says_that_the_records_lack_it() -> None:
    store = opened()
    decide(store, Said("wurde-projekt", new_project="Vorlesegarten"))
    assert result(store).result == "project"


def test_a_tie_mended_by_the_team_is_no_fruit() -> None:
    store = opened()
    decide(store, Said("kannten-sich-schon", day="2019"))
    assert result(store).result == "known"


def test_why_not_is_said_in_the_words_of_those_who_decided() -> None:
    store = opened()
    decide(store, Said("passt-nicht", reason="Zu weit"))
    assert (result(store).result, result(store).why) == ("unfit", ("Zu weit",))
    decide(store, Said("ansprechen"), "Bo")
    assert result(store).result == "way"


def test_counts_hold_every_line_once_and_in_each_of_its_fields() -> None:
    found = rounds.follow_up(opened(), "2025")
    assert sum(found.counts.values()) == len(found.outcomes) == 1
    assert [(field, counts["open"]) for field, counts in found.fields] == [(None, 1)]


def test_partnerships_of_two_rounds_are_new_kept_or_lost() -> None:
    quartier = Quartier()
    for year in ("2020", "2024"):
        quartier.round(year, start=year)
    field = quartier.handlungsfeld("2024", "1", "Bildung")
    a, b, c = (quartier.actor(name) for name in ("A", "B", "C"))
    quartier.project("Alt", traeger=[a], partner=[b], start="2020", end="2021")
    quartier.project("Lang", traeger=[b], partner=[c], start="2021", end="2025")
    quartier.project("Neu", traeger=[a], partner=[c], start="2024", end="2025", fields=[field])
    found = rounds.compare(quartier.store(), "2020", "2024")
    names = [
        [pair.actors[0].label + pair.actors[1].label for pair in some]
        for some in (found.total.new, found.total.kept, found.total.lost)
    ]
    assert names == [["AC"], ["BC"], ["AB"]]
    assert [(len(one.new), len(one.kept)) for one in found.fields] == [(1, 0)]
    assert [ref.slug for ref in rounds.earlier_rounds(quartier.store(), "2024")] == ["2020"]
