"""The process that forks those which answer queries: it holds a copy of the graphs in memory, and runs one thread.

Started by `graph.sandbox` as `python -m graph.sandbox.zygote DESCRIPTOR`, it obeys what comes over that socket and
ends when its other end closes, however the server ended. Forking is safe because nothing else runs here.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import sys
import traceback

from graph.sandbox import confine, wire
from graph.sandbox.replica import Replica
from graph.sandbox.worker import work


class Zygote:
    """Obeys four messages: load (all quads), change (removed, added), fork, kill."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._replica = Replica()
        self._children: dict[int, tuple[int, int]] = {}  # process id → number of the worker, status descriptor
        self._wakeup, self._alarm = os.pipe()
        for descriptor in (self._wakeup, self._alarm):
            os.set_blocking(descriptor, False)

    def serve(self) -> None:
        """Work until the server is gone."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._alarm)
        with selectors.DefaultSelector() as selector:
            selector.register(self._channel, selectors.EVENT_READ)
            selector.register(self._wakeup, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                if self._wakeup in ready:
                    self._bury()
                if self._channel in ready:
                    message = wire.receive(self._channel)
                    if message is None:
                        break
                    self._obey(message)
        for child in self._children:
            os.kill(child, signal.SIGKILL)

    def _obey(self, message: wire.Message) -> None:
        match message.header["do"]:
            case "load":
                self._replica.load(message)
                self._channel.sendall(b".")
            case "change":
                self._replica.change(message)
            case "fork":
                self._fork(message.header["number"], *message.descriptors)
            case "kill":
                for child, (number, _) in self._children.items():
                    if number == message.header["number"]:
                        os.kill(child, signal.SIGKILL)

    def _fork(self, number: int, requests: int, answers: int, status: int, memory: int) -> None:
        child = os.fork()
        if child == 0:
            try:
                self._let_go(status)
                work(self._replica, requests, answers, memory)
            except BaseException:  # noqa: BLE001  # whatever it is, this child must not go on as a second zygote
                traceback.print_exc()
            finally:
                os._exit(0)
        for descriptor in (requests, answers, memory):
            os.close(descriptor)
        self._children[child] = (number, status)

    def _let_go(self, status: int) -> None:
        """In a child: what is the zygote's is not its own."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._channel.close()
        for descriptor in (status, *(others for _, others in self._children.values())):
            os.close(descriptor)

    def _bury(self) -> None:
        """Tell the askers of all children that ended how they ended."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._wakeup, 4096)
        while self._children:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            _, descriptor = self._children.pop(child)
            with contextlib.suppress(BrokenPipeError):  # the asker has given up
                os.write(descriptor, wire.STATUS.pack(os.waitstatus_to_exitcode(status)))
            os.close(descriptor)


def main() -> None:
    """Serve the server at the other end of the socket given as first argument."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    if not confine.can_seal():
        sys.stderr.write("sandbox: no seccomp here; SERVICE is refused by reading the query only\n")
    Zygote(channel).serve()


if __name__ == "__main__":
    main()
