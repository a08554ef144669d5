"""The list of changes: narrowed, page by page, and as a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from graph import entries
from graph.errors import BadInput, NotFound
from graph.history.kept import all_changes, facts, kept
from graph.history.touched import has_class
from graph.history.words import summary
from ontology.schema import entity_types

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from graph.changes import Change
    from graph.store import Store

PAGE = 30
"""Changes on one page."""

_HERE = ZoneInfo("Europe/Berlin")

KINDS = ("hand", "list", "undo")
_HEADINGS = {
    "de": ("Änderung", "Zeit", "Wer", "Art", "Warum", "Was"),
    "en": ("Change", "Time", "Who", "Kind", "Why", "What"),
}
_KIND_WORDS = {
    "de": {"hand": "Hand", "list": "Liste", "undo": "Rückgängig"},
    "en": {"hand": "by hand", "list": "list", "undo": "undo"},
}


@dataclass(frozen=True)
class Filters:
    """What is asked of the list; "" and None ask nothing.

    Attributes:
        author: exactly this name. kind: one of `KINDS`. entry: IRI of an entry the change has to do with.
        day: the day it was done, where we are.
    """

    author: str = ""
    kind: str = ""
    entry: str = ""
    day: dt.date | None = None


@dataclass(frozen=True)
class Listing:
    """Changes as they were asked for.

    Attributes:
        changes: of this page, newest first; `found` of `total` fit. page, pages: from 1.
        authors: who has changed something, in order of the alphabet.
        undone: change → the one that took it back, for those that are taken back now.
    """

    changes: tuple[Change, ...]
    found: int
    total: int
    page: int
    pages: int
    authors: tuple[str, ...]
    undone: Mapping[str, str]


def kind_of(change: Change) -> str:
    """Whether it was done by hand, by a list, or takes another back: one of `KINDS`."""
    return "undo" if change.undoes else "list" if change.imported_as else "hand"


def takes_back(store: Store, change: Change) -> bool:
    """Whether a change takes something back; an undo of an undo brings it again, and does not."""
    by_id = {one.id: one for one in all_changes(store)} if change.undoes else {}
    steps = 0
    while change.undoes:
        change, steps = by_id[change.undoes], steps + 1
    return steps % 2 == 1


def when(change: Change) -> dt.datetime:
    """When it was done, by the clock on the wall."""
    return change.time.astimezone(_HERE)


def listing(store: Store, filters: Filters, page: int = 1, *, length: int = PAGE) -> Listing:
    """One page of the changes.

    Raises:
        BadInput: no such kind. NotFound: no such page.
    """
    fitting, every = _fitting(store, filters), all_changes(store)
    pages = max(1, -(-len(fitting) // length))
    if not 1 <= page <= pages:
        raise NotFound("page", str(page))
    return Listing(
        changes=tuple(fitting[(page - 1) * length : page * length]),
        found=len(fitting),
        total=len(every),
        page=page,
        pages=pages,
        authors=tuple(sorted({change.author for change in every}, key=str.casefold)),
        undone=undone(store),
    )


def gone_with(store: Store, kind: str, slug: str) -> Change | None:
    """The change that removed an entry; None if there is such an entry, or never was one."""
    entity = entity_types().get(kind)
    if entity is None or entity.graph not in ("data", "rounds"):
        return None
    iri = f"{store.base_iri}{entity.segment}/{slug}"
    if has_class(facts(store, iri)):
        return None
    return next((change for change in all_changes(store) if has_class(kept(store, change.id).removed.about(iri))), None)


def undone(store: Store) -> Mapping[str, str]:
    """Changes that are taken back now → the change that did it; an undo that was itself undone counts no more."""

    def build() -> dict[str, str]:
        found: dict[str, str] = {}
        for change in all_changes(store):  # newest first: whether an undo stands is known before what it took back
            if change.undoes and change.id not in found:
                found.setdefault(change.undoes, change.id)
        return found

    return store.cached("history-undone", build)


def spreadsheet(store: Store, filters: Filters, *, language: str = "de") -> str:
    """All changes that fit as CSV; no cell is taken for a formula.

    Raises:
        BadInput: no such kind.
    """
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    writer.writerow(_HEADINGS[language])
    for change in _fitting(store, filters):
        kind = _KIND_WORDS[language][kind_of(change)]
        time = f"{when(change):%Y-%m-%d %H:%M}"
        cells = (change.id, time, change.author, kind, change.reason, summary(store, change.id, language))
        writer.writerow(map(entries.to_csv, cells))
    return target.getvalue()


def _fitting(store: Store, filters: Filters) -> list[Change]:
    if filters.kind and filters.kind not in KINDS:
        raise BadInput("kind", filters.kind, KINDS)
    return [
        change
        for change in all_changes(store)
        if filters.author in ("", change.author)
        and filters.kind in ("", kind_of(change))
        and filters.day in (None, when(change).date())
        and (not filters.entry or kept(store, change.id).mentions(filters.entry))
    ]
