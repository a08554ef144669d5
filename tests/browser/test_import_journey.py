"""The Staff's way: drop a workbook, correct a column, judge two unsure names, take over, see the network, undo."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

if TYPE_CHECKING:
    from conftest import Visitor
    from playwright.sync_api import Page

ROWS = (
    ("Projektliste Soldiner Ufer, Stand Mai 2024",),
    (),
    ("Projekt", "Projektträger", "Partner", "Laufzeit", "Zuständig"),
    ("Uferlesen", "Bürgerverein Soldiner Ufer e.V.", "Kita Seestern, AOK", "2021 bis 2023", "Nord"),
    ("Boote bauen", "Jugendwerft Wedding gGmbH", "Bürgerverein Soldiner Ufer", "seit Mai 2022", "Süd"),
    ("Wehrgarten", "Jugendwerft", "AOK Nordost", "2023", "Nord"),
    ("Suppe am Ufer", "Bürgerverein", "Kita Seestern", "laufend", "Süd"),
)


def _workbook() -> bytes:
    book = Workbook()
    page = book.active
    page.title = "Projekte"
    for row in ROWS:
        page.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _drop(page: Page, name: str, content: bytes) -> None:
    """Drop a file on the form as a hand would."""
    page.evaluate(
        """([name, content]) => {
          const bytes = Uint8Array.from(atob(content), sign => sign.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name));
          const target = document.querySelector('.drop__zone');
          for (const kind of ['dragenter', 'dragover', 'drop'])
            target.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        [name, base64.b64encode(content).decode()],
    )


def _settled(page: Page) -> None:
    """Wait until the list has been read with all that was said."""
    page.locator("#short").wait_for(state="attached")
    page.locator("[data-state]").first.wait_for(state="detached")


def test_staff_bring_a_workbook_into_the_network_and_take_it_back(visitor: Visitor) -> None:
    page = visitor.open("/import")
    _drop(page, "projekte-ufer.xlsx", _workbook())
    assert "projekte-ufer.xlsx" in page.locator(".drop__list").inner_text()
    page.get_by_role("button", name="Ansehen, was darin steht").click()
    _settled(page)
    assert "4 Projekte" in page.locator(".sums").inner_text()
    assert visitor.findings() == []

    page.get_by_label("Bedeutung von „Zuständig“").select_option(label="Spalte weglassen")
    page.get_by_role("button", name="Zuordnung anwenden").click()
    _settled(page)
    assert page.get_by_text("von Ihnen festgelegt").count() == 1

    before = page.locator(".pair").count()
    assert before >= 2
    for answer in ("Ist dasselbe", "Ist etwas anderes"):
        page.locator(".pair").first.get_by_role("button", name=answer).click()
        _settled(page)
        assert "Gemerkt" in page.locator(".notices").inner_text()
    assert page.locator(".pair").count() <= before - 2

    page.get_by_label("Wer trägt es ein?").fill("Ada")
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_role("link", name="Das Netz ansehen").click()
    assert page.url.endswith("/network")
    visitor.open("/projects/uferlesen")
    assert "Bürgerverein Soldiner Ufer" in page.get_by_role("main").inner_text()

    visitor.open("/history")
    page.go_back()
    page.go_back()
    page.go_back()
    page.get_by_role("main").get_by_role("button", name="Rückgängig machen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Rückgängig gemacht"
    assert page.goto(f"{visitor.home}/projects/uferlesen").status in (404, 410)
    visitor.wrong.clear()  # the browser reports the missing page, which is what was wanted
    assert visitor.csp_violations() == []


def test_a_list_is_taken_over_without_scripts(visitor: Visitor) -> None:
    page = visitor.page.context.browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{visitor.home}/import")
    lines = "Projekt;Träger\nSteg streichen;Stegfreunde e.V.\n"
    page.set_input_files("#files", {"name": "steg.csv", "mimeType": "text/csv", "buffer": lines.encode()})
    page.get_by_role("button", name="Ansehen, was darin steht").click()
    page.wait_for_selector("#short")
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_role("main").get_by_role("button", name="Rückgängig machen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Rückgängig gemacht"
    page.context.close()


@pytest.mark.parametrize("width", [1280, 400])
def test_the_pages_of_the_import_are_accessible_and_fit(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    page = visitor.open("/import")
    assert visitor.findings() == []
    page.set_input_files("#files", {"name": "a.xlsx", "mimeType": "", "buffer": b"PK\x03\x04kaputt"})
    page.get_by_role("button", name="Ansehen, was darin steht").click()
    page.wait_for_selector("[role=alert]")
    assert "„a.xlsx“ ist beschädigt" in page.get_by_role("alert").inner_text()
    visitor.wrong.clear()  # the browser reports status 422, which is right
    page.set_input_files("#files", {"name": "ufer.xlsx", "mimeType": "", "buffer": _workbook()})
    page.get_by_role("button", name="Ansehen, was darin steht").click()
    _settled(page)
    page.locator(".line summary").first.click()
    assert visitor.findings() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("main").get_by_role("button", name="Wegwerfen").click()
    page.wait_for_url("**/import")
