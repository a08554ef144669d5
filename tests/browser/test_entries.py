"""Entry pages in a browser: the timeline, the small picture, what is fetched later, and paper; for everybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Visitor
    from playwright.sync_api import Browser, Page

ENTRIES = {
    "actor with much": "/actors/qm-pankstrasse",
    "actor": "/actors/hhs",
    "agency": "/actors/ba-mitte",
    "network": "/actors/quartiersrat-pank",
    "actor with little": "/actors/rudolf-wissell-gs",
    "programme": "/programmes/sozialer-zusammenhalt",
    "place": "/places/silent-green",
    "project": "/projects/kool-im-kiez-1",
    "event": "/events/projektmesse-2023",
    "round": "/rounds/2022",
    "handlungsfeld": "/handlungsfelder/2022-4",
    "source": "/sources",
}


def is_wider_than_its_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def unfold(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", ENTRIES.values(), ids=ENTRIES)
def test_entry_pages_are_for_everybody_folded_and_unfolded(visitor: Visitor, path: str, language: str) -> None:
    page = visitor.open(f"{path}?lang={language}")
    page.wait_for_load_state("networkidle")
    assert visitor.findings() == []
    unfold(page)
    assert visitor.findings() == []
    assert visitor.csp_violations() == []


def test_a_bar_leads_to_what_it_stands_for(visitor: Visitor) -> None:
    page = visitor.open("/actors/hhs")
    line = page.locator(".span", has_text="Kool im Kiez (Phase 1)")
    box = line.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] - 5)  # where the bars are, beside the text
    page.wait_for_url(re.compile("/projects/kool-im-kiez-1$"))


def test_the_timeline_is_walked_with_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/actors/hhs")
    first = page.locator("#timeline .span__link").first
    first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#timeline .span') !== null")
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/projects/"))


def test_bars_lie_in_the_order_of_their_years(visitor: Visitor) -> None:
    page = visitor.open("/actors/hhs")
    newest_first = page.eval_on_selector_all(
        "#timeline .spans:first-of-type .span__line", "all => all.map(one => one.getBoundingClientRect().left)"
    )
    assert len(newest_first) >= 6
    assert newest_first[:6] == sorted(newest_first[:6], reverse=True)


def test_suggestions_come_when_the_page_stands(visitor: Visitor) -> None:
    page = visitor.open("/actors/hhs")
    page.locator("#missing ol > li").nth(4).wait_for()
    page.locator("#missing a", has_text="Alle Vorschläge dazu").click()
    page.wait_for_url(re.compile(r"/gaps\?kind=introduce&actor=hhs"))


def test_the_small_picture_leads_to_the_network_around_the_entry(visitor: Visitor) -> None:
    page = visitor.open("/actors/hhs")
    picture = page.locator("#surroundings img")
    picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert picture.evaluate("one => one.naturalWidth") > 100
    picture.click()
    page.wait_for_url(re.compile("/network\\?focus=actor/hhs"))


@pytest.mark.parametrize("path", ENTRIES.values(), ids=ENTRIES)
def test_nothing_runs_out_of_a_small_window(visitor: Visitor, path: str) -> None:
    visitor.page.set_viewport_size({"width": 400, "height": 800})
    page = visitor.open(path)
    unfold(page)
    assert not is_wider_than_its_window(page)


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("path", ["/actors/hhs", "/network?focus=actor/hhs"])
def test_open_menus_stay_in_the_window(visitor: Visitor, path: str, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 900})
    menus = visitor.open(path).locator("main .menu")
    assert menus.count() > 0
    for menu in menus.all():
        menu.locator("summary").click()
        box = menu.locator(".menu__list").bounding_box()
        assert box
        assert 0 <= box["x"] < box["x"] + box["width"] <= width
        menu.locator("summary").click()


@pytest.mark.parametrize(
    "path", ["/actors/qm-pankstrasse", "/projects", "/network?focus=actor/hhs", "/gaps", "/matrix"]
)
def test_paper_has_no_navigation_and_no_cut_table(visitor: Visitor, path: str) -> None:
    visitor.page.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    visitor.page.emulate_media(media="print")
    page = visitor.open(path)
    assert page.locator("nav:visible, .no-print:visible").count() == 0
    assert not is_wider_than_its_window(page)
    assert page.evaluate(
        "[...document.querySelectorAll('.sheet')].every(one => one.scrollWidth <= one.clientWidth + 1)"
    )


def test_paper_unfolds_the_older_projects(visitor: Visitor) -> None:
    visitor.page.emulate_media(media="print")
    page = visitor.open("/actors/qm-pankstrasse")
    visitor.wait_until("document.querySelectorAll('#timeline .span').length > 100")
    heights = page.eval_on_selector_all("#timeline .span", "all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) > 20


def test_the_picture_to_mail_asks_for_nothing_else(visitor: Visitor, chromium: Browser, tmp_path: Path) -> None:
    page = visitor.open("/network?focus=actor/hhs")
    with page.expect_download() as download:
        page.locator("#network-take > summary").click()
        page.locator("#network-take a", has_text="HTML").click()
    download.value.save_as(tmp_path / "netz.html")
    context = chromium.new_context(offline=True)
    alone = context.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto((tmp_path / "netz.html").as_uri())
    alone.locator("canvas").wait_for()
    assert asked == [(tmp_path / "netz.html").as_uri()]
    context.close()


def test_what_takes_long_is_asked_for_when_somebody_unfolds_it(visitor: Visitor) -> None:
    page = visitor.open("/gaps")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/gaps/strengths" in url]
    page.locator("#strong > summary").click()
    page.locator("#strong").get_by_text("wurden").first.wait_for()
    assert [url for url in asked if "/gaps/strengths" in url]
