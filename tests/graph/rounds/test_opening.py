"""A workspace is opened, frozen, closed, reopened and deleted; each of it can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from graph import changes, rounds
from graph.errors import BadInput, NotFound
from tests.builders import Quartier

if TYPE_CHECKING:
    from graph.store import Store

DAY = dt.date(2026, 9, 1)


@pytest.fixture
def store() -> Store:
    """A round and two actors."""
    quartier = Quartier()
    quartier.round("2022", start="2022", end="2024")
    quartier.round("2025", start="2025", end="2027")
    quartier.actor("Schule")
    quartier.actor("Verein")
    return quartier.store()


def _line(store: Store) -> str:
    named = [f"{store.base_iri}actor/{slug}" for slug in ("schule", "verein")]
    return rounds.add_line(store, "2025", named, author="Ada").suggestion


def test_a_workspace_keeps_its_day_and_its_agenda_in_order(store: Store) -> None:
    rounds.set_up(store, "2025", as_of=DAY, agenda="Ankommen\n\nVorschläge\nAufgaben", author="Ada")
    space = rounds.workspace(store, "2025")
    assert (space.exists, space.as_of, space.agenda) == (True, DAY, ("Ankommen", "Vorschläge", "Aufgaben"))
    rounds.set_up(store, "2025", as_of=dt.date(2026, 10, 1), agenda="", author="Ada")
    assert (rounds.workspace(store, "2025").as_of, rounds.workspace(store, "2025").agenda) == (dt.date(2026, 10, 1), ())


def test_nothing_is_said_in_a_closed_workspace_until_it_is_reopened(store: Store) -> None:
    line = _line(store)
    rounds.close(store, "2025", author="Ada", day=DAY)
    with pytest.raises(BadInput, match="closed"):
        rounds.decide(store, "2025", line, rounds.Said("pruefen"), author="Ada")
    assert rounds.workspace(store, "2025").closed == DAY
    rounds.reopen(store, "2025", author="Ada")
    assert rounds.decide(store, "2025", line, rounds.Said("pruefen"), author="Ada").change.id


def test_a_deleted_workspace_comes_back_whole(store: Store) -> None:
    rounds.decide(store, "2025", _line(store), rounds.Said("pruefen", reason="Erst fragen"), author="Ada")
    before = rounds.workspace(store, "2025")
    done = rounds.delete(store, "2025", author="Ada")
    assert not rounds.workspace(store, "2025").exists
    assert rounds.suggestions(store) == ()
    changes.undo(store, done.id, "Ada")
    assert rounds.workspace(store, "2025") == before


def test_what_nobody_opened_cannot_be_closed_reopened_or_deleted(store: Store) -> None:
    for step in (rounds.close, rounds.reopen, rounds.delete):
        with pytest.raises(NotFound):
            step(store, "2025", author="Ada")


def test_a_round_that_is_not_there_has_no_workspace(store: Store) -> None:
    with pytest.raises(NotFound):
        rounds.workspace(store, "1900")


def test_the_newest_open_workspace_is_worked_on_else_the_newest_round(store: Store) -> None:
    assert rounds.usual_round(store) == "2025"
    rounds.open_workspace(store, "2022", author="Ada")
    assert rounds.usual_round(store) == "2022"
    rounds.close(store, "2022", author="Ada")
    assert rounds.usual_round(store) == "2025"
