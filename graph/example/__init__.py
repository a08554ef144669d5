"""The Pankstraße records, in the product's own import tables: what a newcomer sees first and what the tests live on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph.importing import load_tables

if TYPE_CHECKING:
    from graph.changes import Change
    from graph.store import Store

FOLDER: Final = Path(__file__).parent
SOURCE: Final = "pankstrasse"


def load(store: Store) -> Change:
    """Load the example; into a store that holds it already it changes nothing."""
    # Unchecked: the tables are part of the package and `tests/graph/example` holds them against the shapes;
    # doing it again at each start would cost more than all the rest of the start.
    return load_tables(
        store, FOLDER, source=SOURCE, author="Pankenetz", reason="Beispiel Pankstraße geladen", check=False
    )
