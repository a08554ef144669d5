"""A real server in a process of its own and a real Chromium that watches what the pages do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
# Everything that would make Chromium talk to its maker is switched off; the tests fail on any foreign request.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
WATCH_CSP = """document.addEventListener('securitypolicyviolation',
  e => (window.__csp = window.__csp || []).push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all browser tests, and keep them in one worker, which then shares one server and one Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `pankenetz serve --example` on a fresh data directory."""
    command = [sys.executable, "-m", "webapp", "--data", str(tmp_path_factory.mktemp("data")), "serve",
               "--example", "--port", "0"]  # fmt: skip
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env=dict(os.environ)) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Pankenetz: http://127.0.0.1:"), line
        yield line.removeprefix("Pankenetz: ").strip().rstrip("/")
        process.terminate()
        assert process.wait(timeout=20) == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One person with one tab; remembers what the pages did wrong."""

    page: Page
    home: str
    foreign: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a page of the app and check that it answered."""
        answer = self.page.goto(self.home + path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        return self.page

    def findings(self) -> list[str]:
        """What axe-core finds on the page as it stands now, one line for each."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate("axe.run().then(result => result.violations)")
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]

    def csp_violations(self) -> list[str]:
        """What the Content-Security-Policy had to stop on this page."""
        return self.page.evaluate("window.__csp || []")


@pytest.fixture
def visitor(chromium: Browser, server: str) -> Iterator[Visitor]:
    """A visitor at 1280 × 900; afterwards nothing foreign was asked for and no script failed."""
    context: BrowserContext = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    context.add_init_script(WATCH_CSP)
    one = Visitor(context.new_page(), server)
    one.page.on(
        "request", lambda r: one.foreign.append(r.url) if not r.url.startswith((server, "data:", "blob:")) else None
    )
    one.page.on("pageerror", lambda error: one.wrong.append(str(error)))
    one.page.on("console", lambda m: one.wrong.append(m.text) if m.type == "error" else None)
    yield one
    context.close()
    assert one.foreign == []
    assert one.wrong == []
