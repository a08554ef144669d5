"""What links to some things, what they link to, and what is said about them: as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.store import Store


def pointing(store: Store, things: Iterable[str], *props: str) -> frozenset[str]:
    """What links to one of these things, by some properties; by any, if none is named."""
    ways = [ox.NamedNode(prop) if prop else None for prop in props or ("",)]
    nodes = [ox.NamedNode(thing) for thing in things]
    found = (quad.subject for node in nodes for way in ways for quad in store.quads(None, way, node))
    return frozenset(one.value for one in found if isinstance(one, ox.NamedNode))


def linked(store: Store, things: Iterable[str], *props: str) -> frozenset[str]:
    """What these things link to by some properties; by any, if none is named."""
    ways = [ox.NamedNode(prop) if prop else None for prop in props or ("",)]
    nodes = [ox.NamedNode(thing) for thing in things]
    found = (quad.object for node in nodes for way in ways for quad in store.quads(node, way))
    return frozenset(one.value for one in found if isinstance(one, ox.NamedNode))


def about(store: Store, things: Iterable[str]) -> Store:
    """A store that says nothing but what this one says about these things; only `quads` and `graphs` can be asked."""
    return cast("Store", _About(store, things))


class _About:
    def __init__(self, store: Store, things: Iterable[str]) -> None:
        self.graphs = store.graphs
        self._said = ox.Store()
        self._said.extend([quad for thing in things for quad in store.quads(ox.NamedNode(thing))])

    def quads(self, *pattern: Any) -> Iterator[ox.Quad]:
        """As `Store.quads`."""
        return self._said.quads_for_pattern(*(*pattern, *[None] * 4)[:4])
