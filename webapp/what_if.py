"""The strip "Was wäre, wenn?" beside a list: ticked suggestions taken as come true, before anybody is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from graph.gaps.parting import ENDING
from webapp import current
from webapp.gaps import day_asked

if TYPE_CHECKING:
    from flask import Blueprint

    from graph.gaps.moment import Moment
    from graph.gaps.what_if import WhatIf

KINDS = frozenset({"introduce", "table", "renew", "thread", "handover"})
"""Lists whose suggestions change who works with whom."""

MOST = 60
"""Suggestions ticked at once."""

OWN = ("tick", "gone", "format")
"""Parameters of the strip; all others are the list's and stay as they are."""


@dataclass(frozen=True)
class Strip:
    """What the strip shows.

    Attributes:
        ticks: ids of the ticked suggestions. gone: the QM and its bodies go, too.
        has_qm: whether there is one.
        answer: None before anything is ticked.
        kept: parameters of the list.
    """

    ticks: tuple[str, ...]
    gone: bool
    has_qm: bool
    answer: WhatIf | None
    kept: tuple[tuple[str, str], ...]

    @property
    def columns(self) -> list[tuple[str, Moment]]:
        """The counts before and after, with their headings."""
        if self.answer is None:
            return []
        return [(str(_("heute")), self.answer.before), (str(_("dann")), self.answer.after)]


def strip() -> Strip:
    """The strip of the present address."""
    from graph.gaps.structure import groups_there
    from graph.gaps.what_if import what_if

    args = request.args
    ticks = tuple(dict.fromkeys(filter(None, args.getlist("tick"))))[:MOST]
    gone, as_of = args.get("gone") == "yes", day_asked()
    groups = ENDING if gone else ()
    answer = what_if(current.store(), ticks, groups=groups, as_of=as_of) if ticks or gone else None
    kept = tuple((name, value) for name, value in args.items(multi=True) if name not in OWN)
    return Strip(ticks, gone, not groups_there(current.store(), as_of).isdisjoint(ENDING), answer, kept)


def can_tick(kind: str) -> bool:
    """Whether suggestions of a list change who works with whom."""
    return kind in KINDS


def install(blueprint: Blueprint) -> None:
    """Give the templates the strip."""
    blueprint.add_app_template_global(strip, "what_if_strip")
    blueprint.add_app_template_global(can_tick, "what_if_can_tick")
