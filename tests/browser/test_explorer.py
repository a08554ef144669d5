"""The explorer in a browser: every way of looking without a reload, by mouse, by keyboard, and by ear."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visitor

FOCUS = "/network?focus=actor/silent-green-a&steps=2"


def views(visitor: Visitor) -> int:
    """How many pictures this page has shown since it was loaded."""
    return int(visitor.page.evaluate("Number(document.documentElement.dataset.networkViews || 0)"))


def wait(visitor: Visitor, count: int = 1) -> None:
    """Wait until the page has shown that many pictures."""
    visitor.wait_until(f"Number(document.documentElement.dataset.networkViews || 0) >= {count}")


def opened(visitor: Visitor, path: str) -> None:
    """Open a way of looking; the mark tells later whether the page was loaded anew."""
    visitor.open(path)
    wait(visitor)
    visitor.page.evaluate("window.kept = true")


def after(visitor: Visitor, act: Callable[[], object]) -> dict[str, list[str]]:
    """Do something that leads to another picture without loading the page anew; what the address says then."""
    count = views(visitor)
    act()
    wait(visitor, count + 1)
    assert visitor.page.evaluate("window.kept") is True
    return parse_qs(urlsplit(visitor.page.url).query)


def shown(visitor: Visitor) -> int:
    """How many entries the page says are visible."""
    return int(visitor.page.inner_text("#network-share").split()[0])


def test_the_legend_filters_in_place_and_back_undoes_it(visitor: Visitor) -> None:
    opened(visitor, "/network")
    everything = shown(visitor)
    assert after(visitor, visitor.page.locator("[data-key=hide-agency]").click) == {"hide": ["agency"]}
    assert shown(visitor) < everything
    assert visitor.page.evaluate("document.activeElement.dataset.key") == "hide-agency"
    assert after(visitor, visitor.page.go_back) == {}
    assert shown(visitor) == everything


def test_a_chip_lifts_what_it_says_and_one_lifts_all(visitor: Visitor) -> None:
    opened(visitor, "/network?hide=derived&hubs=no&from=2022")
    assert after(visitor, visitor.page.locator("[data-key=chip-derived]").click) == {"hubs": ["no"], "from": ["2022"]}
    assert after(visitor, visitor.page.get_by_role("link", name="Alles zeigen").click) == {}


def test_the_years_are_moved_by_keyboard_and_the_address_follows(visitor: Visitor) -> None:
    opened(visitor, "/network")
    everything = shown(visitor)
    slider = visitor.page.locator("[data-year=to]")
    slider.focus()
    query = after(visitor, lambda: [visitor.page.keyboard.press("ArrowLeft") for _ in range(8)])
    assert query == {"to": [slider.input_value()]}
    assert shown(visitor) < everything
    assert visitor.page.evaluate("document.activeElement.dataset.year") == "to"


def test_a_round_is_compared_with_another_in_lines_words_and_table(visitor: Visitor) -> None:
    opened(visitor, "/network")
    visitor.page.select_option("#network-compare", "2019")
    after(visitor, visitor.page.locator("[data-key=compare]").click)
    assert "geblieben" in visitor.page.inner_text(".network-sentence")
    assert visitor.page.locator("[data-key=hide-new], [data-key=hide-kept], [data-key=hide-lost]").count() == 3


def test_a_node_unfolds_in_place_and_folds_again(visitor: Visitor) -> None:
    opened(visitor, FOCUS)
    before = shown(visitor)
    visitor.page.get_by_role("button", name="silent green Kulturquartier", exact=True).click()
    query = after(visitor, visitor.page.locator("#network-unfold").click)
    assert query["open"] == ["place/silent-green"]
    assert shown(visitor) > before
    assert "open" not in after(visitor, lambda: visitor.page.keyboard.press("e"))
    assert shown(visitor) == before


def test_several_are_listed_asked_about_and_highlighted(visitor: Visitor) -> None:
    opened(visitor, FOCUS)
    add = visitor.page.locator("#network-neighbours .network-add")
    add.nth(0).click()
    add.nth(2).click()
    picked = parse_qs(urlsplit(visitor.page.url).query)["pick"]
    assert len(picked) == 2
    assert parse_qs(urlsplit(str(visitor.page.get_attribute("#network-shared", "href"))).query)["actor"] == picked
    assert after(visitor, visitor.page.locator("#network-only").click)["highlight"] == picked
    visitor.page.locator("#network-unpick").click()
    assert "pick" not in visitor.page.url
    assert visitor.page.locator("#network-picks").is_hidden()


def place(visitor: Visitor, node: str) -> list[int]:
    """Where the server says a node stands."""
    script = """id => fetch(document.getElementById('network').dataset.source).then(answer => answer.json())
      .then(({ nodes }) => nodes.find(node => node.id === id)).then(({ x, y }) => [Math.round(x), Math.round(y)])"""
    found: list[int] = visitor.page.evaluate(script, node)
    return found


def test_a_dragged_node_stays_until_undone_or_reset(visitor: Visitor) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")
    opened(visitor, FOCUS)
    page = visitor.page
    page.get_by_role("button", name="Harun-Farocki-Stiftung", exact=True).click()  # this centres it
    node = parse_qs(urlsplit(page.url).query)["selected"][0]
    before = place(visitor, node)
    page.locator("#network").scroll_into_view_if_needed()
    box = page.locator("#network canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for act in (lambda: page.mouse.move(x, y), page.mouse.down, lambda: page.mouse.move(x + 60, y + 40, steps=4)):
        act()
    with page.expect_response("**/network/places**"):
        page.mouse.up()
    assert place(visitor, node) != before
    with page.expect_response("**/network/places**"):
        page.keyboard.press("Control+z")
    assert place(visitor, node) == before
    assert "Anordnung zurücksetzen" in page.inner_text("#network-tools")
    after(visitor, page.locator("#network-unpin").click)
    assert page.locator("#network-unpin").is_hidden()


def test_digits_help_and_full_screen_answer_to_keys(visitor: Visitor) -> None:
    opened(visitor, FOCUS)
    assert after(visitor, lambda: visitor.page.keyboard.press("3"))["steps"] == ["3"]
    visitor.page.keyboard.press("f")
    visitor.wait_until("document.fullscreenElement?.id === 'network-frame'")
    visitor.page.keyboard.press("?")
    assert visitor.page.locator("#network-help").is_visible()
    assert visitor.findings() == []


@pytest.mark.parametrize("path", ["/network?groups=yes", "/network?compare=2019", FOCUS + "&open=place/silent-green",
                                  FOCUS + "&pick=actor/k7-records&pick=actor/savvy", "/network?view=all"])  # fmt: skip
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible_and_fits_a_telephone(visitor: Visitor, path: str, scheme: str) -> None:
    visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    visitor.page.set_viewport_size({"width": 400, "height": 800})
    visitor.open(path)
    if visitor.page.locator("#network").count():
        wait(visitor)
    assert visitor.findings() == []
    assert visitor.csp_violations() == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 400
