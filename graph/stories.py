"""Saved views of the network, and stories that show several of them in an order; live, or as they were one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from graph import changes, editing, query
from graph.errors import BadInput, NotFound, PankenetzError
from graph.picture import ViewState, drawing, explorer_view, from_query, sentence
from ontology.terms import PN, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.changes import Change
    from graph.editing import Saved
    from graph.store import Store

BASE: Final = "/network"
"""The address of the explorer: what every view looks at begins with it."""

_POSITION, _DRAWING = ox.NamedNode(PN.position), ox.NamedNode(PN.drawing)
_TYPE, _STORY = ox.NamedNode(RDF.type), ox.NamedNode(PN.Story)


@dataclass(frozen=True)
class SavedView:
    """One saved view.

    Attributes:
        iri, slug: its entry. name: its heading. text: what there is to say about it.
        address: the explorer's address, beginning with `BASE`.
        story: IRI of the story it is a step of, "" for none.
        drawing: its picture as kept (SVG), "" if it is live.
    """

    iri: str
    slug: str
    name: str
    text: str
    address: str
    story: str = ""
    drawing: str = ""


@dataclass(frozen=True)
class Story:
    """Views in an order.

    Attributes:
        iri, slug: its entry. name: what it is called. text: for whom, about what.
        steps: in order.
    """

    iri: str
    slug: str
    name: str
    text: str
    steps: tuple[SavedView, ...]

    @property
    def is_kept(self) -> bool:
        """Whether its pictures are those of one day; with steps added since, whether any is."""
        return any(step.drawing for step in self.steps)


@dataclass(frozen=True)
class Drawn:
    """What a step shows: the picture (SVG, "" if there is none) and its sentence; why there is none (an error)."""

    picture: str = ""
    sentence: str = ""
    error: PankenetzError | None = None


@dataclass(frozen=True)
class _ViewRow:
    view: str
    name: str | None
    text: str | None
    address: str
    story: str | None
    position: float | None
    drawing: str | None


@dataclass(frozen=True)
class _StoryRow:
    story: str
    name: str | None
    text: str | None


def saved_views(store: Store) -> tuple[SavedView, ...]:
    """All saved views that are no step of a story, by name."""
    return tuple(
        sorted((one for one in _views(store) if not one.story), key=lambda one: (one.name.casefold(), one.iri))
    )


def stories(store: Store) -> tuple[Story, ...]:
    """All stories, by name."""
    return store.cached("stories", lambda: _stories(store))


def story(store: Store, slug: str) -> Story:
    """The story of that slug, or `NotFound`."""
    for one in stories(store):
        if one.slug == slug:
            return one
    raise NotFound("story", slug)


def keep(  # noqa: PLR0913  # what, where, who
    store: Store, *, name: str, address: str, text: str = "", into: str = "", author: str
) -> Saved:
    """Save a view, by itself or as the last step of a story.

    Args:
        store: where.
        name: its heading.
        address: the explorer's address.
        text: what there is to say about it.
        into: a story's name or slug, or "neu: Name" for a new one; "" for none.
        author: who.

    Raises:
        BadInput: the address is not one of the explorer's, or cannot be read.
        BadFields, Invalid: as `graph.editing.save`.
    """
    _read(address)
    texts = {"name": [name], "looks_at": [address], "description": [text], "story": [into]}
    if into:
        known = next((one for one in stories(store) if into in (one.name, one.slug)), None)
        texts["position"] = [str(len(known.steps) + 1 if known else 1)]
        texts["story"] = [known.slug if known else into]
    return editing.save(store, "view", None, texts, author=author, anyway=True)


def settle(store: Store, *, author: str, reason: str) -> Change | None:
    """Put stories that lie among the data where views lie; the change, or None if none does.

    An earlier version left a story there that came with its first view, and strangers may read the data.
    """
    data = set(store.graphs.all_data())
    lying = {(quad.subject, quad.graph_name) for quad in store.quads(None, _TYPE, _STORY) if quad.graph_name in data}
    removed = [quad for story, where in lying for quad in store.quads(story, graph=where)]  # type: ignore[arg-type]  # no blank nodes
    if not removed:
        return None
    added = [ox.Quad(quad.subject, quad.predicate, quad.object, store.graphs.rounds) for quad in removed]
    return changes.commit(store, added=added, removed=removed, author=author, reason=reason, check=False)


def reorder(store: Store, slug: str, order: Sequence[str], *, author: str) -> Change:
    """Put the steps of a story into an order: their slugs, first to last.

    Raises:
        BadInput: not exactly the steps of the story.
    """
    steps = {step.slug: step for step in story(store, slug).steps}
    if sorted(order) != sorted(steps):
        raise BadInput("order", " ".join(order), tuple(steps))
    nodes = [ox.NamedNode(steps[name].iri) for name in order]
    removed = [quad for node in nodes for quad in store.quads(node, _POSITION, None, store.graphs.rounds)]
    decimal = ox.NamedNode(XSD.decimal)
    added = [
        ox.Quad(node, _POSITION, ox.Literal(str(place), datatype=decimal), store.graphs.rounds)
        for place, node in enumerate(nodes, 1)
    ]
    return changes.commit(store, added=added, removed=removed, author=author, reason=story(store, slug).name)


def freeze(store: Store, slug: str, *, author: str, language: str = "de") -> Change:
    """Keep the pictures of a story as they are now, whatever changes later; pictures kept before are renewed."""
    found = story(store, slug)
    added = []
    for step in found.steps:
        shown = drawn(store, step, language, live=True)
        if shown.picture:
            added.append(ox.Quad(ox.NamedNode(step.iri), _DRAWING, ox.Literal(shown.picture), store.graphs.rounds))
    return changes.commit(store, added=added, removed=_kept(store, found), author=author, reason=found.name)


def thaw(store: Store, slug: str, *, author: str) -> Change:
    """Show the story with live data again."""
    found = story(store, slug)
    return changes.commit(store, added=(), removed=_kept(store, found), author=author, reason=found.name)


def drawn(store: Store, step: SavedView, language: str = "de", *, live: bool = False) -> Drawn:
    """The picture of a step, as kept or, without one or on request, of today's data."""
    if step.drawing and not live:
        return Drawn(step.drawing)
    try:
        view = explorer_view(store, _read(step.address).but(everything=True), language)
    except (NotFound, BadInput) as error:
        return Drawn(error=error)
    words = sentence(view, language)
    return Drawn(drawing(view, words) if view.nodes else "", words)


def _read(address: str) -> ViewState:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path != BASE:
        raise BadInput("looks_at", address, (BASE,))
    return from_query(parse_qs(parts.query))


def _kept(store: Store, found: Story) -> list[ox.Quad]:
    nodes = (ox.NamedNode(step.iri) for step in found.steps)
    return [quad for node in nodes for quad in store.quads(node, _DRAWING, None, store.graphs.rounds)]


def _views(store: Store) -> tuple[SavedView, ...]:
    """Each once, in order of story and position; of several values the least counts."""
    found: dict[str, SavedView] = {}
    for row in query.rows(store, "stories-views", _ViewRow):
        slug = row.view.rpartition("/")[2]
        one = SavedView(
            row.view, slug, row.name or slug, row.text or "", row.address, row.story or "", row.drawing or ""
        )
        found.setdefault(row.view, one)
    return tuple(found.values())


def _stories(store: Store) -> tuple[Story, ...]:
    found: dict[str, Story] = {}
    views = _views(store)
    for row in query.rows(store, "stories", _StoryRow):
        slug = row.story.rpartition("/")[2]
        steps = tuple(view for view in views if view.story == row.story)
        found.setdefault(row.story, Story(row.story, slug, row.name or slug, row.text or "", steps))
    return tuple(found.values())
