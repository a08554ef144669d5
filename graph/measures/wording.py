"""What each measure is called and what it says, in plain words: for tables, help texts and exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of the table of measures.

    Attributes:
        name: field of `ActorMeasures`, heading in CSV and JSON.
        label: heading for people, by language ("de", "en").
        means: one sentence: what the figure says.
        not_means: one sentence: what it must not be read as.
    """

    name: str
    label: Mapping[str, str]
    means: Mapping[str, str]
    not_means: Mapping[str, str]


def _measure(name: str, label: tuple[str, str], means: tuple[str, str], not_means: tuple[str, str]) -> Measure:
    label_by, means_by, not_by = (dict(zip(("de", "en"), texts, strict=True)) for texts in (label, means, not_means))
    return Measure(name, label_by, means_by, not_by)


MEASURES: Final = (
    _measure(
        "partners",
        ("Partner", "Partners"),
        (
            "Mit so vielen verschiedenen Akteuren ist er in Projekten oder durch eine genannte Beziehung verbunden.",
            "The number of different actors it is connected with, in projects or by a stated tie.",
        ),
        (
            "Keine Note: Ein kleiner Verein mit zwei guten Partnern kann mehr bewirken als einer mit zwanzig.",
            "Not a mark: a small association with two good partners may achieve more than one with twenty.",
        ),
    ),
    _measure(
        "weighted_partners",
        ("Gemeinsame Vorhaben", "Joint undertakings"),
        (
            "Die Zahl der Vorhaben und Beziehungen mit anderen; ein großes Projekt zählt nicht mehr als ein kleines.",
            "The number of undertakings and ties with others; a big project counts no more than a small one.",
        ),
        (
            "Sagt nicht, wie eng oder wie gut die Zusammenarbeit war.",
            "Does not say how close or how good the cooperation was.",
        ),
    ),
    _measure(
        "loses",
        ("Nadelöhr", "Bottleneck"),
        (
            "Fällt er aus, verlieren so viele andere den Anschluss an das übrige Netz.",
            "If it drops out, this many others lose their connection with the rest of the network.",
        ),
        (
            "Nur nach dem, was erfasst ist: Eine nicht eingetragene Verbindung kann die anderen längst halten.",
            "Only by what is recorded: a tie nobody entered may well hold the others.",
        ),
    ),
    _measure(
        "betweenness",
        ("Türöffner", "Door opener"),
        (
            "Der Anteil aller Paare anderer Akteure, deren kürzester Weg zueinander über ihn führt (0 bis 1).",
            "The share of all pairs of other actors whose shortest way to each other leads through it (0 to 1).",
        ),
        (
            "Kein Maß für Einfluss: Wer viele Wege eröffnet, muss sie nicht nutzen und kann überlastet sein.",
            "Not influence: who opens many ways need not use them, and may be overloaded.",
        ),
    ),
    _measure(
        "constraint",
        ("Einbindung", "Closure"),
        (
            "Hoch bei nur einem Partner oder wenn Partner sich kennen; niedrig, wenn er Kreise verbindet (0 bis 1,1).",
            "High with one partner or if its partners know each other; low if it connects circles (0 to 1.1).",
        ),
        (
            "Hoch ist nicht schlecht: Enge Kreise tragen, weite Kreise bringen Neues.",
            "High is not bad: close circles carry, wide circles bring what is new.",
        ),
    ),
    _measure(
        "effective_size",
        ("Getrennte Kreise", "Separate circles"),
        (
            "Die Zahl seiner Partner, abzüglich dessen, was sie schon untereinander verbindet.",
            "The number of its partners, less what already ties them to each other.",
        ),
        (
            "Kein Ziel: Partner, die sich kennen, sind auch etwas wert.",
            "Not a goal: partners who know each other are worth something too.",
        ),
    ),
    _measure(
        "openness",
        ("Offenheit der Bereiche", "Openness of sectors"),
        (
            "−1: alle Partner aus dem eigenen Bereich; 0: halb und halb; +1: alle aus anderen Bereichen.",
            "−1: all partners from its own sector; 0: half and half; +1: all from other sectors.",
        ),
        (
            "Bei vielen kleinen Bereichen sieht jeder offen aus: immer mit dem Zufallswert des Netzes vergleichen.",
            "With many small sectors everybody looks open: always compare with the network's value by chance.",
        ),
    ),
    _measure(
        "group",
        ("Gruppe", "Group"),
        (
            "Der Kreis, in dem vor allem miteinander gearbeitet wird, benannt nach dem am besten verbundenen Mitglied.",
            "The circle whose members mainly work with each other, named after its best-tied member.",
        ),
        (
            "Keine feste Einteilung: Wer am Rand zweier Kreise steht, bleibt ohne Gruppe.",
            "Not a fixed division: who stands at the edge of two circles stays without a group.",
        ),
    ),
)
"""In the order of the table's columns."""
