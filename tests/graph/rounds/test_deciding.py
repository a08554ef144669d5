"""Verdicts are kept for good: of several people, on listed lines and on lines by hand, and they mend the record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from graph import changes, gaps, rounds
from graph.errors import BadInput, NotFound
from graph.rounds import Said, decide, workspace
from tests.builders import Quartier

if TYPE_CHECKING:
    from graph.gaps import Gap
    from graph.store import Store


@pytest.fixture
def store() -> Store:
    """Two projects with one common partner, in a round with one Handlungsfeld."""
    quartier = Quartier()
    quartier.round("2025", start="2025", end="2027")
    field = quartier.handlungsfeld("2025", "1", "Bildung")
    one, other, middle = (quartier.actor(name, fields=[field]) for name in ("Schule", "Verein", "Bibliothek"))
    quartier.project("Lesefest", traeger=[one], partner=[middle], start="2024", fields=[field])
    quartier.project("Hoffest", traeger=[other], partner=[middle], start="2024", fields=[field])
    return quartier.store()


@pytest.fixture
def gap(store: Store) -> Gap:
    """The only pair that should meet."""
    return gaps.gaps(store, "introduce")[0]


def test_a_line_keeps_the_reasons_of_its_day_in_both_languages(store: Store, gap: Gap) -> None:
    rounds.take_up(store, "2025", gap, author="Ada", position=3)
    (line,) = workspace(store, "2025").suggestions
    assert line.reasons["de"] == tuple(reason.text.de for reason in gap.reasons)
    assert line.reasons["en"] == tuple(reason.text.en for reason in gap.reasons)
    assert (line.gap_id, line.kind, line.position, line.by_hand) == (gap.id, "introduce", 3, False)
    assert [ref.slug for ref in line.fields] == ["2025-1"]


def test_taking_up_the_same_gap_twice_makes_one_line(store: Store, gap: Gap) -> None:
    rounds.take_up(store, "2025", gap, author="Ada")
    assert not rounds.take_up(store, "2025", gap, author="Bo").change.id
    assert [line.author for line in workspace(store, "2025").suggestions] == ["Ada"]


def test_contradicting_verdicts_of_two_people_both_stand(store: Store, gap: Gap) -> None:
    decide(store, "2025", gap, Said("ansprechen"), author="Ada")
    decide(store, "2025", gap, Said("passt-nicht", reason="Streit"), author="Bo")
    (line,) = workspace(store, "2025").suggestions
    assert [(one.author, one.verdict) for one in line.verdicts] == [("Bo", "passt-nicht"), ("Ada", "ansprechen")]
    assert line.disputed
    assert line.state == "passt-nicht / ansprechen"


def test_of_people_who_decide_at_once_every_verdict_stands_on_one_line(store: Store, gap: Gap) -> None:
    people = [f"Person {number}" for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda who: decide(store, "2025", gap, Said("pruefen"), author=who), people))
    (line,) = workspace(store, "2025").suggestions
    assert sorted(one.author for one in line.verdicts) == people


def test_nothing_that_is_computed_later_takes_a_verdict_away(store: Store, gap: Gap) -> None:
    decide(store, "2025", gap, Said("ansprechen"), author="Ada")
    tie = Quartier("later")
    tie.tie(*(ref.iri for ref in gap.actors), start="2025")
    changes.commit(store, added=tie.quads, author="Bo", reason="Eingetragen")
    assert gap.id not in {one.id for one in gaps.gaps(store, "introduce")}
    (line,) = workspace(store, "2025").suggestions
    assert (line.state, line.reasons["de"]) == ("ansprechen", tuple(reason.text.de for reason in gap.reasons))


def test_who_changes_their_mind_disputes_nothing_and_loses_nothing(store: Store, gap: Gap) -> None:
    decide(store, "2025", gap, Said("passt-nicht", reason="Zu weit"), author="Ada")
    decide(store, "2025", gap, Said("ansprechen"), author="Ada")
    (line,) = workspace(store, "2025").suggestions
    assert (line.state, line.disputed, len(line.verdicts)) == ("ansprechen", False, 2)


def test_knew_each_other_enters_the_tie_with_the_team_as_its_source_and_one_undo_takes_all_back(
    store: Store, gap: Gap
) -> None:
    done = decide(store, "2025", gap, Said("kannten-sich-schon", day="2019"), author="Ada")
    assert done.mended
    assert gap.id not in {one.id for one in gaps.gaps(store, "introduce")}
    added, _ = changes.quads(store, done.change.id)
    assert any('"Team, Runde 2025"' in str(quad) for quad in added)
    changes.undo(store, done.change.id, "Ada")
    assert workspace(store, "2025").suggestions == ()
    assert gap.id in {one.id for one in gaps.gaps(store, "introduce")}


def test_at_a_table_knew_each_other_enters_that_the_actor_takes_part(store: Store) -> None:
    verein, lesefest = "https://w3id.org/pankenetz/id/actor/verein", "https://w3id.org/pankenetz/id/project/lesefest"
    line = rounds.add_line(store, "2025", [verein, lesefest], author="Ada").suggestion
    done = decide(store, "2025", line, Said("kannten-sich-schon", day="2024"), author="Ada")
    assert done.mended
    assert any("involvement/lesefest--verein" in str(quad) for quad in changes.quads(store, done.change.id)[0])


def test_what_became_a_project_may_make_it(store: Store, gap: Gap) -> None:
    decide(store, "2025", gap, Said("wurde-projekt", new_project="Vorlesegarten"), author="Ada")
    (line,) = workspace(store, "2025").suggestions
    assert line.verdicts[0].project
    assert line.verdicts[0].project.label == "Vorlesegarten"
    assert not line.is_open


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (Said("vielleicht"), "verdict"),
        (Said("passt-nicht"), "reason"),
        (Said("wurde-projekt"), "project"),
        (Said("vorgestellt", day="gestern"), "date"),
        (Said("ansprechen", due="bald"), "day"),
        (Said("ansprechen", rung="sofort"), "rung"),
    ],
)
def test_a_verdict_nobody_can_use_is_refused_and_changes_nothing(store: Store, gap: Gap, said: Said, what: str) -> None:
    version = store.version
    with pytest.raises(BadInput) as refusal:
        decide(store, "2025", gap, said, author="Ada")
    assert refusal.value.what == what
    assert store.version == version


def test_a_verdict_on_a_line_or_round_that_is_not_there_is_refused(store: Store, gap: Gap) -> None:
    for round_slug, line in (("2025", "niemand"), ("1900", gap)):
        with pytest.raises(NotFound):
            decide(store, round_slug, line, Said("pruefen"), author="Ada")


def test_a_pair_by_hand_is_the_line_a_list_would_have_made(store: Store, gap: Gap) -> None:
    rounds.add_line(store, "2025", [ref.iri for ref in gap.actors], "Beide fragten danach", author="Ada")
    decide(store, "2025", gap, Said("pruefen"), author="Bo")
    (line,) = workspace(store, "2025").suggestions
    assert (line.by_hand, line.gap_id, line.state) == (True, gap.id, "pruefen")
    assert line.reasons["de"] == ("Beide fragten danach",)


def test_a_line_by_hand_needs_two_entries_that_exist(store: Store) -> None:
    schule = "https://w3id.org/pankenetz/id/actor/schule"
    with pytest.raises(BadInput):
        rounds.add_line(store, "2025", [schule], author="Ada")
    with pytest.raises(NotFound):
        rounds.add_line(store, "2025", [schule, "https://w3id.org/pankenetz/id/actor/niemand"], author="Ada")
