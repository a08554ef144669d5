"""Whom the pages must credit for what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import query
from ontology.schema import concept

if TYPE_CHECKING:
    from graph.store import Store


def credits_openstreetmap(store: Store) -> bool:
    """Whether a position of the data comes from OpenStreetMap, whose licence (ODbL) asks to be named."""
    origins = store.cached(
        "attribution", lambda: {row["origin"] for row in query.select(store, "directory-attribution")}
    )
    return concept("coordinate-source", "openstreetmap").iri in origins
