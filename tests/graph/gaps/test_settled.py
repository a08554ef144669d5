"""What the team said about a line: it carries its state, and what is settled is not suggested again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import Quartier
from graph import rounds
from graph.gaps import find_gap, gaps

if TYPE_CHECKING:
    from graph.store import Store


def office() -> Store:
    quartier = Quartier()
    quartier.round("2026", start="2026-01-01", end="2028-12-31")
    for name in ("Chor", "Schule", "Kita"):
        quartier.actor(name, groups=["kinder"])
    return quartier.store()


def test_a_line_that_was_found_unfit_leaves_the_list_and_is_still_found() -> None:
    with office() as store:
        gap = gaps(store, "introduce")[0]
        rounds.decide(store, "2026", gap, rounds.Said("passt-nicht", reason="Streit"), author="Ada")
        assert gap.id not in {one.id for one in gaps(store, "introduce")}
        assert find_gap(store, gap.id).state == "passt-nicht"


def test_two_who_knew_each_other_are_no_line_any_more() -> None:
    with office() as store:
        gap = gaps(store, "introduce")[0]
        rounds.decide(store, "2026", gap, rounds.Said("kannten-sich-schon", day="2019"), author="Ada")
        assert gap.id not in {one.id for one in gaps(store, "introduce")}


def test_a_line_to_look_into_stays_and_carries_its_state() -> None:
    with office() as store:
        gap = gaps(store, "introduce")[0]
        rounds.decide(store, "2026", gap, rounds.Said("ansprechen"), author="Ada")
        states = {one.id: one.state for one in gaps(store, "introduce")}
        assert states[gap.id] == "ansprechen"
        assert set(states.values()) == {"ansprechen", "open"}
