"""Upkeep in a real browser: a round table by keyboard alone, and pages that everybody can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Visitor

PAGES = (
    "/upkeep",
    "/upkeep/confirm",
    "/upkeep/missing",
    "/upkeep/news?version=0",
    "/upkeep/ties",
    "/upkeep/ties?actor=actor/silent-green-a&with=neu: Kiezküche 12&more=Ufer",
    "/meeting",
)


def take(visitor: Visitor, typed: str) -> None:
    """Type, wait for the suggestions, mark the first with Enter, take it with Enter."""
    visitor.page.keyboard.type(typed)
    visitor.page.get_by_role("option").first.wait_for()
    visitor.page.keyboard.press("Enter")
    visitor.page.locator("[role=option][aria-selected=true]").wait_for()
    visitor.page.keyboard.press("Enter")


def test_a_round_table_is_entered_by_keyboard_alone(visitor: Visitor) -> None:
    page, keyboard = visitor.open("/meeting"), visitor.page.keyboard
    keyboard.type("Runder Tisch Tanz")
    keyboard.press("Enter")
    page.get_by_role("heading", name="Wer ist da?").wait_for()

    take(visitor, "uferst")
    page.get_by_role("heading", name="Mit wem arbeitet „Uferstudios“?").wait_for()
    take(visitor, "silent gr")
    take(visitor, "Strickzirkel 9")
    page.get_by_role("checkbox", name="Strickzirkel 9").wait_for()
    assert visitor.findings() == []
    keyboard.press("Enter")
    page.get_by_text("„Uferstudios“: 2 Verbindungen eingetragen, neu angelegt: „Strickzirkel 9“.").wait_for()

    page.reload()
    assert "Ein Akteur am Tisch, 2 Verbindungen" in page.get_by_role("complementary").inner_text()
    take(visitor, "silent gr")
    page.get_by_role("heading", name="Mit wem arbeitet „silent green Kulturquartier“?").wait_for()
    page.get_by_role("checkbox", name="Uferstudios").focus()
    keyboard.press("Space")
    keyboard.press("Enter")
    page.get_by_text("„silent green Kulturquartier“: eine bestätigt.").wait_for()
    assert visitor.findings() == []

    page.get_by_role("button", name="Letzten Schritt zurücknehmen").focus()
    keyboard.press("Enter")
    page.get_by_text("Rückgängig gemacht:").wait_for()
    assert "Ein Akteur am Tisch, 2 Verbindungen" in page.get_by_role("complementary").inner_text()

    page.get_by_role("link", name="Fertig: zur Übersicht").focus()
    keyboard.press("Enter")
    page.get_by_role("heading", name="Das wurde erfasst").wait_for()
    assert visitor.findings() == []
    assert visitor.csp_violations() == []


def test_a_tie_is_entered_from_the_picture_with_both_ends(visitor: Visitor) -> None:
    page = visitor.open("/network?focus=actor/silent-green-a&selected=actor/arsenal")
    visitor.wait_for_pictures()
    link = page.get_by_role("link", name="Verbindung eintragen")
    link.click()
    page.get_by_role("heading", name="Mit wem arbeitet").wait_for()
    assert visitor.csp_violations() == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pages_of_upkeep_are_accessible(visitor: Visitor, path: str, language: str) -> None:
    visitor.open(path + ("&" if "?" in path else "?") + f"lang={language}")
    assert visitor.findings() == []
    assert visitor.csp_violations() == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_upkeep_is_wider_than_a_telephone(visitor: Visitor, path: str) -> None:
    visitor.page.set_viewport_size({"width": 400, "height": 800})
    page = visitor.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
