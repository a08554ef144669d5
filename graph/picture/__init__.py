"""Pictures of the network: what there is to see for a choice of filters, drawn by the explorer or kept in one file.

`explorer_view` answers a `ViewState` with a `View` of plain facts. `payload` and `one_file` hand it to pyvis, which is
loaded when the first picture is drawn, not when the program starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.picture.choices import Choices, Option, choices, node_sheet, rows, spreadsheet
from graph.picture.drawing import drawing
from graph.picture.explorer import DRAWN_UNASKED, explorer_view, pin
from graph.picture.filtering import latest_round
from graph.picture.glance import glance
from graph.picture.interchange import interchange
from graph.picture.kinds import KINDS
from graph.picture.looks import CHANGES, LOOKS, STATES
from graph.picture.state import LENSES, STEPS, VIEWS, ViewState, from_query
from graph.picture.view import Cluster, Edge, Node, View
from graph.picture.words import heading, relation, sentence

if TYPE_CHECKING:
    from graph.store import Store

__all__ = [
    "CHANGES",
    "DRAWN_UNASKED",
    "KINDS",
    "LENSES",
    "LOOKS",
    "STATES",
    "STEPS",
    "VIEWS",
    "Choices",
    "Cluster",
    "Edge",
    "Node",
    "Option",
    "View",
    "ViewState",
    "choices",
    "drawing",
    "explorer_view",
    "from_query",
    "glance",
    "heading",
    "interchange",
    "latest_round",
    "node_sheet",
    "one_file",
    "payload",
    "pin",
    "relation",
    "rows",
    "sentence",
    "spreadsheet",
]


def payload(view: View, language: str = "de") -> dict[str, Any]:
    """The view as the explorer draws it: pyvis' nodes, edges and options, ready for JSON."""
    from graph.picture.pages import picture

    return picture(view, language).payload()


def one_file(
    store: Store, *, actor: str | None = None, steps: int = 1, state: ViewState | None = None, language: str = "de"
) -> str:
    """One self-contained page of one view of the network; see `graph.picture.pages.one_file`."""
    from graph.picture import pages

    return pages.one_file(store, actor=actor, steps=steps, state=state, language=language)
