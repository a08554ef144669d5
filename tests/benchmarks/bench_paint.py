"""How soon something is seen: `python -m pytest -s tests/benchmarks/bench_paint.py`.

The first paint of start, explorer and entry pages of the example in a Chromium that runs already, as on a desk: on the
way from another page, and on the very first visit, when styles, scripts and fonts must come as well. The peer is the
page that holds the least, which is what Chromium itself takes. Playwright listens to every request, which the browser
waits for; without it all of it is some 30 ms less.

Measured November 2026 on 2 cores, at real-time priority on a quiet day, from another page and ever: start 136 and 176
ms, explorer 172 and 220, an actor 124 and 204, the actor with most on its page 216 and 292, a project 132 and 184, a
Handlungsfeld 156 and 216; /healthz 44. On a slower day, without priority, five runs: start 132–184 and 216–260,
explorer 200–288 and 280–316, an actor 140–220 and 216–312, the one with most 244–316 and 276–344 (of which our server
takes 15), a project 156–212 and 220–256, a Handlungsfeld 176–224 and 224–268; /healthz 55–60. So the bound is a ratio:
the 300 ms that are asked for are 6.8 times what /healthz took on the quiet day.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from browsing import served
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

PAGES = (
    *("/", "/network", "/actors/silent-green-a", "/actors/qm-pankstrasse"),
    *("/projects/kool-im-kiez-1", "/handlungsfelder/2022-4"),
)
BOUND = 6.8
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def first_paint(chromium: Browser, home: str, path: str, *, before: str) -> float:
    """Milliseconds from the click on the page `before` to the first letter or picture, the middle of seven visits."""
    seen = []
    for _ in range(7):
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(home + before)
        page.wait_for_timeout(800)  # until the window of the new visitor, which is no part of a visit, is there
        page.goto(home + path)
        while not (painted := page.evaluate(PAINT)):
            page.wait_for_timeout(20)
        seen.append(float(painted))
        context.close()
    return statistics.median(seen)


def test_start_and_entry_pages_are_seen_within_three_tenths_of_a_second(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path, "--example") as home:
        for path in PAGES:
            urlopen(home + path).read()  # our own server
        least = first_paint(chromium, home, "/healthz", before="/healthz")
        slow = []
        for path in PAGES:
            painted = first_paint(chromium, home, path, before="/projects")
            first_ever = first_paint(chromium, home, path, before="/healthz")
            sys.stdout.write(f"\n{path}: {painted:.0f} ms, {painted / least:.1f} × /healthz; ever: {first_ever:.0f} ms")
            slow += [path] if max(painted, first_ever) >= BOUND * least else []
    assert not slow
