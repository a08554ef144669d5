"""What upkeep costs in a whole district of 5 000 actors: `python -m pytest -s tests/benchmarks/bench_upkeep.py`."""

from __future__ import annotations

import random
import sys
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from builders import Quartier
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

PAGES = ("/upkeep", "/upkeep/confirm", "/upkeep/confirm?kind=project", "/upkeep/missing", "/upkeep/news")


def district(actors: int = 5000, projects: int = 1500, ties: int = 3000) -> Quartier:
    """A drawn district: each project with a Träger and three partners."""
    chance = random.Random(1)  # noqa: S311  # drawn, not secret
    quartier = Quartier()
    known = [quartier.actor(f"Verein {number}") for number in range(actors)]
    for number in range(projects):
        traeger, *partner = chance.sample(known, 4)
        quartier.project(f"Projekt {number}", traeger=[traeger], partner=partner, start=str(2010 + number % 15))
    for _ in range(ties):
        quartier.tie(*chance.sample(known, 2))
    return quartier


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    with district().store() as store:
        made = create_app(store)
        made.config["WTF_CSRF_ENABLED"] = False
        yield made


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_while_one_waits(app: Flask, path: str) -> None:
    """Again at the same data version, and anew after somebody confirmed an entry."""
    client = app.test_client()

    def milliseconds() -> float:
        begin = perf_counter()
        assert client.get(path).status_code == 200
        return (perf_counter() - begin) * 1000

    client.get(path)
    again = min(milliseconds() for _ in range(3))
    client.post("/upkeep/confirm", data={"one": f"actor/verein-{random.randrange(5000)}", "author": "Ada"})  # noqa: S311  # drawn, not secret
    anew = milliseconds()
    sys.stdout.write(f"\n{path}: {again:.0f} ms, after a change {anew:.0f} ms\n")
    assert again < 1000
