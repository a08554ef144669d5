"""Bring tables into the graph: cells → entries → quads → one change; `ontology.schema` says what a column means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import changes, entries
from graph.errors import BadInput
from graph.importing import given, tables
from graph.importing.quads import Writer

if TYPE_CHECKING:
    from pathlib import Path

    from graph.changes import Change
    from graph.store import Store

__all__ = ["load_tables"]


def load_tables(  # noqa: PLR0913  # where, what, as what, who, why: an import without one of them is none
    store: Store, folder: Path, *, source: str, author: str, reason: str, check: bool = True
) -> Change:
    """Load the product's own tables as one change: all of it, or nothing.

    What a table says about an entry replaces what the same source said about it before; entries that are in no table
    stay as they are. Loading the same tables twice changes nothing.

    Args:
        store: where to.
        folder: a folder of CSV files named like the tables (`actors.csv` …), a `.zip` of them, or a workbook.
        source: name of the data graph, a slug ("pankstrasse").
        author: who is answerable.
        reason: why.
        check: hold the change against the shapes.

    Raises:
        BadCell: a table cannot be used; says file, row, column and what would be right.
        BadInput: `source` is no slug; no author, no reason.
        Invalid: the shapes forbid it.
    """
    if not entries.SLUG.fullmatch(source):
        raise BadInput("source", source)
    with store.writer:
        writer = Writer(store, tables.rows(folder), source)
        rest = (ox.Quad(*triple) for triple in tables.statements(folder))
        added = writer.quads() | set(given.placed(store, rest, source, folder.name, []))
        removed = set(writer.replaced()) - added
        return changes.commit(
            store, added=added, removed=removed, author=author, reason=reason, check=check, imported_as=source
        )
