"""Staff at work: a project with two actors, a mistake, a draft after a crash, two people on one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Visitor
    from playwright.sync_api import Page

PAGES = (
    "/actors/new",
    "/projects/new",
    "/projects/kool-im-kiez-2/edit",
    "/ties/new?from_actor=silent-green-a",
    "/projects/kool-im-kiez-2/withdraw",
    "/actors/silent-green-a/end",
)


def choose(page: Page, row: int, role: str, typed: str, *keys: str) -> str:
    """Fill one line of "Beteiligungen hinzufügen" by the keyboard, faster than suggestions come; what it is then."""
    page.get_by_label(f"Rolle {row}").select_option(role)
    field = page.get_by_role("combobox", name=f"Akteur {row}")
    field.press_sequentially(typed)
    for key in keys:
        field.press(key)
    expect(field).not_to_have_value(typed)
    return field.input_value()


def save(page: Page) -> None:
    page.get_by_role("button", name="Speichern").last.click()
    page.wait_for_load_state()


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)


def forgive_refusals(visitor: Visitor) -> None:
    """Chromium calls every 409 and 422 an error; here they are meant."""
    visitor.wrong[:] = [one for one in visitor.wrong if "409" not in one and "422" not in one]


def test_a_project_with_two_actors_survives_a_mistake_a_crash_and_a_colleague(visitor: Visitor) -> None:
    page = visitor.open("/projects/new")
    page.get_by_label("Name").first.fill("Kiezküche am Ufer")
    fill(page, "Beginn", "2025")
    fill(page, "Ende", "2024")
    assert choose(page, 1, "Träger", "silent gr", "ArrowDown", "Enter") == "silent green Kulturquartier"
    assert choose(page, 2, "Partner", "Kochclub Uferkante", "ArrowUp", "Enter") == "neu: Kochclub Uferkante"

    save(page)
    assert page.evaluate("document.activeElement.id") == "errors"
    page.get_by_role("link", name="Ende: Das Ende liegt vor dem Beginn.").click()
    assert page.evaluate("document.activeElement.id") == "f-end"
    assert visitor.findings() == []

    fill(page, "Ende", "2026")
    visitor.wait_until("Object.entries(localStorage).some(one => /draft/.test(one[0]) && one[1].includes('2026'))")
    page.goto(visitor.home + "/projects/new")
    page.get_by_role("button", name="Entwurf wiederherstellen").click()
    assert page.get_by_role("combobox", name="Akteur 2").input_value() == "neu: Kochclub Uferkante"
    save(page)
    assert page.url.endswith("/projects/kiezkueche-am-ufer")
    assert "Mit angelegt: „Kochclub Uferkante“" in page.locator(".notices").inner_text()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []

    page.goto(page.url + "/edit")
    colleague = page.context.new_page()
    colleague.goto(page.url)
    fill(colleague, "Ende", "2027")
    fill(colleague, "Beschreibung", "Wir kochen.")
    save(colleague)
    fill(page, "Ende", "2028")
    save(page)
    assert "Inzwischen hat jemand anderes" in page.locator("#errors").inner_text()
    assert page.get_by_label("Beschreibung").input_value() == "Wir kochen."
    assert visitor.findings() == []
    save(page)
    assert page.url.endswith("/projects/kiezkueche-am-ufer")
    facts = page.get_by_role("main").inner_text()
    assert "2028" in facts
    assert "Wir kochen." in facts
    page.get_by_role("button", name="Rückgängig machen").click()
    assert visitor.csp_violations() == []
    forgive_refusals(visitor)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_forms_are_accessible(visitor: Visitor, path: str, language: str) -> None:
    visitor.open(path + ("&" if "?" in path else "?") + f"lang={language}")
    assert visitor.findings() == []
    assert visitor.csp_violations() == []


def test_suggestions_follow_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/ties/new")
    field = page.get_by_role("combobox", name="Von")
    field.press_sequentially("schule")
    options = page.locator(".suggestions [role=option]")
    options.first.wait_for()
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    assert visitor.findings() == []
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "schule"
    field.press("ArrowDown")
    options.nth(1).wait_for()
    options.nth(1).click()
    assert field.input_value() != "schule"
