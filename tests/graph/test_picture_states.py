"""What pictures tell of ties: their five states, what changed since a round, what is folded, grouped and pinned."""

from __future__ import annotations

from math import atan2, pi
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import graph
from builders import BASE, Quartier
from graph import picture
from graph.errors import BadInput, NotFound
from graph.network import one_mode, two_mode
from graph.picture import LOOKS, ViewState, explorer_view
from graph.picture.state import ALL

if TYPE_CHECKING:
    from pathlib import Path

    from graph.picture import View
    from graph.store import Store

STATES = ("asserted", "wished", "failed", "ended")


@pytest.fixture
def store() -> Store:
    """A school with a tie of each state, and a club it only shares a project with."""
    made = Quartier()
    schule, verein = made.actor("Schule"), made.actor("Verein")
    for state in STATES:
        made.tie(schule, made.actor(state), state=state)
    made.project("Hoffest", traeger=[schule], partner=[verein], start="2023")
    return made.store()


def looks(view: View) -> dict[str, str]:
    """The look of each connection by the slug of its end that is not the school."""
    ends = {edge: {edge.source, edge.target} - {"actor/schule"} for edge in view.edges}
    return {end.pop().partition("/")[2]: edge.look for edge, end in ends.items()}


def test_each_state_of_a_tie_has_its_own_look_and_what_is_only_shared_is_derived(store: Store):
    assert looks(explorer_view(store, ALL)) == {**{state: state for state in STATES}, "verein": "derived"}


def test_no_two_looks_have_the_same_line():
    states = [(look.dash, look.crossed) for look in picture.STATES.values()]
    assert len(set(states)) == len(states)
    assert len({look.colour for look in picture.STATES.values()}) == len(states)


def test_wishes_and_failures_are_drawn_but_counted_by_no_number(store: Store):
    view = explorer_view(store, ALL)
    degrees = {node.id: node.degree for node in view.nodes}
    assert (degrees["actor/schule"], degrees["actor/wished"]) == (3, 0)
    assert "mit 3 Verbindungen" in picture.sentence(view, "de")
    assert "Dazu: 1 gewünscht, 1 nicht gelungen." in picture.sentence(view, "de")
    assert f"{BASE}actor/wished" not in one_mode(two_mode(store))[f"{BASE}actor/schule"]


def test_the_legend_counts_looks_and_takes_them_out_with_who_hangs_on_them(store: Store):
    hidden = explorer_view(store, ViewState(hide=("failed",)))
    assert hidden.looks == explorer_view(store, ALL).looks == dict.fromkeys((*STATES, "derived"), 1)
    assert "failed" not in looks(hidden)
    assert "actor/failed" not in {node.id for node in hidden.nodes}


def test_a_wish_beside_a_shared_project_is_drawn_too():
    made = Quartier()
    one, other = made.actor("Eins"), made.actor("Zwei")
    made.project("Fest", traeger=[one, other])
    made.tie(one, other, state="wished")
    view = explorer_view(made.store(), ALL)
    assert sorted(edge.look for edge in view.edges) == ["derived", "wished"]


def test_table_drawing_and_file_name_the_state(store: Store):
    view = explorer_view(store, ALL)
    words = {LOOKS[look].word["de"] for look in (*STATES, "derived")}
    assert {row[-1] for row in picture.rows(view, "de")} == words
    drawn = picture.drawing(view, "x")
    assert all(f'class="edge {look}"' in drawn for look in (*STATES, "derived"))
    assert all(word in picture.one_file(store) for word in words)


@pytest.fixture
def two_rounds() -> Store:
    """Eins and Zwei always work together; Eins left Alt after the first round and found Neu in the second."""
    made = Quartier()
    made.round("2019", start="2019", end="2021")
    made.round("2022", start="2022", end="2024")
    eins, zwei, alt, neu = (made.actor(name) for name in ("Eins", "Zwei", "Alt", "Neu"))
    made.tie(eins, zwei, start="2019")
    made.project("Damals", traeger=[eins, alt], start="2020", end="2020")
    made.project("Jetzt", traeger=[eins, neu], start="2023", end="2023")
    return made.store()


def test_a_comparison_tells_new_kept_and_lost_in_lines_nodes_and_words(two_rounds: Store):
    view = explorer_view(two_rounds, ViewState(compare="2019"))
    assert {edge.look for edge in view.edges} == {"new", "kept", "lost"}
    assert {node.label: node.change for node in view.nodes} == {"Eins": "", "Zwei": "", "Alt": "lost", "Neu": "new"}
    said = "„2022“ verglichen mit „2019“: 1 Verbindungen sind neu, 1 geblieben, 1 nicht mehr da"
    assert said in picture.sentence(view, "de")
    with pytest.raises(NotFound):
        explorer_view(two_rounds, ViewState(compare="1900"))


def test_a_round_compared_with_itself_keeps_everything(two_rounds: Store):
    view = explorer_view(two_rounds, ViewState(round="2022", compare="2022"))
    assert {edge.look for edge in view.edges} == {"kept"}


@pytest.fixture
def folded() -> Store:
    """Mitte works in a project that nine others take part in and nothing else connects."""
    made = Quartier()
    mitte = made.actor("Mitte")
    made.project("Fest", traeger=[mitte], partner=[made.actor(f"Gast {number}") for number in range(9)])
    return made.store()


def test_many_leaves_are_folded_into_a_number_until_unfolded(folded: Store):
    around = ViewState(focus="actor/mitte", steps=2)
    closed, opened = (explorer_view(folded, state) for state in (around, around.with_open("project/fest")))
    fest = {node.id: node for node in closed.nodes}["project/fest"]
    assert (len(closed.nodes), fest.more, fest.folded) == (2, 9, "actor")
    assert len(opened.nodes) == 11
    assert picture.payload(closed)["nodes"][1]["more"] == "+9 Akteure"


def test_unfolding_moves_nothing_and_what_is_unfolded_stands_free(folded: Store):
    around = ViewState(focus="actor/mitte", steps=2)
    before = {node.id: (node.x, node.y) for node in explorer_view(folded, around).nodes}
    after = {node.id: (node.x, node.y) for node in explorer_view(folded, around.with_open("project/fest")).nodes}
    assert {node: after[node] for node in before} == before
    assert len(set(after.values())) == len(after)


def test_unfolding_twice_is_folding():
    state = ViewState(focus="actor/a", open=("actor/x",))
    assert state.with_open("actor/b").with_open("actor/b") == state


def test_round_a_focus_what_is_of_one_handlungsfeld_stands_in_its_sector():
    made = Quartier()
    schule = made.actor("Schule")
    for number in range(9):
        fields = [made.handlungsfeld("2022", str(nr), f"Feld {nr}") for nr in (1, 2) if number % 3 == nr]
        made.project(f"Fest {number}", traeger=[schule], fields=fields)
    view = explorer_view(made.store(), ViewState(focus="actor/schule"))
    turned = {node.id: atan2(node.y, node.x / 1.35) for node in view.nodes}
    at = {node: angle if angle >= -pi / 2 else angle + 2 * pi for node, angle in turned.items()}
    for nr, sector in enumerate(view.sectors, 1):
        within = {node for node, angle in at.items() if sector.low < angle < sector.high} - {"actor/schule"}
        assert (within, f"Feld {nr}" in sector.name) == ({f"project/fest-{number}" for number in range(nr, 9, 3)}, True)
    assert picture.drawing(view, "").count('class="sector"') == len(view.sectors) == 2


def test_matched_handlungsfelder_of_two_rounds_share_a_sector_under_the_later_name():
    made = Quartier()
    schule, _, _ = made.actor("Schule"), made.round("2019", start="2019"), made.round("2022", start="2022")
    ort, old = made.handlungsfeld("2019", "1", "Ort"), made.handlungsfeld("2019", "2", "Bildung alt")
    new = made.handlungsfeld("2022", "3", "Bildung neu")
    made.match(old, new)
    for number, field in enumerate((old, new, ort)):
        made.project(f"Fest {number}", traeger=[schule], fields=[field])
    view = explorer_view(made.store(), ViewState(focus="actor/schule"))
    assert sorted(sector.name.split(maxsplit=3)[-1] for sector in view.sectors) == ["Bildung neu", "Ort"]


def test_only_connections_along_a_ring_step_back():
    made = Quartier()
    schule, kita, amt = made.actor("Schule"), made.actor("Kita"), made.actor("Amt")
    made.project("Fest", traeger=[schule], partner=[kita])
    made.tie(schule, kita)
    made.tie(kita, amt)
    view = explorer_view(made.store(), ViewState(focus="actor/schule", steps=2))
    assert [{edge.source, edge.target} for edge in view.edges if edge.aside] == [{"actor/kita", "project/fest"}]
    assert picture.drawing(view, "").count("stroke-opacity") == 1


def test_groups_are_named_after_their_middle_and_what_most_work_on():
    made = Quartier()
    bildung = made.handlungsfeld("2022", "2", "Bildung")
    for circle in ("A", "B"):
        actors = [made.actor(f"{circle}{number}") for number in range(4)]
        made.project(f"Fest {circle}", traeger=actors, fields=[bildung])
        made.tie(actors[0], actors[1])
    view = explorer_view(made.store(), ViewState(groups=True))
    assert [(len(cluster.members), "Bildung" in cluster.field) for cluster in view.clusters] == [(4, True)] * 2
    assert all(set(nx.Graph(cluster.links)) == set(cluster.members) for cluster in view.clusters)
    assert all(nx.is_tree(nx.Graph(cluster.links)) for cluster in view.clusters)
    assert "2 Gruppen tun viel miteinander" in picture.sentence(view, "de")


def test_of_chosen_years_it_is_said_what_has_no_year():
    made = Quartier()
    one, two, three = (made.actor(name) for name in ("Eins", "Zwei", "Drei"))
    made.tie(one, two)
    made.tie(two, three, start="2020", end="2021")
    view = explorer_view(made.store(), ViewState(since=2020, until=2020))
    assert "Eine ist ohne Jahr und immer dabei." in picture.sentence(view, "de")
    assert "ohne Jahr" not in picture.sentence(explorer_view(made.store(), ALL), "de")


def test_what_is_put_by_hand_stays_there_for_its_picture_alone_until_taken_back(tmp_path: Path):
    made = Quartier()
    made.project("Fest", traeger=[made.actor("Eins"), made.actor("Zwei")])
    with graph.open(tmp_path) as store:
        store.apply([], made.quads)
        computed = explorer_view(store, ALL).nodes
        picture.pin(store, ALL, {"actor/eins": (1234.0, -5.0)})
    with graph.open(tmp_path) as store:
        view = explorer_view(store, ALL)
        assert {node.id: (node.x, node.y) for node in view.nodes}["actor/eins"] == (1234.0, -5.0)
        assert view.pinned
        assert not explorer_view(store, ViewState(view="projects")).pinned
        picture.pin(store, ALL, {})
        assert explorer_view(store, ALL).nodes == computed


@pytest.mark.parametrize("place", [(float("nan"), 0.0), (0.0, float("inf")), (1e9, 0.0)])
def test_a_place_nobody_can_mean_is_refused(store: Store, place: tuple[float, float]):
    with pytest.raises(BadInput):
        picture.pin(store, ALL, {"actor/schule": place})
