"""SPARQL servers to keep the data on, started for a test on this machine only, with nothing in them."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OXIGRAPH = next((one.locate() for one in metadata.files("oxigraph") or () if one.name == "oxigraph"), None)
VIRTUOSO, ISQL = (shutil.which(name) for name in ("virtuoso-t", "isql-vt"))
_PATIENCE = 120.0

_SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


@contextmanager
def oxigraph() -> Iterator[str]:
    """Where Oxigraph's server answers; its dataset is in memory."""
    assert OXIGRAPH, "Oxigraph's server is missing: pip install oxigraph"
    port = _free_port()
    with _running([str(OXIGRAPH), "serve", "--bind", f"127.0.0.1:{port}"]):
        _wait(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D")
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Where Virtuoso answers; its files are in the folder."""
    assert VIRTUOSO, "Virtuoso is missing: apt-get install virtuoso-opensource-7"
    sql, http = _free_port(), _free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(_SETTINGS.format(folder=folder, sql=sql, http=http))
    with _running([VIRTUOSO, "+foreground", "+configfile", str(settings)]):
        _wait(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D")
        rights = folder / "rights.sql"
        rights.write_text('GRANT SPARQL_UPDATE TO "SPARQL";')
        subprocess.run([ISQL, f"127.0.0.1:{sql}", "dba", "dba", str(rights)], check=True, capture_output=True)
        yield f"http://127.0.0.1:{http}/sparql"


@contextmanager
def _running(command: list[str]) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.kill()  # nothing in it is wanted any more


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait(url: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"{url} does not answer")
