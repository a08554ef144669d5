"""How soon the explorer is ready: `python -m pytest -s tests/benchmarks/bench_explorer.py`.

From the click to the complete picture, with its tables, over a real server; the places of the nodes were computed when
the data came, as always. Chromium without GPU on the machine at hand.

Measured November 2026 on 2 busy cores, at real-time priority: 300 nodes ready after 0.27 s, 3 000 after 0.51 s, 10 000
after 1.41 s.
"""

from __future__ import annotations

import random
import shutil
import sys
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright
from waitress.server import create_server

from builders import Quartier
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from graph.store import Store

TIES_PER_PROJECT = 4


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def quartier(nodes: int) -> Store:
    """Half actors, half projects with a Träger and partners from the neighbourhood."""
    chance = random.Random(1)  # noqa: S311  # a made-up network, not a secret
    made = Quartier()
    actors = [made.actor(f"Träger {number} e. V.") for number in range(nodes // 2)]
    for number in range(nodes // 2):
        near = [actors[(number + round(chance.gauss(0, 12))) % len(actors)] for _ in range(TIES_PER_PROJECT)]
        made.project(f"Projekt {number}", traeger=near[:1], partner=set(near[1:]) - {near[0]}, start="2023")
    return made.store()


@pytest.mark.parametrize(("nodes", "most"), [(300, 1.0), (3000, 1.5), (10000, 2.5)])
def test_the_explorer_is_ready_soon(chromium: Browser, nodes: int, most: float) -> None:
    with quartier(nodes) as store:
        app = create_app(store)
        server = create_server(app, host="127.0.0.1", port=0)
        home = f"http://127.0.0.1:{server.effective_port}"
        Thread(target=server.run, daemon=True).start()
        path = "/network?view=projects&everything=yes"
        app.test_client().get(path)
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{home}/network?focus=actor/traeger-1-e-v")  # styles and scripts are kept
        page.goto(home + path, wait_until="commit")
        seconds = 0.0
        while not seconds:
            page.wait_for_timeout(20)
            seconds = page.evaluate("document.documentElement.dataset.networkReady ? performance.now() / 1000 : 0")
        edges = page.inner_text("#network-tables summary >> nth=1")
        sys.stdout.write(f"\n{nodes} nodes, {edges}: ready after {seconds:.2f} s\n")
        page.close()
        server.close()
    assert seconds <= most
