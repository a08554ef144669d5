"""Pictures: what a view shows, and that the page it is kept in needs nobody and believes nothing."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import math
import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import webapp
from builders import Quartier
from graph import picture
from graph.errors import BadInput, NotFound
from graph.picture import ViewState, explorer_view
from graph.picture.pages import Picture
from graph.picture.rings import GAP, ROOM, rings
from graph.picture.state import ALL

if TYPE_CHECKING:
    from graph.store import Store

HOSTILE = (
    "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!--", "{{ 7*7 }}",
    '<a href="https://example.org">href</a>', "\u202egnal\u2066", "\u2028'\\", "x" * 5000,
)  # fmt: skip


@pytest.fixture
def quartier() -> Quartier:
    """Two schools and a club in one project, another club by a tie, a lonely one; QM in the project too."""
    made = Quartier()
    bildung = made.handlungsfeld("2022", "2", "Bildung")
    hof, kita = made.place("Hof"), made.actor("Kita Panke", sector="bildung")
    schule = made.actor("Schule am Hof", sector="bildung", place=hof, fields=[bildung])
    verein, chor = made.actor("Verein", sector="kultur"), made.actor("Chor", sector="kultur")
    qm = made.actor("QM", kind="quartiersmanagement")
    made.actor("Einzeln", sector="kultur")
    made.project("Hoffest", traeger=[schule], partner=[kita, verein, qm], start="2023", end="2023", fields=[bildung])
    made.tie(verein, chor, start="2025")
    return made


@pytest.fixture
def store(quartier: Quartier) -> Store:
    return quartier.store()


def ids(view: picture.View) -> set[str]:
    return {node.id.partition("/")[2] for node in view.nodes}


states = st.builds(
    ViewState,
    view=st.sampled_from(("", *picture.VIEWS)),
    focus=st.sampled_from(("", "actor/schule-am-hof")),
    steps=st.sampled_from(picture.STEPS),
    round=st.sampled_from(("", "2022")),
    handlungsfeld=st.sampled_from(("", "2022-2")),
    since=st.none() | st.integers(1900, 2100),
    until=st.none() | st.integers(1900, 2100),
    sector=st.sampled_from(("", "kultur")),
    lens=st.sampled_from(("", *picture.LENSES)),
    highlight=st.lists(st.sampled_from(("actor/kita-panke", "project/hoffest")), unique=True).map(tuple),
    hide=st.sets(st.sampled_from((*picture.KINDS, *picture.LOOKS))).map(lambda kinds: tuple(sorted(kinds))),
    open=st.lists(st.sampled_from(("actor/kita-panke", "project/hoffest")), unique=True).map(tuple),
    compare=st.sampled_from(("", "2022")),
    hubs=st.booleans(),
    groups=st.booleans(),
    everything=st.booleans(),
)


@given(states)
def test_an_address_gives_back_the_state_that_wrote_it(state: ViewState):
    query = {name: [value] if isinstance(value, str) else value for name, value in state.query().items()}
    assert picture.from_query(query) == state


@pytest.mark.parametrize(
    ("name", "value"),
    [("view", "x"), ("steps", "4"), ("steps", "²"), ("from", "gestern"), ("to", "9" * 40), ("focus", "<script>"),
     ("lens", "x"), ("hide", "x"), ("hubs", "vielleicht")],
)  # fmt: skip
def test_a_value_nobody_can_work_with_is_refused_with_its_name(name: str, value: str):
    with pytest.raises(BadInput) as refused:
        picture.from_query({name: [value]})
    assert (refused.value.what, refused.value.where) == (name, value)
    assert refused.value.allowed


def test_without_a_focus_actors_are_tied_by_projects_and_by_what_they_say(store: Store):
    view = explorer_view(store, ALL)
    assert ids(view) == {"schule-am-hof", "kita-panke", "verein", "chor", "qm"}
    assert {edge.via for edge in view.edges} == {("Hoffest",), ()}
    assert view.unlinked == 1


@pytest.mark.parametrize(
    ("view", "linked"),
    [("projects", {"hoffest", "schule-am-hof", "kita-panke", "verein", "qm"}), ("networks", set()),
     ("places", {"hof", "schule-am-hof"}),
     ("handlungsfelder", {"2022-2", "schule-am-hof", "kita-panke", "verein", "qm"})],
)  # fmt: skip
def test_each_view_connects_actors_by_its_own_middle(store: Store, view: str, linked: set[str]):
    assert ids(explorer_view(store, ViewState(view=view))) == linked


def test_a_long_name_is_written_short_where_the_short_one_tells_enough(quartier: Quartier):
    """Nobody outside the office knows what "BGL" is."""
    long, longer = "Begegnungsstätte am Großen Lindenplatz", "Stadtteilverein am Großen Lindenplatz"
    one, other = quartier.actor(long, short="Begegnungsstätte"), quartier.actor(longer, short="BGL")
    quartier.tie(one, other)
    shown = {node.label: node.short for node in explorer_view(quartier.store(), ViewState()).nodes}
    assert (shown[long], shown[longer], shown["Verein"]) == ("Begegnungsstätte", "", "")


def test_a_folded_connection_names_the_projects_it_runs_through(store: Store):
    view = explorer_view(store, ViewState(view="handlungsfelder", focus="actor/kita-panke"))
    assert [(edge.kind, edge.via) for edge in view.edges] == [("shared", ("Hoffest",))]


def test_steps_widen_the_surroundings_but_never_lead_through_a_hub(quartier: Quartier):
    quartier.project("Nur QM", traeger=[f"{quartier.quads[0].subject.value.rsplit('/', 2)[0]}/actor/qm"])
    store = quartier.store()
    near = explorer_view(store, ViewState(focus="actor/schule-am-hof"))
    far = explorer_view(store, ViewState(focus="actor/schule-am-hof", steps=3))
    assert ids(near) < ids(far)
    assert "nur-qm" not in ids(far)
    assert {node.id: node.more for node in far.nodes}["actor/qm"] == 1


@pytest.mark.parametrize(
    ("state", "gone"),
    [(ViewState(hubs=False), {"qm"}), (ViewState(sector="kultur"), {"schule-am-hof", "kita-panke", "qm"}),
     (ViewState(until=2022), {"schule-am-hof", "kita-panke", "qm", "verein", "chor"}),
     (ViewState(since=2025), {"schule-am-hof", "kita-panke", "qm"}),
     (ViewState(hide=("actor",)), {"schule-am-hof", "kita-panke", "qm", "verein", "chor"})],
)  # fmt: skip
def test_a_filter_takes_out_what_it_names(store: Store, state: ViewState, gone: set[str]):
    assert ids(explorer_view(store, ALL)) - ids(explorer_view(store, state)) == gone


def test_hidden_kinds_stay_counted_in_the_legend(store: Store):
    shown = explorer_view(store, ViewState(view="all"))
    hidden = explorer_view(store, ViewState(view="all", hide=("project",)))
    assert hidden.counts == shown.counts
    assert "hoffest" not in ids(hidden)


def test_a_focus_the_filters_hide_is_said_to_be_missing_and_an_unknown_one_is_not_found(store: Store):
    view = explorer_view(store, ViewState(focus="actor/qm", hubs=False))
    assert (view.missing_focus, view.focus_label, view.nodes) == (True, "QM", ())
    with pytest.raises(NotFound):
        explorer_view(store, ViewState(focus="actor/niemand"))


def test_lenses_and_highlights_light_up_without_hiding(store: Store):
    lit = {node.id for node in explorer_view(store, ViewState(highlight=("actor/kita-panke",))).nodes if node.lit}
    assert lit == {"actor/kita-panke"}
    assert ids(explorer_view(store, ViewState(lens="new"))) == ids(explorer_view(store, ALL))


def test_the_example_opens_calmly_and_everything_at_once_waits_to_be_asked(example: Store):
    assert 100 < len(explorer_view(example, ALL).nodes) <= picture.DRAWN_UNASKED
    crowded = explorer_view(example, ViewState(view="all"))
    assert crowded.crowded > picture.DRAWN_UNASKED
    assert crowded.nodes == ()
    assert len(explorer_view(example, ViewState(view="all", everything=True)).nodes) == crowded.crowded


def test_a_filter_moves_nothing(example: Store):
    places = {node.id: (node.x, node.y) for node in explorer_view(example, ALL).nodes}
    filtered = explorer_view(example, ViewState(sector="kultur")).nodes
    assert filtered
    assert all(places[node.id] == (node.x, node.y) for node in filtered)


def test_every_entry_can_stand_in_the_middle_of_every_view(store: Store):
    everything = explorer_view(store, ViewState(view="all")).nodes
    for node in everything:
        for view in picture.VIEWS:
            shown = explorer_view(store, ViewState(view=view, focus=node.id, steps=3))
            assert shown.missing_focus or shown.focus
            assert all(kind in picture.KINDS for kind in shown.counts)


@given(st.integers(1, 40), st.integers(1, 3), st.randoms(use_true_random=False))
def test_rings_stand_apart_and_so_do_nodes_on_them(count: int, steps: int, random: Any):
    tree: nx.Graph[str] = nx.Graph()
    found = {"0": 0}
    for number in range(1, count):
        parent = random.choice([node for node, distance in found.items() if distance < steps])
        tree.add_edge(parent, str(number))
        found[str(number)] = found[parent] + 1
    nearest = dict(sorted(found.items(), key=lambda item: item[1]))
    places = rings(tree, nearest, int).places
    assert places["0"] == (0, 0)
    flat = {node: (x / 1.35, y) for node, (x, y) in places.items()}
    for one, other in combinations(flat, 2):
        apart = math.dist(flat[one], flat[other])
        assert apart > (0.6 * ROOM if found[one] == found[other] else 0.99 * GAP)


def test_a_picture_gives_pyvis_its_nodes_with_places_and_without_physics(store: Store):
    drawn = picture.payload(explorer_view(store, ViewState(view="projects")))
    assert {"id", "label", "shape", "group", "x", "y", "size"} <= drawn["nodes"][0].keys()
    assert drawn["options"]["physics"]["enabled"] is False
    assert {edge["to"] for edge in drawn["edges"]} == {"project/hoffest"}
    assert all(edge["arrows"] == "to" for edge in drawn["edges"])


def test_a_picture_takes_nodes_and_edges_once_and_leaves_a_given_network_alone():
    given_network: nx.Graph[str] = nx.path_graph(["a", "b", "c"])
    drawn = Picture()
    for _ in range(2):
        drawn.from_nx(given_network, {"a": (1.0, 2.0)})
    assert (drawn.num_nodes(), drawn.num_edges()) == (3, 2)
    assert given_network.nodes["a"] == {}
    with pytest.raises(KeyError):
        drawn.add_edge("a", "z")


@pytest.fixture
def hostile_page() -> str:
    made = Quartier()
    actors = [made.actor(f"a{number}", alt="x") for number, _ in enumerate(HOSTILE)]
    made.project("p" + HOSTILE[0], traeger=actors)
    view = explorer_view(made.store(), ALL)
    named = tuple(picture.Node(**{**vars(node), "label": text}) for node, text in zip(view.nodes, HOSTILE, strict=True))
    from graph.picture.pages import picture as drawn

    return drawn(picture.View(**{**vars(view), "nodes": named})).generate_html(
        sentence=HOSTILE[0], legend=[("actor", "M0 0", HOSTILE[1], 1)], rows=[(text, "x", 1) for text in HOSTILE]
    )


def test_hostile_names_are_text_in_the_one_file_picture(hostile_page: str):
    assert hostile_page.lower().count("</script") == 3
    assert hostile_page.count("<script") == 3
    assert "<img" not in hostile_page
    assert "<a href" not in hostile_page
    assert "{{ 7*7 }}" in hostile_page


def test_the_data_in_the_page_are_the_names_as_they_are(hostile_page: str):
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', hostile_page, re.DOTALL)
    assert data is not None
    assert {node["label"] for node in json.loads(data[1])["nodes"]} == {text[:200] for text in HOSTILE}


def test_the_page_lets_exactly_its_own_scripts_run_and_asks_nobody(hostile_page: str):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="(.*?)"', hostile_page)
    assert policy is not None
    allowed = policy[1].replace("&#39;", "'")
    scripts = re.findall(r"<script(?: type=module)?>(.*?)</script>", hostile_page, re.DOTALL)
    for script in scripts:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in allowed
    assert "default-src 'none'" in allowed
    assert "unsafe" not in allowed
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", hostile_page)


def test_a_written_page_is_utf8_with_nothing_beside_it(tmp_path: Path):
    Picture("Grünes Netz – ćç").write_html(tmp_path / "netz.html")
    assert [file.name for file in tmp_path.iterdir()] == ["netz.html"]
    assert "Grünes Netz – ćç" in (tmp_path / "netz.html").read_bytes().decode("utf-8")


def test_one_file_shows_an_actor_with_its_steps_or_the_whole_and_refuses_other_steps(store: Store):
    assert "Schule am Hof im Netz" in picture.one_file(store, actor="schule-am-hof", steps=2)
    assert "The network of the Quartier" in picture.one_file(store, language="en")
    with pytest.raises(BadInput):
        picture.one_file(store, steps=0)
    with pytest.raises(NotFound):
        picture.one_file(store, actor="niemand")


def test_the_spreadsheet_has_a_row_for_each_connection_and_no_formula():
    made = Quartier()
    made.project("=SUM(A1)", traeger=[made.actor("+cmd"), made.actor("B")])
    view = explorer_view(made.store(), ViewState(view="projects"))
    lines = list(csv.reader(io.StringIO(picture.spreadsheet(view, "de").removeprefix("\ufeff"))))
    assert len(lines) == 1 + len(view.edges)
    assert {lines[1][2], lines[2][2]} == {"'=SUM(A1)"}


def test_every_kind_has_its_own_shape_that_the_drawing_knows():
    shapes = [kind.shape for kind in picture.KINDS.values()]
    drawing = (Path(webapp.__file__).parent / "static" / "network-shapes.js").read_text("utf-8")
    assert len(set(shapes)) == len(shapes)
    assert all(f"  {shape}: (c, x, y, r) =>" in drawing for shape in shapes)


def test_the_sentence_counts_what_is_there_in_both_languages(store: Store):
    view = explorer_view(store, ALL)
    assert picture.sentence(view, "de").startswith("Das Bild zeigt 5 Akteure, mit 7 Verbindungen.")
    assert "shows 5 actors, with 7 connections" in picture.sentence(view, "en")


def test_connections_are_worded_by_role_kind_of_tie_or_shared_projects(store: Store):
    words = {row[1] for row in picture.rows(explorer_view(store, ALL), "de")}
    assert "ein gemeinsames Projekt" in words
    assert "Kooperiert mit" in words
    roles = {row[1] for row in picture.rows(explorer_view(store, ViewState(view="projects")), "en")}
    assert len(roles) == 2
