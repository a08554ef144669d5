"""The page for SPARQL as an analyst types in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from conftest import Visitor

TIES = "SELECT ?a ?b { ?t a pn:Tie ; pn:from ?a ; pn:to ?b }"


def test_a_query_is_typed_with_completion_and_run_from_the_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(visitor.home + "/sparql")
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?a { ?a a pn:Act")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint-active", has_text="pn:Actor").wait_for()
    assert all("pn:actor " not in one for one in page.locator(".CodeMirror-hint").all_inner_texts())
    page.keyboard.press("Enter")
    page.keyboard.type(" } LIMIT 7")
    page.keyboard.press("Control+Enter")
    page.get_by_text("7 Zeilen").wait_for()


@pytest.mark.parametrize("width", [400, 1280])
def test_a_network_begins_where_it_is_thickest(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 900})
    page = visitor.open(f"/sparql?query={quote(TIES)}&view=network")
    box = page.locator(".linked-box").bounding_box()
    hubs = page.locator(".linked circle").all()
    hub = max((one.bounding_box() or {} for one in hubs), key=lambda one: one["width"])
    assert box
    assert box["x"] < hub["x"] < box["x"] + box["width"]
    assert box["y"] < hub["y"] < box["y"] + box["height"]


def test_no_heading_of_a_matrix_lies_over_the_next(visitor: Visitor) -> None:
    page = visitor.open(f"/sparql?query={quote(TIES)}&view=matrix")
    widths = page.eval_on_selector_all(".crossed thead th", "all => all.map(one => [one.scrollWidth, one.clientWidth])")
    assert len(widths) > 10
    assert [needed for needed, there in widths if needed > there + 1] == []
