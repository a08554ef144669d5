"""The team's most important hour in a real browser: from the round to decisions that stand, by mouse and keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx import Document

if TYPE_CHECKING:
    from conftest import Visitor
    from playwright.sync_api import Locator, Page


def opened(visitor: Visitor) -> Page:
    """The workspace of the newest round, filled from two lists and narrowed to a Handlungsfeld."""
    page = visitor.open("/rounds/2025")
    page.get_by_role("link", name="Arbeitsraum der Runde").click()
    page.get_by_role("button", name="Vorschläge holen").click()
    page.get_by_text("neue Vorschläge sind da").wait_for()
    page.get_by_role("navigation", name="Handlungsfelder").get_by_role(
        "link", name=re.compile("2022 · 2 Bildung")
    ).click()
    page.wait_for_url(re.compile("handlungsfeld=2022-2"))  # a click does not wait for the page it leads to
    return page


def decide(line: Locator, verdict: str, typed: dict[str, str] | None = None) -> None:
    line.get_by_role("radio", name=verdict).check()
    for label, text in (typed or {}).items():
        line.get_by_label(label).fill(text)
    line.get_by_role("button", name="Festhalten").click()


def test_the_hour_before_a_round_from_the_suggestions_to_the_chapter(visitor: Visitor) -> None:
    """Open it, narrow it, read, decide three lines in three ways, add one, ask what if, take the chapter along."""
    page = opened(visitor)
    slugs = [page.locator("article.line").nth(place).get_attribute("id") or "" for place in range(3)]
    for slug in slugs:
        assert "Dafür spricht" in page.locator(f"#{slug}").inner_text()
    decided_in_three_ways(page, slugs)
    added_by_hand(page)
    assert visitor.findings() == []
    asked_what_if(page)
    assert visitor.findings() == []
    chapter_holds_it(page)


def decided_in_three_ways(page: Page, slugs: list[str]) -> None:
    said = {"Nächster Schritt": "Im Bildungsverbund fragen", "Zuständig": "QM-Team"}
    decide(page.locator(f"#{slugs[0]}"), "Ansprechen", said)
    page.get_by_text(re.compile("^Ansprechen: „")).wait_for()
    assert page.url.endswith(f"#{slugs[1]}")
    decide(page.locator(f"#{slugs[1]}"), "Kannten sich schon", {"Seit wann": "2019"})
    page.get_by_text("Quelle ist das Team").wait_for()
    decide(page.locator(f"#{slugs[2]}"), "Passt nicht", {"Passt nicht, weil": "Die Wege sind zu weit"})
    page.get_by_text(re.compile("^Passt nicht: „")).wait_for()
    for slug, verdict in zip(slugs, ("Ansprechen", "Kannten sich schon", "Passt nicht"), strict=True):
        assert verdict in page.locator(f"#{slug} .said").inner_text()


def added_by_hand(page: Page) -> None:
    page.get_by_role("combobox", name="Akteur", exact=True).fill("silent green Kulturquartier")
    page.get_by_role("combobox", name="noch ein Akteur").fill("Uferstudios")
    page.get_by_label("Warum?").fill("Beide suchen Räume")
    page.get_by_role("button", name="In die Liste").click()
    page.get_by_text("steht jetzt mit in der Liste").wait_for()
    assert "von Hand" in page.locator("article.line", has_text="Beide suchen Räume").inner_text()


def asked_what_if(page: Page) -> None:
    """Two suggestions come true, and the QM goes."""
    page.get_by_role("link", name="erst in den Listen lesen").first.click()
    page.wait_for_url(re.compile("/gaps"))
    for place in range(2):
        page.locator("article input[name=tick]").nth(place).check()
    page.get_by_label("und das Quartiersmanagement geht").check()
    page.get_by_role("button", name="Vorher und nachher zeigen").click()
    page.get_by_text("2 Vorschläge zählen mit.").wait_for()
    page.get_by_text("sind herausgenommen").wait_for()


def chapter_holds_it(page: Page) -> None:
    """What was decided and why, the line by hand, and the network without the QM."""
    page.get_by_role("link", name=re.compile("^Zum Arbeitsraum")).click()
    page.wait_for_url(re.compile("/rounds/2025"))
    with page.expect_download(timeout=300_000) as download:  # on a busy machine it takes its time
        page.get_by_role("link", name="Word (.docx)").click()
    chapter = Document(str(download.value.path()))
    words = "\n".join(cell.text for table in chapter.tables for row in table.rows for cell in row.cells)
    for said in ("Die Wege sind zu weit", "Im Bildungsverbund fragen", "QM-Team", "Beide suchen Räume", "silent green"):
        assert said in words
    headings = [one.text for one in chapter.paragraphs if one.style and str(one.style.name).startswith("Heading")]
    assert {"Das Netz ohne Quartiersmanagement", "Was das Team entschieden hat"} <= {*headings}


def test_a_line_is_decided_by_keyboard_alone_and_the_next_one_comes(visitor: Visitor) -> None:
    page = opened(visitor)
    page.get_by_role("link", name=re.compile("Ohne Entscheidung")).click()
    page.wait_for_url(re.compile("show=undecided"))  # keys pressed before would go to the page that is left
    keyboard, lines = page.keyboard, page.locator("article.line")
    first, second = (lines.nth(place).get_attribute("id") for place in (0, 1))
    keyboard.press("j")
    keyboard.press("1")
    keyboard.type("Beim Stadtteilfest fragen")
    keyboard.press("Enter")
    page.get_by_text(re.compile("^Prüfen: „")).wait_for()
    assert page.url.endswith(f"#{second}")
    assert page.locator(f"#{first}").count() == 0
    assert page.evaluate("document.activeElement.id") == second


def test_the_form_for_one_gap_works_by_itself(visitor: Visitor) -> None:
    page = visitor.open("/gaps?kind=introduce")
    address = page.locator("article a", has_text="Woher wir das wissen").first.get_attribute("href") or ""
    page = visitor.open(f"/deciding/decide?round=2025&gap={address.rpartition('/')[2]}")
    assert visitor.findings() == []
    decide(page.locator("main"), "Prüfen")
    page.get_by_text(re.compile("^Prüfen: „")).wait_for()
