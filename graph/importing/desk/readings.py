"""The process beside the server that reads an upload, as the server sees it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

STEPS: Final = ("waiting", "files", "tables", "rows", "names", "links", "store", "rows shown")
"""What a reading goes through, in this order."""
LONGEST: Final = 300.0
"""Seconds a reading may take."""
_PROJECT: Final = str(Path(__file__).parents[3])


@dataclass
class Reading:
    """One process at work on one upload.

    Attributes:
        key: of what it reads: files, mapping, round, judgements.
        step: the one of `STEPS` it is at.
        failure: "" if all went well; "too long" or "broke" if it ended otherwise.
        is_stopped: given up, because something else was said since.
        done: set when it has ended.
    """

    key: str
    step: str = "waiting"
    failure: str = ""
    is_stopped: bool = False
    done: threading.Event = field(default_factory=threading.Event)
    _process: subprocess.Popen[bytes] | None = None

    def run(self, job: bytes) -> None:
        """Have a process do the job that `graph.importing.desk.worker` describes, and follow its steps to its end."""
        path = os.pathsep.join(filter(None, (_PROJECT, os.environ.get("PYTHONPATH"))))
        with subprocess.Popen(
            [sys.executable, "-m", "graph.importing.desk.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C is meant for the server, which then ends it
        ) as process:
            self._process = process
            if self.is_stopped:
                process.kill()
            alarm = threading.Timer(LONGEST, self._give_up)
            alarm.start()
            try:
                self._follow(process, job)
            finally:
                alarm.cancel()
        self._process = None
        if process.returncode != 0 and not self.is_stopped:
            self.failure = self.failure or "broke"

    def stop(self) -> None:
        """End it; what it has written so far is not used."""
        self.is_stopped = True
        if self._process:
            self._process.kill()

    def _follow(self, process: subprocess.Popen[bytes], job: bytes) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError), process.stdin:  # one that ended early says why by its exit status
            process.stdin.write(job)
        for line in process.stdout:
            self.step = line.decode().strip()

    def _give_up(self) -> None:
        self.failure = "too long"
        if self._process:
            self._process.kill()
