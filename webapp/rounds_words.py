"""What the pages of a round say: verdicts, states, and what is wrong with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from graph import rounds
from ontology.schema import concepts
from webapp import current

if TYPE_CHECKING:
    from graph.errors import BadInput

_REFUSALS = {
    "verdict": lazy_gettext("Bitte zuerst wählen, was Sie entscheiden."),
    "reason": lazy_gettext("Bitte dazuschreiben, warum es nicht passt: Das hilft in der nächsten Runde."),
    "project": lazy_gettext("Bitte das Projekt nennen, das daraus geworden ist, oder „neu: Name“ schreiben."),
    "date": lazy_gettext("„%(where)s“ ist kein Datum, das wir verstehen. Möglich sind 2024, 5/2024 oder 17.5.2024."),
    "day": lazy_gettext("„%(where)s“ ist kein Tag. Bitte so schreiben: 17.5.2024"),
    "rung": lazy_gettext("Diese Stufe gibt es nicht."),
    "subjects": lazy_gettext("Bitte mindestens zwei nennen: zwei Akteure, oder einen Akteur und ein Projekt."),
    "closed": lazy_gettext("Diese Runde ist abgeschlossen. Öffnen Sie ihren Arbeitsraum wieder, um weiterzuarbeiten."),
    "unknown": lazy_gettext("„%(where)s“ ist nicht eingetragen, oder es gibt mehrere davon."),
    "author": lazy_gettext("Bitte sagen, wer es einträgt."),
    "fields": lazy_gettext("In dieser Zeile fehlt die Nummer oder der Name: „%(where)s“."),
    "number": lazy_gettext("Die Nummer „%(where)s“ kommt zweimal vor."),
    "round": lazy_gettext("Bitte der neuen Runde einen Namen geben, den noch keine hat."),
    "match": lazy_gettext("Diese Zuordnung kennen wir nicht: „%(where)s“."),
}

STATES = {
    "": lazy_gettext("Alle"),
    "open": lazy_gettext("Noch offen"),
    "undecided": lazy_gettext("Ohne Entscheidung"),
    "disputed": lazy_gettext("Strittig"),
    "due": lazy_gettext("Überfällig"),
    "done": lazy_gettext("Erledigt"),
}
"""What the lines of a workspace can be narrowed to."""


def refusal(error: BadInput) -> str:
    """What is wrong with what was typed, in one sentence."""
    words = _REFUSALS.get(error.what)
    return str(words) % {"where": error.where[:80]} if words else str(error.where)


def verdict_word(verdict: str) -> str:
    """What a verdict is called."""
    return rounds.concept_label("verdict", verdict, current.language())


def state_words(state: str) -> str:
    """What a state is called; several verdicts of people who disagree each by its name."""
    if state == rounds.OPEN:
        return str(_("noch nicht entschieden"))
    return " / ".join(verdict_word(one) for one in state.split(" / "))


def rung_word(rung: str) -> str:
    """What a rung of the ladder is called; "" for none."""
    return rounds.concept_label("rung", rung, current.language()) if rung else ""


def kind_word(kind: str) -> str:
    """What a kind of gap is called."""
    return next((one.label[current.language()] for one in concepts("gap-kind") if one.slug == kind), kind)
