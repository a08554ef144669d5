"""A client of the endpoint under test: `pankenetz serve --scratch` in a process of its own."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0]


class Endpoint:
    """Asks over one connection that is kept."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)

    def close(self) -> None:
        self._connection.close()

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
        self._connection.request(method, path, body or None, dict(headers or {}))
        answer = self._connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def query(self, text: str, accept: str) -> Reply:
        return self.ask(
            "POST", "/sparql", text.encode(), {"Content-Type": "application/sparql-query", "Accept": accept}
        )

    def update(self, text: str) -> Reply:
        return self.ask("POST", "/sparql", text.encode(), {"Content-Type": "application/sparql-update"})

    def load(self, quads: Sequence[ox.Quad]) -> None:
        """Have the dataset be these quads."""
        body = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        reply = self.ask("PUT", "/graph-store", body, {"Content-Type": "application/n-quads"})
        assert reply.status == 204, reply

    def content(self) -> list[ox.Quad]:
        reply = self.ask("GET", "/graph-store", headers={"Accept": "application/n-quads"})
        return list(ox.parse(reply.body, ox.RdfFormat.N_QUADS))


@contextmanager
def serving(data: Path) -> Iterator[Endpoint]:
    """The product's own command, on a free port."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PANKENETZ_DATA": str(data)}
    command = [sys.executable, "-m", "webapp", "serve", "--scratch", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as server:
        try:
            with closing(Endpoint(server.stdout.readline().split()[-1])) as endpoint:
                yield endpoint
        finally:
            server.terminate()
