"""Why a change cannot be taken back: which later changes stand against it, and what they did."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import changes
from graph.history.kept import facts, kept, later, parsed, subject_of
from graph.history.listing import undone
from graph.history.names import past_names
from graph.history.story import Item, item
from graph.history.touched import has_class, touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.changes import Change
    from graph.errors import PankenetzError
    from graph.history.kept import Lines
    from graph.store import Store

SHOWN = 5
"""Entries that are shown of one obstacle."""

_LINK = re.compile(r"> <[^>]+> <([^>]+)> ")


@dataclass(frozen=True)
class Obstacle:
    """A later change that stands against taking one back.

    Attributes:
        change: the later change.
        items: what it did to entries both have to do with: changed or removed them since, or linked to them.
        more: how many of these entries are not shown.
    """

    change: Change
    items: tuple[Item, ...]
    more: int


@dataclass(frozen=True)
class Refusal:
    """Why a change stays.

    Attributes:
        change: what should have been taken back.
        undone_by: the change that took it back already; None if it is in force.
        obstacles: later changes, newest first: in this order they can be taken back first.
        findings: what the shapes say, if no later change explains it; texts by language.
    """

    change: Change
    undone_by: Change | None
    obstacles: tuple[Obstacle, ...]
    findings: tuple[dict[str, str], ...]


def refusal(store: Store, change_id: str, error: PankenetzError, *, language: str = "de") -> Refusal:
    """What stands against an undo that was refused with `error` (`Conflict` or `Invalid`).

    Raises:
        NotFound: no such change.
    """
    change, taken_back = changes.find_change(store, change_id), undone(store).get(change_id)
    obstacles = () if taken_back else tuple(_obstacles(store, change_id, language))
    found = () if obstacles else tuple(finding.message for finding in getattr(error, "findings", ()))
    return Refusal(change, changes.find_change(store, taken_back) if taken_back else None, obstacles, found)


def _obstacles(store: Store, change_id: str, language: str) -> Iterator[Obstacle]:
    """What stands against a change, and what stands against that, so that all can be taken back one after the other."""
    touching: dict[str, set[str]] = {}
    looking = [change_id]
    while looking:
        for later_id, subjects in _against(store, looking.pop()):
            if later_id not in touching:
                looking.append(later_id)
            touching.setdefault(later_id, set()).update(subjects)
    called = past_names(store, language)
    for change in later(store, change_id):
        subjects = touching.get(change.id, set())
        entries = [one for one in touched(store, change.id) if subjects.intersection(one.subjects)]
        if entries:
            items = tuple(item(store, change.id, one, called) for one in entries[:SHOWN])
            yield Obstacle(change, items, max(0, len(entries) - SHOWN))


def _against(store: Store, change_id: str) -> Iterator[tuple[str, set[str]]]:
    """Later changes that took away what this one brought, brought back what it took, or link to it; and where."""
    past = kept(store, change_id)
    gone = {line for line, here in _presence(store, past.added) if not here}
    back = {line for line, here in _presence(store, past.removed) if here}
    going = _going(store, change_id)
    for change in later(store, change_id):
        other = kept(store, change.id)
        against = (gone & set(other.removed.all)) | (back & set(other.added.all))
        gone, back = gone - against, back - against  # only the last one to touch a statement stands against it
        if subjects := {subject_of(line) for line in against} | set(_linking(store, other.added, going)):
            yield change.id, subjects


def _presence(store: Store, lines: Lines) -> Iterable[tuple[str, bool]]:
    return ((line, quad in store) for line, quad in zip(lines.all, parsed(lines.all), strict=True))


def _going(store: Store, change_id: str) -> frozenset[str]:
    """The entries that would be no more without the change."""
    added = (one.iri for one in touched(store, change_id) if one.action == "added")
    past = kept(store, change_id).added
    return frozenset(iri for iri in added if not has_class(facts(store, iri) - set(past.about(iri))))


def _linking(store: Store, lines: Lines, going: frozenset[str]) -> Iterator[str]:
    """The subjects of lines that link to what would go, and still do."""
    linking = [line for line in lines.all if (link := _LINK.search(line)) and link[1] in going]
    for line, quad in zip(linking, parsed(linking), strict=True):
        if quad in store and subject_of(line) not in going:
            yield subject_of(line)
