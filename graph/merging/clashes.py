"""Where two entries say different things and only one can stand: a person chooses, the other is kept as a remark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.directory.values import table
from graph.errors import NotFound
from ontology.schema import entity_types

if TYPE_CHECKING:
    from graph.directory.values import Row, Value
    from graph.store import Store
    from ontology.schema import Field

JOINED: Final = frozenset({"source", "last_confirmed", "note"})
"""Fields nobody needs to choose for: sources and remarks are joined, of two confirmations the later one stands."""

WITH_ANOTHER: Final = {"coordinate_source": "position"}
"""Fields that say where another comes from: they go with it."""


@dataclass(frozen=True)
class Clash:
    """A field that both entries fill, each in its own way.

    Attributes:
        field: which.
        kept: what the entry says that stays.
        gone: what the other says.
    """

    field: Field
    kept: Value
    gone: Value


def clashes(store: Store, kind: str, keep: str, gone: str, *, language: str = "de") -> tuple[Clash, ...]:
    """The fields a person has to choose for when two entries are merged, in the order of the form.

    Raises:
        NotFound: one of them is no entry of that type.
    """
    one, other = (_row(store, kind, slug, language) for slug in (keep, gone))
    found = []
    for field in entity_types()[kind].fields:
        if field.many or field.name in JOINED or field.name in WITH_ANOTHER:
            continue
        ours, theirs = one.values(field.name), other.values(field.name)
        if ours and theirs and {value.key for value in ours} != {value.key for value in theirs}:
            found.append(Clash(field, ours[0], theirs[0]))
    return tuple(found)


def _row(store: Store, kind: str, slug: str, language: str) -> Row:
    rows = table(store, kind, language)
    if slug not in rows:
        raise NotFound(kind, slug)
    return rows[slug]
