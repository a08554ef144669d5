"""The team's weights: kept, undone, back to normal; they move lines and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph import changes
from graph.errors import BadInput
from graph.gaps import NORMAL, VOICES, gaps, set_weights, weights

if TYPE_CHECKING:
    from graph.store import Store


def neighbours() -> Quartier:
    """Chor meets Haus at one place and Treff in one field; both pairs are as busy."""
    quartier = Quartier()
    field = quartier.handlungsfeld("2022", "1", "Nachbarschaft")
    spots = [quartier.place("Platz", at=(13.37, 52.55)), quartier.place("Fern", at=(13.6, 52.4))]
    for name, fields, place in (("Chor", [field], spots[0]), ("Haus", [], spots[0]), ("Treff", [field], spots[1])):
        quartier.actor(name, groups=["kinder"], fields=fields, place=place)
    return quartier


def first(store: Store) -> set[str]:
    return {actor.label for actor in gaps(store, "introduce")[0].actors}


def test_more_of_a_voice_brings_its_lines_up_and_normal_takes_them_back() -> None:
    with neighbours().store() as store:
        before = gaps(store, "introduce")
        set_weights(store, {"theme": "mehr", "nearness": "gar-nicht"}, "Ada", "Probe")
        assert first(store) == {"Chor", "Treff"}
        set_weights(store, {"nearness": "mehr", "theme": "gar-nicht"}, "Ada", "Probe")
        assert first(store) == {"Chor", "Haus"}
        set_weights(store, {}, "Ada", "Probe")
        assert gaps(store, "introduce") == before


def test_a_change_of_weights_can_be_taken_back() -> None:
    with neighbours().store() as store:
        change = set_weights(store, {"partners": "weniger"}, "Ada", "Probe")
        assert weights(store).partners == 0.5
        changes.undo(store, change.id, author="Bo")
        assert weights(store) == NORMAL


def test_every_voice_takes_every_step(example: Store) -> None:
    assert set(weights(example).steps) == set(VOICES)
    assert set(weights(example).steps.values()) == {"normal"}


@pytest.mark.parametrize("steps", [{"glueck": "mehr"}, {"theme": "sehr"}])
def test_unknown_voices_and_steps_are_refused_and_change_nothing(steps: dict[str, str]) -> None:
    with neighbours().store() as store:
        with pytest.raises(BadInput):
            set_weights(store, steps, "Ada", "Probe")
        assert weights(store) == NORMAL
