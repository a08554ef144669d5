"""The sandbox for somebody who may read less: whatever they ask for, it is looked for in their graphs only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyoxigraph as ox

    from graph.names import GraphNames
    from graph.sandbox import Answer, Sandbox


class Limited:
    """A sandbox, narrowed to what "public" may read.

    Args:
        sandbox: the one that answers.
        names: the graphs there are.
    """

    def __init__(self, sandbox: Sandbox, names: GraphNames) -> None:
        self._sandbox = sandbox
        self._names = names

    @property
    def timeout(self) -> float:
        """Seconds a query may take."""
        return self._sandbox.timeout

    def run(self, text: str, media_type: str, *, graphs: Sequence[ox.NamedNode] | None = None, **more: Any) -> Answer:
        """As `Sandbox.run`, with the graphs narrowed."""
        allowed = self._names.readable("public")
        wanted = allowed if graphs is None else [name for name in allowed if name in graphs]
        return self._sandbox.run(text, media_type, graphs=wanted, **more)

    def warm(self) -> None:
        """As `Sandbox.warm`."""
        self._sandbox.warm()
