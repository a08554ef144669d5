"""Whoever clicks their way through a Quartier the app was not made for meets no page that broke."""

from __future__ import annotations

import html
import itertools
import re
from collections import Counter, deque
from typing import TYPE_CHECKING

import pytest
from drawn_districts import drawn_district

from builders import Quartier
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from graph.store import Store

PAGES, ALIKE = 120, 2
"""So many pages are looked at, of addresses that differ in what they name only so many."""
_LINK = re.compile(r'href="(/(?!static)[^"]*)"')
_NAMED = re.compile(r"(?<=/)[^/?]*\d[^/?]*|=[^&]*|(?<=s/)[^/?]+")


def alone() -> Store:
    """A Quartier of one actor."""
    quartier = Quartier()
    quartier.actor("Verein")
    return quartier.store()


@pytest.fixture(params=[lambda: Quartier().store(), alone, lambda: drawn_district(60).store()])
def client(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    """A visitor of one of these."""
    app = create_app(request.param())
    yield app.test_client()
    app.extensions["desk"].close()


def test_every_page_that_links_lead_to_answers(client: FlaskClient) -> None:
    waiting, seen, alike = deque(["/"]), {"/"}, Counter[str]()
    for path in itertools.islice(iter(waiting.popleft, None), PAGES):
        with client.get(path, headers={"Accept": "text/html"}) as answer:
            assert answer.status_code < 400, path
            page = answer.text if answer.mimetype == "text/html" else ""
        for found in _LINK.findall(page):
            link = html.unescape(found).partition("#")[0]
            kind = _NAMED.sub("", link)
            alike[kind] += link not in seen
            if link not in seen and alike[kind] <= ALIKE:
                waiting.append(link)
            seen.add(link)
        if not waiting:
            break
