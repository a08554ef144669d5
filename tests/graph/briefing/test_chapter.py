"""What the chapter says, on the example and on Quartiere that have little to say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from graph.errors import NotFound
from tests.builders import Quartier
from tests.graph.briefing.conftest import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.briefing.document import Document, Table
    from graph.store import Store

    ChapterOf = Callable[[Store, str], Document]

SECTIONS = [
    "Auf einen Blick", "Wie es um die Vernetzung steht", "Die Handlungsfelder", "Wer fehlt?",
    "Was ist abgedeckt, und was nicht?", "Das Netz ohne Quartiersmanagement", "Vergleich mit der Runde davor",
    "Wie die Listen entstehen", "Quellen",
]  # fmt: skip


def table(document: Document, start: str) -> Table:
    """The first table whose caption begins so."""
    return next(one for one in document.tables if one.caption.startswith(start))


def said(document: Document) -> str:
    """All running text."""
    return "\n".join(getattr(block, "text", "") for block in document.blocks)


@pytest.mark.parametrize("round_", ["2022", "2025", "2008", "dachportal"])
def test_every_round_has_every_section(example: Store, chapter_of: ChapterOf, round_: str) -> None:
    document = chapter_of(example, round_)
    assert [one.text for one in document.headings if one.level == 1] == SECTIONS
    assert all(len(row) == len(table_.headings) for table_ in document.tables for row in table_.rows)
    assert all(table_.rows for table_ in document.tables)


def test_an_empty_quartier_gets_a_chapter_that_says_what_helps(chapter_of: ChapterOf) -> None:
    quartier = Quartier()
    quartier.round("2030")
    document = chapter_of(quartier.store(), "2030")
    assert [one.text for one in document.headings if one.level == 1] == SECTIONS
    assert "noch zu wenige Akteure" in said(document)
    assert "noch keine Liste von Handlungsfeldern" in said(document)
    assert "zwei Planungsrunden mit bekanntem Beginn" in said(document)


def test_a_round_that_is_over_is_told_as_it_ended_another_as_of_today(example: Store, chapter_of: ChapterOf) -> None:
    assert chapter_of(example, "2022").day == date(2024, 12, 31)
    assert chapter_of(example, "2025").day == TODAY


def test_nothing_that_began_after_the_day_is_told(chapter_of: ChapterOf) -> None:
    quartier = Quartier()
    quartier.round("2022", start="2022", end="2024")
    field = quartier.handlungsfeld("2022", "1", "Bildung")
    actors = [quartier.actor(name) for name in ("Schule", "Verein")]
    quartier.project("Damals", traeger=actors[:1], partner=actors[1:], start="2023", fields=[field])
    quartier.project("Später", traeger=actors[:1], partner=actors[1:], start="2025", fields=[field])
    document = chapter_of(quartier.store(), "2022")
    assert [row[0] for row in table(document, "Projekte:").rows] == ["Damals"]
    assert "Später" not in str(document)


def test_a_handlungsfeld_is_never_without_its_round(example: Store, chapter_of: ChapterOf) -> None:
    document = chapter_of(example, "2022")
    fields = [one.text for one in document.headings if one.level == 2 and "·" in one.text]
    assert fields[0] == "2022 · 1 Integration und Nachbarschaft"
    assert [row[0] for row in table(document, "Die Handlungsfelder der").rows] == fields


def test_a_need_is_unmet_where_no_project_of_its_field_is(chapter_of: ChapterOf) -> None:
    quartier = Quartier()
    quartier.round("2022", start="2022", end="2024")
    field, place, other = quartier.handlungsfeld("2022", "1", "Bildung"), quartier.place("Platz"), quartier.place("Hof")
    for text, where in (("Bücher", place), ("Räume", other), ("Geld", "")):
        quartier.statement("2022", text, field=field, place=where)
    quartier.project("Lesen", traeger=[quartier.actor("Schule")], places=[place], fields=[field], start="2023")
    document = chapter_of(quartier.store(), "2022")
    assert [row[1] for row in table(document, "Bedarfe, zu denen").rows] == ["Räume"]


def test_a_round_without_a_list_shows_the_fields_of_the_last_one_that_has_some_and_says_so(
    example: Store, chapter_of: ChapterOf
) -> None:
    document = chapter_of(example, "2025")
    assert "Gezeigt sind die der Planungsrunde IHEK 2022" in said(document)
    assert str(table(document, "Die Handlungsfelder der").rows[0][0]).startswith("2022 · 1")


def test_what_is_cited_stands_among_the_sources_and_nothing_else(example: Store, chapter_of: ChapterOf) -> None:
    document = chapter_of(example, "2022")
    sources = {row[0] for row in table(document, "Quellen").rows}
    cited = {int(n) for one in document.tables if "Quelle" in one.headings and one.name != "Quellen"
             for row in one.rows for n in str(row[-1]).split(", ") if n.isdigit()}  # fmt: skip
    assert cited <= sources
    assert sources == set(range(1, len(sources) + 1))


def test_each_tie_of_the_comparison_is_named_once(example: Store, chapter_of: ChapterOf) -> None:
    document = chapter_of(example, "2022")
    count = sum(len(str(row[1]).split("; ")) for row in table(document, "Neue Partnerschaften").rows)
    assert f"gab es {count} neue Partnerschaften" in said(document)


def test_the_method_gives_its_figures_with_what_they_rest_on(example: Store, chapter_of: ChapterOf) -> None:
    text = said(chapter_of(example, "2022"))
    assert "Von 280 Vorschlägen" in text
    assert "kein Versprechen" in text


def test_an_unknown_round_is_refused(example: Store, chapter_of: ChapterOf) -> None:
    with pytest.raises(NotFound):
        chapter_of(example, "1871")
