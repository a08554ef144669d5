"""What a server tells those who run it: who changed something, what was slow, what broke; never what it was about.

A line names the route, not the address; the account by a mark that `pankenetz account list` explains; of an error where
it happened, not what it said: names, addresses and passwords can stand in all of those.
"""

from __future__ import annotations

import logging
import os
import sys
import time
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Any, Final

from flask import g, got_request_exception, request

from graph.errors import StoreError
from webapp import current, rights

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from flask import Flask, Response

SLOW: Final = 3.0
"""Seconds from which on a page is worth a line."""
LARGEST, KEPT = 1_000_000, 5
"""Bytes of a file of lines, and how many older ones are kept."""
_log = logging.getLogger(__name__)


class Lines(logging.Formatter):
    """One line per event, and of an error the places it came through."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")

    def formatException(self, ei: Any) -> str:  # noqa: N802  # a name of the standard library
        """Where it happened; what it said only where that is about the disk."""
        return "\n".join(_places(*ei))


def _places(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> list[str]:
    reason = ""
    if isinstance(error, StoreError):
        reason = f": {error}"
    elif isinstance(error, OSError):
        reason = f": {os.strerror(error.errno or 0)}"
    frames = traceback.extract_tb(trace)
    return [f"  {kind.__name__}{reason}", *(f"  {one.filename}:{one.lineno} {one.name}" for one in frames)]


class _File(RotatingFileHandler):
    """A file that its owner alone reads; where the disk is full, lines are lost and nothing else."""

    def _open(self) -> TextIOWrapper:
        return TextIOWrapper(open(self.baseFilename, "ab", opener=_private), encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # a name of the standard library
        """Say nothing: it would go where the line could not."""


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _is_worth_it(record: logging.LogRecord) -> bool:
    """Whether a line is ours, or a library warns: what those do step by step helps nobody."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in {"webapp", "graph"}


def begin(file: Path | None) -> None:
    """Write lines to standard error, and to a file if one was named.

    Raises:
        OSError: the file cannot be written.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if file:
        handlers.append(_File(file, maxBytes=LARGEST, backupCount=KEPT))
    for handler in handlers:
        handler.setFormatter(Lines())
        handler.addFilter(_is_worth_it)
    logging.basicConfig(level=logging.INFO, handlers=handlers, force=True)


def install(app: Flask) -> None:
    """Have requests tell what is worth a line."""
    app.logger.disabled = True  # its line on an error names the address, which may name a person
    app.before_request(_start)
    app.after_request(_tell)
    got_request_exception.connect(_broke, app)


def _start() -> None:
    g.begun = time.monotonic()


def _tell(response: Response) -> Response:
    seconds = time.monotonic() - g.get("begun", time.monotonic())
    is_change = request.method not in rights.READING and rights.need(request.endpoint, request.method) != "public"
    if is_change or seconds > SLOW or response.status_code >= 500:
        _log.info("%s %s %d %.1f s%s", request.method, request.endpoint, response.status_code, seconds, _who())
    return response


def _who() -> str:
    one = rights.asker()
    mark = rights.accounts().mark(one.name) if one.name else one.via or "nobody"
    return f", {mark}, data version {current.dataset().version}"


def _broke(_app: Flask, exception: BaseException) -> None:
    _log.error("%s %s broke", request.method, request.endpoint, exc_info=exception)
