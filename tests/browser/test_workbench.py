"""The page for SPARQL as an analyst types in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Visitor


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
