"""The newcomer's way in Debian's Firefox, over WebDriver BiDi.

Playwright's Firefox is a patched build, and Debian has no geckodriver, which Selenium needs; but Firefox speaks BiDi
itself, which is JSON over a WebSocket.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from websockets.sync.client import ClientConnection

LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
# Nothing that talks to Firefox' maker: the tests fail on any foreign request that a page makes.
PREFERENCES = """user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.normandy.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
"""


class Firefox:
    """One tab; remembers what its pages logged as errors and which other hosts they asked."""

    def __init__(self, socket: ClientConnection, home: str) -> None:
        self.home = home
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self._socket = socket
        self._number = 0
        self.tell("session.new", capabilities={})
        self.tell("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        # A tab of its own: in the one that Firefox begins with nothing ever has the focus.
        self._tab = self.tell("browsingContext.create", type="tab")["context"]

    def tell(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give one command and wait for its answer, noting what happens meanwhile."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=60))
            if message.get("id") == self._number:
                assert message["type"] == "success", message
                answer: dict[str, Any] = message["result"]
                return answer
            self._note(message)

    def open(self, path: str) -> None:
        """Open a page of the app and wait until it is loaded."""
        self.tell("browsingContext.navigate", context=self._tab, url=self.home + path, wait="complete")

    def run(self, script: str) -> Any:
        """The value of a script in the page: text, number, boolean."""
        target = {"context": self._tab}
        answer = self.tell("script.evaluate", expression=script, target=target, awaitPromise=True)
        assert answer["type"] == "success", answer
        return answer["result"].get("value")

    def type(self, text: str) -> None:
        """Type into the field that has the focus."""
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": keys}]
        self.tell("input.performActions", context=self._tab, actions=actions)

    def wait(self, script: str) -> None:
        """Wait until a script says true."""
        self._until(lambda: self.run(script) is True, script)

    def _until(self, is_so: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + 20
        while not is_so():
            assert time.monotonic() < end, f"not after 20 s: {what}"
            time.sleep(0.05)

    def _note(self, message: dict[str, Any]) -> None:
        told = message.get("params", {})
        if message.get("method") == "log.entryAdded" and told["level"] == "error":
            self.errors.append(told["text"])
        if message.get("method") == "network.beforeRequestSent":
            address = told["request"]["url"]
            if told.get("context") and not address.startswith((self.home, "data:", "blob:", "about:")):
                self.foreign.append(address)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A headless Firefox with a fresh profile; the address at which it listens."""
    path = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))))
    (folder / "user.js").write_text(PREFERENCES, encoding="utf-8")
    command = [path, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    told = folder / "told.txt"
    # Into a file: what nobody reads from a pipe would stop Firefox one day.
    with told.open("w") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        try:
            yield _listening(told)
            process.wait(timeout=20)
        finally:
            process.kill()


def _listening(told: Path) -> str:
    end = time.monotonic() + 30
    while not (found := LISTENING.search(told.read_text(encoding="utf-8", errors="replace"))):
        assert time.monotonic() < end, told.read_text(encoding="utf-8", errors="replace")
        time.sleep(0.05)
    return found[1]


@pytest.fixture(scope="module")
def firefox(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with running(tmp_path_factory.mktemp("firefox")) as address, connect(f"{address}/session", max_size=None) as socket:
        one = Firefox(socket, server)
        yield one
        one.tell("browser.close")
        assert one.errors == []
        assert one.foreign == []


def test_a_newcomer_finds_an_entry_while_typing(firefox: Firefox) -> None:
    firefox.open("/")
    firefox.run("document.getElementById('q').focus()")
    firefox.type("Ufferstud")
    firefox.wait("!!document.querySelector('.suggestions [role=option]')")
    firefox.type("\ue015\ue007")  # down, Enter
    firefox.wait("location.pathname === '/actors/uferstudios-a' && document.readyState === 'complete'")
    assert firefox.run("document.querySelector('h1').textContent") == "Uferstudios"


def test_the_network_is_drawn(firefox: Firefox) -> None:
    firefox.open("/network?focus=actor/silent-green-a&steps=2")
    firefox.wait("document.documentElement.dataset.networkReady === 'true'")
    colours = """(() => {
      const canvas = document.querySelector('canvas');
      const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(data.buffer)).size;
    })()"""
    assert firefox.run(colours) > 20


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/map", ".leaflet-interactive"),
        ("/matrix", "table"),
        ("/measures", "table"),
        ("/places/nettelbeckplatz", "h1"),
        ("/gaps", "article"),
        ("/search?q=kita", ".hits a"),
        ("/upkeep/confirm", "form"),
    ],
)
def test_the_other_pages_stand(firefox: Firefox, path: str, shown: str) -> None:
    firefox.open(path)
    firefox.wait(f"!!document.querySelector('main {shown}')")


def test_a_menu_opens_and_closes_by_keyboard(firefox: Firefox) -> None:
    firefox.open("/actors")
    firefox.run("document.querySelector('.nav--wide summary').focus()")
    firefox.type("\ue007")
    firefox.wait("document.querySelector('.nav--wide details').open")
    firefox.type("\ue00c")
    firefox.wait("!document.querySelector('.nav--wide details').open")
