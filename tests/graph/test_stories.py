"""Saved views and stories, kept, ordered, frozen and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from graph import changes, editing, stories
from graph.copies import ReadCopy
from graph.errors import BadInput, Invalid, NotFound
from tests.builders import Quartier

if TYPE_CHECKING:
    from graph.store import Store


@pytest.fixture
def store() -> Store:
    """Two actors in one project."""
    quartier = Quartier()
    quartier.project("Hoffest", traeger=[quartier.actor("Schule")], partner=[quartier.actor("Kita")])
    return quartier.store()


def told(store: Store) -> stories.Story:
    """A story of two steps."""
    stories.keep(store, name="Alle", address="/network", text="Zuerst alle.", into="neu: Für die Runde", author="Büro")
    stories.keep(store, name="Die Schule", address="/network?focus=actor/schule", into="Für die Runde", author="Büro")
    (story,) = stories.stories(store)
    return story


def test_a_view_is_kept_by_itself_or_as_a_step(store: Store) -> None:
    """The second step comes after the first."""
    stories.keep(store, name="Einfach so", address="/network?view=projects", author="Büro")
    story = told(store)
    assert [(step.name, step.text) for step in story.steps] == [("Alle", "Zuerst alle."), ("Die Schule", "")]
    assert [view.name for view in stories.saved_views(store)] == ["Einfach so"]


def test_two_views_of_one_name_are_two(store: Store) -> None:
    """Nothing kept is overwritten."""
    for _ in range(2):
        stories.keep(store, name="Alle", address="/network", author="Büro")
    assert len(stories.saved_views(store)) == 2


@pytest.mark.parametrize(
    "address", ["", "https://example.org/network", "//x/network", "/actors", "/network?from=never"]
)
def test_only_views_of_the_explorer_are_kept(store: Store, address: str) -> None:
    """No other page, no other host, nothing that cannot be read."""
    with pytest.raises((BadInput, Invalid)):
        stories.keep(store, name="Fremd", address=address, author="Büro")
    assert stories.saved_views(store) == ()


def test_steps_change_places_and_the_change_can_be_taken_back(store: Store) -> None:
    """In one change."""
    story = told(store)
    names = [step.slug for step in story.steps]
    done = stories.reorder(store, story.slug, names[::-1], author="Büro")
    assert [step.slug for step in stories.story(store, story.slug).steps] == names[::-1]
    changes.undo(store, done.id, "Büro")
    assert [step.slug for step in stories.story(store, story.slug).steps] == names
    with pytest.raises(BadInput):
        stories.reorder(store, story.slug, names[:1], author="Büro")


def test_kept_pictures_stay_while_the_data_change(store: Store) -> None:
    """Live ones follow; thawed, the story follows again."""
    story = told(store)
    stories.freeze(store, story.slug, author="Büro")
    before = stories.drawn(store, stories.story(store, story.slug).steps[0]).picture
    editing.save(store, "actor", "kita", {"name": ["Kinderhaus"]}, author="Büro")
    step = stories.story(store, story.slug).steps[0]
    assert stories.drawn(store, step).picture == before
    assert "Kinderhaus" in stories.drawn(store, step, live=True).picture
    stories.thaw(store, story.slug, author="Büro")
    assert not stories.story(store, story.slug).is_kept


def test_a_view_whose_middle_is_gone_says_so(store: Store) -> None:
    """The story itself still opens."""
    stories.keep(store, name="Weg", address="/network?focus=actor/fort", author="Büro")
    (view,) = stories.saved_views(store)
    assert isinstance(stories.drawn(store, view).error, NotFound)


def test_a_story_that_does_not_exist_is_not_found(store: Store) -> None:
    """By its slug."""
    with pytest.raises(NotFound):
        stories.story(store, "keine")


def test_a_story_that_an_earlier_version_left_among_the_data_is_put_away_once(store: Store) -> None:
    """What strangers read of the store names it no more, and it is whole where views lie."""
    story = told(store)
    kept = list(store.quads(ox.NamedNode(story.iri), graph=store.graphs.rounds))
    among = [ox.Quad(quad.subject, quad.predicate, quad.object, store.graphs.data("office")) for quad in kept]
    changes.commit(store, added=among, removed=kept, author="Früher", reason="Test", check=False)
    assert stories.settle(store, author="Pankenetz", reason="Test") is not None
    assert list(ReadCopy(store).quads(ox.NamedNode(story.iri))) == []
    assert stories.stories(store) == (story,)
    assert stories.settle(store, author="Pankenetz", reason="Test") is None
