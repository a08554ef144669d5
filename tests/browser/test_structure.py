"""What if, Netz ohne QM and the invitation, as the team clicks through them before anybody is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Visitor


def test_two_suggestions_are_ticked_and_the_qm_is_taken_out(visitor: Visitor) -> None:
    page = visitor.open("/gaps?kind=introduce")
    boxes = page.get_by_role("checkbox", name="Was wäre, wenn das zustande käme?")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_label("und das Quartiersmanagement geht").check()
    page.get_by_role("button", name="Vorher und nachher zeigen").click()
    assert "2 Vorschläge zählen mit." in page.get_by_role("main").inner_text()
    assert page.url.count("tick=") == 2
    page.get_by_role("region", name="Das Netz vorher und nachher").wait_for()

    page.get_by_role("main").get_by_role("link", name="Netz ohne QM").last.click()
    ties = page.get_by_role("checkbox", name="mitzählen")
    before = ties.count()
    ties.first.uncheck()
    page.get_by_role("button", name="Nachrechnen").click()
    assert page.get_by_role("checkbox", name="mitzählen", checked=True).count() == before - 1
    assert visitor.csp_violations() == []


def test_who_cannot_come_is_clicked_away(visitor: Visitor) -> None:
    page = visitor.open("/gaps/invitation")
    name = page.locator("tbody th a bdi").first.inner_text()
    page.get_by_role("link", name="kann nicht").first.click()
    assert name in page.locator("[aria-labelledby=out]").inner_text()
    assert page.locator("tbody th a bdi").first.inner_text() != name
