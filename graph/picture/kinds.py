"""The kinds of nodes a picture tells apart: shape, colour and word of each.

Shape and colour always go together, so that nobody has to tell colours apart. The colours stand at least 3:1 against
white; the style sheets name the same ones, and lighter ones for dark pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Kind:
    """How one kind of node looks and what it is called.

    ``shape`` is vis-network's name, or ``plus``, which our drawing adds; ``outline`` the same shape as SVG path data in
    a 20 × 20 box. ``word`` and ``plural`` are by language.
    """

    shape: str
    colour: str
    outline: str
    word: Mapping[str, str]
    plural: Mapping[str, str]


_STAR = "M10 1.5l2.4 5.6 6.1.5-4.6 4 1.4 6-5.3-3.2-5.3 3.2 1.4-6-4.6-4 6.1-.5z"

KINDS: Mapping[str, Kind] = {
    "actor": Kind(
        "dot", "#2f6db3", "M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
        {"de": "Akteur", "en": "Actor"}, {"de": "Akteure", "en": "Actors"},
    ),
    "agency": Kind(
        "star", "#5d6675", _STAR, {"de": "Amt", "en": "Authority"}, {"de": "Ämter", "en": "Authorities"}
    ),
    "network": Kind(
        "hexagon", "#8250a8", "M1.5 10l4.2-7.4h8.6l4.2 7.4-4.2 7.4H5.7z",
        {"de": "Netzwerk oder Gremium", "en": "Network or body"},
        {"de": "Netzwerke und Gremien", "en": "Networks and bodies"},
    ),
    "project": Kind(
        "square", "#1b7f5a", "M4 4h12v12H4z", {"de": "Projekt", "en": "Project"}, {"de": "Projekte", "en": "Projects"}
    ),
    "event": Kind(
        "triangleDown", "#0f7f8c", "M10 17.5L2 3.5h16z",
        {"de": "Veranstaltung", "en": "Event"}, {"de": "Veranstaltungen", "en": "Events"},
    ),
    "place": Kind(
        "triangle", "#b26a00", "M10 2.5l8 14H2z", {"de": "Ort", "en": "Place"}, {"de": "Orte", "en": "Places"}
    ),
    "handlungsfeld": Kind(
        "diamond", "#b3372b", "M10 2l8 8-8 8-8-8z",
        {"de": "Handlungsfeld", "en": "Field of action"}, {"de": "Handlungsfelder", "en": "Fields of action"},
    ),
    "programme": Kind(
        "plus", "#7a6a00", "M7 2h6v5h5v6h-5v5H7v-5H2V7h5z",
        {"de": "Förderprogramm", "en": "Funding programme"}, {"de": "Förderprogramme", "en": "Funding programmes"},
    ),
}  # fmt: skip
"""By name, in the order of a legend."""
