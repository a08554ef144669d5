"""Netz ohne QM as tables for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from graph.entries import to_csv
from ontology.schema import concepts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graph.gaps.gap import Ref
    from graph.gaps.handover import Handover

    Rows = Iterable[Sequence[object]]

HEADINGS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "losses": {
        "de": (
            "Akteur",
            "verliert",
            "Partner vorher",
            "Partner nachher",
            "hängt noch zusammen mit",
            "verliert Anschluss",
        ),
        "en": ("Actor", "loses", "partners before", "partners after", "still hangs together with", "loses connection"),
    },
    "ties": {
        "de": ("Akteur", "Akteur", "hält", "Gründe", "Türöffner", "zu bedenken", "nächster Schritt"),
        "en": ("Actor", "Actor", "holds", "reasons", "introducers", "cautions", "next step"),
    },
    "apart": {"de": ("bleibt getrennt",), "en": ("stays apart",)},
    "fields": {
        "de": ("Handlungsfeld", "Akteure vorher", "nachher", "Projekte mit Träger vorher", "nachher", "hängt an"),
        "en": ("Field of action", "actors before", "after", "projects with Träger before", "after", "hangs on"),
    },
    "stakes": {"de": ("Projekt", "Rolle", "wer geht"), "en": ("Project", "role", "who goes")},
}
"""Headings of each table, by language."""

YES: Final = {"de": ("nein", "ja"), "en": ("no", "yes")}


def sheet(found: Handover, table: str, language: str = "de") -> str:
    """One table of `HEADINGS`: comma, a mark that tells Excel it is UTF-8; no cell acts as a formula."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(HEADINGS[table][language])
    for row in _ROWS[table](found, language):
        writer.writerow([to_csv(str(cell)) for cell in row])
    return text.getvalue()


def role_name(slug: str, language: str) -> str:
    """What a role is called."""
    return next((choice.label[language] for choice in concepts("role") if choice.slug == slug), slug)


def _losses(found: Handover, language: str) -> Rows:
    return (
        (one.actor.label, _names(one.lost), one.before, one.after, one.part - 1, YES[language][one.off])
        for one in found.losses
    )


def _ties(found: Handover, language: str) -> Rows:
    for tie in found.ties:
        gap = tie.gap
        reasons, cautions = (
            " ; ".join(text.in_language(language) for text in texts)
            for texts in ([reason.text for reason in gap.reasons], gap.cautions)
        )
        ends = (ref.label for ref in gap.actors)
        yield *ends, _names(tie.back), reasons, _names(gap.introducers), cautions, gap.next_step.in_language(language)


def _apart(found: Handover, _language: str) -> Rows:
    return ((_names(group),) for group in found.apart)


def _fields(found: Handover, _language: str) -> Rows:
    return (
        (x.field.label, x.actors, x.actors_left, x.projects, x.projects_left, x.holder.label if x.holder else "")
        for x in found.fields
    )


def _stakes(found: Handover, language: str) -> Rows:
    return ((one.project.label, role_name(one.role, language), one.actor.label) for one in found.stakes)


def _names(refs: Iterable[Ref]) -> str:
    return " ; ".join(ref.label for ref in refs)


_ROWS: Final[dict[str, Callable[[Handover, str], Rows]]] = {
    "losses": _losses,
    "ties": _ties,
    "apart": _apart,
    "fields": _fields,
    "stakes": _stakes,
}
