"""Whom to invite: a small list that reaches everybody, worked out anew when somebody cannot come."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import Quartier
from graph.errors import BadInput, NotFound
from graph.gaps.invitation import Invitation, invitation
from graph.gaps.structure import situation_of, structure

if TYPE_CHECKING:
    from graph.store import Store


def star() -> Quartier:
    """A school that knows three, of whom two know each other; a club alone; a QM that knows all."""
    made = Quartier()
    field = made.handlungsfeld("2022", "1", "Bildung")
    school, club = made.actor("Schule"), made.actor("Klub")
    leaves = [made.actor(name, fields=[field] if name == "A" else ()) for name in "ABC"]
    qm = made.actor("QM", kind="quartiersmanagement")
    for leaf in leaves:
        made.tie(school, leaf)
        made.tie(qm, leaf)
    made.tie(leaves[1], leaves[2])
    assert club
    return made


def names(found: Invitation) -> list[str]:
    return [guest.actor.label for guest in found.guests]


def test_one_school_reaches_its_circle_and_who_is_alone_is_listed() -> None:
    with star().store() as store:
        found = invitation(store)
        assert names(invitation(store, alone=True)) == ["Schule", "Klub"]
    assert (names(found), found.at_least, found.reached, found.wanted) == (["Schule"], 1, 4, 4)
    assert [ref.label for ref in found.alone] == ["Klub"]
    assert [ref.label for ref in found.guests[0].reaches] == ["A", "B", "C"]


def test_who_cannot_come_is_reached_by_others_and_who_is_coming_stays() -> None:
    with star().store() as store:
        without = invitation(store, out=["schule"])
        pinned = invitation(store, coming=["b"])
    assert names(without) == ["B", "A"]
    assert without.unreached == ()
    assert (names(pinned)[0], pinned.guests[0].pinned) == ("B", True)


def test_whom_nobody_reaches_any_more_is_named() -> None:
    with star().store() as store:
        found = invitation(store, out=["schule", "a"])
    assert [ref.label for ref in found.unreached] == ["A"]
    assert [ref.label for ref in found.out] == ["A", "Schule"]


def test_a_field_asks_only_for_those_who_work_in_it() -> None:
    with star().store() as store:
        found = invitation(store, handlungsfeld="2022-1")
    assert (len(found.guests), found.wanted) == (1, 1)


def test_who_is_said_to_be_out_and_coming_is_coming() -> None:
    with star().store() as store:
        assert names(invitation(store, out=["schule"], coming=["schule"])) == ["Schule"]


def test_an_empty_quartier_and_unknown_names() -> None:
    with Quartier().store() as store:
        assert invitation(store).guests == ()
        for asked in ({"out": ["nie"]}, {"coming": ["nie"]}, {"handlungsfeld": "1-1"}):
            with pytest.raises(NotFound):
                invitation(store, **asked)  # type: ignore[arg-type]  # one of several arguments
        with pytest.raises(BadInput):
            invitation(store, groups=["alle"])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_everybody_is_reached_or_named_and_nobody_out_is_invited(example: Store, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - test data
    found = structure(situation_of(example, None))
    slugs = [ref.slug for ref in found.refs(found.network)]
    out, coming = chance.sample(slugs, 5), chance.sample(slugs, 3)
    answer = invitation(example, out=out, coming=coming, groups=())
    invited = {guest.actor.iri for guest in answer.guests}
    reached = {iri for one in invited for iri in (one, *found.network[one])}
    named = {ref.iri for ref in (*answer.unreached, *answer.alone)}
    assert set(found.network) <= reached | named
    assert invited.isdisjoint(set(found.iris(out)) - set(found.iris(coming)))
    assert answer.at_least <= len(answer.guests)
