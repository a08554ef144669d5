"""The endpoint under test, once for all suites; without the suites beside the repository nothing can be tested."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from endpoint import Endpoint, serving
from manifests import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    if not FOLDER.is_dir():
        pytest.skip(f"the W3C suites are not at {FOLDER}: they belong beside the repository, not into it")
    with serving(tmp_path_factory.mktemp("scratch")) as running:
        yield running
