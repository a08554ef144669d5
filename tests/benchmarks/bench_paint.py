"""How soon something is seen: `python -m pytest -s tests/benchmarks/bench_paint.py`.

The first paint of start and entry pages of the example in a Chromium that runs already, as on a desk: on the way from
another page, and told beside it, on the very first visit, when styles, scripts and fonts must come as well. The peer is
the page that holds the least, which is what Chromium itself takes.
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

PAGES = ("/", "/actors/silent-green-a", "/actors/qm-pankstrasse", "/projects/kool-im-kiez-1", "/handlungsfelder/2022-4")
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
        page.wait_for_timeout(200)
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
        for path in PAGES:
            painted = first_paint(chromium, home, path, before="/projects")
            first_ever = first_paint(chromium, home, path, before="/healthz")
            sys.stdout.write(f"\n{path}: {painted:.0f} ms, {painted / least:.1f} × /healthz; ever: {first_ever:.0f} ms")
            assert painted < 300, path
