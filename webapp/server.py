"""The server on its port: from the socket to the last answer, and how it is told to end."""

from __future__ import annotations

import errno
import http.client
import os
import signal
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from graph.cli.errors import system_reason
from graph.cli.frame import note
from graph.cli.words import ENGLISH, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

ENGLISH.update(
    {
        "Noch gibt es keine Konten: Nur dieser Rechner kommt herein. Das erste legen Sie auf {address} an.": (
            "There are no accounts yet: only this machine gets in. You make the first one at {address}."
        ),
        "Der Anschluss {port} ist schon belegt. Bitte mit --port einen anderen nennen; --port 0 sucht einen freien.": (
            "Port {port} is already in use. Please name another with --port; --port 0 finds a free one."
        ),
        "Auf {host}:{port} lässt sich kein Anschluss öffnen ({reason}).": (
            "No port can be opened on {host}:{port} ({reason})."
        ),
    }
)

PATIENCE = 3
"""Seconds that running requests are given to end when the server does."""

IN_MEMORY = 64 * 2**20
"""Bytes of an answer that wait for their reader in memory, more in a file: the sandbox's longest answers are in it."""

THREADS = 16
"""More than can run or wait in the sandbox (10), so that pages are answered while strangers' queries fill it."""


class Ending:
    """The end that Ctrl-C or SIGTERM ask for, at any moment and as often as they like.

    Attributes:
        is_asked: whether one of them came.
        wake: how to tell the server, once there is one; before, the main thread is interrupted where it is.
    """

    def __init__(self) -> None:
        self.is_asked = False
        self.wake: Callable[[], object] | None = None
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, _signal: int, _frame: object) -> None:
        is_first, self.is_asked = not self.is_asked, True
        if self.wake:
            self.wake()
        elif is_first:  # a second one must not interrupt the end
            raise SystemExit(0)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A bound socket."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        if os.name == "posix":  # elsewhere this would let two servers share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(128)
        except OSError as error:
            taken = (
                "Der Anschluss {port} ist schon belegt. "
                "Bitte mit --port einen anderen nennen; --port 0 sucht einen freien."
            )
            other = "Auf {host}:{port} lässt sich kein Anschluss öffnen ({reason})."
            words = taken if error.errno == errno.EADDRINUSE else other
            raise click.ClickException(said(words, host=host, port=port, reason=system_reason(error))) from error
        yield listener


def answer(app: Flask, listener: socket.socket, ending: Ending, *, open_: bool) -> None:
    """Run the server until its end is asked for."""
    from waitress import wasyncore
    from waitress.server import create_server

    sockets: dict[int, Any] = {}
    # Only a server that reads ahead notices that a browser went away, which ends its query.
    server: Any = create_server(
        app,
        map=sockets,
        sockets=[listener],
        threads=THREADS,
        channel_request_lookahead=1,
        ident=None,
        outbuf_overflow=IN_MEMORY,
        # Whom to believe is settled in `webapp.security`; by itself waitress takes away what any server in front says.
        clear_untrusted_proxy_headers=not app.config["PROXIES"],
    )
    ending.wake = server.pull_trigger
    threading.Thread(target=_begin, args=(app, listener.getsockname(), ending, open_), daemon=True).start()
    while not ending.is_asked:
        wasyncore.loop(timeout=1, map=sockets, count=1)
    server.task_dispatcher.shutdown(timeout=PATIENCE)
    if app.extensions["sandbox"] is not None:
        app.extensions["sandbox"].close()
    if "desk" in app.extensions:
        app.extensions["desk"].close()


def _begin(app: Flask, address: tuple[Any, ...], ending: Ending, open_: bool) -> None:
    """Say where the app is once it answers, show it if that was asked for, and fill its caches."""
    host, port = address[:2]
    while not _answers(host, port) and not ending.is_asked:
        time.sleep(0.02)
    place = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    click.echo(f"Pankenetz: {place}")
    if not app.extensions["accounts"].accounts():
        words = "Noch gibt es keine Konten: Nur dieser Rechner kommt herein. Das erste legen Sie auf {address} an."
        note(said(words, address=f"{place}accounts"))
    if open_:
        import webbrowser

        webbrowser.open(place)
    from webapp import warming

    warming.warm(app, lambda: ending.is_asked)


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
