"""How the Vernetzung stands: its figures in sentences, each with what it does not say, and the picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph import picture
from graph.briefing.document import Heading, Paragraph, Picture, Table
from graph.picture import ViewState
from graph.vernetzung import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.briefing.document import Block, Cell
    from graph.briefing.occasion import Occasion
    from graph.vernetzung import Figure

_GROUPS: Final = {
    "Wer ist dabei?": ("partners", "islands", "newcomers", "asleep"),
    "Was hält das Netz?": ("bottlenecks", "dependence", "centralisation"),
    "Wer verbindet?": ("door-openers", "between-sectors", "circles", "openness"),
    "Was die Daten nicht wissen": ("gaps-in-records",),
}
_NEED_A_ROUND: Final = frozenset({"newcomers", "asleep"})
"""Figures that count from the first day of the round."""

_NEED_ACTORS: Final = 2
_SHOWN: Final = 10
_PLAIN: Final = 10
"""Percent from which a share needs no decimal."""

_TABLES: Final = {"door-openers": (10, 3, 3), "bottlenecks": (10, 5), "gaps-in-records": (8, 3, 3)}
"""Figures whose first rows are printed, with the widths of their columns."""

_WIDTH: Final = 960.0
"""Units of the drawing across a page; a name is 13 of them high, which makes 6.4 points on paper."""

TOO_FEW: Final = (
    "Dafür sind noch zu wenige Akteure und Beteiligungen eingetragen. Am schnellsten hilft eine Liste der Projekte mit "
    "Träger, Partnern und Jahren."
)


def state(occasion: Occasion) -> Iterator[Block]:
    """The section; without actors it says what is missing."""
    yield Heading("Wie es um die Vernetzung steht")
    yield Paragraph(_about(occasion))
    found = {one.name: one for one in figures(occasion.store, occasion.question)}
    if len(_actors(found)) < _NEED_ACTORS:
        yield Paragraph(TOO_FEW, "note")
        return
    yield from _picture(occasion)
    for title, names in _GROUPS.items():
        yield Heading(title, 2)
        for name in names:
            if name not in _NEED_A_ROUND or occasion.period.start:
                yield from _told(found[name])


def written(cell: object) -> Cell:
    """A cell of a figure: entries by their name, shares in percent."""
    if isinstance(cell, float):
        share = cell * 100
        return f"{share:.1f} %".replace(".", ",") if 0 < share < _PLAIN else f"{share:.0f} %"
    return cell if isinstance(cell, int) else str(getattr(cell, "label", cell))


def remark(figure: Figure) -> str:
    """How to read a figure, and how not to."""
    return f"{figure.means['de']} Zu bedenken: {figure.not_means['de']}"


def _actors(found: dict[str, Figure]) -> tuple[object, ...]:
    return found["partners"].rows + found["islands"].rows


def _about(occasion: Occasion) -> str:
    day = f"{occasion.day:%d.%m.%Y}"
    if occasion.begun:
        years = f" ({occasion.years})" if occasion.years else ""
        return (
            f"Betrachtet werden die Jahre dieser Planungsrunde{years}: ihre Projekte und Handlungsfelder und alle "
            f"Verbindungen, die in dieser Zeit bestanden, soweit sie bis zum {day} bekannt waren. Partner sind, wer "
            "gemeinsam ein Projekt trägt, daran mitwirkt oder ihm Raum gibt, und wer als Kooperation eingetragen ist."
        )
    return (
        f"Betrachtet wird alles, was bis zum {day} bekannt war, denn von dieser Planungsrunde ist kein Beginn "
        "bekannt, oder sie liegt noch vor uns. Partner sind, wer gemeinsam ein Projekt trägt, daran mitwirkt oder ihm "
        "Raum gibt, und wer als Kooperation eingetragen ist."
    )


def _told(figure: Figure) -> Iterator[Block]:
    yield Heading(figure.title["de"], 3)
    yield Paragraph(figure.sentence["de"])
    yield Paragraph(remark(figure), "note")
    if figure.name in _TABLES and figure.rows:
        rows = tuple(tuple(map(written, row)) for row in figure.rows[:_SHOWN])
        first = f" (die ersten {_SHOWN} von {len(figure.rows)})" if len(figure.rows) > _SHOWN else ""
        headings = tuple(heading["de"] for heading in figure.headings)
        yield Table(figure.title["de"], f"{figure.title['de']}{first}", headings, rows, _TABLES[figure.name])


def _picture(occasion: Occasion) -> Iterator[Block]:
    question = occasion.question
    until = question.day.year if question.day else None
    state_ = ViewState(view="actors", round=question.round, until=until)
    view = picture.explorer_view(occasion.store, state_, "de")
    if view.crowded:
        yield Paragraph(
            f"Ein Bild aller {view.crowded} Akteure wäre auf einer Seite nicht lesbar; im Programm lässt es sich unter "
            "„Netz“ nach Handlungsfeld, Ort und Akteur ansehen.",
            "note",
        )
    elif view.edges:
        best = sorted(view.nodes, key=lambda node: (-node.degree, node.label))[:5]
        told = picture.sentence(view, "de")
        alt = f"Netzbild. {told} Die meisten Verbindungen haben {', '.join(node.label for node in best)}."
        yield Paragraph(told)
        caption = "Wer mit wem arbeitet (durchgezogen: eingetragene Beziehung, gepunktet: gemeinsames Projekt)"
        yield Picture(picture.drawing(view, told, width=_WIDTH), alt, caption)
