"""The newcomer's way through the app, as the README promises it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Visitor


def test_a_newcomer_finds_silent_green_its_network_a_reason_and_an_answer(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.get_by_role("searchbox").first.fill("silent green")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="silent green Kulturquartier").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "silent green Kulturquartier"

    page.get_by_role("main").get_by_role("link", name="im Netz").first.click()
    visitor.wait_until("document.documentElement.dataset.networkReady === 'true'")
    page.keyboard.press("2")
    page.wait_for_url("**steps=2**")
    visitor.wait_until("document.documentElement.dataset.networkReady === 'true'")

    page.get_by_role("navigation").get_by_role("link", name="Wer fehlt?").first.click()
    assert "Wer sollte wen kennenlernen?" in page.get_by_role("main").inner_text()
    page.goto(visitor.home + "/gaps?kind=introduce")
    assert "Dafür" in page.get_by_role("main").inner_text()

    page.goto(visitor.home + "/sparql")
    page.get_by_role("main").locator("a[href*='query=']").first.click()
    assert page.get_by_role("table").locator("tbody tr").count() > 0

    page.get_by_role("link", name="EN", exact=True).click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert visitor.csp_violations() == []


def test_the_whole_network_is_drawn_within_its_time_and_dragging_stays_smooth(visitor: Visitor) -> None:
    """Bounds far above what was measured: the figures themselves live in tests/benchmarks."""
    visitor.open("/network")
    visitor.wait_until("document.documentElement.dataset.networkReady === 'true'")
    assert visitor.page.evaluate("performance.now()") < 10_000
