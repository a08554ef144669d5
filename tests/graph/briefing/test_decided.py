"""What the team decided stands in the chapter, all of it, and without the names of those who said it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from graph import gaps, rounds
from graph.rounds import Said
from tests.builders import Quartier

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.briefing.document import Cell, Document
    from graph.gaps import Gap
    from graph.store import Store

    ChapterOf = Callable[[Store, str], Document]


@pytest.fixture
def store() -> Store:
    """Two projects with one common partner, in a round with one Handlungsfeld."""
    quartier = Quartier()
    quartier.round("2025", start="2025", end="2027")
    field = quartier.handlungsfeld("2025", "1", "Bildung")
    one, other, middle = (quartier.actor(name, fields=[field]) for name in ("Schule", "Verein", "Bibliothek"))
    quartier.project("Lesefest", traeger=[one], partner=[middle], start="2024", fields=[field])
    quartier.project("Hoffest", traeger=[other], partner=[middle], start="2024", fields=[field])
    return quartier.store()


@pytest.fixture
def gap(store: Store) -> Gap:
    """The only pair that should meet."""
    return gaps.gaps(store, "introduce")[0]


def lines(document: Document) -> list[tuple[Cell, ...]]:
    """The rows of what was decided."""
    return [row for one in document.tables if one.name == "Entscheidungen" for row in one.rows]


def test_without_decisions_there_is_no_such_section(store: Store, chapter_of: ChapterOf) -> None:
    document = chapter_of(store, "2025")
    assert "Was das Team entschieden hat" not in [one.text for one in document.headings]
    assert lines(document) == []


def test_contradicting_verdicts_both_stand_with_their_reasons_and_without_names(
    store: Store, gap: Gap, chapter_of: ChapterOf
) -> None:
    rounds.decide(store, "2025", gap, Said("ansprechen", next_step="anrufen", due="15.01.2027"), author="Ada Privat")
    rounds.decide(store, "2025", gap, Said("passt-nicht", reason="zu weit weg"), author="Bo")
    ((about, reasons, said, then),) = lines(document := chapter_of(store, "2025"))
    assert str(about).startswith("Schule – Verein")
    assert str(reasons).split("\n") == [reason.text.de for reason in gap.reasons]
    assert str(said).startswith("noch nicht einig:")
    assert "Passt nicht" in str(said)
    assert "zu weit weg" in str(said)
    assert str(then) == "anrufen\nbis 15.01.2027"
    assert "Ada" not in str(document)


@pytest.mark.parametrize(("responsible", "shown"), [("Schule", "Schule"), ("ada", "jemand aus dem Team")])
def test_a_body_may_be_responsible_by_name_and_a_person_not(
    store: Store, gap: Gap, chapter_of: ChapterOf, responsible: str, shown: str
) -> None:
    rounds.decide(store, "2025", gap, Said("ansprechen", responsible=responsible), author="Ada")
    assert lines(chapter_of(store, "2025"))[0][3] == f"zuständig: {shown}"


def test_what_was_decided_is_not_suggested_once_more(store: Store, gap: Gap, chapter_of: ChapterOf) -> None:
    rounds.take_up(store, "2025", gap, author="Ada")
    document = chapter_of(store, "2025")
    listed = [str(row[0]) for one in document.tables if one.name.startswith("Wer sollte") for row in one.rows]
    assert "Schule ↔\nVerein" not in listed
    assert "noch offen" in str(lines(document)[0][2])
    assert "Was die Einträge heute dazu zeigen – noch nichts: 1." in str(document)


def test_a_line_by_hand_is_marked(store: Store, chapter_of: ChapterOf) -> None:
    base = store.base_iri
    rounds.add_line(store, "2025", [f"{base}actor/schule", f"{base}actor/bibliothek"], "Weil.", author="Ada")
    ((about, reasons, *_),) = lines(chapter_of(store, "2025"))
    assert "von Hand ergänzt" in str(about)
    assert reasons == "Weil."


def test_the_day_the_team_froze_is_the_day_of_the_chapter(store: Store, chapter_of: ChapterOf) -> None:
    rounds.open_workspace(store, "2025", author="Ada", as_of=date(2026, 3, 1))
    assert chapter_of(store, "2025").day == date(2026, 3, 1)


def test_however_many_lines_there_are_all_are_told(store: Store, chapter_of: ChapterOf) -> None:
    quartier = Quartier("viele")
    names = [quartier.actor(f"Verein {number}") for number in range(10)]
    store.apply([], quartier.quads)
    pairs = [(one, other) for number, one in enumerate(names) for other in names[:number]]
    for pair in pairs:
        rounds.add_line(store, "2025", pair, author="Ada")
    assert len(lines(chapter_of(store, "2025"))) == 45
