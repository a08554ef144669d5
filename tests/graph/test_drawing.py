"""Views as SVG drawings."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from graph import picture
from graph.picture import Node, View, ViewState, explorer_view

if TYPE_CHECKING:
    from graph.store import Store

SVG = "{http://www.w3.org/2000/svg}"


def test_every_node_is_drawn_once_within_the_paper(example: Store) -> None:
    """As a shape with its name, and no name stands over another."""
    view = explorer_view(example, ViewState())
    root = ET.fromstring(picture.drawing(view, "Das Netz"))  # noqa: S314  # our own text
    assert root.findtext(f"{SVG}title") == "Das Netz"
    shapes = [path for path in root.iter(f"{SVG}path") if not str(path.get("class")).startswith("edge")]
    assert sorted(path.findtext(f"{SVG}title") or "" for path in shapes) == sorted(node.label for node in view.nodes)
    assert 40 < len(root.findall(f"{SVG}text")) <= len(view.nodes)


@given(st.lists(st.text(max_size=60), max_size=8))
def test_no_name_breaks_the_drawing(names: list[str]) -> None:
    """Whatever stands in the data, the drawing is well-formed and holds nothing that runs or loads."""
    nodes = tuple(Node(f"actor/{n}", name, "actor", "", n, x=float(n), y=float(-n)) for n, name in enumerate(names))
    root = ET.fromstring(picture.drawing(View(ViewState(), nodes=nodes), "".join(names)))  # noqa: S314  # our own text
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "rect", "path", "text"}
    assert not any("href" in key or key.startswith("on") for element in root.iter() for key in element.keys())  # noqa: SIM118  # an Element is no dict


def test_an_empty_view_is_an_empty_drawing() -> None:
    """Not an error."""
    assert picture.drawing(View(ViewState()), "leer").startswith("<svg")
