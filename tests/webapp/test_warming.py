"""Nobody waits for caches: the slow pages are asked for at the start and after each change."""

from __future__ import annotations

import threading

from flask import request

from builders import Quartier
from graph import editing
from webapp import create_app, warming


def test_the_pages_are_asked_for_at_the_start_and_once_after_a_row_of_changes():
    with Quartier().store() as store:
        app, asked, rounds = create_app(store), [], [threading.Event(), threading.Event()]
        ended = threading.Event()

        @app.after_request
        def note(answer):
            asked.append((request.path, answer.status_code))
            if request.path == "/sparql":
                rounds[len(asked) // len(warming.PAGES) - 1].set()
            return answer

        thread = threading.Thread(target=warming.warm, args=(app, ended.is_set))
        thread.start()
        assert rounds[0].wait(60)
        for name in ("Haus", "Hof"):
            editing.save(store, "actor", None, {"type": ["Akteur"], "name": [name]}, author="Ada")
        assert rounds[1].wait(60)
        ended.set()
        thread.join()
    paths = [page.partition("?")[0] for page in warming.PAGES]
    assert asked == [(path, 200) for path in paths * 2]


def test_a_large_network_is_not_asked_for_after_each_change(monkeypatch):
    monkeypatch.setattr(warming, "WORTH_IT", 0.0)
    monkeypatch.setattr(warming, "REST", 0.0)
    with Quartier().store() as store:
        app, asked, turns = create_app(store), [], iter(range(30))
        app.after_request(lambda answer: asked.append(request.path) or answer)

        def ended():
            turn = next(turns)
            if turn == len(warming.PAGES):  # the first round is over
                editing.save(store, "actor", None, {"type": ["Akteur"], "name": ["Haus"]}, author="Ada")
            return turn > len(warming.PAGES) + 3

        warming.warm(app, ended)
    assert len(asked) == len(warming.PAGES)
