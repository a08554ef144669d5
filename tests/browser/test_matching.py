"""Doubles in a real browser: one pair judged, one merged with a choice, both taken back; pages everybody can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Visitor

PAGES = (
    "/matching",
    "/matching/actors/uferhallen-a",
    "/matching/actors/uferhallen-a/uferhallen-ag",
    "/matching/actors/uferhallen-a/split",
)


def test_a_pair_is_judged_another_merged_and_both_are_taken_back(visitor: Visitor) -> None:
    page = visitor.open("/matching?kind=actor")
    name = page.get_by_role("heading", level=2).first.inner_text()
    page.get_by_role("button", name="Sind zwei verschiedene").first.click()
    page.get_by_text("Danach wird nicht mehr gefragt.").wait_for()
    assert page.get_by_role("heading", name=name, exact=True).count() == 0
    page.get_by_role("button", name="Rückgängig machen").click()
    page.get_by_text("Rückgängig gemacht:").wait_for()

    page = visitor.open("/matching?kind=project")
    page.get_by_role("link", name="Ist dasselbe – zusammenführen").first.click()
    page.get_by_role("heading", name="Aus zwei Einträgen wird einer").wait_for()
    page.get_by_role("radio", name="(Fortführung, Schwerpunkt Mädchen)").check()
    assert visitor.findings() == []
    page.get_by_role("button", name="Zusammenführen").click()
    page.get_by_text("ist jetzt Teil dieses Eintrags.").wait_for()
    assert "(Fortführung, Schwerpunkt Mädchen)" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Rückgängig machen").click()
    page.get_by_text("Rückgängig gemacht:").wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_the_pages_on_wide_and_narrow_screens(visitor: Visitor, path: str) -> None:
    for width in (1280, 400):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        page = visitor.open(path)
        assert visitor.findings() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
