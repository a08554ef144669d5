"""A Quartier with a past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from changed import quartier_with_a_past

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store


@pytest.fixture
def past() -> Iterator[Store]:
    with quartier_with_a_past() as store:
        yield store
