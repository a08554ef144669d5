"""A list as a spreadsheet: every field, every row, and nothing in it that a spreadsheet program would execute."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.directory.listing import listing
from ontology.schema import entity_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.directory.filters import Order
    from graph.directory.names import Ref
    from graph.directory.parts import Activity, Entry
    from graph.directory.timeline import Timeline
    from graph.store import Store

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")
_SLUG = {"de": "Kennung", "en": "Identifier"}
_LINK_COLUMNS = {
    "de": ("Art", "Name", "Als was", "Beginn", "Ende", "Zeitraum laut Quelle", "Woher", "Durch", "Betrag (Euro)"),
    "en": ("Type", "Name", "As what", "Start", "End", "Period in the source", "How known", "Through", "Amount (euros)"),
}
_SAID = {"de": "eingetragen", "en": "recorded"}
_WORKED_OUT = {"de": "berechnet aus gemeinsamen Projekten", "en": "worked out from joint projects"}


def spreadsheet(store: Store, kind: str, order: Order, *, language: str = "de") -> str:
    """The whole list as CSV with every field of the shape: comma, quotes, and a mark that tells Excel it is UTF-8.

    A text that a spreadsheet program would take for a formula gets an apostrophe before it.
    """
    found = listing(store, kind, replace(order, page=None), language=language)
    headings = {one.name: one.label[language] for one in found.kind.fields}
    headings |= {column.key: column.label for column in found.columns if column.computed}
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    writer.writerow([_SLUG[language], *headings.values()])
    for row in found.rows:
        cells = (" ; ".join(value.text for value in row.values(name)) for name in headings)
        writer.writerow([row.ref.slug, *map(_harmless, cells)])
    return target.getvalue()


def links(found: Entry, years: Timeline, *, language: str = "de") -> str:
    """All that one entry is linked with, as CSV: its timeline, who takes part, partners, money, those active in it."""
    rows = list(dict.fromkeys(_links(found, years, language)))
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    writer.writerow(_LINK_COLUMNS[language])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return target.getvalue()


def _links(found: Entry, years: Timeline, language: str) -> Iterator[tuple[str, ...]]:
    drawn = [bar.what for strand in years.strands for bar in strand.bars if bar.what.other != found.row.ref]
    said = _SAID[language]
    for one in (*drawn, *found.activities, *found.participants, *found.fundings):
        yield _line(one, said, language)
    for partner in found.partners:
        for tie in partner.ties:
            yield _line(tie, said, language)
        if partner.projects:
            yield _computed(partner.other, partner.projects, language)
    for active in found.active:
        yield _computed(active.other, active.projects, language, said if active.declared else "")


def _line(one: Activity, known: str, language: str) -> tuple[str, ...]:
    amount = "" if one.amount is None else str(one.amount)
    roles = " ; ".join(filter(None, (*one.roles, one.state)))
    dates = (one.start, one.end, one.period_text)
    return (_type(one.other, language), one.other.label, roles, *dates, known, one.about, amount)


def _computed(other: Ref, projects: Iterable[Ref], language: str, known: str = "") -> tuple[str, ...]:
    through = " ; ".join(project.label for project in projects)
    return (_type(other, language), other.label, "", "", "", "", known or _WORKED_OUT[language], through, "")


def _type(ref: Ref, language: str) -> str:
    return entity_types()[ref.type].label[language]


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
