"""How connections look: the five states of a tie, and what became of it since another round.

Every look differs from the others by its line and by its tone, so that nobody has to tell colours apart. The style
sheets name the same colours, and lighter ones for dark pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Look:
    """How one sort of connection is drawn and what it is called.

    ``dash`` is lengths of lines and gaps in pixels on screen, empty for an unbroken line; ``width`` in pixels;
    ``crossed`` puts a cross on its middle. ``word`` and ``meaning`` are by language.
    """

    dash: tuple[float, ...]
    width: float
    colour: str
    word: Mapping[str, str]
    meaning: Mapping[str, str]
    crossed: bool = False


STATES: Final[Mapping[str, Look]] = {
    "asserted": Look(
        (), 1.4, "#617984", {"de": "angegeben", "en": "stated"},
        {"de": "So steht es in einer Quelle.", "en": "A source says so."},
    ),
    "derived": Look(
        (1.5, 3), 1, "#7d8f96", {"de": "über Projekte", "en": "through projects"},
        {"de": "Beide sind an denselben Projekten beteiligt.", "en": "Both take part in the same projects."},
    ),
    "wished": Look(
        (9, 5), 1.8, "#0b6fb8", {"de": "gewünscht", "en": "wished for"},
        {"de": "Jemand wünscht sich diese Verbindung; es gibt sie noch nicht.",
         "en": "Somebody wishes for this connection; it is not there yet."},
    ),
    "failed": Look(
        (3, 4), 1.8, "#b3261e", {"de": "nicht gelungen", "en": "did not work out"},
        {"de": "Es wurde versucht und hat nicht geklappt.", "en": "It was tried and did not work."}, crossed=True,
    ),
    "ended": Look(
        (11, 4, 2, 4), 1.4, "#80683f", {"de": "beendet", "en": "ended"},
        {"de": "Das war einmal so.", "en": "It was so once."},
    ),
}  # fmt: skip
"""By state, in the order of a legend. ``derived`` is the state of what no source says of the two themselves."""

CHANGES: Final[Mapping[str, Look]] = {
    "new": Look(
        (), 2.4, "#1b7f5a", {"de": "neu", "en": "new"},
        {"de": "Gab es in der verglichenen Runde nicht.", "en": "Was not there in the round compared with."},
    ),
    "kept": Look(
        (1.5, 3), 1, "#7d8f96", {"de": "geblieben", "en": "kept"},
        {"de": "Gab es damals schon.", "en": "Was there then."},
    ),
    "lost": Look(
        (7, 5), 1.8, "#b3261e", {"de": "nicht mehr da", "en": "no longer there"},
        {"de": "Gab es nur in der verglichenen Runde.", "en": "Was there only in the round compared with."},
    ),
}  # fmt: skip
"""What became of a connection since the round compared with."""

LOOKS: Final[Mapping[str, Look]] = {**STATES, **CHANGES}

UNCOUNTED: Final = frozenset({"wished", "failed", "lost"})
"""Looks of connections that are drawn, but are none (yet, or any more): no number counts them."""
