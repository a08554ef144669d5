"""Whatever is asked, a defect is no answer. Ten thousand requests: `python tests/faults/wild.py`; here a slice."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def test_no_wild_request_is_answered_with_500() -> None:
    spec = importlib.util.spec_from_file_location("wild_requests", Path(__file__).parent / "wild.py")
    assert spec
    assert spec.loader
    wild = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(wild)
    assert list(wild.failures(150, 7)) == []
