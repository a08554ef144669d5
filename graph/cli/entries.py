"""Entries named on the command line: there must be one, else the nearest are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graph import labels
from graph.cli.errors import sentence
from graph.cli.words import said
from graph.errors import NotFound

if TYPE_CHECKING:
    from graph.store import Store


def require_entry(store: Store, kind: str, slug: str) -> None:
    """End with a sentence that names the nearest slugs if there is no such entry."""
    try:
        labels.require(store, kind, slug)
    except NotFound as error:
        near = labels.nearest(store, kind, slug)
        guess = said("Am nächsten kommt: {guess}.", guess=", ".join(near)) if near else ""
        raise click.ClickException(f"{sentence(error)} {guess}".strip()) from error
