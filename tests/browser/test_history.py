"""The way back in a real browser: end a change that was made, read what it did, bring it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Visitor


def test_what_was_changed_is_read_undone_and_brought_again(visitor: Visitor) -> None:
    page = visitor.open("/places/new")
    page.get_by_label("Name").first.fill("Platz der Probe")
    page.get_by_role("button", name="Speichern").last.click()
    place = page.url

    page = visitor.open("/history")
    newest = page.get_by_role("article").first
    assert "Platz der Probe – neu angelegt" in newest.inner_text()
    newest.get_by_role("link").first.click()
    assert visitor.findings() == []

    page.get_by_role("main").get_by_role("button", name="Rückgängig machen").click()
    assert "Rückgängig gemacht" in page.locator(".notices").inner_text()
    assert visitor.findings() == []

    page.goto(place)
    assert "Diesen Eintrag gibt es nicht mehr." in page.get_by_role("main").inner_text()
    assert visitor.findings() == []
    page.get_by_role("main").get_by_role("button", name="Wieder herstellen").click()
    page.goto(place)
    assert page.get_by_role("heading", level=1).inner_text() == "Platz der Probe"
    assert visitor.csp_violations() == []
    visitor.wrong[:] = [text for text in visitor.wrong if "410" not in text]  # Chromium reports the page that is gone


@pytest.mark.parametrize("path", ["/history", "/history/1", "/history?entry=actor/silent-green-a", "/export"])
def test_pages_of_the_past_are_accessible_and_fit_a_telephone(visitor: Visitor, path: str) -> None:
    visitor.page.set_viewport_size({"width": 400, "height": 800})
    page = visitor.open(path)
    assert visitor.findings() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert visitor.csp_violations() == []
