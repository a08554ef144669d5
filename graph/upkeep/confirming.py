"""What should be confirmed: entries by the day somebody last said that they are right, with what that would confirm."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import query
from graph.directory import Ref, Row, names
from graph.directory.values import Triple, filled
from graph.errors import BadInput, NotFound
from graph.upkeep.stock import Standing, by_label, fields_of, known, standings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.store import Store

MAIN = ("actor", "project", "tie", "membership")
"""Entry types that are asked about unless another is chosen: who there is, what runs, who is connected."""

KINDS = (*MAIN, "involvement", "funding", "event", "place", "programme")
"""All entry types that can be asked about."""

STALE = dt.timedelta(days=365)
"""After that long, a confirmation is due again."""

PAGE = 25
"""Lines on one page: what one person goes through at one sitting."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the list.

    Attributes:
        kind: an entry type; "" for the main ones.
        handlungsfeld: slug of a Handlungsfeld, "" for all.
        running: only what goes on.
        page: 1-based; None for all lines at once.
    """

    kind: str = ""
    handlungsfeld: str = ""
    running: bool = True
    page: int | None = 1


@dataclass(frozen=True)
class Around:
    """Those who have to do with an entry in one role, by name.

    Attributes:
        role: their role, or the kind of their tie, as people read it. key: its slug; "" for a membership without role.
        incoming: ties that were declared from their side ("sitzt bei" read backwards).
    """

    role: str
    key: str
    incoming: bool
    others: tuple[Ref, ...]


@dataclass(frozen=True)
class Line:
    """One entry with what a confirmation of it says.

    Attributes:
        ref: the entry. confirmed: when it last was, None for never. due: it is time to ask again.
        row: its own facts. around: who has to do with it, by role.
    """

    ref: Ref
    confirmed: dt.date | None
    due: bool
    row: Row
    around: tuple[Around, ...]


@dataclass(frozen=True)
class Confirmation:
    """One page of the list. `found` entries fit, `due` of them are to be confirmed."""

    asked: Asked
    lines: tuple[Line, ...]
    found: int
    due: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.found // PAGE))


def to_confirm(store: Store, asked: Asked, *, today: dt.date, language: str = "de") -> Confirmation:
    """The list: never confirmed ones first, then the oldest confirmations.

    Raises:
        BadInput: an entry type nobody can confirm.
        NotFound: no such page.
    """
    if asked.kind and asked.kind not in KINDS:
        raise BadInput("kind", asked.kind, KINDS)
    fitting = [one for one in standings(store, language) if _fits(store, one, asked, today)]
    page = fitting
    if asked.page is not None:
        page = fitting[(asked.page - 1) * PAGE : asked.page * PAGE]
        if asked.page < 1 or (asked.page > 1 and not page):
            raise NotFound("page", str(asked.page))
    return Confirmation(
        asked=asked,
        lines=tuple(_lines(store, page, today, language)),
        found=len(fitting),
        due=sum(is_due(one.confirmed, today) for one in fitting),
    )


def count_due(store: Store, *, today: dt.date) -> int:
    """How many of the main entries that go on should be confirmed."""

    def build() -> int:
        fitting = (one for one in known(store, "de").values() if _fits(store, one, Asked(), today))
        return sum(is_due(one.confirmed, today) for one in fitting)

    return store.trailing(("upkeep-due", today), build)


def is_due(confirmed: dt.date | None, today: dt.date) -> bool:
    """Whether it is time to ask again."""
    return confirmed is None or today - confirmed > STALE


def _fits(store: Store, one: Standing, asked: Asked, today: dt.date) -> bool:
    if one.ref.type not in ((asked.kind,) if asked.kind else MAIN):
        return False
    if asked.running and not one.goes_on(today):
        return False
    return not asked.handlungsfeld or asked.handlungsfeld in fields_of(store).get(one.ref.iri, ())


def _lines(store: Store, page: Sequence[Standing], today: dt.date, language: str) -> list[Line]:
    called = names(store, language)
    found = []
    for one in page:
        iri = query.Iri(one.ref.iri)
        (row,) = filled(query.rows(store, "directory-entry", Triple, entry=iri), called)
        pointing = filled(query.rows(store, "directory-mentions", Triple, target=iri), called)
        found.append(
            Line(one.ref, one.confirmed, is_due(one.confirmed, today), row, _around(one.ref, pointing, language))
        )
    return found


_ROLES = {"involvement": "role", "membership": "role", "tie": "kind"}
_FORTH = {"membership": "network", "tie": "to_actor"}
_BACK = {"involvement": "actor", "membership": "member", "tie": "from_actor"}
"""Link → the field that says as what; the one with its second end; the one with its first."""


def _around(ref: Ref, pointing: Sequence[Row], language: str) -> tuple[Around, ...]:
    """Who has to do with an entry; an actor's projects are left out: they are confirmed as projects."""
    found: dict[tuple[str, str, bool], set[Ref]] = defaultdict(set)
    for row in pointing:
        link = row.ref.type
        if link not in _ROLES or any(value.key in ("ended", "failed") for value in row.values("state")):
            continue
        role = next(((value.text, value.key) for value in row.values(_ROLES[link])), (row.kind.label[language], ""))
        for incoming, field in ((False, _FORTH.get(link, "")), (True, _BACK[link])):
            found[*role, incoming and link == "tie"].update(other for other in row.refs(field) if other != ref)
    return tuple(Around(*key, by_label(refs)) for key, refs in sorted(found.items()) if refs)
