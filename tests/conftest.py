"""What many tests share: the example, loaded once, and the app over it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import graph
import graph.example

# How long one example takes says how busy the machine is, and nothing else. A change is tested with the same examples
# as the one before; who looks for new ones asks for them.
settings.register_profile("suite", deadline=None, derandomize="PANKENETZ_RANDOM" not in os.environ)
settings.load_profile("suite")

sys.path.insert(0, str(Path(__file__).parent))  # `import builders` from every folder of tests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from graph.checks import Finding
    from graph.store import Store


@pytest.fixture(scope="session")
def example() -> Iterator[Store]:
    """The Pankstraße example in memory; tests may read it, never change it."""
    with graph.open(None) as store:
        graph.example.load(store)
        yield store


@pytest.fixture(scope="session")
def findings(example: Store) -> list[Finding]:
    """What the reference check says of the example; it takes its time."""
    from graph import checks

    return list(checks.findings(example))


@pytest.fixture(scope="session")
def app(example: Store) -> Iterator[Flask]:
    """The app over the example, with the real sandbox."""
    from graph.sandbox import Sandbox
    from webapp import create_app

    sandbox = Sandbox(example)
    yield create_app(example, sandbox=sandbox)
    sandbox.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without cookies."""
    return app.test_client()
