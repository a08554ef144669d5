"""A real server in a process of its own, and a visitor who watches what the pages do."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
PATIENCE = 120_000
"""Milliseconds after which a page does not come: many times what it takes on a machine busy with much else."""
WATCH_CSP = """document.addEventListener('securitypolicyviolation',
  e => (window.__csp = window.__csp || []).push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile))"""


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """The address of `pankenetz serve` on a data directory; afterwards it was ended cleanly."""
    command = [sys.executable, "-m", "webapp", "--data", str(folder), "serve", *options, "--port", "0"]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env=dict(os.environ)) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Pankenetz: http://127.0.0.1:"), line
        try:
            yield line.removeprefix("Pankenetz: ").strip().rstrip("/")
        finally:
            process.terminate()
        assert process.wait(timeout=20) == 0


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

    def wait_for_pictures(self) -> None:
        """Wait until the network, if there is one, is drawn."""
        self.wait_until("!document.querySelector('canvas') || document.documentElement.dataset.networkReady === 'true'")

    def wait_until(self, state: str) -> None:
        """Wait for a state of the page, said in JavaScript (the CSP forbids Playwright's own waiting by script)."""
        for _ in range(PATIENCE // 50):
            if self.page.evaluate(f"document.documentElement !== null && Boolean({state})"):  # null: between two pages
                return
            self.page.wait_for_timeout(50)
        message = f"not after {PATIENCE} ms: {state} at {self.page.url}"
        raise AssertionError(message)

    def findings(self, *but: str) -> list[str]:
        """What axe-core finds on the page as it stands now, one line for each; some rules may be left out."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate(
            """rules => axe.run({ resultTypes: ['violations'], rules }).then(result => result.violations)""",
            {rule: {"enabled": False} for rule in but},
        )
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]

    def csp_violations(self) -> list[str]:
        """What the Content-Security-Policy had to stop on this page."""
        return self.page.evaluate("window.__csp || []")


@contextmanager
def visiting(chromium: Browser, server: str, **options: Any) -> Iterator[Visitor]:
    """A visitor at 1280 × 900; afterwards nothing foreign was asked for and no script failed."""
    context: BrowserContext = chromium.new_context(
        **{"viewport": {"width": 1280, "height": 900}, "locale": "de-DE", **options}
    )
    context.set_default_timeout(PATIENCE)
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
