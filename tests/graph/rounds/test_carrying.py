"""A new round begins where the old one stopped: fields matched as a person says, open lines carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph import changes, network, rounds
from graph.errors import BadInput, NotFound
from graph.rounds import NewField, NextRound, Said
from tests.builders import Quartier

if TYPE_CHECKING:
    from graph.store import Store

FIELDS = (
    NewField("1", "Gesundheit und Bewegung"),
    NewField("2", "Bildung, Ausbildung, Jugend"),
    NewField("3", "Klima"),
)
NEW = NextRound(name="IHEK 2026", short="2026", start="2026", fields=FIELDS)


@pytest.fixture
def store() -> Store:
    """A round with two fields, a line of the first that is open, and one that was found unfit."""
    quartier = Quartier()
    quartier.round("2022", start="2022")
    bildung = quartier.handlungsfeld("2022", "1", "Bildung und Ausbildung")
    quartier.handlungsfeld("2022", "2", "Gesundheit und Bewegung")
    actors = [quartier.actor(name, fields=[bildung]) for name in ("Schule", "Verein", "Kita")]
    store = quartier.store()
    for other in (1, 2):
        rounds.add_line(store, "2022", [actors[0], actors[other]], "Nachbarn", author="Ada")
    line = next(one for one in rounds.suggestions(store) if "kita" in one.gap_id)
    rounds.decide(store, "2022", line.slug, Said("passt-nicht", reason="Zu weit"), author="Ada")
    return store


def test_names_propose_and_numbers_only_ask(store: Store) -> None:
    found = {
        one.field.number: [(c.field.slug, c.why) for c in one.candidates]
        for one in rounds.propose(store, "2022", FIELDS)
    }
    assert found["1"] == [("2022-2", "same name"), ("2022-1", "same number")]
    assert found["2"][0] == ("2022-1", "like name")
    assert found["3"] == []


def test_what_only_the_number_says_is_not_proposed_as_a_match(store: Store) -> None:
    (one,) = rounds.propose(store, "2022", (NewField("2", "Klima"),))
    assert one.candidates[0].why == "same number"
    assert one.best is None


def test_matches_are_written_as_said_and_open_lines_carried_into_them(store: Store) -> None:
    lines = [one.slug for one in rounds.open_lines(store, "2022")]
    done = rounds.begin(store, "2022", NEW, {"2": ("2022-1", "close")}, lines, author="Ada")
    assert (done.round, done.lines) == ("2026", 1)
    (line,) = rounds.workspace(store, "2026").suggestions
    assert ([ref.slug for ref in line.fields], line.carried_from) == (["2026-2"], lines[0])
    own = f"{store.base_iri}handlungsfeld/"
    assert network.field_matches(store)[f"{own}2026-2"] == {f"{own}2022-1"}
    assert f"{own}2026-1" not in network.field_matches(store)


def test_a_new_round_is_taken_back_as_one_change(store: Store) -> None:
    lines = [one.slug for one in rounds.open_lines(store, "2022")]
    done = rounds.begin(store, "2022", NEW, {"2": ("2022-1", "close")}, lines, author="Ada")
    changes.undo(store, done.change.id, "Ada")
    with pytest.raises(NotFound):
        rounds.workspace(store, "2026")


def test_what_was_said_before_goes_along(store: Store) -> None:
    (line,) = rounds.open_lines(store, "2022")
    rounds.decide(store, "2022", line.slug, Said("ansprechen", next_step="Anrufen"), author="Ada")
    rounds.begin(store, "2022", NEW, {}, [line.slug], author="Ada")
    (carried,) = rounds.workspace(store, "2026").suggestions
    assert (carried.state, [one.verdict for one in carried.earlier]) == ("open", ["ansprechen"])
    assert carried.next_step
    assert carried.next_step.next_step == "Anrufen"


@pytest.mark.parametrize(
    ("new", "matches", "what"),
    [
        (NextRound(name=" "), {}, "round"),
        (NextRound(name="2022"), {}, "round"),
        (NEW, {"1": ("2022-1", "vielleicht")}, "match"),
        (NextRound(name="IHEK", start="bald"), {}, "date"),
    ],
)
def test_what_cannot_begin_is_refused_and_changes_nothing(
    store: Store, new: NextRound, matches: dict[str, tuple[str, str]], what: str
) -> None:
    version = store.version
    with pytest.raises(BadInput) as refusal:
        rounds.begin(store, "2022", new, matches, [], author="Ada")
    assert (refusal.value.what, store.version) == (what, version)


def test_typed_fields_are_read_line_by_line() -> None:
    typed = "1 Bildung\n2. Freiraum\n\nB – Gesundheit und Bewegung\n"
    assert [(one.number, one.name) for one in rounds.read_fields(typed)] == [
        ("1", "Bildung"), ("2", "Freiraum"), ("B", "Gesundheit und Bewegung"),
    ]  # fmt: skip
    for wrong, what in (("Bildung", "fields"), ("1 Bildung\n1. Klima", "number")):
        with pytest.raises(BadInput) as refusal:
            rounds.read_fields(wrong)
        assert refusal.value.what == what
