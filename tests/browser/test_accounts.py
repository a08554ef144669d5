"""The door: the first account, signing in and out, for everybody; and nothing left behind in the browser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import served, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
PASSWORD = "richtig gutes pferd"  # noqa: S105  # of an office that is not there


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An office whose admin is Ada."""
    folder = tmp_path_factory.mktemp("office")
    command = [sys.executable, "-m", "webapp", "--data", str(folder), "account", "add", "Ada", "--role", "admin"]
    subprocess.run(command, input=f"{PASSWORD}\n", text=True, check=True, cwd=ROOT)
    with served(folder) as address:
        yield address


@pytest.mark.parametrize(("language", "width"), [("de", 1280), ("en", 400)])
def test_the_door_is_for_everybody(chromium: Browser, office: str, language: str, width: int) -> None:
    with visiting(chromium, office, viewport={"width": width, "height": 800}) as visitor:
        page = visitor.open(f"/accounts?lang={language}")
        assert visitor.findings() == []
        page.locator("#name").fill("ada")
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url("**/accounts**")
        for path in ("/accounts", "/account", "/logout"):
            visitor.open(path)
            assert visitor.findings() == []
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/login**")
        page.go_back()
        page.wait_for_load_state()
        assert "Ada" not in page.content()


def test_a_question_can_be_kept_for_oneself(chromium: Browser, office: str) -> None:
    with visiting(chromium, office, viewport={"width": 400, "height": 800}) as visitor:
        page = visitor.open("/login?next=/questions/new")
        page.locator("#name").fill("Ada")
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.locator("#sentence").fill("Ist [Zahl] mehr als drei?")
        page.locator("#query").fill("ASK { FILTER(?zahl > 3) }")
        page.get_by_role("button", name="Frage merken").click()
        page.locator("#blank-zahl").fill("4")
        page.get_by_role("button", name="Fragen", exact=True).click()
        assert page.locator(".truth").inner_text() == "Ja"
        for path in ("/questions/mine/1", "/questions/mine/1?zahl=4", "/questions/mine/1/edit"):
            visitor.open(path)
            assert visitor.findings() == []
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_new_colleague_chooses_a_password_by_a_link(chromium: Browser, office: str) -> None:
    with visiting(chromium, office) as visitor:
        page = visitor.open("/login?next=/accounts")
        page.locator("#name").fill("Ada")
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.locator("#new-name").fill("Cem")
        page.get_by_role("button", name="Konto anlegen").click()
        link = page.locator(".once code").inner_text()
        page.get_by_role("button", name="Abmelden").click()
        page.goto(link)
        assert visitor.findings() == []
        page.locator("#password").fill("noch ein gutes pferd")
        page.get_by_role("button", name="Speichern und anmelden").click()
        assert page.get_by_role("status").get_by_text("Willkommen, Cem!").is_visible()
