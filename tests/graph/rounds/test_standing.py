"""The lists learn what the team said: which gaps stay away, for how long, and what of it a day knew."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from graph import rounds
from graph.rounds import Said
from tests.builders import Quartier

if TYPE_CHECKING:
    from graph.store import Store

GAP = "introduce~schule~verein"
UNFIT = Said("passt-nicht", reason="Zu weit")


@pytest.fixture
def store() -> Store:
    """Three rounds, two actors."""
    quartier = Quartier()
    for year in ("2019", "2022", "2025"):
        quartier.round(year, start=year)
    quartier.actor("Schule")
    quartier.actor("Verein")
    quartier.actor("Kita")
    return quartier.store()


def _say(store: Store, round_slug: str, said: Said, author: str = "Ada", other: str = "verein") -> None:
    named = [f"{store.base_iri}actor/{slug}" for slug in ("schule", other)]
    line = rounds.add_line(store, round_slug, named, author=author).suggestion
    rounds.decide(store, round_slug, line, said, author=author)


def test_unfit_stays_away_for_two_rounds_of_work(store: Store) -> None:
    _say(store, "2019", UNFIT)
    assert rounds.settled(store) == {GAP}
    _say(store, "2022", Said("pruefen"), other="kita")
    assert rounds.settled(store) == {GAP}
    _say(store, "2025", Said("pruefen"), other="kita")
    assert rounds.settled(store) == frozenset()


def test_known_stays_away_for_good(store: Store) -> None:
    _say(store, "2019", Said("kannten-sich-schon"))
    _say(store, "2022", Said("pruefen"), other="kita")
    _say(store, "2025", Said("pruefen"), other="kita")
    assert rounds.settled(store) == {GAP}


def test_where_people_disagree_the_gap_stays_in_the_lists_with_both_verdicts(store: Store) -> None:
    _say(store, "2025", UNFIT)
    _say(store, "2025", Said("ansprechen"), "Bo")
    assert rounds.settled(store) == frozenset()
    assert rounds.verdicts_by_gap(store)[GAP].state == "ansprechen / passt-nicht"


def test_a_list_of_a_day_knows_only_verdicts_of_earlier_days(store: Store) -> None:
    _say(store, "2025", UNFIT)
    assert rounds.settled(store, before=dt.date.today()) == frozenset()  # noqa: DTZ011  # the day of the verdict
    assert rounds.settled(store, before=dt.date(9999, 1, 1)) == {GAP}


def test_verdicts_follow_entries_that_were_merged(store: Store) -> None:
    from graph import merging

    _say(store, "2025", UNFIT)
    merging.merge(store, "actor", "kita", "verein", author="Ada")
    assert set(rounds.verdicts_by_gap(store)) == {"introduce~kita~schule"}
