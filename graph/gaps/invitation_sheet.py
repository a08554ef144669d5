"""The invitation list as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from graph.entries import to_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.gaps.gap import Ref
    from graph.gaps.invitation import Invitation

HEADINGS: Final = {
    "de": ("Akteur", "Stand", "erreicht", "nur über ihn"),
    "en": ("Actor", "state", "reaches", "only through it"),
}
STATES: Final = {
    "de": {"guest": "einladen", "coming": "ist dabei", "out": "kann nicht", "unreached": "erreicht so niemand",
           "alone": "ohne Partner: selbst ansprechen"},
    "en": {"guest": "invite", "coming": "is coming", "out": "cannot come", "unreached": "reached by nobody",
           "alone": "without a partner: address directly"},
}  # fmt: skip


def sheet(found: Invitation, language: str = "de") -> str:
    """Everybody on the list, then who cannot come, whom nobody reaches, who must be addressed directly."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(HEADINGS[language])
    for row in _rows(found, STATES[language]):
        writer.writerow(map(to_csv, row))
    return text.getvalue()


def _rows(found: Invitation, states: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for guest in found.guests:
        state = states["coming" if guest.pinned else "guest"]
        yield guest.actor.label, state, _names(guest.reaches), _names(guest.only)
    for name in ("out", "unreached", "alone"):
        for ref in getattr(found, name):
            yield ref.label, states[name], "", ""


def _names(refs: Iterable[Ref]) -> str:
    return " ; ".join(ref.label for ref in refs)
