"""A list as a spreadsheet: every field, every row, and nothing in it that a spreadsheet program would execute."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.directory.listing import listing

if TYPE_CHECKING:
    from graph.directory.filters import Order
    from graph.store import Store

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")
_SLUG = {"de": "Kennung", "en": "Identifier"}


def spreadsheet(store: Store, kind: str, order: Order, *, language: str = "de") -> str:
    """The whole list as CSV with every field of the shape: comma, quotes, and a mark that tells Excel it is UTF-8.

    A text that a spreadsheet program would take for a formula gets an apostrophe before it.
    """
    found = listing(store, kind, replace(order, page=None), language=language)
    headings = {one.name: one.label[language] for one in found.kind.fields}
    headings |= {column.key: column.label for column in found.columns if column.computed}
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    writer.writerow([_SLUG[language], *headings.values()])
    for row in found.rows:
        cells = (" ; ".join(value.text for value in row.values(name)) for name in headings)
        writer.writerow([row.ref.slug, *map(_harmless, cells)])
    return target.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
