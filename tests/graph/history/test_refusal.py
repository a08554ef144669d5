"""A refused undo says which later changes stand against it, on what, and leaves everything as it is."""

from __future__ import annotations

import random

import pytest
from changed import SCHULE, change, statement
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph import changes
from graph.errors import Conflict, Invalid
from graph.history import item_text, refusal
from ontology.terms import PN, SKOS


def refused(store, change_id, language="de"):
    before = set(store.quads())
    with pytest.raises((Conflict, Invalid)) as caught:
        changes.undo(store, change_id, "Cy")
    assert set(store.quads()) == before
    return refusal(store, change_id, caught.value, language=language)


def against(found):
    return {one.change.id: [item_text(item, "de") for item in one.items] for one in found.obstacles}


def test_a_later_change_of_the_same_field_stands_against_it(past):
    assert against(refused(past, "2")) == {
        "4": ["Grundschule ist Träger von Hoffest seit 2020 – geändert: Beginn: 2021 → 2020"]
    }


def test_later_links_to_what_would_go_stand_against_it_too_newest_first(past):
    found = against(refused(past, "1"))
    assert list(found) == ["4", "3", "2"]  # 4 stands against 2 alone, which has to go first
    assert found["2"] == ["Hoffest – neu angelegt", "Grundschule ist Träger von Hoffest seit 2021 – neu angelegt"]


def test_undoing_these_from_first_to_last_makes_way(past):
    for one in refused(past, "1").obstacles:
        changes.undo(past, one.change.id, "Cy")
    changes.undo(past, "1", "Cy")
    assert not list(past.quads(graph=past.graphs.data("test")))


def test_what_is_undone_already_says_by_what(past):
    changes.undo(past, "4", "Cy")
    found = refused(past, "4")
    assert (found.undone_by.id, found.obstacles, found.findings) == ("5", (), ())


def test_many_entries_are_counted_not_listed(past):
    names = [statement(SCHULE.replace("schule", f"a{number}"), SKOS.altLabel, "x") for number in range(8)]
    changes.commit(past, added=names, author="A", reason="x", check=False)
    changes.commit(past, added=(), removed=names, author="A", reason="x", check=False)
    (one,) = refused(past, "5").obstacles
    assert (len(one.items), one.more) == (5, 3)


def test_contacts_stand_against_it_without_a_word_of_them(past):
    secret = statement(f"{SCHULE}-leitung", PN.shortName, "secret")
    secret = type(secret)(*secret.triple, past.graphs.contacts)
    changes.commit(past, added=[secret], author="A", reason="x", check=False)
    changes.commit(past, added=(), removed=[secret], author="A", reason="x", check=False)
    assert "secret" not in repr(refused(past, "5"))


NAMES = st.lists(st.sampled_from("abcdef"), max_size=4)


@settings(max_examples=30, deadline=None)
@given(steps=st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6))
def test_any_chain_of_changes_can_be_taken_back_from_its_end_and_brought_again(steps):
    with graph.open(None) as store:
        states, done = [_statements(store)], []
        for came, went in steps:
            plus, minus = ([statement(SCHULE, SKOS.altLabel, name) for name in names] for names in (came, went))
            made = changes.commit(store, added=plus, removed=minus, author="A", reason="x", check=False)
            done += [made.id] if made.id else []
            states += [_statements(store)] if made.id else []
        undos = []
        for number in reversed(range(len(done))):
            undos.append(changes.undo(store, done[number], "B").id)
            assert _statements(store) == states[number]
        for undo in reversed(undos):
            changes.undo(store, undo, "B")
        assert _statements(store) == states[-1]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_an_undo_in_any_order_takes_back_all_or_says_why(seed):
    """Whatever is asked for: it either becomes what it was without the change, or stays as it is and names a cause."""
    dice = random.Random(seed)  # noqa: S311  # test data
    with graph.open(None) as store:
        for _ in range(5):
            plus, minus = ([statement(SCHULE, SKOS.altLabel, dice.choice("abc"))] for _ in range(2))
            changes.commit(store, added=plus, removed=minus, author="A", reason="x", check=False)
        for _ in range(8):
            number = str(dice.randint(1, store.version)) if store.version else "1"
            before = _statements(store)
            try:
                changes.undo(store, number, "B")
            except Conflict as error:
                found = refusal(store, number, error)
                assert found.undone_by or found.obstacles
                assert _statements(store) == before
            except graph.errors.NotFound:
                continue


def _statements(store):
    return set(store.quads(graph=store.graphs.data("test")))


def test_a_refusal_is_told_in_english(past):
    (one,) = refused(past, "2", "en").obstacles
    assert item_text(one.items[0], "en").endswith("changed: Start: 2021 → 2020")


def test_a_value_that_came_back_by_hand_stands_against_it(past):
    name = statement(SCHULE, SKOS.altLabel, "Alte Schule")
    change(past, [name])
    gone = change(past, [], [name])
    back = change(past, [name])
    assert [one.change.id for one in refused(past, gone.id).obstacles] == [back.id]
