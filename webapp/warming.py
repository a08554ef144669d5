"""Fill the caches before somebody waits for them: when the server starts, and after every change."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from webapp import current, rights

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

PAGES: Final = ("/", "/search.json?q=pankenetz", "/actors", "/network.json", "/gaps", "/measures", "/sparql")
"""What is asked for: together they make most of what the others need too."""
GRACE: Final = 1.0
"""Seconds after the start that belong to whoever asks at once; filling caches meanwhile would make them wait longer."""
REST: Final = 0.3
"""Seconds without a change before they are asked for again: an import or a row of clicks is waited for."""
RELIEF: Final = 9.0
"""So many times as long as a round took the next one waits: where people save all the time, they come first."""
_HEADERS: Final = {"Accept": "text/html", "Cache-Control": "no-cache"}
WORTH_IT: Final = 5.0
"""Seconds that one round may take. In larger networks what nobody may ask for would slow down those who ask now."""


def warm(app: Flask, ended: Callable[[], bool]) -> None:
    """Ask for the pages, start the processes that answer SPARQL, and go on so after each change until it has ended.

    Args:
        app: whose caches.
        ended: whether to stop; asked between two pages and at least every second.
    """
    with app.app_context():
        store = current.store()
    changed = threading.Event()
    unsubscribe = store.subscribe(lambda *_: changed.set())
    try:
        time.sleep(GRACE)
        seconds = _ask(app, ended)
        with app.app_context():
            if not ended():
                current.sandbox().warm()
        while not ended():
            if not changed.wait(1):
                continue
            while changed.is_set():
                changed.clear()
                time.sleep(REST)
            if seconds < WORTH_IT:
                seconds = _ask(app, ended)
                _pause(RELIEF * seconds, ended)
    finally:
        unsubscribe()


def _ask(app: Flask, ended: Callable[[], bool]) -> float:
    """Ask for every page once; the seconds it took."""
    client, begin = app.test_client(), time.monotonic()
    for path in () if app.extensions["scratch"] else PAGES:
        if not ended():
            client.get(path, headers=_HEADERS, environ_overrides={rights.ASKER: rights.MACHINE})
    return time.monotonic() - begin


def _pause(seconds: float, ended: Callable[[], bool]) -> None:
    """Do nothing for so long, or until it has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not ended():
        time.sleep(REST)
