"""Whatever step of a change the disk refuses. Every step: `python tests/faults/steps.py`; here a slice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).parent / "steps.py"


@pytest.mark.skipif(sys.platform != "linux", reason="needs seccomp")
@pytest.mark.parametrize(
    ("kind", "every"), [("small", 97), ("undo", 113), ("compact", 131), ("restore", 101), ("account", 53)]
)
def test_a_step_that_is_refused_loses_nothing_and_leaves_nothing_half(kind: str, every: int) -> None:
    """In a process of its own: those it forks must not take over threads of the test run."""
    command = [sys.executable, SCRIPT, str(every), kind]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
