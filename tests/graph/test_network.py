"""Networks say what the record says: nothing invented, nothing lost, as of the day that was asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from drawn_districts import drawn_district
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from builders import Quartier
from graph.errors import BadInput, NotFound
from graph.network import (
    ALL_ROLES,
    HUB_GROUPS,
    Scope,
    connect_by,
    edges_of,
    facts,
    field_matches,
    neighbourhood,
    one_mode,
    partnerships,
    two_mode,
)

if TYPE_CHECKING:
    from random import Random

    from graph.store import Store


def labels(network: nx.Graph[str]) -> set[str]:
    """Labels of all nodes."""
    return {label for _, label in network.nodes(data="label")}


def pairs(network: nx.Graph[str]) -> set[str]:
    """Ties as "A–B"."""
    name = network.nodes(data="label")
    return {"–".join(sorted((name[one], name[other]))) for one, other in network.edges()}


@pytest.fixture
def quartier() -> Quartier:
    return Quartier()


def test_an_empty_store_is_an_empty_network():
    """No entry, no node, no error."""
    with graph.open(None) as store:
        assert len(two_mode(store)) == 0
        assert len(one_mode(two_mode(store))) == 0


def test_nodes_say_what_they_are(quartier: Quartier):
    """Type, class, kind, sector and slug come as the words of the schemes."""
    school = quartier.actor("Schule", kind="grundschule", sector="bildung")
    council = quartier.actor("Quartiersrat", klass="Network", kind="gremium")
    network = two_mode(quartier.store())
    assert {
        "type": "actor",
        "klass": "Actor",
        "kind": "grundschule",
        "sector": "bildung",
        "slug": "schule",
    }.items() <= (network.nodes[school].items())
    assert network.nodes[council]["type"] == "network"


def test_every_link_names_its_entry_and_its_source(quartier: Quartier):
    """An edge leads back to the statement and to where it was read."""
    school = quartier.actor("Schule")
    project = quartier.project("Hoffest", traeger=[school], start="2023")
    ((_, edge),) = edges_of(two_mode(quartier.store()), project)
    assert (edge["kind"], edge["role"], edge["subject"], edge["object"]) == ("involvement", "traeger", school, project)
    assert edge["iri"].endswith("/involvement/1")
    assert [source.rsplit("/", 1)[1] for source in edge["source"]] == ["test"]


def test_all_that_links_is_a_link(quartier: Quartier):
    """Seat, field, parent body, membership, tie and money are edges of their own kinds."""
    place, field = quartier.place("Hof"), quartier.handlungsfeld("2022", "1", "Bildung")
    office = quartier.actor("Bezirksamt", klass="Agency")
    school = quartier.actor("Schule", place=place, parent=office, fields=[field])
    council = quartier.actor("Verbund", klass="Network")
    quartier.membership(school, council)
    quartier.tie(school, office)
    project, fund = quartier.project("Hoffest", places=[place], fields=[field]), quartier.programme("Projektfonds")
    quartier.funding(project, programme=fund, payer=office)
    network = two_mode(quartier.store())
    at_school = sorted(edge["kind"] for _, edge in edges_of(network, school))
    at_project = sorted((edge["kind"], edge["role"]) for _, edge in edges_of(network, project))
    assert at_school == ["field", "membership", "parent", "site", "tie"]
    assert at_project == [("field", ""), ("funding", "payer"), ("funding", "programme"), ("site", "")]


def test_who_only_pays_or_commissions_is_no_partner_unless_asked(quartier: Quartier):
    """Partnership is Träger, Partner, Ort; all other roles are there on request."""
    school, office = quartier.actor("Schule"), quartier.actor("Amt")
    project = quartier.project("Hoffest", traeger=[school])
    quartier.involvement(office, project, role="auftraggeber")
    store = quartier.store()
    assert pairs(one_mode(two_mode(store))) == set()
    assert pairs(one_mode(two_mode(store, Scope(roles=ALL_ROLES)))) == {"Amt–Schule"}


def test_teams_weigh_newmans_weight(quartier: Quartier):
    """A team of four and a team of two: 1/3 + 1; the tie names both projects and their days."""
    a, b, c, d = (quartier.actor(name) for name in "ABCD")
    big = quartier.project("Groß", traeger=[a], partner=[b, c, d], start="2019", end="2021")
    small = quartier.project("Klein", traeger=[a], partner=[b], start="2023-05", end="2024-06-30")
    tie = one_mode(two_mode(quartier.store())).edges[a, b]
    assert tie["weight"] == pytest.approx(4 / 3)
    assert (tie["via"], tie["kinds"]) == ((big, small), ("project",))
    assert (tie["first"], tie["last"]) == (date(2019, 1, 1), date(2024, 6, 30))


def test_every_actor_gets_weight_one_from_every_team(quartier: Quartier):
    """However big the team: that is what Newman's weight is for (Newman 2001, equation 3)."""
    actors = [quartier.actor(f"A{number}") for number in range(7)]
    quartier.project("Groß", partner=actors)
    network = one_mode(two_mode(quartier.store()))
    assert network.degree(actors[3], weight="weight") == pytest.approx(1)


def test_two_roles_in_one_project_are_one_seat_at_the_table(quartier: Quartier):
    """Who is Träger and Ort does not make the team bigger."""
    a, b = quartier.actor("A"), quartier.actor("B")
    project = quartier.project("Fest", traeger=[a], partner=[b])
    quartier.involvement(a, project, role="ort")
    assert one_mode(two_mode(quartier.store())).edges[a, b]["weight"] == 1


def test_teams_above_the_cap_are_named_and_left_out(quartier: Quartier):
    """Nobody becomes a partner by a list of fifty names, and nobody is silently dropped."""
    actors = [quartier.actor(f"A{number}") for number in range(5)]
    project = quartier.project("Riesig", partner=actors)
    network = two_mode(quartier.store())
    assert one_mode(network, cap=5).number_of_edges() == 10
    assert one_mode(network, cap=4).number_of_edges() == 0
    assert one_mode(network, cap=4).graph["left_out"] == (project,)


@pytest.mark.parametrize(
    ("state", "counts"), [("asserted", True), ("ended", True), ("wished", False), ("failed", False)]
)
def test_a_declared_tie_counts_by_its_state(quartier: Quartier, state: str, counts: bool):
    """A wish or a failed attempt is on record, but makes no partners."""
    a, b = quartier.actor("A"), quartier.actor("B")
    quartier.tie(a, b, state=state)
    assert one_mode(two_mode(quartier.store())).has_edge(a, b) is counts


def test_paying_commissioning_and_belonging_make_no_partners(quartier: Quartier):
    """They are ties, seen when ties themselves are asked for."""
    a, b = quartier.actor("A"), quartier.actor("B")
    quartier.tie(a, b, kind="finanziert")
    network = two_mode(quartier.store())
    assert pairs(one_mode(network)) == set()
    assert pairs(connect_by(network, "actor")) == {"A–B"}


@pytest.mark.parametrize("via", ["project", "event", "network", "handlungsfeld", "place"])
def test_actors_can_be_connected_by_anything_between_them(quartier: Quartier, via: str):
    """Each middle connects the two who share it, names itself, and connects nobody else."""
    field, place = quartier.handlungsfeld("2022", "1", "Bildung"), quartier.place("Hof")
    body = quartier.actor("Verbund", klass="Network")
    together = {"fields": [field], "place": place} if via in {"handlungsfeld", "place"} else {}
    a, b, _ = quartier.actor("A", **together), quartier.actor("B", **together), quartier.actor("C")
    middles = {"network": body, "handlungsfeld": field, "place": place}
    if via == "project":
        middles[via] = quartier.project("Fest", partner=[a, b])
    elif via == "event":
        middles[via] = quartier.event("Konferenz", actors=[a, b], start="2020")
    elif via == "network":
        quartier.membership(a, body)
        quartier.membership(b, body)
    network = connect_by(two_mode(quartier.store()), via)
    assert pairs(network) == {"A–B"}
    assert (network.edges[a, b]["via"], network.edges[a, b]["kinds"]) == ((middles[via],), (via,))


def test_projects_bring_their_field_and_place_with_them(quartier: Quartier):
    """Two actors with different projects in one field are connected by that field."""
    field = quartier.handlungsfeld("2022", "1", "Bildung")
    a, b = quartier.actor("A"), quartier.actor("B")
    quartier.project("Eins", traeger=[a], fields=[field])
    quartier.project("Zwei", traeger=[b], fields=[field])
    network = two_mode(quartier.store())
    assert pairs(connect_by(network, "handlungsfeld")) == {"A–B"}
    assert pairs(connect_by(network, "project")) == set()


def test_unknown_middles_are_refused_with_the_known_ones(quartier: Quartier):
    """The error says what could have been asked."""
    network = two_mode(quartier.store())
    for refused in (lambda: one_mode(network, via=("money",)), lambda: connect_by(network, "money")):
        with pytest.raises(BadInput) as error:
            refused()
        assert "project" in error.value.allowed


@pytest.mark.parametrize(
    ("as_of", "since", "expected"),
    [
        (None, None, {"2016", "2019", "2022", "undatiert"}),
        (date(2018, 12, 31), None, {"2016", "undatiert"}),
        (date(2019, 1, 1), None, {"2016", "2019", "undatiert"}),
        (None, date(2018, 1, 1), {"2019", "2022", "undatiert"}),
        (date(2020, 6, 1), date(2020, 6, 1), {"2019", "undatiert"}),
    ],
)
def test_the_network_is_that_of_the_days_asked_for(
    quartier: Quartier, as_of: date | None, since: date | None, expected: set[str]
):
    """What began later or ended earlier is out; a year counts from its first to its last day; unknown stays."""
    a, b = quartier.actor("A"), quartier.actor("B")
    for start, end in (("2016", "2017"), ("2019", "2021-06"), ("2022-03-01", "2024")):
        quartier.project(start[:4], partner=[a, b], start=start, end=end)
    quartier.project("undatiert", partner=[a, b])
    network = two_mode(quartier.store(), Scope(as_of=as_of, since=since))
    assert {label for _, label in network.nodes(data="label")} - {"A", "B"} == expected
    assert {network.nodes[iri]["label"] for iri in one_mode(network).edges[a, b]["via"]} == expected


def test_undated_links_are_flagged_and_left_out_only_on_request(quartier: Quartier):
    """Unknown counts as unknown: in the full network it is there, in a dated analysis it is not."""
    a, b = quartier.actor("A"), quartier.actor("B")
    quartier.tie(a, b)
    quartier.project("Fest", partner=[a, b], start="2020", end="2021")
    store = quartier.store()
    assert {edge["dated"] for _, edge in edges_of(two_mode(store), a)} == {True, False}
    assert {edge["kind"] for _, edge in edges_of(two_mode(store, Scope(dated=True)), a)} == {"involvement"}


def test_an_involvement_takes_unknown_days_from_its_project(quartier: Quartier):
    """Nobody takes part before a project begins or after it ends."""
    a = quartier.actor("A")
    project = quartier.project("Fest", start="2020", end="2021-06")
    quartier.involvement(a, project, start="2020-09")
    ((_, edge),) = edges_of(two_mode(quartier.store()), a)
    assert (edge["start"], edge["end"]) == (date(2020, 9, 1), date(2021, 6, 30))


def test_what_is_over_since_nobody_knows_when_is_not_there_today(quartier: Quartier):
    """An ended tie without days is part of the past, not of a window that begins now."""
    a, b = quartier.actor("A"), quartier.actor("B")
    quartier.tie(a, b, state="ended")
    store = quartier.store()
    assert two_mode(store).has_edge(a, b)
    assert not two_mode(store, Scope(since=date(2024, 1, 1))).has_edge(a, b)


def test_hubs_can_be_left_out_group_by_group(quartier: Quartier):
    """The network without the QM, without the programmes, without who only pays."""
    qm, fund = quartier.actor("QM", kind="quartiersmanagement"), quartier.programme("Projektfonds")
    school, lottery = quartier.actor("Schule"), quartier.actor("Lotto")
    project = quartier.project("Fest", traeger=[school], partner=[qm])
    quartier.funding(project, programme=fund, payer=lottery)
    store = quartier.store()
    hubs = dict(two_mode(store).nodes(data="hub"))
    assert hubs == {qm: "qm", fund: "programme", lottery: "funder", school: "", project: ""}
    assert labels(two_mode(store, Scope(without=frozenset({"qm", "programme"})))) == {"Schule", "Lotto", "Fest"}
    assert labels(two_mode(store, Scope(without=frozenset(HUB_GROUPS)))) == {"Schule", "Fest"}


def test_a_network_without_hubs_has_no_agency_of_whatever_level(quartier: Quartier):
    """An office of another Land, or one whose level nobody stated, is an office all the same."""
    school, office = quartier.actor("Schule"), quartier.actor("Amt", klass="Agency", kind="amt")
    quartier.project("Fest", traeger=[school], partner=[office])
    store = quartier.store()
    assert two_mode(store).nodes[office]["hub"] == "agency"
    assert labels(two_mode(store, Scope(without=frozenset(HUB_GROUPS)))) == {"Schule", "Fest"}


def test_a_payer_that_works_itself_is_no_funder(quartier: Quartier):
    """A school that once paid for a project stays in the network without funders."""
    school = quartier.actor("Schule")
    quartier.funding(quartier.project("Fest", traeger=[school]), payer=school)
    assert two_mode(quartier.store()).nodes[school]["hub"] == ""


def test_unknown_filters_are_refused(quartier: Quartier):
    """A typing error gives no empty network, but an error that names it."""
    store = quartier.store()
    with pytest.raises(NotFound):
        two_mode(store, Scope(rounds=frozenset({"1999"})))
    with pytest.raises(NotFound):
        two_mode(store, Scope(handlungsfelder=frozenset({"2022-99"})))
    with pytest.raises(BadInput) as error:
        two_mode(store, Scope(without=frozenset({"everybody"})))
    assert error.value.allowed == HUB_GROUPS


def test_a_handlungsfeld_shows_what_works_in_it(quartier: Quartier):
    """Its projects, their actors and places, who declared it; nothing of other fields."""
    green, school = quartier.handlungsfeld("2022", "3", "Grün"), quartier.handlungsfeld("2022", "2", "Bildung")
    a, b = quartier.actor("A", fields=[green]), quartier.actor("B")
    quartier.project("Beet", traeger=[b], fields=[green], places=[quartier.place("Hof")])
    quartier.project("Lesen", traeger=[a, b], fields=[school])
    found = two_mode(quartier.store(), Scope(handlungsfelder=frozenset({"2022-3"})))
    assert labels(found) == {"Grün", "A", "B", "Beet", "Hof"}


def test_matches_reach_one_step_and_no_further(example: Store):
    """With matches come the fields matched with it, and not what is matched with those."""
    matched = field_matches(example, ("exactMatch", "closeMatch", "broadMatch", "narrowMatch"))
    slugs = {node.slug: node.iri for node in facts(example).nodes.values() if node.type == "handlungsfeld"}
    network = two_mode(example, Scope(handlungsfelder=frozenset({"2022-3"}), matches=True))
    shown = {node for node, kind in network.nodes(data="type") if kind == "handlungsfeld"}
    assert shown == {slugs["2022-3"], *matched[slugs["2022-3"]]}
    assert len(shown) > 1


def test_matches_hold_both_ways(example: Store):
    """If one field is like another, the other is like the one."""
    matches = field_matches(example)
    assert matches
    assert all(field in matches[other] for field, others in matches.items() for other in others)


def test_a_round_shows_its_projects_and_fields_and_keeps_all_actors(example: Store):
    """Projects name the round, work in a field of it or, naming none, ran in its years; unlinked actors stay."""
    whole, found = two_mode(example), two_mode(example, Scope(rounds=frozenset({"2022"})))
    actors = {node for node, kind in whole.nodes(data="type") if kind == "actor"}
    assert actors <= set(found)
    fields = [node for node, kind in found.nodes(data="type") if kind == "handlungsfeld"]
    assert {rounds for node in fields for rounds in found.nodes[node]["rounds"]} == {"2022"}
    for node, data in found.nodes(data=True):
        if data["type"] == "project" and data["rounds"]:
            own = {whole.nodes[other]["rounds"] for other, edge in edges_of(whole, node) if edge["kind"] == "field"}
            assert "2022" in {*data["rounds"], *(one for rounds in own for one in rounds)}


def test_the_surroundings_grow_step_by_step(quartier: Quartier):
    """Step 0 is the node, each step adds the next links; how many stay hidden is said."""
    a, b, c, d = (quartier.actor(name) for name in "ABCD")
    for one, other in ((a, b), (b, c), (c, d)):
        quartier.tie(one, other)
    network = one_mode(two_mode(quartier.store()))
    assert [labels(neighbourhood(network, a, steps)) for steps in range(3)] == [{"A"}, {"A", "B"}, {"A", "B", "C"}]
    around = neighbourhood(network, a, 2)
    assert dict(around.nodes(data="distance")) == {a: 0, b: 1, c: 2}
    assert dict(around.nodes(data="hidden")) == {a: 0, b: 0, c: 1}


def test_the_walk_ends_at_hubs_unless_it_begins_there(quartier: Quartier):
    """Two actors that share nothing but the QM are not near each other."""
    qm, a, b = quartier.actor("QM", kind="quartiersmanagement"), quartier.actor("A"), quartier.actor("B")
    quartier.tie(a, qm)
    quartier.tie(b, qm)
    network = one_mode(two_mode(quartier.store()))
    assert labels(neighbourhood(network, a, 2)) == {"A", "QM"}
    assert labels(neighbourhood(network, a, 2, through_hubs=True)) == {"A", "QM", "B"}
    assert labels(neighbourhood(network, qm, 1)) == {"A", "QM", "B"}
    with pytest.raises(NotFound):
        neighbourhood(network, "nobody")


def test_parallel_links_all_come_along(example: Store):
    """The surroundings of a multigraph keep every link between the nodes they show."""
    network = two_mode(example)
    focus = max(network, key=network.degree)
    around = neighbourhood(network, focus, 1)
    assert around.degree(focus) == network.degree(focus)


def test_the_same_question_is_answered_once_per_data_version(quartier: Quartier):
    """Shared answers are kept until the data change, and nobody can change them."""
    quartier.actor("A")
    store = quartier.store()
    first = two_mode(store)
    assert two_mode(store, Scope()) is first
    other = Quartier()
    other.actor("B")
    store.apply([], other.quads)
    assert labels(two_mode(store)) == {"A", "B"}
    with pytest.raises(nx.NetworkXError, match="Frozen"):
        first.add_node("C")


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_network_depends_on_the_order_of_the_record(random: Random):
    """The same statements in another order are the same network, node by node and edge by edge."""
    quartier = Quartier()
    actors = [quartier.actor(name) for name in "EDCBA"]
    quartier.project("Fest", traeger=actors[:1], partner=actors[1:4], start="2020")
    quartier.project("Hof", traeger=actors[3:], start="2021")
    quartier.tie(actors[4], actors[0])
    before = snapshot(quartier.store())
    random.shuffle(quartier.quads)
    assert snapshot(quartier.store()) == before


def snapshot(store: Store) -> list[Any]:
    """Everything in the two networks of a store, in their order."""
    both = two_mode(store), one_mode(two_mode(store))
    return [[*network.nodes(data=True), *network.edges(data=True)] for network in both]


def test_the_example_is_whole(example: Store):
    """Every actor, project, event, place and field of the example is a node; every involvement is an edge."""
    network = two_mode(example, Scope(roles=ALL_ROLES))
    known = facts(example)
    assert list(network) == sorted(known.nodes)
    assert network.number_of_edges() == len(known.links)
    assert {data["type"] for _, data in network.nodes(data=True)} == {
        "actor", "network", "programme", "project", "event", "place", "handlungsfeld",
    }  # fmt: skip


@pytest.mark.parametrize(
    "scope", [Scope(), Scope(as_of=date(2020, 6, 30), dated=True), Scope(without=frozenset({"qm"}))]
)
def test_partnerships_are_the_one_mode_network_of_the_two_mode_one(scope: Scope):
    """Node for node, tie for tie, in the same order, whether or not the network between is built."""
    store = drawn_district(60).store()
    folded, straight = one_mode(two_mode(store, scope)), partnerships(store, scope)
    assert list(straight.nodes(data=True)) == list(folded.nodes(data=True))
    assert list(straight.edges(data=True)) == list(folded.edges(data=True))
    assert straight.graph == folded.graph
