"""What pages of the example cost, beside the emptiest answer: `python -m pytest -s tests/benchmarks/bench_pages.py`.

In processor seconds, so that other work on the machine does not count much; run it when the machine is calm.

Measured November 2026: pages 10 to 26 ms, the actor with most on its page 85 ms; right after a change 84 to 285 ms.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import graph
from graph import changes
from graph.example import load
from ontology.terms import SKOS
from webapp import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from graph.store import Store

PAGES = (
    "/",
    "/actors",
    "/search?q=panke",
    "/actors/qm-pankstrasse",
    "/projects/kool-im-kiez-1",
    "/handlungsfelder/2022-4",
    "/rounds/2022",
)
CHANGED = ("/", "/actors/qm-pankstrasse", "/actors/hhs", "/projects/kool-im-kiez-1")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with graph.open(None) as opened:
        load(opened)
        yield opened


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    return create_app(store).test_client()


def seconds_for(client: FlaskClient, path: str) -> float:
    begin = time.process_time()
    client.get(path)
    return time.process_time() - begin


def test_pages_seen_before_are_there_in_a_tenth_of_a_second(client: FlaskClient) -> None:
    peer = min(seconds_for(client, "/healthz") for _ in range(5))
    for path in PAGES:
        client.get(path)
        seconds = min(seconds_for(client, path) for _ in range(5))
        sys.stdout.write(f"\n{path}: {seconds * 1000:.0f} ms, {seconds / peer:.0f} × /healthz")
        assert seconds < 0.1, path


def test_right_after_a_change_pages_are_there_in_three_tenths_of_a_second(store: Store, client: FlaskClient) -> None:
    hhs = NamedNode(f"{store.base_iri}actor/hhs")
    for path in CHANGED:
        client.get(path)
        seconds = []
        for number in range(3):
            remark = Literal(f"{path} {number}", language="de")
            new = Quad(hhs, NamedNode(SKOS.note), remark, store.graphs.data("x"))
            changes.commit(store, added=[new], author="Test", reason="Test", check=False)
            seconds.append(seconds_for(client, path))
        sys.stdout.write(f"\n{path} after a change: {min(seconds) * 1000:.0f} ms")
        assert min(seconds) < 0.3, path
