"""What takes long may lack what others changed a moment ago, but never what whoever asks has seen."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from graph import cache, editing
from graph.copies import ReadCopy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    quartier = Quartier()
    quartier.actor("Schule")
    with quartier.store() as opened:
        yield opened
    cache.be_content_with(None)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds since the beginning, to be set by hand."""
    now = [0.0]
    monkeypatch.setattr(cache.time, "monotonic", lambda: now[0])
    return now


def save(store: Store, name: str) -> None:
    editing.save(store, "actor", None, {"type": ["Akteur"], "name": [name]}, author="Ada")


def built(store: Store) -> int:
    """The version whose value one gets."""
    return store.trailing("probe", lambda: store.version)


def test_who_asks_for_nothing_else_gets_what_is_true_now(store: Store) -> None:
    for name in ("Haus", "Hof"):
        save(store, name)
        assert built(store) == store.version


def test_who_is_content_with_it_gets_what_was_true_a_moment_ago(store: Store, clock: list[float]) -> None:
    before = built(store)
    save(store, "Haus")
    cache.be_content_with(before)
    clock[0] = 14.0
    assert built(store) == before


def test_never_less_than_one_has_seen(store: Store, clock: list[float]) -> None:
    built(store)
    save(store, "Haus")
    seen = store.version
    save(store, "Hof")
    cache.be_content_with(seen)
    assert built(store) == store.version
    assert clock[0] == 0.0


def test_strangers_see_what_is_true_now(store: Store, clock: list[float]) -> None:
    copy = ReadCopy(store)
    before = built(copy)
    save(store, "Haus")
    cache.be_content_with(before)
    assert built(copy) == store.version == before + 1
    assert clock[0] == 0.0


def test_nothing_is_older_than_half_a_minute(store: Store, clock: list[float]) -> None:
    before = built(store)
    save(store, "Haus")
    cache.be_content_with(before)
    clock[0] = 31.0
    assert built(store) == store.version


def test_after_a_while_a_thread_makes_the_present_one(store: Store, clock: list[float]) -> None:
    made = threading.Event()

    def build() -> int:
        if threading.current_thread() is not threading.main_thread():
            made.set()
        return store.version

    before = store.trailing("probe", build)
    save(store, "Haus")
    cache.be_content_with(before)
    clock[0] = 16.0
    assert store.trailing("probe", build) == before
    assert made.wait(60)
    store.close()  # waits for the thread
    assert store.trailing("probe", build) == store.version == before + 1


def test_what_fails_behind_fails_before_whoever_asks_when_the_old_one_is_too_old(
    store: Store, clock: list[float]
) -> None:
    before = built(store)

    def fail() -> int:
        raise LookupError

    save(store, "Haus")
    cache.be_content_with(before)
    clock[0] = 16.0
    assert store.trailing("probe", fail) == before
    clock[0] = 31.0
    with pytest.raises(LookupError):
        store.trailing("probe", fail)
