"""The places of the map as a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from graph.entries import join, to_csv

if TYPE_CHECKING:
    from graph.geography.located import Quarter

_HEADINGS = {
    "de": ("Ort", "Art", "Meter bis zum Fluss", "Abschnitt", "Akteure", "Projekte", "Veranstaltungen",
           "Handlungsfelder", "Länge", "Breite"),
    "en": ("Place", "Kind", "Metres to the river", "Stretch", "Actors", "Projects", "Events",
           "Fields of action", "Longitude", "Latitude"),
}  # fmt: skip


def spreadsheet(quarter: Quarter, language: str = "de") -> str:
    """One line per place, in the order of the list; names joined by semicolons; no cell acts as a formula."""
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    writer.writerow(_HEADINGS[language])
    for spot in quarter.spots:
        found = (join(ref.label for ref in spot.found.get(kind, ())) for kind in ("actor", "project", "event"))
        row = (
            spot.ref.label,
            spot.kind,
            "" if spot.metres is None else str(round(spot.metres)),
            str(spot.stretch or ""),
            *found,
            join(ref.label for ref in spot.fields),
            *(f"{degrees:.6f}" for degrees in spot.point),
        )
        writer.writerow([to_csv(cell) for cell in row])
    return target.getvalue()
