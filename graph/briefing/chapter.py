"""The Vernetzung chapter of a planning round, from the graph to a document, section by section.

The chapter is German and only German, because the plan it becomes a part of is; what is missing is said, nothing is
made up. It names organisations and never a person: contacts are not read at all.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from graph.briefing.comparison import comparison
from graph.briefing.covered import covered
from graph.briefing.document import Document
from graph.briefing.fields import handlungsfelder
from graph.briefing.handover import handover
from graph.briefing.method import method, sources
from graph.briefing.missing import missing
from graph.briefing.occasion import Occasion
from graph.briefing.state import state
from graph.briefing.summary import summary
from graph.briefing.working import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block
    from graph.store import Store

AUTHOR = "Pankenetz"
"""Whom the files name as their author, until the team makes the text its own."""


def chapter(store: Store, round_: str, *, today: date | None = None) -> Document:
    """The chapter of a planning round, kept until the data change or the day ends.

    Args:
        store: the open graph.
        round_: slug of the round.
        today: the present day. The state of a round that is over is that of its last day.

    Raises:
        NotFound: there is no such round.
    """
    day = today or date.today()  # noqa: DTZ011 - a calendar day of the office, not an instant
    occasion = Occasion.of(store, round_, day)
    return store.cached(("briefing", round_, day), lambda: _document(occasion))


def _document(occasion: Occasion) -> Document:
    round_ = occasion.ref.label
    subtitle = f"Kapitel zur Planungsrunde {round_}, Stand {occasion.day:%d.%m.%Y}"
    return Document.of(f"Vernetzung: {round_}", subtitle, occasion.day, AUTHOR, _sections(occasion))


def _sections(occasion: Occasion) -> Iterator[Block]:
    """In the order of the chapter; the sources come last, when all that is cited is known."""
    fields = Fields(occasion)
    yield from summary(fields)
    yield from state(occasion)
    yield from handlungsfelder(fields)
    yield from missing(occasion)
    yield from covered(fields)
    yield from handover(occasion)
    yield from comparison(occasion)
    yield from method(occasion)
    yield from sources(occasion)
