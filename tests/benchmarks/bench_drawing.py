"""How fast pictures are redrawn while somebody drags: `python -m pytest -s tests/benchmarks/bench_drawing.py`.

Ours against plain pyvis with the same places and physics off, in the same Chromium, one after the other. Software
rendering on a machine without GPU: compare the ratio, not the figures.

Measured November 2026 on 2 busy cores, at real-time priority: the whole example 55 redraws a second; 3 000 nodes with
12 000 edges 40.6, plain pyvis 8.6, which is 4.7 times.
"""

from __future__ import annotations

import random
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright
from pyvis.network import Network

from graph import picture
from graph.picture import Edge, Node, View, ViewState
from graph.picture.pages import picture as drawn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from graph.store import Store

SECONDS = 3
COUNT_REDRAWS = """() => { window.redraws = 0;
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...all) {
    window.redraws += 1;
    return clear.apply(this, all);
  } }"""


def say(text: str) -> None:
    """Show a figure (pytest -s)."""
    sys.stdout.write(f"\n{text}\n")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless; foreign hosts do not resolve, as for a visitor without internet."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    flags = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def circles(count: int, ties: int) -> View:
    """Circles of thirty on a grid, tied mostly within."""
    chance = random.Random(1)  # noqa: S311  # a made-up network, not a secret
    places = [
        ((n // 30 % 10) * 700 + chance.gauss(0, 160), (n // 300) * 700 + chance.gauss(0, 160)) for n in range(count)
    ]
    kinds = list(picture.KINDS)
    nodes = tuple(
        Node(f"actor/n{n}", f"Träger {n} e. V.", kinds[n % len(kinds)], "", 2 * ties // count, x=x, y=y)
        for n, (x, y) in enumerate(places)
    )
    pairs = [(one, (one // 30) * 30 + chance.randrange(30)) for one in (chance.randrange(count) for _ in range(ties))]
    edges = tuple(
        Edge(f"actor/n{one}", f"actor/n{min(other, count - 1)}", "shared", via=("x",)) for one, other in pairs
    )
    return View(ViewState(), nodes=nodes, edges=edges, total=count)


def plain_pyvis(view: View, file: Path) -> None:
    """The same nodes, places and edges as plain pyvis writes them, its libraries inlined."""
    plain = Network(height="800px", width="100%", cdn_resources="in_line")
    plain.toggle_physics(status=False)
    for node in drawn(view).nodes:
        plain.add_node(
            node["id"], label=node["label"], shape=node["shape"], x=node["x"], y=node["y"], size=node["size"]
        )
    # Its own add_edge looks through all edges for each: too slow to wait for.
    plain.edges = [{"from": edge.source, "to": edge.target} for edge in view.edges]
    file.write_text(plain.generate_html(), encoding="utf-8")


def redraws_per_second(page: Page, selector: str) -> float:
    """Redraws while the picture is dragged to and fro, a step of the mouse as often as the page allows."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(COUNT_REDRAWS)
    begin = page.evaluate("performance.now()")
    step = 0
    while page.evaluate("performance.now()") - begin < SECONDS * 1000:
        step += 1
        page.mouse.move(x + 150 * (step % 20) / 20, y + 80 * (step % 7) / 7)
    seconds = (page.evaluate("performance.now()") - begin) / 1000
    page.mouse.up()
    return float(page.evaluate("window.redraws") / seconds)


def measured(chromium: Browser, file: Path, selector: str) -> float:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(file.as_uri())
    page.wait_for_timeout(2500)
    speed = redraws_per_second(page, selector)
    page.close()
    return speed


def test_dragging_the_whole_example_redraws_at_least_twenty_times_a_second(
    chromium: Browser, example: Store, tmp_path: Path
):
    file = tmp_path / "example.html"
    file.write_text(picture.one_file(example, state=ViewState(view="all", everything=True)), encoding="utf-8")
    ours = measured(chromium, file, "canvas")
    say(f"whole example: {ours:.0f} redraws/s")
    assert ours >= 20


def test_dragging_three_thousand_nodes_is_more_fluent_than_in_plain_pyvis(chromium: Browser, tmp_path: Path):
    view = circles(3000, 12000)
    (tmp_path / "ours.html").write_text(drawn(view).generate_html(), encoding="utf-8")
    plain_pyvis(view, tmp_path / "theirs.html")
    ours = measured(chromium, tmp_path / "ours.html", "canvas")
    theirs = measured(chromium, tmp_path / "theirs.html", "canvas")
    say(f"3 000 nodes, 12 000 edges: {ours:.1f} redraws/s, plain pyvis {theirs:.1f}: {ours / theirs:.1f} times")
    assert ours >= 2.5 * theirs
