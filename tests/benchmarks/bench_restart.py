"""How soon a server that was killed answers again: `python -m pytest -s tests/benchmarks/bench_restart.py`.

From the start of the process to the whole first page of the example, beside a process that does no more than load
three of our libraries; both in turn, so that other work on the machine slows both.
Measured at four to five times.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
PEER = [sys.executable, "-c", "import flask, pyoxigraph, networkx"]
# Compiled modules are kept, as they are where Pankenetz is installed.
ENVIRONMENT = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
TIMES = 6


def restarted(data: Path) -> float:
    """Seconds to the first page; then the server is killed while it fills its caches."""
    begin = time.monotonic()
    command = [sys.executable, "-m", "webapp", "--data", data, "serve", "--example", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT
    ) as server:
        assert server.stdout
        with urlopen(server.stdout.readline().split()[1]) as answer:
            assert b"</html>" in answer.read()
        seconds = time.monotonic() - begin
        server.kill()
    return seconds


def test_a_server_that_was_killed_answers_within_seven_times_the_loading_of_three_libraries(tmp_path: Path) -> None:
    restarted(tmp_path / "data")  # brings the example
    ours, peers = [], []
    for _ in range(TIMES):
        ours.append(restarted(tmp_path / "data"))
        begin = time.monotonic()
        subprocess.run(PEER, check=True, env=ENVIRONMENT)
        peers.append(time.monotonic() - begin)
    sys.stdout.write(
        f"\nfirst page after {min(ours):.2f} s, the peer {min(peers):.2f} s: × {min(ours) / min(peers):.1f}\n"
    )
    assert min(ours) < 7 * min(peers)
