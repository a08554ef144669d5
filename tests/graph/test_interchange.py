"""Files for other network programs hold what the picture shows, where it shows it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from builders import Quartier
from graph.picture import KINDS, ViewState, explorer_view, interchange

if TYPE_CHECKING:
    from graph.picture import View
    from graph.store import Store

READERS = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


def read(view: View, ending: str) -> nx.MultiGraph[str]:
    found: nx.MultiGraph[str] = READERS[ending](io.BytesIO(interchange(view, ending)))
    return found


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize(
    "state", [ViewState(focus="actor/hhs"), ViewState(round="2022"), ViewState(view="all", everything=True)]
)
def test_a_file_has_the_nodes_and_connections_of_the_view(example: Store, ending: str, state: ViewState) -> None:
    view = explorer_view(example, state)
    found = read(view, ending)
    assert set(found) == {node.id for node in view.nodes}
    assert found.number_of_edges() == len(view.edges)
    assert {found.nodes[node.id]["label"] for node in view.nodes} == {node.label for node in view.nodes}


def test_graphml_keeps_the_places_with_up_above(example: Store) -> None:
    view = explorer_view(example, ViewState(focus="actor/hhs"))
    found = read(view, "graphml")
    assert all((found.nodes[node.id]["x"], found.nodes[node.id]["y"]) == (node.x, -node.y) for node in view.nodes)


def test_gexf_keeps_places_and_colours_as_gephi_reads_them(example: Store) -> None:
    view = explorer_view(example, ViewState(focus="actor/hhs"))
    text = interchange(view, "gexf").decode()
    assert text.count("<viz:position") == len(view.nodes)
    red = int(KINDS["actor"].colour[1:3], 16)
    assert f'<viz:color r="{red}"' in text


@pytest.mark.parametrize("ending", READERS)
def test_names_of_any_signs_make_a_file_that_can_be_read(ending: str) -> None:
    quartier = Quartier()
    school = quartier.actor('Schule <b> & "Söhne" \x01')
    quartier.project("]]> Fest", traeger=[school])
    view = explorer_view(quartier.store(), ViewState(view="projects"))
    assert any("Söhne" in str(label) for _, label in read(view, ending).nodes(data="label"))


@pytest.mark.parametrize("ending", READERS)
def test_a_view_of_nothing_is_a_file_of_nothing(ending: str) -> None:
    view = explorer_view(Quartier().store(), ViewState())
    assert len(read(view, ending)) == 0
