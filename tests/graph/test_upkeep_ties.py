"""Ties and round tables entered in passing: one change each, nothing doubled, everything with its source."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from builders import Quartier
from graph import changes, directory, upkeep
from graph.errors import BadFields, BadInput, Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

DAY = dt.date(2024, 5, 17)


@pytest.fixture
def store() -> Iterator[Store]:
    quartier = Quartier()
    for name in ("Schule", "Chor", "Bibliothek"):
        quartier.actor(name)
    with quartier.store() as opened:
        upkeep.declare(opened, wanted("Chor", "Schule", start="2019", via="Fest"), author="Ada")
        yield opened


def wanted(actor: str, *others: str, **more: Any) -> upkeep.Wanted:
    return upkeep.Wanted(actor, others, DAY, **more)


def ties(store: Store) -> dict[str, dict[str, str]]:
    """Ends of each tie → what it says."""
    rows = directory.listing(store, "tie").rows
    return {row.ref.label: {name: row.text(name) for name in row.cells} for row in rows}


def test_several_ties_are_one_change(store: Store):
    done = upkeep.declare(store, wanted("Schule", "Bibliothek", "neu: Turnverein", source="Gespräch"), author="Ada")
    assert (done.new, done.known, [one.name for one in done.created]) == (2, 0, ["Gespräch", "Turnverein"])
    said = ties(store)["Schule – Turnverein"]
    assert (said["kind"], said["state"], said["source"]) == ("Kooperiert mit", "Besteht", "Gespräch")
    changes.undo(store, done.change.id, "Ada")
    assert list(ties(store)) == ["Chor – Schule"]


def test_a_known_tie_is_confirmed_from_either_side_and_keeps_what_it_said(store: Store):
    done = upkeep.declare(store, wanted("Schule", "Chor", start="2024", source="Gespräch"), author="Ada")
    assert (done.new, done.known) == (0, 1)
    said = ties(store)["Chor – Schule"]
    assert (said["start"], said["via"], said["last_confirmed"]) == ("2019", "Fest", "2024-05-17")
    tie = directory.entry(store, "tie", "chor--schule--kooperiert-mit").row
    assert [ref.label for ref in tie.refs("source")] == ["Gespräch"]


def test_a_directed_tie_is_known_only_in_its_direction(store: Store):
    kind = {"kind": "sitzt-bei"}
    upkeep.declare(store, wanted("Schule", "Chor", **kind), author="Ada")
    assert upkeep.declare(store, wanted("Chor", "Schule", **kind), author="Ada").new == 1
    assert upkeep.declare(store, wanted("Chor", "Schule", **kind), author="Ada").known == 1


def test_the_same_actor_twice_is_one_tie(store: Store):
    done = upkeep.declare(store, wanted("Schule", "Bibliothek", "bibliothek", "actor/bibliothek"), author="Ada")
    assert done.new == 1


@pytest.mark.parametrize(
    ("others", "more", "error"),
    [
        ((), {}, BadInput),
        (("Unbekannt",), {}, BadFields),
        (("Schule",), {}, Invalid),
        (("neu: Bibliothek",), {}, BadFields),
        (("Chor",), {"start": "irgendwann"}, BadFields),
    ],
)
def test_what_cannot_be_entered_leaves_nothing_behind(store: Store, others, more, error):
    version = store.version
    with pytest.raises(error):
        upkeep.declare(store, wanted("Schule", *others, **more), author="Ada")
    assert store.version == version


def test_whom_a_text_means_is_said_or_asked(store: Store):
    assert upkeep.meant(store, "chor").ref.slug == "chor"
    new = upkeep.meant(store, "neu: Kiezküche")
    assert (new.label, new.ref) == ("Kiezküche", None)
    unclear = upkeep.meant(store, "Bibl")
    assert [one.label for one in unclear.options] == ["Bibliothek"]
    assert upkeep.is_new(unclear.new)


def test_those_at_the_table_are_offered_first_then_known_partners(store: Store):
    school, library = (directory.entry(store, "actor", slug).row.ref for slug in ("schule", "bibliothek"))
    found = upkeep.tick_list(store, school, ["neu: Kiezküche", "chor"], [library])
    assert [(one.meant.label, one.ticked, one.known, one.here) for one in found.ticks] == [
        ("Kiezküche", True, False, False),
        ("Bibliothek", False, False, True),
        ("Chor", True, True, False),
    ]


def begin(store: Store, name: str = "Stadtteilrunde", **more: Any) -> tuple[str, str]:
    begun = upkeep.begin(store, name, DAY, author="Ada", **more)
    return begun.event, begun.source


def test_a_meeting_keeps_who_is_there_and_with_whom_they_work(store: Store):
    table = begin(store)
    upkeep.capture(store, *table, wanted("Schule", "Bibliothek", "Chor"), author="Ada")
    upkeep.capture(store, *table, wanted("neu: Kiezküche"), author="Berta")
    found = upkeep.meeting(store, *table)
    assert [ref.label for ref in found.present] == ["Kiezküche", "Schule"]
    assert [(one.actor.label, [ref.label for ref in one.partners], one.author) for one in found.steps] == [
        ("Kiezküche", [], "Berta"),
        ("Schule", ["Bibliothek", "Chor"], "Ada"),
    ]
    assert (found.ties, found.day) == (2, "2024-05-17")
    assert ties(store)["Schule – Bibliothek"]["via"] == "Stadtteilrunde"


def test_a_step_taken_back_is_gone_from_the_meeting_and_an_undone_undo_brings_it_again(store: Store):
    table = begin(store)
    step = upkeep.capture(store, *table, wanted("Schule", "Bibliothek"), author="Ada")
    undo = changes.undo(store, step.change.id, "Ada")
    assert (upkeep.meeting(store, *table).present, upkeep.meeting(store, *table).steps) == ((), ())
    changes.undo(store, undo.id, "Ada")
    assert [one.actor.label for one in upkeep.meeting(store, *table).steps] == ["Schule"]


def test_an_actor_may_have_a_second_turn_without_taking_part_twice(store: Store):
    table = begin(store)
    upkeep.capture(store, *table, wanted("Schule"), author="Ada")
    upkeep.capture(store, *table, wanted("Schule", "Bibliothek"), author="Ada")
    assert len(directory.entry(store, "event", table[0]).participants) == 1
    again = upkeep.capture(store, *table, wanted("Schule", "Bibliothek"), author="Ada")
    assert (again.change.id, again.known) == ("", 1)


def test_the_same_meeting_is_found_again_and_another_day_is_another_meeting(store: Store):
    assert begin(store) == begin(store)
    other = upkeep.begin(store, "Stadtteilrunde", dt.date(2024, 6, 17), author="Ada")
    assert (other.event, begin(store)[0]) == ("stadtteilrunde-2", "stadtteilrunde")


def test_a_meeting_without_a_name_or_an_entry_is_refused(store: Store):
    with pytest.raises(BadInput):
        upkeep.begin(store, "  ", DAY, author="Ada")
    with pytest.raises(NotFound):
        upkeep.meeting(store, "nirgends", "nichts")
